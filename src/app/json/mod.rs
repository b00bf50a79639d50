//! JSON to read: folded, found in, with a line that is chosen.

mod tree;

pub(super) use tree::Members;
pub use tree::{Entry, Kind};

use super::{cursor::Cursor, text_field::TextField};
use std::collections::HashSet;

/// A line of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonRow {
    /// A value without anything in it, or the first line of one that is open.
    Open(usize),
    /// A value whose inside is hidden.
    Folded(usize),
    /// The last line of an object or array.
    Close(usize),
}

impl JsonRow {
    /// The index of the entry that it is of.
    #[must_use]
    pub fn entry(self) -> usize {
        match self {
            Self::Open(entry) | Self::Folded(entry) | Self::Close(entry) => entry,
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default)]
struct Find {
    field: TextField,
    /// The field has the keys.
    typing: bool,
    /// The entries that have it, in order.
    matches: Vec<usize>,
}

/// A JSON text on the screen.
#[derive(Clone, Debug, Default)]
pub struct JsonView {
    text: String,
    entries: Vec<Entry>,
    /// The paths of what is folded: they hold over a refresh.
    folded: HashSet<String>,
    lines: Vec<JsonRow>,
    cursor: Cursor,
    find: Option<Find>,
}

impl JsonView {
    /// Shows another text. What was folded, chosen and looked for stays so where it is still there.
    ///
    /// # Errors
    ///
    /// When the text is not JSON; the view is empty then.
    pub fn show(&mut self, text: &str) -> serde_json::Result<()> {
        let chosen = self.chosen().map(|entry| entry.path.clone());
        let read = tree::entries(text);
        self.entries = read.as_ref().map(Clone::clone).unwrap_or_default();
        text.clone_into(&mut self.text);
        self.lay_out();
        self.look();
        let same = self.entries.iter().position(|entry| Some(&entry.path) == chosen.as_ref());
        self.choose_entry(same.unwrap_or(0));
        read.map(|_| ())
    }

    /// Every value.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The JSON of a value, as it came.
    #[must_use]
    pub fn text(&self, entry: &Entry) -> &str {
        self.text.get(entry.span.clone()).unwrap_or_default()
    }

    /// The lines, in order.
    #[must_use]
    pub fn lines(&self) -> &[JsonRow] {
        &self.lines
    }

    /// The index of the chosen line.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor.at
    }

    /// The index of the first line on the screen.
    #[must_use]
    pub fn top(&self) -> usize {
        self.cursor.top
    }

    /// The value of the chosen line.
    #[must_use]
    pub fn chosen(&self) -> Option<&Entry> {
        self.lines.get(self.cursor.at).and_then(|line| self.entries.get(line.entry()))
    }

    /// Chooses a line, `height` of them being on the screen.
    pub fn place_cursor(&mut self, index: usize, height: usize) {
        self.cursor.place(index, self.lines.len(), height);
    }

    /// Scrolls so far that the chosen line is on the screen.
    pub fn keep_in_sight(&mut self, height: usize) {
        self.cursor.keep_in_sight(height);
    }

    /// Hides what is in the chosen value, or shows it again; of a value without inside, what it is itself in.
    pub fn fold(&mut self) {
        let Some(line) = self.lines.get(self.cursor.at) else { return };
        let mut place = line.entry();
        if !self.entries[place].kind.is_foldable() {
            let is_around = |index: &usize| self.entries[*index].end > place && self.entries[*index].kind.is_foldable();
            let Some(around) = (0..place).rev().find(is_around) else { return };
            place = around;
        }
        let path = self.entries[place].path.clone();
        if !self.folded.remove(&path) {
            self.folded.insert(path);
        }
        self.lay_out();
        self.choose_entry(place);
    }

    /// Opens the field for what to look for, empty.
    pub fn begin_find(&mut self) {
        self.find = Some(Find { typing: true, ..Find::default() });
    }

