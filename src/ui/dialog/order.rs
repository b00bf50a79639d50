//! The order menu: each order with its key, and which way it would run.

use crate::{
    app::dialog::{ORDERS, OrderItem, OrderMenu},
    ui::{paint::Canvas, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Where the key, the label and the way of an order begin, in cells behind the row's start.
const STOPS: [u16; 3] = [2, 5, 22];

pub(super) fn draw(view: &View<'_>, menu: &OrderMenu, area: Rect, canvas: &mut Canvas<'_>) {
    let body = super::draw_frame(view, &(Shown::fixed("Order"), view.theme.strong), area, canvas);
    let first = super::first_row(menu.cursor(), usize::from(body.height));
    for (y, (index, item)) in (body.y..body.bottom()).zip(ORDERS.iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..body };
        draw_item(view, menu, item, row, canvas);
        if index == menu.cursor() {
            canvas.put(row.x, y, row.width, &Shown::fixed("›"), view.theme.accent);
            canvas.restyle(row, view.theme.cursor);
            canvas.place_cursor(row.x, y);
        }
    }
}

fn draw_item(view: &View<'_>, menu: &OrderMenu, item: &OrderItem, row: Rect, canvas: &mut Canvas<'_>) {
    let is_current = item.field == menu.current().by;
    // What the list has now; of the others, what choosing gives.
    let order = if is_current { menu.current() } else { item.order() };
    let key = Shown::foreign(item.key.to_string());
    let words = Shown::fixed(OrderItem::words(order));
    let label_style = if is_current { view.theme.strong } else { view.theme.plain };
    let cells = [
        (key, view.theme.accent),
        (Shown::fixed(item.label), label_style),
        (words.clone(), if is_current { view.theme.plain } else { view.theme.dim }),
    ];
    for (stop, (text, style)) in STOPS.into_iter().zip(cells) {
        canvas.put(row.x.saturating_add(stop), row.y, row.width.saturating_sub(stop), &text, style);
    }
    if is_current {
        let taken = STOPS[2] + u16::try_from(words.width()).unwrap_or(0) + 1;
        let room = row.width.saturating_sub(taken);
        let notes = ["now; again turns it round", "now"].map(Shown::fixed);
        if let Some(note) = notes.iter().find(|note| note.width() <= usize::from(room)) {
            canvas.put_right(row.x, row.y, row.width, note, view.theme.dim);
        }
    }
}
