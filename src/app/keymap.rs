//! From keys to actions.

use super::action::{Action, Row, Scope, rows};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::{collections::HashMap, fmt};

/// A key with its modifiers, as it is written in the table: `j`, `G`, `ctrl-d`, `shift-tab`, `pagedown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Why the keys of the table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No such key.
    #[error("there is no key \"{0}\"")]
    Unknown(String),
    /// One key would mean two things at once.
    #[error("the key \"{key}\" means both {} and {}", <&str>::from(.one), <&str>::from(.other))]
    Clash {
        /// The key.
        key: Key,
        /// One meaning.
        one: Action,
        /// The other.
        other: Action,
    },
}

const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("space", KeyCode::Char(' ')),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
];

impl Key {
    /// The key that `name` names.
    ///
    /// # Errors
    ///
    /// When there is no such key.
    pub fn parse(name: &str) -> Result<Self, KeymapError> {
        let unknown = || KeymapError::Unknown(name.to_owned());
        let (modifiers, rest) = match name.split_once('-') {
            Some(("ctrl", rest)) => (KeyModifiers::CONTROL, rest),
            Some(("alt", rest)) => (KeyModifiers::ALT, rest),
            _ => (KeyModifiers::NONE, name),
        };
        let named = NAMES.iter().find(|(known, _)| *known == rest).map(|(_, code)| *code);
        let mut chars = rest.chars();
        let single = chars.next().filter(|_| chars.next().is_none()).map(KeyCode::Char);
        Ok(Self { code: named.or(single).ok_or_else(unknown)?, modifiers })
    }

    /// The key that was pressed. Terminals differ in whether they tell SHIFT beside a character; the character says it.
    #[must_use]
    pub fn of(event: KeyEvent) -> Self {
        Self { code: event.code, modifiers: event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT) }
    }
}

/// As people write it: `^d` would save a column, but not everybody reads it.
impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            formatter.write_str("ctrl-")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            formatter.write_str("alt-")?;
        }
        match self.code {
            KeyCode::Up => formatter.write_str("↑"),
            KeyCode::Down => formatter.write_str("↓"),
            KeyCode::Left => formatter.write_str("←"),
            KeyCode::Right => formatter.write_str("→"),
            KeyCode::Home => formatter.write_str("Home"),
            KeyCode::End => formatter.write_str("End"),
            KeyCode::PageUp => formatter.write_str("PgUp"),
            KeyCode::PageDown => formatter.write_str("PgDn"),
            KeyCode::Char(char) if char != ' ' => write!(formatter, "{char}"),
            code => {
                let name = NAMES.iter().find(|(_, known)| *known == code).map_or("?", |(name, _)| name);
                formatter.write_str(name)
            }
        }
    }
}

/// Which key means what, where.
#[derive(Clone, Debug)]
pub struct Keymap {
    meanings: HashMap<(Scope, Key), Action>,
    keys: HashMap<Action, Vec<Key>>,
}

/// The scopes that are active together, the first asked first.
pub const ACTIVE: &[&[Scope]] = &[
    &[Scope::List, Scope::Panes, Scope::Always],
    &[Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Memberships, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Invitations, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Sessions, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Security, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::History, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Json, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Find, Scope::Always],
    &[Scope::Search, Scope::Always],
    &[Scope::Confirm, Scope::Always],
    &[Scope::CheckBox, Scope::Confirm, Scope::Always],
    &[Scope::Typing, Scope::Always],
    &[Scope::Restrictions, Scope::Always],
    &[Scope::Link, Scope::Always],
    &[Scope::Form, Scope::Always],
    &[Scope::Metadata, Scope::Always],
    &[Scope::Menu, Scope::Always],
    &[Scope::Filter, Scope::Always],
    &[Scope::Picker, Scope::Always],
    &[Scope::Help, Scope::Always],
    &[Scope::Palette, Scope::Always],
];

/// Where a key can mean the tab's row instead of the user.
const TABS: &[Scope] = &[Scope::Memberships, Scope::Invitations, Scope::Sessions, Scope::Security, Scope::Json];

