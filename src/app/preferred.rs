//! What a person prefers, chosen while the program runs.

use super::{App, Effects, Notice, ThemeName, action::Action, nearest::nearest};
use crate::clerk::model::Timestamp;
use strum::IntoEnumIterator;

impl App {
    /// Does what `action` asks for with what was typed behind its word.
    pub(super) fn run_with(&mut self, action: Action, argument: &str, now: Timestamp, effects: &mut Effects) {
        if let Some(reason) = self.why_not(action, now) {
            return self.notices.show(reason.into(), now);
        }
        match action {
            Action::Theme => self.choose_theme_named(argument, now),
            other => self.run(other, now, effects),
        }
    }

    fn choose_theme_named(&mut self, name: &str, now: Timestamp) {
        match name.parse() {
            Ok(theme) => self.choose_theme(theme),
            Err(_) => {
                let words = no_such("theme", name, ThemeName::iter().map(ThemeName::as_str));
                self.notices.show(Notice::remark(words), now);
            }
        }
    }

    pub(super) fn choose_theme(&mut self, theme: ThemeName) {
        self.theme = theme;
    }
}

/// That there is no such thing, and what was meant or what there is.
fn no_such<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(meant) => format!("There is no {kind} \"{name}\"; did you mean {meant}?"),
        None => format!("There is no {kind} \"{name}\"; there are {}.", known.collect::<Vec<_>>().join(", ")),
    }
}
