//! Jobs against the emulator with Clerk's limits of production: how long a ban of 10,000 takes and a deletion of 3,000,
//! at the usual share of the limit and at the whole of it, how many answers were 429, and how long somebody at the screen
//! waits meanwhile.
//!
//! Each is done once: it takes seconds by design, and what is measured is the pace, not the machine.

#![expect(clippy::print_stdout, reason = "a benchmark tells what it measured")]

use lazyclerk::{
    app::{
        Grounds, Person,
        job::{JobAct, JobReport, JobState, Plan, Target},
    },
    audit::{Audit, Origin},
    clerk::{
        Clerk, Endpoint, Exchange, InstanceKind, Share,
        query::{PageLimit, PageStart, UserPage, UserQuery},
    },
    emulator::{Emulator, Options, RateLimit},
    jobs::Jobs,
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::{Instant, MissedTickBehavior, interval},
};

/// Somebody at the screen asks for a page so often.
const GLANCE: Duration = Duration::from_millis(100);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    measure(JobAct::Ban, 10_000, None).await;
    measure(JobAct::Delete { copies: false }, 3_000, None).await;
    measure(JobAct::Delete { copies: false }, 3_000, Some(Share::WHOLE)).await;
}

async fn measure(act: JobAct, users: u32, share: Option<Share>) {
    let (instance, rate_limit) = (InstanceKind::Production, RateLimit::PRODUCTION);
    let options = Options { users, instance, rate_limit, ..Options::default() };
    let emulator = Emulator::start(options).await.expect("the emulator starts");
    let endpoint = Endpoint::parse(emulator.url()).expect("its own address");
    let (watcher, mut exchanges) = unbounded_channel();
    let clerk = Clerk::watched(endpoint, emulator.secret_key().clone(), watcher).expect("a client");
    if let Some(share) = share {
        clerk.set_share(share);
    }
    let plan = plan(act.clone(), &clerk).await;
    // What was read for that counts against the limit for ten seconds.
    tokio::time::sleep(Duration::from_secs(10)).await;
    while exchanges.try_recv().is_ok() {}
    let state = tempfile::tempdir().expect("a directory");
    let audit = Audit::open(state.path(), Origin::of(clerk.endpoint().host(), clerk.instance_kind())).expect("a log");
    let (sender, mut reports) = unbounded_channel();
    let jobs = Jobs::new(clerk.endpoint().host(), &clerk, Arc::new(audit), state.path().to_owned(), sender);
    let begun = Instant::now();
    jobs.begin(plan).await.expect("it begins");
    let (report, waits) = watch(&clerk, &mut reports).await;
    let took = begun.elapsed();
    let answers: Vec<Exchange> = std::iter::from_fn(|| exchanges.try_recv().ok()).collect();
    let refused = answers.iter().filter(|answer| answer.status == Some(429)).count();
    println!(
        "{} {users} users at {} of the limit: {:.1} s, {} requests, {refused} answers 429, {} users failed; \
         a page at the screen came after {} ms median, {} ms at most",
        act.name(),
        clerk.share(),
        took.as_secs_f64(),
        answers.len() - waits.len(),
        report.counts.failed,
        waits.get(waits.len() / 2).copied().unwrap_or_default(),
        waits.last().copied().unwrap_or_default(),
    );
    jobs.leave().await;
    emulator.stop().await;
}

/// Everybody there is.
async fn plan(act: JobAct, clerk: &Clerk) -> Plan {
    let (mut targets, mut start) = (Vec::new(), PageStart::FIRST);
    loop {
        let page = UserPage { start, limit: PageLimit::MAX };
        let users = clerk.users().list(&UserQuery::default(), &page).await.expect("a page").value;
        let Some(last) = users.last() else { break };
        start = PageStart::After(last.id.clone());
        targets.extend(users.iter().map(|user| Target {
            id: user.id.clone(),
            person: Person::of(user),
            given: None,
            undoes: None,
        }));
    }
    Plan { act, targets, grounds: Grounds::default(), chosen: "everybody".to_owned() }
}

/// Looks at the first page again and again until the job has ended; its last report, and how long each page took, in
/// milliseconds, from the shortest to the longest.
async fn watch(clerk: &Clerk, reports: &mut UnboundedReceiver<JobReport>) -> (JobReport, Vec<u128>) {
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(50) };
    let mut glances = interval(GLANCE);
    glances.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut waits = Vec::new();
    loop {
        tokio::select! {
            report = reports.recv() => {
                let report = report.expect("the job reports");
                if report.state == JobState::Ended {
                    waits.sort_unstable();
                    return (report, waits);
                }
            }
            _ = glances.tick() => {
                let begun = Instant::now();
                clerk.users().list(&UserQuery::default(), &page).await.expect("a page");
                waits.push(begun.elapsed().as_millis());
            }
        }
    }
}
