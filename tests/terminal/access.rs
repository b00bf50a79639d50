//! Who gets in, who is kept out, and why: links, lists and reasons.

use crate::journeys::Journey;
use lazyclerk::clerk::query::PageLimit;

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
    journey.terminal.send("\t\t").wait_for("space tick").send(" ").wait_for("[x] block zora@example.com");
    journey.terminal.send("\r").wait_for("Blocked zora@example.com.");
    assert!(journey.user().banned);
    assert_eq!(blocked(&journey), ["zora@example.com"]);
    journey.act("u", "Undo: take zora@example.com off the blocklist?", "off the blocklist.");
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
