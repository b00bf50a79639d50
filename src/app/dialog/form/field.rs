//! A field of a form.

use crate::{
    app::{act::ProfileField, new_user::NewUserField, text_field::TextField},
    clerk::model::User,
};
use crossterm::event::{KeyCode, KeyEvent};

/// Longer texts are cut, in characters: Clerk takes none as long.
const LONGEST: usize = 1_000;

/// A field of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    /// What it is called.
    pub label: &'static str,
    /// The parameter of Clerk that it is: its errors are told by that name.
    pub parameter: &'static str,
    /// What can be typed, shown while nothing has been.
    pub hint: &'static str,
    /// Whether what is typed is not to be seen.
    pub is_secret: bool,
    /// The heading above it, where it begins a group.
    pub heading: Option<&'static str>,
    /// What it is one of; nothing for what is typed. None of them has a blank.
    pub choices: Vec<String>,
    /// What is typed.
    pub input: TextField,
    /// What is wrong with it. Can be Clerk's words as they came, unsafe to print.
    pub fault: Option<String>,
}

impl FormField {
    pub(in crate::app::dialog) fn new(label: &'static str, parameter: &'static str, hint: &'static str) -> Self {
        let input = TextField::with_longest(LONGEST);
        Self { label, parameter, hint, is_secret: false, heading: None, choices: Vec::new(), input, fault: None }
    }

    pub(super) fn of_new_user(field: NewUserField) -> Self {
        let made = Self::new(field.label(), field.parameter(), field.hint());
        let input = TextField::with_longest(field.longest());
        let made = made.with_choices(field.choices());
        Self { is_secret: field.is_secret(), heading: field.heading(), input, ..made }
    }

    pub(super) fn of_profile(field: ProfileField, user: &User) -> Self {
        let made = Self::new(field.label(), field.parameter(), field.hint()).with_choices(field.choices());
        let mut made = Self { heading: field.heading(), ..made };
        made.choices.extend(field.identifications(user).into_iter().map(|one| one.text));
        made.input.set(&field.read(user).text());
        made
    }

    pub(in crate::app::dialog) fn with_choices(self, choices: &[&str]) -> Self {
        Self { choices: choices.iter().map(|&choice| choice.to_owned()).collect(), ..self }
    }

    /// Takes a key that edits it. Whether that changed anything.
    ///
    /// What is one of few is chosen, not typed: space takes the next, a letter the next that begins with it, and
    /// backspace leaves none.
    pub(in crate::app::dialog) fn edit(&mut self, key: KeyEvent) -> bool {
        let has_changed = if self.choices.is_empty() { self.input.edit(key) } else { self.choose(key.code) };
        if has_changed {
            self.fault = None;
        }
        has_changed
    }

    fn choose(&mut self, key: KeyCode) -> bool {
        let next = self.choices.iter().position(|choice| choice == self.input.text()).map_or(0, |at| at + 1);
        let mut others = self.choices.iter().map(String::as_str).cycle().skip(next).take(self.choices.len());
        let chosen = match key {
            KeyCode::Char(' ') => others.next(),
            // Roles all begin alike.
            KeyCode::Char(letter) => others
                .find(|choice| choice.strip_prefix("org:").unwrap_or(choice).starts_with(letter.to_ascii_lowercase())),
            KeyCode::Backspace | KeyCode::Delete => Some(""),
            _ => None,
        };
        let Some(chosen) = chosen.map(str::to_owned) else { return false };
        self.input.set(&chosen);
        true
    }

    /// Takes pasted text; what is one of few takes nothing else. Whether that changed anything.
    pub(in crate::app::dialog) fn paste(&mut self, text: &str) -> bool {
        match self.choices.iter().find(|choice| *choice == text.trim()).cloned() {
            Some(choice) => self.input.set(&choice),
            None if self.choices.is_empty() => self.input.paste(text),
            None => return false,
        }
        self.fault = None;
        true
    }

    pub(super) fn secret(self) -> Self {
        Self { is_secret: true, ..self }
    }
}
