//! Bans, locks, sessions and deletion.

use super::Journey;
use crate::terminal::{Setting, Terminal};
use lazyclerk::{
    clerk::{
        model::{SessionStatus, UserId},
        query::{PageLimit, PageStart, Select, UserFilter, UserPage, UserQuery},
        users::MetadataBags,
    },
    trash::Trash,
};
use serde_json::json;
use std::fs;

#[test]
fn a_user_is_banned_and_unbanned() {
    let mut journey = Journey::begin();
    let banned = UserFilter { banned: Some(true), ..UserFilter::default() };
    let before = journey.runtime.block_on(journey.clerk.users().count(&banned)).unwrap().value;
    journey.act("b", "Ban Zora?", "Banned Zora");
    assert!(journey.user().banned);
    journey.terminal.wait_for(&format!("{} banned", before + 1));
    journey.terminal.send("/banned:yes joined:<1d zora\r").wait_for("1 of 1 match");
    journey.act("B", "Unban Zora?", "Lifted the ban of Zora.");
    assert!(!journey.user().banned);
    assert_eq!(journey.audited(), ["ban", "done", "unban", "done"]);
}

#[test]
fn what_was_done_is_told_in_the_history_and_in_the_profile() {
    let mut journey = Journey::begin();
    journey.terminal.wait_until("the profile without it", |terminal| !terminal.text().contains("Done here"));
    journey.act("b", "Ban Zora?", "Banned Zora");
    journey.act("u", "Undo: unban Zora?", "Lifted the ban of Zora.");
    journey.terminal.wait_for("Done here    unbanned by uid ").wait_for("banned by uid ");
    journey.terminal.send("\r").wait_for("esc back").send("7").wait_for("done here").wait_for("History 2");
    journey.terminal.send("g").wait_for("Takes back   banned by uid ").send("G").wait_for("undone").wait_for("Undone");
    let record = journey.terminal.audit().swap_remove(0)["entry"].as_str().unwrap().to_owned();
    journey.terminal.wait_for(&record).wait_for("status 200");
    // The record of a change that Clerk refuses is there at once.
    journey.runtime.block_on(journey.clerk.users().delete(&journey.id)).unwrap();
    journey.act("L", "Lock Zora?", "was not locked");
    journey.terminal.wait_for("History 3").wait_for("failed");
    assert_eq!(journey.audited(), ["ban", "done", "unban", "done", "lock", "failed"]);
    let file = journey.terminal.audit_file();
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    journey.terminal.send("r").wait_for("The audit log cannot be read");
}

#[test]
fn all_changes_are_shown_narrowed_and_lead_to_their_users() {
    let mut journey = Journey::begin();
    journey.act("b", "Ban Zora?", "Banned Zora");
    journey.act("L", "Lock Zora?", "Locked Zora");
    journey.terminal.send("!").wait_for("Changes  all").wait_for("banned").wait_for("locked").wait_for("status 200");
    journey.terminal.send("/").wait_for("enter keep").send("zora ban\r");
    journey.terminal.wait_until("only the ban", |terminal| !terminal.text().contains("locked  "));
    journey.terminal.wait_for("banned").send("\r").wait_for("] next tab").wait_for("Banned means");
    assert_eq!(journey.audited(), ["ban", "done", "lock", "done"]);
}

#[test]
fn a_user_is_locked_and_unlocked() {
    let mut journey = Journey::begin();
    journey.act("L", "Lock Zora?", "Locked Zora");
    assert!(journey.user().locked);
    journey.act("U", "Unlock Zora?", "Unlocked Zora.");
    assert!(!journey.user().locked);
}

#[test]
fn a_user_is_signed_out_everywhere() {
    let mut journey = Journey::begin();
    // Somebody of the emulator's own people: those who were made by a request have no sessions.
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let users = journey.runtime.block_on(journey.clerk.users().list(&UserQuery::default(), &page)).unwrap().value;
    let active = |id: &UserId| {
        let sessions = journey.clerk.sessions();
        let listed = sessions.list(id, Some(SessionStatus::Active), PageLimit::MAX, 0);
        journey.runtime.block_on(listed).unwrap().value.len()
    };
    let (place, id) =
        users.iter().enumerate().find(|(_, user)| active(&user.id) > 0).map(|(n, u)| (n, u.id.clone())).unwrap();
    let count = active(&id);
    let words = if count == 1 { "1 session ends".to_owned() } else { format!("{count} sessions end") };
    for _ in 0..place {
        journey.terminal.send("j");
    }
    journey.terminal.wait_until("the cursor", |terminal| terminal.text().contains(&format!("{} of 21", place + 1)));
    journey.terminal.send("x").wait_for(&words).send("\r").wait_for(" out everywhere: ").wait_for(" ended.");
    let left = journey.clerk.sessions();
    let left = journey.runtime.block_on(left.list(&id, Some(SessionStatus::Active), PageLimit::MAX, 0)).unwrap().value;
    assert!(left.is_empty());
}

