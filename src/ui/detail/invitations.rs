//! The invitations tab: the organizations that a user is invited to, and all about the chosen invitation.

use super::{
    Row, moment,
    rows::{CURSOR, Column, Tabular, Words},
    text,
};
use crate::{
    app::SlotId,
    clerk::model::{InvitationStatus, OrganizationInvitation, PublicInviterData},
    ui::{paint::Piece, text::Shown, view::View},
};

/// Room for where it stands.
const STATUS: u16 = 9;
/// Room for the age at the right edge.
const MADE: u16 = 6;

/// How invitations are shown.
pub(super) struct InvitationsTab<'a>(pub(super) &'a View<'a>);

impl InvitationsTab<'_> {
    /// Which invitations the tab shows: `invitations`, `pending invitations`.
    fn which(&self) -> Shown<'static> {
        match self.0.app.detail().invitation_status() {
            Some(status) => Shown::foreign(format!("{} invitations", status.as_str())),
            None => Shown::fixed("invitations"),
        }
    }
}

impl Tabular for InvitationsTab<'_> {
    type Item = OrganizationInvitation;

    fn columns(&self, width: u16) -> Vec<Column> {
        let room = width.saturating_sub(CURSOR + STATUS + MADE);
        let role = room * 2 / 5;
        let organization = room - role;
        let column = |head, x: u16, width: u16| Column { head, x: CURSOR + x, width, right: false };
        vec![
            column(self.which(), 0, organization.saturating_sub(2)),
            column(Shown::fixed("role"), organization, role.saturating_sub(2)),
            column(Shown::fixed("status"), room, STATUS),
            Column { head: Shown::fixed("made"), x: CURSOR + room + STATUS, width: MADE, right: true },
        ]
    }

    fn cells<'item>(&self, invitation: &'item OrganizationInvitation) -> Vec<Piece<'item>> {
        let theme = self.0.theme;
        let over = invitation.status.as_ref().is_some_and(|status| *status != InvitationStatus::Pending);
        vec![
            (organization(invitation), theme.plain),
            (role(invitation), theme.plain),
            (status(invitation), if over { theme.dim } else { theme.plain }),
            (self.0.when.age(invitation.created_at), theme.dim),
        ]
    }

    fn facts<'item>(&self, invitation: &'item OrganizationInvitation, _: u16) -> Vec<Row<'item>> {
        let (view, theme) = (self.0, self.0.theme);
        let dim = |text| Some((text, theme.dim));
        let id = invitation.organization_id.as_ref().map(|id| Shown::short_id(id.as_str()));
        let slug = invitation.public_organization_data.as_ref().map_or("", |data| &*data.slug);
        vec![
            Row { fact: id.and_then(dim), ..text(view, "Organization", Shown::foreign(slug)) },
            Row { fact: dim(Shown::foreign(&*invitation.role)), ..text(view, "Role", role(invitation)) },
            text(view, "Invited", view.personal(&invitation.email_address)),
            text(view, "By", inviter(invitation)),
            moment(view, "Made", Some(invitation.created_at)),
            expiry(view, invitation),
            Row { label: "Id", value: (Shown::foreign(&*invitation.id), theme.dim), fact: None },
        ]
    }

    fn words(&self) -> Words {
        let which = self.which();
        Words {
            slot: SlotId::Invitations,
            reading: "reading invitations",
            none: Shown::join(&[&Shown::fixed("No "), &which, &Shown::fixed(".")]),
            failed: "The invitations could not be read.",
        }
    }
}

/// The organization's name, else its id.
fn organization(invitation: &OrganizationInvitation) -> Shown<'_> {
    let name = invitation.public_organization_data.as_ref().map(|data| &*data.name).filter(|name| !name.is_empty());
    let id = invitation.organization_id.as_ref().map(|id| Shown::short_id(id.as_str()));
    name.map(Shown::foreign).or(id).unwrap_or_default()
}

/// The role's name, else its key without the prefix.
fn role(invitation: &OrganizationInvitation) -> Shown<'_> {
    let key = invitation.role.strip_prefix("org:").unwrap_or(&invitation.role);
    Shown::foreign(if invitation.role_name.is_empty() { key } else { &invitation.role_name })
}

fn status(invitation: &OrganizationInvitation) -> Shown<'_> {
    invitation.status.as_ref().map_or_else(Shown::default, |status| Shown::foreign(status.as_str()))
}

/// Who has invited: by name, else by what they sign in by, else by id.
fn inviter(invitation: &OrganizationInvitation) -> Shown<'_> {
    let name = |data: &PublicInviterData| {
        let names = [data.first_name.as_deref(), data.last_name.as_deref()];
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if name.is_empty() { data.identifier.clone() } else { name }
    };
    let named = invitation.public_inviter_data.as_ref().map(name).filter(|name| !name.is_empty());
    let id = invitation.inviter_id.as_ref().map(|id| Shown::foreign(id.as_str()));
    named.map(Shown::foreign).or(id).unwrap_or_else(|| Shown::fixed("the server"))
}

fn expiry(view: &View<'_>, invitation: &OrganizationInvitation) -> Row<'static> {
    match invitation.expires_at {
        Some(end) => text(view, "Expires", view.when.minute(end)),
        None => text(view, "Expires", Shown::fixed("never")),
    }
}
