//! What the tabs of rows have in common: column heads, the rows, a rule, and all about the chosen one.

use super::{Hidden, Row, draw_row};
use crate::{
    app::{
        Focus, SlotId,
        detail::{Identified, Rows},
        layout::{DetailArea, RowsArea},
    },
    ui::{
        failure, inset,
        paint::{Canvas, Piece},
        row_of,
        text::Shown,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Room for the cursor before the first column.
pub(in crate::ui) const CURSOR: u16 = 2;

/// A column: its head, where it begins, counted from the left, how wide it is, and whether its text stands at its right.
pub(in crate::ui) struct Column {
    pub(in crate::ui) head: Shown<'static>,
    pub(in crate::ui) x: u16,
    pub(in crate::ui) width: u16,
    pub(in crate::ui) right: bool,
}

/// What a tab says while it has no rows.
pub(in crate::ui) struct Words {
    pub(in crate::ui) slot: SlotId,
    /// While they are read, behind the spinner.
    pub(in crate::ui) reading: &'static str,
    /// When there are none.
    pub(in crate::ui) none: Shown<'static>,
    /// When they cannot be read.
    pub(in crate::ui) failed: &'static str,
}

/// How a tab shows its rows.
pub(in crate::ui) trait Tabular {
    /// What it shows.
    type Item: Identified;

    /// The columns, in a row of this width.
    fn columns(&self, width: u16) -> Vec<Column>;

    /// The cells of a row, one for each column.
    fn cells<'item>(&self, item: &'item Self::Item) -> Vec<Piece<'item>>;

    /// All about the chosen one, in lines of this width.
    fn facts<'item>(&self, item: &'item Self::Item, width: u16) -> Vec<Row<'item>>;

    /// What it says while it has no rows.
    fn words(&self) -> Words;
}

/// Draws a tab of rows.
pub(in crate::ui) fn draw<T: Tabular>(
    view: &View<'_>,
    tab: &T,
    rows: &Rows<T::Item>,
    area: DetailArea,
    canvas: &mut Canvas<'_>,
) -> Hidden {
    if rows.loaded().is_empty() {
        draw_none(view, tab, rows, inset(area.body), canvas);
        return Hidden::default();
    }
    let parts = area.rows(rows.loaded().len(), view.layout.breadth);
    draw_parts(view, tab, rows, parts, view.focus() == Some(Focus::Detail), canvas)
}

/// Draws rows, and all about the chosen one; whether they have the focus.
pub(in crate::ui) fn draw_parts<T: Tabular>(
    view: &View<'_>,
    tab: &T,
    rows: &Rows<T::Item>,
    parts: RowsArea,
    focused: bool,
    canvas: &mut Canvas<'_>,
) -> Hidden {
    let columns = tab.columns(inset(parts.rows).width);
    draw_heads(view, &columns, inset(parts.heads), canvas);
    draw_rows(view, tab, rows, (&columns, inset(parts.rows), focused), canvas);
    draw_facts(view, tab, rows, parts, canvas);
    let shown = rows.top() + usize::from(parts.rows.height);
    Hidden { above: rows.top() > 0, below: rows.has_more() || rows.loaded().len() > shown }
}

/// Says why there are no rows.
pub(in crate::ui) fn draw_none<T: Tabular>(
    view: &View<'_>,
    tab: &T,
    rows: &Rows<T::Item>,
    body: Rect,
    canvas: &mut Canvas<'_>,
) {
    let (first, words) = (row_of(body, 0), tab.words());
    if let Some(cause) = rows.failure() {
        return failure::draw(view, words.failed, cause, body, canvas);
    }
    let text = if rows.total().is_some() {
        words.none
    } else {
        let Some(spinner) = view.spinner(words.slot) else { return };
        Shown::join(&[&spinner, &Shown::fixed(" "), &Shown::fixed(words.reading)])
    };
    canvas.put(first.x, first.y, first.width, &text, view.theme.dim);
}

fn draw_heads(view: &View<'_>, columns: &[Column], row: Rect, canvas: &mut Canvas<'_>) {
    for column in columns {
        put_cell(row, column, &(column.head.clone(), view.theme.dim), canvas);
    }
}

fn draw_rows<T: Tabular>(
    view: &View<'_>,
    tab: &T,
    rows: &Rows<T::Item>,
    (columns, area, focused): (&[Column], Rect, bool),
    canvas: &mut Canvas<'_>,
) {
    let shown = rows.loaded().iter().enumerate().skip(rows.top());
    for (offset, (index, item)) in (0..area.height).zip(shown) {
        let row = row_of(area, offset);
        for (column, cell) in columns.iter().zip(tab.cells(item)) {
            put_cell(row, column, &cell, canvas);
        }
        if index == rows.cursor() {
            draw_cursor(view, row, focused, canvas);
        }
    }
}

fn put_cell(row: Rect, column: &Column, (text, style): &Piece<'_>, canvas: &mut Canvas<'_>) {
    let room = row.width.saturating_sub(column.x).min(column.width);
    if column.right {
        canvas.put_right(row.x + column.x, row.y, room, text, *style);
    } else {
        canvas.put(row.x + column.x, row.y, room, text, *style);
    }
}

/// Marks the chosen row.
pub(in crate::ui) fn draw_cursor(view: &View<'_>, row: Rect, focused: bool, canvas: &mut Canvas<'_>) {
    canvas.put(row.x, row.y, 1, &Shown::fixed("›"), view.theme.accent);
    canvas.restyle(row, if focused { view.theme.cursor } else { view.theme.cursor_elsewhere });
    if focused {
        canvas.place_cursor(row.x, row.y);
    }
}

fn draw_facts<T: Tabular>(view: &View<'_>, tab: &T, rows: &Rows<T::Item>, parts: RowsArea, canvas: &mut Canvas<'_>) {
    if parts.rule.height > 0 {
        canvas.rule(if view.layout.divider.is_some() { inset(parts.rule) } else { parts.rule }, view.theme.rule);
    }
    let area = inset(parts.chosen);
    if let Some(cause) = rows.failure() {
        return failure::draw(view, "The rest could not be read.", cause, area, canvas);
    }
    let facts = rows.chosen().map(|chosen| tab.facts(chosen, area.width)).unwrap_or_default();
    let told = facts.into_iter().filter(|fact| !fact.value.0.is_empty());
    for (index, fact) in (0..area.height).zip(told) {
        draw_row(view, row_of(area, index), &fact, canvas);
    }
}
