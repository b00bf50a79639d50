//! How many requests may leave, and who goes first.
//!
//! Clerk counts the requests of an instance over ten seconds, those of the customer's own application among them. This
//! stays below that limit in every window of ten seconds, and what a person waits for goes before work in the background.
//! Time is tokio's, so that tests can stop it.

use super::{InstanceKind, model::UserId};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until, timeout_at},
};

/// The window that Clerk counts in.
const WINDOW: Duration = Duration::from_secs(10);
/// What one user can be written to in a window.
const WRITES_PER_USER: usize = 10;

/// Who asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lane {
    /// A person waits for the answer.
    #[default]
    Interactive,
    /// Nobody does.
    Background,
}

/// Requests are held back longer than a person should wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeldBack {
    /// For how long.
    pub(super) remaining: Duration,
}

/// The budget of one instance, shared by everything that asks it.
#[derive(Debug)]
pub(super) struct Budget {
    interactive: usize,
    background: usize,
    state: Mutex<State>,
    freed: Notify,
}

#[derive(Debug, Default)]
struct State {
    sent: VecDeque<Instant>,
    writes: HashMap<UserId, VecDeque<Instant>>,
    held_until: Option<Instant>,
    interactive_waiting: usize,
}

impl Budget {
    /// The budget of an instance of this kind: 95 % of what Clerk allows, as its clock is not ours, and of that nine
    /// tenths for the background, so that a person never waits for a window to pass.
    pub(super) fn of(kind: InstanceKind) -> Self {
        match kind {
            InstanceKind::Production => Self::with(950),
            InstanceKind::Development => Self::with(95),
        }
    }

    fn with(requests: usize) -> Self {
        Self {
            interactive: requests,
            background: requests - requests / 10,
            state: Mutex::default(),
            freed: Notify::new(),
        }
    }

    /// Waits until a request may leave, and counts it. `writes_to` is the user that it changes.
    ///
    /// # Errors
    ///
    /// When a person would wait for more than `patience`.
    pub(super) async fn admit(
        &self,
        lane: Lane,
        writes_to: Option<&UserId>,
        patience: Duration,
    ) -> Result<(), HeldBack> {
        let begun = Instant::now();
        let _waiting = (lane == Lane::Interactive).then(|| Waiting::begin(self));
        loop {
            // Created before looking, so that what is freed in between is not missed.
            let freed = self.freed.notified();
            let now = Instant::now();
            let Err(next) = self.lock().try_admit(lane, writes_to, self.limit(lane), now) else { return Ok(()) };
            match next {
                Some(next) if lane == Lane::Interactive && next.duration_since(begun) > patience => {
                    return Err(HeldBack { remaining: next.duration_since(now) });
                }
                Some(next) if lane == Lane::Interactive => sleep_until(next).await,
                // The background is also woken when the last person has stopped waiting.
                Some(next) => _ = timeout_at(next, freed).await,
                None => freed.await,
            }
        }
    }

    /// Clerk has refused: nothing leaves for so long.
    pub(super) fn hold(&self, duration: Duration) {
        let until = Instant::now() + duration;
        let mut state = self.lock();
        state.held_until = Some(state.held_until.map_or(until, |held| held.max(until)));
    }

    fn limit(&self, lane: Lane) -> usize {
        match lane {
            Lane::Interactive => self.interactive,
            Lane::Background => self.background,
        }
    }

    /// What a panic elsewhere left behind is still right: each change to it is a single step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Counts a request, or says when to try again; at no known time when people wait who go first.
    fn try_admit(
        &mut self,
        lane: Lane,
        writes_to: Option<&UserId>,
        limit: usize,
        now: Instant,
    ) -> Result<(), Option<Instant>> {
        forget_old(&mut self.sent, now);
        self.writes.retain(|_, writes| {
            forget_old(writes, now);
            !writes.is_empty()
        });
        if lane == Lane::Background && self.interactive_waiting > 0 {
            return Err(None);
        }
        let held = self.held_until.filter(|held| *held > now);
        let full = |sent: &VecDeque<Instant>, limit: usize| {
            sent.len().checked_sub(limit).and_then(|surplus| sent.get(surplus)).map(|oldest| *oldest + WINDOW)
        };
        let writes = writes_to.and_then(|user| full(self.writes.get(user)?, WRITES_PER_USER));
        if let Some(next) = [held, full(&self.sent, limit), writes].into_iter().flatten().max() {
            return Err(Some(next));
        }
        self.sent.push_back(now);
        if let Some(user) = writes_to {
            self.writes.entry(user.clone()).or_default().push_back(now);
        }
        Ok(())
    }
}

