//! From cells to bytes: a ratatui backend that collects a frame, so that it leaves in one write.

use crossterm::{
    QueueableCommand,
    cursor::{Hide, MoveTo, Show},
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate},
};
use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::{Cell, CellWidth},
    layout::{Position, Size},
};
use std::{io, ops::RangeInclusive};

/// What a pseudo-terminal passes on in one piece. A longer frame may be shown half-painted, unless the terminal is
/// told to wait for the rest.
const ONE_PIECE: usize = 4096;

/// Characters that every terminal gives the same width. Of others terminals disagree: on vowel signs that stand beside
/// their letter, on emoji, on what is newer than the terminal.
const CERTAIN: &[RangeInclusive<char>] = &[
    ' '..='~',
    '\u{a0}'..='\u{2ff}',    // Latin
    '\u{370}'..='\u{482}',   // Greek, Cyrillic
    '\u{48a}'..='\u{52f}',   // Cyrillic
    '\u{5d0}'..='\u{5ea}',   // Hebrew
    '\u{621}'..='\u{64a}',   // Arabic
    '\u{1e00}'..='\u{1fff}', // Latin and Greek with accents
    '\u{2010}'..='\u{2027}', // dashes, quotes
    '\u{2190}'..='\u{21ff}', // arrows
    '\u{2400}'..='\u{2426}', // control pictures
    '\u{2500}'..='\u{259f}', // rules, blocks
    '\u{3041}'..='\u{3096}', // Hiragana
    '\u{30a1}'..='\u{30ff}', // Katakana
    '\u{4e00}'..='\u{9fff}', // Chinese characters
    '\u{ac00}'..='\u{d7a3}', // Korean syllables
    '\u{fffd}'..='\u{fffd}', // the substitute
];

fn is_certain(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        (Some(' '..='~'), None) => true,
        (Some(character), None) => CERTAIN.iter().any(|range| range.contains(&character)),
        _ => false,
    }
}

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

    /// Draws characters, one behind the other, that a terminal may give other widths than ratatui does: their cells are
    /// cleared first, in case they take fewer. Whatever is drawn next says where.
    fn draw_uncertain(&mut self, run: &[(u16, u16, &Cell)]) -> io::Result<()> {
        if run.is_empty() {
            return Ok(());
        }
        let blank = |cell: &Cell| {
            let mut blank = cell.clone();
            blank.set_symbol(" ");
            blank
        };
        let blanks = run.iter().flat_map(|(x, y, cell)| (*x..*x + cell.cell_width()).map(|x| (x, *y, blank(cell))));
        let blanks: Vec<_> = blanks.collect();
        self.crossterm().draw(blanks.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        self.crossterm().draw(run.iter().copied())
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
        while content.peek().is_some() {
            self.strayed = true;
            let certain = std::iter::from_fn(|| content.next_if(|(_, _, cell)| is_certain(cell.symbol())));
            let mut certain = certain.peekable();
            if certain.peek().is_some() {
                self.crossterm().draw(certain)?;
            }
            let mut run: Vec<(u16, u16, &Cell)> = Vec::new();
            while let Some(next) = content.next_if(|(x, y, cell)| {
                let goes_on = run.last().is_none_or(|(last, row, cell)| last + cell.cell_width() == *x && row == y);
                goes_on && !is_certain(cell.symbol())
            }) {
                run.push(next);
            }
            self.draw_uncertain(&run)?;
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(text: &str) -> String {
        let cells: Vec<_> = text.chars().map(Cell::from).collect();
        let mut paint = Paint::new(Size::new(20, 1));
        paint.draw((0..).zip(&cells).map(|(x, cell)| (x, 0, cell))).unwrap();
        String::from_utf8(std::mem::take(paint.bytes())).unwrap()
    }

    #[test]
    fn certain_characters_run_on() {
        assert!(painted("Adélaïde│Ωλ").contains("Adélaïde│Ωλ"));
    }

    #[test]
    fn behind_an_uncertain_character_the_cursor_is_placed_anew() {
        // A sign that some terminals put into the cell of the letter before it.
        let bytes = painted("aটোb");
        assert!(bytes.contains("\u{1b}[1;2H  "), "their cells are cleared: {bytes:?}");
        assert!(bytes.contains("\u{1b}[1;2Hটো"), "they stay together: {bytes:?}");
        assert!(bytes.contains("\u{1b}[1;4Hb"), "what follows has its place: {bytes:?}");
    }
}
