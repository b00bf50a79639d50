//! Links that let somebody in: to act in a user's place, or for the user to sign in once; and their end.

use super::{About, NO_UNDO, Words};
use std::time::Duration;

/// How long a link to act in a user's place can be used.
pub const IMPERSONATION_LINK: Duration = Duration::from_mins(10);
/// How long the session lasts at most that it opens.
pub const IMPERSONATION_SESSION: Duration = Duration::from_mins(30);
/// How long a link for the user to sign in can be used.
pub const SIGN_IN_LINK: Duration = Duration::from_hours(24);

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkKind {
    /// To act in a user's place.
    Impersonation,
    /// For the user to sign in once.
    SignIn,
}

/// Something that lets somebody in, or no longer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccessAct {
    /// Make a link with which somebody acts in the user's place.
    Impersonate {
        /// Who acts, as the session will tell.
        actor: String,
    },
    /// End that: take the link back, and end every session that the actor has opened as the user.
    EndImpersonation {
        /// Clerk's id of the link; none when it is not known any more.
        link: Option<String>,
        /// Whose sessions.
        actor: String,
    },
    /// Make a link with which the user signs in once.
    LinkSignIn,
    /// Take such a link back.
    RevokeSignInLink {
        /// Clerk's id of it.
        link: String,
    },
}

impl AccessAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Impersonate { .. } => "impersonate",
            Self::EndImpersonation { .. } => "end_impersonation",
            Self::LinkSignIn => "create_sign_in_link",
            Self::RevokeSignInLink { .. } => "revoke_sign_in_link",
        }
    }

    pub(super) fn part(&self) -> Option<&str> {
        match self {
            Self::Impersonate { actor } => Some(actor),
            Self::EndImpersonation { link, actor } => Some(link.as_deref().unwrap_or(actor)),
            Self::LinkSignIn => None,
            Self::RevokeSignInLink { link } => Some(link),
        }
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        let who = about.who;
        match self {
            Self::Impersonate { actor } => Words {
                verb: "make a link",
                question: format!("Impersonate {who}"),
                now: format!(
                    "makes a link; whoever opens it is signed in as {who} and can do all that {who} can. It works once, \
                     within {}",
                    minutes(IMPERSONATION_LINK)
                ),
                kept: format!(
                    "{who} stays signed in; the session tells of {actor}, and ends within {}",
                    minutes(IMPERSONATION_SESSION)
                ),
                undo: "i again takes the link back, and ends the session once it was used".to_owned(),
                short: "link…",
                doing: "making a link …",
                done: format!("Made a link to impersonate {who}."),
                failed: format!("No link to impersonate {who} was made"),
            },
            Self::EndImpersonation { actor, .. } => Words {
                verb: "end it",
                question: format!("End the impersonation of {who}"),
                now: format!("the link stops working; sessions as {who} in which {actor} acts end"),
                kept: format!("the sessions that {who} has opened"),
                undo: format!("{NO_UNDO}; i makes a new link"),
                short: "end…",
                doing: "ending the impersonation …",
                done: format!("Ended the impersonation of {who}."),
                failed: format!("The impersonation of {who} has not ended"),
            },
            Self::LinkSignIn => Words {
                verb: "make a link",
                question: format!("Make a sign-in link for {who}"),
                now: format!("whoever opens it is signed in as {who}. It works once, within a day"),
                kept: "password, second factors and open sessions".to_owned(),
                undo: "the link can be taken back while nobody has used it".to_owned(),
                short: "link…",
                doing: "making a link …",
                done: format!("Made a sign-in link for {who}."),
                failed: format!("No sign-in link for {who} was made"),
            },
            Self::RevokeSignInLink { .. } => Words {
                verb: "take back",
                question: format!("Take the sign-in link of {who} back"),
                now: "the link stops working".to_owned(),
                kept: "a session that was opened with it goes on".to_owned(),
                undo: format!("{NO_UNDO}; a new link can be made"),
                short: "link…",
                doing: "taking the link back …",
                done: format!("Took the sign-in link of {who} back."),
                failed: format!("The sign-in link of {who} was not taken back"),
            },
        }
    }
}

fn minutes(duration: Duration) -> String {
    format!("{} min", duration.as_secs() / 60)
}

/// What is said of an impersonation that has ended: whether its link was still unused, and how many sessions it was.
#[must_use]
pub fn ended_words(who: &str, link_revoked: bool, sessions: usize) -> String {
    match (link_revoked, sessions) {
        (true, 0) => format!("Took the link to impersonate {who} back: nobody has used it."),
        (false, 0) => format!("No session as {who} was open, and no link unused."),
        (_, 1) => format!("Ended the impersonation of {who}: 1 session."),
        (_, count) => format!("Ended the impersonation of {who}: {count} sessions."),
    }
}
