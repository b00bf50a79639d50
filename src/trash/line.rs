//! The lines of the files.

use super::UserCopy;
use crate::clerk::model::{Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A user of an instance. Ids alone are not enough: an emulator can invent the same ones again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Whose {
    /// The API's host and port.
    pub host: String,
    /// The id that the user had.
    pub user: UserId,
}

/// What is written down. Of what is said of one user, the latest holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The user is about to be deleted, and was so.
    Copy(Box<UserCopy>),
    /// The user was not deleted after all.
    Withdrawn {
        /// Of whom the copy is.
        #[serde(flatten)]
        whose: Whose,
        /// When that was known: a copy that was made later stands.
        at: Timestamp,
    },
    /// A new user was made from the copy.
    Restored {
        /// Of whom the copy is.
        #[serde(flatten)]
        whose: Whose,
        /// The new user.
        restored_as: UserId,
        /// When.
        at: Timestamp,
    },
}

impl Line {
    /// Whom it is about.
    #[must_use]
    pub fn whose(&self) -> Whose {
        match self {
            Self::Copy(copy) => copy.whose(),
            Self::Withdrawn { whose, .. } | Self::Restored { whose, .. } => whose.clone(),
        }
    }

    /// When it was so.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Copy(copy) => copy.at,
            Self::Withdrawn { at, .. } | Self::Restored { at, .. } => *at,
        }
    }

    /// As it is written, with its end.
    ///
    /// # Errors
    ///
    /// When it cannot be written as JSON.
    pub(super) fn to_bytes(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec(self)?;
        // The user is written as it came. Between its tokens an end of line means nothing; within texts there is none.
        for byte in &mut bytes {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// What a line says; none where it is torn, or of a later version.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
