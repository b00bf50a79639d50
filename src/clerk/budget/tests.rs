use super::*;
use futures_util::future::join_all;
use proptest::{collection::vec, prelude::*, sample::select};
use std::sync::Arc;
use tokio::time::{advance, sleep};

fn development() -> Arc<Budget> {
    Arc::new(Budget::new(limit(InstanceKind::Development), Share::usual(InstanceKind::Development)))
}

fn percent(percent: u8) -> Share {
    Share::new(percent).unwrap()
}

impl Budget {
    /// Holds all, as a 429 to somebody who waits does.
    async fn hold(&self, seconds: u64) {
        let permit = self.permit(Lane::Interactive, None, later(3600)).await.unwrap();
        permit.refused(Duration::from_secs(seconds), false);
    }
}

fn later(seconds: u64) -> Instant {
    Instant::now() + Duration::from_secs(seconds)
}

/// One request: when it asks, how long it is on its way to the server, and its answer back.
#[derive(Clone, Debug)]
struct Arrival {
    at: Duration,
    there: Duration,
    back: Duration,
    lane: Lane,
    user: Option<UserId>,
}

fn arrivals() -> impl Strategy<Value = Vec<Arrival>> {
    let lane = select(vec![Lane::Interactive, Lane::Background, Lane::BackgroundRead]);
    let arrival =
        (0_u64..25_000, 0_u64..3_000, 0_u64..3_000, lane, 0_u8..6).prop_map(|(at, there, back, lane, user)| Arrival {
            at: Duration::from_millis(at),
            there: Duration::from_millis(there),
            back: Duration::from_millis(back),
            lane,
            user: (user < 2).then(|| UserId::from(format!("user_{user}"))),
        });
    vec(arrival, 1..60)
}

/// One that got its permit: when that was, and when it reached the server.
struct Sent {
    left: Instant,
    reached: Instant,
    arrival: Arrival,
}

/// Sends all of them.
async fn send_all(budget: Arc<Budget>, arrivals: Vec<Arrival>) -> Vec<Sent> {
    let start = Instant::now();
    let requests = arrivals.into_iter().map(|arrival| {
        let budget = Arc::clone(&budget);
        tokio::spawn(async move {
            sleep_until(start + arrival.at).await;
            let permit = budget.permit(arrival.lane, arrival.user.as_ref(), later(3600)).await.unwrap();
            let left = Instant::now();
            sleep(arrival.there).await;
            let reached = Instant::now();
            sleep(arrival.back).await;
            drop(permit);
            Sent { left, reached, arrival }
        })
    });
    join_all(requests).await.into_iter().map(Result::unwrap).collect()
}

/// The most of `times` in any ten seconds.
fn most_in_a_period(times: impl Iterator<Item = Instant>) -> usize {
    let mut times: Vec<_> = times.collect();
    times.sort();
    (0..times.len())
        .map(|at| times[at..].iter().take_while(|time| **time < times[at] + PERIOD).count())
        .max()
        .unwrap_or(0)
}

fn with_paused_clock<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_ten_seconds_see_more_than_the_ceiling(
        budget in select(vec![(21, 40, [20, 8]), (61, 25, [60, 15])]),
        arrivals in arrivals(),
    ) {
        // Reads may leave at once of the second, and not of the first.
        let (limit, share, [all, of_share]) = budget;
        let count = arrivals.len();
        let sent = with_paused_clock(send_all(Arc::new(Budget::new(limit, percent(share))), arrivals));
        prop_assert_eq!(sent.len(), count);
        prop_assert!(most_in_a_period(sent.iter().map(|sent| sent.reached)) <= all);
        let background = sent.iter().filter(|sent| sent.arrival.lane != Lane::Interactive);
        // One more where a pace is made up for.
        prop_assert!(most_in_a_period(background.map(|sent| sent.left)) <= of_share + 1);
        for user in ["user_0", "user_1"].map(UserId::from) {
            let to_user = sent.iter().filter(|sent| sent.arrival.user.as_ref() == Some(&user));
            prop_assert!(most_in_a_period(to_user.map(|sent| sent.reached)) <= 9);
        }
    }
}

