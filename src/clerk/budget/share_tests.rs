//! Background work beside others: its share, who goes first, and what a 429 does.

use super::*;
use std::sync::Arc;
use tokio::{task::JoinSet, time::sleep};

fn later(seconds: u64) -> Instant {
    Instant::now() + Duration::from_secs(seconds)
}

fn budget(limit: usize, share: u8) -> Arc<Budget> {
    Arc::new(Budget::new(limit, Share::new(share).unwrap()))
}

async fn send(budget: &Budget, lane: Lane, answer: Duration) {
    let permit = budget.permit(lane, None, later(3600)).await.unwrap();
    sleep(answer).await;
    drop(permit);
}

/// Work that never ends, with so many requests at once, each with its answer after 200 ms. Ends when it is dropped.
fn work(budget: &Arc<Budget>, lane: Lane, at_once: usize) -> JoinSet<()> {
    (0..at_once)
        .map(|_| {
            let budget = Arc::clone(budget);
            async move {
                loop {
                    send(&budget, lane, Duration::from_millis(200)).await;
                }
            }
        })
        .collect()
}

/// One request in the background that meets a 429.
async fn meet(budget: &Budget, seconds: u64) {
    let permit = budget.permit(Lane::Background, None, later(3600)).await.unwrap();
    permit.refused(Duration::from_secs(seconds), false);
}

