//! What is kept of a user.

use super::line::Whose;
use crate::{
    audit::{EntryId, Origin},
    clerk::model::{Metadata, OrganizationId, OrganizationMembership, Received, Timestamp, User},
};
use serde::{Deserialize, Serialize};

/// A user as they were, and where they belonged, copied before they were deleted. The texts are as they came, unsafe to
/// print.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserCopy {
    /// When it was made.
    pub at: Timestamp,
    /// The API's host and port: of which instance the user was.
    pub host: String,
    /// `development` or `production`.
    pub instance_kind: String,
    /// Who said to be acting, where the account is not one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The account on this machine that deleted the user.
    pub os_user: String,
    /// This machine.
    pub machine: String,
    /// The entry of the audit log that tells of the deletion.
    pub entry: EntryId,
    /// The job that it was part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// Where the user belonged, and as what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memberships: Vec<CopiedMembership>,
    /// The user, exactly as Clerk told it.
    pub user: Received<User>,
}

/// That a user belonged to an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedMembership {
    /// To which.
    pub organization: OrganizationId,
    /// What it was called.
    pub name: String,
    /// The key of the role.
    pub role: String,
    /// Metadata of the membership that the frontend may read.
    #[serde(default, skip_serializing_if = "Metadata::is_empty")]
    pub public_metadata: Metadata,
    /// Metadata of the membership that only the backend may read.
    #[serde(default, skip_serializing_if = "Metadata::is_empty")]
    pub private_metadata: Metadata,
}

impl UserCopy {
    /// Of `user`, who is about to be deleted from here as `entry` of the audit log tells.
    #[must_use]
    pub fn new(
        user: Received<User>,
        memberships: Vec<CopiedMembership>,
        at: Timestamp,
        origin: &Origin,
        entry: EntryId,
    ) -> Self {
        Self {
            at,
            host: origin.host.clone(),
            instance_kind: origin.instance_kind.clone(),
            actor: origin.actor.clone(),
            os_user: origin.os_user.clone(),
            machine: origin.machine.clone(),
            entry,
            job: None,
            memberships,
            user,
        }
    }

    /// The same, made for a job.
    #[must_use]
    pub fn of_job(self, job: String) -> Self {
        Self { job: Some(job), ..self }
    }

    /// Who deleted the user: `kim on laptop`.
    #[must_use]
    pub fn by(&self) -> String {
        format!("{} on {}", self.actor.as_ref().unwrap_or(&self.os_user), self.machine)
    }

    /// Of whom it is.
    #[must_use]
    pub fn whose(&self) -> Whose {
        Whose { host: self.host.clone(), user: self.user.id.clone() }
    }
}

impl From<OrganizationMembership> for CopiedMembership {
    fn from(membership: OrganizationMembership) -> Self {
        Self {
            organization: membership.organization.id,
            name: membership.organization.name,
            role: membership.role,
            public_metadata: membership.public_metadata,
            private_metadata: membership.private_metadata.unwrap_or_default(),
        }
    }
}
