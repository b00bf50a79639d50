//! How fast jobs go within their share of the rate limit.

use super::Setting;
use lazyclerk::{
    app::job::JobAct,
    clerk::InstanceKind,
    emulator::{Options, RateLimit},
};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_uses_its_share_of_the_limit_and_no_more() {
    let rate_limit = RateLimit::PRODUCTION;
    let options = Options { users: 200, instance: InstanceKind::Production, rate_limit, ..Options::default() };
    let mut setting = Setting::start(options).await;
    let users = setting.users().await;
    let begun = Instant::now();
    setting.jobs.begin(super::plan(JobAct::Delete { copies: false }, &users)).await.unwrap();
    let told = setting.report("how fast it goes", |report| report.pace.users_per_second > 0).await.pace;
    assert!(told.requests_per_second > 0 && told.seconds_left.is_some(), "{told:?}");
    assert_eq!((told.allowed_per_second, told.share, told.too_many), (50, 50, 0));
    let report = setting.report("the end", |report| report.state.is_over()).await;
    assert_eq!((report.counts.done, report.counts.failed), (200, 0));
    let expected = Duration::from_secs(200 / 50);
    let took = begun.elapsed();
    assert!(took > expected * 9 / 10, "more than its share: {took:?}");
    assert!(took < expected * 3 / 2, "less than it may: {took:?}");
}
