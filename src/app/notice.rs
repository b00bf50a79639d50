//! What the program says about the last thing that happened.

use super::failure::Failure;
use crate::clerk::{error::TraceId, model::Timestamp};
use std::time::Duration;

/// A notice of success goes away by itself after so long.
const STAYS: Duration = Duration::from_secs(8);

/// A message to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is said. Can hold names as they came, unsafe to print.
    pub text: String,
    /// Whether something went wrong, with what belongs to it.
    pub kind: NoticeKind,
}

/// How a notice is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done. Goes away by itself.
    Success {
        /// The id of the request at Clerk.
        trace_id: Option<TraceId>,
        /// Whether it can be undone.
        undo: bool,
    },
    /// A word about what was asked for, such as why it cannot be done. Goes away by itself.
    Remark,
    /// Something went wrong. Stays until it is dismissed.
    Failure {
        /// Clerk's code.
        code: Option<String>,
        /// The id of the request at Clerk.
        trace_id: Option<TraceId>,
        /// What to do about it.
        advice: &'static str,
    },
}

/// The notices. Only the latest shows; a failure under it comes back when that has gone.
#[derive(Debug, Default)]
pub struct Notices {
    passing: Option<(Notice, Timestamp)>,
    failures: Vec<Notice>,
}

impl Notice {
    /// That something was done.
    #[must_use]
    pub fn success(text: String, trace_id: Option<TraceId>, undo: bool) -> Self {
        Self { text, kind: NoticeKind::Success { trace_id, undo } }
    }

    /// Whether it says that something went wrong.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self.kind, NoticeKind::Failure { .. })
    }

    /// Whether it tells a person the same, though of another request.
    fn says_the_same(&self, other: &Self) -> bool {
        let told = |notice: &Self| match &notice.kind {
            NoticeKind::Failure { code, advice, .. } => Some((code.clone(), *advice)),
            NoticeKind::Success { .. } | NoticeKind::Remark => None,
        };
        self.text == other.text && told(self) == told(other)
    }

    /// A word about what was asked for.
    #[must_use]
    pub fn remark(text: impl Into<String>) -> Self {
        Self { text: text.into(), kind: NoticeKind::Remark }
    }

    /// That something is not as it should be, though nothing failed; what to do about it.
    #[must_use]
    pub fn warning(text: impl Into<String>, advice: &'static str) -> Self {
        Self { text: text.into(), kind: NoticeKind::Failure { code: None, trace_id: None, advice } }
    }

    /// The same failure with another word on what to do about it.
    #[must_use]
    pub fn advising(mut self, words: &'static str) -> Self {
        if let NoticeKind::Failure { advice, .. } = &mut self.kind {
            *advice = words;
        }
        self
    }

    /// That `what` failed, and why.
    #[must_use]
    pub fn failure(what: &str, failure: &Failure) -> Self {
        // That is as it was wanted.
        match failure {
            Failure::DryRun(kept_back) if kept_back.is_empty() => return Self::remark(format!("{what}: {failure}.")),
            Failure::DryRun(_) => return Self::remark(format!("{failure}.")),
            _ => {}
        }
        let kind = NoticeKind::Failure {
            code: failure.code().map(str::to_owned),
            trace_id: failure.trace_id().map(str::to_owned),
            advice: failure.advice(),
        };
        Self { text: format!("{what}: {failure}"), kind }
    }
}

impl Notices {
    /// The one to show.
    #[must_use]
    pub fn current(&self) -> Option<&Notice> {
        self.passing.as_ref().map(|(notice, _)| notice).or(self.failures.last())
    }

    /// When the one that shows goes away by itself.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.passing.as_ref().map(|(_, shown_at)| shown_at.plus(STAYS))
    }

    /// Shows a notice.
    pub fn show(&mut self, notice: Notice, now: Timestamp) {
        if matches!(notice.kind, NoticeKind::Failure { .. }) {
            // The same failure again, as when a refresh fails once more, says nothing new.
            self.failures.retain(|other| !other.says_the_same(&notice));
            self.failures.push(notice);
            self.passing = None;
        } else {
            self.passing = Some((notice, now));
        }
    }

    /// Its time is up.
    pub fn expire(&mut self, now: Timestamp) {
        // Early when a newer one has taken the place of the one that the timer was for.
        if self.due().is_some_and(|due| due <= now) {
            self.passing = None;
        }
    }

    /// Dismisses what shows. Whether there was anything.
    pub fn dismiss(&mut self) -> bool {
        self.passing.take().is_some() || self.failures.pop().is_some()
    }

    /// Takes a failure back, whichever request it was that failed so: it is said elsewhere, or has been mended.
    pub fn withdraw(&mut self, notice: &Notice) {
        self.failures.retain(|other| !other.says_the_same(notice));
    }

    /// Drops everything, as everything is being read again.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_clears_only_itself() {
        let at = Timestamp::from_millis;
        let mut notices = Notices::default();
        notices.show(Notice::remark("one"), at(0));
        notices.show(Notice::remark("two"), at(5_000));
        notices.expire(at(8_000));
        assert_eq!(notices.current().map(|notice| notice.text.as_str()), Some("two"));
        notices.expire(at(13_000));
        assert_eq!(notices.current(), None);
    }

    #[test]
    fn a_failure_stays_until_it_is_dismissed_and_is_not_said_twice() {
        let failure = Failure::Internal("no".into());
        let mut notices = Notices::default();
        notices.show(Notice::failure("Refresh failed", &failure), Timestamp::default());
        notices.show(Notice::failure("Refresh failed", &failure), Timestamp::default());
        notices.show(Notice::remark("one"), Timestamp::default());
        notices.expire(Timestamp::from_millis(60_000));
        assert!(notices.current().is_some_and(|notice| notice.text.starts_with("Refresh failed")));
        assert!(notices.dismiss());
        assert!(!notices.dismiss());
    }
}
