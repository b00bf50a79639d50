//! The parts of the search line as they are written: divided by blanks, but not within quotes.

use std::ops::Range;

/// A part of the line as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// The key of a filter; none of a word.
    pub key: Option<&'a str>,
    /// What stands behind the key, or the word, with its quotes.
    pub value: &'a str,
}

/// The parts of a line, in order.
#[must_use]
pub fn parts(text: &str) -> Vec<Part<'_>> {
    divided(text).into_iter().map(|range| part(text, range)).collect()
}

fn part(text: &str, range: Range<usize>) -> Part<'_> {
    let written = &text[range.clone()];
    match written.split_once(':').filter(|(key, _)| is_key(key)) {
        Some((key, value)) => Part { range, key: Some(key), value },
        None => Part { range, key: None, value: written },
    }
}

/// What stands before a colon is a key only if it looks like one: a time of day, a wallet or a quote does not.
fn is_key(key: &str) -> bool {
    let letters = key.strip_prefix('-').unwrap_or(key);
    !letters.is_empty() && letters.chars().all(|char| char.is_ascii_lowercase() || char == '-')
}

/// The values between commas, with their quotes; a comma within quotes belongs to a value.
pub fn values(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |char: char| {
        quoted ^= char == '"';
        char == ',' && !quoted
    })
}

/// The text without its quotes.
#[must_use]
pub fn unquoted(text: &str) -> String {
    text.chars().filter(|char| *char != '"').collect()
}

/// The text in quotes, if it would be divided without them.
#[must_use]
pub fn quoted(text: &str) -> String {
    let text = unquoted(text.trim());
    if text.contains(|char: char| char.is_whitespace() || char == ',') { format!("\"{text}\"") } else { text }
}

/// What stands between blanks that are not within quotes.
fn divided(text: &str) -> Vec<Range<usize>> {
    let (mut start, mut quoted, mut ranges) = (None, false, Vec::new());
    for (place, char) in text.char_indices() {
        quoted ^= char == '"';
        if char.is_whitespace() && !quoted {
            ranges.extend(start.take().map(|start| start..place));
        } else {
            start.get_or_insert(place);
        }
    }
    ranges.extend(start.map(|start| start..text.len()));
    ranges
}
