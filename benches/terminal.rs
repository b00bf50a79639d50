//! The whole program in a pseudo-terminal, against the budgets of the design: how soon it shows, how soon a key is
//! answered, what it writes while nothing happens, and how much memory browsing many users takes.
//!
//! `LAZYCLERK_BENCH_USERS` sets how many users there are, 20,000 unless it says otherwise.

#![expect(clippy::print_stdout, reason = "a benchmark tells what it measured")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has failed")]

#[path = "../tests/terminal/terminal.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod terminal;

use lazyclerk::emulator::{Emulator, Options};
use std::{
    fs,
    time::{Duration, Instant},
};
use terminal::{Setting, Terminal};
use tokio::runtime::Runtime;

/// After so long without a byte, nothing more is to come.
const QUIET: Duration = Duration::from_millis(250);
/// An answer that takes longer never comes.
const PATIENCE: Duration = Duration::from_secs(30);

fn main() {
    let users = std::env::var("LAZYCLERK_BENCH_USERS").ok().and_then(|users| users.parse().ok()).unwrap_or(20_000);
    let runtime = Runtime::new().unwrap();
    let start = |users| {
        let options = Options { users, ..Options::default() };
        runtime.block_on(Emulator::start(options)).unwrap()
    };
    let (empty, full) = (start(0), start(users));
    let open = |emulator: &Emulator| on(emulator).sized(200, 60).start();

    first_frame(&full);
    let mut terminal = open(&full);
    terminal.wait_for_users();
    keys_one_by_one(&mut terminal);
    keys_at_once(&mut terminal);
    idle(&mut terminal);
    memory(&mut open(&empty), &mut open(&full), users);
}

/// Reads until nothing has come for so long.
fn drain(terminal: &mut Terminal, quiet: Duration) {
    while terminal.read(quiet).is_ok() {}
}

fn on(emulator: &Emulator) -> Setting {
    Setting::lazyclerk(&[])
        .with("CLERK_API_URL", emulator.url())
        .with("CLERK_SECRET_KEY", emulator.secret_key().expose())
}

/// From before the process exists until its first frame has been read.
fn first_frame(emulator: &Emulator) {
    let times = (0..20).map(|_| {
        let begun = Instant::now();
        let mut terminal = on(emulator).start();
        terminal.wait_for("? help");
        begun.elapsed()
    });
    tell("process start to first frame", times.collect(), "20 ms");
}

/// From the write of a key until the frame that answers it has been read.
fn keys_one_by_one(terminal: &mut Terminal) {
    let times = (0..100).map(|index| {
        drain(terminal, QUIET);
        let begun = Instant::now();
        terminal.send(if index % 2 == 0 { "j" } else { "k" }).read(PATIENCE).unwrap();
        begun.elapsed()
    });
    tell("key to painted frame", times.collect(), "1.5 ms median, 3 ms p95");
}

fn keys_at_once(terminal: &mut Terminal) {
    terminal.send("g").wait_for("1 of ");
    drain(terminal, QUIET);
    let begun = Instant::now();
    // No further than the rows that are there: beyond, the network would be measured.
    terminal.send(&["j".repeat(150), "k".repeat(50)].concat()).wait_for(" 101 of ");
    tell("200 keys at once", vec![begun.elapsed()], "100 ms");
}

fn idle(terminal: &mut Terminal) {
    drain(terminal, QUIET);
    let (written, ticks) = (terminal.written.len(), processor_ticks(terminal));
    drain(terminal, Duration::from_secs(3));
    let (wrote, used) = (terminal.written.len() - written, processor_ticks(terminal) - ticks);
    println!("idle for 3 s: {wrote} bytes, {used} ticks of processor time (budget: 0 and 0)");
}

/// Pages forward and back, from the start and from the end, and searches.
fn memory(empty: &mut Terminal, full: &mut Terminal, users: u32) {
    empty.wait_for("This instance has no users.");
    drain(empty, QUIET);
    full.wait_for_users();
    for _ in 0..60 {
        full.send("\u{6}");
        drain(full, Duration::from_millis(30));
    }
    full.send("G");
    drain(full, QUIET);
    for _ in 0..60 {
        full.send("\u{2}");
        drain(full, Duration::from_millis(30));
    }
    full.send("g");
    drain(full, QUIET);
    full.send("/ada\r");
    drain(full, QUIET);
    let (before, after) = (resident(empty), resident(full));
    println!(
        "resident memory browsing {users} users: {after:.1} MiB, {:.1} above the program without users, {before:.1} (budget: 30 above)",
        after - before
    );
}

fn proc_file(terminal: &Terminal, name: &str) -> String {
    fs::read_to_string(format!("/proc/{}/{name}", terminal.process_id())).unwrap_or_default()
}

/// In MiB.
fn resident(terminal: &Terminal) -> f64 {
    let status = proc_file(terminal, "status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(f64::NAN) / 1024.0
}

/// User and system time.
fn processor_ticks(terminal: &Terminal) -> u64 {
    let stat = proc_file(terminal, "stat");
    let behind_name = stat.rsplit(") ").next().unwrap_or_default();
    behind_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

fn tell(what: &str, mut times: Vec<Duration>, budget: &str) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{what}: median {:.2?}, p95 {:.2?} of {} (budget: {budget})", at(50), at(95), times.len());
}
