//! A link that lets somebody in, masked until it is asked for.

use crate::{
    app::{
        act::LinkKind,
        person::Known,
        secret::{SHOWN_FOR, Secret},
    },
    clerk::model::Timestamp,
};
use std::sync::Arc;

/// A link that lets somebody in as a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Clerk's id of the token in it.
    pub id: String,
    /// Where it leads.
    pub url: Secret,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// A link that is open.
#[derive(Clone, Debug)]
pub struct LinkView {
    known: Arc<Known>,
    kind: LinkKind,
    link: Link,
    shown_at: Option<Timestamp>,
}

impl LinkView {
    /// The link as a user, masked.
    #[must_use]
    pub fn of(known: Arc<Known>, kind: LinkKind, link: Link) -> Self {
        Self { known, kind, link, shown_at: None }
    }

    /// Who is signed in with it.
    #[must_use]
    pub fn known(&self) -> &Arc<Known> {
        &self.known
    }

    /// What it is for.
    #[must_use]
    pub fn kind(&self) -> LinkKind {
        self.kind
    }

    /// The link.
    #[must_use]
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// Whether it is to be seen.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.shown_at.is_some()
    }

    /// Shows it, or masks it.
    pub fn toggle(&mut self, now: Timestamp) {
        self.shown_at = if self.is_shown() { None } else { Some(now) };
    }

    /// Masks it.
    pub fn mask(&mut self) {
        self.shown_at = None;
    }

    /// When it is masked again by itself.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.shown_at.map(|shown_at| shown_at.plus(SHOWN_FOR))
    }

    /// Masks it, if its time is up.
    pub fn expire(&mut self, now: Timestamp) {
        if self.due().is_some_and(|due| due <= now) {
            self.shown_at = None;
        }
    }
}
