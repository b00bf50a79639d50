//! The only door by which text reaches the screen: made safe, measured, cut.
//!
//! A user's name runs on the moderator's terminal. So everything that is drawn is a [`Shown`], and only this module
//! makes one. Two promises hold for each of them, whatever it was made from:
//!
//! - It holds no control or format character, nothing invisible and nothing that a terminal may act on. What was
//!   there is shown by a substitute: `␛` for an escape, `�` for what has no picture.
//! - It takes the same number of cells in ratatui as in a terminal that counts character by character, so that no name
//!   moves a column. Where the two would differ, as with emoji joined into one picture, the simpler picture is shown.

use crate::app::grouped;
use ratatui::buffer::CellWidth;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// What stands for a character that must not or cannot be shown.
const SUBSTITUTE: char = '\u{fffd}';
/// What stands for text that was cut off.
const ELLIPSIS: &str = "…";
/// More characters than any screen is wide; what is longer is cut before it costs time.
const MAX_CHARACTERS: usize = 2_048;
/// The longest cluster that a script needs; more marks than that would paint over the lines above and below.
const MAX_CLUSTER: usize = 8;
/// Where the scripts begin that need joiners to be written right: Hebrew, Arabic, the scripts of India, emoji.
const FIRST_JOINED_SCRIPT: char = '\u{590}';

/// Text that is safe to draw, and how many cells it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown<'a> {
    text: Cow<'a, str>,
    width: usize,
}

impl<'a> Shown<'a> {
    /// Makes text safe that came from outside, or may hold such text.
    #[must_use]
    pub fn foreign(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.len() <= MAX_CHARACTERS && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            let width = text.len();
            return Self { text, width };
        }
        let text = made_steady(characters_made_visible(&text));
        let width = measure(&text);
        Self { text: Cow::Owned(text), width }
    }

    /// How many cells it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text for whoever keeps it longer.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text.into_owned()
    }

    /// The beginning that fits into `width` cells, with `…` where something is missing.
    #[must_use]
    pub fn cut(&self, width: usize) -> Shown<'_> {
        if self.width <= width {
            return Shown { text: Cow::Borrowed(&self.text), width: self.width };
        }
        if width == 0 {
            return Shown::default();
        }
        let (kept, cells) = beginning(self.as_str(), width - 1);
        let mut words = kept;
        // Whole clusters: a space can be the letter that a sign before it belongs to.
        while words.graphemes(true).next_back() == Some(" ") {
            words = &words[..words.len() - 1];
        }
        Shown { text: Cow::Owned([words, ELLIPSIS].concat()), width: cells - (kept.len() - words.len()) + 1 }
    }

    /// The end that fits into `width` cells, with `…` where something is missing: for a field that is typed into.
    #[must_use]
    pub fn cut_start(&self, width: usize) -> Shown<'_> {
        if self.width <= width {
            return Shown { text: Cow::Borrowed(&self.text), width: self.width };
        }
        if width == 0 {
            return Shown::default();
        }
        let mut cells = 0;
        let mut from = self.text.len();
        for (start, cluster) in self.text.grapheme_indices(true).rev() {
            if cells + cluster_width(cluster) > width - 1 {
                break;
            }
            cells += cluster_width(cluster);
            from = start;
        }
        Shown { text: Cow::Owned([ELLIPSIS, &self.text[from..]].concat()), width: cells + 1 }
    }

    /// The text in lines of at most `width` cells, broken between words where that is possible.
    #[must_use]
    pub fn wrap(&self, width: usize) -> Vec<Shown<'static>> {
        let mut lines = Vec::new();
        if width == 0 {
            return lines;
        }
        let mut line = String::new();
        let mut cells = 0;
        let mut finish = |line: &mut String, cells: &mut usize| {
            lines.push(Shown { text: Cow::Owned(std::mem::take(line)), width: std::mem::take(cells) });
        };
        for word in self.text.split(' ').filter(|word| !word.is_empty()) {
            let word_cells = measure(word);
            if cells > 0 && cells + 1 + word_cells > width {
                finish(&mut line, &mut cells);
            }
            if cells > 0 {
                line.push(' ');
                cells += 1;
            }
            // A word longer than a line is broken where it has to be.
            for cluster in word.graphemes(true) {
                let cluster_cells = cluster_width(cluster);
                if cells > 0 && cells + cluster_cells > width {
                    finish(&mut line, &mut cells);
                }
                if cluster_cells <= width {
                    line.push_str(cluster);
                    cells += cluster_cells;
                }
            }
        }
        if cells > 0 {
            finish(&mut line, &mut cells);
        }
        lines
    }
}

