//! The way back from the changes of this run.

use super::{Changes, Ended, Grounds, RecordId, RestrictionChange};
use crate::{
    app::{
        act::{Act, InvitationAct, RestrictionAct},
        person::{Known, Person},
        restoration::Deleted,
    },
    clerk::model::{Timestamp, UserId},
};
use std::sync::Arc;

/// How to take back a change that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct UndoStep {
    /// What takes it back.
    pub reversal: Reversal,
    /// Where the audit log has the change.
    pub record: RecordId,
}

/// What takes a change back.
#[derive(Clone, Debug, PartialEq)]
pub enum Reversal {
    /// An act on a user.
    User {
        /// The act.
        act: Act,
        /// The user as the change left them.
        known: Arc<Known>,
    },
    /// Making somebody anew who was deleted.
    Restoration(Box<Deleted>),
    /// A change to a list.
    Restriction {
        /// The act.
        act: RestrictionAct,
        /// Because of whom, if it was because of somebody.
        beside: Option<(UserId, Person)>,
    },
    /// An invitation to an organization, made or taken back.
    Invitation {
        /// The act.
        act: InvitationAct,
        /// The user who has the address, where that is known.
        beside: Option<(UserId, Person)>,
    },
}

impl Reversal {
    /// The user that it would change.
    #[must_use]
    pub fn user(&self) -> Option<&UserId> {
        match self {
            Self::User { known, .. } => Some(&known.id),
            Self::Restriction { .. } | Self::Invitation { .. } | Self::Restoration(_) => None,
        }
    }
}

impl Changes {
    /// Notes that a list was changed; `entry` is what it has made there. Whether there is a way back.
    pub fn record_restriction(&mut self, change: &RestrictionChange, entry: Option<&str>, record: RecordId) -> bool {
        if !self.leads_on(&change.grounds) {
            return false;
        }
        let Some(inverse) = change.act.inverse(entry) else { return false };
        let reversal = Reversal::Restriction { act: inverse, beside: change.beside.clone() };
        self.undo.push(UndoStep { reversal, record });
        true
    }

    /// Notes that a change was made by `now`. One that took another back takes away its step; one that changed nothing,
    /// as the user was so already, or that nothing takes back, leaves none. Whether there is a way back.
    pub fn record(&mut self, ended: &Ended, now_known: Arc<Known>, record: RecordId, now: Timestamp) -> bool {
        let act = &ended.change.act;
        if self.leads_on(&ended.change.grounds)
            && act.already(&ended.known, now).is_none()
            && let Some(inverse) = act.inverse()
        {
            let reversal = Reversal::User { act: inverse, known: now_known };
            self.undo.push(UndoStep { reversal, record });
            return true;
        }
        false
    }

    /// Takes away the step that a change took back. Whether the change is the last step itself now: one that took nothing
    /// back, or that is done again where this run has done something before it. Where it has not, the audit log tells.
    pub(super) fn leads_on(&mut self, grounds: &Grounds) -> bool {
        let Some(undone) = &grounds.undoes else { return true };
        let steps = self.undo.len();
        self.undo.retain(|step| step.record != *undone);
        // While there are steps of this run, the way back begins at them.
        steps > 0 && self.undo.len() == steps
    }

    /// Nothing that was done to this user can be taken back any more.
    pub fn forget_steps_of(&mut self, user: &UserId) {
        self.undo.retain(|step| step.reversal.user() != Some(user));
    }

    /// Something else was done last: what was done before that the audit log tells.
    pub fn forget_steps(&mut self) {
        self.undo.clear();
    }

    /// What undo would do.
    #[must_use]
    pub fn last_undo(&self) -> Option<&UndoStep> {
        self.undo.last()
    }

    /// Puts newer knowledge of a user into the steps that would change them.
    pub fn replace(&mut self, known: &Arc<Known>) {
        for step in &mut self.undo {
            match &mut step.reversal {
                Reversal::User { known: before, .. } if before.id == known.id => *before = Arc::clone(known),
                Reversal::User { .. }
                | Reversal::Restriction { .. }
                | Reversal::Invitation { .. }
                | Reversal::Restoration(_) => {}
            }
        }
    }

    /// Notes that somebody was deleted of whom there is a copy.
    pub fn record_deletion(&mut self, deleted: Deleted) {
        let record = deleted.record.clone();
        self.undo.push(UndoStep { reversal: Reversal::Restoration(Box::new(deleted)), record });
    }

    /// A deletion is taken back, or cannot be any more.
    pub fn forget_deletion(&mut self, deleted: &Deleted) {
        self.undo.retain(|step| step.record != deleted.record);
    }
}
