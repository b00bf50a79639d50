//! How far the job at work is, in the place of the notice, while its pane is closed.

use super::{
    dialog::seconds_left,
    marks::filled,
    paint::{Canvas, Piece, pieces_width},
    text::Shown,
    view::View,
};
use crate::app::{
    Action,
    dialog::Dialog,
    job::{JobReport, JobState, Pause},
};
use ratatui::layout::Rect;

/// The bar has at least so many cells, or is left out.
const LEAST: u16 = 6;

/// The job at work, or one that stands still by itself and waits for somebody.
fn told<'a>(view: &View<'a>) -> Option<&'a JobReport> {
    let jobs = view.app.jobs();
    let waits = |report: &&JobReport| matches!(&report.state, JobState::Paused(pause) if *pause != Pause::Interrupted);
    jobs.at_work().or_else(|| jobs.reports().iter().find(waits))
}

/// Whether there is anything to say.
pub(super) fn says_something(view: &View<'_>) -> bool {
    !matches!(view.app.dialog(), Some(Dialog::Jobs(_))) && told(view).is_some()
}

/// `delete  ███████░░░░  1,986 of 3,214   6 failed   25 s left   w jobs`.
pub(super) fn draw(view: &View<'_>, row: Rect, canvas: &mut Canvas<'_>) {
    let Some(report) = told(view) else { return };
    let (theme, counts) = (view.theme, report.counts);
    let gap = || (Shown::fixed("   "), theme.plain);
    let ended = Shown::join(&[&Shown::count(counts.ended()), &Shown::fixed(" of "), &Shown::count(counts.total)]);
    let mut right: Vec<Piece<'_>> = vec![(ended, theme.plain)];
    if counts.failed > 0 {
        right.extend([gap(), (Shown::count(counts.failed), theme.failed), (Shown::fixed(" failed"), theme.dim)]);
    }
    match (&report.state, report.pace.seconds_left) {
        (JobState::Paused(_), _) => right.extend([gap(), (Shown::fixed("paused"), theme.warning)]),
        (_, Some(seconds)) => right.extend([gap(), (seconds_left(seconds), theme.dim)]),
        _ => {}
    }
    let jobs = [gap(), (view.key(Action::Jobs), theme.accent), (Shown::fixed(" jobs"), theme.dim)];
    let verb = Shown::fixed(report.act.words(&crate::app::act::Whom::Many(counts.total), &view.app.site()).verb);
    let left = canvas.put(row.x, row.y, row.width, &verb, theme.plain) + 2;
    // Where there is little room, the numbers go before the bar and the key.
    let room = row.width.saturating_sub(left + pieces_width(&right) + 2);
    if room > pieces_width(&jobs) {
        right.extend(jobs);
    }
    let room = row.width.saturating_sub(left + pieces_width(&right) + 2);
    let mut x = row.x + left;
    if room >= LEAST {
        let bar = Rect { x, y: row.y, width: room, height: 1 };
        let total = u64::try_from(counts.total).unwrap_or(u64::MAX);
        canvas.fill(bar, "░", theme.dim);
        canvas.fill(Rect { width: filled(counts.ended(), total, bar.width), ..bar }, "█", theme.accent);
        x = bar.right() + 2;
    }
    canvas.put_pieces(x, row.y, row.right().saturating_sub(x), &right);
}