#[tokio::test(start_paused = true)]
async fn background_work_makes_use_of_its_share() {
    for (limit, share, seconds) in
        [(1000, 50, 60.0), (1000, 100, 31.6), (1000, 10, 300.0), (100, 90, 333.3), (100, 100, 315.8)]
    {
        let budget = budget(limit, share);
        let start = Instant::now();
        let mut requests = JoinSet::new();
        for _ in 0..3000 {
            let budget = Arc::clone(&budget);
            requests.spawn(async move { send(&budget, Lane::Background, Duration::from_millis(200)).await });
        }
        requests.join_all().await;
        let took = start.elapsed().as_secs_f64();
        assert!(
            (seconds * 0.99..seconds / 0.96).contains(&took),
            "{share} % of {limit}: {took} s instead of {seconds} s"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_sits_at_the_screen_hardly_notices() {
    let work_and_reads = |budget| [(budget, Lane::Background), (budget, Lane::BackgroundRead)];
    for ((limit, share), lane) in [(1000, 50), (1000, 100), (100, 90), (100, 100)].into_iter().flat_map(work_and_reads)
    {
        let budget = budget(limit, share);
        let _work = work(&budget, lane, 50);
        sleep(Duration::from_secs(25)).await;
        // Four requests every second: somebody who opens one user after the other.
        let mut longest = Duration::ZERO;
        for _ in 0..60 {
            for _ in 0..4 {
                let start = Instant::now();
                drop(budget.permit(Lane::Interactive, None, later(10)).await.unwrap());
                longest = longest.max(start.elapsed());
            }
            sleep(Duration::from_secs(1)).await;
        }
        assert!(longest < Duration::from_millis(100), "{lane:?}, {share} % of {limit}: {longest:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn reads_need_not_wait_for_each_other_while_ten_seconds_have_room() {
    let budget = budget(1000, 50);
    let start = Instant::now();
    for _ in 0..500 {
        drop(budget.permit(Lane::BackgroundRead, None, later(60)).await.unwrap());
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    drop(budget.permit(Lane::BackgroundRead, None, later(60)).await.unwrap());
    assert_eq!(start.elapsed(), PERIOD);
}

#[tokio::test(start_paused = true)]
async fn writes_keep_their_pace_beside_reads_and_together_they_keep_to_the_share() {
    let budget = budget(1000, 50);
    let start = Instant::now();
    for _ in 0..400 {
        drop(budget.permit(Lane::BackgroundRead, None, later(60)).await.unwrap());
    }
    let mut times = Vec::new();
    for _ in 0..101 {
        drop(budget.permit(Lane::Background, None, later(60)).await.unwrap());
        times.push(start.elapsed());
    }
    let pace = Duration::from_millis(20);
    for (at, time) in times.iter().take(100).enumerate() {
        let due = pace * u32::try_from(at + 1).unwrap();
        assert!(*time >= due && *time <= due + pace, "write {at} left after {time:?}");
    }
    assert_eq!(times[100], PERIOD, "the share of ten seconds was used up");
}

#[tokio::test(start_paused = true)]
async fn while_somebody_else_uses_up_the_limit_reads_are_spread_as_well() {
    let budget = budget(1000, 50);
    meet(&budget, 1).await;
    sleep(Duration::from_secs(1)).await;
    let start = Instant::now();
    for _ in 0..25 {
        drop(budget.permit(Lane::BackgroundRead, None, later(60)).await.unwrap());
    }
    // 25 in a second, a little more with each second that passed; and what was missed is made up for.
    assert!((800..=1000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn another_share_holds_from_now_on_also_for_what_waits() {
    let budget = budget(1000, 1);
    let _work = work(&budget, Lane::Background, 50);
    sleep(Duration::from_secs(10)).await;
    assert!((0.9..=1.4).contains(&budget.rate().background), "{:?}", budget.rate());
    budget.set_share(Share::new(80).unwrap());
    sleep(Duration::from_secs(4)).await;
    let rate = budget.rate();
    assert!((78.0..=81.0).contains(&rate.background), "{rate:?}");
    assert_eq!((rate.limit, rate.allowance, budget.share().percent()), (100.0, 80.0, 80));
    budget.set_share(Share::new(20).unwrap());
    sleep(Duration::from_secs(4)).await;
    assert!((19.0..=21.0).contains(&budget.rate().background), "{:?}", budget.rate());
}

#[tokio::test(start_paused = true)]
async fn it_is_told_that_nothing_leaves_any_more() {
    let budget = budget(1000, 50);
    let work = work(&budget, Lane::Background, 20);
    sleep(Duration::from_secs(5)).await;
    drop(work);
    sleep(Duration::from_secs(4)).await;
    assert!(budget.rate().background < f64::EPSILON, "{:?}", budget.rate());
}

#[tokio::test(start_paused = true)]
async fn a_429_halves_the_share_which_comes_back_slowly_and_never_grows_beyond() {
    let budget = budget(1000, 60);
    meet(&budget, 3).await;
    let rate = budget.rate();
    assert_eq!((rate.allowance, rate.refused, rate.held_for), (30.0, 1, Some(Duration::from_secs(3))));
    // It climbs from when it may send again.
    sleep(Duration::from_secs(3)).await;
    assert_eq!((budget.rate().allowance, budget.rate().held_for), (30.0, None));
    sleep(Duration::from_secs(10)).await;
    assert_eq!((budget.rate().allowance, budget.rate().held_for), (40.0, None));
    meet(&budget, 1).await;
    assert_eq!((budget.rate().allowance, budget.rate().refused), (20.0, 2));
    sleep(Duration::from_secs(100)).await;
    assert_eq!((budget.rate().allowance, budget.rate().crowded_out), (60.0, 0));
}

#[tokio::test(start_paused = true)]
async fn requests_that_were_under_way_together_halve_it_once() {
    let budget = budget(1000, 50);
    let mut permits = Vec::new();
    for _ in 0..8 {
        permits.push(budget.permit(Lane::Background, None, later(60)).await.unwrap());
    }
    for permit in permits {
        permit.refused(Duration::from_secs(1), false);
    }
    assert_eq!((budget.rate().allowance, budget.rate().refused), (25.0, 8));
}

#[tokio::test(start_paused = true)]
async fn the_third_429_within_a_minute_is_told() {
    let budget = budget(1000, 50);
    for _ in 0..2 {
        meet(&budget, 5).await;
        sleep(Duration::from_secs(20)).await;
    }
    sleep(Duration::from_secs(30)).await;
    // The first is too long ago by now.
    meet(&budget, 1).await;
    assert_eq!(budget.rate().crowded_out, 0);
    sleep(Duration::from_secs(2)).await;
    meet(&budget, 1).await;
    assert_eq!(budget.rate().crowded_out, 1);
    assert!(budget.rate().allowance >= 1.0, "something always leaves: {:?}", budget.rate());
}

#[tokio::test(start_paused = true)]
async fn a_users_own_429_holds_nobody_else() {
    let budget = budget(1000, 50);
    let (ada, ben) = (UserId::from("user_ada"), UserId::from("user_ben"));
    for _ in 0..5 {
        drop(budget.permit(Lane::Background, Some(&ada), later(60)).await.unwrap());
    }
    let sixth = budget.permit(Lane::Background, Some(&ada), later(60)).await.unwrap();
    sixth.refused(Duration::from_secs(8), false);
    drop(sixth);
    assert_eq!((budget.rate().allowance, budget.rate().held_for), (50.0, None));
    let start = Instant::now();
    drop(budget.permit(Lane::Interactive, Some(&ben), later(60)).await.unwrap());
    assert_eq!(start.elapsed(), Duration::ZERO);
    let wait = budget.permit(Lane::Interactive, Some(&ada), later(5)).await.unwrap_err();
    assert_eq!(wait, Duration::from_secs(8));
    drop(budget.permit(Lane::Interactive, Some(&ada), later(60)).await.unwrap());
    assert_eq!(start.elapsed(), Duration::from_secs(8));
}

#[tokio::test(start_paused = true)]
async fn a_429_to_a_user_who_was_hardly_written_to_is_the_instances() {
    let budget = budget(1000, 50);
    let ada = UserId::from("user_ada");
    let permit = budget.permit(Lane::Background, Some(&ada), later(60)).await.unwrap();
    permit.refused(Duration::from_secs(8), false);
    assert_eq!((budget.rate().allowance, budget.rate().held_for), (25.0, Some(Duration::from_secs(8))));
}

#[tokio::test(start_paused = true)]
async fn what_is_counted_by_the_hour_holds_nothing_else() {
    let budget = budget(1000, 50);
    let permit = budget.permit(Lane::Interactive, None, later(60)).await.unwrap();
    permit.refused(Duration::from_mins(40), true);
    let rate = budget.rate();
    assert_eq!((rate.allowance, rate.held_for, rate.refused), (50.0, None, 1));
    // So short a time is the instance's.
    permit.refused(Duration::from_secs(4), true);
    assert_eq!(budget.rate().held_for, Some(Duration::from_secs(4)));
}
