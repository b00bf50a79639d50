//! The blocklist or the allowlist, an entry a row.

use crate::{
    app::{
        SlotId,
        dialog::{Restriction, Restrictions},
    },
    clerk::model::IdentifierType,
    ui::{failure, paint::Canvas, row_of, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Where an identifier begins, behind the cursor.
const CURSOR: u16 = 2;
/// Room for what an identifier is.
const KIND: u16 = 8;
/// Room for the age at the right edge.
const SINCE: u16 = 6;
/// Clerk has no request that tells it.
const NOTE: &str = "Clerk's API does not tell whether it is switched on: see Restrictions in the dashboard.";

pub(super) fn draw(view: &View<'_>, open: &Restrictions, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let title = match open.entries().value() {
        Some(entries) => Shown::join(&[
            &Shown::fixed(open.list().title()),
            &Shown::fixed("  "),
            &Shown::number(u64::try_from(entries.len()).unwrap_or(u64::MAX)),
        ]),
        None => Shown::fixed(open.list().title()),
    };
    let body = super::draw_frame(view, &(title, theme.strong), area, canvas);
    canvas.place_cursor(body.x, area.y);
    let note = Shown::fixed(NOTE).wrap(usize::from(body.width));
    let note_rows = u16::try_from(note.len()).unwrap_or(0);
    // The entries go before the note.
    let room = body.height.saturating_sub(note_rows + 1);
    let (list, noted) = if room < 3 { (body, false) } else { (Rect { height: room, ..body }, true) };
    draw_list(view, open, list, canvas);
    if noted {
        for (y, line) in (list.bottom() + 1..body.bottom()).zip(note) {
            canvas.put(body.x, y, body.width, &line, theme.dim);
        }
    }
}

fn draw_list(view: &View<'_>, open: &Restrictions, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    match (open.entries().value(), open.entries().failure()) {
        (_, Some(cause)) => failure::draw(view, "The list could not be read.", cause, area, canvas),
        (None, None) => {
            let Some(spinner) = view.spinner(SlotId::Restrictions) else { return };
            let words = Shown::join(&[&spinner, &Shown::fixed(" Reading the list …")]);
            canvas.put(area.x, area.y, area.width, &words, theme.dim);
        }
        (Some(entries), None) if entries.is_empty() => {
            let key = view.key(crate::app::Action::AddIdentifier);
            let words = Shown::join(&[&Shown::fixed("Nothing is on it. "), &key, &Shown::fixed(" adds something.")]);
            canvas.put(area.x, area.y, area.width, &words, theme.dim);
        }
        (Some(entries), None) => draw_entries(view, open, entries, area, canvas),
    }
}

fn draw_entries(view: &View<'_>, open: &Restrictions, entries: &[Restriction], area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let room = area.width.saturating_sub(CURSOR + KIND + SINCE);
    let heads = row_of(area, 0);
    canvas.put(heads.x + CURSOR, heads.y, room, &Shown::fixed("identifier"), theme.dim);
    canvas.put(heads.x + CURSOR + room, heads.y, KIND, &Shown::fixed("type"), theme.dim);
    canvas.put_right(heads.x, heads.y, heads.width, &Shown::fixed("since"), theme.dim);
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let first = super::first_row(open.cursor(), usize::from(rows.height));
    for (y, (index, entry)) in (rows.y..rows.bottom()).zip(entries.iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..rows };
        let identifier = view.personal(&entry.identifier);
        canvas.put(row.x + CURSOR, y, room.saturating_sub(1), &identifier, theme.plain);
        canvas.put(row.x + CURSOR + room, y, KIND, &kind(entry), theme.dim);
        canvas.put_right(row.x, y, row.width, &view.when.age(entry.created_at), theme.dim);
        if index == open.cursor() {
            canvas.put(row.x, y, 1, &Shown::fixed("›"), theme.accent);
            canvas.restyle(row, theme.cursor);
            canvas.place_cursor(row.x, y);
        }
    }
}

/// What an identifier is, in a word.
fn kind(entry: &Restriction) -> Shown<'static> {
    match &entry.kind {
        IdentifierType::EmailAddress if entry.identifier.starts_with('*') => Shown::fixed("domain"),
        IdentifierType::EmailAddress => Shown::fixed("email"),
        IdentifierType::PhoneNumber => Shown::fixed("phone"),
        IdentifierType::Web3Wallet => Shown::fixed("wallet"),
        IdentifierType::Other(word) => Shown::foreign(word.clone()),
    }
}
