//! What can be done to a user, and every word about it.
//!
//! One file for each kind of act. Its words come from one function, so that dialog, notices, footer and the state in the
//! list cannot disagree about what an act does.

mod access;
mod halfway;
mod image;
mod invitation;
mod many;
mod metadata;
mod moderation;
mod oauth;
mod organization;
mod password;
mod past;
mod profile;
mod recorded;
mod restriction;
mod security;
mod session;

pub use access::{AccessAct, IMPERSONATION_LINK, IMPERSONATION_SESSION, LinkKind, SIGN_IN_LINK, ended_words};
pub use halfway::Halfway;
pub use image::{ImageAct, Picture};
pub use invitation::{InvitationAct, NewInvitation};
pub use many::{Cost, ManyWords, RequestPreview, Site, Whom, requests};
pub use metadata::{Bag, BagChange, Difference, MetadataAct, Sending};
pub(in crate::app) use moderation::{banned_words, signed_out_words};
pub use oauth::OAuthAct;
pub use organization::{OrganizationAct, Place, RoleName};
pub use password::{PasswordAct, SetPassword};
pub use past::past;
pub use profile::{FieldChange, FieldValue, Identification, ProfileAct, ProfileField, email_addresses, phone_numbers};
pub(in crate::app) use profile::{read_flag, read_number};
pub use restriction::{RestrictionAct, RestrictionList, fault_of_identifier};
pub use security::{Part, SecurityAct};
pub use session::SessionAct;

use super::{
    admins::AdminPlaces,
    person::{Identifier, Known, LockEnd},
};
use crate::clerk::{InstanceKind, model::Timestamp};
use jiff::tz::TimeZone;
use std::{borrow::Cow, time::Duration};

/// Something that can be done to a user, with all that the request needs beside the user's id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Act {
    /// Sign the user out everywhere, and let nobody sign in as them.
    Ban,
    /// Lift the ban.
    Unban,
    /// Let nobody sign in as them for a while.
    Lock,
    /// End the lock.
    Unlock,
    /// End every session.
    SignOut,
    /// Delete the user for good.
    Delete {
        /// Whether a copy is kept on this machine for a while, from which a new user can be made.
        copy: bool,
    },
    /// Change who the user is.
    Profile(ProfileAct),
    /// Change the picture.
    Image(ImageAct),
    /// Change metadata.
    Metadata(MetadataAct),
    /// Do something with a typed password or code.
    Password(PasswordAct),
    /// Change what the user signs in with.
    Security(SecurityAct),
    /// Fetch the token of an account at an OAuth provider.
    OAuth(OAuthAct),
    /// Change one of the user's sessions.
    Session(SessionAct),
    /// Change where the user belongs.
    Organization(OrganizationAct),
    /// Let somebody in, or no longer.
    Access(AccessAct),
}

/// What the words of an act depend on.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What the user is called. As it came, unsafe to print.
    pub who: &'a str,
    /// The user.
    pub known: &'a Known,
    /// The moment.
    pub now: Timestamp,
    /// For times of day.
    pub time_zone: &'a TimeZone,
    /// In how many sessions the user is signed in; none while nobody has counted.
    pub active_sessions: Option<usize>,
}

/// Every word about an act. They can hold names as they came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// On the key that does it, at most 12 columns: `ban`.
    pub verb: &'static str,
    /// What is asked, without the question mark: `Ban Ada Lovelace`.
    pub question: String,
    /// What happens at once.
    pub now: String,
    /// What stays as it is.
    pub kept: String,
    /// What taking it back gives, and what it does not.
    pub undo: String,
    /// In the list's state column while it is under way, at most 7 columns: `ban…`.
    pub short: &'static str,
    /// The same where there is room: `banning …`.
    pub doing: &'static str,
    /// What is said when it is done, as a sentence.
    pub done: String,
    /// What is said when it is not: `Ada Lovelace was not banned`.
    pub failed: String,
}

/// How hard the dialog asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// For one key.
    Key,
    /// For this text to be typed. As it came, unsafe to print.
    Typing(String),
}

/// Said of what cannot be taken back.
const NO_UNDO: &str = "none";

