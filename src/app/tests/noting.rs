//! Private notes, and going to Clerk's dashboard.

use super::{Stage, stage::user};
use crate::{
    app::{
        ColorDepth, Dialog, Effect, Event, Failure, Fetched, MouseCapture, NoticeKind, Preferences, ReadOnly, Reply,
        Settings, SlotId, Surroundings,
        detail::{ProfileFact, profile_facts},
    },
    clerk::{
        InstanceKind,
        model::{OrganizationMembership, Page, User, UserId},
    },
};
use jiff::tz::TimeZone;
use ratatui::layout::Size;
use std::collections::BTreeMap;

/// Types a note on the first user and sends it.
fn noted(text: &str) -> Stage {
    let mut stage = Stage::with_users(3);
    stage.press("N").send(Event::Paste(text.into()));
    stage.press("enter");
    stage
}

fn end(stage: &mut Stage, result: Result<(), Failure>) {
    let id = stage.notes.last().unwrap().0;
    stage.send(Event::Reply(Reply::Noted { id, result }));
}

fn note(stage: &Stage) -> Option<&str> {
    stage.app.note(&UserId::from("user_0"))
}

#[test]
fn a_note_is_kept_edited_and_taken_away_and_nothing_is_sent() {
    let mut stage = noted("  calls on Mondays ");
    assert_eq!(stage.notes[0].2.as_deref(), Some("calls on Mondays"));
    assert_eq!(note(&stage), None, "not on the disk yet");
    end(&mut stage, Ok(()));
    assert_eq!(note(&stage), Some("calls on Mondays"));
    assert_eq!(stage.notice(), "Kept the note on Person 0, on this machine only.");
    assert!(stage.app.dialog().is_none() && stage.changes.is_empty());

    stage.press("N s enter");
    assert_eq!(stage.notes[1].2.as_deref(), Some("calls on Mondayss"));
    end(&mut stage, Ok(()));
    stage.press("N").press("backspace ".repeat(17).trim()).press("enter");
    assert_eq!(stage.notes[2].2, None);
    end(&mut stage, Ok(()));
    assert_eq!((note(&stage), stage.notice()), (None, "Took the note on Person 0 away."));
}

#[test]
fn what_differs_in_nothing_is_not_written() {
    let mut stage = noted("   ");
    assert!(stage.notes.is_empty() && stage.app.dialog().is_none());
    assert_eq!(stage.notice(), "The note is as it was.");
    stage.press("q");
    assert!(stage.last.contains(&Effect::Quit));
}

#[test]
fn a_note_that_cannot_be_kept_stays_in_its_field() {
    let mut stage = noted("spam");
    end(&mut stage, Err(Failure::Notes("the disk is full".into())));
    assert_eq!(stage.notice(), "The note on Person 0 was not kept: the disk is full");
    assert!(matches!(stage.app.notice().unwrap().kind, NoticeKind::Failure { .. }));
    assert!(matches!(stage.app.dialog(), Some(Dialog::Form(form)) if form.fields()[0].input.text() == "spam"));
    assert_eq!(note(&stage), None);
}

#[test]
fn leaving_waits_for_a_note() {
    let mut stage = noted("spam");
    stage.press("esc q");
    assert!(!stage.last.contains(&Effect::Quit));
    end(&mut stage, Ok(()));
    assert!(stage.last.contains(&Effect::Quit));
}

#[test]
fn notes_that_cannot_be_read_are_not_written_over() {
    let mut stage = Stage::begin();
    stage.answer_list([user(0)]).press("N");
    assert_eq!(stage.notice(), "The notes are still being read.");
    stage.fail(SlotId::Notes, Failure::Notes("no".into())).press("N");
    assert!(stage.app.dialog().is_none());
    assert_eq!(stage.notice(), "The notes could not be read; r tries again.");
    stage.press("r").answer(SlotId::Notes, Fetched::Notes(BTreeMap::from([("user_0".into(), "x".into())])));
    assert_eq!(note(&stage), Some("x"));
}

#[test]
fn a_long_note_is_broken_into_lines_at_blanks() {
    let stage = Stage::with_users(1);
    let known = stage.app.subject().unwrap();
    let note = "one two three four five six seven eight nine ten 山田山田山田山田山田山田山田山田山田山田";
    let lines: Vec<_> = profile_facts(known, Some(note), None, stage.now)
        .into_iter()
        .filter_map(|fact| match fact {
            ProfileFact::Note { line, first } => Some((line.to_owned(), first)),
            _ => None,
        })
        .collect();
    let expected = [
        ("one two three four five six", true),
        ("seven eight nine ten", false),
        ("山田山田山田山田山田山田山田山田", false),
        ("山田山田", false),
    ];
    assert_eq!(lines, expected.map(|(line, first)| (line.to_owned(), first)));
    assert!(!profile_facts(known, None, None, stage.now).iter().any(|fact| matches!(fact, ProfileFact::Note { .. })));
}

#[test]
fn the_user_is_opened_at_clerk_and_in_memberships_the_organization() {
    let mut stage = Stage::with_users(3);
    stage.press("o");
    let url = "https://dashboard.clerk.com/~/users/user_0";
    assert!(stage.last.contains(&Effect::Browse(url.into())), "{:?}", stage.last);
    assert!(stage.notice().contains(url) && stage.notice().contains("had open last"), "{}", stage.notice());
    let membership: OrganizationMembership =
        serde_json::from_value(serde_json::json!({ "id": "orgmem_1", "organization": { "id": "org_1" } })).unwrap();
    stage.press("enter 2 r");
    stage.answer(SlotId::Memberships, Fetched::Memberships(Page { data: vec![membership], total_count: 1 }));
    stage.press("o");
    assert!(stage.last.contains(&Effect::Browse("https://dashboard.clerk.com/~/organizations/org_1".into())));
}

#[test]
fn without_a_browser_the_address_is_copied() {
    let mut stage = Stage::with_users(3);
    let url = "https://dashboard.clerk.com/~/users/user_0";
    let browsed = |is_open| Event::Reply(Reply::Browsed { url: url.into(), is_open });
    stage.press("o").send(browsed(true));
    assert!(stage.last.is_empty(), "it is open");
    stage.send(browsed(false));
    assert!(stage.last.contains(&Effect::Copy(url.into())));
    assert!(stage.notice().starts_with("There is no browser here. Copied https://"), "{}", stage.notice());
}

#[test]
fn what_is_no_id_is_in_no_address_and_what_is_not_at_clerk_has_none() {
    let mut stage = Stage::with_users(3);
    stage.press("r").answer_list([User { id: UserId::from("user_1/../../evil?x"), ..user(1) }]);
    stage.press("o");
    assert_eq!(stage.notice(), "Its id cannot stand in an address.");

    let settings = Settings {
        instance_name: "demo".into(),
        instance_kind: InstanceKind::Development,
        actor: "kim".into(),
        dashboard: None,
        has_browser: false,
        time_zone: TimeZone::UTC,
        size: Size::new(120, 36),
        mouse: MouseCapture::Ours,
        read_only: ReadOnly::Off,
        dry_run: false,
        colors: ColorDepth::Sixteen,
        preferences: Preferences::default(),
        surroundings: Surroundings::default(),
    };
    let app = crate::app::App::new(settings);
    let reason = app.why_not(crate::app::Action::OpenDashboard, stage.now).unwrap();
    assert!(reason.as_str().contains("not at Clerk"), "{reason:?}");
}