#[test]
fn the_documented_rates_are_these() {
    let kinds = [InstanceKind::Production, InstanceKind::Development];
    let [production, development] = kinds.map(|kind| {
        let limit = limit(kind);
        let share = usize::from(Share::usual(kind).percent()) * limit / 100;
        [highest(limit), ceiling(limit), share, ceiling(WRITES_PER_USER)]
    });
    let rows =
        ["all requests", "room for background requests", "their share, unless another is set", "writes to one user"];
    for (at, what) in rows.into_iter().enumerate() {
        let row = format!("| {what} | {} | {} |", production[at], development[at]);
        assert!(include_str!("../policy.md").lines().any(|line| line == row), "{row}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_whole_ceiling_is_there_at_once_and_again_ten_seconds_after_the_answers() {
    let budget = development();
    let start = Instant::now();
    for _ in 0..99 {
        budget.permit(Lane::Interactive, None, later(60)).await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    budget.permit(Lane::Interactive, None, later(60)).await.unwrap();
    assert_eq!(start.elapsed(), PERIOD);
}

#[tokio::test(start_paused = true)]
async fn a_request_counts_for_as_long_as_its_answer_is_not_there() {
    let budget = development();
    let start = Instant::now();
    let mut permits = Vec::new();
    for _ in 0..99 {
        permits.push(budget.permit(Lane::Interactive, None, later(60)).await.unwrap());
    }
    let next = budget.permit(Lane::Interactive, None, later(60));
    let answers = async {
        advance(Duration::from_secs(15)).await;
        permits.pop();
    };
    let (next, ()) = tokio::join!(next, answers);
    assert!(next.is_ok());
    assert_eq!(start.elapsed(), Duration::from_secs(25));
}

#[tokio::test(start_paused = true)]
async fn background_requests_are_evenly_spaced() {
    let budget = development();
    let start = Instant::now();
    let mut times = Vec::new();
    for _ in 0..10 {
        budget.permit(Lane::Background, None, later(60)).await.unwrap();
        times.push(start.elapsed().as_millis());
    }
    // Nine a second. The clock under test moves in whole milliseconds, and what it rounds up does not add up.
    assert_eq!(times, [0, 112, 223, 334, 445, 556, 667, 778, 889, 1000]);
}

#[tokio::test(start_paused = true)]
async fn interactive_requests_go_first_though_they_came_last() {
    let budget = development();
    budget.hold(2).await;
    let order = Arc::new(Mutex::new(Vec::new()));
    let request = |lane, name| {
        let (budget, order) = (Arc::clone(&budget), Arc::clone(&order));
        tokio::spawn(async move {
            let _permit = budget.permit(lane, None, later(60)).await.unwrap();
            order.lock().unwrap().push(name);
        })
    };
    let mut requests = vec![request(Lane::Background, "background 1"), request(Lane::Background, "background 2")];
    sleep(Duration::from_secs(1)).await;
    requests.extend([request(Lane::Interactive, "interactive 1"), request(Lane::Interactive, "interactive 2")]);
    join_all(requests).await;
    assert_eq!(*order.lock().unwrap(), ["interactive 1", "interactive 2", "background 1", "background 2"]);
}

#[tokio::test(start_paused = true)]
async fn a_hold_stops_everything_until_it_ends_and_is_never_shortened() {
    let budget = development();
    let start = Instant::now();
    let permits = [(); 2].map(|()| budget.permit(Lane::Interactive, None, later(1)));
    let permits = join_all(permits).await.into_iter().map(Result::unwrap);
    for (permit, seconds) in permits.zip([7, 3]) {
        permit.refused(Duration::from_secs(seconds), false);
    }
    assert_eq!(budget.permit(Lane::Interactive, None, later(5)).await.unwrap_err(), Duration::from_secs(7));
    assert_eq!(start.elapsed(), Duration::ZERO);
    budget.permit(Lane::Interactive, None, later(8)).await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(7));
}

#[tokio::test(start_paused = true)]
async fn a_user_has_a_limit_of_its_own_and_nobody_else_waits_for_it() {
    let budget = development();
    let (ada, ben) = (UserId::from("user_ada"), UserId::from("user_ben"));
    let start = Instant::now();
    for _ in 0..9 {
        budget.permit(Lane::Interactive, Some(&ada), later(60)).await.unwrap();
    }
    let tenth = tokio::spawn({
        let (budget, ada) = (Arc::clone(&budget), ada.clone());
        async move { budget.permit(Lane::Interactive, Some(&ada), later(60)).await.map(drop) }
    });
    budget.permit(Lane::Interactive, Some(&ben), later(60)).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    tenth.await.unwrap().unwrap();
    assert_eq!(start.elapsed(), PERIOD);
    advance(PERIOD).await;
    budget.permit(Lane::Interactive, Some(&ben), later(60)).await.unwrap();
    assert_eq!(budget.state().users.keys().collect::<Vec<_>>(), [&ben]);
}

#[tokio::test(start_paused = true)]
async fn who_would_wait_too_long_is_told_at_once() {
    let budget = development();
    for _ in 0..99 {
        budget.permit(Lane::Interactive, None, later(10)).await.unwrap();
    }
    advance(Duration::from_secs(4)).await;
    let start = Instant::now();
    assert_eq!(budget.permit(Lane::Interactive, None, later(5)).await.unwrap_err(), Duration::from_secs(6));
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_request_given_up_while_waiting_leaves_nothing_behind() {
    let budget = development();
    let ada = UserId::from("user_ada");
    budget.hold(5).await;
    let waiting = budget.permit(Lane::Interactive, Some(&ada), later(60));
    assert!(tokio::time::timeout(Duration::from_secs(1), waiting).await.is_err());
    assert_eq!(budget.interactive_waiting.load(Ordering::SeqCst), 0);
    assert_eq!(budget.state().all.under_way, 0);
    budget.permit(Lane::Background, None, later(60)).await.unwrap();
}
