//! The demo, which is another server at each start, and the same instance to whoever works on it.

use crate::{
    app::{
        Act, Change, ChangeId, Fetch, Fetched, Grounds, Person,
        dialog::{RecordFilter, RecordRow},
    },
    clerk::query::{PageLimit, PageStart, UserPage, UserQuery},
    emulator::Options,
    runtime::{Perform, Performer, Restraint, Target},
};
use std::path::Path;
use tempfile::TempDir;

fn start(state: &Path) -> Performer {
    Performer::new(Target::Demo(Options { users: 3, ..Options::default() }), state.to_owned(), Restraint::default())
}

#[tokio::test]
async fn what_was_noted_and_done_is_there_at_the_next_start() {
    let state = TempDir::new().unwrap();
    let demo = start(state.path());
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::MAX };
    let fetched = demo.fetch(Fetch::Users { query: UserQuery::default(), page }).await.unwrap();
    let Fetched::Users(users) = fetched else { panic!("{fetched:?}") };
    let user = users[0].id.clone();
    demo.keep_note(user.clone(), Some("calls on Mondays".into())).await.unwrap();
    let (grounds, person) = (Grounds::default(), Person::default());
    demo.fetch(Fetch::Instance).await.unwrap();
    demo.change(Change { id: ChangeId(1), act: Act::Lock, user: user.clone(), person, grounds }).await.unwrap();
    drop(demo);

    let demo = start(state.path());
    let Fetched::Notes(notes) = demo.fetch(Fetch::Notes).await.unwrap() else { panic!("no notes") };
    assert_eq!(notes.get(&user).map(String::as_str), Some("calls on Mondays"));
    let all = Fetch::Record { filter: RecordFilter::default(), offset: 0, limit: PageLimit::MAX };
    let Fetched::Record(record) = demo.fetch(all).await.unwrap() else { panic!("no record") };
    let [RecordRow::Change(change)] = record.rows.as_slice() else { panic!("{record:?}") };
    assert_eq!((change.user.as_ref(), change.entry.action.as_str()), (Some(&user), "lock"));
    let log = std::fs::read_to_string(state.path().join("audit.jsonl")).unwrap();
    assert!(log.lines().all(|line| line.contains("\"instance_id\":\"ins_")), "{log}");
    let history = Fetch::History { user, offset: 0, limit: PageLimit::MAX };
    let Fetched::History(history) = demo.fetch(history).await.unwrap() else { panic!("no history") };
    assert_eq!(history.rows.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["lock"]);
}
