//! What is read of a user beside the user itself.

use super::{HistoryEntry, Rows, Tab};
use crate::{
    app::{act::OrganizationAct, slot::Slot},
    clerk::model::{
        InvitationStatus, OrganizationInvitation, OrganizationMembership, Session, SessionStatus, TrustedDevice,
    },
};

/// What the invitations can be narrowed to, each with its key and its words; the first is all of them.
pub const INVITATION_STATUSES: &[(char, &str, Option<InvitationStatus>)] = &[
    ('a', "all", None),
    ('p', "pending", Some(InvitationStatus::Pending)),
    ('c', "accepted", Some(InvitationStatus::Accepted)),
    ('r', "revoked", Some(InvitationStatus::Revoked)),
    ('e', "expired", Some(InvitationStatus::Expired)),
];

/// What the sessions can be narrowed to, each with its key and its words; the first is all of them. Clerk cannot be
/// asked for the pending ones.
pub const SESSION_STATUSES: &[(char, &str, Option<SessionStatus>)] = &[
    ('a', "all", None),
    ('s', "active", Some(SessionStatus::Active)),
    ('r', "revoked", Some(SessionStatus::Revoked)),
    ('e', "ended", Some(SessionStatus::Ended)),
    ('x', "expired", Some(SessionStatus::Expired)),
    ('m', "removed", Some(SessionStatus::Removed)),
    ('b', "abandoned", Some(SessionStatus::Abandoned)),
    ('p', "replaced", Some(SessionStatus::Replaced)),
];

/// The parts of one user, each read when it is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// The organizations that the user belongs to.
    pub memberships: Rows<OrganizationMembership>,
    /// The organizations that the user is invited to.
    pub invitations: Rows<OrganizationInvitation>,
    /// Where the user is or was signed in.
    pub sessions: Rows<Session>,
    /// What lazyclerk did to the user.
    pub history: Rows<HistoryEntry>,
    /// The devices that the user trusts, or did.
    pub trusted_devices: Slot<Vec<TrustedDevice>>,
}

impl Parts {
    /// Asks for all of them anew.
    pub(super) fn refresh(&mut self) {
        self.memberships.refresh();
        self.invitations.refresh();
        self.sessions.refresh();
        self.history.refresh();
        self.trusted_devices.ask();
    }

    /// What an act has changed, before it is read again: what is done to a row next is done to it as it is now.
    pub(super) fn take_change(&mut self, act: &OrganizationAct) {
        match act {
            OrganizationAct::ChangeRole { place, to, .. } => self.memberships.amend(|membership| {
                if membership.organization.id == place.id {
                    membership.role.clone_from(&to.key);
                    membership.role_name = Some(to.name.clone());
                    // Those of the role before.
                    membership.permissions = Vec::new();
                }
            }),
            OrganizationAct::Remove { place, .. } => {
                self.memberships.retain(|membership| membership.organization.id != place.id);
            }
            OrganizationAct::RevokeInvitation { id, .. } => self.invitations.amend(|invitation| {
                if invitation.id == *id {
                    invitation.status = Some(InvitationStatus::Revoked);
                }
            }),
            OrganizationAct::Add { .. } => {}
        }
    }

    /// The chosen row of a tab that has rows, and how many have been read; none for the other tabs.
    #[must_use]
    pub fn place(&self, tab: Tab) -> Option<(usize, usize)> {
        match tab {
            Tab::Memberships => Some((self.memberships.cursor(), self.memberships.loaded().len())),
            Tab::Invitations => Some((self.invitations.cursor(), self.invitations.loaded().len())),
            Tab::Sessions => Some((self.sessions.cursor(), self.sessions.loaded().len())),
            Tab::History => Some((self.history.cursor(), self.history.loaded().len())),
            Tab::Profile | Tab::Security | Tab::Metadata | Tab::Raw => None,
        }
    }

    /// The first row of a tab on the screen.
    #[must_use]
    pub fn top(&self, tab: Tab) -> usize {
        match tab {
            Tab::Memberships => self.memberships.top(),
            Tab::Invitations => self.invitations.top(),
            Tab::Sessions => self.sessions.top(),
            Tab::History => self.history.top(),
            Tab::Profile | Tab::Security | Tab::Metadata | Tab::Raw => 0,
        }
    }

    /// Chooses a row of a tab that has rows, `height` of them being on the screen.
    pub fn choose(&mut self, tab: Tab, index: usize, height: usize) {
        match tab {
            Tab::Memberships => self.memberships.place_cursor(index, height),
            Tab::Invitations => self.invitations.place_cursor(index, height),
            Tab::Sessions => self.sessions.place_cursor(index, height),
            Tab::History => self.history.place_cursor(index, height),
            Tab::Profile | Tab::Security | Tab::Metadata | Tab::Raw => {}
        }
    }
}
