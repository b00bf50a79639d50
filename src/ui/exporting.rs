//! Where users are being written to, in the place of the notice.

use super::{paint::Canvas, text::Shown, view::View};
use crate::app::Action;
use ratatui::layout::Rect;

/// Whether there is anything to say.
pub(super) fn says_something(view: &View<'_>) -> bool {
    view.app.exporting().is_some()
}

/// `Exporting to users.csv …   esc stops`.
pub(super) fn draw(view: &View<'_>, row: Rect, canvas: &mut Canvas<'_>) {
    let (theme, Some(exporting)) = (view.theme, view.app.exporting()) else { return };
    let pieces = [
        (Shown::fixed("Exporting to "), theme.plain),
        (Shown::foreign(exporting.path.clone()), theme.strong),
        (Shown::fixed(" …   "), theme.plain),
        (view.key(Action::Back), theme.accent),
        (Shown::fixed(" stops"), theme.dim),
    ];
    canvas.put_row(row, &pieces, &[]);
}
