//! What goes wrong outside is told, with what to do, and can be tried again.

use crate::terminal::{Setting, Terminal};
use lazyclerk::{
    clerk::{Clerk, Endpoint, SecretKey, query::UserFilter},
    emulator::{Database, Emulator, Options},
};
use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A key that no emulator has.
const KEY: &str = "sk_test_abcdefghijklmnopqrstuvwxyz0123456789";

/// The dashboard on an instance at this address.
fn on(url: &str, key: &str) -> Terminal {
    Setting::lazyclerk(&[]).with("CLERK_API_URL", url).with("CLERK_SECRET_KEY", key).start()
}

fn emulator(runtime: &Runtime, options: Options) -> Emulator {
    runtime.block_on(Emulator::start(Options { users: 20, ..options })).unwrap()
}

/// A server that gives the same answer to whoever asks; its address.
fn answering(answer: impl Into<String>) -> String {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    url
}

/// The head of an answer with this body.
fn head(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n"
    )
}

#[test]
fn a_wrong_key_is_told_and_a_right_one_works() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime, Options::default());
    let mut wrong = on(emulator.url(), "sk_test_thisIsNotTheKeyOfTheEmulator00000000");
    wrong.wait_for("The users could not be read.").wait_for("Check the secret key").wait_for("clerk_key_invalid");
    wrong.wait_for("r tries again").send("q");
    assert_eq!(wrong.end(), 0);
    assert!(!String::from_utf8_lossy(&wrong.written).contains("thisIsNotTheKey"), "the key is on no screen");
    let mut right = on(emulator.url(), emulator.secret_key().expose());
    right.wait_for_users().wait_for("20 users");
}

#[test]
fn a_host_that_cannot_be_reached_is_told_and_r_tries_again() {
    let runtime = Runtime::new().unwrap();
    // An address at which nobody listens yet.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    // An emulator that has been there before, and comes back with the same key.
    let folder = TempDir::new().unwrap();
    let database = Database::File(folder.path().join("clerk.db"));
    let before = emulator(&runtime, Options { database: database.clone(), ..Options::default() });
    let key = before.secret_key().expose().to_owned();
    runtime.block_on(before.stop());
    let mut terminal = on(&format!("http://{address}"), &key);
    terminal.wait_for("The users could not be read.").wait_for("cannot be reached").wait_for("r tries again");
    let back = emulator(&runtime, Options { listen: address, database, ..Options::default() });
    assert_eq!(back.secret_key().expose(), key);
    terminal.send("r").wait_for_users();
}

#[test]
fn an_answer_that_is_not_json_is_told() {
    let html = "<h1>Sign in</h1>";
    let mut terminal = on(&answering(format!("{}{html}", head("200 OK", "", html))), KEY);
    terminal.wait_for("The users could not be read.").wait_for("r tries again").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn half_an_answer_is_told() {
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n[{\"id\": \"user_1\", ";
    let mut terminal = on(&answering(half), KEY);
    terminal.wait_for("The users could not be read.").wait_for("r tries again");
}

#[test]
fn production_is_on_the_screen() {
    let runtime = Runtime::new().unwrap();
    let instance = lazyclerk::clerk::InstanceKind::Production;
    let emulator = emulator(&runtime, Options { instance, ..Options::default() });
    let mut terminal = on(emulator.url(), emulator.secret_key().expose());
    terminal.wait_for_users().wait_for("PRODUCTION").send("b").wait_for("cancel");
    assert_eq!(terminal.text().matches("PRODUCTION").count(), 2);
}

#[test]
fn a_defect_at_clerk_is_told_with_what_support_will_ask_for() {
    let body = r#"{"errors":[{"code":"internal_clerk_error","message":"Oops"}],"clerk_trace_id":"0123456789abcdef"}"#;
    let mut terminal = on(&answering(format!("{}{body}", head("500 Internal Server Error", "", body))), KEY);
    terminal.wait_for("The users could not be read.").wait_for("internal_clerk_error").wait_for("0123456789abcdef");
}

#[test]
fn a_rate_limit_is_told_when_waiting_it_out_would_take_too_long() {
    let body = r#"{"errors":[{"code":"too_many_requests","message":"Too many requests"}]}"#;
    let head = head("429 Too Many Requests", "retry-after: 600\r\n", body);
    let mut terminal = on(&answering(format!("{head}{body}")), KEY);
    terminal.wait_for("The users could not be read.").wait_for("too_many_requests").wait_for("r tries again");
}

#[test]
fn a_change_that_cannot_be_recorded_is_not_made() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime, Options::default());
    let mut terminal = Setting::lazyclerk(&[])
        .with("CLERK_API_URL", emulator.url())
        .with("CLERK_SECRET_KEY", emulator.secret_key().expose())
        .with("XDG_STATE_HOME", "/dev/null/state")
        .start();
    terminal.wait_for_users().wait_for("20 users");
    let before = banned(&runtime, &emulator);
    terminal.send("b").wait_for("cannot sign in").send("\r").wait_for("was not banned").wait_for("failed");
    assert_eq!(banned(&runtime, &emulator), before);
}

#[test]
fn a_change_is_not_made_where_the_disk_is_full() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime, Options::default());
    let setting = Setting::lazyclerk(&[]);
    // No file may be larger than a block. Of what would be, the system must not tell with a signal, but with an error.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\"";
    let program = setting.program.to_str().unwrap().to_owned();
    let arguments = vec!["-c".to_owned(), script.to_owned(), program];
    let mut terminal = Setting { program: "/bin/sh".into(), arguments, ..setting }
        .with("CLERK_API_URL", emulator.url())
        .with("CLERK_SECRET_KEY", emulator.secret_key().expose())
        // Longer than a block of any shell.
        .with("LAZYCLERK_ACTOR", &"kim".repeat(500))
        .start();
    terminal.wait_for_users().wait_for("20 users");
    let before = banned(&runtime, &emulator);
    terminal.send("b").wait_for("cannot sign in").send("\r").wait_for("was not banned").wait_for("too large");
    assert_eq!(banned(&runtime, &emulator), before);
    assert_eq!(std::fs::metadata(terminal.audit_file()).unwrap().len(), 0, "nor is half a line left");
}

/// How many users are banned.
fn banned(runtime: &Runtime, emulator: &Emulator) -> u64 {
    let endpoint = Endpoint::parse(emulator.url()).unwrap();
    let clerk = Clerk::new(endpoint, SecretKey::new(emulator.secret_key().expose()).unwrap()).unwrap();
    let filter = UserFilter { banned: Some(true), ..UserFilter::default() };
    runtime.block_on(clerk.users().count(&filter)).unwrap().value
}
