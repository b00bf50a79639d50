//! A key, and how it is written.

use super::KeymapError;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;

/// A key with its modifiers, as it is written in the table: `j`, `G`, `ctrl-d`, `shift-tab`, `shift-down`, `pagedown`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
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
    ("insert", KeyCode::Insert),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("f1", KeyCode::F(1)),
    ("f2", KeyCode::F(2)),
    ("f3", KeyCode::F(3)),
    ("f4", KeyCode::F(4)),
    ("f5", KeyCode::F(5)),
    ("f6", KeyCode::F(6)),
    ("f7", KeyCode::F(7)),
    ("f8", KeyCode::F(8)),
    ("f9", KeyCode::F(9)),
    ("f10", KeyCode::F(10)),
    ("f11", KeyCode::F(11)),
    ("f12", KeyCode::F(12)),
];

/// Keys beside which a terminal tells shift, and that are no text.
const SHIFTED: &[(&str, KeyCode)] = &[("up", KeyCode::Up), ("down", KeyCode::Down)];

/// Keys that a terminal sends as another: they share a byte.
const SENT_AS: &[(char, &str)] = &[('i', "tab"), ('m', "enter"), ('[', "esc")];

impl Key {
    /// The key that `name` names.
    ///
    /// # Errors
    ///
    /// When there is no such key, or none that a terminal tells from another.
    pub fn parse(name: &str) -> Result<Self, KeymapError> {
        let unknown = || KeymapError::Unknown(name.to_owned());
        let (modifiers, rest) = match name.split_once('-') {
            Some(("ctrl", rest)) => (KeyModifiers::CONTROL, rest),
            Some(("alt", rest)) => (KeyModifiers::ALT, rest),
            Some(("shift", rest)) if SHIFTED.iter().any(|(shifted, _)| *shifted == rest) => (KeyModifiers::SHIFT, rest),
            _ => (KeyModifiers::NONE, name),
        };
        let named = NAMES.iter().find(|(known, _)| *known == rest).map(|(_, code)| *code);
        let mut chars = rest.chars();
        let single = chars.next().filter(|_| chars.next().is_none());
        let single = match (modifiers, single) {
            (KeyModifiers::CONTROL, Some(char)) => {
                let char = char.to_ascii_lowercase();
                if let Some((_, other)) = SENT_AS.iter().find(|(same, _)| *same == char) {
                    return Err(KeymapError::SentAsAnother { key: name.to_owned(), other });
                }
                Some(char)
            }
            (_, single) => single.filter(|char| !char.is_control()),
        };
        Ok(Self { code: named.or(single.map(KeyCode::Char)).ok_or_else(unknown)?, modifiers })
    }

    /// The key that was pressed. Terminals differ in whether they tell SHIFT beside a character; the character says it.
    #[must_use]
    pub fn of(event: KeyEvent) -> Self {
        let shifts = SHIFTED.iter().any(|(_, code)| *code == event.code);
        let told = if shifts { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
        Self { code: event.code, modifiers: event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | told) }
    }

    /// The same without shift.
    #[must_use]
    pub fn without_shift(self) -> Self {
        Self { modifiers: self.modifiers - KeyModifiers::SHIFT, ..self }
    }

    /// The names of the keys that are no characters.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// Whether it is text where text is typed.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// Whether it is held with ctrl.
    #[must_use]
    pub fn is_ctrl(self) -> bool {
        self.modifiers.contains(KeyModifiers::CONTROL)
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
        if self.modifiers.contains(KeyModifiers::SHIFT) {
            formatter.write_str("shift-")?;
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
            KeyCode::F(number) => write!(formatter, "F{number}"),
            KeyCode::Char(char) if char != ' ' => write!(formatter, "{char}"),
            code => {
                let name = NAMES.iter().find(|(_, known)| *known == code).map_or("?", |(name, _)| name);
                formatter.write_str(name)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::rows;

    #[test]
    fn keys_read_as_they_are_written() {
        for row in rows() {
            for name in row.keys {
                assert!(Key::parse(name).is_ok(), "{name}");
            }
        }
        assert_eq!(Key::parse("ctrl-d").unwrap().to_string(), "ctrl-d");
        assert_eq!(Key::parse("ctrl-D").unwrap(), Key::parse("ctrl-d").unwrap());
        assert_eq!(Key::parse("right").unwrap().to_string(), "→");
        assert_eq!(Key::parse("f5").unwrap().to_string(), "F5");
        assert_eq!(Key::parse("-").unwrap().to_string(), "-");
        for unknown in ["hyper", "", "ctrl-", "\u{7}", "\u{1b}"] {
            assert_eq!(Key::parse(unknown), Err(KeymapError::Unknown(unknown.into())));
        }
    }

    #[test]
    fn a_key_that_arrives_as_another_is_none() {
        let error = Key::parse("ctrl-i").unwrap_err();
        assert_eq!(error.to_string(), "a terminal sends the key \"ctrl-i\" as tab");
    }

    #[test]
    fn some_keys_are_text_and_some_are_not() {
        let is_text = |name| Key::parse(name).unwrap().is_text();
        assert_eq!(
            ["x", "space", "ctrl-x", "alt-x", "tab", "f1"].map(is_text),
            [true, true, false, false, false, false]
        );
    }
}
