//! The record of all changes: read page by page, narrowed by its line, and the way from it to a user.

use super::{
    Stage,
    stage::{received, refused, timed_out, user},
};
use crate::{
    app::{
        Event, Fetch, Fetched, Focus, RecordId, SlotId,
        detail::{Batch, HistoryEnding, HistoryEntry},
        dialog::{Dialog, RecordFilter, RecordPane, RecordRow, RecordedChange, RecordedJob},
    },
    clerk::model::UserId,
};

fn entry(number: usize) -> HistoryEntry {
    HistoryEntry {
        record: RecordId(format!("record {number}")),
        at: Some(super::stage::NOW),
        action: "ban".to_owned(),
        part: None,
        reason: None,
        by: "kim".to_owned(),
        machine: "here".to_owned(),
        undoes: None,
        ending: HistoryEnding::Done,
        done: None,
        status: None,
        code: None,
        trace_id: None,
        newer_version: None,
    }
}

fn change(number: usize, user: Option<UserId>) -> RecordRow {
    let (identifier, name) = (None, None);
    RecordRow::Change(Box::new(RecordedChange {
        entry: entry(number),
        user,
        identifier,
        name,
        job: None,
        undone: false,
    }))
}

fn job(number: usize) -> RecordRow {
    RecordRow::Job(Box::new(RecordedJob {
        entry: entry(number),
        job: "j1".to_owned(),
        users: 3,
        chosen: "marked".to_owned(),
        outcomes: [3, 0, 0, 0, 0],
        undone: 0,
    }))
}

fn page(rows: Vec<RecordRow>) -> Fetched {
    Fetched::Record(Batch { rows, total: None })
}

fn pane(stage: &Stage) -> &RecordPane {
    match stage.app.dialog() {
        Some(Dialog::Record(pane)) => pane,
        other => panic!("{other:?}"),
    }
}

/// The filter and the offset that are asked for.
fn asked(stage: &Stage) -> Option<(RecordFilter, u64)> {
    match stage.fetch(SlotId::Record) {
        Some(Fetch::Record { filter, offset, .. }) => Some((filter.clone(), *offset)),
        _ => None,
    }
}

/// The record is open, and shows these.
fn open(rows: Vec<RecordRow>) -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("!");
    assert_eq!(asked(&stage), Some((RecordFilter::default(), 0)));
    stage.answer(SlotId::Record, page(rows));
    stage
}

#[test]
fn it_is_read_page_by_page_and_anew_when_asked() {
    let mut stage = open((0..50).map(|number| change(number, None)).collect());
    assert_eq!(asked(&stage), None);
    stage.press("G");
    assert_eq!(asked(&stage), Some((RecordFilter::default(), 50)));
    stage.answer(SlotId::Record, page((50..60).map(|number| change(number, None)).collect()));
    assert_eq!((pane(&stage).rows().loaded().len(), asked(&stage)), (60, None));
    stage.press("r");
    assert_eq!(asked(&stage), Some((RecordFilter::default(), 0)));
    stage.fail(SlotId::Record, timed_out());
    assert!(pane(&stage).rows().failure().is_some() && asked(&stage).is_none());
    stage.press("!");
    assert!(stage.app.dialog().is_none());
}

#[test]
fn a_line_narrows_it_and_one_step_back_widens_it_again() {
    let mut stage = open(vec![change(0, None)]);
    stage.press("/").send(Event::Paste("ada failed".into()));
    assert_eq!(asked(&stage), None, "not before it is whole");
    stage.press("enter");
    let filter =
        RecordFilter { user: Some("ada".into()), ending: Some(HistoryEnding::Failed), ..RecordFilter::default() };
    assert_eq!(asked(&stage), Some((filter, 0)));
    stage.answer(SlotId::Record, page(Vec::new())).press("esc");
    assert_eq!((asked(&stage), pane(&stage).field().text()), (Some((RecordFilter::default(), 0)), ""));
    stage.answer(SlotId::Record, page(Vec::new())).press("esc");
    assert!(stage.app.dialog().is_none(), "and then closes it");
}

#[test]
fn a_line_that_is_wrong_says_so_and_stays_to_be_mended() {
    let mut stage = open(Vec::new());
    stage.press("/").send(Event::Paste("since:soon".into())).press("enter");
    assert!(pane(&stage).fault().is_some_and(|fault| fault.contains("soon")) && pane(&stage).is_typing());
    assert_eq!(asked(&stage), None);
    stage.press("esc");
    assert_eq!((pane(&stage).fault(), pane(&stage).is_typing()), (None, false));
}

#[test]
fn a_job_opens_into_its_changes_and_back() {
    let mut stage = open(vec![job(0), change(1, None)]);
    stage.press("/").send(Event::Paste("by:kim".into())).press("enter");
    stage.answer(SlotId::Record, page(vec![job(0)])).press("enter");
    let filter = RecordFilter { job: Some("j1".into()), ..RecordFilter::default() };
    assert_eq!((asked(&stage), pane(&stage).field().text()), (Some((filter, 0)), "job:j1"));
    stage.answer(SlotId::Record, page(vec![change(2, None)])).press("esc");
    let before = RecordFilter { by: Some("kim".into()), ..RecordFilter::default() };
    assert_eq!((asked(&stage), pane(&stage).field().text()), (Some((before, 0)), "by:kim"));
}

#[test]
fn the_user_of_a_change_is_read_and_opened() {
    let mut stage = open(vec![change(0, Some(user(2).id))]);
    stage.press("enter");
    assert_eq!(stage.fetch(SlotId::Recorded), Some(&Fetch::User(user(2).id)));
    stage.answer(SlotId::Recorded, Fetched::User(Box::new(received(user(2)))));
    assert!(stage.app.dialog().is_none());
    assert_eq!((stage.app.focus(), &stage.app.subject().unwrap().id), (Focus::Detail, &user(2).id));
}

#[test]
fn who_does_not_exist_any_more_or_cannot_be_read_is_told_and_the_record_stays() {
    let mut stage = open(vec![change(0, Some(user(2).id)), change(1, None)]);
    stage.press("enter").fail(SlotId::Recorded, refused(404, "resource_not_found"));
    assert!(stage.notice().starts_with("This user does not exist any more"), "{}", stage.notice());
    assert_eq!(stage.fetch(SlotId::Recorded), None, "it is not tried for ever");
    stage.press("enter").fail(SlotId::Recorded, timed_out());
    assert!(stage.notice().starts_with("The user could not be read"), "{}", stage.notice());
    stage.press("j enter");
    assert_eq!(stage.notice(), "This change was made to no user.");
    assert_eq!(pane(&stage).rows().cursor(), 1);
}
