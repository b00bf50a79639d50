use super::{
    Stage,
    stage::{instance, received, sessions, timed_out, user},
};
use crate::{
    app::{
        Act, Changed, Event, Fetch, Fetched, Made, RecordId, Reply, SlotId, act::Picture, action::rows, detail::Batch,
        job::JobAnswer,
    },
    clerk::{
        model::{Page, User},
        query::{Direction, PageStart},
    },
};
use proptest::prelude::*;
use ratatui::layout::Size;
use std::{collections::BTreeSet, time::Duration};

/// What can happen next.
#[derive(Clone, Debug)]
enum Step {
    Key(usize),
    Text(char),
    Drawn,
    Resize(u16, u16),
    Wait(u64),
    Answer(usize),
    Fail(usize),
    Changed(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..rows().count()).prop_map(Step::Key),
        1 => any::<char>().prop_map(Step::Text),
        6 => Just(Step::Drawn),
        1 => (0_u16..200, 0_u16..60).prop_map(|(width, height)| Step::Resize(width, height)),
        3 => (0_u64..400).prop_map(Step::Wait),
        8 => (0_usize..8).prop_map(Step::Answer),
        2 => (0_usize..8).prop_map(Step::Fail),
        3 => any::<bool>().prop_map(Step::Changed),
    ]
}

/// An instance of 1,000 users whose ids are their places.
fn serve(fetch: &Fetch) -> Fetched {
    match fetch {
        Fetch::Users { query, page } | Fetch::UsersInBackground { query, page } => {
            let mut numbers: Vec<usize> = (0..1_000).collect();
            if query.order.direction == Direction::Ascending {
                numbers.reverse();
            }
            let skip = match &page.start {
                PageStart::Offset(offset) => usize::try_from(*offset).expect("small"),
                PageStart::After(id) => 1 + numbers.iter().position(|n| user(*n).id == *id).expect("known"),
            };
            let limit = usize::from(page.limit.get());
            Fetched::Users(numbers.into_iter().skip(skip).take(limit).map(|n| received(user(n))).collect())
        }
        Fetch::Count(_) | Fetch::CountInBackground(_) => Fetched::Count(1_000),
        Fetch::Among { users, .. } => {
            Fetched::Users(users.iter().map(|id| received(User { id: id.clone(), ..User::default() })).collect())
        }
        Fetch::User(id) => Fetched::User(Box::new(received(User { id: id.clone(), ..User::default() }))),
        Fetch::Memberships { .. } => Fetched::Memberships(Page::default()),
        Fetch::Invitations { .. } | Fetch::OrganizationInvitations { .. } => Fetched::Invitations(Page::default()),
        Fetch::Sessions { .. } => sessions(1),
        Fetch::History { .. } => Fetched::History(Batch::default()),
        Fetch::Record { .. } => Fetched::Record(Batch::default()),
        Fetch::TrustedDevices(_) => Fetched::TrustedDevices(Vec::new()),
        Fetch::Organizations { .. } | Fetch::NamedOrganizations(_) => Fetched::Organizations(Page::default()),
        Fetch::Step(_) => Fetched::Step(crate::app::Step::None),
        Fetch::UnfinishedJobs => Fetched::UnfinishedJobs(Vec::new()),
        Fetch::Roles => Fetched::Roles(Vec::new()),
        Fetch::OtherAdmins { .. } => Fetched::OtherAdmins(crate::app::admins::AdminsFound::default()),
        Fetch::Trash => Fetched::Trash(Vec::new()),
        Fetch::Restrictions(_) => Fetched::Restrictions(Vec::new()),
        Fetch::Notes => Fetched::Notes(std::collections::BTreeMap::new()),
        Fetch::FailedOfJob(_) => Fetched::FailedOfJob(Vec::new()),
        Fetch::MarkList(file) => Fetched::MarkList(crate::app::MarkList::read(file.clone(), "")),
        Fetch::FileNames(_) => Fetched::FileNames(Vec::new()),
        Fetch::Picture(_) => Fetched::Picture(Picture { content_type: "image/png", bytes: 1 }),
        Fetch::Export(exporting) => Fetched::Exported { path: exporting.path.clone().into(), users: 3 },
        Fetch::Instance => Fetched::Instance(instance()),
    }
}

fn slot(stage: &Stage, which: usize) -> Option<SlotId> {
    let count = stage.waiting.len();
    stage.waiting.keys().nth(which % count.max(1)).copied()
}

fn end_change(stage: &mut Stage, succeeds: bool) {
    let Some(change) = stage.changes.pop() else { return };
    let done = User {
        id: change.user.clone(),
        banned: change.act == Act::Ban,
        locked: change.act == Act::Lock,
        ..User::default()
    };
    let changed = Changed {
        made: Made::User(Box::new(received(done))),
        trace_id: None,
        record: RecordId(change.id.0.to_string()),
        unrecorded_outcome: None,
        active_sessions: None,
    };
    let result = if succeeds { Ok(changed) } else { Err(timed_out()) };
    stage.send(Event::Reply(Reply::Changed { id: change.id, result }));
}

