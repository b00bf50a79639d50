//! The blocklist or the allowlist, an entry a row.

use super::noted;
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
    let list = noted::draw_frame(
        view,
        Shown::fixed(open.list().title()),
        open.entries().value().map(Vec::len),
        NOTE,
        area,
        canvas,
    );
    draw_list(view, open, list, canvas);
}

fn draw_list(view: &View<'_>, open: &Restrictions, area: Rect, canvas: &mut Canvas<'_>) {
    match (open.entries().value(), open.entries().failure()) {
        (_, Some(cause)) => failure::draw(view, "The list could not be read.", cause, area, canvas),
        (None, None) => noted::draw_wait(view, SlotId::Restrictions, "Reading the list …", area, canvas),
        (Some(entries), None) if entries.is_empty() => {
            let key = view.key(crate::app::Action::AddIdentifier);
            let words = Shown::join(&[&Shown::fixed("Nothing is on it. "), &key, &Shown::fixed(" adds something.")]);
            noted::draw_nothing(view, &words, area, canvas);
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