    /// The field with what is looked for; none while nothing is.
    #[must_use]
    pub fn find_field(&self) -> Option<&TextField> {
        self.find.as_ref().map(|find| &find.field)
    }

    /// Whether the field has the keys.
    #[must_use]
    pub fn is_finding(&self) -> bool {
        self.find.as_ref().is_some_and(|find| find.typing)
    }

    /// Changes what is looked for, and goes to the first that has it.
    pub fn edit_find(&mut self, edit: impl FnOnce(&mut TextField)) {
        if let Some(find) = &mut self.find {
            edit(&mut find.field);
            self.look();
            self.go_to_match(|matches, from| matches.iter().find(|place| **place >= from).or(matches.first()).copied());
        }
    }

    /// The keys go back to the lines. A field without text is closed.
    pub fn end_find(&mut self) {
        if let Some(find) = &mut self.find {
            find.typing = false;
        }
        self.find.take_if(|find| find.field.text().is_empty());
    }

    /// Nothing is looked for any more. Whether something was.
    pub fn clear_find(&mut self) -> bool {
        self.find.take().is_some()
    }

    /// The entries that have what is looked for, in order.
    #[must_use]
    pub fn matches(&self) -> &[usize] {
        self.find.as_ref().map_or(&[], |find| &find.matches)
    }

    /// Goes to the next match; behind the last comes the first.
    pub fn next_match(&mut self) {
        self.go_to_match(|matches, from| matches.iter().find(|place| **place > from).or(matches.first()).copied());
    }

    /// Goes to the match before.
    pub fn previous_match(&mut self) {
        self.go_to_match(|matches, from| matches.iter().rfind(|place| **place < from).or(matches.last()).copied());
    }

    fn go_to_match(&mut self, pick: impl FnOnce(&[usize], usize) -> Option<usize>) {
        let from = self.lines.get(self.cursor.at).map_or(0, |line| line.entry());
        let Some(place) = pick(self.matches(), from) else { return };
        // What it is in has to be open.
        let around = |index: &usize| self.entries[*index].end > place;
        let open: Vec<_> = (0..place).filter(around).map(|index| self.entries[index].path.clone()).collect();
        if open.iter().filter(|path| self.folded.remove(*path)).count() > 0 {
            self.lay_out();
        }
        self.choose_entry(place);
    }

    /// Which entries have what is looked for, whatever the case.
    fn look(&mut self) {
        let Some(find) = &self.find else { return };
        let text = find.field.text().to_lowercase();
        let has = |entry: &Entry| {
            let key = entry.key.as_ref().is_some_and(|key| key.to_lowercase().contains(&text));
            key || !entry.kind.is_foldable() && self.text(entry).to_lowercase().contains(&text)
        };
        let places = self.entries.iter().enumerate().filter(|(_, entry)| !text.is_empty() && has(entry));
        let matches = places.map(|(place, _)| place).collect();
        if let Some(find) = &mut self.find {
            find.matches = matches;
        }
    }

    fn lay_out(&mut self) {
        self.lines.clear();
        let mut open: Vec<usize> = Vec::new();
        let mut place = 0;
        while place < self.entries.len() {
            while let Some(around) = open.pop_if(|around| self.entries[*around].end <= place) {
                self.lines.push(JsonRow::Close(around));
            }
            let entry = &self.entries[place];
            if entry.kind.is_foldable() && self.folded.contains(&entry.path) {
                self.lines.push(JsonRow::Folded(place));
                place = entry.end;
            } else {
                self.lines.push(JsonRow::Open(place));
                if entry.kind.is_foldable() {
                    open.push(place);
                }
                place += 1;
            }
        }
        self.lines.extend(open.into_iter().rev().map(JsonRow::Close));
    }

    fn choose_entry(&mut self, place: usize) {
        self.cursor.at = self.lines.iter().position(|line| line.entry() == place).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests;
