//! The program without a screen: lines in, lines out, and what the API says of it afterwards.

use lazyclerk::{
    clerk::{
        Clerk, Endpoint,
        model::{Received, User},
        query::{PageLimit, PageStart, UserFilter, UserPage, UserQuery},
    },
    emulator::{Emulator, Options},
};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use std::{
    io::{BufRead, BufReader, Write},
    os::unix::process::CommandExt,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Nothing that is waited for takes so long, not even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program on an emulator, with pipes for its lines.
struct Plain {
    child: Child,
    lines: ChildStdin,
    told: Receiver<String>,
    home: TempDir,
}

fn command(home: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lazyclerk"));
    command.args(arguments).env_clear().env("HOME", home.path()).env("XDG_STATE_HOME", home.path().join("state"));
    command.env("TERM", "xterm-256color").env("TZ", "UTC").stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

impl Plain {
    fn begin(emulator: &Emulator) -> Self {
        let home = TempDir::new().unwrap();
        let mut command = command(&home, &[]);
        // TERM says that there is no screen: the flag is not needed then.
        command.env("TERM", "dumb").env("CLERK_API_URL", emulator.url());
        command.env("CLERK_SECRET_KEY", emulator.secret_key().expose());
        // A job of its own, as a shell begins one: what nobody could continue the system does not stop.
        let mut child = command.process_group(0).spawn().unwrap();
        let lines = child.stdin.take().unwrap();
        let (sender, told) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines, told, home }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.lines, "{line}").unwrap();
    }

    /// Reads lines until one holds these words; all of them.
    fn hear(&mut self, words: &str) -> String {
        let mut heard = String::new();
        loop {
            let Ok(line) = self.told.recv_timeout(PATIENCE) else { panic!("never told \"{words}\":\n{heard}") };
            heard = format!("{heard}{line}\n");
            if line.contains(words) {
                return heard;
            }
        }
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn a_moderator_who_listens_finds_reads_bans_and_takes_back() {
    let runtime = Runtime::new().unwrap();
    let emulator = runtime.block_on(Emulator::start(Options { users: 60, ..Options::default() })).unwrap();
    let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
    let users = |filter: UserFilter| -> Vec<Received<User>> {
        let page = UserPage { limit: PageLimit::MAX, start: PageStart::Offset(0) };
        let query = UserQuery { filter, ..UserQuery::default() };
        runtime.block_on(clerk.users().list(&query, &page)).unwrap().value
    };
    // Somebody who can sign in, belongs somewhere, and is found by an address that nobody else has.
    let belongs = |user: &Received<User>| {
        let users = clerk.users();
        let memberships = users.organization_memberships(&user.id, PageLimit::MAX, 0);
        let memberships = runtime.block_on(memberships).unwrap().value.data;
        memberships.first().map(|membership| membership.organization.name.clone())
    };
    let fine = |user: &&Received<User>| !user.banned && !user.email_addresses.is_empty();
    let all = users(UserFilter::default());
    let found = all.iter().filter(fine).find_map(|user| Some((user, belongs(user)?)));
    let (user, organization) = found.expect("somebody belongs somewhere");
    let address = &user.email_addresses[0].email_address;
    let is_banned = || runtime.block_on(clerk.users().get(&user.id)).unwrap().value.banned;

    let mut plain = Plain::begin(&emulator);
    plain.hear("10. ");
    plain.say(&format!("/{address}"));
    plain.hear("1 user that match");
    plain.hear("1. ");
    plain.say("open");
    let profile = plain.hear("Ban: none");
    assert!(profile.contains(user.id.as_str()) && profile.contains(&format!("Email: {address}")), "{profile}");
    plain.say("memberships");
    plain.hear(&format!("1. {organization}: "));
    plain.say("ban");
    let question = plain.hear("Answer yes to ban, or no.");
    assert!(question.contains(user.id.as_str()) && question.contains("Now: "), "{question}");
    assert!(!is_banned());
    plain.say("yes");
    plain.hear("undo takes it back.");
    assert!(is_banned());
    plain.say("undo");
    plain.hear("Answer yes to unban, or no.");
    plain.say("y");
    plain.hear("Lifted the ban of ");
    assert!(!is_banned());
    plain.say("quit");
    assert!(plain.child.wait().unwrap().success());
    let audit = std::fs::read_to_string(plain.home.path().join("state/lazyclerk/audit.jsonl")).unwrap();
    assert_eq!(audit.lines().count(), 4, "intent and outcome of each: {audit}");
}

#[test]
fn lines_can_be_piped_and_none_of_them_drives_a_terminal() {
    let home = TempDir::new().unwrap();
    let mut child = command(&home, &["--plain", "--demo", "--users", "300", "--seed", "7"]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"/ada\nopen\nban\nyes\nback\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8(output.stdout).unwrap();
    let told_in_order =
        ["lazyclerk, instance demo", "that match ada", "Open: Profile.", "Answer yes to ban", "Banned "];
    let places: Vec<_> =
        told_in_order.iter().map(|words| told.find(words).unwrap_or_else(|| panic!("{told}"))).collect();
    assert!(places.is_sorted(), "{told}");
    assert!(told.chars().all(|char| char == '\n' || !char.is_control()), "no escape sequences");
    assert!(!told.contains(['─', '│', '━', '▌']), "no rules");
}

#[test]
fn a_line_that_is_no_text_is_told_as_an_error_and_none_behind_it_is_taken() {
    let home = TempDir::new().unwrap();
    let mut command = command(&home, &["--plain", "--demo", "--users", "20"]);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"1\n\xff\nopen\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let (told, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("UTF-8"), "{error}");
    assert!(!told.contains("Open: "), "{told}");
}

#[test]
fn ctrl_z_stops_it_and_fg_goes_on_where_it_was() {
    let runtime = Runtime::new().unwrap();
    let emulator = runtime.block_on(Emulator::start(Options { users: 20, ..Options::default() })).unwrap();
    let mut plain = Plain::begin(&emulator);
    plain.hear("10. ");
    let pid = Pid::from_child(&plain.child);
    kill_process(pid, Signal::TSTP).unwrap();
    let (sender, stopped) = channel();
    thread::spawn(move || sender.send(waitpid(Some(pid), WaitOptions::UNTRACED)));
    let (_, status) = stopped.recv_timeout(PATIENCE).expect("it stops").unwrap().expect("it is waited for");
    assert!(status.stopped(), "{status:?}");
    kill_process(pid, Signal::CONT).unwrap();
    plain.say("suspend");
    plain.hear("Ctrl-z stops the program");
    plain.say("quit");
    assert!(plain.child.wait().unwrap().success());
}
