//! What stands in the place of the rows while there are none.

use crate::{
    app::{Action, SlotId, layout::ListArea},
    ui::{
        paint::{Canvas, Piece},
        text::Shown,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Columns that stay free on the left, as in the rows.
const MARGIN: u16 = 4;

/// Nothing yet, and for a moment nothing at all: most answers are there before a spinner would be read.
pub(super) fn draw_loading(view: &View<'_>, area: ListArea, canvas: &mut Canvas<'_>) {
    if let Some(spinner) = view.spinner(SlotId::List) {
        let text = Shown::join(&[&spinner, &Shown::fixed(" reading users")]);
        write(area.rows, &[Some((text, view.theme.dim))], canvas);
    }
}

/// Nobody matches: says so, and what to do.
pub(super) fn draw_empty(view: &View<'_>, area: ListArea, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let filter = &view.app.list().query().filter;
    if filter.is_empty() {
        let advice = Shown::join(&[&Shown::fixed("The first sign-up shows here; "), &view.key(Action::Refresh)]);
        let advice = Shown::join(&[&advice, &Shown::fixed(" looks again.")]);
        let title = (Shown::fixed("This instance has no users."), theme.strong);
        return write(area.rows, &[None, Some(title), None, Some((advice, theme.plain))], canvas);
    }
    let quoted = view.personal(view.app.search().text().trim());
    let title = Shown::join(&[&Shown::fixed("No user matches \""), &quoted.cut(40), &Shown::fixed("\".")]);
    let searched = if filter.query.is_some() {
        "Searched: names, email addresses, phone numbers, usernames, wallets and user ids, any part of them."
    } else {
        "Every filter has to hold."
    };
    let (change, clear) = (view.key(Action::Search), view.key(Action::Back));
    let advice = [&change, &Shown::fixed(" changes the text, "), &clear, &Shown::fixed(" clears it.")];
    let lines = [
        None,
        Some((title, theme.strong)),
        None,
        Some((Shown::fixed(searched), theme.dim)),
        None,
        Some((Shown::join(&advice), theme.plain)),
    ];
    write(area.rows, &lines, canvas);
}

/// Writes paragraphs where the rows would be, `None` being an empty row.
fn write(area: Rect, paragraphs: &[Option<Piece<'_>>], canvas: &mut Canvas<'_>) {
    canvas.put_paragraphs(inside(area), paragraphs);
}

/// The part of the rows in which words stand.
pub(super) fn inside(area: Rect) -> Rect {
    Rect { x: area.x + MARGIN.min(area.width), width: area.width.saturating_sub(2 * MARGIN), ..area }
}
