//! Bans, locks, sessions and deletion.

use super::Journey;
use lazyclerk::clerk::{
    model::{SessionStatus, UserId},
    query::{PageLimit, PageStart, UserFilter, UserPage, UserQuery},
};
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
    journey.terminal.send("x").wait_for(&words).send("\r").wait_for(" out everywhere.");
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
