//! How many requests may leave, and who goes first: the table of [`Clerk`](super::Clerk#rate), as data.
//!
//! A request counts from its permit until ten seconds after its answer: whenever in between it reaches the server, no
//! ten seconds of the server's clock see more than the ceiling.

mod allowance;

use super::{
    key::InstanceKind,
    model::UserId,
    share::{Rate, Share},
};
use allowance::{Allowance, number};
use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until, timeout_at},
};

/// The time over which Clerk counts (its page "System limits").
const PERIOD: Duration = Duration::from_secs(10);

/// Writes to one user that Clerk takes in a [`PERIOD`]. It says so of `PATCH`; all writes are held to it.
const WRITES_PER_USER: usize = 10;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    /// Somebody waits for the answer.
    Interactive,
    /// Work that goes on by itself.
    Background,
    /// Work that goes on by itself, and only reads.
    BackgroundRead,
}

impl Lane {
    /// The same for what only reads.
    pub(super) fn reading(self) -> Self {
        match self {
            Self::Interactive => Self::Interactive,
            Self::Background | Self::BackgroundRead => Self::BackgroundRead,
        }
    }
}

/// How many requests Clerk takes in a [`PERIOD`], from its page "System limits".
pub(super) fn limit(kind: InstanceKind) -> usize {
    match kind {
        InstanceKind::Production => 1000,
        InstanceKind::Development => 100,
    }
}

/// What of a limit is used by itself: the rest is for requests that were counted elsewhere, such as a retry below this
/// layer, and for whoever waits at the screen.
fn ceiling(limit: usize) -> usize {
    limit * 95 / 100
}

/// What of the instance's limit is used when somebody waits: so that there is room at once, while background work
/// uses all of its own.
fn highest(limit: usize) -> usize {
    limit * 99 / 100
}

/// The budget of one instance.
#[derive(Debug)]
pub(super) struct Budget {
    state: Mutex<State>,
    /// Something became free, or another became the first to wait.
    changed: Notify,
    /// The queue of each lane. A waiting lock is first come, first served; who holds it is its lane's first.
    interactive_turn: tokio::sync::Mutex<()>,
    background_turn: tokio::sync::Mutex<()>,
    /// How many interactive requests wait.
    interactive_waiting: AtomicUsize,
}

#[derive(Debug)]
struct State {
    /// Requests that Clerk takes in a [`PERIOD`].
    limit: usize,
    all: Window,
    allowance: Allowance,
    users: HashMap<UserId, Own>,
    held_until: Option<Instant>,
    /// Answers with 429.
    refused: u64,
}

/// What is known of one user's own limit.
#[derive(Debug, Default)]
struct Own {
    writes: Window,
    held_until: Option<Instant>,
}

/// When a request may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Free {
    Now,
    At(Instant),
    /// When another one has its answer; no clock tells when that is.
    AfterAnother,
}

/// Requests that count together.
#[derive(Debug, Default)]
struct Window {
    under_way: usize,
    /// When those that are done had their answer, oldest first, as far as they still count.
    done: VecDeque<Instant>,
}

impl Window {
    fn forget_old(&mut self, now: Instant) {
        while self.done.front().is_some_and(|done| *done + PERIOD <= now) {
            self.done.pop_front();
        }
    }

    fn len(&mut self, now: Instant) -> usize {
        self.forget_old(now);
        self.under_way + self.done.len()
    }

    /// When another may be added, for there to be no more than `ceiling`.
    fn free(&mut self, ceiling: usize, now: Instant) -> Free {
        let Some(too_many) = self.len(now).checked_sub(ceiling) else { return Free::Now };
        self.done.get(too_many).map_or(Free::AfterAnother, |done| Free::At(*done + PERIOD))
    }

    fn take(&mut self) {
        self.under_way += 1;
    }

    fn finish(&mut self, now: Instant) {
        self.under_way = self.under_way.saturating_sub(1);
        self.done.push_back(now);
    }
}

impl Own {
    fn free(&mut self, now: Instant) -> Free {
        match held(self.held_until, now) {
            Some(until) => Free::At(until),
            None => self.writes.free(ceiling(WRITES_PER_USER), now),
        }
    }

    fn is_unused(&mut self, now: Instant) -> bool {
        self.writes.len(now) == 0 && held(self.held_until, now).is_none()
    }
}

fn held(until: Option<Instant>, now: Instant) -> Option<Instant> {
    until.filter(|until| *until > now)
}

/// The right to send one request. Dropped when its answer is there, or when it was given up.
#[derive(Debug)]
pub(super) struct Permit<'budget> {
    budget: &'budget Budget,
    user: Option<UserId>,
    taken: Instant,
}

impl Permit<'_> {
    /// Hears that the API answered 429, and asked to wait so long: who has to, does. Never shortens such a time.
    ///
    /// Only what is meant is held. What counts by the hour may have to wait for long, and by itself. Where this program
    /// has written to one user just now, over and over, that user's own limit is meant, and no other. All else is the
    /// instance's limit, which this program does not use up by itself: somebody else does, and gets more room.
    pub(super) fn refused(&self, wait: Duration, by_the_hour: bool) {
        let now = Instant::now();
        let until = now + wait;
        let mut state = self.budget.state();
        let State { allowance, users, held_until, refused, .. } = &mut *state;
        *refused += 1;
        let own = self.user.as_ref().and_then(|user| users.get_mut(user));
        if by_the_hour && wait > PERIOD {
            return;
        }
        if let Some(own) = own.filter(|own| own.writes.under_way + own.writes.done.len() > WRITES_PER_USER / 2) {
            own.held_until = own.held_until.max(Some(until));
        } else {
            *held_until = (*held_until).max(Some(until));
            allowance.halve(self.taken, now, until);
        }
        drop(state);
        self.budget.changed.notify_waiters();
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let now = Instant::now();
        let mut state = self.budget.state();
        state.all.finish(now);
        if let Some(own) = self.user.as_ref().and_then(|user| state.users.get_mut(user)) {
            own.writes.finish(now);
        }
        drop(state);
        self.budget.changed.notify_waiters();
    }
}

