//! What can be done with a password or a code that was typed.

use super::{About, NO_UNDO, Words};
use crate::app::{person::Known, secret::Secret};

/// Something that needs a password or a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordAct {
    /// Give the user this password.
    Set(Secret),
    /// Ask whether this is the user's password.
    Verify(Secret),
    /// Ask whether this code of the authenticator application, or this backup code, is right.
    VerifyCode(Secret),
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
            Self::Set(_) => Words {
                verb: "set",
                question: format!("Give {who} the typed password"),
                now: "signs in with it; the former password is gone".to_owned(),
                kept: "open sessions, every other way to sign in".to_owned(),
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
