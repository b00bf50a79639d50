//! While the terminal is somebody else's: the shell's, after ctrl-z, or an editor's.

use super::{Happened, Shell};
use crate::{
    app::{App, Event, Failure},
    runtime::{
        Ending, Host, Perform, Signal, View,
        display::{Suspend, Woken},
        draft::Draft,
    },
};
use futures_util::StreamExt;
use std::{io, pin::pin};
use tokio::select;

impl<H: Host, V: View<State = App>, P: Perform> Shell<H, V, P> {
    /// Gives the terminal back, stops, and takes it again once the process is continued.
    pub(super) async fn suspend(&mut self, whom: Suspend) -> io::Result<()> {
        match self.display.suspend(whom, &mut self.signals).await? {
            Woken::Continued => self.enter_again(),
            Woken::Heard(signal) => self.take(Happened::Signal(signal)),
        }
    }

    /// Gives the terminal to an editor outside, and takes it again with what comes back.
    ///
    /// What reads the terminal goes first: unlike a process that is stopped, this one would take the editor's keys away.
    pub(super) async fn edit(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.input = None;
        self.display.give_back()?;
        let mut untold = None;
        let edited = match Draft::write(name, text) {
            Ok(draft) => {
                let editing = self.display.host.edit(draft.path());
                if let Some(ending) = self.wait_for_editor(editing).await? {
                    let left = ending.and_then(|()| {
                        draft.read().map_err(|error| format!("what it has left cannot be read: {error}"))
                    });
                    match left {
                        Ok(text) => {
                            untold = draft.remove().err();
                            Ok(text)
                        }
                        Err(fault) => Err(draft.give_up(&fault)),
                    }
                } else {
                    return Ok(());
                }
            }
            Err(error) => Err(format!("there can be no file for the editor: {error}")),
        };
        self.enter_again()?;
        self.input = Some(self.display.host.input());
        self.update(Event::Edited(edited.map_err(Failure::Editor)))?;
        untold.map_or(Ok(()), |words| self.update(Event::Remark(words)))
    }

    /// How the editor ended; none when the program ends before it does.
    async fn wait_for_editor<F>(&mut self, editing: F) -> io::Result<Option<Result<(), String>>>
    where
        F: Future<Output = Result<(), String>>,
    {
        let mut editing = pin!(editing);
        loop {
            let signal = select! {
                biased;
                ended = &mut editing => return Ok(Some(ended)),
                signal = self.signals.next() => signal,
            };
            match signal {
                // The editor has stopped the whole job, and the shell waits for all of it.
                Some(Signal::Stop) if self.display.host.has_shell() => self.display.host.stop()?,
                // Meant for the editor: a key that the terminal turns into a signal goes to both. One to stop, too, where no
                // shell could continue the program.
                Some(Signal::Interrupt | Signal::Continue | Signal::Stop) => {}
                signal => {
                    self.ending = Some(Ending::of_signal(signal));
                    return Ok(None);
                }
            }
        }
    }
}
