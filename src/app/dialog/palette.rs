//! The palette: everything that can be asked for, by name.

use super::{Choice, ORDERS};
use crate::app::{
    action::{Action, Group, Row, rows},
    text_field::TextField,
};
use crossterm::event::KeyEvent;
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};
use std::borrow::Cow;

/// Longer texts are cut, in characters.
const LONGEST: usize = 200;

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteEntry {
    /// What it is called.
    pub label: Cow<'static, str>,
    /// What is done then.
    pub choice: Choice,
    /// What it does, in sentences.
    pub about: Cow<'static, str>,
    /// The action that it belongs to, and the letter in that action's menu, if it is reached so.
    pub reached: (Action, Option<char>),
    /// The word that names it behind the colon.
    pub command: Option<&'static str>,
}

impl PaletteEntry {
    fn of(row: &'static Row) -> Self {
        Self {
            label: sentence_case(row.help),
            choice: Choice::Action(row.action),
            about: row.about.into(),
            reached: row.more.map_or((row.action, None), |letter| (Action::More, Some(letter))),
            command: row.command,
        }
    }

    fn of_order(item: &'static super::OrderItem) -> Self {
        Self {
            label: format!("Sort by {}", item.label).into(),
            choice: Choice::Order(item.order()),
            about: format!("Shows the users of the list {}.", super::OrderItem::words(item.order())).into(),
            reached: (Action::Order, Some(item.key)),
            command: None,
        }
    }
}

/// The palette under edit: what was typed, what it finds, and the chosen one.
#[derive(Clone, Debug)]
pub struct Palette {
    field: TextField,
    entries: Vec<PaletteEntry>,
    /// The indices of the entries that the text finds, the best first.
    found: Vec<usize>,
    cursor: usize,
}

impl Default for Palette {
    /// Everything, in the order of the table.
    fn default() -> Self {
        Self::of(|_| true)
    }
}

impl Palette {
    /// Everything, what `works` now before what does not; each in the order of the table.
    #[must_use]
    pub fn of(works: impl Fn(Action) -> bool) -> Self {
        let actions = rows().filter(|row| row.group != Group::Dialog && row.action != Action::Palette);
        let (now, later): (Vec<_>, Vec<_>) = actions.partition(|row| works(row.action));
        let orders = ORDERS.iter().map(PaletteEntry::of_order);
        let of = |rows: Vec<&'static Row>| rows.into_iter().map(PaletteEntry::of);
        let entries: Vec<_> = of(now).chain(orders).chain(of(later)).collect();
        let found = (0..entries.len()).collect();
        Self { field: TextField::with_longest(LONGEST), entries, found, cursor: 0 }
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// What the text finds, the best first.
    #[must_use]
    pub fn found(&self) -> impl ExactSizeIterator<Item = &PaletteEntry> {
        self.found.iter().map(|index| &self.entries[*index])
    }

    /// How many there are in all.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// The index of the chosen one among those found.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The chosen one; none when nothing is found.
    #[must_use]
    pub fn chosen(&self) -> Option<&PaletteEntry> {
        self.entries.get(*self.found.get(self.cursor)?)
    }

    /// What was typed behind the word of the chosen one, without the blanks at its ends: `spam` of `save spam`.
    #[must_use]
    pub fn argument(&self) -> &str {
        let command = self.chosen().filter(|entry| takes_argument(entry)).and_then(|entry| entry.command);
        command.and_then(|command| argument_of(self.field.text(), command)).unwrap_or_default()
    }

    /// Takes a key that edits the text.
    pub fn edit(&mut self, key: KeyEvent) {
        if self.field.edit(key) {
            self.find();
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.find();
    }

    /// Moves the choice by so many; behind the last comes the first.
    pub fn step(&mut self, by: isize) {
        let count = isize::try_from(self.found.len()).unwrap_or(isize::MAX).max(1);
        let at = isize::try_from(self.cursor).unwrap_or(0);
        self.cursor = usize::try_from((at + by).rem_euclid(count)).unwrap_or(0);
    }

    /// Puts the word of the chosen one into the field, with room for what belongs behind it; else its name.
    pub fn complete(&mut self) {
        let Some(entry) = self.chosen() else { return };
        let (choice, text) = (entry.choice.clone(), entry.command.map_or(entry.label.to_string(), str::to_owned));
        self.field.set(&text);
        self.find();
        let place = self.found().position(|entry| entry.choice == choice);
        self.cursor = place.unwrap_or(0);
    }

    fn find(&mut self) {
        self.cursor = 0;
        let text = self.field.text();
        let is_named = |entry: &PaletteEntry| entry.command.is_some_and(|word| argument_of(text, word).is_some());
        // A word with something behind it is a command, and no search.
        if text.trim().contains(' ')
            && let Some(named) = self.entries.iter().position(|entry| is_named(entry) && takes_argument(entry))
        {
            self.found = vec![named];
            return;
        }
        let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
        let mut scored: Vec<_> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                // Exactly its word goes before every name that only holds the letters.
                let named = is_named(entry).then_some(u32::MAX);
                let score = named.or_else(|| score(&entry.label)).or_else(|| score(entry.command?))?;
                Some((index, score))
            })
            .collect();
        // Stable: of what fits alike, that comes first which works now.
        scored.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        self.found = scored.into_iter().map(|(index, _)| index).collect();
    }
}