#[test]
fn a_user_is_deleted() {
    let mut journey = Journey::begin();
    journey.ask("d", "Delete Zora?");
    journey.terminal.send("zora@example.co\r").wait_for("▏zora@example.co").send("m\r").wait_for("Deleted Zora.");
    let gone = journey.runtime.block_on(journey.clerk.users().get(&journey.id)).unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
    journey.terminal.wait_for("20 users").wait_until("the word", |terminal| terminal.selected().contains("gone"));
    assert_eq!(journey.audited(), ["delete", "done"]);
}

#[test]
fn a_deleted_user_comes_back_from_the_copy() {
    let mut journey = Journey::begin();
    let trash = Trash::of(&journey.terminal.state());
    journey.ask("d", "Delete Zora?");
    journey.terminal.wait_for("[x] keep a copy here for 30 days").send("zora@example.com\r").wait_for("Deleted Zora.");
    let copies = trash.copies(|copy| copy.user.id.clone()).unwrap();
    assert_eq!(copies, [(journey.id.clone(), None)]);
    journey.terminal.send("u").wait_for("Restore Zora?").wait_for("authenticator").wait_for("enter or y restore");
    journey.terminal.send("\r").wait_for("Restored Zora as a new user.").wait_for("21 users");
    let named = UserFilter { external_id: vec![Select::Include(journey.id.to_string())], ..UserFilter::default() };
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let query = UserQuery { filter: named, ..UserQuery::default() };
    let users = journey.runtime.block_on(journey.clerk.users().list(&query, &page)).unwrap().value;
    let [zora] = &users[..] else { panic!("{users:?}") };
    assert_eq!(zora.primary_email_address().map(|email| &*email.email_address), Some("zora@example.com"));
    assert!(zora.id != journey.id && !zora.password_enabled);
    journey
        .terminal
        .send("\u{1b}")
        .wait_until("the notice to go", |terminal| !terminal.text().contains("Restored Zora"));
    journey.terminal.send(":trash\r").wait_for("Copies of the deleted  1").wait_for("restored");
    journey.terminal.send("\r").wait_for("A user has been made from it already.");
    journey.terminal.send("d").wait_for("Throw away the copy of Zora?").wait_for("enter or y throw away");
    journey
        .terminal
        .send("\r")
        .wait_for("The copy of Zora is thrown away.")
        .wait_for("Nobody who was deleted from here");
    assert_eq!(trash.copies(|_| ()).unwrap(), []);
    assert_eq!(journey.audited(), ["delete", "done", "restore", "done"]);
}

#[test]
fn nothing_of_the_deleted_is_kept_where_nobody_wants_it_or_there_is_no_room() {
    let mut journey = Journey::begin();
    let (state, trash) = (journey.terminal.state(), Trash::of(&journey.terminal.state()));
    // A file stands where the folder should be.
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("trash"), "").unwrap();
    journey.ask("d", "Delete Zora?");
    journey
        .terminal
        .send("zora@example.com\r")
        .wait_for("Zora was not deleted")
        .wait_for("no recovery copy can be kept");
    assert!(journey.runtime.block_on(journey.clerk.users().get(&journey.id)).is_ok());
    fs::remove_file(state.join("trash")).unwrap();
    let is_told = |terminal: &Terminal| terminal.text().contains("was not deleted");
    journey.terminal.send("\u{1b}").wait_until("the notice to go", |terminal| !is_told(terminal));
    journey.ask("d", "Delete Zora?");
    journey.terminal.send("zora@example.com\t\t").wait_for("space tick").send(" ").wait_for("[ ] keep a copy here");
    journey.terminal.wait_for("nothing of the user is kept").send("\r").wait_for("Deleted Zora.");
    assert_eq!(trash.copies(|_| ()).unwrap(), []);
    journey.terminal.send("u").wait_for("There is nothing to undo.");
    assert_eq!(journey.audited(), ["delete", "failed", "delete", "done"]);
}

#[test]
fn nobody_is_deleted_when_the_disk_is_full() {
    // No file can become longer than this: the lines of the log fit, a copy does not.
    let limited = "trap '' XFSZ; ulimit -f 6; exec \"$0\"";
    let mut journey = Journey::begin_as(|setting| {
        let program = setting.program.to_string_lossy().into_owned();
        Setting { program: "/bin/sh".into(), arguments: vec!["-c".into(), limited.into(), program], ..setting }
    });
    let large = json!({ "text": "x".repeat(6_000) }).as_object().cloned();
    let bags = MetadataBags { public: large, ..MetadataBags::default() };
    journey.runtime.block_on(journey.clerk.users().merge_metadata(&journey.id, &bags)).unwrap();
    journey.ask("d", "Delete Zora?");
    journey
        .terminal
        .send("zora@example.com\r")
        .wait_for("Zora was not deleted")
        .wait_for("no recovery copy can be kept");
    assert!(journey.runtime.block_on(journey.clerk.users().get(&journey.id)).is_ok());
    assert_eq!(Trash::of(&journey.terminal.state()).copies(|_| ()).unwrap(), []);
    assert_eq!(journey.audited(), ["delete", "failed"]);
}
