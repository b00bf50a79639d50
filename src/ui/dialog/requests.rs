//! The pane of the requests that were sent, and all about the chosen one.

use crate::{
    app::{dialog::RequestsPane, layout::RowsArea},
    clerk::{Exchange, SentBody},
    ui::{
        inset,
        paint::{Canvas, Piece},
        row_of,
        text::Shown,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Where the path begins, in cells behind the row's start.
const PATH: u16 = 9;
/// Room at the right edge for status and time.
const OUTCOME: u16 = 15;
/// Words of paths are not longer, in bytes: `phone_number_identifiers`.
const LONGEST_WORD: usize = 24;
/// Where what a label names begins, in cells behind the label's start.
const VALUES: u16 = 8;

pub(super) fn draw(view: &View<'_>, pane: &RequestsPane, area: Rect, canvas: &mut Canvas<'_>) {
    let log = view.app.request_log().exchanges();
    super::draw_frame(view, &(Shown::fixed("Requests sent"), view.theme.strong), area, canvas);
    let Some(RowsArea { rows, rule, chosen, .. }) = view.layout.pane() else { return };
    if log.is_empty() {
        let row = inset(rows);
        canvas.put(row.x, row.y, row.width, &Shown::fixed("Nothing has been sent yet."), view.theme.dim);
        return;
    }
    for (offset, (index, exchange)) in (0..rows.height).zip(log.iter().enumerate().skip(pane.top())) {
        let row = inset(row_of(rows, offset));
        draw_exchange(view, exchange, row, canvas);
        if index == pane.cursor() {
            canvas.put(row.x, row.y, 1, &Shown::fixed("›"), view.theme.accent);
            canvas.restyle(row, view.theme.cursor);
            canvas.place_cursor(row.x, row.y);
        }
    }
    if rule.height > 0 {
        canvas.rule(inset(rule), view.theme.rule);
    }
    if let Some(exchange) = log.get(pane.cursor()) {
        draw_facts(view, exchange, inset(chosen), canvas);
    }
}

/// `GET  /users?limit=100   200   12 ms`.
fn draw_exchange(view: &View<'_>, exchange: &Exchange, row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let ok = exchange.is_kept_back || exchange.status.is_some_and(|status| status < 400);
    canvas.put(row.x + 2, row.y, PATH - 3, &Shown::foreign(exchange.method.as_str()), theme.plain);
    let path = Rect { x: row.x + PATH, width: row.width.saturating_sub(PATH + OUTCOME), ..row };
    canvas.put(path.x, path.y, path.width, &short_path(&seen_path(view, exchange)), theme.plain);
    let outcome = [(status(exchange), if ok { theme.plain } else { theme.failed }), (took(exchange), theme.dim)];
    canvas.put_row(Rect { x: path.right() + 1, width: OUTCOME - 1, ..row }, &[], &outcome);
}

/// The path; what is asked for behind it can say who was looked for.
fn seen_path(view: &View<'_>, exchange: &Exchange) -> String {
    match exchange.path.split_once('?') {
        Some((path, query)) => format!("{path}?{}", view.personal(query).as_str()),
        None => exchange.path.clone(),
    }
}

/// With ids cut in their middle, so that what stands behind them is in sight.
pub(super) fn short_path(path: &str) -> Shown<'static> {
    let segment = |segment: &str| {
        let is_id = segment.contains('_') && !segment.contains(['?', '=']) && segment.len() > LONGEST_WORD;
        if is_id { Shown::short_id(segment).into_string() } else { segment.to_owned() }
    };
    Shown::foreign(path.split('/').map(segment).collect::<Vec<_>>().join("/"))
}

/// `   42 ms`; what was not sent took no time.
fn took(exchange: &Exchange) -> Shown<'static> {
    let took = Shown::foreign(format!("{:>6} ms", exchange.took.as_millis()));
    if exchange.is_kept_back { Shown::foreign(" ".repeat(took.width())) } else { took }
}

/// The status; a word where no answer came, or none was asked for.
fn status(exchange: &Exchange) -> Shown<'static> {
    if exchange.is_kept_back {
        return Shown::fixed("kept");
    }
    exchange.status.map_or(Shown::fixed("none"), |status| Shown::number(status.into()))
}

fn draw_facts(view: &View<'_>, exchange: &Exchange, area: Rect, canvas: &mut Canvas<'_>) {
    let body = match &exchange.body {
        SentBody::Empty => None,
        SentBody::Json(text) => Some(view.personal(text)),
        SentBody::File { name, content_type } => Some(view.personal_owned(format!("{name}, {content_type}"))),
    };
    let facts = [
        (if exchange.is_kept_back { "Kept" } else { "Sent" }, Some(view.when.second(exchange.at))),
        ("Code", exchange.code.as_deref().map(Shown::foreign)),
        ("Trace", exchange.trace_id.as_deref().map(Shown::foreign)),
        ("Path", Some(Shown::foreign(seen_path(view, exchange)))),
        ("Body", body),
    ];
    let width = usize::from(area.width.saturating_sub(VALUES));
    let mut lines: Vec<(&'static str, Piece<'_>)> = Vec::new();
    for (label, text) in facts.into_iter().filter_map(|(label, text)| Some((label, text?))) {
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        lines.extend(labels.zip(text.wrap(width).into_iter().map(|line| (line, view.theme.plain))));
    }
    for (offset, (label, (text, style))) in (0..area.height).zip(&lines) {
        let row = row_of(area, offset);
        canvas.put(row.x, row.y, VALUES, &Shown::fixed(label), view.theme.dim);
        canvas.put(row.x + VALUES, row.y, row.width.saturating_sub(VALUES), text, *style);
    }
}
