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
    /// What is typed.
    pub input: TextField,
    /// What is wrong with it. Can be Clerk's words as they came, unsafe to print.
    pub fault: Option<String>,
}

impl FormField {
    pub(in crate::app::dialog) fn new(label: &'static str, parameter: &'static str, hint: &'static str) -> Self {
        let input = TextField::with_longest(LONGEST);
        Self { label, parameter, hint, is_secret: false, input, fault: None }
    }

    pub(super) fn of_new_user(field: NewUserField) -> Self {
        let made = Self::new(field.label(), field.parameter(), field.hint());
        Self { is_secret: field.is_secret(), ..made }
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
