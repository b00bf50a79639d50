//! What can be done with a password or a code that was typed.

use super::{About, NO_UNDO, Words};
use crate::app::{new_user::TypedPassword, person::Known, secret::Secret};

/// A password to give to a user who exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPassword {
    /// The password.
    pub password: TypedPassword,
    /// Whether Clerk shall take it although it is short, or known from a breach. There is nothing to check of a digest.
    pub skip_checks: bool,
    /// Whether the user is signed out everywhere.
    pub sign_out: bool,
}

/// Something that needs a password or a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordAct {
    /// Give the user this password.
    Set(SetPassword),
    /// Ask whether this is the user's password.
    Verify(Secret),
    /// Ask whether this code of the authenticator application, or this backup code, is right.
    VerifyCode(Secret),
}

impl SetPassword {
    /// What happens at once.
    fn now(&self) -> String {
        let mut now = match &self.password {
            TypedPassword::Plain(_) => "signs in with it; the former password is gone".to_owned(),
            TypedPassword::Digest { hasher, .. } => {
                format!("signs in with what the {} digest was made of; the former password is gone", hasher.as_str())
            }
        };
        if self.sign_out {
            now.push_str("; signed out everywhere");
        }
        if self.skip_checks && matches!(self.password, TypedPassword::Plain(_)) {
            now.push_str("; Clerk does not look whether it is short or known from a breach");
        }
        now
    }
}

impl PasswordAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Set(_) => "set_password",
            Self::Verify(_) => "verify_password",
            Self::VerifyCode(_) => "verify_totp",
        }
    }

    pub(super) fn already(&self, known: &Known) -> Option<&'static str> {
        match self {
            Self::Verify(_) => (!known.password_enabled).then_some("There is no password."),
            Self::VerifyCode(_) => (!known.totp_enabled && !known.backup_code_enabled)
                .then_some("There is no authenticator application, and there are no backup codes."),
            Self::Set(_) => None,
        }
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        let who = about.who;
        match self {
            Self::Set(set) => Words {
                verb: "set",
                question: format!("Give {who} the typed password"),
                now: set.now(),
                kept: if set.sign_out {
                    "every other way to sign in"
                } else {
                    "open sessions, every other way to sign in"
                }
                .to_owned(),
                undo: format!("{NO_UNDO}; nobody knows the former password"),
                short: "pwd…",
                doing: "setting the password …",
                done: format!("Set the password of {who}."),
                failed: format!("The password of {who} was not set"),
            },
            Self::Verify(_) => Words {
                verb: "verify",
                question: format!("Compare with the password of {who}"),
                now: "Clerk says whether the typed password is theirs".to_owned(),
                kept: "everything: nothing is changed".to_owned(),
                undo: format!("{NO_UNDO} is needed"),
                short: "chk…",
                doing: "verifying the password …",
                done: format!("Right: that is the password of {who}."),
                failed: format!("That is not known to be the password of {who}"),
            },
            Self::VerifyCode(_) => Words {
                verb: "verify",
                question: format!("Verify the typed code of {who}"),
                now: "Clerk says whether the code is right; a backup code is used up by it".to_owned(),
                kept: "everything else".to_owned(),
                undo: format!("{NO_UNDO}; a used backup code does not come back"),
                short: "chk…",
                doing: "verifying a code …",
                done: format!("Right: that is a code of {who}."),
                failed: format!("That is not known to be a code of {who}"),
            },
        }
    }
}
