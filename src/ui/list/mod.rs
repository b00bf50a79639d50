//! The user list: its heads and its rows, or what there is instead of them.

mod absent;

use super::{failure, paint::Canvas, text::Shown, user, view::View};
use crate::{
    app::{
        Focus, Known, SlotId,
        layout::ListArea,
        list::{CURSOR, Columns, ListColumn, ListState},
    },
    clerk::query::Direction,
};
use ratatui::layout::Rect;

pub(super) fn draw(view: &View<'_>, area: ListArea, canvas: &mut Canvas<'_>) {
    let columns = view.layout.list_columns();
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

/// What each column tells. The one that the list is ordered by has a sign: `^` from the smallest, `v` from the greatest.
fn draw_heads(view: &View<'_>, columns: &Columns, row: Rect, canvas: &mut Canvas<'_>) {
    let order = view.app.list().query().order;
    let sign = Shown::fixed(match order.direction {
        Direction::Ascending => "^",
        Direction::Descending => "v",
    });
    for (column, place) in columns.places() {
        let is_ordered = column.orders().contains(&order.by);
        let style = if is_ordered { view.theme.strong } else { view.theme.dim };
        let (x, head) = (row.x + place.x, Shown::fixed(column.head()));
        if column.is_right() {
            let used = canvas.put_right(x, row.y, place.width, &head, style);
            if is_ordered {
                canvas.put((x + place.width - used).saturating_sub(1), row.y, 1, &sign, view.theme.accent);
            }
        } else {
            let used = canvas.put(x, row.y, place.width, &head, style);
            if is_ordered {
                canvas.put(x + used + 1, row.y, place.width.saturating_sub(used + 1), &sign, view.theme.accent);
            }
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
        let x = columns.place(ListColumn::Name).map_or(0, |place| place.x);
        canvas.put(area.x + x, y, 1, &spinner, view.theme.dim);
    }
}

fn draw_row(view: &View<'_>, columns: &Columns, row: Rect, known: &Known, selected: bool, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    // Dim on the cursor's row would be hard to read.
    let past = if selected { theme.plain } else { theme.dim };
    for (column, place) in columns.places() {
        let (text, style) = match column {
            ListColumn::Name => (user::name(known), theme.plain),
            ListColumn::Primary => (user::identifier(known), theme.plain),
            ListColumn::ExternalId => (Shown::foreign(known.external_id.as_deref().unwrap_or_default()), theme.plain),
            ListColumn::Methods => (user::sign_in_methods(known), theme.plain),
            ListColumn::State => user::state(view, known).unwrap_or_default(),
            ListColumn::Joined => (view.when.age(known.created_at), past),
            ListColumn::Active => (view.when.day_age(known.last_active_at), past),
        };
        if column.is_right() {
            canvas.put_right(row.x + place.x, row.y, place.width, &text, style);
        } else {
            canvas.put(row.x + place.x, row.y, place.width, &text, style);
        }
    }
    if selected {
        let focused = view.focus() == Some(Focus::List);
        canvas.put(row.x + CURSOR, row.y, 1, &Shown::fixed("›"), theme.accent);
        canvas.restyle(row, if focused { theme.cursor } else { theme.cursor_elsewhere });
        if focused {
            canvas.place_cursor(row.x + CURSOR, row.y);
        }
    }
}
