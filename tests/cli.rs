//! The command line without a terminal: what a script sees.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "cli/acts.rs"]
mod acts;
#[path = "cli/audit.rs"]
mod audit;
#[path = "cli/doctor.rs"]
mod doctor;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/keys.rs"]
mod keys;
#[path = "cli/manual.rs"]
mod manual;
#[path = "cli/profiles.rs"]
mod profiles;
#[path = "cli/trash.rs"]
mod trash;
#[path = "cli/users.rs"]
mod users;

use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStderr, Command, Output, Stdio},
};
use tempfile::TempDir;

fn lazyclerk(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lazyclerk"));
    command.args(arguments).env_clear().env("TERM", "xterm-256color").stdin(Stdio::null());
    // Nobody's home, and no project: what lies around where the tests run is not found.
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nowhere");
    fs::create_dir_all(&nowhere).unwrap();
    command.current_dir(&nowhere).env("HOME", &nowhere);
    command
}

fn output(arguments: &[&str]) -> Output {
    lazyclerk(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// An emulator, what it printed when it was ready, and the rest of its output.
struct Emulator {
    child: Child,
    url: String,
    key: String,
    stdout: BufReader<std::process::ChildStdout>,
    stderr: ChildStderr,
}

impl Emulator {
    fn start(arguments: &[&str]) -> Self {
        let users: &[&str] = if arguments.contains(&"--users") { &[] } else { &["--users", "20"] };
        let mut command = lazyclerk(&[&["emulator", "--listen", "127.0.0.1:0"], users, arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut value_of = |name: &str| {
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
            line.strip_prefix(name)
                .and_then(|line| line.strip_suffix('\n'))
                .unwrap_or_else(|| panic!("{line}"))
                .to_owned()
        };
        let url = value_of("CLERK_API_URL=");
        let key = value_of("CLERK_SECRET_KEY=");
        let stderr = child.stderr.take().unwrap();
        Self { child, url, key, stdout, stderr }
    }

    /// The answer to a request, head and body.
    fn get(&self, path: &str) -> String {
        self.ask("GET", path, "")
    }

    /// The same, with a method and a body of JSON.
    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let address = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n", self.key);
        let what = format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
        stream.write_all(format!("{head}{what}connection: close\r\n\r\n{body}").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Its exit code, the rest of its standard output, and its standard error.
    fn stop(mut self, signal: Signal) -> (Option<i32>, String, String) {
        kill_process(Pid::from_raw(self.child.id().cast_signed()).unwrap(), signal).unwrap();
        let (mut out, mut err) = (String::new(), String::new());
        self.stdout.read_to_string(&mut out).unwrap();
        self.stderr.read_to_string(&mut err).unwrap();
        (self.child.wait().unwrap().code(), out, err)
    }
}

/// A test that fails leaves nothing running.
impl Drop for Emulator {
    fn drop(&mut self) {
        // One that was stopped has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[rstest]
#[case::terminate(Signal::TERM)]
#[case::ctrl_c(Signal::INT)]
fn the_emulator_prints_two_lines_serves_and_stops(#[case] signal: Signal) {
    let emulator = Emulator::start(&[]);
    assert!(emulator.url.starts_with("http://127.0.0.1:") && !emulator.url.ends_with(":0"), "{}", emulator.url);
    assert!(emulator.key.starts_with("sk_test_"));
    let answer = emulator.get("/v1/users/count");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.to_lowercase().contains("\r\ncontent-type: application/json\r\n"), "{answer}");
    assert!(answer.contains("\"total_count\":20"), "{answer}");
    let key = emulator.key.clone();
    let (code, out, err) = emulator.stop(signal);
    assert_eq!((code, out.as_str()), (Some(0), ""), "nothing but the two lines is on standard output");
    assert!(!err.contains(&key), "the key is in no log: {err}");
}

#[test]
fn a_production_emulator_says_so_and_a_file_keeps_the_data() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("clerk.db");
    let arguments = ["--instance", "production", "--db", file.to_str().unwrap()];
    let emulator = Emulator::start(&arguments);
    assert!(emulator.key.starts_with("sk_live_"));
    assert!(emulator.get("/v1/instance").contains("\"environment_type\":\"production\""));
    let (key, first) = (emulator.key.clone(), emulator.get("/v1/users?limit=1"));
    emulator.stop(Signal::TERM);
    let again = Emulator::start(&arguments);
    assert_eq!(again.key, key);
    let body = |answer: &str| answer.split("\r\n\r\n").nth(1).unwrap().to_owned();
    assert_eq!(body(&again.get("/v1/users?limit=1")), body(&first));
    again.stop(Signal::TERM);
}

#[test]
fn the_emulator_misbehaves_as_it_was_told() {
    let limited = Emulator::start(&["--rate-limit", "1/3600"]);
    assert!(limited.get("/v1/instance").starts_with("HTTP/1.1 200"));
    let refused = limited.get("/v1/instance");
    assert!(refused.starts_with("HTTP/1.1 429") && refused.contains("\r\nretry-after: 3"), "{refused}");
    limited.stop(Signal::TERM);
    let failing = Emulator::start(&["--fault", "503:1", "--latency", "1"]);
    assert!(failing.get("/v1/instance").starts_with("HTTP/1.1 503"));
    assert!(failing.get("/control/faults").contains(r#""latency_ms":1"#));
    failing.stop(Signal::TERM);
}

#[test]
fn help_and_version_are_told() {
    let help = output(&["--help"]);
    let text = String::from_utf8(help.stdout).unwrap();
    assert!(help.status.success() && text.contains("--demo") && text.contains("emulator"), "{text}");
    let version = output(&["--version"]);
    assert_eq!(String::from_utf8(version.stdout).unwrap(), concat!("lazyclerk ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_configuration_in_the_environment_keeps_no_command_from_running() {
    let output = lazyclerk(&["emulator", "--help"]).env("LAZYCLERK_CONFIG", "/nowhere/config.toml").output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_configuration_that_is_not_there_is_told() {
    let output = output(&["--demo", "--config", "/nowhere/config.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("lazyclerk: /nowhere/config.toml: "), "{}", stderr(&output));
}

#[test]
fn without_a_key_it_says_how_to_get_one_and_how_to_try_the_demo() {
    let output = output(&[]);
    assert_eq!(output.status.code(), Some(3));
    let told = stderr(&output);
    assert!(told.contains("CLERK_SECRET_KEY") && told.contains("lazyclerk --demo"), "{told}");
}

#[test]
fn a_key_that_cannot_be_one_is_told_without_repeating_it() {
    let output = lazyclerk(&[]).env("CLERK_SECRET_KEY", "pk_test_notASecretKey").output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(!stderr(&output).contains("notASecretKey"), "{}", stderr(&output));
}

#[test]
fn a_key_is_not_sent_in_the_clear_to_another_machine() {
    let mut command = lazyclerk(&[]);
    command
        .env("CLERK_SECRET_KEY", "sk_test_abcdefghijklmnopqrstuvwxyz0123456789")
        .env("CLERK_API_URL", "http://example.com");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("https"), "{}", stderr(&output));
}

#[rstest]
#[case::unknown(&["--everything"])]
#[case::people_without_a_demo(&["--users", "5"])]
#[case::no_terminal(&["--demo"])]
#[case::a_fault_of_no_kind(&["emulator", "--fault", "teapot:0.5"])]
#[case::a_rate_over_one(&["emulator", "--fault", "500:2"])]
#[case::a_limit_of_nothing(&["emulator", "--rate-limit", "0/10"])]
fn wrong_usage_is_told(#[case] arguments: &[&str]) {
    let output = output(arguments);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(!output.stderr.is_empty() && output.stdout.is_empty());
}

#[test]
fn an_address_that_is_taken_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let output = output(&["emulator", "--users", "1", "--listen", &taken.local_addr().unwrap().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("the emulator cannot start"), "{}", stderr(&output));
}