impl Act {
    /// What the audit log calls it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::Unban => "unban",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::SignOut => "sign_out",
            Self::Delete { .. } => "delete",
            Self::Profile(act) => act.name(),
            Self::Image(act) => act.name(),
            Self::Metadata(act) => act.name(),
            Self::Password(act) => act.name(),
            Self::Security(act) => act.name(),
            Self::OAuth(_) => OAuthAct::NAME,
            Self::Session(act) => act.name(),
            Self::Organization(act) => act.name(),
            Self::Access(act) => act.name(),
        }
    }

    /// What beside the user it is about, for the audit log: the id of a session, of a passkey, an organization and role.
    #[must_use]
    pub fn part(&self) -> Option<String> {
        match self {
            Self::Security(act) => act.part().map(str::to_owned),
            Self::OAuth(act) => Some(act.part()),
            Self::Session(act) => Some(act.id().to_string()),
            Self::Organization(act) => Some(act.part()),
            Self::Access(act) => act.part().map(str::to_owned),
            Self::Profile(act) => Some(act.part()),
            Self::Image(act) => act.part(),
            Self::Metadata(act) => Some(act.part()),
            Self::Password(_)
            | Self::Ban
            | Self::Unban
            | Self::Lock
            | Self::Unlock
            | Self::SignOut
            | Self::Delete { .. } => None,
        }
    }

    /// The act that takes this one back; none where nothing does.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        match self {
            Self::Ban => Some(Self::Unban),
            Self::Unban => Some(Self::Ban),
            Self::Lock => Some(Self::Unlock),
            Self::Unlock => Some(Self::Lock),
            Self::Security(act) => act.inverse().map(Self::Security),
            Self::Organization(act) => act.inverse().map(Self::Organization),
            Self::Profile(act) => act.inverse().map(Self::Profile),
            Self::Metadata(act) => Some(Self::Metadata(act.inverse())),
            Self::SignOut
            | Self::Delete { .. }
            | Self::Session(_)
            | Self::Password(_)
            | Self::Image(_)
            | Self::Access(_)
            | Self::OAuth(_) => None,
        }
    }

    /// Why it would change nothing about `known` at `now`, as a sentence; none when it would.
    #[must_use]
    pub fn already(&self, known: &Known, now: Timestamp) -> Option<&'static str> {
        match self {
            Self::Security(act) => act.already(known),
            Self::Profile(act) => act.already(known),
            Self::Image(act) => act.already(known),
            Self::Metadata(act) => act.already(known),
            Self::Password(act) => act.already(known),
            Self::Session(_) | Self::Organization(_) | Self::Access(_) | Self::OAuth(_) => None,
            _ => moderation::already(self, known, now),
        }
    }

    /// Whether `known` is not any more what the act was asked for: somebody else has changed it.
    #[must_use]
    pub fn is_overtaken(&self, known: &Known) -> bool {
        match self {
            Self::Profile(act) => act.is_overtaken(known),
            Self::Metadata(act) => act.is_overtaken(known),
            _ => false,
        }
    }

    /// Every word about it.
    #[must_use]
    pub fn words(&self, about: &About<'_>) -> Words {
        match self {
            Self::Ban => moderation::ban(about),
            Self::Unban => moderation::unban(about),
            Self::Lock => moderation::lock(about),
            Self::Unlock => moderation::unlock(about),
            Self::SignOut => moderation::sign_out(about),
            Self::Delete { copy } => moderation::delete(about, *copy),
            Self::Profile(act) => act.words(about),
            Self::Image(act) => act.words(about),
            Self::Metadata(act) => act.words(about),
            Self::Password(act) => act.words(about),
            Self::Security(act) => act.words(about),
            Self::OAuth(act) => act.words(about),
            Self::Session(act) => act.words(about),
            Self::Organization(act) => act.words(about),
            Self::Access(act) => act.words(about),
        }
    }

    /// What it changes, place by place, where its dialog shows that; empty where words say it.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        match self {
            Self::Metadata(act) => act.differences(),
            _ => Vec::new(),
        }
    }

    /// How hard the dialog asks before it is done to `known`.
    #[must_use]
    pub fn asks(&self, known: &Known) -> Asks {
        match self {
            Self::Delete { .. } => {
                let identifier = Identifier::of(known);
                // What not every keyboard has cannot be asked for; the id can.
                let typeable = |text: &&str| text.chars().all(|char| char.is_ascii_graphic());
                let typed = identifier.as_ref().map(Identifier::as_str).filter(typeable);
                Asks::Typing(typed.unwrap_or(known.id.as_str()).to_owned())
            }
            _ => Asks::Key,
        }
    }

    /// Whether the dialog asks for a reason before anything else.
    #[must_use]
    pub fn asks_for_reason(&self) -> bool {
        matches!(self, Self::Access(AccessAct::Impersonate { .. }))
    }

    /// Whether it is not done without a reason on an instance of this kind.
    #[must_use]
    pub fn needs_reason(&self, kind: InstanceKind) -> bool {
        (self.asks_for_reason() || matches!(self, Self::OAuth(_))) && kind == InstanceKind::Production
    }

    /// Where it takes an admin, so that the dialog tells whether it is the last one; none where it takes none.
    #[must_use]
    pub fn admins_lost(&self) -> Option<AdminPlaces> {
        match self {
            Self::Organization(act) => act.takes_admin_from().cloned().map(AdminPlaces::One),
            Self::Delete { .. } => Some(AdminPlaces::All),
            _ => None,
        }
    }

    /// Whether the dialog tells how many sessions it ends.
    #[must_use]
    pub fn ends_sessions(&self) -> bool {
        matches!(self, Self::Ban | Self::SignOut | Self::Delete { .. })
    }
}

/// `1 session`, `2 sessions`.
fn sessions(count: usize) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") }
}

/// Within a day, the time says when.
const A_DAY: Duration = Duration::from_hours(24);

/// When the lock ends that the user has beside what is done; none when there is no lock.
fn lock_words(about: &About<'_>) -> Option<Cow<'static, str>> {
    let LockEnd::At(end) = about.known.lock(about.now)? else { return Some("the lock, which has no end".into()) };
    let format = if end.since(about.now) < A_DAY { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    let Some(end) = end.to_jiff() else { return Some("the lock".into()) };
    let end = end.to_zoned_datetime(about.time_zone.clone());
    Some(format!("the lock ends by itself at {}", end.strftime(format)).into())
}

#[cfg(test)]
pub(crate) mod tests;
