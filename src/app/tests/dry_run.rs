//! A dry run: what is asked for is told in the place of being done.

use super::{
    Stage,
    stage::{received, user},
};
use crate::{
    app::{
        Dialog, Event, Failure, Fetch, Fetched, NoticeKind, Reply, SlotId,
        dialog::{ManyPane, Purpose},
        job::JobRequest,
    },
    clerk::{SentBody, Unsent},
};

/// On development, with users.
fn dry(users: usize) -> Stage {
    Stage::with_users(users).in_dry_run()
}

fn kept_back(method: &str, path: &str) -> Failure {
    let unsent = Unsent { method: method.to_owned(), path: path.to_owned(), body: SentBody::Empty };
    Failure::DryRun(vec![unsent])
}

#[test]
fn what_one_change_would_send_is_told_and_nothing_else_is_different() {
    let mut stage = dry(3);
    stage.press("b y").fail_change(kept_back("POST", "/users/user_0/ban"));
    let words = "Dry run: POST /v1/users/user_0/ban was not sent.";
    assert_eq!(stage.notice(), words);
    let notice = stage.app.notices.current().unwrap();
    assert_eq!(notice.kind, NoticeKind::Remark, "nothing went wrong");
    assert!(stage.app.dialog().is_none());
    assert!(!stage.app.list().selected().unwrap().banned);
    stage.press("u");
    assert!(stage.waiting.contains_key(&SlotId::Step), "there is nothing to take back but what the log has");
}

#[test]
fn a_form_keeps_what_was_typed() {
    let mut stage = dry(3);
    stage.press("n").send(Event::Paste("new@example.com".into()));
    stage.press("enter");
    let (id, _) = stage.creations.last().expect("it was asked for");
    let reply = Reply::Changed { id: *id, result: Err(kept_back("POST", "/users")) };
    stage.send(Event::Reply(reply));
    assert_eq!(stage.notice(), "Dry run: POST /v1/users was not sent.");
    let Some(Dialog::Form(form)) = stage.app.dialog() else { panic!("{:?}", stage.app.dialog()) };
    assert_eq!(form.purpose(), Purpose::Create);
    assert!(form.fields().iter().any(|field| field.input.text() == "new@example.com"));
}

#[test]
fn what_a_job_would_send_stays_in_sight() {
    let mut stage = dry(20);
    for _ in 0..12 {
        stage.press("space");
    }
    stage.press("b");
    while let Some((slot, Fetch::Among { users: asked, .. })) = stage
        .waiting
        .iter()
        .find(|(slot, _)| matches!(slot, SlotId::LookUp(_)))
        .map(|(slot, (_, fetch))| (*slot, fetch.clone()))
    {
        let found = (0..20).map(user).filter(|user| asked.contains(&user.id)).map(received).collect();
        stage.answer(slot, Fetched::Users(found));
    }
    stage.press("enter");
    let [(id, JobRequest::Begin(plan))] = &stage.job_requests[..] else { panic!("{:?}", stage.job_requests) };
    assert_eq!(plan.targets.len(), 12);
    stage.send(Event::Reply(Reply::Job { id: *id, result: Err(Failure::DryRun(Vec::new())) }));
    assert_eq!(stage.notice(), "Nothing was sent: this is a dry run. Start it without --dry-run to do it.");
    let Some(Dialog::Many(many)) = stage.app.dialog() else { panic!("{:?}", stage.app.dialog()) };
    assert_eq!((many.pane(), many.dry_run().requests.len()), (ManyPane::DryRun, 1));
    stage.press("esc esc");
    assert!(stage.app.dialog().is_none() && stage.app.jobs().is_idle());
}
