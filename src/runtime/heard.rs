//! What comes from the terminal, in the words of the core.

use crate::app::Event;
use crossterm::event::Event as TerminalEvent;
use ratatui::layout::Size;
use rustix::io::Errno;
use std::io;

/// What the core wants to know of it.
pub(super) fn terminal_event(event: TerminalEvent) -> Option<Event> {
    match event {
        TerminalEvent::Key(key) => Some(Event::Key(key)),
        TerminalEvent::Mouse(mouse) => Some(Event::Mouse(mouse)),
        TerminalEvent::Paste(text) => Some(Event::Paste(text)),
        TerminalEvent::Resize(width, height) => Some(Event::Resize(Size::new(width, height))),
        TerminalEvent::FocusLost => Some(Event::Unfocused),
        TerminalEvent::FocusGained => None,
    }
}

/// Whether the error says that there is no terminal any more.
pub(super) fn is_gone(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::NXIO, Errno::NODEV, Errno::PIPE].map(Errno::raw_os_error);
    error.raw_os_error().is_some_and(|code| gone.contains(&code))
}
