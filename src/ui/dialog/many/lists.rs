//! The lists of the question: whom exactly it is about, and what exactly would be sent.

use super::{
    super::requests::short_path,
    rows::{call, identifier, in_a_word, lot_words, name},
};
use crate::{
    app::{
        act::RequestPreview,
        dialog::{DryRun, Lot, Many},
        grouped,
        job::Target,
        layout::RowsArea,
    },
    ui::{
        inset,
        paint::{Canvas, Piece},
        row_of,
        text::Shown,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Where a name begins, in cells behind the row's start.
const NAME: u16 = 2;

/// A row of a dry run.
enum Entry<'a> {
    Request(&'a RequestPreview),
    More(usize),
    Skipped(&'a Target, &'a Lot),
}

pub(super) fn draw_who(view: &View<'_>, many: &Many, area: Rect, canvas: &mut Canvas<'_>) {
    let title = (Shown::foreign(format!("Who exactly: {}", many.words().title)), view.theme.strong);
    super::super::draw_frame(view, &title, area, canvas);
    let everybody = many.everybody();
    draw_list(view, many, canvas, &everybody, |view, (target, lot), row, canvas| {
        draw_person(view, (target, lot), row, canvas);
    });
    let Some(RowsArea { chosen, .. }) = view.layout.pane() else { return };
    if let Some((target, lot)) = everybody.get(many.cursor()) {
        let plain = view.theme.plain;
        let facts = [
            Some((name(view, target), view.theme.strong)),
            identifier(view, target).map(|identifier| (identifier, plain)),
            Some((Shown::foreign(target.id.to_string()), view.theme.dim)),
            Some((lot_words(many, lot), plain)),
        ];
        let facts: Vec<Option<Piece<'_>>> = facts.into_iter().flatten().map(Some).collect();
        canvas.put_paragraphs(inset(chosen), &facts);
    }
}

pub(super) fn draw_dry_run(view: &View<'_>, many: &Many, area: Rect, canvas: &mut Canvas<'_>) {
    let words = many.words();
    let title = (Shown::foreign(format!("Dry run: {}", words.title)), view.theme.strong);
    super::super::draw_frame(view, &title, area, canvas);
    let run = many.dry_run();
    let entries = entries(&run);
    draw_list(view, many, canvas, &entries, draw_entry);
    let Some(RowsArea { chosen, .. }) = view.layout.pane() else { return };
    let theme = view.theme;
    let mut facts: Vec<Option<Piece<'_>>> = match entries.get(many.cursor()) {
        Some(Entry::Request(request)) => {
            let body = request
                .body
                .as_ref()
                .map_or(Shown::fixed("without a body"), |body| view.personal_owned(body.to_string()));
            vec![
                Some((Shown::foreign(format!("{} {}", request.method, request.path)), theme.strong)),
                Some((body, theme.plain)),
            ]
        }
        Some(Entry::Skipped(target, lot)) => {
            vec![Some((name(view, target), theme.strong)), Some((lot_words(many, lot), theme.plain))]
        }
        Some(Entry::More(_)) | None => Vec::new(),
    };
    let cost = Shown::foreign(format!("Nothing is sent by this: {}.", words.cost.at_share()));
    facts.insert(0, Some((cost, theme.dim)));
    canvas.put_paragraphs(inset(chosen), &facts);
}

fn entries(run: &DryRun) -> Vec<Entry<'_>> {
    let requests = run.requests.iter().map(Entry::Request);
    let more = (run.more > 0).then_some(Entry::More(run.more));
    let skipped = run.skipped.iter().map(|(target, lot)| Entry::Skipped(target, lot));
    requests.chain(more).chain(skipped).collect()
}

/// The rows that are on the screen, the chosen one among them.
fn draw_list<T>(
    view: &View<'_>,
    many: &Many,
    canvas: &mut Canvas<'_>,
    all: &[T],
    draw: impl Fn(&View<'_>, &T, Rect, &mut Canvas<'_>),
) {
    let Some(RowsArea { rows, rule, .. }) = view.layout.pane() else { return };
    for (offset, (index, item)) in (0..rows.height).zip(all.iter().enumerate().skip(many.top())) {
        let row = inset(row_of(rows, offset));
        draw(view, item, row, canvas);
        if index == many.cursor() {
            canvas.put(row.x, row.y, 1, &Shown::fixed("›"), view.theme.accent);
            canvas.restyle(row, view.theme.cursor);
            canvas.place_cursor(row.x, row.y);
        }
    }
    if rule.height > 0 {
        canvas.rule(inset(rule), view.theme.rule);
    }
}

/// `Ada Lovelace  ada@…   already so`.
fn draw_person(view: &View<'_>, (target, lot): (&Target, &Lot), row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let style = if *lot == Lot::Changed { theme.plain } else { theme.dim };
    let inner = Rect { x: row.x + NAME, width: row.width.saturating_sub(NAME), ..row };
    let mut who = vec![(call(view, target), style)];
    if let (Some(_), Some(identifier)) = (&target.person.name, identifier(view, target)) {
        who.extend([(Shown::fixed("  "), style), (identifier, theme.dim)]);
    }
    // What becomes of most is said by the title.
    canvas.put_row(inner, &who, &[(in_a_word(lot), theme.warning)]);
}

fn draw_entry(view: &View<'_>, entry: &Entry<'_>, row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let inner = Rect { x: row.x + NAME, width: row.width.saturating_sub(NAME), ..row };
    match entry {
        Entry::Request(request) => {
            let body = request.body.as_ref().map_or(Shown::fixed(""), |body| view.personal_owned(body.to_string()));
            let line = [
                (Shown::fixed(request.method), theme.plain),
                (Shown::fixed(" "), theme.plain),
                (short_path(&request.path), theme.plain),
                (Shown::fixed(" "), theme.plain),
                (body, theme.dim),
            ];
            canvas.put_row(inner, &line, &[]);
        }
        Entry::More(count) => {
            let count = grouped(u64::try_from(*count).unwrap_or(u64::MAX));
            canvas.put(inner.x, inner.y, inner.width, &Shown::foreign(format!("and {count} more requests")), theme.dim);
        }
        Entry::Skipped(target, lot) => draw_person(view, (target, lot), row, canvas),
    }
}
