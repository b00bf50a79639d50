//! The one table of actions, in the order in which the footer shows them.

mod dialogs;
mod marked;
mod marks;
mod moving;
mod panes;
mod program;
mod tabs;
mod user;

use super::{Action, Group, Scope};

/// All about one action.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// The default keys, the first of them shown where there is room for one.
    pub keys: &'static [&'static str],
    /// The letter in the menu of further actions, for those that have no key of their own.
    pub more: Option<char>,
    /// The word that runs it when it is typed behind a colon: `q`.
    pub command: Option<&'static str>,
    /// Where they mean it.
    pub scopes: &'static [Scope],
    /// Its heading on the help page.
    pub group: Group,
    /// For the footer, at most 12 columns; none when it does not show there.
    pub footer: Option<&'static str>,
    /// For help and README.
    pub help: &'static str,
    /// What it does, in sentences: for the palette. Empty for those that it does not show.
    pub about: &'static str,
}

const PANES: &[Scope] = &[Scope::Panes];

/// One row for each action. The footer shows them in this order.
pub fn rows() -> impl Iterator<Item = &'static Row> + Clone {
    [dialogs::ALL, tabs::ALL, user::ALL, marks::ALL, marked::ALL, panes::ALL, moving::ALL, program::ALL]
        .into_iter()
        .flatten()
}

const fn row(
    action: Action,
    keys: &'static [&'static str],
    scopes: &'static [Scope],
    group: Group,
    help: &'static str,
) -> Row {
    Row { action, keys, more: None, command: None, scopes, group, footer: None, help, about: "" }
}

/// An action that has a letter in the menu `.` instead of a key.
const fn more(action: Action, letter: char, help: &'static str) -> Row {
    Row { more: Some(letter), ..row(action, &[], PANES, Group::More, help) }
}

impl Row {
    /// The word for the footer.
    const fn footer(self, label: &'static str) -> Self {
        Self { footer: Some(label), ..self }
    }

    /// What it does, in sentences.
    const fn about(self, sentences: &'static str) -> Self {
        Self { about: sentences, ..self }
    }

    /// The word that runs it when it is typed behind a colon.
    const fn command(self, word: &'static str) -> Self {
        Self { command: Some(word), ..self }
    }
}

/// The row of an action.
#[must_use]
pub fn row_of(action: Action) -> &'static Row {
    // A test holds that each action has its row; the first is never taken.
    rows().find(|row| row.action == action).unwrap_or(&dialogs::ALL[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn each_action_has_one_row() {
        for action in Action::iter() {
            assert_eq!(rows().filter(|row| row.action == action).count(), 1, "{action:?}");
        }
    }

    #[test]
    fn words_fit_where_they_show() {
        for row in rows() {
            assert!(row.footer.is_none_or(|label| label.width() <= 12), "{row:?}");
            assert!(
                !row.help.is_empty() && row.help.width() <= if row.group == Group::Dialog { 28 } else { 23 },
                "{row:?}"
            );
            assert_eq!(row.about.is_empty(), row.group == Group::Dialog, "{row:?}");
            assert!(!row.scopes.is_empty() && (row.keys.is_empty() || row.more.is_none()), "{row:?}");
        }
    }
}
