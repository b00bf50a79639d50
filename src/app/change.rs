//! Changes to users: what is under way, and the way back.

use super::{
    act::{Act, Words},
    person::{Known, Person},
};
use crate::clerk::{
    error::TraceId,
    model::{Received, Timestamp, User, UserId},
};
use std::{collections::BTreeMap, sync::Arc};

/// Which change. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChangeId(pub u64);

/// The name under which the audit log has a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RecordId(pub String);

/// A change to one user, with all that the audit log wants to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which change.
    pub id: ChangeId,
    /// What is done.
    pub act: Act,
    /// To whom: the user that the dialog named, whatever is selected by now.
    pub user: UserId,
    /// Who that was when it was confirmed: after a deletion nobody could look it up.
    pub person: Person,
    /// Why: for the audit log alone.
    pub grounds: Grounds,
}

/// Why a change is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// The change that it takes back.
    pub undoes: Option<RecordId>,
    /// What the person says. As it was typed, unsafe to print.
    pub reason: Option<String>,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Made {
    /// The user, as it is now.
    User(Box<Received<User>>),
    /// The user is gone.
    Deleted,
    /// It is done; how the user is now has to be read.
    Done,
}

/// A change that Clerk has made.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// What came of it.
    pub made: Made,
    /// The id of the request at Clerk.
    pub trace_id: Option<TraceId>,
    /// Where the audit log has it.
    pub record: RecordId,
    /// What went wrong afterwards: the outcome could not be recorded. Only the intent is in the log then.
    pub unrecorded_outcome: Option<String>,
}

/// A change that Clerk has not answered yet.
#[derive(Clone, Debug)]
struct UnderWay {
    change: Change,
    known: Arc<Known>,
    words: Words,
}

/// How to take back a change that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoStep {
    /// The act that takes it back.
    pub act: Act,
    /// The user as the change left them.
    pub known: Arc<Known>,
    /// Where the audit log has the change.
    pub record: RecordId,
}

/// A change that has ended, with what was known when it was sent.
#[derive(Clone, Debug)]
pub struct Ended {
    /// The change.
    pub change: Change,
    /// The user before it.
    pub known: Arc<Known>,
    /// The words that were said before it, and those that are to be said now.
    pub words: Words,
}

/// The changes under way, and the way back from those that were made.
#[derive(Debug, Default)]
pub struct Changes {
    last: u64,
    under_way: BTreeMap<ChangeId, UnderWay>,
    /// What the users to create are called.
    creating: BTreeMap<ChangeId, String>,
    undo: Vec<UndoStep>,
    read_back: Vec<UserId>,
}

impl Changes {
    /// Begins a change. None while another change to the same user is under way: its outcome decides what this one means.
    #[must_use]
    pub fn begin(&mut self, act: Act, known: &Arc<Known>, grounds: Grounds, words: Words) -> Option<Change> {
        if self.of(&known.id).is_some() {
            return None;
        }
        self.last += 1;
        let id = ChangeId(self.last);
        let change = Change { id, act, user: known.id.clone(), person: Person::of(known), grounds };
        self.under_way.insert(id, UnderWay { change: change.clone(), known: Arc::clone(known), words });
        Some(change)
    }

    /// Begins the creation of somebody who is called so.
    #[must_use]
    pub fn begin_creation(&mut self, name: String) -> ChangeId {
        self.last += 1;
        let id = ChangeId(self.last);
        self.creating.insert(id, name);
        id
    }

    /// What the user is called whose creation has ended.
    #[must_use]
    pub fn finish_creation(&mut self, id: ChangeId) -> Option<String> {
        self.creating.remove(&id)
    }

    /// Whether a user is being created right now.
    #[must_use]
    pub fn is_creating(&self) -> bool {
        !self.creating.is_empty()
    }

    /// The words of what is being done to a user right now.
    #[must_use]
    pub fn of(&self, user: &UserId) -> Option<&Words> {
        self.under_way.values().find(|under_way| under_way.change.user == *user).map(|under_way| &under_way.words)
    }

