//! Making somebody who was deleted anew from the recovery copy: what comes back, what does not, and every word about it.

use super::{
    act::Words,
    change::{ChangeId, Grounds, RecordId},
    person::{Known, Person},
};
use crate::clerk::model::{Timestamp, User, UserId};
use std::{fmt, mem::discriminant};

/// A recovery copy, in brief. Texts are as they came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// The id that the user had. Nobody gets it again.
    pub user: UserId,
    /// Who that was.
    pub person: Person,
    /// When the copy was made.
    pub at: Timestamp,
    /// Who deleted them: `kim on laptop`. Empty where that is this program.
    pub by: String,
    /// To how many organizations they belonged; none where that has not been counted.
    pub memberships: Option<usize>,
    /// What of them does not come back.
    pub lost: Lost,
    /// Where the audit log has the deletion.
    pub record: RecordId,
    /// The user that was made from the copy.
    pub restored_as: Option<UserId>,
}

/// A deleted user who is to be made anew, with all that the audit log wants to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restoration {
    /// Which change.
    pub id: ChangeId,
    /// Whom.
    pub deleted: Deleted,
    /// Why: for the audit log alone.
    pub grounds: Grounds,
}

/// Something of a deleted user that could not be put back. Texts are as they came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What: `the membership of Acme`.
    pub what: String,
    /// Why, as a sentence.
    pub reason: String,
}

/// `the membership of Acme (there is no such organization)`.
impl fmt::Display for LeftOut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.what, self.reason.trim_end_matches('.'))
    }
}

/// What can be done with a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyAct {
    /// Make the user anew from it.
    Restore,
    /// Throw it away for good.
    Purge,
}

impl CopyAct {
    /// Every word about it.
    #[must_use]
    pub fn words(self, deleted: &Deleted, masking: bool) -> Words {
        match self {
            Self::Restore => deleted.words(masking),
            Self::Purge => {
                let who = deleted.call(masking);
                Words {
                    verb: "throw away",
                    question: format!("Throw away the copy of {who}"),
                    now: "gone from this machine, and with it the only way back".to_owned(),
                    kept: "the audit log, which has no metadata and no memberships".to_owned(),
                    undo: "none".to_owned(),
                    short: "purge…",
                    doing: "throwing away …",
                    done: format!("The copy of {who} is thrown away."),
                    failed: format!("The copy of {who} was not thrown away"),
                }
            }
        }
    }
}

/// What of a user cannot be copied, since Clerk tells it to nobody or makes it anew for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost(Vec<Part>);

/// A part of a user of which no copy can be had, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Password,
    Authenticator,
    BackupCodes,
    Passkeys(usize),
    Accounts(usize),
    Picture,
}

impl Lost {
    /// Of this user.
    #[must_use]
    pub fn of(user: &User) -> Self {
        let accounts = user.external_accounts.len() + user.saml_accounts.len() + user.enterprise_accounts.len();
        let parts = [
            (user.password_enabled, Part::Password),
            (user.totp_enabled, Part::Authenticator),
            (user.backup_code_enabled, Part::BackupCodes),
            (!user.passkeys.is_empty(), Part::Passkeys(user.passkeys.len())),
            (accounts > 0, Part::Accounts(accounts)),
            (user.has_image, Part::Picture),
        ];
        Self(parts.into_iter().filter_map(|(had, part)| had.then_some(part)).collect())
    }

    /// Of several users, taken together.
    #[must_use]
    pub fn together<'lost>(all: impl IntoIterator<Item = &'lost Self>) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        for part in all.into_iter().flat_map(|lost| &lost.0) {
            let is_same = |known: &&mut Part| discriminant(*known) == discriminant(part);
            match (parts.iter_mut().find(is_same), part) {
                (Some(Part::Passkeys(count)), Part::Passkeys(more))
                | (Some(Part::Accounts(count)), Part::Accounts(more)) => *count += more,
                (Some(_), _) => {}
                (None, part) => parts.push(*part),
            }
        }
        parts.sort();
        Self(parts)
    }
}

/// `2 passkeys`.
impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Password => "password",
            Self::Authenticator => "authenticator",
            Self::BackupCodes => "backup codes",
            Self::Passkeys(1) => "1 passkey",
            Self::Passkeys(count) => return write!(formatter, "{count} passkeys"),
            Self::Accounts(1) => "1 connected account",
            Self::Accounts(count) => return write!(formatter, "{count} connected accounts"),
            Self::Picture => "picture",
        };
        formatter.write_str(word)
    }
}

/// `user id, password, 2 passkeys, sessions, verification history`: what they had of it, and what everybody has.
impl fmt::Display for Lost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("user id, ")?;
        for part in &self.0 {
            write!(formatter, "{part}, ")?;
        }
        formatter.write_str("sessions, verification history")
    }
}

impl Deleted {
    /// Who has just been deleted from here, as the audit log tells there.
    #[must_use]
    pub fn just_now(known: &Known, at: Timestamp, record: RecordId) -> Self {
        Self {
            user: known.id.clone(),
            person: Person::of(known),
            at,
            by: String::new(),
            memberships: None,
            lost: Lost::of(known),
            record,
            restored_as: None,
        }
    }

    /// What to call them; by their id, if `masking`.
    #[must_use]
    pub fn call(&self, masking: bool) -> &str {
        if masking { self.user.as_str() } else { self.person.call(&self.user) }
    }

    /// Every word about making them anew. What stands in the place of what is kept is what does not come back.
    #[must_use]
    pub fn words(&self, masking: bool) -> Words {
        let who = self.call(masking);
        let memberships = match self.memberships {
            None => ", memberships".to_owned(),
            Some(0) => String::new(),
            Some(1) => ", 1 membership".to_owned(),
            Some(count) => format!(", {count} memberships"),
        };
        Words {
            verb: "restore",
            question: format!("Restore {who}"),
            now: format!("a new user with the same identifiers, names, metadata{memberships}"),
            kept: self.lost.to_string(),
            undo: "d deletes the new user".to_owned(),
            short: "new…",
            doing: "restoring …",
            done: format!("Restored {who} as a new user."),
            failed: format!("{who} was not restored"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::{ExternalAccount, Passkey};

    #[test]
    fn what_is_lost_is_what_there_was() {
        let plain = User::default();
        assert_eq!(Lost::of(&plain).to_string(), "user id, sessions, verification history");
        let rich = User {
            password_enabled: true,
            totp_enabled: true,
            backup_code_enabled: true,
            passkeys: vec![Passkey::default(), Passkey::default()],
            external_accounts: vec![ExternalAccount::default()],
            has_image: true,
            ..User::default()
        };
        let words = "user id, password, authenticator, backup codes, 2 passkeys, 1 connected account, picture, \
                     sessions, verification history";
        assert_eq!(Lost::of(&rich).to_string(), words);
        let keyed = User { has_image: true, passkeys: vec![Passkey::default()], ..User::default() };
        let together = Lost::together([&Lost::of(&keyed), &Lost::of(&plain), &Lost::of(&rich)]);
        assert_eq!(together.to_string(), words.replace("2 passkeys", "3 passkeys"));
        assert_eq!(Lost::together([]), Lost::of(&plain));
    }
}
