//! A terminal together with the screen that is painted for it: what is drawn goes out in one write.

use super::{
    host::Host,
    screen::{Screen, View},
};
use crate::clerk::model::Timestamp;
use ratatui::layout::Size;
use std::io;

/// The terminal, and what stands on it.
pub(super) struct Display<H, V> {
    /// The terminal and the process.
    pub host: H,
    /// What is painted.
    pub screen: Screen<V>,
}

impl<H: Host, V: View> Display<H, V> {
    /// For a terminal of this size; nothing is changed yet.
    pub fn new(host: H, view: V, size: Size) -> io::Result<Self> {
        let screen = Screen::new(view, size, host.multiplexer())?;
        Ok(Self { host, screen })
    }

    /// Takes the terminal. The bytes go out with the next frame.
    pub fn enter(&mut self) -> io::Result<()> {
        self.host.set_raw(true)?;
        self.screen.enter()
    }

    /// Paints the state, for a terminal of this size, as it is now.
    pub fn draw(&mut self, state: &V::State, size: Size, now: Timestamp) -> io::Result<()> {
        self.screen.draw(state, size, now)?;
        self.write()
    }

    /// Hands what is to be painted to the terminal.
    pub fn write(&mut self) -> io::Result<()> {
        let bytes = self.screen.bytes();
        if bytes.is_empty() {
            return Ok(());
        }
        let written = self.host.write(bytes);
        bytes.clear();
        written
    }

    /// Gives the terminal back, as far as that goes: what cannot be done does not keep the rest from being done.
    ///
    /// What reads the terminal stays as it is. A process that is stopped reads nothing, and a reader that is taken down
    /// and set up anew in one breath can overlook what was typed meanwhile, until the next key: the thread that crossterm
    /// wakes for its end may find that key there too, and leaves it lying without another ever being told of it.
    pub fn give_back(&mut self) -> io::Result<()> {
        // What was to be painted is of no use any more.
        self.screen.bytes().clear();
        let left = self.screen.leave().and_then(|()| self.write());
        let cooked = self.host.set_raw(false);
        left.and(cooked)
    }
}
