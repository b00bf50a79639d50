//! The notice: what came of the last act, or a word about the state under the cursor.

use super::{
    exporting, failure, inset, marks,
    paint::{Canvas, Piece, pieces_width},
    text::Shown,
    view::View,
    work,
};
use crate::app::{Action, Notice, NoticeKind, Standing};
use ratatui::layout::Rect;

/// A failure gets at most so many rows; it then covers what is above it.
const MOST_ROWS: u16 = 4;

pub(super) fn draw(view: &View<'_>, canvas: &mut Canvas<'_>) {
    // The help page is no place for news.
    if view.layout.page.is_some() && view.layout.notice.is_none() {
        return;
    }
    match view.app.notice() {
        Some(notice) => draw_notice(view, notice, canvas),
        None if marks::says_something(view) => {
            let row = area(view, 1);
            canvas.clear(row);
            marks::draw(view, inset(row), canvas);
        }
        None if exporting::says_something(view) => {
            let row = area(view, 1);
            canvas.clear(row);
            exporting::draw(view, inset(row), canvas);
        }
        None if work::says_something(view) => {
            let row = area(view, 1);
            canvas.clear(row);
            work::draw(view, inset(row), canvas);
        }
        None => {
            if let Some(row) = view.layout.notice {
                canvas.put_row(inset(row), &explanation(view), &[]);
            }
        }
    }
}

/// Where a notice of so many rows stands: above the footer, over whatever is there.
fn area(view: &View<'_>, rows: u16) -> Rect {
    let footer = view.layout.footer;
    let rows = rows.min(footer.y.saturating_sub(view.layout.top_rule.bottom()));
    Rect { y: footer.y - rows, height: rows, ..footer }
}

fn draw_notice(view: &View<'_>, notice: &Notice, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let text = Shown::foreign(&*notice.text);
    match &notice.kind {
        NoticeKind::Failure { code, trace_id, advice } => {
            draw_failure(view, &text, advice, &failure::facts(code.as_deref(), trace_id.as_deref()), canvas);
        }
        NoticeKind::Success { trace_id, undo } => {
            let mut right = Vec::new();
            if *undo && view.app.why_not(Action::Undo, view.now).is_none() {
                right.extend([(view.key(Action::Undo), theme.accent), (Shown::fixed(" undo"), theme.plain)]);
            }
            if let Some(trace_id) = trace_id {
                let gap = if right.is_empty() { "" } else { "   " };
                let trace = Shown::foreign(&**trace_id);
                let trace = Shown::join(&[&Shown::fixed(gap), &Shown::fixed("trace "), &trace.cut(12)]);
                right.push((trace, theme.dim));
            }
            draw_line(view, (text, theme.done), &right, canvas);
        }
        NoticeKind::Remark => draw_line(view, (text, theme.plain), &[], canvas),
    }
}

fn draw_line(view: &View<'_>, text: Piece<'_>, right: &[Piece<'_>], canvas: &mut Canvas<'_>) {
    let row = area(view, 1);
    canvas.clear(row);
    canvas.put_row(inset(row), &[text], right);
}

/// A failure is told in full: the cause, what to do, and what support will ask for. Below a rule of its own.
fn draw_failure(view: &View<'_>, text: &Shown<'_>, advice: &'static str, facts: &Shown<'_>, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let width = inset(view.layout.footer).width;
    let sentence = Shown::foreign(failure::sentence(text.as_str()));
    let paragraphs = [
        Some((sentence, theme.failed)),
        Some((Shown::fixed(advice), theme.plain)),
        (!facts.is_empty()).then(|| (facts.clone(), theme.dim)),
    ];
    let paragraphs: Vec<_> = paragraphs.into_iter().flatten().map(Some).collect();
    let lines: usize = paragraphs.iter().flatten().map(|(text, _)| text.wrap(usize::from(width)).len()).sum();
    let rows = u16::try_from(lines).unwrap_or(MOST_ROWS).min(MOST_ROWS);
    let area = area(view, rows + 1);
    let (Some(rule), true) = (area.rows().next(), area.height > 0) else { return };
    canvas.clear(area);
    let dismiss = [(view.key(Action::Back), theme.accent), (Shown::fixed(" dismisses"), theme.dim)];
    canvas.titled_rule(rule, &[(Shown::fixed("failed"), theme.failed)], &dismiss, theme.rule);
    if let Some(x) = view.layout.divider {
        canvas.fill(Rect { x, width: 1, ..rule }, "┴", theme.rule);
    }
    let below = Rect { y: rule.y + 1, height: area.height - 1, ..area };
    canvas.put_paragraphs(inset(below), &paragraphs);
}

/// What the word in the state column means, and the key that takes it back.
fn explanation(view: &View<'_>) -> Vec<Piece<'static>> {
    let theme = view.theme;
    let Some(known) = view.app.subject().filter(|_| view.app.dialog().is_none()) else { return Vec::new() };
    let (words, action, verb) = match known.standing(view.now) {
        Standing::Fine => return Vec::new(),
        Standing::Banned => ("Banned means signed out everywhere and no sign-in.  ", Action::Unban, " lifts the ban."),
        Standing::Locked(_) => ("Locked means no new sign-in; open sessions stay.  ", Action::Unlock, " unlocks."),
    };
    if view.app.why_not(action, view.now).is_some() {
        return Vec::new();
    }
    let pieces =
        vec![(Shown::fixed(words), theme.dim), (view.key(action), theme.accent), (Shown::fixed(verb), theme.dim)];
    if pieces_width(&pieces) <= inset(view.layout.footer).width { pieces } else { Vec::new() }
}
