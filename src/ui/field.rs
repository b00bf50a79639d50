//! A field that is typed into: its text, and the terminal's cursor where the next character goes.

use super::{paint::Canvas, text::Shown, theme::Theme, view::View};
use crate::app::TextField;
use ratatui::layout::Rect;

/// Draws the field while it has the focus. Where the text is longer than its room, what stands before the cursor shows.
pub(super) fn draw_focused(view: &View<'_>, field: &TextField, area: Rect, canvas: &mut Canvas<'_>) {
    let (before, after) = field.split();
    draw_split(view.theme, &Shown::foreign(before), &Shown::foreign(after), area, canvas);
}

/// The same from what stands before the cursor and behind it, such as stars for a password.
pub(super) fn draw_split(theme: &Theme, before: &Shown<'_>, after: &Shown<'_>, area: Rect, canvas: &mut Canvas<'_>) {
    // A cell is kept for the cursor behind the last character.
    let shown = before.cut_start(usize::from(area.width.saturating_sub(1)));
    let used = canvas.put(area.x, area.y, area.width, &shown, theme.field);
    canvas.put(area.x + used, area.y, area.width - used, after, theme.field);
    canvas.place_cursor(area.x + used, area.y);
}
