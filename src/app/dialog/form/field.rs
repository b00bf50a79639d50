//! A field of a form.

use crate::app::{act::ProfileField, new_user::NewUserField, person::Known, text_field::TextField};

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
    /// What can be chosen with space; nothing for what is only typed. None of them has a blank.
    pub choices: &'static [&'static str],
    /// What is typed.
    pub input: TextField,
    /// What is wrong with it. Can be Clerk's words as they came, unsafe to print.
    pub fault: Option<String>,
}

impl FormField {
    pub(in crate::app::dialog) fn new(label: &'static str, parameter: &'static str, hint: &'static str) -> Self {
        let input = TextField::with_longest(LONGEST);
        Self { label, parameter, hint, is_secret: false, heading: None, choices: &[], input, fault: None }
    }

    pub(super) fn of_new_user(field: NewUserField) -> Self {
        let made = Self::new(field.label(), field.parameter(), field.hint());
        let input = TextField::with_longest(field.longest());
        Self { is_secret: field.is_secret(), heading: field.heading(), choices: field.choices(), input, ..made }
    }

    /// Takes the next of the choices; behind the last comes none, and then the first.
    pub(super) fn choose_next(&mut self) {
        let at = self.choices.iter().position(|choice| *choice == self.input.text());
        let next = at.map_or(Some(0), |at| Some(at + 1)).and_then(|next| self.choices.get(next));
        self.input.set(next.copied().unwrap_or_default());
        self.fault = None;
    }

    pub(super) fn of_profile(field: ProfileField, known: Option<&Known>) -> Self {
        let mut made = Self::new(field.label(), field.parameter(), field.hint());
        if let Some(known) = known {
            made.input.set(&field.read(known).text());
        }
        made
    }

    pub(super) fn secret(self) -> Self {
        Self { is_secret: true, ..self }
    }
}
