//! Changes to users: what is under way, and the way back.

mod copies;
mod invitations;
mod steps;

pub use invitations::InvitationChange;
pub use steps::{Reversal, UndoStep};

use super::{
    act::{Act, RestrictionAct, Words},
    detail::OAuthToken,
    dialog::Link,
    noting::Noting,
    person::{Known, Person},
    restoration::{Deleted, LeftOut},
};
use crate::clerk::{
    error::TraceId,
    model::{Received, User, UserId},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

/// A change to the blocklist or the allowlist, which are about no user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestrictionChange {
    /// Which change.
    pub id: ChangeId,
    /// What is done.
    pub act: RestrictionAct,
    /// Because of whom, if it is because of somebody.
    pub beside: Option<(UserId, Person)>,
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
    /// Somebody who was deleted has been made anew.
    Restored {
        /// The new user.
        user: Box<Received<User>>,
        /// What could not be put back.
        left_out: Vec<LeftOut>,
    },
    /// It is done; how the user is now has to be read.
    Done,
    /// A link that lets somebody in.
    Link(Link),
    /// So many sessions of a user have been ended, and none is left that is active.
    SignedOut(usize),
    /// An impersonation has ended.
    Ended {
        /// Whether its link was unused, and works no longer.
        link: bool,
        /// How many sessions it was.
        sessions: usize,
    },
    /// An identifier is on a list, as the entry with this id.
    Listed(String),
    /// Somebody is invited to an organization, by the invitation with this id.
    Invited(String),
    /// Nothing is changed; these were asked for.
    OAuthTokens(Vec<OAuthToken>),
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
    /// In how many sessions the user is signed in after a ban; none where that was not looked at, or could not be.
    pub active_sessions: Option<usize>,
}

/// A change that Clerk has not answered yet.
#[derive(Clone, Debug)]
struct UnderWay {
    change: Change,
    known: Arc<Known>,
    words: Words,
    also: Vec<RestrictionAct>,
}

/// A change to a list that has ended.
#[derive(Clone, Debug)]
pub struct RestrictionEnded {
    /// The change.
    pub change: RestrictionChange,
    /// What was done before it in the same breath; empty when it stands alone.
    pub said: String,
    /// What is to follow it.
    pub also: Vec<RestrictionAct>,
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
    /// What was ticked beside it.
    pub also: Vec<RestrictionAct>,
}

