//! What is tried again, after how long, and how often: the tables of [`Clerk`](super::Clerk#repeats), as data.

use super::{
    budget::{Budget, Lane},
    error::{Error, NotSent},
    model::UserId,
    request::{Repeat, Request},
};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// What a request can end with, as far as repeating it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    RateLimit,
    Gateway,
    NoConnection,
    BrokeOff,
    TooSlow,
    Refusal,
    Unreadable,
    NotSent,
}

impl Cause {
    fn of(error: &Error) -> Self {
        match error {
            Error::NotSent(_) => Self::NotSent,
            Error::Unreachable { .. } => Self::NoConnection,
            Error::TimedOut { .. } => Self::TooSlow,
            Error::Interrupted { .. } => Self::BrokeOff,
            Error::Unreadable { .. } => Self::Unreadable,
            Error::Refused(refusal) => match refusal.status {
                429 => Self::RateLimit,
                502..=504 => Self::Gateway,
                _ => Self::Refusal,
            },
        }
    }
}

/// The first table: whether [`Repeat::Read`], [`Repeat::Set`] and [`Repeat::Once`] are tried again.
const AGAIN: [(Cause, [bool; 3]); 8] = [
    (Cause::RateLimit, [true, true, false]),
    (Cause::Gateway, [true, true, false]),
    (Cause::NoConnection, [true, true, false]),
    (Cause::BrokeOff, [true, true, false]),
    (Cause::TooSlow, [false, false, false]),
    (Cause::Refusal, [false, false, false]),
    (Cause::Unreadable, [false, false, false]),
    (Cause::NotSent, [false, false, false]),
];

fn may_repeat(repeat: Repeat, error: &Error) -> bool {
    let column = match repeat {
        Repeat::Read => 0,
        Repeat::Set => 1,
        Repeat::Once => 2,
    };
    let cause = Cause::of(error);
    AGAIN.iter().any(|(row, again)| *row == cause && again[column])
}

/// The second table: how patient a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Patience {
    /// Tries in all.
    tries: u32,
    /// How long the first try may wait for its turn.
    turn: Duration,
    /// How long after the first try another may begin.
    repeats: Duration,
}

impl Patience {
    const fn of(lane: Lane) -> Self {
        match lane {
            Lane::Interactive => Self { tries: 3, turn: Duration::from_secs(10), repeats: Duration::from_secs(5) },
            Lane::Background | Lane::BackgroundRead => {
                Self { tries: 5, turn: Duration::from_mins(2), repeats: Duration::from_mins(2) }
            }
        }
    }
}

/// How long to wait between two tries: a random part of a time that doubles.
#[derive(Debug)]
pub(super) struct Backoff {
    first: Duration,
    random: Mutex<fastrand::Rng>,
}

impl Backoff {
    /// The longest time between the first and the second try, unless the API asks for more.
    pub(super) const FIRST: Duration = Duration::from_millis(200);

    /// `first` is the longest first wait; each later one may be twice as long as the one before.
    pub(super) fn new(first: Duration, random: fastrand::Rng) -> Self {
        Self { first, random: Mutex::new(random) }
    }

    /// The time to wait after the `tries`th try.
    fn after(&self, tries: u32) -> Duration {
        let longest = self.first.saturating_mul(1 << tries.saturating_sub(1).min(10));
        let share = self.random.lock().unwrap_or_else(PoisonError::into_inner).f64();
        longest.mul_f64(share)
    }
}

/// How long everything is held after a 429 that names no time.
const HOLD_AFTER_429: Duration = Duration::from_secs(1);

/// Sends `request` with `send`, as often as the tables say, each time with a permit of `budget`.
///
/// A write of which one try leaves open whether it was made ends with that error, whatever later tries say, unless
/// one succeeds: the last error alone could claim that nothing happened.
pub(super) async fn run<T, Sending>(
    budget: &Budget,
    backoff: &Backoff,
    lane: Lane,
    request: &Request,
    send: impl Fn() -> Sending,
) -> Result<T, Error>
where
    Sending: Future<Output = Result<T, Error>>,
{
    let lane = if request.repeat == Repeat::Read { lane.reading() } else { lane };
    let patience = Patience::of(lane);
    let user: Option<&UserId> = request.changes.as_ref();
    let permit = budget.permit(lane, user, Instant::now() + patience.turn).await;
    let mut permit = permit.map_err(|retry_after| Error::NotSent(NotSent::Held { retry_after }))?;
    let last_repeat = Instant::now() + patience.repeats;
    let mut doubtful: Option<Error> = None;
    let mut tries = 0;
    loop {
        let error = match send().await {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        tries += 1;
        if error.status() == Some(429) {
            permit.refused(error.retry_after().unwrap_or(HOLD_AFTER_429), request.by_the_hour);
        }
        drop(permit);
        let wait = backoff.after(tries).max(error.retry_after().unwrap_or_default());
        let in_time = tries < patience.tries && Instant::now() + wait <= last_repeat;
        if !in_time || !may_repeat(request.repeat, &error) {
            return Err(least_certain(error, doubtful));
        }
        if request.repeat != Repeat::Read && error.may_have_happened() && doubtful.is_none() {
            doubtful = Some(error.clone());
        }
        sleep(wait).await;
        permit = match budget.permit(lane, user, last_repeat).await {
            Ok(permit) => permit,
            Err(_) => return Err(least_certain(error, doubtful)),
        };
    }
}

/// The error to report of a write whose last try ended with `last`, and an earlier one, if any, with `doubtful`.
///
/// Even a clear refusal says nothing of an earlier try: "conflict" may be what that one caused.
fn least_certain(last: Error, doubtful: Option<Error>) -> Error {
    if last.may_have_happened() { last } else { doubtful.unwrap_or(last) }
}

#[cfg(test)]
mod tests;
