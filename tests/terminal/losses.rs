//! A job that is killed in the middle, also where requests fail and others use up the rate limit: it is finished after a
//! restart, and what became of each is what the instance says.

use crate::terminal::{Setting, Terminal};
use lazyclerk::{
    app::job::JobState,
    audit::verify,
    clerk::{Clerk, Endpoint, InstanceKind, query::UserFilter},
    emulator::{Emulator, Options, RateLimit},
    jobs::journal::{self, Journal, Told},
};
use reqwest::{Client, StatusCode};
use rstest::rstest;
use rustix::process::Signal;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{runtime::Runtime, task::JoinHandle, time::interval};

const USERS: u32 = 2_000;
/// No job of these tests takes so long, however many requests fail.
const PATIENCE: Duration = Duration::from_mins(4);
/// How long somebody looks at a job that stands still before they let it go on.
const A_LOOK: Duration = Duration::from_secs(1);

struct Scene {
    runtime: Runtime,
    emulator: Emulator,
    clerk: Clerk,
}

impl Scene {
    fn with(users: u32, rate_limit: RateLimit) -> Self {
        let runtime = Runtime::new().unwrap();
        let options = Options { users, instance: InstanceKind::Production, rate_limit, ..Options::default() };
        let emulator = runtime.block_on(Emulator::start(options)).unwrap();
        let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
        Self { runtime, emulator, clerk }
    }

    fn setting(&self) -> Setting {
        Setting::lazyclerk(&["--share", "100"])
            .with("CLERK_API_URL", self.emulator.url())
            .with("CLERK_SECRET_KEY", self.emulator.secret_key().expose())
    }

    fn misbehave(&self, how: &Value) {
        let url = format!("{}/control/faults", self.emulator.url());
        let key = self.emulator.secret_key().expose();
        let sent = client().put(url).bearer_auth(key).json(how).send();
        assert!(self.runtime.block_on(sent).unwrap().status().is_success());
    }

    fn count(&self, filter: &UserFilter) -> u64 {
        self.runtime.block_on(self.clerk.users().count(filter)).unwrap().value
    }

    /// Somebody else who asks so many times in a second, as a customer's application does. How many answers they got,
    /// and how many of those said that it was too much.
    fn crowd(&self, every: Duration) -> (JoinHandle<()>, Arc<[AtomicUsize; 2]>) {
        let (client, key) = (client(), self.emulator.secret_key().expose().to_owned());
        let url = format!("{}/v1/instance", self.emulator.url());
        let told = Arc::new([const { AtomicUsize::new(0) }; 2]);
        let counts = Arc::clone(&told);
        let task = self.runtime.spawn(async move {
            let mut ticks = interval(every);
            loop {
                ticks.tick().await;
                let (sent, counts) = (client.get(&url).bearer_auth(&key).send(), Arc::clone(&counts));
                tokio::spawn(async move {
                    let Ok(answer) = sent.await else { return };
                    counts[0].fetch_add(1, Ordering::Relaxed);
                    let is_refused = answer.status() == StatusCode::TOO_MANY_REQUESTS;
                    counts[1].fetch_add(usize::from(is_refused), Ordering::Relaxed);
                });
            }
        });
        (task, told)
    }
}

fn client() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

/// What the journal of the one job says; none before it is begun.
fn told(terminal: &Terminal) -> Option<Told> {
    let paths = journal::all(&terminal.state()).unwrap();
    Journal::look(paths.first()?).unwrap()
}

/// Kills the program as soon as some have an outcome. How many have.
fn kill_halfway(terminal: &mut Terminal) -> usize {
    let begun = Instant::now();
    let is_begun = |told: &Told| told.job.counts().ended() > 100;
    while !told(terminal).is_some_and(|told| is_begun(&told)) {
        assert!(begun.elapsed() < PATIENCE, "{}", terminal.text());
        // What it writes meanwhile is read, so that it is not held up.
        let _ = terminal.read(Duration::from_millis(20));
    }
    terminal.signal(Signal::KILL);
    terminal.end();
    let counts = told(terminal).unwrap().job.counts();
    assert!(counts.left() > 0, "it was over before it was killed");
    counts.ended()
}

/// Lets the job go on whenever it stands still, until each has an outcome.
fn finish(scene: &Scene, terminal: &mut Terminal) {
    let (begun, mut pressed) = (Instant::now(), None::<Instant>);
    loop {
        assert!(begun.elapsed() < PATIENCE, "{}", terminal.text());
        let _ = terminal.read(Duration::from_millis(100));
        let Told { job, .. } = told(terminal).unwrap();
        let counts = job.counts();
        if counts.left() + counts.failed == 0 {
            return;
        }
        let (text, is_time) = (terminal.text(), pressed.is_none_or(|at| at.elapsed() > A_LOOK));
        if text.contains("  paused") && is_time {
            terminal.send(" ");
            pressed = Some(Instant::now());
        } else if text.contains("  ended ") && is_time && counts.failed > 0 {
            // Who was tried too often is tried once more when things have calmed down.
            scene.misbehave(&json!({ "faults": {} }));
            terminal.send("R");
            pressed = Some(Instant::now());
        }
    }
}

