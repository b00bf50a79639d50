//! The invitations to an organization, one a row.

use super::noted;
use crate::{
    app::{Action, SlotId, dialog::InvitationsPane},
    clerk::model::{InvitationStatus, OrganizationInvitation},
    ui::{failure, paint::Canvas, row_of, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Where an address begins, behind the cursor.
const CURSOR: u16 = 2;
/// Room for the role, where there is room for both.
const ROLE: u16 = 13;
/// An address has so much room before the role has any.
const ADDRESS: u16 = 28;
/// Room for where it stands.
const STATUS: u16 = 9;
/// Room for the age at the right edge.
const MADE: u16 = 6;
/// As the contract has it.
const NOTE: &str = "Clerk does not list those that a domain of the organization has made.";

pub(super) fn draw(view: &View<'_>, pane: &InvitationsPane, area: Rect, canvas: &mut Canvas<'_>) {
    let count = pane.found().value().map(|page| usize::try_from(page.total_count).unwrap_or(usize::MAX));
    let list = noted::draw_frame(view, title(pane), count, NOTE, area, canvas);
    draw_list(view, pane, list, canvas);
}

/// `Pending invitations to Acme`.
fn title(pane: &InvitationsPane) -> Shown<'static> {
    let which = match pane.status() {
        None => "Invitations to ",
        Some(InvitationStatus::Pending) => "Pending invitations to ",
        Some(InvitationStatus::Accepted) => "Accepted invitations to ",
        Some(InvitationStatus::Revoked) => "Revoked invitations to ",
        Some(InvitationStatus::Expired) => "Expired invitations to ",
        Some(InvitationStatus::Other(_)) => "Some invitations to ",
    };
    Shown::join(&[&Shown::fixed(which), &Shown::foreign(&*pane.place().name)])
}

fn draw_list(view: &View<'_>, pane: &InvitationsPane, area: Rect, canvas: &mut Canvas<'_>) {
    match (pane.found().value(), pane.found().failure()) {
        (_, Some(cause)) => failure::draw(view, "The invitations could not be read.", cause, area, canvas),
        (None, None) => {
            noted::draw_wait(view, SlotId::OrganizationInvitations, "Reading the invitations …", area, canvas);
        }
        (Some(found), None) if found.data.is_empty() => {
            let keys = [view.key(Action::InviteUser), view.key(Action::Narrow)];
            let words = Shown::join(&[
                &Shown::fixed("There are none. "),
                &keys[0],
                &Shown::fixed(" invites somebody, "),
                &keys[1],
                &Shown::fixed(" shows others."),
            ]);
            noted::draw_nothing(view, &words, area, canvas);
        }
        (Some(_), None) => draw_rows(view, pane, area, canvas),
    }
}

fn draw_rows(view: &View<'_>, pane: &InvitationsPane, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let whole = area.width.saturating_sub(CURSOR + STATUS + MADE);
    let role_width = if whole >= ADDRESS + ROLE { ROLE } else { 0 };
    let room = whole - role_width;
    let (role, status) = (CURSOR + room, CURSOR + whole);
    let heads = row_of(area, 0);
    for (x, width, words) in [(CURSOR, room, "invited"), (role, role_width, "role"), (status, STATUS, "status")] {
        canvas.put(heads.x + x, heads.y, width, &Shown::fixed(words), theme.dim);
    }
    canvas.put_right(heads.x, heads.y, heads.width, &Shown::fixed("made"), theme.dim);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let first = super::first_row(pane.cursor(), usize::from(rows.height));
    for (y, (index, it)) in (rows.y..rows.bottom()).zip(pane.rows().iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..rows };
        canvas.put(row.x + CURSOR, y, room.saturating_sub(2), &view.personal(&it.email_address), theme.plain);
        canvas.put(row.x + role, y, role_width.saturating_sub(2), &role_of(it), theme.plain);
        canvas.put(row.x + status, y, STATUS, &status_of(it), theme.dim);
        canvas.put_right(row.x, y, row.width, &view.when.age(it.created_at), theme.dim);
        if index == pane.cursor() {
            canvas.put(row.x, y, 1, &Shown::fixed("›"), theme.accent);
            canvas.restyle(row, theme.cursor);
            canvas.place_cursor(row.x, y);
        }
    }
}

/// The role's name, else its key without the prefix.
fn role_of(it: &OrganizationInvitation) -> Shown<'_> {
    let key = it.role.strip_prefix("org:").unwrap_or(&it.role);
    Shown::foreign(if it.role_name.is_empty() { key } else { &it.role_name })
}

fn status_of(it: &OrganizationInvitation) -> Shown<'_> {
    it.status.as_ref().map_or_else(Shown::default, |status| Shown::foreign(status.as_str()))
}