/// Counts an interactive request among those that wait, for as long as it exists.
struct Waiting<'budget>(&'budget Budget);

impl<'budget> Waiting<'budget> {
    fn announce(budget: &'budget Budget) -> Self {
        budget.interactive_waiting.fetch_add(1, Ordering::SeqCst);
        Self(budget)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.interactive_waiting.fetch_sub(1, Ordering::SeqCst);
        self.0.changed.notify_waiters();
    }
}

impl Budget {
    /// For an instance of which Clerk takes `limit` requests in ten seconds.
    pub(super) fn new(limit: usize, share: Share) -> Self {
        let state = State {
            limit,
            all: Window::default(),
            allowance: Allowance::new(limit, share),
            users: HashMap::new(),
            held_until: None,
            refused: 0,
        };
        Self {
            state: Mutex::new(state),
            changed: Notify::new(),
            interactive_turn: tokio::sync::Mutex::new(()),
            background_turn: tokio::sync::Mutex::new(()),
            interactive_waiting: AtomicUsize::new(0),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock; and if it did, the counts would still be usable.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn share(&self) -> Share {
        self.state().allowance.share()
    }

    /// Lets background work use so much, from now on: also that which waits already.
    pub(super) fn set_share(&self, share: Share) {
        self.state().allowance.set_share(share);
        self.changed.notify_waiters();
    }

    /// How fast it goes.
    pub(super) fn rate(&self) -> Rate {
        let now = Instant::now();
        let state = self.state();
        Rate {
            limit: number(state.limit) / PERIOD.as_secs_f64(),
            share: state.allowance.share(),
            allowance: state.allowance.per_second(now),
            background: state.allowance.lately(now),
            refused: state.refused,
            crowded_out: state.allowance.crowded_out(),
            held_for: held(state.held_until, now).map(|until| until - now),
        }
    }

    /// Waits for the right to send a request in `lane` that changes `user`, but not beyond `deadline`.
    ///
    /// Being dropped while waiting gives up the place in the queue.
    ///
    /// # Errors
    ///
    /// How long to wait still, as soon as it is known that `deadline` will pass.
    pub(super) async fn permit(
        &self,
        lane: Lane,
        user: Option<&UserId>,
        deadline: Instant,
    ) -> Result<Permit<'_>, Duration> {
        loop {
            // A user's own limit is waited for outside the queue, so as not to stop those behind.
            self.wait_until(deadline, |state, now| state.user_free(user, now)).await?;
            let _waiting = (lane == Lane::Interactive).then(|| Waiting::announce(self));
            let turn = match lane {
                Lane::Interactive => self.interactive_turn.lock(),
                Lane::Background | Lane::BackgroundRead => self.background_turn.lock(),
            };
            let _turn = timeout_at(deadline, turn).await.map_err(|_| PERIOD)?;
            self.wait_until(deadline, |state, now| self.lane_free(state, lane, now)).await?;
            if let Some(permit) = self.take(lane, user) {
                return Ok(permit);
            }
        }
    }

    /// Takes a permit, unless another was quicker since it was found to be free.
    fn take(&self, lane: Lane, user: Option<&UserId>) -> Option<Permit<'_>> {
        let now = Instant::now();
        let mut state = self.state();
        if self.lane_free(&mut state, lane, now) != Free::Now || state.user_free(user, now) != Free::Now {
            return None;
        }
        state.all.take();
        if lane != Lane::Interactive {
            state.allowance.take(now);
        }
        if let Some(user) = user {
            state.users.retain(|_, own| !own.is_unused(now));
            state.users.entry(user.clone()).or_default().writes.take();
        }
        Some(Permit { budget: self, user: user.cloned(), taken: now })
    }

    fn lane_free(&self, state: &mut State, lane: Lane, now: Instant) -> Free {
        if let Some(until) = held(state.held_until, now) {
            return Free::At(until);
        }
        let limit = state.limit;
        if lane == Lane::Interactive {
            return state.all.free(highest(limit).max(1), now);
        }
        match state.all.free(ceiling(limit).max(1), now) {
            Free::Now if self.interactive_waiting.load(Ordering::SeqCst) > 0 => Free::AfterAnother,
            Free::Now => {
                let next = state.allowance.next(lane == Lane::BackgroundRead, now);
                next.filter(|next| *next > now).map_or(Free::Now, Free::At)
            }
            later => later,
        }
    }

    async fn wait_until(
        &self,
        deadline: Instant,
        mut free: impl FnMut(&mut State, Instant) -> Free,
    ) -> Result<(), Duration> {
        loop {
            // Before looking, so that no change between looking and waiting is missed.
            let changed = self.changed.notified();
            let now = Instant::now();
            let wake = match free(&mut self.state(), now) {
                Free::Now => return Ok(()),
                Free::At(time) if time > deadline => return Err(time - now),
                Free::At(time) => time,
                Free::AfterAnother if now >= deadline => return Err(PERIOD),
                Free::AfterAnother => deadline,
            };
            tokio::select! {
                () = changed => {}
                () = sleep_until(wake) => {}
            }
        }
    }
}

impl State {
    fn user_free(&mut self, user: Option<&UserId>, now: Instant) -> Free {
        user.and_then(|user| self.users.get_mut(user)).map_or(Free::Now, |own| own.free(now))
    }
}

#[cfg(test)]
mod share_tests;
#[cfg(test)]
mod tests;
