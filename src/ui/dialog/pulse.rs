//! The pulse: each figure on a row of its own, the days with bars.

use crate::{
    app::{Figure, FigureKind, Pulse, SlotId},
    ui::{
        inset,
        paint::{Canvas, Piece},
        row_of,
        text::Shown,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Where the numbers end, in cells behind a row's start.
const NUMBERS_END: u16 = 28;
/// Where the bars begin.
const BARS: u16 = NUMBERS_END + 2;

/// A row of the pane.
enum Row<'a> {
    Air,
    Heading(&'static str),
    Figure(usize, &'a Figure),
}

pub(super) fn draw(view: &View<'_>, pulse: &Pulse, area: Rect, canvas: &mut Canvas<'_>) {
    let body = super::draw_frame(view, &(Shown::fixed("Pulse"), view.theme.strong), area, canvas);
    let (rows, note) = (rows(pulse), row_of(body, body.height.saturating_sub(1)));
    let body = Rect { height: body.height.saturating_sub(1), ..body };
    let chosen = rows.iter().position(|row| matches!(row, Row::Figure(index, _) if *index == pulse.cursor()));
    let first = super::first_row(chosen.unwrap_or(0), usize::from(body.height));
    let most = pulse.figures().iter().filter(|figure| is_day(figure)).filter_map(|figure| pulse.count(figure)).max();
    for (offset, row) in (0..body.height).zip(rows.iter().skip(first)) {
        let line = row_of(body, offset);
        match row {
            Row::Air => {}
            Row::Heading(words) => _ = canvas.put(line.x, line.y, line.width, &Shown::fixed(words), view.theme.dim),
            Row::Figure(index, figure) => {
                draw_figure(view, pulse, (*index, figure), most.unwrap_or(0), line, canvas);
            }
        }
    }
    draw_note(view, pulse, inset(Rect { x: note.x.saturating_sub(1), width: note.width + 2, ..note }), canvas);
}

fn is_day(figure: &Figure) -> bool {
    matches!(figure.kind, FigureKind::SignedUp(_))
}

fn rows(pulse: &Pulse) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (index, figure) in pulse.figures().iter().enumerate() {
        let begins_days = is_day(figure) && index.checked_sub(1).is_none_or(|before| !is_day(&pulse.figures()[before]));
        if begins_days {
            rows.extend([Row::Air, Row::Heading("Signed up, by day")]);
        }
        rows.push(Row::Figure(index, figure));
    }
    rows
}

fn draw_figure(
    view: &View<'_>,
    pulse: &Pulse,
    (index, figure): (usize, &Figure),
    most: u64,
    row: Rect,
    canvas: &mut Canvas<'_>,
) {
    let theme = view.theme;
    let count = pulse.count(figure);
    canvas.put(row.x + 2, row.y, NUMBERS_END - 2, &label(figure), theme.plain);
    let number = count.map_or_else(|| not_counted(view, index), |count| (Shown::number(count), theme.strong));
    let width = u16::try_from(number.0.width()).unwrap_or(0);
    canvas.put(row.x + NUMBERS_END.saturating_sub(width), row.y, width, &number.0, number.1);
    let rest = Rect { x: row.x + BARS, width: row.width.saturating_sub(BARS), ..row };
    match (count, pulse.all()) {
        (Some(count), _) if is_day(figure) && most > 0 => {
            // At least a cell for anybody: a day with one is not a day with none.
            let cells = (u64::from(rest.width) * count).div_ceil(most);
            canvas.fill(Rect { width: u16::try_from(cells).unwrap_or(0).min(rest.width), ..rest }, "█", theme.accent);
        }
        (Some(count), Some(all)) if figure.kind != FigureKind::All && all > 0 && !is_day(figure) => {
            _ = canvas.put(rest.x, rest.y, rest.width, &share(count, all), theme.dim);
        }
        _ => {}
    }
    if index == pulse.cursor() {
        canvas.put(row.x, row.y, 1, &Shown::fixed("›"), theme.accent);
        canvas.restyle(Rect { width: BARS.min(row.width), ..row }, theme.cursor);
        canvas.place_cursor(row.x, row.y);
    }
}

/// A spinner while it is counted; a dash where nobody counts.
fn not_counted(view: &View<'_>, index: usize) -> Piece<'static> {
    let slot = u8::try_from(index).map(SlotId::Pulse);
    let spinner = slot.ok().and_then(|slot| view.spinner(slot));
    (spinner.unwrap_or(Shown::fixed("–")), view.theme.dim)
}

fn label(figure: &Figure) -> Shown<'static> {
    match figure.kind {
        FigureKind::All => Shown::fixed("Users"),
        FigureKind::Banned => Shown::fixed("Banned"),
        FigureKind::NeverSignedIn => Shown::fixed("Never signed in"),
        FigureKind::Active(1) => Shown::fixed("Active in a day"),
        FigureKind::Active(days) => Shown::foreign(format!("Active in {days} days")),
        FigureKind::SignedUp(day) => Shown::foreign(day.strftime("%Y-%m-%d %a").to_string()),
    }
}

/// `3.4 %`, rounded down, so that not everybody are never all.
fn share(count: u64, all: u64) -> Shown<'static> {
    let tenths = u128::from(count) * 1_000 / u128::from(all.max(1));
    Shown::foreign(format!("{}.{} %", tenths / 10, tenths % 10))
}

/// The figure in a few words, where there is room for a line only.
pub(in crate::ui) fn in_words(pulse: &Pulse, figure: &Figure) -> Shown<'static> {
    let count = pulse.count(figure).map_or(Shown::fixed("–"), Shown::number);
    Shown::join(&[&label(figure), &Shown::fixed(" "), &count])
}

fn draw_note(view: &View<'_>, pulse: &Pulse, row: Rect, canvas: &mut Canvas<'_>) {
    let words = match pulse.failure() {
        Some(failure) => (Shown::foreign(format!("Not all counted, r tries again: {failure}.")), view.theme.failed),
        None => (Shown::fixed("Clerk cannot count who is locked."), view.theme.dim),
    };
    canvas.put(row.x, row.y, row.width, &words.0, words.1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_down() {
        let told = |count, all| share(count, all).as_str().to_owned();
        assert_eq!(
            (told(37, 12_481), told(999, 1_000), told(1, 1)),
            ("0.2 %".into(), "99.9 %".into(), "100.0 %".into())
        );
        assert_eq!(told(1, 0), "100.0 %".to_owned());
    }
}
