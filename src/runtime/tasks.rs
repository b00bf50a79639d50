//! The requests under way, each a task under the name of what it fills.

use crate::app::{ChangeId, Changed, Failure, Fetched, Generation, Remembered, Reply, SlotId, job::JobAnswer};
use std::{collections::HashMap, future, io};
use tokio::task::JoinError;
use tokio_util::task::JoinMap;

/// Which task a later one replaces. Reads replace each other; a change has a key of its own, so that nothing does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum TaskKey {
    Slot(SlotId),
    Change(ChangeId),
    Memory,
    Browser,
}

/// The tasks under way. Dropping it aborts them all.
#[derive(Default)]
pub(super) struct Tasks {
    running: JoinMap<TaskKey, Reply>,
    /// Of the latest request for each slot: a task that panicked cannot tell any more which it was.
    generations: HashMap<SlotId, Generation>,
}

impl Tasks {
    /// Runs a read. What is under way for the same slot is aborted.
    pub fn fetch<F>(&mut self, slot: SlotId, generation: Generation, fetching: F)
    where
        F: Future<Output = Result<Fetched, Failure>> + Send + 'static,
    {
        self.generations.insert(slot, generation);
        let task = async move { Reply::Fetched { slot, generation, result: fetching.await } };
        self.running.spawn(TaskKey::Slot(slot), task);
    }

    /// Runs a change.
    pub fn change<F>(&mut self, id: ChangeId, changing: F)
    where
        F: Future<Output = Result<Changed, Failure>> + Send + 'static,
    {
        let task = async move { Reply::Changed { id, result: changing.await } };
        self.running.spawn(TaskKey::Change(id), task);
    }

    /// Asks something of a job, which is waited for like a change.
    pub fn ask_of_job<F>(&mut self, id: ChangeId, asking: F)
    where
        F: Future<Output = Result<JobAnswer, Failure>> + Send + 'static,
    {
        let task = async move { Reply::Job { id, result: asking.await } };
        self.running.spawn(TaskKey::Change(id), task);
    }

    /// Throws copies away, which is waited for like a change.
    pub fn purge<F>(&mut self, id: ChangeId, purging: F)
    where
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let task = async move { Reply::Purged { id, result: purging.await } };
        self.running.spawn(TaskKey::Change(id), task);
    }

    /// Keeps a note, which is waited for like a change.
    pub fn note<F>(&mut self, id: ChangeId, keeping: F)
    where
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let task = async move { Reply::Noted { id, result: keeping.await } };
        self.running.spawn(TaskKey::Change(id), task);
    }

    /// Writes something down. There is one at a time.
    pub fn remember<F>(&mut self, remembering: F)
    where
        F: Future<Output = Result<Remembered, String>> + Send + 'static,
    {
        self.running.spawn(TaskKey::Memory, async move { Reply::Remembered(remembering.await) });
    }

    /// Waits until an address is open. There is one at a time.
    pub fn browse<F>(&mut self, url: String, opening: F)
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        self.running.spawn(TaskKey::Browser, async move { Reply::Browsed { url, is_open: opening.await.is_ok() } });
    }

    /// Aborts the read of a slot.
    pub fn cancel(&mut self, slot: SlotId) {
        self.running.abort(&TaskKey::Slot(slot));
    }

    /// Aborts every read.
    pub fn cancel_reads(&mut self) {
        self.running.abort_matching(|key| matches!(key, TaskKey::Slot(_)));
    }

    /// How many changes are under way.
    pub fn changes(&self) -> usize {
        self.running.keys().filter(|key| matches!(key, TaskKey::Change(_))).count()
    }

    /// The next reply; never, while nothing is under way. Nothing is lost when it is dropped while it waits.
    pub async fn next(&mut self) -> Reply {
        loop {
            match self.running.join_next().await {
                Some((_, Ok(reply))) => return reply,
                Some((_, Err(error))) if error.is_cancelled() => {}
                Some((key, Err(error))) => {
                    if let Some(reply) = self.panicked(key, error) {
                        return reply;
                    }
                }
                None => future::pending().await,
            }
        }
    }

    /// What a task would have said, had it not panicked.
    fn panicked(&self, key: TaskKey, error: JoinError) -> Option<Reply> {
        let text = panic_text(error);
        let failure = Failure::Internal(text.clone());
        match key {
            TaskKey::Memory => Some(Reply::Remembered(Err(text))),
            // What could not be waited for may be open all the same.
            TaskKey::Browser => None,
            TaskKey::Slot(slot) => {
                let generation = *self.generations.get(&slot)?;
                Some(Reply::Fetched { slot, generation, result: Err(failure) })
            }
            TaskKey::Change(id) => Some(Reply::Changed { id, result: Err(failure) }),
        }
    }
}

fn panic_text(error: JoinError) -> String {
    let Ok(payload) = error.try_into_panic() else { return "a task was lost".to_owned() };
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => {
            payload.downcast_ref::<&str>().map_or_else(|| "a task panicked".to_owned(), ToString::to_string)
        }
    }
}
