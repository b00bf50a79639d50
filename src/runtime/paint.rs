//! From cells to bytes: a ratatui backend that collects a frame, so that it leaves in one write.

use crossterm::{
    QueueableCommand,
    cursor::{Hide, MoveTo, Show},
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate},
};
use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
};
use std::io;

/// What a pseudo-terminal passes on in one piece. A longer frame may be shown half-painted, unless the terminal is
/// told to wait for the rest.
const ONE_PIECE: usize = 4096;

/// Collects bytes until they are taken. It asks the terminal nothing, and writes nothing that would change nothing.
#[derive(Debug)]
pub(super) struct Paint {
    bytes: Vec<u8>,
    size: Size,
    /// Where the cursor shows; none while it is hidden.
    cursor: Option<Position>,
    /// Painting has left the cursor elsewhere.
    strayed: bool,
}

impl Paint {
    /// For a terminal of this size whose cursor is hidden.
    pub fn new(size: Size) -> Self {
        Self { bytes: Vec::with_capacity(16 * 1024), size, cursor: None, strayed: false }
    }

    /// The terminal has another size now.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// The bytes collected so far.
    pub fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Makes a long frame appear at once on terminals that can.
    pub fn close_frame(&mut self) -> io::Result<()> {
        if self.bytes.len() > ONE_PIECE {
            let mut begin = Vec::new();
            begin.queue(BeginSynchronizedUpdate)?;
            self.bytes.splice(..0, begin);
            self.bytes.queue(EndSynchronizedUpdate)?;
        }
        Ok(())
    }

    fn crossterm(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.bytes)
    }
}

impl Backend for Paint {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.strayed = true;
        self.crossterm().draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor.take().is_some() {
            self.bytes.queue(Hide)?;
        }
        Ok(())
    }

    /// Nothing: ratatui always says next where the cursor shows.
    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor == Some(position) && !self.strayed {
            return Ok(());
        }
        self.bytes.queue(MoveTo(position.x, position.y))?;
        self.strayed = false;
        if self.cursor.replace(position).is_none() {
            self.bytes.queue(Show)?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.strayed = true;
        self.crossterm().clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.strayed = true;
        self.crossterm().clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    /// Nothing: who draws takes the bytes.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
