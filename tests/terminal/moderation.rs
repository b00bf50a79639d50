//! What a moderator does in a day.

use crate::terminal::{Setting, Terminal};
use std::os::unix::fs::PermissionsExt;

/// Asks, waits until the question has its answer to how many sessions there are, and says yes.
fn act(terminal: &mut Terminal, key: &str, verb: &str, counted: bool) {
    terminal.send(key);
    terminal.wait_until("the question", |terminal| {
        let text = terminal.text();
        text.contains(&format!("{verb} "))
            && text.contains("esc or n cancel")
            && (!counted || text.contains("signed out of") || text.contains("no session is open"))
    });
    terminal.send("\r");
}

fn name_of(row: &str) -> String {
    row.chars().skip(4).take(20).collect::<String>().trim().to_owned()
}

#[test]
fn a_user_is_found_banned_unbanned_locked_unlocked_and_an_act_undone() {
    let mut terminal = Setting::demo().start();
    terminal.wait_for_users();
    // Somebody from further down, whom the first page of a search will show alone.
    for _ in 0..7 {
        terminal.send("j");
    }
    let seventh = terminal.row(4 + 7);
    terminal.wait_until("the cursor", |terminal| name_of(&terminal.selected()) == name_of(&seventh));
    let email: String = seventh.chars().skip(25).take_while(|char| *char != ' ' && *char != '…').collect();
    terminal.send("/").wait_for("enter list");
    terminal.send(&email).wait_until("the one who matches", |terminal| {
        terminal.text().contains("1 of 1 match") && terminal.selected().contains(&email[..8])
    });
    terminal.send("\r").wait_for("enter open");

    act(&mut terminal, "b", "Ban", true);
    terminal.wait_for("Banned ").wait_until("the word", |terminal| terminal.selected().contains("banned"));
    act(&mut terminal, "B", "Unban", false);
    terminal.wait_for("Lifted the ban of ").wait_until("no word", |terminal| !terminal.selected().contains("banned"));
    act(&mut terminal, "L", "Lock", false);
    terminal.wait_for("Locked ").wait_until("the word", |terminal| terminal.selected().contains("locked"));
    act(&mut terminal, "U", "Unlock", false);
    terminal.wait_for("Unlocked ").wait_until("no word", |terminal| !terminal.selected().contains("locked"));
    act(&mut terminal, "u", "Undo: lock", false);
    terminal.wait_for("Locked ").wait_until("the word", |terminal| terminal.selected().contains("locked"));

    // Clerk says so too, not only the screen.
    terminal.send("r").wait_until("the same, read again", |terminal| terminal.selected().contains("locked"));
    terminal.send("\u{1b}").wait_until("the whole list", |terminal| terminal.text().contains(" of 300"));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_restored();

    let audit = terminal.audit();
    let said = |index: usize, field: &str| audit[index][field].as_str().unwrap_or_default().to_owned();
    let events: Vec<_> = (0..audit.len()).map(|index| said(index, "line")).collect();
    assert_eq!(events, ["intent", "outcome"].repeat(5), "{audit:#?}");
    let acts: Vec<_> = (0..10).step_by(2).map(|index| said(index, "action")).collect();
    assert_eq!(acts, ["ban", "unban", "lock", "unlock", "lock"], "{audit:#?}");
    assert!(said(0, "os_user").starts_with("uid "), "{audit:#?}");
    let mode = terminal.audit_file().metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!format!("{audit:?}").contains("sk_test_"), "the key is in no record");
}

#[test]
fn a_question_that_is_left_changes_nothing() {
    let mut terminal = Setting::demo().sized(80, 24).start();
    terminal.wait_for_users().send("b").wait_for("esc or n cancel");
    terminal.send("n").wait_until("the essence again", |terminal| !terminal.text().contains("cancel"));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.audit().is_empty());
}