/// Each intent has one outcome, and nobody has two intents that came to something.
fn assert_recorded_once(terminal: &Terminal) {
    let verified = verify(&terminal.state(), None).unwrap();
    assert_eq!(verified.faults, [], "the chain holds");
    let (mut of, mut outcomes): (HashMap<String, String>, HashMap<String, Vec<String>>) = Default::default();
    let text = |line: &Value, field: &str| line[field].as_str().unwrap_or_default().to_owned();
    // A line that the kill has torn is no line.
    let log = std::fs::read_to_string(terminal.audit_file()).unwrap();
    for line in log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        match line["line"].as_str() {
            Some("intent") => _ = of.insert(text(&line, "entry"), text(&line, "user_id")),
            Some("outcome") => outcomes.entry(text(&line, "entry")).or_default().push(text(&line, "outcome")),
            _ => {}
        }
    }
    let mut done: HashMap<&str, usize> = HashMap::new();
    for (entry, user) in &of {
        let ended = outcomes.get(entry).map_or(&[][..], Vec::as_slice);
        assert_eq!(ended.len(), 1, "{entry}: {ended:?}");
        *done.entry(user).or_default() += usize::from(ended[0] == "done");
    }
    assert!(done.values().all(|count| *count <= 1), "{:?}", done.iter().find(|(_, count)| **count > 1));
}

#[rstest]
#[case::nothing_fails(json!({ "latency_ms": 200 }))]
#[case::requests_fail(json!({ "latency_ms": 200, "faults": { "500": 0.08, "reset": 0.08, "429": 0.02 } }))]
fn two_thousand_are_banned_though_the_program_is_killed_in_the_middle(#[case] how: Value) {
    let scene = Scene::with(USERS, RateLimit::OFF);
    let banned = UserFilter { banned: Some(true), ..UserFilter::default() };
    let before = usize::try_from(scene.count(&banned)).unwrap();
    let mut terminal = scene.setting().start();
    terminal.wait_for_users().wait_for("2,000 users").send("a").wait_for("2,000 users marked");
    let fresh = USERS as usize - before;
    terminal.send("b").wait_for(&format!("Type {fresh} to ban"));
    scene.misbehave(&how);
    terminal.send(&format!("{fresh}")).wait_for("enter ban").send("\r");
    let ended = kill_halfway(&mut terminal);
    terminal.start_again(scene.setting());
    terminal.wait_for("it broke off when the program ended.");
    finish(&scene, &mut terminal);
    scene.misbehave(&json!({ "faults": {}, "latency_ms": 0 }));
    assert_eq!(scene.count(&banned), u64::from(USERS));
    let Told { job, .. } = told(&terminal).unwrap();
    let counts = job.counts();
    assert_eq!((job.state(), counts.total, counts.done), (&JobState::Ended, fresh, fresh));
    assert!(ended < counts.done);
    assert_recorded_once(&terminal);
}

#[rstest]
#[case::four_hundred(400, "400 users")]
#[ignore = "takes two minutes"]
#[case::two_thousand(2_000, "2,000 users")]
fn all_are_deleted_though_it_is_killed_and_another_client_uses_up_the_limit(#[case] users: u32, #[case] told_as: &str) {
    // As much as on production, in shorter stretches.
    let scene = Scene::with(users, "100/1".parse().unwrap());
    let mut terminal = scene.setting().start();
    terminal.wait_for_users().wait_for(told_as).send("a").wait_for(&format!("{told_as} marked"));
    let typed = format!("delete {users}");
    terminal
        .send("d")
        .wait_for(&format!("Type {typed} to delete"))
        .wait_until("all to be looked up", |terminal| !terminal.text().contains("not looked up yet"));
    // What it costs is told at the share that was asked for.
    terminal.wait_for(&format!("about {} s, at the whole", users / 100)).send(&typed).wait_for("enter delete");
    let (crowd, answers) = scene.crowd(Duration::from_millis(16));
    terminal.send("\r");
    kill_halfway(&mut terminal);
    terminal.start_again(scene.setting());
    terminal.wait_for("it broke off when the program ended.");
    finish(&scene, &mut terminal);
    crowd.abort();
    let [asked, refused] = [0, 1].map(|index| answers[index].load(Ordering::Relaxed));
    assert!(refused * 2 < asked, "{refused} of {asked}: the application has its part of the limit");
    assert_eq!(scene.count(&UserFilter::default()), 0);
    let counts = told(&terminal).unwrap().job.counts();
    assert_eq!((counts.done, counts.total), (users as usize, users as usize));
    assert_recorded_once(&terminal);
}
