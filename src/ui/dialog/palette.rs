//! The palette: what is typed behind the colon, what it finds, and what the chosen one does.

use crate::{
    app::dialog::{Choice, Palette, PaletteEntry},
    ui::{
        field,
        paint::{Canvas, Piece},
        row_of,
        text::Shown,
        view::View,
    },
};
use ratatui::layout::Rect;

/// Rows beside the entries: the edges, air, a rule, two lines about the chosen one.
const OTHER_ROWS: u16 = 8;
/// Rows of what is said of the chosen one.
const ABOUT: u16 = 2;
/// Cells that the keys of an entry get at the right edge.
const KEYS: u16 = 8;
/// Between a frame and what is in it.
const MARGIN: u16 = 2;

pub(super) fn draw(view: &View<'_>, palette: &Palette, area: Rect, canvas: &mut Canvas<'_>) {
    if area.height < 3 || area.width < 20 {
        return;
    }
    canvas.clear(area);
    canvas.frame(area, view.theme.rule);
    draw_field(view, palette, area, canvas);
    let inner = Rect { x: area.x + MARGIN, width: area.width - 2 * MARGIN, y: area.y + 1, height: area.height - 2 };
    // Where rows are scarce, all of them are for the entries.
    let roomy = area.height > OTHER_ROWS;
    let (top, rows) = if roomy { (inner.y + 1, area.height - OTHER_ROWS) } else { (inner.y, inner.height) };
    let entries = Rect { y: top, height: rows, ..inner };
    draw_entries(view, palette, entries, canvas);
    if roomy {
        let rule = Rect { y: entries.bottom() + 1, height: 1, ..inner };
        canvas.rule(rule, view.theme.rule);
        let about = Rect { x: inner.x + MARGIN, width: inner.width - MARGIN, y: rule.y + 1, height: ABOUT };
        let sentences = palette.chosen().map(|entry| (Shown::foreign(&*entry.about), view.theme.plain));
        canvas.put_paragraphs(about, &[sentences]);
    }
}

/// Let into the upper edge: the colon, the text, and how many of how many it finds.
fn draw_field(view: &View<'_>, palette: &Palette, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let number = |count: usize| Shown::number(u64::try_from(count).unwrap_or(u64::MAX));
    let count = Shown::join(&[
        &Shown::fixed(" "),
        &number(palette.found().len()),
        &Shown::fixed(" of "),
        &number(palette.count()),
        &Shown::fixed(" "),
    ]);
    let width = u16::try_from(count.width()).unwrap_or(0);
    let right = area.right().saturating_sub(MARGIN + width);
    canvas.put(right, area.y, width, &count, theme.dim);
    let left = area.x + MARGIN;
    let sign = canvas.put(left, area.y, right.saturating_sub(left), &Shown::fixed(" : "), theme.accent);
    let used = u16::try_from(Shown::foreign(palette.field().text()).width()).unwrap_or(u16::MAX).saturating_add(1);
    let room = right.saturating_sub(left + sign + 1).min(used);
    let field = Rect { x: left + sign, y: area.y, width: room, height: 1 };
    canvas.clear(Rect { width: room + 1, ..field });
    field::draw_focused(view, palette.field(), field, canvas);
}

fn draw_entries(view: &View<'_>, palette: &Palette, area: Rect, canvas: &mut Canvas<'_>) {
    let first = super::first_row(palette.cursor(), usize::from(area.height));
    // The names get what the subjects and the keys leave, and no more than they need.
    let label = (area.width.saturating_sub(MARGIN + KEYS) / 2).min(34);
    for (offset, (index, entry)) in (0..area.height).zip(palette.found().enumerate().skip(first)) {
        let row = row_of(area, offset);
        draw_entry(view, entry, (row, label), canvas);
        if index == palette.cursor() {
            canvas.put(row.x, row.y, 1, &Shown::fixed("›"), view.theme.accent);
            canvas.restyle(row, view.theme.cursor);
        }
    }
    if palette.found().len() == 0 {
        let words = Shown::fixed("Nothing is called so.");
        canvas.put(area.x + MARGIN, area.y, area.width - MARGIN, &words, view.theme.dim);
    }
}

fn draw_entry(view: &View<'_>, entry: &PaletteEntry, (row, label): (Rect, u16), canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let (subject, works) = subject(view, &entry.choice);
    let style = if works { theme.plain } else { theme.dim };
    let x = row.x + MARGIN;
    canvas.put(x, row.y, label, &Shown::foreign(&*entry.label), style);
    let at = x + label + 1;
    let keys = reached_by(view, entry);
    let keys_width = u16::try_from(keys.width()).unwrap_or(0);
    let room = row.right().saturating_sub(at + keys_width + 1);
    canvas.put(at, row.y, room, &subject.0, subject.1);
    canvas.put_right(row.x, row.y, row.width, &keys, if works { theme.accent } else { theme.dim });
}

/// What it would be about, or why it cannot be done now; and whether it can.
fn subject(view: &View<'_>, choice: &Choice) -> (Piece<'static>, bool) {
    let theme = view.theme;
    let Choice::Action(action) = choice else { return ((Shown::fixed("list"), theme.dim), true) };
    if let Some(reason) = view.app.why_not(*action, view.now) {
        return ((Shown::foreign(reason.as_str().to_owned()), theme.dim), false);
    }
    let about_user = view.app.subject().filter(|_| action.is_about_user());
    let words = about_user.map_or_else(Shown::default, |known| crate::ui::user::title(view, known).0);
    ((words, theme.dim), true)
}

/// The keys that it has, or the key of its menu and its letter there; else its word.
fn reached_by(view: &View<'_>, entry: &PaletteEntry) -> Shown<'static> {
    let (action, letter) = entry.reached;
    let key = view.key(action);
    match (letter, entry.command) {
        (Some(letter), _) => Shown::join(&[&key, &Shown::fixed(" "), &Shown::foreign(letter.to_string())]),
        (None, Some(command)) if key.is_empty() => Shown::join(&[&Shown::fixed(":"), &Shown::fixed(command)]),
        (None, _) => key,
    }
}
