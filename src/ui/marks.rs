//! What is being marked, in the place of the notice: how far the marking of many is, or that a range is open.

use super::{
    paint::{Canvas, Piece, pieces_width},
    text::Shown,
    view::View,
};
use crate::app::{Action, Progress};
use ratatui::layout::Rect;

/// The bar has at least so many cells, or is left out,
const LEAST: u16 = 6;
/// and at most so many.
const MOST: u16 = 30;

/// Whether there is anything to say.
pub(super) fn says_something(view: &View<'_>) -> bool {
    let marks = view.app.marks();
    marks.progress().is_some() || marks.is_in_range()
}

pub(super) fn draw(view: &View<'_>, row: Rect, canvas: &mut Canvas<'_>) {
    if let Some(progress) = view.app.marks().progress() {
        return draw_progress(view, progress, row, canvas);
    }
    let theme = view.theme;
    let pieces = [
        (Shown::fixed("Marking a range.  "), theme.dim),
        (view.key(Action::MarkRange), theme.accent),
        (Shown::fixed(" ends it, "), theme.dim),
        (view.key(Action::Back), theme.accent),
        (Shown::fixed(" takes it back."), theme.dim),
    ];
    canvas.put_row(row, &pieces, &[]);
}

/// `Marking all that match  ━━━━━━─────  1,500 of 3,214   esc stops`.
fn draw_progress(view: &View<'_>, progress: Progress<'_>, row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let doing = if progress.stalled.is_some() { "Halted" } else { progress.doing };
    let count = match progress.of {
        Some(of) => Shown::join(&[&Shown::count(progress.done), &Shown::fixed(" of "), &Shown::number(of)]),
        None => Shown::count(progress.done),
    };
    let mut right: Vec<Piece<'_>> = vec![(count, theme.plain), (Shown::fixed("   "), theme.plain)];
    if progress.stalled.is_some() {
        right.extend([(view.key(Action::MarkAll), theme.accent), (Shown::fixed(" goes on  "), theme.dim)]);
    }
    right.extend([(view.key(Action::Back), theme.accent), (Shown::fixed(" stops"), theme.dim)]);
    let left = canvas.put(row.x, row.y, row.width, &Shown::fixed(doing), theme.plain) + 2;
    let room = row.width.saturating_sub(left + pieces_width(&right) + 2);
    let mut x = row.x + left;
    if let (Some(of), LEAST..) = (progress.of, room) {
        let bar = Rect { x, y: row.y, width: room.min(MOST), height: 1 };
        canvas.fill(bar, "─", theme.rule);
        canvas.fill(Rect { width: filled(progress.done, of, bar.width), ..bar }, "━", theme.accent);
        x = bar.right() + 2;
    }
    canvas.put_pieces(x, row.y, row.right().saturating_sub(x), &right);
}

/// Of so many cells, those that stand for what is done: all of them only when all is.
pub(super) fn filled(done: usize, of: u64, cells: u16) -> u16 {
    let done = u64::try_from(done).unwrap_or(u64::MAX).min(of);
    let cells = done * u64::from(cells) / of.max(1);
    u16::try_from(cells).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_when_all_is_done_and_not_before() {
        assert_eq!([0, 1, 50, 99, 100, 120].map(|done| filled(done, 100, 30)), [0, 0, 15, 29, 30, 30]);
        assert_eq!(filled(0, 0, 30), 0);
    }
}