#[test]
fn memberships_are_read() {
    let mut terminal = Setting::demo().start();
    terminal.wait_for_users();
    // Not everybody belongs somewhere: down the list, until the tab tells of memberships.
    for _ in 0..60 {
        terminal.wait_until("a count of memberships", |terminal| told_memberships(terminal).is_some());
        if told_memberships(&terminal) > Some(0) {
            break;
        }
        let name = name_of(&terminal.selected());
        terminal.send("j").wait_until("the next user", |terminal| name_of(&terminal.selected()) != name);
    }
    let count = told_memberships(&terminal).unwrap();
    assert!(count > 0, "nobody of 60 belongs to an organization");
    terminal.send("\r").wait_for("] next tab").send("2").wait_for("organization       role");
    terminal.wait_for("Permissions").wait_for("org:").wait_for("Since");
    terminal.send("h").wait_for("b ban").send("h").wait_for("enter open").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_list_reaches_from_the_first_to_the_last() {
    let mut terminal = Setting::demo().start();
    terminal.wait_for_users();
    let first = terminal.selected();
    terminal.send("G").wait_for("300 of 300");
    assert_ne!(terminal.selected(), first);
    terminal.send("g").wait_for("1 of 300");
    terminal.wait_until("the first again", |terminal| terminal.selected() == first);
    // The other way round, the last is the first.
    terminal.send("S").wait_for("oldest first");
    terminal.send("s").wait_for("Order").send("n").wait_for("first name A to Z");
    terminal.send("?").wait_for("Keys").wait_for("esc back").send("\u{1b}").wait_for("enter open");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_mouse_selects_and_scrolls() {
    let mut terminal = Setting::demo().start();
    terminal.wait_for_users();
    let third = name_of(&terminal.row(4 + 3));
    // A click on the third row below the first: column 10, row 8, as terminals count, from one.
    terminal.send("\u{1b}[<0;10;8M\u{1b}[<0;10;8m");
    terminal.wait_until("the clicked row", |terminal| name_of(&terminal.selected()) == third);
    let top = terminal.row(4);
    terminal.send(&"\u{1b}[<65;10;8M".repeat(20)).wait_until("other rows", |terminal| terminal.row(4) != top);
    terminal.send("%").wait_for("mouse off");
    terminal.wait_until("the mouse given back", |terminal| !terminal.takes_mouse());
    terminal.send("%").wait_until("the mouse taken", Terminal::takes_mouse);
}

/// Names of many scripts stand in the list: what replaces them must leave nothing of them on the screen.
#[test]
fn painting_everything_anew_changes_nothing() {
    let mut terminal = Setting::demo().start();
    // Both counts: what comes by itself must not change the screen between two looks at it.
    terminal.wait_for_users().wait_for(" banned");
    // The footer is painted last, and the memberships are read last.
    let steps = [
        ("?", "enter run   / find   esc back", false),
        ("\u{1b}", "x sign out", true),
        ("\u{4}", "15 of 300", true),
        ("s", "enter run   esc back", false),
        ("\u{1b}", "x sign out", true),
        ("G", "300 of 300", true),
    ];
    for (key, words, reads) in steps {
        terminal.send(key).wait_for(words);
        // The footer's own end, not what is left of a longer one, stands when all of the frame does.
        let end = if key == "s" { "esc back" } else { "? help" };
        terminal.wait_until("the whole footer", |terminal| terminal.row(35).ends_with(end));
        terminal.wait_until("the memberships", |terminal| !reads || told_memberships(terminal).is_some());
        let (before, written) = (terminal.text(), terminal.written.len());
        terminal.send("\u{c}").wait_until("the same screen", |terminal| {
            let cleared = terminal.written[written..].windows(4).any(|bytes| bytes == b"\x1b[2J");
            cleared && terminal.text() == before
        });
    }
}

/// How many memberships the tab tells of.
fn told_memberships(terminal: &Terminal) -> Option<u32> {
    let text = terminal.text();
    let rest = text.split("Memberships ").nth(1)?;
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}
