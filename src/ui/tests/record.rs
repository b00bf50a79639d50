//! The record of all changes, as it is drawn.

use super::{Stage, cast, screen, stage, text};
use crate::{
    app::{
        Event, Fetched, RecordId, SlotId,
        detail::{Batch, HistoryEnding, HistoryEntry},
        dialog::{RecordRow, RecordedChange, RecordedJob},
    },
    clerk::model::UserId,
};
use insta::assert_snapshot;
use rstest::rstest;

/// What was done from here: the changes of Ada's history, a job, and what was done to people who would do harm.
fn record() -> Vec<RecordRow> {
    let of = |entry: HistoryEntry, undone: bool| {
        let (user, identifier) = (Some(cast::ada().id), Some("ada@analytical.example".to_owned()));
        let name = Some("Ada Lovelace".to_owned());
        RecordRow::Change(Box::new(RecordedChange { entry, user, identifier, name, job: None, undone }))
    };
    let [passkey, unban, ban, open]: [HistoryEntry; 4] = cast::history().try_into().unwrap();
    let head = HistoryEntry {
        record: RecordId("019ab2f3c8f0-5f3c0a1b2c3d".to_owned()),
        at: passkey.at,
        status: None,
        trace_id: None,
        reason: Some("a wave of sign-ups".to_owned()),
        ..ban.clone()
    };
    let job = RecordedJob {
        entry: head,
        job: "j019ab2f3c8f0".to_owned(),
        users: 3_214,
        chosen: "banned:no created:<1d *@spam\u{202e}.example".to_owned(),
        outcomes: [3_200, 9, 0, 5, 0],
        undone: 0,
    };
    let dry = HistoryEntry {
        record: RecordId("019ab2f3c8f1-5f3c0a1b2c3d".to_owned()),
        ending: HistoryEnding::DryRun,
        ..unban.clone()
    };
    let hostile = RecordedChange {
        entry: HistoryEntry { by: "mallory\u{1b}]0;x\u{7}".to_owned(), ..dry },
        user: Some(UserId::from("user_\u{1b}[31m1")),
        identifier: Some(String::new()),
        name: Some("Eve \u{1b}[2J\u{202e}live".to_owned()),
        job: None,
        undone: false,
    };
    vec![
        of(passkey, false),
        RecordRow::Job(Box::new(job)),
        of(unban, false),
        RecordRow::Change(Box::new(hostile)),
        of(ban, true),
        of(open, false),
    ]
}

fn open(size: (u16, u16)) -> Stage {
    let mut stage = stage(size.0, size.1);
    stage.press("!");
    stage.answer(SlotId::Record, Fetched::Record(Batch { rows: record(), total: None }));
    stage
}

#[rstest]
#[case::a_change((120, 36), "", "record")]
#[case::a_change((80, 24), "", "record")]
#[case::a_job((120, 36), "j", "record_job")]
#[case::a_job((80, 24), "j", "record_job")]
#[case::what_would_do_harm((120, 36), "j j j", "record_hostile")]
#[case::what_would_do_harm((80, 24), "j j j", "record_hostile")]
#[case::undone((80, 24), "j j j j", "record_undone")]
#[case::masked((120, 36), "M", "record_masked")]
fn the_record(#[case] size: (u16, u16), #[case] keys: &str, #[case] what: &str) {
    let mut stage = open(size);
    stage.press(keys);
    assert_snapshot!(format!("{what}_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[rstest]
#[case::wide((120, 36))]
#[case::narrow((80, 24))]
fn a_line_that_is_wrong(#[case] size: (u16, u16)) {
    let mut stage = open(size);
    stage.press("/").send(Event::Paste("ada since:soon".into())).press("enter");
    assert_snapshot!(format!("record_fault_{}x{}", size.0, size.1), text(&screen(&mut stage)));
}

#[test]
fn nothing_that_passes_is_said_to_be_nothing() {
    let mut stage = open((80, 24));
    stage.press("/").send(Event::Paste("nobody".into())).press("enter");
    stage.answer(SlotId::Record, Fetched::Record(Batch { rows: Vec::new(), total: None }));
    let shown = text(&screen(&mut stage));
    assert!(shown.contains("No change passes the filter.") && shown.contains("/ nobody"), "{shown}");
}

#[test]
fn while_masked_no_change_says_who_it_was_made_to() {
    let mut stage = open((120, 36));
    stage.press("M");
    for keys in ["", "j", "j", "j", "j", "/ a d a enter"] {
        stage.press(keys);
        let shown = text(&screen(&mut stage));
        for personal in ["Lovelace", "analytical", "Eve", "spam"] {
            assert!(!shown.contains(personal), "{personal} in\n{shown}");
        }
    }
}
