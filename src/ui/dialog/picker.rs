//! A picker of organizations: the field, what it finds, and how many there are.

use crate::{
    app::{
        SlotId,
        dialog::{PickedFor, Picker},
    },
    clerk::model::Organization,
    ui::{
        failure, field,
        paint::{Canvas, Piece},
        row_of,
        text::Shown,
        user,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Where the names begin, in cells behind the row's start.
const NAME: u16 = 2;
/// Between two columns.
const GAP: u16 = 2;
/// Room for the members, or for how the user belongs there.
const MEMBERS: u16 = 11;

pub(super) fn draw(view: &View<'_>, picker: &Picker, area: Rect, canvas: &mut Canvas<'_>) {
    let title = match picker.purpose() {
        PickedFor::Join(known) => {
            Shown::join(&[&Shown::fixed("Add "), &user::title(view, known).0, &Shown::fixed(" to")])
        }
        PickedFor::Invite(_) => Shown::fixed("Invite to which organization?"),
        PickedFor::Invitations => Shown::fixed("Invitations to which organization?"),
        PickedFor::Leave => Shown::fixed("Remove the marked from"),
        PickedFor::Filter => Shown::fixed("Members of which organization?"),
    };
    let body = super::draw_frame(view, &(title, view.theme.strong), area, canvas);
    if body.height < 2 {
        return draw_field(view, picker, row_of(body, 0), canvas);
    }
    let rows = Rect { y: body.y + 2, height: body.height.saturating_sub(4), ..body };
    if let Some(cause) = picker.failure() {
        let rows = Rect { height: body.height - 2, ..rows };
        failure::draw(view, "The organizations could not be read.", cause, rows, canvas);
    } else {
        draw_rows(view, picker, (row_of(body, 1), rows), canvas);
        let note = note(view, picker);
        let last = row_of(body, body.height - 1);
        canvas.put(last.x, last.y, last.width, &note, view.theme.dim);
    }
    // Last, so that the terminal's cursor stands in it.
    draw_field(view, picker, row_of(body, 0), canvas);
}

fn draw_field(view: &View<'_>, picker: &Picker, row: Rect, canvas: &mut Canvas<'_>) {
    canvas.put(row.x, row.y, row.width, &Shown::fixed("/"), view.theme.accent);
    let area = Rect { x: row.x + NAME.min(row.width), width: row.width.saturating_sub(NAME), ..row };
    if picker.field().text().is_empty() {
        let hint = Shown::fixed("name, slug or id");
        canvas.put(area.x + 1, area.y, area.width.saturating_sub(1), &hint, view.theme.dim);
    }
    field::draw_focused(view, picker.field(), area, canvas);
}

/// Where a row's columns stand: name, slug, and what is at the right edge.
fn columns(width: u16) -> [(u16, u16); 3] {
    let room = width.saturating_sub(NAME + MEMBERS + GAP);
    let name = room * 3 / 5;
    let slug = NAME + name + GAP.min(room - name);
    [(NAME, name), (slug, (NAME + room).saturating_sub(slug)), (width.saturating_sub(MEMBERS), MEMBERS.min(width))]
}

fn draw_rows(view: &View<'_>, picker: &Picker, (heads, area): (Rect, Rect), canvas: &mut Canvas<'_>) {
    let [name, slug, members] = columns(area.width);
    if picker.rows().is_empty() {
        return;
    }
    for ((x, width), head) in [(name, "organization"), (slug, "slug")] {
        canvas.put(heads.x + x, heads.y, width, &Shown::fixed(head), view.theme.dim);
    }
    canvas.put_right(heads.x + members.0, heads.y, members.1, &Shown::fixed("members"), view.theme.dim);
    let first = super::first_row(picker.cursor(), usize::from(area.height));
    for (y, (index, organization)) in (area.y..area.bottom()).zip(picker.rows().iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..area };
        draw_row(view, picker, organization, row, canvas);
        if index == picker.cursor() {
            canvas.put(row.x, y, 1, &Shown::fixed("›"), view.theme.accent);
            canvas.restyle(row, view.theme.cursor);
        }
    }
    if !picker.is_answered() {
        canvas.restyle(area, view.theme.dim);
    }
}

fn draw_row(view: &View<'_>, picker: &Picker, organization: &Organization, row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let membership = picker.membership(&organization.id);
    let look = if membership.is_some() { theme.dim } else { theme.plain };
    let members: Piece<'_> = match membership {
        Some(_) => (Shown::fixed("is a member"), theme.dim),
        None => (organization.members_count.map_or_else(Shown::default, count), theme.plain),
    };
    let [name, slug, last] = columns(row.width);
    canvas.put(row.x + name.0, row.y, name.1, &Shown::foreign(&*organization.name), look);
    // Without a slug, the id tells apart what is called alike.
    let slug_text = if organization.slug.is_empty() { organization.id.as_str() } else { &organization.slug };
    canvas.put(row.x + slug.0, row.y, slug.1, &Shown::foreign(slug_text), theme.dim);
    canvas.put_right(row.x + last.0, row.y, last.1, &members.0, members.1);
}

fn count(members: i64) -> Shown<'static> {
    Shown::number(u64::try_from(members).unwrap_or(0))
}

/// How many there are, and what to do to see the others; or that they are awaited.
fn note(view: &View<'_>, picker: &Picker) -> Shown<'static> {
    if let Some(spinner) = view.spinner(SlotId::Organizations) {
        return Shown::join(&[&spinner, &Shown::fixed(" reading organizations")]);
    }
    let shown = picker.rows().len() as u64;
    match picker.total() {
        None => Shown::default(),
        Some(0) => Shown::fixed("No organization has that in its name, slug or id."),
        Some(1) => Shown::fixed("1 organization"),
        Some(total) if total <= shown => Shown::join(&[&Shown::number(total), &Shown::fixed(" organizations")]),
        Some(total) => {
            let words = Shown::fixed(": type to narrow them down");
            Shown::join(&[&Shown::number(shown), &Shown::fixed(" of "), &Shown::number(total), &words])
        }
    }
}