/// The changes under way, and the way back from those that were made.
#[derive(Debug, Default)]
pub struct Changes {
    last: u64,
    under_way: BTreeMap<ChangeId, UnderWay>,
    /// What the users to create are called.
    creating: BTreeMap<ChangeId, String>,
    restricting: BTreeMap<ChangeId, RestrictionEnded>,
    inviting: BTreeMap<ChangeId, InvitationChange>,
    noting: BTreeMap<ChangeId, Noting>,
    restoring: BTreeMap<ChangeId, Deleted>,
    purging: BTreeMap<ChangeId, Deleted>,
    job_requests: BTreeSet<ChangeId>,
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
        let under_way = UnderWay { change: change.clone(), known: Arc::clone(known), words, also: Vec::new() };
        self.under_way.insert(id, under_way);
        Some(change)
    }

    /// Notes what is to follow a change once it is made.
    pub fn follow(&mut self, id: ChangeId, also: Vec<RestrictionAct>) {
        if let Some(under_way) = self.under_way.get_mut(&id) {
            under_way.also = also;
        }
    }

    /// Begins a change to a list, perhaps because of somebody.
    #[must_use]
    pub fn begin_restriction(
        &mut self,
        act: RestrictionAct,
        beside: Option<(UserId, Person)>,
        grounds: Grounds,
    ) -> RestrictionChange {
        self.last += 1;
        let change = RestrictionChange { id: ChangeId(self.last), act, beside, grounds };
        let ended = RestrictionEnded { change: change.clone(), said: String::new(), also: Vec::new() };
        self.restricting.insert(change.id, ended);
        change
    }

    /// Notes what was done before it, and what is to follow it.
    pub fn follow_restriction(&mut self, id: ChangeId, said: String, also: Vec<RestrictionAct>) {
        if let Some(ended) = self.restricting.get_mut(&id) {
            (ended.said, ended.also) = (said, also);
        }
    }

    /// Whether a list is being changed right now.
    #[must_use]
    pub fn is_restricting(&self) -> bool {
        !self.restricting.is_empty()
    }

    /// The change to a list that has ended.
    #[must_use]
    pub fn finish_restriction(&mut self, id: ChangeId) -> Option<RestrictionEnded> {
        self.restricting.remove(&id)
    }

    /// Begins the creation of somebody who is called so.
    #[must_use]
    pub fn begin_creation(&mut self, name: String) -> ChangeId {
        self.last += 1;
        let id = ChangeId(self.last);
        self.creating.insert(id, name);
        id
    }

    /// Begins to keep a note.
    #[must_use]
    pub(super) fn begin_note(&mut self, noting: Noting) -> ChangeId {
        self.last += 1;
        let id = ChangeId(self.last);
        self.noting.insert(id, noting);
        id
    }

    /// Begins to ask something of a job.
    #[must_use]
    pub(super) fn begin_job_request(&mut self) -> ChangeId {
        self.last += 1;
        let id = ChangeId(self.last);
        self.job_requests.insert(id);
        id
    }

    /// It has been answered.
    pub(super) fn finish_job_request(&mut self, id: ChangeId) {
        self.job_requests.remove(&id);
    }

    /// The note that is kept by now, or could not be.
    #[must_use]
    pub(super) fn finish_note(&mut self, id: ChangeId) -> Option<Noting> {
        self.noting.remove(&id)
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
        let others = self.creating.is_empty()
            && self.restricting.is_empty()
            && self.inviting.is_empty()
            && self.noting.is_empty()
            && self.restoring.is_empty()
            && self.purging.is_empty()
            && self.job_requests.is_empty();
        self.under_way.is_empty() && others
    }

    /// The change that has ended.
    #[must_use]
    pub fn finish(&mut self, id: ChangeId) -> Option<Ended> {
        let UnderWay { change, known, words, also } = self.under_way.remove(&id)?;
        Some(Ended { change, known, words, also })
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
    use crate::{app::act::About, clerk::model::Timestamp};
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
        let Reversal::User { act: Act::Unban, known: left } = step.reversal else { panic!("{step:?}") };
        let undo = begin(&mut changes, Act::Unban, &left, Some(step.record)).unwrap();
        let ended = changes.finish(undo.id).unwrap();
        changes.record(&ended, known(false), RecordId("2".into()), Timestamp::default());
        assert_eq!(changes.last_undo(), None);
    }

    #[test]
    fn what_is_done_again_is_what_was_done_last() {
        let mut changes = Changes::default();
        let mut make = |act: Act, before: bool, record: &str, undoes: Option<&str>| {
            let undoes = undoes.map(|record| RecordId(record.into()));
            let change = begin(&mut changes, act, &known(before), undoes).unwrap();
            let ended = changes.finish(change.id).unwrap();
            changes.record(&ended, known(!before), RecordId(record.into()), Timestamp::default());
            changes.last_undo().map(|step| step.record.0.clone())
        };
        // Done again with nothing of this run before it: the log tells.
        assert_eq!(make(Act::Ban, false, "1", Some("of another run")), None);
        assert_eq!(make(Act::Lock, false, "2", None).as_deref(), Some("2"));
        assert_eq!(make(Act::Ban, false, "3", None).as_deref(), Some("3"));
        assert_eq!(make(Act::Unban, true, "4", Some("3")).as_deref(), Some("2"));
        assert_eq!(make(Act::Ban, false, "5", Some("4")).as_deref(), Some("5"), "and not the lock before it");
    }
}
