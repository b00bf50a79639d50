//! How many requests may leave, and who goes first: the table of [`Clerk`](super::Clerk#rate), as data.
//!
//! A request counts from its permit until ten seconds after its answer: whenever in between it reaches the server, no
//! ten seconds of the server's clock see more than the ceiling.

use super::{key::InstanceKind, model::UserId};
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
}

/// How many requests Clerk takes in a [`PERIOD`], and how many of them background work may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    pub(super) limit: usize,
    pub(super) background: usize,
}

impl Rate {
    /// Clerk's limits, from its page "System limits".
    pub(super) fn of(kind: InstanceKind) -> Self {
        match kind {
            InstanceKind::Production => Self { limit: 1000, background: 500 },
            InstanceKind::Development => Self { limit: 100, background: 90 },
        }
    }
}

/// What of a limit is used: the rest is for requests that were counted elsewhere, such as a retry below this layer.
fn ceiling(limit: usize) -> usize {
    limit * 95 / 100
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
    all: Window,
    background: Window,
    users: HashMap<UserId, Window>,
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

/// Requests that count against one ceiling.
#[derive(Debug)]
struct Window {
    ceiling: usize,
    /// The least time between two permits.
    spacing: Duration,
    latest_permit: Option<Instant>,
    under_way: usize,
    /// When those that are done had their answer, oldest first, as far as they still count.
    done: VecDeque<Instant>,
}

impl Window {
    fn new(ceiling: usize, spacing: Duration) -> Self {
        Self { ceiling, spacing, latest_permit: None, under_way: 0, done: VecDeque::new() }
    }

    fn forget_old(&mut self, now: Instant) {
        while self.done.front().is_some_and(|done| *done + PERIOD <= now) {
            self.done.pop_front();
        }
    }

    fn free(&mut self, now: Instant) -> Free {
        self.forget_old(now);
        if self.under_way + self.done.len() >= self.ceiling {
            return self.done.front().map_or(Free::AfterAnother, |done| Free::At(*done + PERIOD));
        }
        match self.latest_permit.map(|permit| permit + self.spacing) {
            Some(next) if next > now => Free::At(next),
            _ => Free::Now,
        }
    }

    fn take(&mut self, now: Instant) {
        self.under_way += 1;
        self.latest_permit = Some(now);
    }

    fn finish(&mut self, now: Instant) {
        self.under_way = self.under_way.saturating_sub(1);
        self.done.push_back(now);
    }

    fn is_unused(&mut self, now: Instant) -> bool {
        self.forget_old(now);
        self.under_way == 0 && self.done.is_empty()
    }
}

/// The right to send one request. Dropped when its answer is there, or when it was given up.
#[derive(Debug)]
pub(super) struct Permit<'budget> {
    budget: &'budget Budget,
    lane: Lane,
    user: Option<UserId>,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let now = Instant::now();
        let mut state = self.budget.state();
        state.all.finish(now);
        if self.lane == Lane::Background {
            state.background.finish(now);
        }
        if let Some(window) = self.user.as_ref().and_then(|user| state.users.get_mut(user)) {
            window.finish(now);
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
    pub(super) fn new(rate: Rate) -> Self {
        let background = rate.background.min(ceiling(rate.limit)).max(1);
        let spacing = PERIOD / u32::try_from(background).unwrap_or(u32::MAX);
        let state = State {
            all: Window::new(ceiling(rate.limit).max(1), Duration::ZERO),
            background: Window::new(background, spacing),
            users: HashMap::new(),
            held_until: None,
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
                Lane::Background => self.background_turn.lock(),
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
        state.all.take(now);
        if lane == Lane::Background {
            state.background.take(now);
        }
        if let Some(user) = user {
            state.users.retain(|_, window| !window.is_unused(now));
            let new = || Window::new(ceiling(WRITES_PER_USER), Duration::ZERO);
            state.users.entry(user.clone()).or_insert_with(new).take(now);
        }
        Some(Permit { budget: self, lane, user: user.cloned() })
    }

    fn lane_free(&self, state: &mut State, lane: Lane, now: Instant) -> Free {
        if let Some(until) = state.held_until.filter(|until| *until > now) {
            return Free::At(until);
        }
        match (lane, state.all.free(now)) {
            (_, later @ (Free::At(_) | Free::AfterAnother)) => later,
            (Lane::Interactive, Free::Now) => Free::Now,
            (Lane::Background, Free::Now) if self.interactive_waiting.load(Ordering::SeqCst) > 0 => Free::AfterAnother,
            (Lane::Background, Free::Now) => state.background.free(now),
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

    /// Lets nothing leave for `duration`, as the API asked for after a 429. Never shortens such a time.
    pub(super) fn hold(&self, duration: Duration) {
        let until = Instant::now() + duration;
        let mut state = self.state();
        state.held_until = Some(state.held_until.map_or(until, |held| held.max(until)));
        drop(state);
        self.changed.notify_waiters();
    }
}

impl State {
    fn user_free(&mut self, user: Option<&UserId>, now: Instant) -> Free {
        user.and_then(|user| self.users.get_mut(user)).map_or(Free::Now, |window| window.free(now))
    }
}

#[cfg(test)]
mod tests;