fn forget_old(sent: &mut VecDeque<Instant>, now: Instant) {
    while sent.front().is_some_and(|oldest| *oldest + WINDOW <= now) {
        sent.pop_front();
    }
}

/// A person waits, also when the request is given up half way.
struct Waiting<'a>(&'a Budget);

impl<'a> Waiting<'a> {
    fn begin(budget: &'a Budget) -> Self {
        budget.lock().interactive_waiting += 1;
        Self(budget)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.interactive_waiting -= 1;
        if state.interactive_waiting == 0 {
            drop(state);
            self.0.freed.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::Arc;

    const PATIENCE: Duration = Duration::from_secs(30);

    fn paused(test: impl Future<Output = ()>) {
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(test);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn no_window_holds_more_than_allowed(pauses in prop::collection::vec((0_u64..400, any::<bool>(), 0_u8..3), 1..300)) {
            paused(async {
                let budget = Budget::with(20);
                let mut times = Vec::new();
                for (pause, background, user) in pauses {
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                    let lane = if background { Lane::Background } else { Lane::Interactive };
                    let user = UserId::from(format!("user_{user}"));
                    budget.admit(lane, Some(&user), PATIENCE).await.unwrap();
                    times.push((Instant::now(), user));
                }
                for (start, _) in &times {
                    let window: Vec<_> = times.iter().filter(|(time, _)| time >= start && *time < *start + WINDOW).collect();
                    assert!(window.len() <= 20, "{}", window.len());
                    for (_, user) in &window {
                        assert!(window.iter().filter(|(_, other)| other == user).count() <= WRITES_PER_USER);
                    }
                }
            });
        }
    }

    #[test]
    fn people_go_before_the_background() {
        paused(async {
            let budget = Arc::new(Budget::with(10));
            for _ in 0..10 {
                budget.admit(Lane::Interactive, None, PATIENCE).await.unwrap();
            }
            let order = Arc::new(Mutex::new(Vec::new()));
            let tasks: Vec<_> = [Lane::Background, Lane::Background, Lane::Interactive]
                .into_iter()
                .map(|lane| {
                    let (budget, order) = (Arc::clone(&budget), Arc::clone(&order));
                    tokio::spawn(async move {
                        budget.admit(lane, None, PATIENCE).await.unwrap();
                        order.lock().unwrap().push(lane);
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
            assert_eq!(order.lock().unwrap()[0], Lane::Interactive);
        });
    }

    #[test]
    fn the_background_leaves_room_for_people() {
        paused(async {
            let budget = Budget::with(20);
            for _ in 0..18 {
                budget.admit(Lane::Background, None, PATIENCE).await.unwrap();
            }
            let begun = Instant::now();
            budget.admit(Lane::Interactive, None, PATIENCE).await.unwrap();
            assert_eq!(begun.elapsed(), Duration::ZERO);
            budget.admit(Lane::Background, None, PATIENCE).await.unwrap();
            assert_eq!(begun.elapsed(), WINDOW);
        });
    }

    #[test]
    fn a_refusal_holds_everything_and_a_person_no_longer_than_their_patience() {
        paused(async {
            let budget = Budget::with(20);
            budget.hold(Duration::from_secs(40));
            let held = budget.admit(Lane::Interactive, None, PATIENCE).await.unwrap_err();
            assert_eq!(held.remaining, Duration::from_secs(40));
            let begun = Instant::now();
            budget.admit(Lane::Background, None, PATIENCE).await.unwrap();
            assert_eq!(begun.elapsed(), Duration::from_secs(40));
        });
    }
}
