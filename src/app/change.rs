//! Changes to users: what can be done, what is under way, and the way back.

use super::person::{Known, Person};
use crate::clerk::{
    error::TraceId,
    model::{Received, User, UserId},
};
use std::collections::BTreeMap;
use strum::{Display, EnumString, IntoStaticStr};

/// What can be done to a user. Its name is the word in the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Display, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Act {
    /// Sign the user out everywhere, and let nobody sign in as them.
    Ban,
    /// Lift the ban.
    Unban,
    /// Let nobody sign in as them for a while.
    Lock,
    /// End the lock.
    Unlock,
}

impl Act {
    /// The act that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Ban => Self::Unban,
            Self::Unban => Self::Ban,
            Self::Lock => Self::Unlock,
            Self::Unlock => Self::Lock,
        }
    }

    /// Whether `user` is already as this act would make them.
    #[must_use]
    pub fn is_done(self, user: &User) -> bool {
        match self {
            Self::Ban => user.banned,
            Self::Unban => !user.banned,
            Self::Lock => user.locked,
            Self::Unlock => !user.locked,
        }
    }
}

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
    /// The change that this one takes back.
    pub undoes: Option<RecordId>,
}

/// A change that Clerk has made.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The user as it is now.
    pub user: Box<Received<User>>,
    /// The id of the request at Clerk.
    pub trace_id: Option<TraceId>,
    /// Where the audit log has it.
    pub record: RecordId,
    /// What went wrong afterwards: the outcome could not be recorded. Only the intent is in the log then.
    pub unrecorded_outcome: Option<String>,
}
