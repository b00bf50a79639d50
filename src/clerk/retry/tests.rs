use super::*;
use crate::clerk::{Share, error::Refusal};
use rstest::rstest;
use std::collections::VecDeque;

const POLICY: &str = include_str!("../policy.md");

fn refused(status: u16) -> Error {
    Error::Refused(Refusal { status, ..Refusal::default() })
}

fn rate_limited(seconds: u64) -> Error {
    Error::Refused(Refusal { status: 429, retry_after: Some(Duration::from_secs(seconds)), ..Refusal::default() })
}

fn unreachable() -> Error {
    Error::Unreachable { host: "api.clerk.com".into(), reason: "refused".into() }
}

fn broke_off() -> Error {
    Error::Interrupted { reason: "reset".into() }
}

fn timed_out() -> Error {
    Error::TimedOut { after: Duration::from_secs(30) }
}

fn unreadable(status: u16) -> Error {
    Error::Unreadable { status, reason: "?".into(), trace_id: None }
}

fn read() -> Request {
    Request::get(&["users"]).unwrap()
}

fn set() -> Request {
    Request::post(&["users", "user_1", "ban"]).unwrap().setting_state_of(&UserId::from("user_1"))
}

fn create() -> Request {
    Request::post(&["users"]).unwrap()
}

/// A server that gives these answers in turn, and the times at which it was asked.
struct Script {
    answers: Mutex<VecDeque<Result<u8, Error>>>,
    asked: Mutex<Vec<Instant>>,
}

struct Outcome {
    result: Result<u8, Error>,
    /// When each try began, after the start.
    tries: Vec<Duration>,
    took: Duration,
}

async fn run_script(lane: Lane, request: &Request, answers: Vec<Result<u8, Error>>) -> Outcome {
    let script = Script { answers: Mutex::new(answers.into()), asked: Mutex::default() };
    let budget = Budget::new(1000, Share::WHOLE);
    let backoff = Backoff::new(Backoff::FIRST, fastrand::Rng::with_seed(7));
    let start = Instant::now();
    let result = run(&budget, &backoff, lane, request, || async {
        script.asked.lock().unwrap().push(Instant::now());
        script.answers.lock().unwrap().pop_front().expect("asked more often than scripted")
    })
    .await;
    assert!(script.answers.lock().unwrap().is_empty(), "asked less often than scripted");
    let tries = script.asked.lock().unwrap().iter().map(|time| *time - start).collect();
    Outcome { result, tries, took: start.elapsed() }
}

#[rstest]
#[case("429", refused(429))]
#[case("502, 503, 504", refused(502))]
#[case("502, 503, 504", refused(503))]
#[case("502, 503, 504", refused(504))]
#[case("no connection", unreachable())]
#[case("broke off", broke_off())]
#[case("no answer in time", timed_out())]
#[case("any other refusal", refused(500))]
#[case("any other refusal", refused(401))]
#[case("any other refusal", refused(404))]
#[case("any other refusal", refused(302))]
#[case("unreadable", unreadable(200))]
#[case("not sent", Error::NotSent(NotSent::Held { retry_after: Duration::from_secs(1) }))]
#[tokio::test(start_paused = true)]
async fn it_is_done_as_the_documented_table_says(#[case] cause: &str, #[case] error: Error) {
    let row = POLICY.lines().find(|line| line.starts_with(&format!("| {cause} |"))).expect("a row for the cause");
    let cells: Vec<_> = row.split('|').map(str::trim).collect();
    for (request, cell) in [read(), set(), create()].iter().zip(&cells[2..5]) {
        let (answers, expected) = match *cell {
            "again" => (vec![Err(error.clone()), Ok(1)], Ok(1)),
            "no" => (vec![Err(error.clone())], Err(error.clone())),
            other => panic!("{other} in the table"),
        };
        let outcome = run_script(Lane::Interactive, request, answers).await;
        assert_eq!(outcome.result, expected, "{cause}: {request:?}");
    }
}

#[rstest]
#[case("interactive", Lane::Interactive)]
#[case("background", Lane::Background)]
fn a_lane_is_as_patient_as_the_documented_table_says(#[case] name: &str, #[case] lane: Lane) {
    let Patience { tries, turn, repeats } = Patience::of(lane);
    let row = format!("| {name} | {tries} | {} s | {} s |", turn.as_secs(), repeats.as_secs());
    assert!(POLICY.lines().any(|line| line == row), "{row}");
}

#[tokio::test(start_paused = true)]
async fn a_lane_gives_up_after_its_tries_with_the_last_error() {
    let answers = vec![Err(refused(502)), Err(refused(503)), Err(refused(504))];
    assert_eq!(run_script(Lane::Interactive, &read(), answers).await.result, Err(refused(504)));
    let answers = vec![Err(refused(502)); 5];
    assert_eq!(run_script(Lane::Background, &read(), answers).await.result, Err(refused(502)));
}

