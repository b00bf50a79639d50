//! Watching: what is on the screen is read again by itself, every ten seconds.

use super::{App, Focus, Notice};
use crate::clerk::model::Timestamp;
use std::time::Duration;

/// How long between two readings.
const EVERY: Duration = Duration::from_secs(10);

impl App {
    /// Whether what is on the screen is read again by itself.
    #[must_use]
    pub fn is_watching(&self) -> bool {
        self.watching.is_some()
    }

    /// Begins or ends to watch.
    pub(super) fn toggle_watch(&mut self, now: Timestamp) {
        self.watching = if self.is_watching() { None } else { Some(now.plus(EVERY)) };
        let words = if self.is_watching() {
            "Read again every 10 s; ~ marks who has changed, + who is new."
        } else {
            "Not read again by itself any more."
        };
        self.notices.show(Notice::remark(words), now);
    }

    /// It is time to read again. Who is typing, or reading a dialog, is not disturbed; nor is more asked for while the last
    /// answer is still awaited.
    pub(super) fn watch(&mut self, now: Timestamp) {
        if !self.is_watching() {
            return;
        }
        self.watching = Some(now.plus(EVERY));
        let busy = self.dialogs.top().is_some() || self.focus == Focus::Search || self.list.is_awaited();
        if !busy {
            self.list_anew();
            self.detail.refresh();
        }
    }
}
