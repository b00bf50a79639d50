//! What is printed of users and what belongs to them.

use crate::{
    app::{Identifier, Known, Standing},
    clerk::model::{
        InvitationStatus, OrganizationInvitation, OrganizationMembership, Received, Session, Timestamp, User,
    },
    cli::form::{Cell, Paper, Row},
};
use serde_json::Value;
use std::{borrow::Cow, io};

/// A user.
pub(in crate::cli) struct UserRow(Known);

impl UserRow {
    /// As of now.
    pub(in crate::cli) fn new(user: Received<User>) -> Self {
        Self(Known::new(user, now()))
    }

    pub(in crate::cli) fn known(&self) -> &Known {
        &self.0
    }
}

/// What is told of a user as a JSON object, with their `user_id` in it.
pub(super) struct JsonRow(pub(super) Value);

impl Row for JsonRow {
    const HEADS: &'static [&'static str] = &["user"];

    fn id(&self) -> &str {
        self.0["user_id"].as_str().unwrap_or_default()
    }

    fn cells(&self, _: &Paper) -> Vec<Cell<'_>> {
        vec![Cell::new(self.id())]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        Ok(self.0.to_string().into())
    }
}

pub(in crate::cli) fn now() -> Timestamp {
    Timestamp::from(jiff::Timestamp::now())
}

/// `banned`, `locked`, or nothing: most are fine.
pub(super) fn state_of(known: &Known, paper: &Paper) -> Cell<'static> {
    match known.standing(paper.now) {
        Standing::Banned => Cell::styled("banned", paper.theme.banned),
        Standing::Locked(_) => Cell::styled("locked", paper.theme.locked),
        Standing::Fine => Cell::default(),
    }
}

impl Row for UserRow {
    const HEADS: &'static [&'static str] = &["id", "identifier", "name", "created", "active", "state"];
    const SPARE: &'static [&'static str] = &["active", "created"];

    fn id(&self) -> &str {
        self.0.id.as_str()
    }

    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
        let Self(known) = self;
        let identifier = Identifier::of(known).map(|identifier| identifier.as_str().to_owned());
        vec![
            Cell::new(known.id.as_str()),
            Cell::new(identifier.unwrap_or_default()),
            Cell::new(known.full_name().unwrap_or_default()),
            paper.moment(Some(known.created_at)),
            paper.moment(known.last_active_at),
            state_of(known, paper),
        ]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        Ok(self.0.raw().into())
    }
}

/// Where a user belongs.
impl Row for OrganizationMembership {
    const HEADS: &'static [&'static str] = &["organization", "name", "slug", "role", "since"];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
        vec![
            Cell::new(self.organization.id.as_str()),
            Cell::new(&*self.organization.name),
            Cell::new(&*self.organization.slug),
            Cell::new(&*self.role),
            paper.moment(Some(self.created_at)),
        ]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        Ok(serde_json::to_string(self)?.into())
    }
}

impl Row for OrganizationInvitation {
    const HEADS: &'static [&'static str] = &["invitation", "organization", "name", "role", "created", "status"];

    fn id(&self) -> &str {
        &self.id
    }

    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
        let organization = self.public_organization_data.as_ref();
        vec![
            Cell::new(&*self.id),
            organization.map(|it| it.id.as_str()).into(),
            organization.map(|it| it.name.as_str()).into(),
            Cell::new(&*self.role),
            paper.moment(Some(self.created_at)),
            self.status.as_ref().map(InvitationStatus::as_str).into(),
        ]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        Ok(serde_json::to_string(self)?.into())
    }
}

impl Row for Session {
    const HEADS: &'static [&'static str] = &["session", "status", "device", "place", "active", "expires"];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
        vec![
            Cell::new(self.id.as_str()),
            Cell::new(self.status.as_str()),
            Cell::new(self.device()),
            Cell::new(self.place()),
            paper.moment(Some(self.last_active_at)),
            paper.moment(Some(self.expire_at)),
        ]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        Ok(serde_json::to_string(self)?.into())
    }
}