#[tokio::test(start_paused = true)]
async fn the_waits_are_random_within_times_that_double_and_the_same_for_a_seed() {
    let backoff = |seed| Backoff::new(Backoff::FIRST, fastrand::Rng::with_seed(seed));
    let waits = |seed| {
        let backoff = backoff(seed);
        (1..=4).map(|tries| backoff.after(tries)).collect::<Vec<_>>()
    };
    assert_eq!(waits(7), waits(7));
    assert_ne!(waits(7), waits(8));
    for seed in 0..200 {
        for (wait, longest) in waits(seed).into_iter().zip([200, 400, 800, 1600]) {
            assert!(wait <= Duration::from_millis(longest));
        }
    }
    let longest = (0..200).map(|seed| waits(seed)[3]).max().unwrap();
    assert!(longest > Duration::from_millis(1500), "the whole time is used: {longest:?}");
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed_by_the_next_try() {
    let outcome = run_script(Lane::Interactive, &read(), vec![Err(rate_limited(3)), Ok(1)]).await;
    assert_eq!(outcome.result, Ok(1));
    assert_eq!(outcome.tries, [Duration::ZERO, Duration::from_secs(3)]);
    let busy = Error::Refused(Refusal { status: 503, retry_after: Some(Duration::from_secs(2)), ..Refusal::default() });
    let outcome = run_script(Lane::Interactive, &read(), vec![Err(busy), Ok(1)]).await;
    assert_eq!(outcome.tries[1], Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn a_429_without_a_time_waits_a_second() {
    let outcome = run_script(Lane::Interactive, &read(), vec![Err(refused(429)), Ok(1)]).await;
    assert_eq!(outcome.tries[1], HOLD_AFTER_429);
}

#[tokio::test(start_paused = true)]
async fn a_person_is_not_kept_waiting_for_longer_than_five_seconds() {
    let outcome = run_script(Lane::Interactive, &read(), vec![Err(rate_limited(6))]).await;
    assert_eq!(outcome.result, Err(rate_limited(6)));
    assert_eq!(outcome.took, Duration::ZERO);
    let outcome = run_script(Lane::Background, &read(), vec![Err(rate_limited(60)), Ok(1)]).await;
    assert_eq!((outcome.result, outcome.took), (Ok(1), Duration::from_mins(1)));
    let outcome = run_script(Lane::Background, &read(), vec![Err(rate_limited(600))]).await;
    assert_eq!((outcome.result, outcome.took), (Err(rate_limited(600)), Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn after_a_429_others_do_not_even_try() {
    let budget = Budget::new(1000, Share::WHOLE);
    let backoff = Backoff::new(Backoff::FIRST, fastrand::Rng::with_seed(7));
    let request = read();
    let first = run(&budget, &backoff, Lane::Interactive, &request, || async { Err::<u8, _>(rate_limited(30)) }).await;
    assert_eq!(first, Err(rate_limited(30)));
    let second = run(&budget, &backoff, Lane::Interactive, &request, || async { Ok(1) }).await;
    assert_eq!(second, Err(Error::NotSent(NotSent::Held { retry_after: Duration::from_secs(30) })));
    tokio::time::advance(Duration::from_secs(21)).await;
    let third = run(&budget, &backoff, Lane::Interactive, &request, || async { Ok(1) }).await;
    assert_eq!(third, Ok(1));
}

#[rstest]
#[case(vec![broke_off(), unreachable(), unreachable()], broke_off())]
#[case(vec![refused(504), rate_limited(60)], refused(504))]
#[case(vec![broke_off(), refused(409)], broke_off())]
#[case(vec![unreachable(), broke_off(), refused(502)], refused(502))]
#[case(vec![unreachable(), unreachable(), unreachable()], unreachable())]
#[tokio::test(start_paused = true)]
async fn a_write_that_may_have_been_made_is_never_reported_as_not_made(
    #[case] errors: Vec<Error>,
    #[case] reported: Error,
) {
    let answers = errors.into_iter().map(Err).collect();
    assert_eq!(run_script(Lane::Interactive, &set(), answers).await.result, Err(reported));
}

#[tokio::test(start_paused = true)]
async fn each_try_needs_a_permit_of_its_own() {
    let budget = Budget::new(1, Share::WHOLE);
    let backoff = Backoff::new(Backoff::FIRST, fastrand::Rng::with_seed(7));
    let asked = Mutex::new(0);
    let result = run(&budget, &backoff, Lane::Interactive, &read(), || async {
        *asked.lock().unwrap() += 1;
        Err::<u8, _>(refused(502))
    })
    .await;
    // The second would have to wait ten seconds, which is longer than five.
    assert_eq!(result, Err(refused(502)));
    assert_eq!(*asked.lock().unwrap(), 1);
}
