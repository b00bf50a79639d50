//! The user list: its heads and its rows, or what there is instead of them.

mod absent;

use super::{failure, paint::Canvas, text::Shown, user, view::View, when::NEVER};
use crate::{
    app::{
        CURSOR, Column, Focus, Known, MARK, NOTE, PlacedColumn, SlotId,
        layout::ListArea,
        list::{ListState, News},
    },
    clerk::query::Direction,
};
use ratatui::{layout::Rect, style::Style};

pub(super) fn draw(view: &View<'_>, area: ListArea, canvas: &mut Canvas<'_>) {
    let columns = view.app.placed_columns();
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

/// What each column tells. The one that the list is ordered by has a sign: `↑` from the smallest, `↓` from the greatest.
fn draw_heads(view: &View<'_>, columns: &[PlacedColumn], row: Rect, canvas: &mut Canvas<'_>) {
    let order = view.app.list().query().order;
    let sign = Shown::fixed(match order.direction {
        Direction::Ascending => "↑",
        Direction::Descending => "↓",
    });
    for placed in columns {
        let head = Shown::fixed(placed.column.head());
        if !placed.column.orders().contains(&order.by) {
            put_in(*placed, row, &head, view.theme.dim, canvas);
            continue;
        }
        let used = put_in(*placed, row, &head, view.theme.strong, canvas);
        let (x, room) = if placed.column.is_right_aligned() {
            ((placed.x + placed.width - used).saturating_sub(1), 1)
        } else {
            (placed.x + used + 1, placed.width.saturating_sub(used + 1))
        };
        canvas.put(row.x + x, row.y, room, &sign, view.theme.accent);
    }
}

/// Puts a text into its column of a row. The cells that it took.
fn put_in(placed: PlacedColumn, row: Rect, text: &Shown<'_>, style: Style, canvas: &mut Canvas<'_>) -> u16 {
    let (x, y) = (row.x + placed.x, row.y);
    if placed.column.is_right_aligned() {
        canvas.put_right(x, y, placed.width, text, style)
    } else {
        canvas.put(x, y, placed.width, text, style)
    }
}

fn draw_rows(view: &View<'_>, columns: &[PlacedColumn], area: Rect, canvas: &mut Canvas<'_>) {
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
        && let Some(first) = columns.first()
    {
        canvas.put(area.x + first.x, y, 1, &spinner, view.theme.dim);
    }
}

fn draw_row(
    view: &View<'_>,
    columns: &[PlacedColumn],
    row: Rect,
    known: &Known,
    selected: bool,
    canvas: &mut Canvas<'_>,
) {
    let theme = view.theme;
    let known = view.seen(known);
    for placed in columns {
        // Dim on the cursor's row would be hard to read.
        let past = if selected { theme.plain } else { theme.dim };
        let (text, style) = match placed.column {
            Column::Name => (user::name(view, known), theme.plain),
            Column::Primary => (user::identifier(view, known), theme.plain),
            Column::Username => (known.username.as_deref().map_or_else(Shown::default, user::username), theme.plain),
            Column::Phone => (user::phone(known), theme.plain),
            Column::ExternalId => (optional(known.external_id.as_deref()), theme.plain),
            Column::Methods => (user::sign_in_methods(known), theme.plain),
            Column::Id => (Shown::foreign(known.id.as_str()), past),
            Column::Locale => (optional(known.locale.as_deref()), theme.plain),
            Column::State => user::state(view, known).unwrap_or_default(),
            Column::Joined => (view.when.age(known.created_at), past),
            Column::SignedIn => (known.last_sign_in_at.map_or(Shown::fixed(NEVER), |at| view.when.age(at)), past),
            Column::Active => (view.when.day_age(known.last_active_at), past),
        };
        put_in(*placed, row, &text, style, canvas);
    }
    if view.app.note(&known.id).is_some() {
        canvas.put(row.x + NOTE, row.y, 1, &Shown::fixed("*"), theme.accent);
    }
    if view.app.marks().contains(&known.id) {
        canvas.put(row.x + MARK, row.y, 1, &Shown::fixed("✓"), theme.accent);
    } else if let Some(news) = view.app.list().news_of(&known.id) {
        let sign = match news {
            News::Changed => "~",
            News::New => "+",
        };
        canvas.put(row.x + MARK, row.y, 1, &Shown::fixed(sign), theme.pending);
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

/// What a user may have.
fn optional(text: Option<&str>) -> Shown<'_> {
    text.map_or_else(Shown::default, Shown::foreign)
}