/// The creation that is under way ends.
fn end_creation(stage: &mut Stage, succeeds: bool) {
    let Some((id, _)) = stage.creations.pop() else { return };
    let made = Made::User(Box::new(received(user(0))));
    let changed =
        Changed { made, trace_id: None, record: RecordId("1".into()), unrecorded_outcome: None, active_sessions: None };
    let result = if succeeds { Ok(changed) } else { Err(timed_out()) };
    stage.send(Event::Reply(Reply::Changed { id, result }));
}

/// The note that is kept, the change to a list that is under way, and what is asked of jobs, end.
fn end_others(stage: &mut Stage, succeeds: bool) {
    if let Some((id, _)) = stage.job_requests.pop() {
        let result = if succeeds { Ok(JobAnswer::Told) } else { Err(timed_out()) };
        stage.send(Event::Reply(Reply::Job { id, result }));
    }
    if let Some((id, ..)) = stage.notes.pop() {
        let result = if succeeds { Ok(()) } else { Err(timed_out()) };
        stage.send(Event::Reply(Reply::Noted { id, result }));
    }
    if let Some(change) = stage.invitations.pop() {
        let (made, record) = (Made::Invited("orginv_1".into()), RecordId(change.id.0.to_string()));
        let changed = Changed { made, trace_id: None, record, unrecorded_outcome: None, active_sessions: None };
        let result = if succeeds { Ok(changed) } else { Err(timed_out()) };
        stage.send(Event::Reply(Reply::Changed { id: change.id, result }));
    }
    if let Some(change) = stage.restrictions.pop() {
        let (made, record) = (Made::Listed("blid_1".into()), RecordId(change.id.0.to_string()));
        let changed = Changed { made, trace_id: None, record, unrecorded_outcome: None, active_sessions: None };
        let result = if succeeds { Ok(changed) } else { Err(timed_out()) };
        stage.send(Event::Reply(Reply::Changed { id: change.id, result }));
    }
}

fn play(stage: &mut Stage, step: &Step) {
    match step {
        Step::Key(row) => {
            if let Some(key) = rows().nth(*row).unwrap().keys.first() {
                stage.press_undrawn(key);
            }
        }
        Step::Text(char) => {
            let char = *char;
            stage.send(Event::Key(crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(char))));
        }
        Step::Drawn => {
            stage.send(Event::Drawn);
        }
        Step::Resize(width, height) => {
            stage.send(Event::Resize(Size::new(*width, *height)));
        }
        Step::Wait(millis) => {
            stage.wait(Duration::from_millis(*millis));
        }
        Step::Answer(which) => {
            if let Some(slot) = slot(stage, *which) {
                let fetched = serve(&stage.waiting[&slot].1);
                stage.answer(slot, fetched);
            }
        }
        Step::Fail(which) => {
            if let Some(slot) = slot(stage, *which) {
                stage.fail(slot, timed_out());
            }
        }
        Step::Changed(succeeds) => {
            end_creation(stage, *succeeds);
            end_others(stage, *succeeds);
            end_change(stage, *succeeds);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_happens_the_state_is_sound(steps in prop::collection::vec(step(), 1..120)) {
        let mut stage = Stage::begin();
        for step in &steps {
            play(&mut stage, step);
            let list = stage.app.list();
            prop_assert!(list.cursor() < list.window().rows().len().max(1), "{step:?}");
            prop_assert!(list.top() <= list.cursor(), "{step:?}");
            let pending: Vec<SlotId> = stage.waiting.keys().copied().collect();
            prop_assert!(pending.iter().all(|slot| stage.app.is_reading(*slot)), "{step:?} {pending:?}");
            let users: BTreeSet<_> = stage.changes.iter().map(|change| &change.user).collect();
            prop_assert_eq!(users.len(), stage.changes.len(), "one change at a time to a user");
            prop_assert!(stage.creations.len() <= 1, "one creation at a time");
            for change in &stage.changes {
                prop_assert!(stage.app.change_under_way(&change.user).is_some());
            }
        }
        // Answered often enough, everything comes to rest.
        for _ in 0..200 {
            end_creation(&mut stage, true);
            end_others(&mut stage, true);
            while !stage.changes.is_empty() {
                end_change(&mut stage, true);
            }
            match slot(&stage, 0) {
                Some(slot) => {
                    let fetched = serve(&stage.waiting[&slot].1);
                    stage.answer(slot, fetched);
                }
                None if stage.app.is_idle() => break,
                None => {
                    stage.wait(Duration::from_millis(200));
                }
            }
        }
        prop_assert!(stage.app.is_idle(), "{:?}", stage.waiting);
    }
}
