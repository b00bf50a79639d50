//! The moments that the core waits for.

use crate::app::Timer;
use std::{
    collections::HashMap,
    future::{self, poll_fn},
    time::Duration,
};
use tokio_util::time::{DelayQueue, delay_queue::Key};

/// At most one moment for each timer.
#[derive(Default)]
pub(super) struct Timers {
    queue: DelayQueue<Timer>,
    armed: HashMap<Timer, Key>,
}

impl Timers {
    /// Lets the timer run out after so long from now, and not when it was to before.
    pub fn arm(&mut self, timer: Timer, after: Duration) {
        if let Some(key) = self.armed.get(&timer) {
            self.queue.reset(key, after);
        } else {
            let key = self.queue.insert(timer, after);
            self.armed.insert(timer, key);
        }
    }

    /// Forgets the timer.
    pub fn disarm(&mut self, timer: Timer) {
        if let Some(key) = self.armed.remove(&timer) {
            self.queue.remove(&key);
        }
    }

    /// The next timer that runs out; never, while none is armed. Nothing is lost when it is dropped while it waits.
    pub async fn next(&mut self) -> Timer {
        match poll_fn(|context| self.queue.poll_expired(context)).await {
            Some(expired) => {
                let timer = expired.into_inner();
                self.armed.remove(&timer);
                timer
            }
            None => future::pending().await,
        }
    }
}
