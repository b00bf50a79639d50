//! Who gets in, who is kept out, and why: links, lists and reasons.

use crate::journeys::Journey;
use base64::{Engine, engine::general_purpose::STANDARD};
use lazyclerk::clerk::{
    model::{Session, SessionStatus},
    query::PageLimit,
};
use serde_json::json;
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
};

/// What the API says is on the blocklist.
fn blocked(journey: &Journey) -> Vec<String> {
    let entries = journey.runtime.block_on(journey.clerk.restrictions().blocklist()).unwrap().value;
    entries.into_iter().map(|entry| entry.identifier).collect()
}

#[test]
fn a_reason_is_recorded_and_not_sent() {
    let mut journey = Journey::begin();
    journey.ask("b", "Ban Zora?");
    journey.terminal.send("\tspam wave, not yet \r").wait_for("Banned Zora");
    assert!(journey.user().banned);
    let audit = journey.terminal.audit();
    assert_eq!((&audit[0]["action"], &audit[0]["reason"]), (&"ban".into(), &"spam wave, not yet".into()));
    assert!(audit[1].get("reason").is_none() && !format!("{:?}", journey.user()).contains("spam"));
}

#[test]
fn an_address_is_blocked_beside_a_ban_and_taken_off_again() {
    let mut journey = Journey::begin();
    journey.ask("b", "Ban Zora?");
    journey.terminal.send("\t\t").wait_for("space tick").send(" ").wait_for("[x] block sign-ups by zora@");
    journey.terminal.send("\r").wait_for("Blocked zora@example.com.");
    assert!(journey.user().banned);
    assert_eq!(blocked(&journey), ["zora@example.com"]);
    journey.act("u", "Undo: take zora@example.com off", "off the blocklist.");
    assert_eq!(blocked(&journey), Vec::<String>::new());
    assert!(journey.user().banned, "that is another change");
    assert_eq!(journey.audited(), ["ban", "done", "block", "done", "unblock", "done"]);
    let audit = journey.terminal.audit();
    assert_eq!(
        (audit[2]["part"].as_str(), audit[2]["user_id"].as_str()),
        (Some("zora@example.com"), Some(journey.id.as_str()))
    );
}

#[test]
fn the_blocklist_is_added_to_and_taken_from() {
    let mut journey = Journey::begin();
    journey
        .terminal
        .send(":blocklist\r")
        .wait_for("Nothing is on it.")
        .send("n")
        .wait_for("Block")
        .wait_for("enter block");
    journey.terminal.send("*@spam.example\r").wait_for("Blocked *@spam.example.").wait_for("› *@spam.example");
    assert_eq!(blocked(&journey), ["*@spam.example"]);
    journey.act("d", "Take *@spam.example off the blocklist?", "Nothing is on it.");
    assert_eq!(blocked(&journey), Vec::<String>::new());
    assert_eq!(journey.audited(), ["block", "done", "unblock", "done"]);
    assert!(journey.terminal.audit()[0]["user_id"].is_null(), "it is about nobody");
}

#[test]
fn the_allowlist_is_added_to_and_what_was_taken_off_is_put_back() {
    let mut journey = Journey::begin();
    let allowed = |journey: &Journey| {
        let page = journey.runtime.block_on(journey.clerk.restrictions().allowlist(PageLimit::MAX, 0)).unwrap().value;
        page.data.into_iter().map(|entry| entry.identifier).collect::<Vec<_>>()
    };
    journey.terminal.send(":allowlist\r").wait_for("Nothing is on it.").send("n").wait_for("enter allow");
    journey.terminal.send("ada@example.com\tno\r").wait_for("› ada@example.com");
    assert_eq!(allowed(&journey), ["ada@example.com"]);
    journey.act("d", "Take ada@example.com off the allowlist?", "Nothing is on it.");
    assert_eq!(allowed(&journey), Vec::<String>::new());
    journey.terminal.send("\u{1b}").wait_for("enter open");
    journey.act("u", "Undo: allow ada@example.com?", "Put ada@example.com on the allowlist.");
    assert_eq!(allowed(&journey), ["ada@example.com"]);
}

