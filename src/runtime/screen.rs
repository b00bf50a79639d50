//! The screen: the terminal's modes, and painting the state on it.
//!
//! Nothing is written here: bytes are collected, and the loop hands them to the terminal.

use super::{multiplexer::Multiplexer, paint::Paint};
use crate::{app::MouseCapture, clerk::model::Timestamp};
use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use crossterm::{
    QueueableCommand,
    cursor::{Hide, Show},
    event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange},
    style::{Print, ResetColor},
    terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, SetTitle},
};
use ratatui::{Frame, Terminal, layout::Size};
use std::{io, mem};

/// Buttons and the wheel, told as text. Not the moves between: nothing follows from them, and each would wake the program.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";
/// The terminal keeps its title, and gets it back (xterm's window operations 22 and 23).
const KEEP_TITLE: &str = "\x1b[22;0t";
const RESTORE_TITLE: &str = "\x1b[23;0t";

/// What a state looks like.
pub trait View {
    /// What is looked at.
    type State;

    /// Paints the state as it is at `now`.
    fn draw(&self, state: &Self::State, now: Timestamp, frame: &mut Frame);

    /// The title of the terminal, safe to print.
    fn title(&self, state: &Self::State) -> String;
}

/// The screen that a view paints on.
pub(super) struct Screen<V> {
    terminal: Terminal<Paint>,
    view: V,
    title: String,
    mouse: MouseCapture,
    multiplexer: Multiplexer,
}

impl<V: View> Screen<V> {
    /// For a terminal of this size; nothing is changed yet.
    pub fn new(view: V, size: Size, multiplexer: Multiplexer) -> io::Result<Self> {
        let terminal = Terminal::new(Paint::new(size))?;
        Ok(Self { terminal, view, title: String::new(), mouse: MouseCapture::Terminal, multiplexer })
    }

    /// Takes the screen: alternate, without cursor, and blank.
    pub fn enter(&mut self) -> io::Result<()> {
        self.repaint()?;
        self.title.clear();
        let mouse = self.mouse;
        let bytes = self.bytes();
        bytes.queue(EnterAlternateScreen)?;
        bytes.queue(Print(KEEP_TITLE))?;
        bytes.queue(EnableBracketedPaste)?;
        bytes.queue(EnableFocusChange)?;
        bytes.queue(Hide)?;
        if mouse == MouseCapture::Ours {
            bytes.queue(Print(MOUSE_ON))?;
        }
        Ok(())
    }

    /// Gives the screen back as it was.
    pub fn leave(&mut self) -> io::Result<()> {
        write_leave(self.bytes())
    }

    /// Everything is to be painted anew with the next frame.
    pub fn repaint(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal = Terminal::new(Paint::new(size))?;
        self.bytes().queue(Hide)?.queue(Clear(ClearType::All))?;
        Ok(())
    }

    /// Takes the mouse, or gives it back.
    pub fn set_mouse(&mut self, mouse: MouseCapture) -> io::Result<()> {
        if mem::replace(&mut self.mouse, mouse) != mouse {
            let change = if mouse == MouseCapture::Ours { MOUSE_ON } else { MOUSE_OFF };
            self.bytes().queue(Print(change))?;
        }
        Ok(())
    }

    /// Puts a text into the terminal's clipboard, also over ssh (OSC 52). Whether the terminal allows it nobody knows.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let encoded = STANDARD.encode(text);
        // Screen takes the longer end of a sequence for that of its own wrapping.
        let end = if self.multiplexer == Multiplexer::Screen { "\x07" } else { "\x1b\\" };
        let sequence = self.multiplexer.passed_on(format!("\x1b]52;c;{encoded}{end}"));
        self.bytes().queue(Print(sequence))?;
        Ok(())
    }

    /// Paints the state as it is at `now` on a terminal of this size; only what differs from what stands there.
    pub fn draw(&mut self, state: &V::State, size: Size, now: Timestamp) -> io::Result<()> {
        let title = self.view.title(state);
        if title != self.title {
            self.bytes().queue(SetTitle(&title))?;
            self.title = title;
        }
        self.terminal.backend_mut().set_size(size);
        let view = &self.view;
        self.terminal.draw(|frame| view.draw(state, now, frame))?;
        self.terminal.backend_mut().close_frame()
    }

    /// What is to be written; who has written it clears it.
    pub fn bytes(&mut self) -> &mut Vec<u8> {
        self.terminal.backend_mut().bytes()
    }
}

/// What gives a terminal back as it was. It does no harm to one that was not taken, but for leaving the cursor shown.
pub(super) fn write_leave(bytes: &mut Vec<u8>) -> io::Result<()> {
    bytes.queue(Print(MOUSE_OFF))?;
    bytes.queue(DisableFocusChange)?;
    bytes.queue(DisableBracketedPaste)?;
    bytes.queue(ResetColor)?;
    bytes.queue(Print(RESTORE_TITLE))?;
    bytes.queue(Show)?;
    bytes.queue(LeaveAlternateScreen)?;
    Ok(())
}
