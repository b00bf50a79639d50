//! What a job does to each of its users.

use super::super::act::{Act, Bag, OrganizationAct};
use crate::clerk::{model::OrganizationId, users::BULK};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that can be done to many users, with all that is the same for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum JobAct {
    /// Sign them out everywhere, and let nobody sign in as them.
    Ban,
    /// Lift the ban.
    Unban,
    /// Let nobody sign in as them for a while.
    Lock,
    /// End the lock.
    Unlock,
    /// End every session.
    SignOut,
    /// Delete them for good.
    Delete {
        /// Whether a copy of each is kept on this machine for a while, from which a new user can be made.
        copies: bool,
    },
    /// End their membership.
    RemoveFromOrganization {
        /// Of which organization.
        organization: OrganizationId,
        /// What it is called.
        name: String,
    },
    /// Make them members again, each in the role that was theirs.
    AddToOrganization {
        /// Of which organization.
        organization: OrganizationId,
        /// What it is called.
        name: String,
    },
    /// Give one key of their metadata a value, or take the key away.
    SetMetadata {
        /// In which bag.
        bag: Bag,
        /// Which key, at the top.
        key: String,
        /// The value; none takes the key away.
        to: Option<Value>,
    },
    /// Give one key of their metadata the value again that each had.
    RestoreMetadata {
        /// In which bag.
        bag: Bag,
        /// Which key, at the top.
        key: String,
        /// What it holds if nobody has changed it since, `null` for nothing; none where that is another for each. Whoever
        /// holds something else is left alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expected: Option<Value>,
    },
    /// Let nobody sign up with what is theirs.
    Block {
        /// With what of it.
        what: Blocking,
    },
    /// Take it off the blocklist again.
    Unblock {
        /// What of it.
        what: Blocking,
    },
}

/// What of a user is put on the blocklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocking {
    /// The primary email address.
    EmailAddress,
    /// Every address of its domain.
    Domain,
    /// The primary phone number.
    PhoneNumber,
}

impl Blocking {
    /// As it stands in the audit log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::EmailAddress => "email_address",
            Self::Domain => "domain",
            Self::PhoneNumber => "phone_number",
        }
    }
}

impl JobAct {
    /// What the audit log calls it: the same as where it is done to one user.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::Unban => "unban",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::SignOut => "sign_out",
            Self::Delete { .. } => "delete",
            Self::RemoveFromOrganization { .. } => "remove_membership",
            Self::AddToOrganization { .. } => "add_membership",
            Self::SetMetadata { .. } | Self::RestoreMetadata { .. } => "merge_metadata",
            Self::Block { .. } => "block",
            Self::Unblock { .. } => "unblock",
        }
    }

    /// In the list's state column while it is being done, at most 7 columns: `ban…`.
    #[must_use]
    pub fn short(&self) -> &'static str {
        match self {
            Self::Ban => "ban…",
            Self::Unban => "unban…",
            Self::Lock => "lock…",
            Self::Unlock => "unlock…",
            Self::SignOut => "out…",
            Self::Delete { .. } => "del…",
            Self::RemoveFromOrganization { .. } => "remove…",
            Self::AddToOrganization { .. } => "add…",
            Self::SetMetadata { .. } | Self::RestoreMetadata { .. } => "data…",
            Self::Block { .. } => "block…",
            Self::Unblock { .. } => "unblock",
        }
    }

    /// What beside the user it is about, for the audit log.
    #[must_use]
    pub fn part(&self) -> Option<String> {
        match self {
            Self::RemoveFromOrganization { organization, .. } | Self::AddToOrganization { organization, .. } => {
                Some(organization.to_string())
            }
            Self::SetMetadata { bag, key, .. } | Self::RestoreMetadata { bag, key, .. } => {
                Some(format!("{}.{key}", bag.parameter()))
            }
            Self::Block { what } | Self::Unblock { what } => Some(what.name().to_owned()),
            Self::Ban | Self::Unban | Self::Lock | Self::Unlock | Self::SignOut | Self::Delete { .. } => None,
        }
    }

    /// The act on many that an act on one is; none where there is none.
    #[must_use]
    pub fn of(act: &Act) -> Option<Self> {
        match act {
            Act::Ban => Some(Self::Ban),
            Act::Unban => Some(Self::Unban),
            Act::Lock => Some(Self::Lock),
            Act::Unlock => Some(Self::Unlock),
            Act::SignOut => Some(Self::SignOut),
            Act::Delete { copy } => Some(Self::Delete { copies: *copy }),
            Act::Organization(OrganizationAct::Remove { place, .. }) => {
                Some(Self::RemoveFromOrganization { organization: place.id.clone(), name: place.name.clone() })
            }
            _ => None,
        }
    }

    /// How many users one request does it to.
    #[must_use]
    pub fn at_once(&self) -> usize {
        match self {
            Self::Ban | Self::Unban => BULK,
            _ => 1,
        }
    }

    /// The act that takes it back; what is different for each is in [`Target::given`](super::Target::given) then. None
    /// where nothing does.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        match self {
            Self::Ban => Some(Self::Unban),
            Self::Unban => Some(Self::Ban),
            Self::Lock => Some(Self::Unlock),
            Self::Unlock => Some(Self::Lock),
            Self::RemoveFromOrganization { organization, name } => {
                Some(Self::AddToOrganization { organization: organization.clone(), name: name.clone() })
            }
            Self::AddToOrganization { organization, name } => {
                Some(Self::RemoveFromOrganization { organization: organization.clone(), name: name.clone() })
            }
            Self::SetMetadata { bag, key, to } => Some(Self::RestoreMetadata {
                bag: *bag,
                key: key.clone(),
                expected: Some(to.clone().unwrap_or(Value::Null)),
            }),
            Self::RestoreMetadata { bag, key, .. } => {
                Some(Self::RestoreMetadata { bag: *bag, key: key.clone(), expected: None })
            }
            Self::Block { what } => Some(Self::Unblock { what: *what }),
            Self::Unblock { what } => Some(Self::Block { what: *what }),
            Self::SignOut | Self::Delete { .. } => None,
        }
    }

    /// Whether it is seen first how somebody is. What is not in the user cannot be.
    #[must_use]
    pub fn looks_first(&self) -> bool {
        !matches!(self, Self::SignOut | Self::Unblock { .. })
    }

    /// Whether it bans or lifts bans, which not every plan includes.
    #[must_use]
    pub fn is_ban(&self) -> bool {
        matches!(self, Self::Ban | Self::Unban)
    }

    /// Whether somebody who is not there any more is as it was meant.
    #[must_use]
    pub fn wants_them_gone(&self) -> bool {
        matches!(self, Self::Delete { .. })
    }
}
