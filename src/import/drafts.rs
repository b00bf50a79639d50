//! The users that a file makes, read beside what is done with them.

use super::{
    Broken, Draft, Mapping, ReadError,
    check::{Checked, Checker},
    rows,
};
use crate::clerk::model::Timestamp;
use std::{fs::File, ops::ControlFlow};
use tokio::{
    sync::mpsc,
    task::{JoinHandle, spawn_blocking},
};

/// A row's number, and the user that it makes.
pub(super) type Numbered = (u64, Box<Draft>);

/// The users that a file makes, in its order. What makes none is passed over.
pub(super) struct Drafts {
    from_file: mpsc::Receiver<Numbered>,
    reading: JoinHandle<Result<(), ReadError>>,
}

impl Drafts {
    /// Begins to read, at most so many rows ahead.
    pub(super) fn of(file: File, mapping: Mapping, ahead: usize) -> Self {
        let (drafts, from_file) = mpsc::channel(ahead);
        Self { from_file, reading: spawn_blocking(move || read(file, &mapping, &drafts)) }
    }

    /// The next ones, at most so many; none at the end, or where the file can be read no further.
    pub(super) async fn next(&mut self, most: usize) -> Vec<Numbered> {
        let mut batch = Vec::with_capacity(most);
        self.from_file.recv_many(&mut batch, most).await;
        batch
    }

    /// Ends the reading, wherever it is. It has to be waited for: who reads the file next shares its place in it.
    ///
    /// # Errors
    ///
    /// When the file could be read no further.
    pub(super) async fn end(self) -> Result<(), Broken> {
        drop(self.from_file);
        self.reading.await.map_err(|lost| Broken::Internal(lost.to_string()))??;
        Ok(())
    }
}

fn read(mut file: File, mapping: &Mapping, drafts: &mpsc::Sender<Numbered>) -> Result<(), ReadError> {
    let mut checker = Checker::new(mapping, Timestamp::from(jiff::Timestamp::now()));
    rows(&mut file, mapping.heads(), &mut |row| {
        // What is wrong with others was said before.
        let Checked::Create(draft) = checker.check(&row) else { return ControlFlow::Continue(()) };
        match drafts.blocking_send((row.number, draft)) {
            Ok(()) => ControlFlow::Continue(()),
            // Whoever waited for them has gone.
            Err(_) => ControlFlow::Break(()),
        }
    })
}
