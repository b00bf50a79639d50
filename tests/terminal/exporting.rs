//! Users as a file, from the screen.

use crate::terminal::Setting;
use lazyclerk::{
    clerk::{Clerk, Endpoint, query::UserFilter},
    emulator::{Emulator, Options},
};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;
use tokio::runtime::Runtime;

#[test]
fn all_that_match_and_the_marked_are_exported_and_nothing_is_overwritten() {
    let runtime = Runtime::new().unwrap();
    let emulator = runtime.block_on(Emulator::start(Options { users: 700, ..Options::default() })).unwrap();
    let clerk = Clerk::new(Endpoint::parse(emulator.url()).unwrap(), emulator.secret_key().clone()).unwrap();
    let banned = UserFilter { banned: Some(true), ..UserFilter::default() };
    let count = runtime.block_on(clerk.users().count(&banned)).unwrap().value;
    let mut terminal = Setting::lazyclerk(&[])
        .with("CLERK_API_URL", emulator.url())
        .with("CLERK_SECRET_KEY", emulator.secret_key().expose())
        .start();
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    let lines = |name: &str| fs::read_to_string(file(name)).unwrap().lines().map(str::to_owned).collect::<Vec<_>>();
    let command = |name: &str| format!("export {}\r", file(name).display());

    // Everybody, over more than one page.
    terminal.wait_for_users().wait_for("700 users").send(":").wait_for("cancel").send(&command("all.csv"));
    terminal.wait_for("700 users exported to ");
    assert_eq!(lines("all.csv").len(), 701, "a head and everybody");

    terminal.send("\x1b").wait_until("the notice gone", |terminal| !terminal.text().contains("exported to"));
    terminal.send("/").send("banned:yes").send("\r").wait_for(&format!("1 of {count}"));
    terminal.send(":").wait_for("cancel").send(&command("banned.ndjson"));
    terminal.wait_for(&format!("{count} users exported to "));
    let told: Vec<Value> = lines("banned.ndjson").iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(told.iter().all(|user| user["banned"] == true));
    assert_eq!(told.len() as u64, count);

    terminal
        .wait_for("exported to")
        .send("\x1b")
        .wait_until("the notice gone", |terminal| !terminal.text().contains("exported to"));
    terminal.send(" ").wait_for("1 marked").send("E").wait_for("export users.csv");
    // What was suggested gives way to another name.
    terminal.send("\x15").send(&command("all.csv")).wait_for("there is one of this name already");
    assert_eq!(lines("all.csv").len(), 701, "it is as it was");
    terminal.send(":").wait_for("cancel").send(&command("one.json")).wait_for("1 user exported to ");
    let one: Value = serde_json::from_str(&fs::read_to_string(file("one.json")).unwrap()).unwrap();
    assert_eq!((one.as_array().unwrap().len(), &one[0]["id"]), (1, &told[0]["id"]));
    assert!(!file("one.json.part").exists());
}
