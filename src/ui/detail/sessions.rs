//! The sessions tab: where a user is signed in, and all about the chosen session.

use super::{
    Row, moment,
    rows::{CURSOR, Column, Tabular, Words},
    text,
};
use crate::{
    app::SlotId,
    clerk::model::{Session, SessionActivity, SessionStatus},
    ui::{paint::Piece, text::Shown, user::listed, view::View},
};

/// Room for where it stands, when sessions of any status are shown.
const STATUS: u16 = 10;
/// Room for the age at the right edge.
const ACTIVE: u16 = 6;

/// How sessions are shown.
pub(super) struct SessionsTab<'a>(pub(super) &'a View<'a>);

impl SessionsTab<'_> {
    /// Which sessions the tab shows: `sessions`, `active sessions`.
    fn which(&self) -> Shown<'static> {
        match self.0.app.detail().session_status() {
            Some(status) => Shown::foreign(format!("{} sessions", status.as_str())),
            None => Shown::fixed("sessions"),
        }
    }
}

impl Tabular for SessionsTab<'_> {
    type Item = Session;

    fn columns(&self, width: u16) -> Vec<Column> {
        // Where all stand alike, the head says so.
        let status = if self.0.app.detail().session_status().is_some() { 0 } else { STATUS };
        let room = width.saturating_sub(CURSOR + status + ACTIVE);
        let place = room * 2 / 5;
        let device = room - place;
        let column = |head, x: u16, width: u16| Column { head, x: CURSOR + x, width, right: false };
        vec![
            column(self.which(), 0, device.saturating_sub(2)),
            column(Shown::fixed("place"), device, place.saturating_sub(2)),
            column(Shown::fixed(if status > 0 { "status" } else { "" }), room, status),
            Column { head: Shown::fixed("active"), x: CURSOR + room + status, width: ACTIVE, right: true },
        ]
    }

    fn cells<'item>(&self, session: &'item Session) -> Vec<Piece<'item>> {
        let theme = self.0.theme;
        let over = !matches!(session.status, SessionStatus::Active | SessionStatus::Pending);
        vec![
            (device(session), theme.plain),
            (self.0.personal_owned(session.place()), theme.plain),
            (Shown::foreign(session.status.as_str()), if over { theme.dim } else { theme.plain }),
            (self.0.when.age(session.last_active_at), theme.dim),
        ]
    }

    fn facts<'item>(&self, session: &'item Session, _: u16) -> Vec<Row<'item>> {
        let (view, theme) = (self.0, self.0.theme);
        let activity = session.latest_activity.as_ref();
        let word = |of: fn(&SessionActivity) -> Option<&String>| {
            Shown::foreign(activity.and_then(of).map(String::as_str).unwrap_or_default())
        };
        let address = activity.and_then(|activity| activity.ip_address.as_deref()).unwrap_or_default();
        let address = view.personal(address);
        let kind = activity.map(|activity| Shown::fixed(if activity.is_mobile { "mobile" } else { "desktop" }));
        let fact = |fact: Shown<'item>| Some((fact, theme.dim));
        let status = text(view, "Status", Shown::foreign(session.status.as_str()));
        let tasks = session.tasks.iter().flatten().map(|task| Shown::foreign(&*task.key)).collect::<Vec<_>>();
        let name = word(|activity| activity.browser_name.as_ref());
        let version = word(|activity| activity.browser_version.as_ref());
        let browser = if version.is_empty() { name } else { Shown::join(&[&name, &Shown::fixed(" "), &version]) };
        let device = word(|activity| activity.device_type.as_ref());
        let mut rows = vec![
            Row { fact: actor(session).and_then(fact), ..status },
            text(view, "Has to", listed(&tasks)),
            text(view, "Browser", browser),
            Row { fact: kind.and_then(fact), ..text(view, "Device", device) },
            Row { fact: fact(address), ..text(view, "Place", view.personal_owned(session.place())) },
            moment(view, "Signed in", Some(session.created_at)),
            moment(view, "Active", Some(session.last_active_at)),
        ];
        if matches!(session.status, SessionStatus::Active | SessionStatus::Pending) {
            rows.push(text(view, "Expires", view.when.minute(session.expire_at)));
            rows.push(text(view, "Abandoned", view.when.minute(session.abandon_at)));
        }
        let organization = session.last_active_organization_id.as_ref();
        rows.push(text(view, "Organization", Shown::foreign(organization.map_or("", |id| id.as_str()))));
        rows.push(text(view, "Client", Shown::foreign(&*session.client_id)));
        rows.push(text(view, "Id", Shown::foreign(session.id.as_str())));
        rows
    }

    fn words(&self) -> Words {
        let which = self.which();
        Words {
            slot: SlotId::Sessions,
            reading: "reading sessions",
            none: Shown::join(&[&Shown::fixed("No "), &which, &Shown::fixed(".")]),
            failed: "The sessions could not be read.",
        }
    }
}

/// What it runs on, else its id.
fn device(session: &Session) -> Shown<'static> {
    let device = session.device();
    if device.is_empty() { Shown::short_id(session.id.as_str()) } else { Shown::foreign(device) }
}

/// Who acts in the user's place.
fn actor(session: &Session) -> Option<Shown<'_>> {
    let subject = session.actor.as_ref()?.get("sub")?.as_str()?;
    Some(Shown::join(&[&Shown::fixed("acted by "), &Shown::foreign(subject)]))
}
