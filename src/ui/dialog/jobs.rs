//! The pane of jobs: the chosen one in full, the others on a row each.

use crate::{
    app::{
        act::Whom,
        dialog::JobsPane,
        job::{JobReport, JobState},
    },
    ui::{
        paint::{Canvas, Piece},
        row_of,
        text::Shown,
        view::View,
    },
};
use ratatui::{layout::Rect, style::Style};

/// Where what a job is begins, in cells behind a row's start.
const INDENT: u16 = 2;
/// The most reasons of failure that are told.
const REASONS: usize = 6;

/// A row of the pane.
enum Row<'a> {
    Air,
    /// What a job is, and where it stands; whether it is the chosen one.
    Job(&'a JobReport, bool),
    /// How much of it has an outcome.
    Bar(&'a JobReport),
    /// Something about the chosen one.
    Words(Vec<Piece<'a>>),
}

pub(super) fn draw(view: &View<'_>, pane: JobsPane, area: Rect, canvas: &mut Canvas<'_>) {
    let body = super::draw_frame(view, &(Shown::fixed("Jobs"), view.theme.strong), area, canvas);
    let reports = view.app.jobs().reports();
    if reports.is_empty() {
        let words = "No job has been begun. Mark users, then do to them what you would do to one.";
        for (offset, line) in (0..body.height).zip(Shown::fixed(words).wrap(usize::from(body.width))) {
            let row = row_of(body, offset);
            canvas.put(row.x, row.y, row.width, &line, view.theme.dim);
        }
        return;
    }
    let rows = rows(view, reports, pane.cursor(), usize::from(body.width));
    // The chosen one is in sight with all about it, as far as there is room.
    let chosen = rows.iter().position(|row| matches!(row, Row::Job(_, true))).unwrap_or(0);
    let behind = rows.iter().skip(chosen + 1).position(|row| matches!(row, Row::Job(..) | Row::Air));
    let last = behind.map_or(rows.len(), |behind| chosen + 1 + behind);
    let first = last.saturating_sub(usize::from(body.height)).min(chosen);
    for (offset, row) in (0..body.height).zip(rows.iter().skip(first)) {
        draw_row(view, row, row_of(body, offset), canvas);
    }
}

fn rows<'a>(view: &View<'_>, reports: &'a [JobReport], cursor: usize, width: usize) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (index, report) in reports.iter().enumerate() {
        if index == cursor {
            if index > 0 {
                rows.push(Row::Air);
            }
            rows.extend([Row::Job(report, true), Row::Bar(report)]);
            let room = width.saturating_sub(usize::from(INDENT));
            rows.extend(facts(view, report, room).into_iter().map(Row::Words));
            rows.push(Row::Air);
        } else {
            rows.push(Row::Job(report, false));
        }
    }
    rows
}

fn draw_row(view: &View<'_>, row: &Row<'_>, area: Rect, canvas: &mut Canvas<'_>) {
    let inner = Rect { x: area.x + INDENT, width: area.width.saturating_sub(INDENT), ..area };
    match row {
        Row::Air => {}
        Row::Job(report, is_chosen) => {
            let (state, style) = state(view, report);
            let title = (title(view, report), if *is_chosen { view.theme.strong } else { view.theme.plain });
            canvas.put_row(inner, &[title], &[(state, style)]);
            if *is_chosen {
                canvas.put(area.x, area.y, 1, &Shown::fixed("›"), view.theme.accent);
                canvas.restyle(area, view.theme.cursor);
                canvas.place_cursor(area.x, area.y);
            }
        }
        Row::Bar(report) => {
            let counts = report.counts;
            let done = usize::from(inner.width) * counts.ended() / counts.total.max(1);
            let done = u16::try_from(done).unwrap_or(inner.width).min(inner.width);
            canvas.fill(inner, "░", view.theme.dim);
            canvas.fill(Rect { width: done, ..inner }, "█", view.theme.accent);
        }
        Row::Words(pieces) => _ = canvas.put_pieces(inner.x, inner.y, inner.width, pieces),
    }
}

