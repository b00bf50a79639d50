//! The question before a change: who, what happens now, what stays, what undo gives.

use crate::{
    app::{
        CopyAct, Deleted, Identifier, Person, TextField,
        act::{InvitationAct, Words},
        dialog::{CheckBox, Confirm, Extra, Matter, Place},
    },
    clerk::model::UserId,
    ui::{
        field,
        paint::{Canvas, Piece, pieces_width},
        text::Shown,
        user,
        view::View,
    },
};
use ratatui::{layout::Rect, style::Style};

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
    Reason,
    CheckBox(usize, CheckBox),
}

pub(super) fn draw(view: &View<'_>, confirm: &Confirm, area: Rect, canvas: &mut Canvas<'_>) {
    let words = confirm.words(view.now, &view.app.settings().time_zone);
    let title = (Shown::foreign(confirm.title(&words)), view.theme.strong);
    let body = super::draw_frame(view, &title, area, canvas);
    // The terminal's own cursor stands on the question, so that a screen reader reads it; a field takes it.
    canvas.place_cursor(body.x, area.y);
    let indent = VALUES[usize::from(view.layout.divider.is_some())].min(body.width);
    let mut rows = rows(view, confirm, words, body.width, indent);
    make_room(&mut rows, usize::from(body.height), confirm);
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
                    let focused = confirm.place() == Place::Typing;
                    let style = if typing.is_right() { view.theme.strong } else { view.theme.dim };
                    let row = Rect { y, height: 1, ..body };
                    draw_field(view, (&typing.field, style, focused), row, canvas);
                }
            }
            Row::CheckBox(index, option) => {
                draw_check_box(view, confirm, (index, &option), Rect { y, height: 1, ..body }, indent, canvas);
            }
            Row::Reason => draw_reason(view, confirm, Rect { y, height: 1, ..body }, indent, canvas),
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
    let kept = match confirm.matter() {
        Matter::Copy { act: CopyAct::Restore, .. } => "Lost",
        _ => "Kept",
    };
    let facts = [("Now", words.now), (kept, words.kept), ("Undo", words.undo)];
    let lists = !confirm.differences().is_empty();
    if lists {
        rows.extend([Row::Differences, Row::Air]);
    }
    for (label, text) in facts.into_iter().skip(usize::from(lists)) {
        let lines = Shown::foreign(text).wrap(usize::from(width - indent));
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        rows.extend(labels.zip(lines).map(|(label, line)| Row::Labelled(label, line)));
    }
    if let Some(protection) = confirm.protection() {
        let warning = Shown::join(&[
            &Shown::fixed("Protected ("),
            &view.personal_owned(protection.to_string()),
            &Shown::fixed("): what is done to many skips this user."),
        ]);
        let lines = warning.wrap(usize::from(width)).into_iter();
        rows.extend(lines.map(|line| Row::Whole(vec![(line, view.theme.warning)])));
    }
    if let Some(words) = confirm.admin_words() {
        let look = if words.is_warning { view.theme.warning } else { view.theme.plain };
        let lines = Shown::foreign(words.text).wrap(usize::from(width)).into_iter();
        rows.extend(lines.map(|line| Row::Whole(vec![(line, look)])));
    }
    if confirm.changed_meanwhile() {
        rows.push(Row::Air);
        let warning = Shown::fixed("Somebody else changed this user meanwhile: read again.");
        let lines = warning.wrap(usize::from(width)).into_iter();
        rows.extend(lines.map(|line| Row::Whole(vec![(line, view.theme.warning)])));
    }
    rows.push(Row::Reason);
    rows.extend(confirm.also().iter().cloned().enumerate().map(|(index, option)| Row::CheckBox(index, option)));
    if let Some(typing) = confirm.typing() {
        rows.push(Row::Air);
        let ask =
            Shown::join(&[&Shown::fixed("Type "), &Shown::foreign(&*typing.expected), &Shown::fixed(" to do it")]);
        rows.extend(ask.wrap(usize::from(width)).into_iter().map(|line| Row::Whole(vec![(line, view.theme.strong)])));
        rows.push(Row::Field);
    }
    rows
}

/// Takes rows away until there is room: air before words, and an empty field that nobody types into before both. What
/// the words still do not leave room for, such as a long list of values, is cut from their end: the fields stay.
fn make_room(rows: &mut Vec<Row<'_>>, height: usize, confirm: &Confirm) {
    let is_spare = |row: &Row<'_>| match row {
        Row::Air => true,
        Row::Reason => confirm.place() != Place::Reason && confirm.given_reason().is_none() && !confirm.needs_reason(),
        _ => false,
    };
    while rows.len() > height {
        let air = rows.iter().position(|row| matches!(row, Row::Air)).or_else(|| rows.iter().position(is_spare));
        let Some(row) = air.or_else(|| rows.iter().rposition(|row| matches!(row, Row::Labelled(..)))) else { return };
        rows.remove(row);
    }
}

/// A field with its edges: what is not right yet has to be seen without colour.
fn draw_field(view: &View<'_>, field: (&TextField, Style, bool), row: Rect, canvas: &mut Canvas<'_>) {
    let (field, style, focused) = field;
    canvas.put(row.x, row.y, 1, &Shown::fixed("▏"), style);
    canvas.put_right(row.x, row.y, row.width, &Shown::fixed("▕"), style);
    let inner = Rect { x: row.x + 1, width: row.width.saturating_sub(2), ..row };
    if focused {
        field::draw_focused(view, field, inner, canvas);
    } else {
        canvas.put(inner.x, inner.y, inner.width, &Shown::foreign(field.text()), view.theme.plain);
    }
}