impl Keymap {
    /// The keymap of a table.
    ///
    /// # Errors
    ///
    /// When a key does not exist, or means two things in scopes that are active together.
    pub fn of<'a>(table: impl IntoIterator<Item = &'a Row>) -> Result<Self, KeymapError> {
        let mut keymap = Self { meanings: HashMap::new(), keys: HashMap::new() };
        for row in table {
            let keys = row.keys.iter().map(|name| Key::parse(name)).collect::<Result<Vec<_>, _>>()?;
            for (scope, key) in row.scopes.iter().flat_map(|scope| keys.iter().map(move |key| (*scope, *key))) {
                keymap.check_clash(scope, key, row.action)?;
                keymap.meanings.insert((scope, key), row.action);
            }
            keymap.keys.insert(row.action, keys);
        }
        Ok(keymap)
    }

    /// What `key` means in these scopes, the first asked first.
    #[must_use]
    pub fn action(&self, scopes: &[Scope], key: Key) -> Option<Action> {
        scopes.iter().find_map(|scope| self.meanings.get(&(*scope, key)).copied())
    }

    /// The keys of an action, the most usual first.
    #[must_use]
    pub fn keys(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    fn check_clash(&self, scope: Scope, key: Key, action: Action) -> Result<(), KeymapError> {
        let together = ACTIVE.iter().filter(|active| active.contains(&scope)).flat_map(|active| active.iter());
        let shadows = |other: &Scope| match (scope, *other) {
            (Scope::Panes, tab) | (tab, Scope::Panes) => TABS.contains(&tab),
            _ => false,
        };
        let together = together.filter(|other| !shadows(other));
        for other in together.filter_map(|scope| self.meanings.get(&(*scope, key)).copied()) {
            if other != action {
                return Err(KeymapError::Clash { key, one: other, other: action });
            }
        }
        Ok(())
    }
}

impl Default for Keymap {
    /// The keymap of [`rows`].
    fn default() -> Self {
        Self::of(rows()).expect("the table is constant, and a test holds that it is sound")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Group;

    #[test]
    fn the_table_is_sound() {
        Keymap::of(rows()).unwrap();
    }

    #[test]
    fn a_clash_names_both() {
        let row = |action, scope: &'static [Scope]| Row {
            action,
            keys: &["x"],
            more: None,
            command: None,
            about: "",
            scopes: scope,
            group: Group::Move,
            footer: None,
            help: "",
        };
        let clash = Keymap::of(&[row(Action::Ban, &[Scope::Panes]), row(Action::Open, &[Scope::List])]).unwrap_err();
        assert_eq!(clash.to_string(), "the key \"x\" means both ban and open");
        assert!(Keymap::of(&[row(Action::Ban, &[Scope::Detail]), row(Action::Open, &[Scope::List])]).is_ok());
    }

    #[test]
    fn shift_beside_a_capital_changes_nothing() {
        let keymap = Keymap::default();
        for modifiers in [KeyModifiers::NONE, KeyModifiers::SHIFT] {
            let key = Key::of(KeyEvent::new(KeyCode::Char('B'), modifiers));
            assert_eq!(keymap.action(&[Scope::List, Scope::Panes], key), Some(Action::Unban));
        }
    }

    #[test]
    fn ctrl_and_a_letter_is_not_the_letter() {
        let key = Key::of(KeyEvent::new(KeyCode::Char('b'), KeyModifiers::CONTROL));
        assert_eq!(Keymap::default().action(&[Scope::Panes], key), Some(Action::PageUp));
    }

    #[test]
    fn keys_read_as_they_are_written() {
        for row in rows() {
            for name in row.keys {
                assert!(Key::parse(name).is_ok(), "{name}");
            }
        }
        assert_eq!(Key::parse("ctrl-d").unwrap().to_string(), "ctrl-d");
        assert_eq!(Key::parse("right").unwrap().to_string(), "→");
        assert_eq!(Key::parse("hyper"), Err(KeymapError::Unknown("hyper".into())));
    }
}
