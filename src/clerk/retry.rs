//! Which failed requests are sent again, and when.
//!
//! | failure | reads, and writes that set a state | writes that create |
//! | --- | --- | --- |
//! | no connection; 429 | again | again: nothing has happened |
//! | the answer broke off; 502, 503, 504 | again | not: it may have happened |
//! | no answer in time; any other status; unreadable | not | not |
//!
//! At most three tries. Before the second and third a random time passes, up to 0.25 s and 0.5 s, so that many clients
//! that failed together do not come back together; a `Retry-After` says the time itself.

use super::{Error, Refusal};
use std::time::Duration;

/// Tries of one request, the first among them.
const TRIES: u32 = 3;
/// The longest pause before the second try; it doubles from there.
const PAUSE: Duration = Duration::from_millis(250);
/// The pause after a 429 that does not say how long, Clerk's own window being ten seconds.
const UNSAID: Duration = Duration::from_secs(1);

/// What sending a request twice would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// The same as sending it once: it reads, or sets a state.
    Harmless,
    /// Perhaps make something twice.
    #[cfg_attr(not(test), expect(dead_code, reason = "the operations that create come with the rest of the API"))]
    Harmful,
}

/// Whether to send a request again, after how long; `tries` were made.
pub(super) fn pause(error: &Error, repeat: Repeat, tries: u32) -> Option<Duration> {
    if tries >= TRIES {
        return None;
    }
    let jitter = || PAUSE.mul_f64(f64::from(1 << (tries - 1)) * fastrand::f64());
    match (error, repeat) {
        (Error::Refused(Refusal { status: 429, retry_after, .. }), _) => Some(retry_after.unwrap_or(UNSAID)),
        (Error::Unreachable { .. }, _) => Some(jitter()),
        (Error::Interrupted { .. } | Error::Refused(Refusal { status: 502..=504, .. }), Repeat::Harmless) => {
            Some(jitter())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn refused(status: u16, retry_after: Option<u64>) -> Error {
        let retry_after = retry_after.map(Duration::from_secs);
        Error::Refused(Refusal { status, retry_after, ..Refusal::default() })
    }

    #[rstest]
    #[case(refused(429, None), true, true)]
    #[case(refused(502, None), true, false)]
    #[case(refused(503, None), true, false)]
    #[case(refused(504, None), true, false)]
    #[case(refused(500, None), false, false)]
    #[case(refused(404, None), false, false)]
    #[case(refused(301, None), false, false)]
    #[case(Error::Unreachable { host: String::new(), reason: String::new() }, true, true)]
    #[case(Error::Interrupted { reason: String::new() }, true, false)]
    #[case(Error::TimedOut { after: Duration::ZERO }, false, false)]
    #[case(Error::Unreadable { status: 200, reason: String::new(), trace_id: None }, false, false)]
    fn the_table_holds(#[case] error: Error, #[case] harmless: bool, #[case] harmful: bool) {
        assert_eq!(pause(&error, Repeat::Harmless, 1).is_some(), harmless);
        assert_eq!(pause(&error, Repeat::Harmful, 1).is_some(), harmful);
        assert_eq!(pause(&error, Repeat::Harmless, TRIES), None);
    }

    #[test]
    fn the_pause_is_bounded_and_retry_after_is_obeyed() {
        for _ in 0..100 {
            assert!(pause(&refused(503, None), Repeat::Harmless, 1).unwrap() <= PAUSE);
            assert!(pause(&refused(503, None), Repeat::Harmless, 2).unwrap() <= 2 * PAUSE);
        }
        assert_eq!(pause(&refused(429, Some(7)), Repeat::Harmless, 1), Some(Duration::from_secs(7)));
    }
}
