//! What comes from the terminal, in the words of the core.

use crate::app::Event;
use crossterm::event::Event as TerminalEvent;
use futures_util::{Stream, StreamExt, future::poll_immediate};
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

/// Ends what reads the terminal. It has to wait for a key when it goes: what wakes crossterm's thread to its end lies about
/// for as long as no thread waits, and the next reader would take it for all there is, and overlook the first key. What
/// is found on the way was typed ahead for whoever reads next, who cannot be given it.
pub(super) async fn stop_reading(input: &mut Option<impl Stream<Item = io::Result<TerminalEvent>> + Unpin>) {
    let Some(mut input) = input.take() else { return };
    while let Some(Some(Ok(_))) = poll_immediate(input.next()).await {}
}
