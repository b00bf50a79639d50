//! The recovery copies, one a row: who, what is to be known of it, and when they were deleted.

use super::noted;
use crate::{
    app::{Action, Deleted, SlotId, dialog::TrashPane},
    ui::{failure, paint::Canvas, row_of, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Where a name begins, behind the cursor.
const CURSOR: u16 = 2;
/// Room for how old a copy is, at the right edge.
const AGE: u16 = 9;
/// Room for what is to be known of it, before that.
const STATE: u16 = 10;
const NOTE: &str = "Kept on this machine for 30 days. A new user is made of a copy; it is not the same user.";

pub(super) fn draw(view: &View<'_>, pane: &TrashPane, area: Rect, canvas: &mut Canvas<'_>) {
    let list = noted::draw_frame(
        view,
        Shown::fixed("Copies of the deleted"),
        pane.copies().value().map(Vec::len),
        NOTE,
        area,
        canvas,
    );
    draw_list(view, pane, list, canvas);
}

fn draw_list(view: &View<'_>, pane: &TrashPane, area: Rect, canvas: &mut Canvas<'_>) {
    match (pane.copies().value(), pane.copies().failure()) {
        (_, Some(cause)) => failure::draw(view, "The copies could not be read.", cause, area, canvas),
        (None, None) => noted::draw_wait(view, SlotId::Trash, "Reading the copies …", area, canvas),
        (Some(copies), None) if copies.is_empty() => {
            let words = Shown::join(&[
                &Shown::fixed("Nobody who was deleted from here is kept. "),
                &view.key(Action::Delete),
                &Shown::fixed(" deletes a user."),
            ]);
            noted::draw_nothing(view, &words, area, canvas);
        }
        (Some(copies), None) => draw_copies(view, pane, copies, area, canvas),
    }
}

fn draw_copies(view: &View<'_>, pane: &TrashPane, copies: &[Deleted], area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let room = area.width.saturating_sub(CURSOR + STATE + AGE);
    let heads = row_of(area, 0);
    canvas.put(heads.x + CURSOR, heads.y, room, &Shown::fixed("user"), theme.dim);
    canvas.put(heads.x + CURSOR + room, heads.y, STATE, &Shown::fixed("with"), theme.dim);
    canvas.put_right(heads.x, heads.y, heads.width, &Shown::fixed("deleted"), theme.dim);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let first = super::first_row(pane.cursor(), usize::from(rows.height));
    for (y, (index, deleted)) in (rows.y..rows.bottom()).zip(copies.iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..rows };
        canvas.put(row.x + CURSOR, y, room.saturating_sub(1), &who(view, deleted), theme.plain);
        canvas.put(row.x + CURSOR + room, y, STATE.saturating_sub(1), &state(deleted), theme.dim);
        canvas.put_right(row.x, y, row.width, &view.when.age(deleted.at), theme.dim);
        if index == pane.cursor() {
            canvas.put(row.x, y, 1, &Shown::fixed("›"), theme.accent);
            canvas.restyle(row, theme.cursor);
            canvas.place_cursor(row.x, y);
        }
    }
}

/// Identifier and name, as far as they are known; only the id where personal data is masked.
fn who(view: &View<'_>, deleted: &Deleted) -> Shown<'static> {
    let identifier = deleted.person.identifier.as_ref().filter(|_| !view.app.is_masking());
    let name = Shown::foreign(deleted.call(view.app.is_masking()).to_owned());
    match identifier {
        Some(identifier) if identifier.as_str() != deleted.person.call(&deleted.user) => {
            Shown::join(&[&Shown::foreign(identifier.as_str()), &Shown::fixed("  "), &name])
        }
        _ => name,
    }
}

/// What comes with the user, or that it has been made anew.
fn state(deleted: &Deleted) -> Shown<'static> {
    match (&deleted.restored_as, deleted.memberships) {
        (Some(_), _) => Shown::fixed("restored"),
        (None, None | Some(0)) => Shown::default(),
        (None, Some(1)) => Shown::fixed("1 org"),
        (None, Some(count)) => Shown::foreign(format!("{count} orgs")),
    }
}
