//! The question before a change: who, what happens now, what stays, what undo gives.

use crate::{
    app::{
        act::Words,
        dialog::{Confirm, Typing},
    },
    ui::{
        field,
        paint::{Canvas, Piece, pieces_width},
        text::Shown,
        user,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Where what a label names begins, in cells behind the label's start: in a sheet, and in a pane, which is narrower.
const VALUES: [u16; 2] = [8, 6];
/// Between who it is and what Clerk calls them.
const GAP: &str = "   ";

/// A row of the dialog.
enum Row<'a> {
    Air,
    Whole(Vec<Piece<'a>>),
    Labelled(&'static str, Shown<'a>),
    /// Here the places that it changes are listed, in the room that the other rows leave.
    Differences,
    Field,
}

pub(super) fn draw(view: &View<'_>, confirm: &Confirm, area: Rect, canvas: &mut Canvas<'_>) {
    let words = confirm.words(view.now, &view.app.settings().time_zone);
    let title = (Shown::foreign(confirm.title(&words)), view.theme.strong);
    let body = super::draw_frame(view, &title, area, canvas);
    // The terminal's own cursor stands on the question, so that a screen reader reads it.
    canvas.place_cursor(body.x, area.y);
    let indent = VALUES[usize::from(view.layout.divider.is_some())].min(body.width);
    let mut rows = rows(view, confirm, words, body.width, indent);
    // Air goes before words do.
    while rows.len() > usize::from(body.height)
        && let Some(air) = rows.iter().position(|row| matches!(row, Row::Air))
    {
        rows.remove(air);
    }
    let mut y = body.y;
    let others = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_sub(1);
    for row in rows {
        if y >= body.bottom() {
            break;
        }
        match row {
            Row::Air => {}
            Row::Differences => {
                let room = body.height.saturating_sub(others).max(1).min(body.bottom() - y);
                let drawn = super::differences::draw(view, confirm, Rect { y, height: room, ..body }, canvas);
                // The next row comes right below.
                y += drawn.saturating_sub(1);
            }
            Row::Whole(pieces) => _ = canvas.put_pieces(body.x, y, body.width, &pieces),
            Row::Field => {
                if let Some(typing) = confirm.typing() {
                    draw_typing(view, typing, Rect { y, height: 1, ..body }, canvas);
                }
            }
            Row::Labelled(label, text) => {
                canvas.put(body.x, y, indent, &Shown::fixed(label), view.theme.dim);
                canvas.put(body.x + indent, y, body.width - indent, &text, view.theme.plain);
            }
        }
        y += 1;
    }
}

fn rows(view: &View<'_>, confirm: &Confirm, words: Words, width: u16, indent: u16) -> Vec<Row<'static>> {
    let mut rows = who(view, confirm, width);
    rows.push(Row::Air);
    let facts = [("Now", words.now), ("Kept", words.kept), ("Undo", words.undo)];
    let lists = !confirm.differences().is_empty();
    if lists {
        rows.extend([Row::Differences, Row::Air]);
    }
    for (label, text) in facts.into_iter().skip(usize::from(lists)) {
        let lines = Shown::foreign(text).wrap(usize::from(width - indent));
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        rows.extend(labels.zip(lines).map(|(label, line)| Row::Labelled(label, line)));
    }
    if confirm.changed_meanwhile() {
        rows.push(Row::Air);
        let warning = Shown::fixed("Somebody else changed this user meanwhile: read again.");
        let lines = warning.wrap(usize::from(width)).into_iter();
        rows.extend(lines.map(|line| Row::Whole(vec![(line, view.theme.warning)])));
    }
    if let Some(typing) = confirm.typing() {
        rows.push(Row::Air);
        let ask =
            Shown::join(&[&Shown::fixed("Type "), &Shown::foreign(&*typing.expected), &Shown::fixed(" to do it")]);
        rows.extend(ask.wrap(usize::from(width)).into_iter().map(|line| Row::Whole(vec![(line, view.theme.strong)])));
        rows.push(Row::Field);
    }
    rows
}

/// The field that takes the text, with its edges: what is not right yet has to be seen without colour.
fn draw_typing(view: &View<'_>, typing: &Typing, row: Rect, canvas: &mut Canvas<'_>) {
    let style = if typing.is_right() { view.theme.strong } else { view.theme.dim };
    canvas.put(row.x, row.y, 1, &Shown::fixed("▏"), style);
    canvas.put_right(row.x, row.y, row.width, &Shown::fixed("▕"), style);
    let inner = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    field::draw_focused(view, &typing.field, inner, canvas);
}

/// Identifier and id, on one row if there is room. The id is whole: it is what the request will name.
fn who(view: &View<'_>, confirm: &Confirm, width: u16) -> Vec<Row<'static>> {
    let identifier = (user::identifier(confirm.known()), view.theme.plain);
    let id = (Shown::foreign(confirm.user().as_str().to_owned()), view.theme.dim);
    let gap = (Shown::fixed(GAP), view.theme.plain);
    let pieces = [identifier, gap, id];
    if pieces_width(&pieces) <= width {
        return vec![Row::Whole(pieces.into())];
    }
    let [identifier, _, id] = pieces;
    vec![Row::Whole(vec![identifier]), Row::Whole(vec![id])]
}