/// `delete 3,214 users`.
fn title(view: &View<'_>, report: &JobReport) -> Shown<'static> {
    Shown::foreign(report.act.words(&Whom::Many(report.counts.total), &view.app.site()).title)
}

fn number(count: usize) -> Shown<'static> {
    Shown::number(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Where it stands, in a word; with the time when it is over.
fn state(view: &View<'_>, report: &JobReport) -> (Shown<'static>, Style) {
    let at = report.ended_at.map(|at| view.when.clock(at)).unwrap_or_default();
    match &report.state {
        JobState::Queued => (Shown::fixed("queued"), view.theme.dim),
        JobState::Running => (Shown::fixed("running"), view.theme.pending),
        JobState::Paused(_) => (Shown::fixed("paused"), view.theme.warning),
        JobState::Cancelling => (Shown::fixed("cancelling"), view.theme.warning),
        JobState::Cancelled => (Shown::join(&[&Shown::fixed("cancelled "), &at]), view.theme.warning),
        JobState::Ended if report.counts.failed > 0 => {
            (Shown::join(&[&Shown::fixed("ended "), &at]), view.theme.failed)
        }
        JobState::Ended => (Shown::join(&[&Shown::fixed("done "), &at]), view.theme.done),
    }
}

/// All about the chosen one.
fn facts<'a>(view: &View<'_>, report: &'a JobReport, width: usize) -> Vec<Vec<Piece<'a>>> {
    let (theme, counts, pace) = (view.theme, report.counts, report.pace);
    let line = |numbers: &[(usize, &'static str, Style)]| {
        let mut pieces = Vec::new();
        for (count, what, style) in numbers.iter().filter(|(count, what, _)| *count > 0 || *what == " done") {
            if !pieces.is_empty() {
                pieces.push((Shown::fixed("   "), theme.plain));
            }
            pieces.extend([(number(*count), *style), (Shown::fixed(what), theme.dim)]);
        }
        pieces
    };
    let mut lines = vec![line(&[
        (counts.done, " done", theme.plain),
        (counts.failed, " failed", theme.failed),
        (counts.left(), " left", theme.plain),
    ])];
    if counts.unchanged + counts.gone > 0 {
        lines.push(line(&[(counts.unchanged, " were so already", theme.plain), (counts.gone, " gone", theme.plain)]));
    }
    if report.state == JobState::Running {
        let mut speed = vec![(number(pace.users_per_second), theme.plain), (Shown::fixed(" users/s"), theme.dim)];
        if pace.allowed_per_second > 0 {
            speed.extend([
                (Shown::fixed("   "), theme.dim),
                (number(pace.requests_per_second), theme.plain),
                (Shown::fixed(" of "), theme.dim),
                (number(pace.allowed_per_second), theme.plain),
                (Shown::fixed(" requests/s"), theme.dim),
            ]);
        }
        if let Some(seconds) = pace.seconds_left {
            speed.extend([(Shown::fixed("   "), theme.dim), (seconds_left(seconds), theme.dim)]);
        }
        if pace.too_many > 0 {
            speed.push((Shown::foreign(format!("   {} × 429", pace.too_many)), theme.warning));
        }
        lines.push(speed);
    }
    if let JobState::Paused(pause) = &report.state {
        let words = Shown::foreign(pause.to_string()).wrap(width);
        lines.extend(words.into_iter().map(|line| vec![(line, theme.warning)]));
    }
    if let Some(check) = report.sessions {
        let style = if check.active > 0 { theme.warning } else { theme.dim };
        let words = Shown::foreign(check.to_string()).wrap(width);
        lines.extend(words.into_iter().map(|line| vec![(line, style)]));
    }
    lines.extend(labelled(view, "reason", report.reason.as_deref(), width));
    lines.extend(labelled(view, "whom", Some(&report.chosen), width));
    if !report.failures.is_empty() {
        lines.push(Vec::new());
        lines.push(vec![(Shown::fixed("failed"), theme.failed)]);
    }
    for group in report.failures.iter().take(REASONS) {
        let count = Shown::foreign(format!("{:>5}  ", group.count));
        let code = (Shown::foreign(group.code.as_str()), theme.plain);
        let reason = (Shown::foreign(format!("  {}", group.reason)), theme.dim);
        lines.push(vec![(count, theme.failed), code, reason]);
    }
    lines.push(Vec::new());
    let name = report.journal.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    lines.push(vec![(Shown::fixed("Journal  "), theme.dim), (Shown::foreign(format!("jobs/{name}")), theme.dim)]);
    lines.push(vec![(Shown::fixed("Survives a crash; nothing is done twice."), theme.dim)]);
    lines
}

/// `25 s left`, `4 min left`.
pub(in crate::ui) fn seconds_left(seconds: usize) -> Shown<'static> {
    Shown::foreign(if seconds < 120 { format!("{seconds} s left") } else { format!("{} min left", seconds / 60) })
}

fn labelled<'a>(view: &View<'_>, label: &'static str, text: Option<&str>, width: usize) -> Vec<Vec<Piece<'a>>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Vec::new() };
    let text = view.personal(text).wrap(width.saturating_sub(9));
    let labels = std::iter::once(label).chain(std::iter::repeat(""));
    let line = |(label, line): (&'static str, Shown<'static>)| {
        vec![(Shown::foreign(format!("{label:<9}")), view.theme.dim), (line, view.theme.plain)]
    };
    labels.zip(text).map(line).collect()
}

/// The job in a few words, where there is room for a line only.
pub(in crate::ui) fn in_words(view: &View<'_>, report: &JobReport) -> Shown<'static> {
    let (counts, ended) = (report.counts, number(report.counts.ended()));
    Shown::join(&[&title(view, report), &Shown::fixed(", "), &ended, &Shown::fixed(" of "), &number(counts.total)])
}
