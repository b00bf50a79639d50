//! What can be done to a user's picture.

use super::{About, NO_UNDO, Words};
use crate::app::person::Known;
use std::fmt;

/// What a file is that is to be uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The kind of picture, by its first bytes: `image/png`.
    pub content_type: &'static str,
    /// How large it is.
    pub bytes: u64,
}

impl fmt::Display for Picture {
    /// Its kind and size: `PNG, 34 KB`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.content_type {
            "image/webp" => "WebP".to_owned(),
            other => other.trim_start_matches("image/").to_uppercase(),
        };
        write!(formatter, "{kind}, {} KB", self.bytes.div_ceil(1024))
    }
}

/// Something that can be done to a user's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageAct {
    /// Show the picture in this file.
    Set {
        /// Where the file is, as it was typed.
        path: String,
        /// What is in it.
        picture: Picture,
    },
    /// Take the uploaded picture away.
    Delete,
}

impl ImageAct {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Set { .. } => "set_profile_image",
            Self::Delete => "delete_profile_image",
        }
    }

    pub(super) fn part(&self) -> Option<String> {
        match self {
            Self::Set { path, .. } => Some(path.clone()),
            Self::Delete => None,
        }
    }

    pub(super) fn already(&self, known: &Known) -> Option<&'static str> {
        match self {
            Self::Delete => (!known.has_image).then_some("There is no uploaded picture."),
            Self::Set { .. } => None,
        }
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        let (who, has_image) = (about.who, about.known.has_image);
        match self {
            Self::Set { path, picture } => Words {
                verb: "upload",
                question: format!("Give {who} the picture in {path}"),
                now: format!(
                    "{picture}; {}",
                    if has_image { "takes the place of the present picture" } else { "is shown wherever they are" }
                ),
                kept: "everything else".to_owned(),
                undo: format!("{NO_UNDO}; a former picture does not come back"),
                short: "pic…",
                doing: "uploading a picture …",
                done: format!("Gave {who} a picture."),
                failed: format!("{who} was given no picture"),
            },
            Self::Delete => Words {
                verb: "remove",
                question: format!("Remove the picture of {who}"),
                now: "Clerk shows one with their initials instead".to_owned(),
                kept: "everything else".to_owned(),
                undo: format!("{NO_UNDO}; it would have to be uploaded again"),
                short: "pic…",
                doing: "removing the picture …",
                done: format!("Removed the picture of {who}."),
                failed: format!("The picture of {who} was not removed"),
            },
        }
    }
}
