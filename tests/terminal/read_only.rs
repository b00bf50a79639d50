//! The program that only reads: for the whole run, or until somebody leaves it.

use crate::terminal::{Setting, Terminal};

/// Presses the key of a ban, and waits until it is told that there is none.
fn assert_only_reads(terminal: &mut Terminal, why: &str) {
    terminal.wait_for_users();
    assert!(terminal.row(0).contains("[read-only]"), "{}", terminal.text());
    terminal.send("b").wait_for(why);
}

#[test]
fn what_is_started_read_only_cannot_be_switched() {
    const WHY: &str = "It was started read-only";
    let flag = Setting::lazyclerk(&["--demo", "--users", "300", "--read-only"]);
    for setting in [flag, Setting::demo().with("LAZYCLERK_READ_ONLY", "1")] {
        let mut terminal = setting.start();
        assert_only_reads(&mut terminal, WHY);
        terminal.send("\u{1b}").wait_until("the notice is gone", |terminal| !terminal.text().contains(WHY));
        terminal.send("\u{14}").wait_for(WHY);
        terminal.send("q");
        assert_eq!(terminal.end(), 0);
        assert!(terminal.audit().is_empty(), "nothing was meant to be done");
    }
    Setting::demo().with("LAZYCLERK_READ_ONLY", "0").start().wait_for_users().wait_for("b ban");
}

#[test]
fn what_the_file_says_can_be_left_with_a_key() {
    let mut terminal = Setting::demo().configured("read_only = true\n").start();
    assert_only_reads(&mut terminal, "ctrl-t leaves it");
    terminal.send("\u{14}").wait_for("What is asked for is changed again.");
    assert!(!terminal.row(0).contains("[read-only]"), "{}", terminal.text());
    terminal.send("L").wait_for("enter or y lock").send("\r").wait_for("Locked ");
    terminal.send("\u{14}").wait_for("[read-only]").send("U").wait_for("ctrl-t leaves it");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(terminal.audit().len(), 2, "the lock, and no more");
}

#[test]
fn a_share_that_is_none_is_told_before_the_terminal_is_taken() {
    let mut terminal = Setting::lazyclerk(&["--demo", "--share", "0"]).start();
    assert_eq!(terminal.end(), 2);
    assert!(terminal.text().replace('\n', " ").contains("from 1 to 100"), "{}", terminal.text());
}

#[test]
fn a_dry_run_shows_what_would_be_sent_and_changes_nothing() {
    let mut terminal = Setting::lazyclerk(&["--demo", "--users", "300", "--dry-run"]).start();
    terminal.wait_for_users();
    assert!(terminal.row(0).contains("[dry run]"), "{}", terminal.text());
    terminal.send("L").wait_for("enter or y lock").send("\r").wait_for("Dry run: POST /v1/users/");
    assert!(!terminal.selected().contains("locked"), "{}", terminal.text());
    terminal.send("r").wait_for_users();
    assert!(!terminal.selected().contains("locked"), "{}", terminal.text());
    terminal.send("@").wait_for("kept");
    terminal.send("\u{1b}").wait_until("the list", |terminal| !terminal.text().contains("Requests sent"));
    terminal.send("  b").wait_for("2  will be banned").send("\r").wait_for("/v1/users/ban");
    terminal.wait_for("Nothing was sent: this is a dry run.").send("\u{1b}").wait_for("2  will be banned");
    terminal.send("\u{1b}").wait_until("the list", |terminal| !terminal.text().contains("will be banned")).send("q");
    assert_eq!(terminal.end(), 0);
    let audit = terminal.audit();
    assert_eq!(audit.len(), 2, "{audit:#?}");
    assert!(audit.iter().all(|line| line["dry_run"] == true), "{audit:#?}");
    let kept: Vec<_> = std::fs::read_dir(terminal.state().join("jobs")).into_iter().flatten().collect();
    assert!(kept.is_empty(), "{kept:?}");
}
