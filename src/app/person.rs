//! Who a user is, in the words that a dialog, a notice and the audit log use; and a user as known at a moment.

use super::mask::Mask;
use crate::clerk::model::{Received, Timestamp, User, UserId};
use serde::{Deserialize, Serialize};
use std::{ops::Deref, sync::Arc, time::Duration};

/// What a user is called: the name, and the identifier that they sign in by. Texts as they came, unsafe to print.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// First and last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The primary email address, else phone number, username or wallet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Identifier>,
}

/// What a user signs in by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identifier {
    /// The primary email address.
    EmailAddress(String),
    /// The primary phone number, E.164.
    PhoneNumber(String),
    /// The username, without the `@` that it is shown with.
    Username(String),
    /// The primary web3 wallet.
    Web3Wallet(String),
}

impl Identifier {
    /// The first that `user` has, in the order in which the variants stand.
    #[must_use]
    pub fn of(user: &User) -> Option<Self> {
        let email = || user.primary_email_address().map(|email| Self::EmailAddress(email.email_address.clone()));
        let phone = || user.primary_phone_number().map(|phone| Self::PhoneNumber(phone.phone_number.clone()));
        let username = || user.username.clone().filter(|name| !name.is_empty()).map(Self::Username);
        let wallet = || user.primary_web3_wallet().map(|wallet| Self::Web3Wallet(wallet.web3_wallet.clone()));
        email().or_else(phone).or_else(username).or_else(wallet)
    }

    /// The identifier alone, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::EmailAddress(text) | Self::PhoneNumber(text) | Self::Username(text) | Self::Web3Wallet(text) => text,
        }
    }
}

impl Person {
    /// Who `user` is.
    #[must_use]
    pub fn of(user: &User) -> Self {
        Self { name: user.full_name(), identifier: Identifier::of(user) }
    }

    /// What to call them in a sentence: the name, else the username, else the identifier, else the id.
    #[must_use]
    pub fn call<'a>(&'a self, id: &'a UserId) -> &'a str {
        let identifier = || self.identifier.as_ref().map(Identifier::as_str);
        self.name.as_deref().or_else(identifier).unwrap_or(id.as_str())
    }
}

/// A user as Clerk told it at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    user: Received<User>,
    as_of: Timestamp,
    mask: Mask,
}

/// When a lock ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockEnd {
    /// At this moment.
    At(Timestamp),
    /// Only by unlocking.
    Never,
}

/// What is the matter with a user. Most are fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Fine,
    /// Banned, locked besides or not.
    Banned,
    /// Locked until then.
    Locked(LockEnd),
}

impl Known {
    /// `user` as it was at `as_of`.
    #[must_use]
    pub fn new(user: Received<User>, as_of: Timestamp) -> Self {
        Self { user, as_of, mask: Mask::default() }
    }

    /// Whether an email address is one of theirs, in whatever case it is typed.
    #[must_use]
    pub fn has_email_address(&self, email_address: &str) -> bool {
        self.email_addresses.iter().any(|address| address.email_address.eq_ignore_ascii_case(email_address))
    }

    /// The moment that it is known of.
    #[must_use]
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// The same with stars in the place of what says who it is; itself, if that cannot be made.
    #[must_use]
    pub fn masked(&self) -> &Self {
        self.mask.of(self).map_or(self, |masked| &**masked)
    }

    /// The same, shared.
    #[must_use]
    pub fn masked_shared(self: &Arc<Self>) -> Arc<Self> {
        Arc::clone(self.mask.of(self).unwrap_or(self))
    }

    /// The JSON exactly as it came.
    #[must_use]
    pub fn raw(&self) -> &str {
        self.user.raw()
    }

    /// What is the matter at `now`.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if self.user.banned { Standing::Banned } else { self.lock(now).map_or(Standing::Fine, Standing::Locked) }
    }

    /// When the lock ends, if there is one at `now`: one that has run out since the user was read is none any more.
    #[must_use]
    pub fn lock(&self, now: Timestamp) -> Option<LockEnd> {
        let Some(seconds) = self.user.lockout_expires_in_seconds else {
            return self.user.locked.then_some(LockEnd::Never);
        };
        let end = self.as_of.plus(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));
        (self.user.locked && end > now).then_some(LockEnd::At(end))
    }
}

impl Deref for Known {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(user: User) -> Known {
        Known::new(Received::from_value(user).unwrap(), Timestamp::from_millis(1_000_000))
    }

    #[test]
    fn a_lock_ends_by_itself() {
        let locked = known(User { locked: true, lockout_expires_in_seconds: Some(60), ..User::default() });
        let end = Timestamp::from_millis(1_060_000);
        assert_eq!(locked.standing(Timestamp::from_millis(1_059_999)), Standing::Locked(LockEnd::At(end)));
        assert_eq!(locked.standing(end), Standing::Fine);
    }

    #[test]
    fn a_ban_weighs_more_than_a_lock() {
        let both = known(User { locked: true, banned: true, ..User::default() });
        assert_eq!(both.standing(both.as_of()), Standing::Banned);
        let forever = known(User { locked: true, ..User::default() });
        assert_eq!(forever.standing(forever.as_of()), Standing::Locked(LockEnd::Never));
    }

    #[test]
    fn a_person_without_a_name_is_called_by_what_there_is() {
        let id = UserId::from("user_1");
        let wallet = Person { name: None, identifier: Some(Identifier::Web3Wallet("0x1".into())) };
        assert_eq!(wallet.call(&id), "0x1");
        assert_eq!(Person::default().call(&id), "user_1");
    }
}
