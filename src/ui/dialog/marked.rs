//! The marked, or the lines of a list that marked nobody, each in a row.

use crate::{
    app::{
        Action, Person, SlotId,
        dialog::{Listing, MarkedPane},
        grouped,
    },
    clerk::model::UserId,
    ui::{paint::Canvas, text::Shown, user, view::View},
};
use ratatui::layout::Rect;

/// Where the first column begins, behind the cursor.
const FIRST: u16 = 2;
/// Room for the word of those who are gone.
const GONE: u16 = 11;
/// Room for the number of a line.
const NUMBER: u16 = 8;

pub(super) fn draw(view: &View<'_>, pane: &MarkedPane, area: Rect, canvas: &mut Canvas<'_>) {
    let marks = view.app.marks();
    let unmatched = marks.unmatched().map_or(&[][..], |(_, lines)| lines);
    let (title, count) = match pane.listing() {
        Listing::Marked => ("Marked  ", marks.len()),
        Listing::Unmatched => ("Lines that name nobody  ", unmatched.len()),
    };
    let title = (Shown::join(&[&Shown::fixed(title), &Shown::count(count)]), view.theme.strong);
    let body = super::draw_frame(view, &title, area, canvas);
    canvas.place_cursor(body.x, area.y);
    let note = note(view, pane);
    let note_rows = u16::try_from(note.wrap(usize::from(body.width)).len()).unwrap_or(0);
    let rows = Rect { height: body.height.saturating_sub(note_rows + 1).max(1).min(body.height), ..body };
    let first = super::first_row(pane.cursor(), usize::from(rows.height));
    for (y, index) in (rows.y..rows.bottom()).zip(first..count) {
        let row = Rect { y, height: 1, ..rows };
        match pane.listing() {
            Listing::Marked => {
                let Some((id, person)) = marks.get(index) else { break };
                draw_person(view, pane, row, (id, person), canvas);
            }
            Listing::Unmatched => {
                let line = &unmatched[index];
                let why = Shown::foreign(line.why.to_string());
                canvas.put_right(row.x + FIRST, y, NUMBER - 2, &Shown::count(line.number), view.theme.dim);
                let text = Rect { x: row.x + FIRST + NUMBER, width: row.width.saturating_sub(FIRST + NUMBER), ..row };
                let half = text.width * 3 / 5;
                canvas.put(text.x, y, half.saturating_sub(2), &view.personal(&line.text), view.theme.plain);
                canvas.put(text.x + half, y, text.width - half, &why, view.theme.warning);
            }
        }
        if index == pane.cursor() {
            canvas.put(row.x, y, 1, &Shown::fixed("›"), view.theme.accent);
            canvas.restyle(row, view.theme.cursor);
            canvas.place_cursor(row.x, y);
        }
    }
    if body.height > rows.height {
        let below = Rect { y: rows.bottom() + 1, height: body.height - rows.height - 1, ..body };
        canvas.put_paragraphs(below, &[Some((note, view.theme.dim))]);
    }
}

fn draw_person(
    view: &View<'_>,
    pane: &MarkedPane,
    row: Rect,
    (id, person): (&UserId, &Person),
    canvas: &mut Canvas<'_>,
) {
    let room = row.width.saturating_sub(FIRST + GONE);
    let name = room * 2 / 5;
    let [called, identifier] = user::person(view, person, id);
    canvas.put(row.x + FIRST, row.y, name.saturating_sub(2), &called, view.theme.plain);
    canvas.put(row.x + FIRST + name, row.y, room - name, &identifier, view.theme.plain);
    if pane.is_gone(id) {
        canvas.put_right(row.x, row.y, row.width, &Shown::fixed("not found"), view.theme.failed);
    }
}

/// Where the marks come from, and what is the matter with some.
fn note(view: &View<'_>, pane: &MarkedPane) -> Shown<'static> {
    if pane.listing() == Listing::Unmatched {
        return Shown::fixed(
            "These lines marked nobody: they are neither an id, an email address nor a username here.",
        );
    }
    let how = view.app.marks().how().words(&view.app.settings().time_zone, view.app.is_masking());
    let gone = match pane.gone() {
        0 => String::new(),
        count => format!(" Not found any more: {}.", grouped(u64::try_from(count).unwrap_or(u64::MAX))),
    };
    let failed = pane.failure().map(|failure| format!(" They could not be looked up: {failure}.")).unwrap_or_default();
    let reading = view.spinner(SlotId::Marked).map_or("", |_| " Looking them up …");
    let key = view.key(Action::MarkUser);
    Shown::foreign(format!("Marked: {how}.{gone}{failed}{reading} {} takes a mark away.", key.as_str()))
}
