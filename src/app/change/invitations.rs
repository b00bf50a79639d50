//! What is under way with invitations to organizations, and the way back from them.

use super::{ChangeId, Changes, Grounds, RecordId, Reversal, UndoStep};
use crate::{
    app::{act::InvitationAct, person::Person},
    clerk::model::UserId,
};

/// An invitation that is made or taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationChange {
    /// Which change.
    pub id: ChangeId,
    /// What is done.
    pub act: InvitationAct,
    /// The user who has the address, where that is known.
    pub beside: Option<(UserId, Person)>,
    /// Why: for the audit log alone.
    pub grounds: Grounds,
}

impl Changes {
    /// Begins it. None while another one is under way: sent twice, the second would be refused, or write twice.
    #[must_use]
    pub fn begin_invitation(
        &mut self,
        act: InvitationAct,
        beside: Option<(UserId, Person)>,
        grounds: Grounds,
    ) -> Option<InvitationChange> {
        if !self.inviting.is_empty() {
            return None;
        }
        self.last += 1;
        let change = InvitationChange { id: ChangeId(self.last), act, beside, grounds };
        self.inviting.insert(change.id, change.clone());
        Some(change)
    }

    /// The one that has ended.
    #[must_use]
    pub fn finish_invitation(&mut self, id: ChangeId) -> Option<InvitationChange> {
        self.inviting.remove(&id)
    }

    /// Notes that it was made; `made` is the id of the invitation. Whether there is a way back.
    pub fn record_invitation(&mut self, change: &InvitationChange, made: Option<&str>, record: RecordId) -> bool {
        if !self.leads_on(&change.grounds) {
            return false;
        }
        let Some(act) = change.act.inverse(made) else { return false };
        let reversal = Reversal::Invitation { act, beside: change.beside.clone() };
        self.undo.push(UndoStep { reversal, record });
        true
    }

    /// What it was to take back is taken back, or cannot be any more.
    pub fn forget_undone(&mut self, grounds: &Grounds) {
        self.undo.retain(|step| Some(&step.record) != grounds.undoes.as_ref());
    }
}