/// What stands behind `command` in `text`, if it begins with it as a word.
fn argument_of<'a>(text: &'a str, command: &str) -> Option<&'a str> {
    let rest = text.trim_start().strip_prefix(command)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

fn takes_argument(entry: &PaletteEntry) -> bool {
    matches!(entry.choice, Choice::Action(action) if action.takes_argument())
}

fn sentence_case(words: &'static str) -> Cow<'static, str> {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => format!("{}{}", first.to_uppercase(), letters.as_str()).into(),
        _ => words.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Palette {
        let mut palette = Palette::default();
        palette.paste(text);
        palette
    }

    fn labels(palette: &Palette) -> Vec<&str> {
        palette.found().map(|entry| &*entry.label).collect()
    }

    #[test]
    fn everything_is_there_before_anything_is_typed() {
        let palette = Palette::default();
        let shown = rows().filter(|row| row.group != Group::Dialog).count() - 1;
        assert_eq!((palette.found().len(), palette.count()), (shown + ORDERS.len(), shown + ORDERS.len()));
        assert!(palette.found().all(|entry| !entry.about.is_empty()));
    }

    #[test]
    fn what_fits_best_comes_first_and_what_does_not_is_left_out() {
        assert_eq!(labels(&typed("sign out"))[0], "Sign out everywhere");
        assert_eq!(labels(&typed("sgnout"))[0], "Sign out everywhere");
        assert_eq!(labels(&typed("LAST SIGN"))[0], "Sort by last sign-in");
        assert!(labels(&typed("sign")).iter().all(|label| *label != "Ban"));
        let nothing = typed("xyzzy");
        assert_eq!((nothing.found().len(), nothing.chosen()), (0, None));
    }

    #[test]
    fn a_word_behind_the_colon_is_exactly_its_action() {
        assert_eq!(typed("q").chosen().map(|entry| &entry.choice), Some(&Choice::Action(Action::Quit)));
        assert_eq!(typed("q").argument(), "");
    }

    #[test]
    fn the_choice_goes_round_and_is_completed() {
        let mut palette = typed("sort");
        palette.step(-1);
        let last = palette.chosen().unwrap().label.to_string();
        assert_eq!(labels(&palette).last(), Some(&last.as_str()));
        palette.complete();
        assert_eq!((palette.field().text(), &*palette.chosen().unwrap().label), (last.as_str(), last.as_str()));
        palette.step(1);
        let mut nothing = typed("xyzzy");
        nothing.step(1);
        nothing.complete();
        assert_eq!(nothing.chosen(), None);
    }
}
