//! A list in the dialog's place with a note below it: its frame, and what stands in it before the list is there.

use crate::{
    app::SlotId,
    ui::{paint::Canvas, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Fewer rows than this, and the list has the note's room too.
const LIST_MIN: u16 = 3;

/// Draws `Title  12`, the note, and returns the room that is left for the list.
pub(super) fn draw_frame(
    view: &View<'_>,
    title: Shown<'static>,
    count: Option<usize>,
    note: &'static str,
    area: Rect,
    canvas: &mut Canvas<'_>,
) -> Rect {
    let theme = view.theme;
    let title = match count {
        Some(count) => Shown::join(&[&title, &Shown::fixed("  "), &Shown::count(count)]),
        None => title,
    };
    let body = super::draw_frame(view, &(title, theme.strong), area, canvas);
    canvas.place_cursor(body.x, area.y);
    let note = Shown::fixed(note).wrap(usize::from(body.width));
    let note_rows = u16::try_from(note.len()).unwrap_or(0);
    // The list goes before the note.
    let room = body.height.saturating_sub(note_rows + 1);
    if room < LIST_MIN {
        return body;
    }
    let list = Rect { height: room, ..body };
    draw_lines(&note, Rect { y: list.bottom() + 1, height: note_rows, ..body }, view, canvas);
    list
}

/// Says that the list is being read, once that takes long enough to be told.
pub(super) fn draw_wait(view: &View<'_>, slot: SlotId, words: &'static str, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(spinner) = view.spinner(slot) else { return };
    let words = Shown::join(&[&spinner, &Shown::fixed(" "), &Shown::fixed(words)]);
    canvas.put(area.x, area.y, area.width, &words, view.theme.dim);
}

/// Says why there is nothing in it.
pub(super) fn draw_nothing(view: &View<'_>, words: &Shown<'_>, area: Rect, canvas: &mut Canvas<'_>) {
    draw_lines(&words.wrap(usize::from(area.width)), area, view, canvas);
}

fn draw_lines(lines: &[Shown<'_>], area: Rect, view: &View<'_>, canvas: &mut Canvas<'_>) {
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        canvas.put(area.x, y, area.width, line, view.theme.dim);
    }
}