    /// Whether nothing is under way.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.under_way.is_empty() && self.creating.is_empty()
    }

    /// The change that has ended.
    #[must_use]
    pub fn finish(&mut self, id: ChangeId) -> Option<Ended> {
        let UnderWay { change, known, words } = self.under_way.remove(&id)?;
        Some(Ended { change, known, words })
    }

    /// Notes that a change was made by `now`. One that took another back takes away its step; one that changed nothing,
    /// as the user was so already, or that nothing takes back, leaves none. Whether there is a way back.
    pub fn record(&mut self, ended: &Ended, now_known: Arc<Known>, record: RecordId, now: Timestamp) -> bool {
        let act = &ended.change.act;
        if let Some(undone) = &ended.change.grounds.undoes {
            self.undo.retain(|step| step.record != *undone);
        } else if act.already(&ended.known, now).is_none()
            && let Some(inverse) = act.inverse()
        {
            self.undo.push(UndoStep { act: inverse, known: now_known, record });
            return true;
        }
        false
    }

    /// Nothing that was done to this user can be taken back any more.
    pub fn forget_steps_of(&mut self, user: &UserId) {
        self.undo.retain(|step| step.known.id != *user);
    }

    /// What undo would do.
    #[must_use]
    pub fn last_undo(&self) -> Option<&UndoStep> {
        self.undo.last()
    }

    /// Puts newer knowledge of a user into the steps that would change them.
    pub fn replace(&mut self, known: &Arc<Known>) {
        for step in self.undo.iter_mut().filter(|step| step.known.id == known.id) {
            step.known = Arc::clone(known);
        }
    }

    /// A user whose change ended with an unknown outcome, to be read.
    pub fn read_back(&mut self, user: UserId) {
        if !self.read_back.contains(&user) {
            self.read_back.push(user);
        }
    }

    /// The next user to be read back.
    #[must_use]
    pub fn next_read_back(&self) -> Option<&UserId> {
        self.read_back.first()
    }

    /// A user has been read back, or could not be.
    pub fn end_read_back(&mut self, user: &UserId) {
        self.read_back.retain(|other| other != user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::act::About;
    use jiff::tz::TimeZone;

    fn known(banned: bool) -> Arc<Known> {
        let user = User { id: UserId::from("user_1"), banned, ..User::default() };
        Arc::new(Known::new(Received::from_value(user).unwrap(), Timestamp::default()))
    }

    fn begin(changes: &mut Changes, act: Act, known: &Arc<Known>, undoes: Option<RecordId>) -> Option<Change> {
        let now = Timestamp::default();
        let words = act.words(&About { who: "Ada", known, now, time_zone: &TimeZone::UTC, active_sessions: None });
        changes.begin(act, known, Grounds { undoes, reason: None }, words)
    }

    #[test]
    fn one_change_at_a_time_to_a_user() {
        let mut changes = Changes::default();
        let first = begin(&mut changes, Act::Ban, &known(false), None).unwrap();
        assert_eq!(begin(&mut changes, Act::Lock, &known(false), None), None);
        assert!(changes.finish(first.id).is_some());
        assert!(changes.finish(first.id).is_none(), "a reply is taken once");
        assert!(begin(&mut changes, Act::Lock, &known(false), None).is_some());
    }

    #[test]
    fn what_changed_nothing_has_no_way_back() {
        let mut changes = Changes::default();
        let ban = begin(&mut changes, Act::Ban, &known(true), None).unwrap();
        let ended = changes.finish(ban.id).unwrap();
        changes.record(&ended, known(true), RecordId("1".into()), Timestamp::default());
        assert_eq!(changes.last_undo(), None);
    }

    #[test]
    fn undoing_takes_the_step_away_and_leaves_none() {
        let mut changes = Changes::default();
        let ban = begin(&mut changes, Act::Ban, &known(false), None).unwrap();
        let ended = changes.finish(ban.id).unwrap();
        changes.record(&ended, known(true), RecordId("1".into()), Timestamp::default());
        let step = changes.last_undo().cloned().unwrap();
        assert_eq!(step.act, Act::Unban);
        let undo = begin(&mut changes, step.act, &step.known, Some(step.record)).unwrap();
        let ended = changes.finish(undo.id).unwrap();
        changes.record(&ended, known(false), RecordId("2".into()), Timestamp::default());
        assert_eq!(changes.last_undo(), None);
    }
}
