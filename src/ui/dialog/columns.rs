//! The list of the columns: each with whether it is shown, in the order in which they stand.

use crate::{
    app::{Showing, dialog::ColumnList},
    ui::{paint::Canvas, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Where the name, whether it is shown, and what it is begin, in cells behind the row's start.
const STOPS: [u16; 3] = [2, 15, 26];

pub(super) fn draw(view: &View<'_>, list: ColumnList, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let title = (Shown::fixed("Columns"), theme.strong);
    let body = super::draw_frame(view, &title, area, canvas);
    let first = super::first_row(list.cursor(), usize::from(body.height));
    let choices = view.app.columns().choices().iter().enumerate().skip(first);
    for (y, (index, choice)) in (body.y..body.bottom()).zip(choices) {
        let row = Rect { y, height: 1, ..body };
        let is_shown = choice.showing != Showing::Hidden;
        let words = match choice.showing {
            Showing::Shown => "shown",
            Showing::WithRoom => "with room",
            Showing::Hidden => "hidden",
        };
        let cells = [
            (choice.column.head(), if is_shown { theme.plain } else { theme.dim }),
            (words, if is_shown { theme.accent } else { theme.dim }),
            (choice.column.about(), theme.dim),
        ];
        for (stop, (text, style)) in STOPS.into_iter().zip(cells) {
            canvas.put(row.x + stop, y, row.width.saturating_sub(stop), &Shown::fixed(text), style);
        }
        if index == list.cursor() {
            canvas.put(row.x, y, row.width, &Shown::fixed("›"), theme.accent);
            canvas.restyle(row, theme.cursor);
            canvas.place_cursor(row.x, y);
        }
    }
}
