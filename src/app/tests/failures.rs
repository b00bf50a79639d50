use super::{
    Stage,
    stage::{instance, refused, timed_out, user},
};
use crate::{
    app::{Failure, Fetched, NoticeKind, SlotId, list::ListState},
    clerk::{
        self, InstanceKind,
        model::{EnvironmentType, Instance},
    },
};

#[test]
fn a_list_that_cannot_be_read_says_so_in_its_place_and_once() {
    let mut stage = Stage::begin();
    let failure = refused(401, "clerk_key_invalid");
    stage.fail(SlotId::AllUsers, failure.clone()).fail(SlotId::BannedUsers, failure.clone());
    assert!(stage.notice().starts_with("Reading failed"));
    // Each request has its own trace; what is wrong is the same.
    let mut later = failure.clone();
    if let Failure::Clerk(clerk::Error::Refused(refusal)) = &mut later {
        refusal.trace_id = Some("t2".into());
    }
    stage.fail(SlotId::List, failure.clone()).fail(SlotId::Instance, later);
    assert_eq!((stage.app.list().state(), stage.notice()), (ListState::Failed(&failure), ""));
}

#[test]
fn a_refresh_tries_everything_again() {
    let mut stage = Stage::begin();
    let slots =
        [SlotId::List, SlotId::AllUsers, SlotId::BannedUsers, SlotId::Instance, SlotId::Notes, SlotId::UnfinishedJobs];
    for slot in slots {
        stage.fail(slot, timed_out());
    }
    assert!(stage.waiting.is_empty(), "nothing is tried again by itself");
    stage.press("r");
    assert_eq!(stage.waiting.len(), slots.len());
    stage.answer_list([user(1)]);
    assert_eq!((stage.app.list().state(), stage.notice()), (ListState::Rows, ""));
}

#[test]
fn a_failed_refresh_keeps_the_rows_and_stays_until_dismissed() {
    let mut stage = Stage::with_users(3);
    stage.press("r").fail(SlotId::List, timed_out());
    assert_eq!((stage.app.list().state(), stage.selected()), (ListState::Rows, "user_0"));
    stage.wait(std::time::Duration::from_mins(1));
    let notice = stage.app.notice().unwrap();
    assert!(matches!(&notice.kind, NoticeKind::Failure { advice, .. } if advice.starts_with("Try again")));
    stage.press("esc");
    assert_eq!(stage.notice(), "");
}

#[test]
fn a_failure_of_a_count_is_told_when_the_list_is_fine() {
    let mut stage = Stage::begin();
    stage.answer_list([user(1)]).fail(SlotId::AllUsers, refused(429, "too_many_requests"));
    assert!(
        matches!(&stage.app.notice().unwrap().kind, NoticeKind::Failure { code: Some(code), trace_id: Some(_), .. } if code == "too_many_requests")
    );
    assert_eq!(stage.app.all_users(), None);
}

#[test]
fn an_answer_of_another_kind_is_a_failure_and_no_panic() {
    let mut stage = Stage::begin();
    stage.answer(SlotId::List, Fetched::Count(1));
    assert!(matches!(stage.app.list().state(), ListState::Failed(_)));
}

#[test]
fn what_the_instance_says_makes_it_production_and_never_less() {
    let mut stage = Stage::begin();
    stage.answer(SlotId::Instance, Fetched::Instance(instance()));
    assert_eq!(stage.app.instance_kind(), InstanceKind::Development);
    for environment_type in [Some(EnvironmentType::Production), Some(EnvironmentType::Other("staging".into())), None] {
        let mut stage = Stage::begin();
        stage.answer(SlotId::Instance, Fetched::Instance(Instance { environment_type, ..Instance::default() }));
        assert_eq!(stage.app.instance_kind(), InstanceKind::Production);
        assert!(stage.notice().contains("taken for production"), "{}", stage.notice());
    }
}
