//! A list that names users, one a line: by id, email address or username.

use crate::clerk::model::UserId;
use std::collections::HashSet;

/// How a line names a user.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Name {
    /// By the id.
    Id(UserId),
    /// By an email address.
    EmailAddress(String),
    /// By the username.
    Username(String),
}

impl Name {
    fn of(text: &str) -> Self {
        match text.strip_prefix('@') {
            Some(username) => Self::Username(username.to_owned()),
            None if text.starts_with("user_") => Self::Id(UserId::from(text)),
            None if text.contains('@') => Self::EmailAddress(text.to_owned()),
            None => Self::Username(text.to_owned()),
        }
    }

    /// What it is the same as, in whichever case it is written.
    fn folded(&self) -> Self {
        match self {
            Self::Id(id) => Self::Id(id.clone()),
            Self::EmailAddress(text) => Self::EmailAddress(text.to_lowercase()),
            Self::Username(text) => Self::Username(text.to_lowercase()),
        }
    }
}

/// A line that names somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which line of the list, counted from 1.
    pub number: usize,
    /// As it stands there, unsafe to print.
    pub text: String,
    /// Whom it names.
    pub name: Name,
}

/// A list that names users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkList {
    /// The file that it stood in. As it was typed, unsafe to print.
    pub file: String,
    /// Its lines, each name once.
    pub entries: Vec<Entry>,
}

impl MarkList {
    /// Reads a list: one name a line; what stands behind a `#` says something to people only.
    #[must_use]
    pub fn read(file: String, text: &str) -> Self {
        let mut seen = HashSet::new();
        let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
        let named = lines.filter_map(|(number, line)| {
            let text = without_comment(line);
            let name = Name::of(text);
            let is_new = !text.is_empty() && seen.insert(name.folded());
            is_new.then(|| Entry { number, text: text.to_owned(), name })
        });
        let entries = named.collect();
        Self { file, entries }
    }
}

/// The line without its comment: one begins the line, or stands behind a blank.
fn without_comment(line: &str) -> &str {
    let begins = |(index, _): &(usize, &str)| *index == 0 || line[..*index].ends_with(char::is_whitespace);
    let comment = line.match_indices('#').find(begins).map_or(line.len(), |(index, _)| index);
    line[..comment].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_names_somebody_once() {
        let text =
            "\u{feff}# a wave\nuser_1\n\n  Ada@Example.com  # twice\r\nada@example.com\n@lemur\nlemur\nc#sharp\n";
        let list = MarkList::read("wave.txt".into(), text);
        let read: Vec<_> = list.entries.iter().map(|entry| (entry.number, entry.text.as_str(), &entry.name)).collect();
        assert_eq!(
            read,
            [
                (2, "user_1", &Name::Id(UserId::from("user_1"))),
                (4, "Ada@Example.com", &Name::EmailAddress("Ada@Example.com".into())),
                (6, "@lemur", &Name::Username("lemur".into())),
                (8, "c#sharp", &Name::Username("c#sharp".into())),
            ]
        );
    }
}
