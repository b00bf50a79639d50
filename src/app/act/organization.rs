//! What can be done to a user's memberships and invitations.

use super::{About, NO_UNDO, Words};
use crate::{
    app::admins::ADMIN,
    clerk::model::{OrganizationId, OrganizationMembership},
};

/// An organization, by its id, and by its name for people. The name as it came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub id: OrganizationId,
    /// What it is called.
    pub name: String,
}

impl Place {
    /// The organization of a membership.
    #[must_use]
    pub fn of(membership: &OrganizationMembership) -> Self {
        Self { id: membership.organization.id.clone(), name: membership.organization.name.clone() }
    }
}

/// A role, by its key, `org:admin`, and by its name for people. As they came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleName {
    /// Which.
    pub key: String,
    /// What it is called.
    pub name: String,
}

impl RoleName {
    /// The role of a membership. Without a name it is called by its key.
    #[must_use]
    pub fn of(membership: &OrganizationMembership) -> Self {
        let name = membership.role_name.clone().filter(|name| !name.is_empty());
        Self { key: membership.role.clone(), name: name.unwrap_or_else(|| membership.role.clone()) }
    }
}

/// Something that can be done to a user in one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganizationAct {
    /// Give the member another role.
    ChangeRole {
        /// Where.
        place: Place,
        /// The role that the member has.
        from: RoleName,
        /// The role that the member gets.
        to: RoleName,
    },
    /// Take the member out.
    Remove {
        /// Where.
        place: Place,
        /// The role that the member has.
        role: RoleName,
    },
    /// Make the user a member.
    Add {
        /// Where.
        place: Place,
        /// The role that the member gets.
        role: RoleName,
    },
    /// Take back an invitation.
    RevokeInvitation {
        /// Where to.
        place: Place,
        /// Which, `orginv_…`.
        id: String,
    },
}

impl OrganizationAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::ChangeRole { .. } => "change_role",
            Self::Remove { .. } => "remove_membership",
            Self::Add { .. } => "add_membership",
            Self::RevokeInvitation { .. } => "revoke_organization_invitation",
        }
    }

    /// What the audit log has beside the user: where, and in which role.
    pub(super) fn part(&self) -> String {
        match self {
            Self::ChangeRole { place, from, to } => format!("{} {} to {}", place.id, from.key, to.key),
            Self::Remove { place, role } | Self::Add { place, role } => format!("{} {}", place.id, role.key),
            Self::RevokeInvitation { place, id } => format!("{} {id}", place.id),
        }
    }

    /// The key of the role that it gives, `org:admin`; as it came, unsafe to print.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        match self {
            Self::ChangeRole { to: role, .. } | Self::Add { role, .. } => Some(&role.key),
            Self::Remove { .. } | Self::RevokeInvitation { .. } => None,
        }
    }

    /// The organization that would have one admin less.
    pub(super) fn takes_admin_from(&self) -> Option<&Place> {
        match self {
            Self::ChangeRole { place, from, to } => Some(place).filter(|_| from.key == ADMIN && to.key != ADMIN),
            Self::Remove { place, role } => Some(place).filter(|_| role.key == ADMIN),
            Self::Add { .. } | Self::RevokeInvitation { .. } => None,
        }
    }

    pub(super) fn inverse(&self) -> Option<Self> {
        match self.clone() {
            Self::ChangeRole { place, from, to } => Some(Self::ChangeRole { place, from: to, to: from }),
            Self::Remove { place, role } => Some(Self::Add { place, role }),
            Self::Add { place, role } => Some(Self::Remove { place, role }),
            Self::RevokeInvitation { .. } => None,
        }
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        match self {
            Self::ChangeRole { place, from, to } => change_role(about.who, place, from, to),
            Self::Remove { place, role } => remove(about.who, place, role),
            Self::Add { place, role } => add(about.who, place, role),
            Self::RevokeInvitation { place, .. } => revoke(about.who, place),
        }
    }
}

fn change_role(who: &str, place: &Place, from: &RoleName, to: &RoleName) -> Words {
    let (place, from, to) = (&place.name, &from.name, &to.name);
    Words {
        verb: "change role",
        question: format!("Make {who} {to} of {place}"),
        now: format!("is {to} instead of {from}, with what that role permits"),
        kept: "the membership, its date and metadata".to_owned(),
        undo: format!("u makes {who} {from} again"),
        short: "role…",
        doing: "changing the role …",
        done: format!("{who} is {to} of {place} now."),
        failed: format!("The role of {who} in {place} was not changed"),
    }
}

fn remove(who: &str, place: &Place, role: &RoleName) -> Words {
    let (place, role) = (&place.name, &role.name);
    Words {
        verb: "remove",
        question: format!("Remove {who} from {place}"),
        now: format!("is no member of {place} any more"),
        kept: "the user, sessions and the other memberships".to_owned(),
        undo: format!("u adds {who} as {role} again, joined anew; the membership's metadata does not come back"),
        short: "left…",
        doing: "removing from the organization …",
        done: format!("Removed {who} from {place}."),
        failed: format!("{who} was not removed from {place}"),
    }
}

fn add(who: &str, place: &Place, role: &RoleName) -> Words {
    let (place, role) = (&place.name, &role.name);
    Words {
        verb: "add",
        question: format!("Add {who} to {place}"),
        now: format!("is a member of {place}, as {role}"),
        kept: "the user, sessions and the other memberships".to_owned(),
        undo: format!("u removes {who} from {place} again"),
        short: "join…",
        doing: "adding to the organization …",
        done: format!("Added {who} to {place} as {role}."),
        failed: format!("{who} was not added to {place}"),
    }
}

fn revoke(who: &str, place: &Place) -> Words {
    let place = &place.name;
    Words {
        verb: "revoke",
        question: format!("Revoke the invitation of {who} to {place}"),
        now: "its link cannot be used any more".to_owned(),
        kept: "the user and every membership; can be invited again".to_owned(),
        undo: format!("{NO_UNDO}; a new invitation has another link"),
        short: "inv…",
        doing: "revoking the invitation …",
        done: format!("Revoked the invitation of {who} to {place}."),
        failed: format!("The invitation of {who} to {place} was not revoked"),
    }
}
