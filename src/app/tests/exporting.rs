//! Writing users to a file.

use super::{
    Stage,
    marks::line,
    stage::{timed_out, user},
};
use crate::app::{
    Dialog, Exporting, Failure, Fetch, Fetched, SlotId,
    export::{Format, Who},
};
use std::time::Duration;

fn asked(stage: &Stage) -> Option<Exporting> {
    match stage.fetch(SlotId::Export) {
        Some(Fetch::Export(exporting)) => Some(exporting.clone()),
        None => None,
        other => panic!("the export waits for {other:?}"),
    }
}

fn exported(users: u64) -> Fetched {
    Fetched::Exported { path: "/home/ada/users.csv".into(), users }
}

#[test]
fn all_that_match_go_to_the_file_that_is_suggested() {
    let mut stage = Stage::with_users(1_000);
    stage.press("/ a d a").wait(Duration::from_secs(1));
    stage.answer_list((0..100).map(user)).answer(SlotId::Matching, Fetched::Count(100)).press("enter E");
    assert_eq!(asked(&stage), None, "nothing is written before somebody has said where to");
    stage.press("enter");
    let Exporting { who, path, format } = asked(&stage).unwrap();
    let Who::Matching(query) = who else { panic!("{who:?}") };
    assert_eq!((path.as_str(), format, query.filter.query.as_deref()), ("users.csv", Format::Csv, Some("ada")));
    stage.answer(SlotId::Export, exported(100));
    assert_eq!((stage.notice(), asked(&stage)), ("100 users exported to /home/ada/users.csv.", None));
}

#[test]
fn the_marked_go_where_somebody_is_marked() {
    let mut stage = Stage::with_users(1_000);
    stage.press("space j space");
    line(&mut stage, &["export wave.ndjson"]);
    let Exporting { who, format, .. } = asked(&stage).unwrap();
    assert_eq!((who, format), (Who::These(vec![user(0).id, user(2).id]), Format::Ndjson));
    // Whatever is marked and browsed meanwhile.
    stage.press("A j j").answer(SlotId::Export, exported(2));
    assert_eq!(stage.notice(), "2 users exported to /home/ada/users.csv.");
}

#[test]
fn esc_stops_it_and_no_second_one_begins_before_that() {
    let mut stage = Stage::with_users(1_000);
    line(&mut stage, &["export users.json"]);
    stage.press("E");
    assert_eq!(stage.notice(), "A file is being written already: esc stops it.");
    assert!(!matches!(stage.app.dialog(), Some(Dialog::Palette(_))));
    // The first one takes away what was said.
    stage.press("esc esc");
    assert_eq!((stage.notice(), asked(&stage)), ("Stopped; there is no users.json.", None));
}

#[test]
fn without_a_name_or_a_form_nothing_is_written() {
    let mut stage = Stage::with_users(1_000);
    line(&mut stage, &["export users.xlsx"]);
    assert_eq!(stage.notice(), "In which form? Let the name end with .csv, .json or .ndjson.");
    line(&mut stage, &["export"]);
    assert_eq!(asked(&stage), None);
}

#[test]
fn why_it_failed_is_told() {
    let mut stage = Stage::with_users(1_000);
    line(&mut stage, &["export users.csv"]);
    let reason = "there is one of this name already".to_owned();
    stage.fail(SlotId::Export, Failure::Export { path: "users.csv".to_owned(), reason });
    assert!(stage.notice().contains("users.csv cannot be written: there is one"), "{}", stage.notice());
    line(&mut stage, &["export users.csv"]);
    stage.fail(SlotId::Export, timed_out());
    assert!(stage.notice().starts_with("Nothing was exported"), "{}", stage.notice());
    assert_eq!(asked(&stage), None);
}
