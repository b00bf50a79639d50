//! The help page: every action with its keys, by heading, in as many columns as there is room for.

use crate::{
    app::{
        Action,
        action::{Row, row_of},
        dialog::Help,
    },
    ui::{inset, paint::Canvas, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Cells of a column: where it is, the keys, and what they do.
const COLUMN: u16 = 39;
/// Cells that the keys of an action get.
const KEYS: u16 = 13;
/// What a word in the state column means.
const STATE_WORDS: [(&str, &str); 6] = [
    ("+ ~", "new, changed meanwhile"),
    ("banned", "signed out, no sign-in"),
    ("locked", "no sign-in for a while"),
    ("ban…", "sent, not confirmed"),
    ("gone", "deleted meanwhile"),
    ("–", "none; never"),
];

/// A row of the page.
#[derive(Clone, Copy)]
enum Entry {
    Air,
    Heading(&'static str),
    /// An action, and its index among all of the page.
    Action(usize, &'static Row),
    Word(&'static str, &'static str),
}

pub(super) fn draw(view: &View<'_>, help: &Help, area: Rect, canvas: &mut Canvas<'_>) {
    let area = inset(area);
    if area.is_empty() {
        return;
    }
    let columns = usize::from((area.width / COLUMN).max(1));
    let height = usize::from(area.height);
    // A row of air on top, if it costs no page.
    let sections = sections(help);
    let roomy = pages(&sections, columns, height.saturating_sub(1).max(1));
    let packed = pages(&sections, columns, height);
    let (pages, top) = if roomy.len() <= packed.len() { (roomy, u16::from(height > 1)) } else { (packed, 0) };
    let is_chosen = |entry: &Entry| matches!(entry, Entry::Action(index, _) if *index == help.cursor());
    let shown = pages.iter().position(|page| page.iter().flatten().any(is_chosen)).unwrap_or(0);
    let width = area.width / u16::try_from(columns).unwrap_or(1);
    for (number, column) in (0..).zip(&pages[shown]) {
        for (y, entry) in (area.y + top..area.bottom()).zip(column) {
            let row = Rect { x: area.x + number * width, y, width: width - 1, height: 1 };
            draw_entry(view, help, *entry, row, canvas);
        }
    }
    if pages.len() > 1 {
        let [page, of] = [shown + 1, pages.len()].map(|number| Shown::number(number as u64));
        let words = Shown::join(&[&Shown::fixed("page "), &page, &Shown::fixed(" of "), &of]);
        canvas.titled_rule(view.layout.bottom_rule, &[], &[(words, view.theme.dim)], view.theme.rule);
    }
}

fn draw_entry(view: &View<'_>, help: &Help, entry: Entry, row: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let mut put = |from: u16, cells: u16, text: &Shown<'_>, style| {
        canvas.put(row.x.saturating_add(from), row.y, cells.min(row.width.saturating_sub(from)), text, style);
    };
    match entry {
        Entry::Air => {}
        Entry::Heading(words) => put(1, row.width, &Shown::fixed(words), theme.strong),
        Entry::Word(word, meaning) => {
            put(2, KEYS - 1, &Shown::fixed(word), theme.plain);
            put(2 + KEYS, row.width, &Shown::fixed(meaning), theme.dim);
        }
        Entry::Action(index, action) => {
            let works = view.app.why_not(action.action, view.now).is_none();
            let (key_look, word_look) = if works { (theme.accent, theme.plain) } else { (theme.dim, theme.dim) };
            put(2, KEYS - 1, &keys(view, action.action), key_look);
            put(2 + KEYS, row.width, &Shown::fixed(action.help), word_look);
            if index == help.cursor() {
                put(0, 1, &Shown::fixed("›"), theme.accent);
                canvas.restyle(row, theme.cursor);
                canvas.place_cursor(row.x, row.y);
            }
        }
    }
}

/// The keys of an action, as many as there is room for; of one that has none, how it is reached through the menu, or the
/// word that is typed behind a colon.
fn keys(view: &View<'_>, action: Action) -> Shown<'static> {
    let mut shown = Shown::default();
    if let Some(letter) = row_of(action).more {
        return Shown::join(&[&view.key(Action::More), &Shown::fixed(" "), &Shown::foreign(letter.to_string())]);
    }
    for key in view.app.keymap().keys(action) {
        let key = Shown::foreign(key.to_string());
        let longer = if shown.is_empty() { key } else { Shown::join(&[&shown, &Shown::fixed(" "), &key]) };
        if longer.width() >= usize::from(KEYS) {
            break;
        }
        shown = longer;
    }
    match row_of(action).command {
        Some(word) if shown.is_empty() => Shown::join(&[&view.key(Action::Palette), &Shown::fixed(word)]),
        _ => shown,
    }
}

/// The sections of the page, each under its heading.
fn sections(help: &Help) -> Vec<Vec<Entry>> {
    let mut index = 0;
    let mut sections = Vec::new();
    for (group, rows) in help.found() {
        let mut section = vec![Entry::Heading(<&str>::from(group))];
        for row in rows {
            section.push(Entry::Action(index, row));
            index += 1;
        }
        sections.push(section);
    }
    if help.is_narrowed() {
        return sections;
    }
    let words = STATE_WORDS.map(|(word, meaning)| Entry::Word(word, meaning));
    sections.push([vec![Entry::Heading("State words")], words.into()].concat());
    sections
}

/// The page divided into pages of `columns` columns, none higher than `height` rows. What fits on one page is spread
/// over its columns evenly.
fn pages(sections: &[Vec<Entry>], columns: usize, height: usize) -> Vec<Vec<Vec<Entry>>> {
    let highest_section = sections.iter().map(Vec::len).max().unwrap_or(1);
    let lowest = (highest_section..height).find_map(|lower| {
        let packed = pack(sections, lower, 1);
        (packed.len() <= columns && packed.iter().all(|column| column.len() <= lower)).then_some(packed)
    });
    let packed = lowest.unwrap_or_else(|| {
        let airy = pack(sections, height, 1);
        let dense = pack(sections, height, 0);
        if dense.len().div_ceil(columns) < airy.len().div_ceil(columns) { dense } else { airy }
    });
    packed.chunks(columns).map(<[Vec<Entry>]>::to_vec).collect()
}

/// The sections in columns of at most `height` rows, with `air` rows between two of them. A section that is higher
/// than a column goes on in the next.
fn pack(sections: &[Vec<Entry>], height: usize, air: usize) -> Vec<Vec<Entry>> {
    let mut columns: Vec<Vec<Entry>> = vec![Vec::new()];
    for section in sections {
        let last = columns.len() - 1;
        if !columns[last].is_empty() {
            if columns[last].len() + air + section.len() <= height {
                columns[last].extend(std::iter::repeat_n(Entry::Air, air));
            } else {
                columns.push(Vec::new());
            }
        }
        for entry in section {
            if columns[columns.len() - 1].len() >= height {
                columns.push(Vec::new());
            }
            let last = columns.len() - 1;
            columns[last].push(*entry);
        }
    }
    columns
}