impl Shown<'static> {
    /// Text of the program itself.
    #[must_use]
    pub fn fixed(text: &'static str) -> Self {
        Self::foreign(text)
    }

    /// One after another.
    #[must_use]
    pub fn join(parts: &[&Shown<'_>]) -> Self {
        let text: String = parts.iter().map(|part| part.as_str()).collect();
        // Two harmless ends can make a cluster that is not, so the whole passes the door again.
        Self::foreign(text)
    }

    /// A number with its thousands set apart: `12,481`.
    #[must_use]
    pub fn number(number: u64) -> Self {
        Self::foreign(grouped(number))
    }

    /// How many, likewise.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::number(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// An id short enough to stand beside other things: `user_2NNEq…HwEfxC`.
    #[must_use]
    pub fn short_id(id: &str) -> Self {
        let prefix = id.find('_').map_or(0, |underscore| underscore + 1);
        shortened(id, id[..prefix].chars().count() + 5, 6)
    }

    /// A wallet's address short enough for a column: `0x71C7…976F`.
    #[must_use]
    pub fn short_wallet(address: &str) -> Self {
        shortened(address, 6, 4)
    }
}

fn shortened(text: &str, start: usize, end: usize) -> Shown<'static> {
    let length = text.chars().count();
    if length <= start + end + 1 {
        return Shown::foreign(text.to_owned());
    }
    let beginning: String = text.chars().take(start).collect();
    let ending: String = text.chars().skip(length - end).collect();
    Shown::foreign([&beginning, ELLIPSIS, &ending].concat())
}

/// The cells of one cluster, as ratatui counts them.
fn cluster_width(cluster: &str) -> usize {
    usize::from(cluster.cell_width())
}

fn measure(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(cluster_width).sum() }
}

/// The whole clusters that fit into `width` cells, and how many cells they take.
fn beginning(text: &str, width: usize) -> (&str, usize) {
    let mut cells = 0;
    for (start, cluster) in text.grapheme_indices(true) {
        if cells + cluster_width(cluster) > width {
            return (&text[..start], cells);
        }
        cells += cluster_width(cluster);
    }
    (text, cells)
}

/// The first step: each character by itself, with its neighbours in view.
fn characters_made_visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars();
    for _ in 0..MAX_CHARACTERS {
        let Some(character) = rest.next() else { return visible };
        visible.extend(shown_character(before, character, rest.clone().next()));
        before = Some(character);
    }
    if rest.next().is_some() {
        visible.push_str(ELLIPSIS);
    }
    visible
}

/// What is shown for a character; `None` where its neighbours alone show all that a terminal can.
fn shown_character(before: Option<char>, character: char, after: Option<char>) -> Option<char> {
    match character {
        ' '..='~' => Some(character),
        // The control pictures stand in the order of the controls.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)),
        '\u{7f}' => Some('␡'),
        // The letters of which flags are made: terminals disagree on the width of a flag.
        '\u{1f1e6}'..='\u{1f1ff}' => char::from_u32(u32::from('A') + (u32::from(character) - 0x1f1e6)),
        // They choose between two pictures of the same character, and its width with it.
        _ if is_selector(character) => {
            if before.is_some_and(|before| !is_selector(before)) {
                None
            } else {
                Some(SUBSTITUTE)
            }
        }
        '\u{200c}' | '\u{200d}' => {
            if joins(before) && joins(after) {
                None
            } else {
                Some(SUBSTITUTE)
            }
        }
        _ if is_blank(character) || !is_printable(character) => {
            let space = character.is_whitespace() && !character.is_control() && !is_separator(character);
            Some(if space { ' ' } else { SUBSTITUTE })
        }
        _ => Some(character),
    }
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
}