/// Something to do beside it, and whether it is ticked.
fn draw_check_box(
    view: &View<'_>,
    confirm: &Confirm,
    (index, option): (usize, &CheckBox),
    row: Rect,
    indent: u16,
    canvas: &mut Canvas<'_>,
) {
    let theme = view.theme;
    let focused = confirm.place() == Place::CheckBox(index);
    if index == 0 {
        canvas.put(row.x, row.y, indent, &Shown::fixed("Also"), theme.dim);
    }
    let sign = Shown::fixed(if option.is_ticked { "[x] " } else { "[ ] " });
    let words = match &option.extra {
        Extra::Copy => Shown::fixed("keep a copy here for 30 days"),
        Extra::Restriction(act) => match act.domain() {
            Some(domain) => Shown::join(&[&Shown::fixed("block sign-ups from "), &view.personal(domain)]),
            None => Shown::join(&[&Shown::fixed("block sign-ups by "), &view.personal(act.identifier())]),
        },
    };
    let text = Shown::join(&[&sign, &words]);
    let place = Rect { x: row.x + indent, width: row.width - indent, ..row };
    canvas.put(place.x, place.y, place.width, &text, if option.is_ticked { theme.strong } else { theme.plain });
    if focused {
        canvas.put(place.x.saturating_sub(2), row.y, 1, &Shown::fixed("›"), theme.accent);
        canvas.restyle(place, theme.cursor);
        canvas.place_cursor(place.x + 1, row.y);
    }
}

/// The reason, with a word on where it goes while there is none.
fn draw_reason(view: &View<'_>, confirm: &Confirm, row: Rect, indent: u16, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let focused = confirm.place() == Place::Reason;
    canvas.put(row.x, row.y, indent, &Shown::fixed("Reason"), if focused { theme.strong } else { theme.dim });
    let field = Rect { x: row.x + indent, width: row.width - indent, ..row };
    draw_field(view, (confirm.reason(), if focused { theme.strong } else { theme.dim }, focused), field, canvas);
    if confirm.reason().text().is_empty() {
        let words = if confirm.needs_reason() {
            "required; kept here, not at Clerk"
        } else {
            "kept in your history, not at Clerk"
        };
        // A cell is left for the cursor.
        let column = field.x + 1 + u16::from(focused);
        let room = field.right().saturating_sub(column + 1);
        canvas.put(column, row.y, room, &Shown::fixed(words), theme.dim);
    }
}

/// Identifier and id, on one row if there is room. The id is whole: it is what the request will name.
fn who(view: &View<'_>, confirm: &Confirm, width: u16) -> Vec<Row<'static>> {
    let known = match confirm.matter() {
        Matter::User { known, .. } => known,
        Matter::Restriction { act, beside } => {
            let because = beside.as_ref().map(|(id, person)| {
                let who = if view.app.is_masking() { id.as_str() } else { person.call(id) };
                let words = format!("of {who}, who is not changed");
                Row::Whole(vec![(Shown::foreign(words), view.theme.dim)])
            });
            let what = view.personal_owned(act.identifier().to_owned());
            let what = Row::Whole(vec![(what, view.theme.plain)]);
            return std::iter::once(what).chain(because).collect();
        }
        Matter::Invitation { act, beside } => return who_is_invited(view, act, beside.as_ref()),
        Matter::Copy { deleted, .. } => return who_it_was(view, deleted, width),
    };
    let identifier = user::identifier(view, known);
    beside_the_id(view, identifier, &known.id, width)
}

/// The address and the organization's id, and who has the address, if that is known.
fn who_is_invited(view: &View<'_>, act: &InvitationAct, beside: Option<&(UserId, Person)>) -> Vec<Row<'static>> {
    let invitation = act.invitation();
    let address = (view.personal_owned(invitation.email_address.clone()), view.theme.plain);
    let role = format!("as {} in {}", invitation.role.key, invitation.place.id);
    let user = beside.map(|(id, _)| format!("the address of {id}"));
    let others = std::iter::once(role).chain(user).map(|words| (Shown::foreign(words), view.theme.dim));
    std::iter::once(address).chain(others).map(|piece| Row::Whole(vec![piece])).collect()
}

/// The same of somebody who is not there any more.
fn who_it_was(view: &View<'_>, deleted: &Deleted, width: u16) -> Vec<Row<'static>> {
    let identifier = deleted.person.identifier.as_ref().map_or("no identifier", Identifier::as_str);
    let identifier = view.personal_owned(identifier.to_owned());
    beside_the_id(view, identifier, &deleted.user, width)
}

fn beside_the_id(view: &View<'_>, identifier: Shown<'static>, id: &UserId, width: u16) -> Vec<Row<'static>> {
    let identifier = (identifier, view.theme.plain);
    let id = (Shown::foreign(id.as_str().to_owned()), view.theme.dim);
    let gap = (Shown::fixed(GAP), view.theme.plain);
    let pieces = [identifier, gap, id];
    if pieces_width(&pieces) <= width {
        return vec![Row::Whole(pieces.into())];
    }
    let [identifier, _, id] = pieces;
    vec![Row::Whole(vec![identifier]), Row::Whole(vec![id])]
}
