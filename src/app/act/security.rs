//! What can be done to what a user signs in with.

use super::{About, NO_UNDO, Words};
use crate::app::person::Known;
use strum::{EnumIter, IntoStaticStr};

/// Something that can be done to what a user signs in with. The names are those of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum SecurityAct {
    /// Remove the password.
    RemovePassword,
    /// Let the next sign-in ask for another password.
    SetPasswordCompromised,
    /// Take that back.
    UnsetPasswordCompromised,
    /// Remove every second factor.
    DisableMfa,
    /// Remove the authenticator application.
    DeleteTotp,
    /// Remove the backup codes.
    DeleteBackupCodes,
    /// Remove a passkey.
    DeletePasskey(Part),
    /// Remove a wallet.
    DeleteWeb3Wallet(Part),
    /// Remove a connected account, such as one at Google.
    DeleteExternalAccount(Part),
    /// Take the trust in a device back.
    RevokeTrustedDevice(Part),
}

/// One of several things of a kind that a user has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Clerk's id of it.
    pub id: String,
    /// What a person calls it. As it came, unsafe to print.
    pub name: String,
}

impl SecurityAct {
    pub(super) fn name(&self) -> &'static str {
        self.into()
    }

    pub(super) fn part(&self) -> Option<&str> {
        match self {
            Self::DeletePasskey(part)
            | Self::DeleteWeb3Wallet(part)
            | Self::DeleteExternalAccount(part)
            | Self::RevokeTrustedDevice(part) => Some(&part.id),
            Self::RemovePassword
            | Self::SetPasswordCompromised
            | Self::UnsetPasswordCompromised
            | Self::DisableMfa
            | Self::DeleteTotp
            | Self::DeleteBackupCodes => None,
        }
    }

    pub(super) fn inverse(&self) -> Option<Self> {
        match self {
            Self::SetPasswordCompromised => Some(Self::UnsetPasswordCompromised),
            Self::UnsetPasswordCompromised => Some(Self::SetPasswordCompromised),
            _ => None,
        }
    }

    pub(super) fn already(&self, known: &Known) -> Option<&'static str> {
        match self {
            Self::RemovePassword | Self::SetPasswordCompromised | Self::UnsetPasswordCompromised => {
                (!known.password_enabled).then_some("There is no password.")
            }
            Self::DisableMfa => (!known.two_factor_enabled && !known.totp_enabled && !known.backup_code_enabled)
                .then_some("There is no second factor."),
            Self::DeleteTotp => (!known.totp_enabled).then_some("There is no authenticator application."),
            Self::DeleteBackupCodes => (!known.backup_code_enabled).then_some("There are no backup codes."),
            _ => None,
        }
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        match self {
            Self::RemovePassword | Self::SetPasswordCompromised | Self::UnsetPasswordCompromised => {
                self.words_on_password(about)
            }
            Self::DisableMfa | Self::DeleteTotp | Self::DeleteBackupCodes => self.words_on_second_factors(about),
            Self::DeletePasskey(part) => removal(about, "passkey", part, "cannot sign in with it any more"),
            Self::DeleteWeb3Wallet(part) => removal(about, "wallet", part, "cannot sign in with it any more"),
            Self::DeleteExternalAccount(part) => {
                removal(about, "account", part, "cannot sign in through it any more; its tokens are gone")
            }
            Self::RevokeTrustedDevice(part) => {
                removal(about, "trusted device", part, "it proves nothing any more; has to be enrolled anew")
            }
        }
    }

    fn words_on_password(&self, about: &About<'_>) -> Words {
        let who = about.who;
        match self {
            Self::SetPasswordCompromised => Words {
                verb: "set",
                question: format!("Set the password of {who} as compromised"),
                now: "the next sign-in with it asks for a new one".to_owned(),
                kept: "sessions that are open go on".to_owned(),
                undo: "u takes it back".to_owned(),
                short: "pwd…",
                doing: "setting the password as compromised …",
                done: format!("The password of {who} counts as compromised."),
                failed: format!("The password of {who} was not set as compromised"),
            },
            Self::UnsetPasswordCompromised => Words {
                verb: "unset",
                question: format!("Let {who} keep the password"),
                now: "sign-in takes the password again without asking for a new one".to_owned(),
                kept: "everything else".to_owned(),
                undo: "u sets it as compromised again".to_owned(),
                short: "pwd…",
                doing: "unsetting the password as compromised …",
                done: format!("The password of {who} does not count as compromised."),
                failed: format!("The password of {who} still counts as compromised"),
            },
            _ => Words {
                verb: "remove",
                question: format!("Remove the password of {who}"),
                now: "cannot sign in with a password any more".to_owned(),
                kept: "every other way to sign in; open sessions".to_owned(),
                undo: format!("{NO_UNDO}; only a new password can be set"),
                short: "pwd…",
                doing: "removing the password …",
                done: format!("Removed the password of {who}."),
                failed: format!("The password of {who} was not removed"),
            },
        }
    }

    fn words_on_second_factors(&self, about: &About<'_>) -> Words {
        let who = about.who;
        let (what, now) = match self {
            Self::DeleteTotp => ("authenticator application", "its codes are not taken any more"),
            Self::DeleteBackupCodes => ("backup codes", "none of them is taken any more"),
            _ => ("second factors", "signs in with the first factor alone: no TOTP, backup codes or phone"),
        };
        Words {
            verb: "remove",
            question: format!("Remove the {what} of {who}"),
            now: now.to_owned(),
            kept: "password, identifiers, open sessions".to_owned(),
            undo: format!("{NO_UNDO}; {who} has to set it up anew"),
            short: "mfa…",
            doing: "removing a second factor …",
            done: format!("Removed the {what} of {who}."),
            failed: format!("The {what} of {who}: not removed"),
        }
    }
}

/// The words of removing one of several things of a kind.
fn removal(about: &About<'_>, kind: &'static str, part: &Part, now: &str) -> Words {
    let (who, name) = (about.who, &part.name);
    Words {
        verb: "remove",
        question: format!("Remove the {kind} {name} of {who}"),
        now: now.to_owned(),
        kept: "every other way to sign in; open sessions".to_owned(),
        undo: format!("{NO_UNDO}; {who} has to add it anew"),
        short: "rem…",
        doing: "removing a way to sign in …",
        done: format!("Removed the {kind} {name} of {who}."),
        failed: format!("The {kind} {name} of {who} was not removed"),
    }
}