/// Whether a joiner beside it can be right. Between Latin letters it only makes two equal names differ.
fn joins(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(|neighbour| {
        neighbour >= FIRST_JOINED_SCRIPT && (is_selector(neighbour) || is_printable(neighbour))
    })
}

/// The separators of lines and paragraphs, which some terminals act on.
fn is_separator(character: char) -> bool {
    matches!(character, '\u{2028}' | '\u{2029}')
}

/// Letters and symbols without any ink, in which a name can hide, and a mark that is only for sorting.
fn is_blank(character: char) -> bool {
    matches!(
        character,
        '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{1d159}'
    )
}

/// Whether it has a picture: no control, format, private, unassigned or surrogate character, and no space but one.
fn is_printable(character: char) -> bool {
    // The standard library has the table, for `Debug` of a string. It treats a mark at the very beginning
    // otherwise, so another character goes before.
    let mut pair = [0; 5];
    pair[0] = b'a';
    let length = 1 + character.encode_utf8(&mut pair[1..]).len();
    let Ok(pair) = std::str::from_utf8(&pair[..length]) else { return false };
    matches!(character, '"' | '\'' | '\\') || pair.escape_debug().nth(1) == Some(character)
}

/// The second step, until nothing changes: what is left of two clusters can become one.
fn made_steady(mut text: String) -> String {
    for _ in 0..MAX_CLUSTER {
        let steady = clusters_made_steady(&text);
        if steady == text {
            return steady;
        }
        text = steady;
    }
    // Nobody's name does that.
    text.chars().map(|character| if character.is_ascii() { character } else { SUBSTITUTE }).collect()
}

/// Each cluster of characters that is drawn as one.
fn clusters_made_steady(visible: &str) -> String {
    let mut steady = String::with_capacity(visible.len());
    for cluster in visible.graphemes(true) {
        if cluster.len() == 1 {
            steady.push_str(cluster);
        } else {
            push_cluster(&mut steady, cluster);
        }
    }
    steady
}

/// Adds `cluster` as far as every terminal gives it the width that ratatui does.
fn push_cluster(steady: &mut String, cluster: &str) {
    let (kept, rest) = cluster.char_indices().nth(MAX_CLUSTER).map_or((cluster, ""), |(end, _)| cluster.split_at(end));
    if is_steady(kept) {
        steady.push_str(kept);
        if character_widths(rest) > 0 {
            steady.push_str(ELLIPSIS);
        }
        return;
    }
    // A joined emoji without its joiners, a skin colour: the first picture says enough.
    let mut wide = kept.char_indices().filter(|(_, character)| character_width(*character) > 0);
    let end = wide.nth(1).map_or(kept.len(), |(start, _)| start);
    if is_steady(&kept[..end]) {
        steady.push_str(&kept[..end]);
    } else {
        steady.push(SUBSTITUTE);
    }
}

fn is_steady(cluster: &str) -> bool {
    let width = cluster_width(cluster);
    width > 0 && width == character_widths(cluster) && !takes_what_follows(cluster)
}

/// Whether it ends with a sign that belongs to the next letter: what is drawn behind it would become part of it.
fn takes_what_follows(cluster: &str) -> bool {
    let Some(last) = cluster.chars().next_back() else { return false };
    let mut pair = [b'a'; 5];
    let length = last.encode_utf8(&mut pair).len();
    std::str::from_utf8(&pair[..=length]).is_ok_and(|pair| pair.graphemes(true).count() == 1)
}

fn character_widths(text: &str) -> usize {
    text.chars().map(character_width).sum()
}

/// The cells of one character, as ratatui counts it alone.
pub(super) fn character_width(character: char) -> usize {
    cluster_width(character.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
