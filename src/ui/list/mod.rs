//! The user list: its heads and its rows, or what there is instead of them.

mod absent;
mod columns;

use super::{failure, paint::Canvas, text::Shown, user, view::View};
use crate::app::{Focus, Known, SlotId, layout::ListArea, list::ListState};
use columns::{Column, Columns};
use ratatui::layout::Rect;

pub(super) fn draw(view: &View<'_>, area: ListArea, canvas: &mut Canvas<'_>) {
    let columns = Columns::of(area.rows.width, view.layout.divider.is_none());
    match view.app.list().state() {
        ListState::Loading => absent::draw_loading(view, area, canvas),
        ListState::Failed(cause) => {
            let area = absent::inside(area.rows);
            let below = Rect { y: area.y + area.height.min(1), height: area.height.saturating_sub(1), ..area };
            failure::draw(view, "The users could not be read.", cause, below, canvas);
        }
        ListState::Empty => absent::draw_empty(view, area, canvas),
        // Rows of the line before, while this one waits for what a name in it means.
        ListState::Rows if view.app.search().unknown_name().is_none() => {
            draw_heads(view, &columns, area.heads, canvas);
            draw_rows(view, &columns, area.rows, canvas);
        }
        ListState::Rows | ListState::Stale => {
            draw_heads(view, &columns, area.heads, canvas);
            draw_rows(view, &columns, area.rows, canvas);
            canvas.restyle(area.rows, view.theme.dim);
        }
    }
}

fn draw_heads(view: &View<'_>, columns: &Columns, row: Rect, canvas: &mut Canvas<'_>) {
    let left = [
        ("name", Some(columns.name)),
        ("primary", columns.primary),
        ("external id", columns.external_id),
        ("signs in by", columns.methods),
        ("state", Some(columns.state)),
    ];
    for (head, column) in left {
        if let Some(Column { x, width }) = column {
            canvas.put(row.x + x, row.y, width, &Shown::fixed(head), view.theme.dim);
        }
    }
    for (head, column) in [("joined", columns.joined), ("active", columns.active)] {
        if let Some(Column { x, width }) = column {
            canvas.put_right(row.x + x, row.y, width, &Shown::fixed(head), view.theme.dim);
        }
    }
}

fn draw_rows(view: &View<'_>, columns: &Columns, area: Rect, canvas: &mut Canvas<'_>) {
    let list = view.app.list();
    let shown = list.window().rows().iter().enumerate().skip(list.top());
    let mut y = area.y;
    for (index, known) in shown.take(usize::from(area.height)) {
        let row = Rect { y, height: 1, ..area };
        draw_row(view, columns, row, known, index == list.cursor(), canvas);
        y += 1;
    }
    // The rows that are being read stand here in a moment.
    if y < area.bottom()
        && let Some(spinner) = view.spinner(SlotId::PageAfter)
    {
        canvas.put(area.x + columns.name.x, y, 1, &spinner, view.theme.dim);
    }
}

fn draw_row(view: &View<'_>, columns: &Columns, row: Rect, known: &Known, selected: bool, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let mut put = |column: Column, text: &Shown<'_>, style| {
        canvas.put(row.x + column.x, row.y, column.width, text, style);
    };
    put(columns.name, &user::name(known), theme.plain);
    if let Some(column) = columns.primary {
        put(column, &user::identifier(known), theme.plain);
    }
    if let Some(column) = columns.external_id {
        put(column, &Shown::foreign(known.external_id.as_deref().unwrap_or_default()), theme.plain);
    }
    if let Some(column) = columns.methods {
        put(column, &user::sign_in_methods(known), theme.plain);
    }
    if let Some((word, style)) = user::state(view, known) {
        put(columns.state, &word, style);
    }
    // Dim on the cursor's row would be hard to read.
    let past = if selected { theme.plain } else { theme.dim };
    let ages =
        [(columns.joined, view.when.age(known.created_at)), (columns.active, view.when.day_age(known.last_active_at))];
    for (column, age) in ages {
        if let Some(Column { x, width }) = column {
            canvas.put_right(row.x + x, row.y, width, &age, past);
        }
    }
    if selected {
        let focused = view.focus() == Some(Focus::List);
        canvas.put(row.x + columns::CURSOR, row.y, 1, &Shown::fixed("›"), theme.accent);
        canvas.restyle(row, if focused { theme.cursor } else { theme.cursor_elsewhere });
        if focused {
            canvas.place_cursor(row.x + columns::CURSOR, row.y);
        }
    }
}
