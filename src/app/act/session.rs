//! What can be done to one session.

use super::{About, NO_UNDO, Words};
use crate::clerk::model::SessionId;

/// Something that can be done to one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionAct {
    /// End it.
    Revoke {
        /// Which.
        id: SessionId,
        /// Where it is, for people: browser and place. As it came, unsafe to print.
        place: String,
    },
}

impl SessionAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Revoke { .. } => "revoke_session",
        }
    }

    pub(super) fn id(&self) -> &SessionId {
        match self {
            Self::Revoke { id, .. } => id,
        }
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        let Self::Revoke { place, .. } = self;
        let who = about.who;
        Words {
            verb: "sign out",
            question: format!("Sign {who} out of {place}"),
            now: "this session ends".to_owned(),
            kept: "every other session; can sign in again at once".to_owned(),
            undo: format!("{NO_UNDO}; an ended session does not come back"),
            short: "out…",
            doing: "signing out of a session …",
            done: format!("Signed {who} out of {place}."),
            failed: format!("The session of {who} did not end"),
        }
    }
}
