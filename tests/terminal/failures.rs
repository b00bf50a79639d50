//! What goes wrong outside is told, with what to do, and can be tried again.

use crate::terminal::{Setting, Terminal};
use lazyclerk::emulator::{Database, Emulator, Options};
use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The dashboard on an instance at this address.
fn on(url: &str, key: &str) -> Terminal {
    Setting::lazyclerk(&[]).with("CLERK_API_URL", url).with("CLERK_SECRET_KEY", key).start()
}

fn emulator(runtime: &Runtime, options: Options) -> Emulator {
    runtime.block_on(Emulator::start(Options { users: 20, ..options })).unwrap()
}

/// A server that gives the same answer to whoever asks; its address.
fn answering(answer: &'static str) -> String {
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

#[test]
fn a_wrong_key_is_told_and_a_right_one_works() {
    let runtime = Runtime::new().unwrap();
    let emulator = emulator(&runtime, Options::default());
    let mut wrong = on(emulator.url(), "sk_test_thisIsNotTheKeyOfTheEmulator00000000");
    wrong.wait_for("The users could not be read.").wait_for("Check CLERK_SECRET_KEY").wait_for("clerk_key_invalid");
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
    let html = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 17\r\nconnection: close\r\n\r\n<h1>Sign in</h1>\r\n";
    let mut terminal = on(&answering(html), "sk_test_abcdefghijklmnopqrstuvwxyz0123456789");
    terminal.wait_for("The users could not be read.").wait_for("r tries again").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn half_an_answer_is_told() {
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n[{\"id\": \"user_1\", ";
    let mut terminal = on(&answering(half), "sk_test_abcdefghijklmnopqrstuvwxyz0123456789");
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
