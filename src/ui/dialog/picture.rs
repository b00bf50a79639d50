//! The dialog for a picture to upload: the name of its file, and what it can be completed to.

use crate::{
    app::dialog::{PICTURE_NAMES, PictureForm},
    ui::{field, paint::Canvas, text::Shown, user, view::View},
};
use ratatui::layout::Rect;

/// Where the name begins, in cells behind its label's start.
const VALUES: u16 = 7;

pub(super) fn draw(view: &View<'_>, form: &PictureForm, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let title = Shown::join(&[&Shown::fixed("Upload a picture of "), &user::title(view, form.known()).0]);
    let body = super::draw_frame(view, &(title, theme.strong), area, canvas);
    let column = VALUES.min(body.width);
    let values = Rect { x: body.x + column, width: body.width - column, ..body };
    canvas.put(body.x, body.y, column, &Shown::fixed("file"), theme.strong);
    canvas.put(values.x.saturating_sub(2), body.y, 1, &Shown::fixed("›"), theme.accent);
    let row = Rect { height: 1, ..values };
    if form.path().text().is_empty() {
        // A cell is left for the cursor.
        let room = row.width.saturating_sub(1);
        canvas.put(row.x + 1, row.y, room, &Shown::fixed("such as ~/ada.png"), theme.dim);
    }
    field::draw_focused(view, form.path(), row, canvas);
    let mut lines = Vec::new();
    if let Some(fault) = form.fault() {
        let fault = Shown::foreign(fault.to_owned()).wrap(usize::from(values.width));
        lines.extend(fault.into_iter().map(|line| (values, line, theme.failed)));
    }
    let names = form.names();
    let shown = names.iter().take(PICTURE_NAMES);
    lines.extend(shown.map(|name| (values, Shown::foreign(name.clone()), theme.plain)));
    if names.len() > PICTURE_NAMES {
        let count = Shown::number(u64::try_from(names.len() - PICTURE_NAMES).unwrap_or(u64::MAX));
        let words = Shown::join(&[&Shown::fixed("… and "), &count, &Shown::fixed(" more")]);
        lines.push((values, words, theme.dim));
    }
    lines.push((values, Shown::default(), theme.plain));
    let note = if form.is_looking() {
        "Looking at the file …"
    } else {
        "JPEG, PNG, GIF or WebP of at most 10 MB, on this machine."
    };
    let note = Shown::fixed(note).wrap(usize::from(body.width));
    lines.extend(note.into_iter().map(|line| (body, line, theme.dim)));
    for (y, (place, line, style)) in (body.y + 1..body.bottom()).zip(lines) {
        canvas.put(place.x, y, place.width, &line, style);
    }
}