/// Copies the link and opens it, as a browser would; what the emulator answers.
fn follow(journey: &mut Journey) -> u16 {
    let before = journey.terminal.written.len();
    journey.terminal.send("y").wait_until("the link in the clipboard", |terminal| {
        let written = String::from_utf8_lossy(&terminal.written[before..]).into_owned();
        written.split("]52;c;").nth(1).is_some_and(|rest| rest.contains("\u{1b}\\"))
    });
    let written = String::from_utf8_lossy(&journey.terminal.written[before..]).into_owned();
    let copied = written.split("\u{1b}]52;c;").nth(1).and_then(|rest| rest.split('\u{1b}').next()).unwrap();
    let link = String::from_utf8(STANDARD.decode(copied).unwrap()).unwrap();
    let body = json!({ "ticket": link.split_once("ticket=").unwrap().1 }).to_string();
    let (host, key) = (journey.emulator.url().trim_start_matches("http://"), journey.emulator.secret_key().expose());
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    let head = format!(
        "POST /control/accept HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

/// The sessions that are open as the traveller.
fn open_sessions(journey: &Journey) -> Vec<Session> {
    let sessions = journey.clerk.sessions();
    let listed = sessions.list(&journey.id, Some(SessionStatus::Active), PageLimit::MAX, 0);
    journey.runtime.block_on(listed).unwrap().value
}

#[test]
fn a_link_to_impersonate_is_taken_back_unused() {
    let mut journey = Journey::begin();
    journey.ask("i", "Impersonate Zora?");
    journey.terminal.send("ticket 4711\r").wait_for("Made a link to impersonate Zora.").wait_for("••••");
    journey.terminal.send("x").wait_for("End the impersonation of Zora?").wait_for("cancel");
    journey.terminal.send("\r").wait_for("nobody has used it.");
    assert!(open_sessions(&journey).is_empty());
    assert_eq!(journey.audited(), ["impersonate", "done", "end_impersonation", "done"]);
    let audit = journey.terminal.audit();
    assert_eq!(audit[0]["reason"], "ticket 4711");
    // Clerk says so too: what was taken back cannot be taken back again.
    let link = audit[2]["part"].as_str().unwrap().to_owned();
    let again = journey.runtime.block_on(journey.clerk.tokens().revoke_actor(&link)).unwrap_err();
    assert!(again.to_string().contains("revoked"), "{again}");
}

#[test]
fn an_impersonation_is_ended_after_its_link_was_used() {
    let mut journey = Journey::begin();
    journey.ask("i", "Impersonate Zora?");
    journey.terminal.send("\r").wait_for("Made a link to impersonate Zora.").wait_for("••••");
    assert_eq!(follow(&mut journey), 200);
    let sessions = open_sessions(&journey);
    let actor = sessions[0].actor.as_ref().unwrap()["sub"].as_str().unwrap().to_owned();
    assert!(sessions.len() == 1 && actor.starts_with("lazyclerk:"), "{sessions:?}");
    // From the list, with the link closed, as well as from the link.
    journey.terminal.send("\u{1b}").wait_for("enter open").send("i").wait_for("••••");
    journey.terminal.send("x").wait_for("End the impersonation of Zora?").wait_for("cancel");
    journey.terminal.send("\r").wait_for("Ended the impersonation of Zora: 1 session.");
    assert!(open_sessions(&journey).is_empty());
    let audit = std::fs::read_to_string(journey.terminal.audit_file()).unwrap();
    assert!(!audit.contains("ticket") && !journey.terminal.text().contains("ticket="), "{audit}");
}

#[test]
fn a_sign_in_link_is_used_once() {
    let mut journey = Journey::begin();
    journey.act(".l", "sign-in link", "Made a sign-in link for Zora.");
    journey.terminal.wait_for("••••");
    assert_eq!(follow(&mut journey), 200);
    journey.terminal.wait_for("••••");
    assert_eq!(follow(&mut journey), 404, "it works once");
    let sessions = open_sessions(&journey);
    assert!(sessions.len() == 1 && sessions[0].actor.is_none(), "{sessions:?}");
    journey.terminal.send("x").wait_for("back?").wait_for("cancel").send("\r");
    journey.terminal.wait_for("The sign-in link of Zora was not taken back");
    assert_eq!(journey.audited(), ["create_sign_in_link", "done", "revoke_sign_in_link", "failed"]);
}

#[test]
fn a_note_stays_on_this_machine_and_survives_a_restart() {
    let mut journey = Journey::begin();
    let before = journey.user();
    journey.terminal.send("N").wait_for("Kept on this machine only").send("promised to stop\r");
    journey.terminal.wait_for("Kept the note on Zora").wait_for("*Zora").wait_for("promised to stop");
    let folder = journey.terminal.audit_file().with_file_name("notes");
    let file =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some());
    assert_eq!(file.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(journey.user(), before, "Clerk knows nothing of it");
    assert!(journey.terminal.audit().is_empty(), "it is no change");
    journey.restart();
    journey.terminal.wait_for("*Zora").wait_for("promised to stop");
    journey.terminal.send("N").wait_for("enter keep").send("\u{15}\r").wait_for("Took the note on Zora away.");
    journey.terminal.wait_until("no mark", |terminal| !terminal.text().contains("*Zora"));
}

#[test]
fn the_user_is_opened_at_clerk_by_a_browser_that_gets_no_key() {
    let place = tempfile::TempDir::new().unwrap();
    let (opener, told) = (place.path().join("xdg-open"), place.path().join("told"));
    let script = format!("#!/bin/sh\necho \"$1 [$CLERK_SECRET_KEY]\" > {0}.part\nmv {0}.part {0}\n", told.display());
    fs::write(&opener, script).unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o700)).unwrap();
    let path = format!("{}:/usr/bin:/bin", place.path().display());
    let desktop = [("PATH", &*path), ("DISPLAY", ":0"), ("LAZYCLERK_DASHBOARD_URL", "https://dashboard.example/")];
    let mut journey = Journey::begin_with(&desktop);
    let url = format!("https://dashboard.example/~/users/{}", journey.id);
    journey.terminal.send("o").wait_for("Opening https://dashboard.example/~/users/user_");
    journey.terminal.wait_for_file(&told);
    assert_eq!(fs::read_to_string(&told).unwrap().trim(), format!("{url} []"));
}

#[test]
fn without_a_browser_the_address_of_the_user_is_copied() {
    let mut journey = Journey::begin_with(&[("LAZYCLERK_DASHBOARD_URL", "https://dashboard.example")]);
    journey.terminal.send("o").wait_for("There is no browser here. Copied https://dashboard.example/~/users/user_");
}
