//! What of the question the keys go to.

use super::{Many, ManyPane};
use crate::app::action::Scope;
use crossterm::event::{KeyCode, KeyEvent};

/// What of the dialog the keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManyPlace {
    /// The text that has to be typed.
    Typing,
    /// The reason.
    Reason,
    /// One of what goes with it.
    CheckBox(usize),
    /// A button.
    Button(Button),
}

/// What can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Leave it.
    Cancel,
    /// Do it.
    Do,
    /// Show everybody.
    Who,
    /// Show what would be sent.
    DryRun,
}

impl Many {
    /// What the keys go to. At first what has to be typed, else the answer.
    #[must_use]
    pub fn place(&self) -> ManyPlace {
        let places = self.places();
        self.place.filter(|place| places.contains(place)).unwrap_or(places[0])
    }

    /// Where the keys can go, in the order in which they get there.
    fn places(&self) -> Vec<ManyPlace> {
        let is_typed = self.expected().is_some();
        let first = if is_typed { ManyPlace::Typing } else { ManyPlace::Button(Button::Do) };
        let boxes = (0..self.boxes.len()).map(ManyPlace::CheckBox);
        let does = is_typed.then_some(Button::Do);
        let buttons = [Some(Button::Cancel), does, Some(Button::Who), Some(Button::DryRun)];
        let buttons = buttons.into_iter().flatten().map(ManyPlace::Button);
        [first, ManyPlace::Reason].into_iter().chain(boxes).chain(buttons).collect()
    }

    /// Where the keys go after so many steps; behind the last place comes the first.
    #[must_use]
    pub fn place_after(&self, steps: usize) -> ManyPlace {
        let places = self.places();
        let present = self.place();
        let at = places.iter().position(|place| *place == present).unwrap_or(0);
        places[(at + steps) % places.len()]
    }

    /// Lets the keys go to the next place.
    pub fn next_place(&mut self) {
        self.place = Some(self.place_after(1));
    }

    /// Lets the keys go to the place before.
    pub fn previous_place(&mut self) {
        self.place = Some(self.place_after(self.places().len() - 1));
    }

    /// Lets the keys go to a place.
    pub fn go_to(&mut self, place: ManyPlace) {
        self.place = Some(place);
    }

    /// The scope of its keys.
    #[must_use]
    pub fn scope(&self) -> Scope {
        if self.pane != ManyPane::Question {
            return Scope::Listing;
        }
        match self.place() {
            ManyPlace::Typing | ManyPlace::Reason => Scope::Typing,
            ManyPlace::CheckBox(_) => Scope::CheckBox,
            // Where nothing has to be typed, the answer is one key.
            ManyPlace::Button(Button::Do) if self.expected().is_none() => Scope::Confirm,
            ManyPlace::Button(_) => Scope::Buttons,
        }
    }

    /// Takes a key that edits the text, or goes along the buttons.
    pub fn edit(&mut self, key: KeyEvent) {
        match (self.place(), key.code) {
            (ManyPlace::Typing, _) => _ = self.typed.edit(key),
            (ManyPlace::Reason, _) => _ = self.reason.edit(key),
            (ManyPlace::Button(_), KeyCode::Right) => self.next_place(),
            (ManyPlace::Button(_), KeyCode::Left) => self.previous_place(),
            (ManyPlace::Button(_) | ManyPlace::CheckBox(_), _) => {}
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        match self.place() {
            ManyPlace::Typing => self.typed.paste(text),
            ManyPlace::Reason => self.reason.paste(text),
            ManyPlace::Button(_) | ManyPlace::CheckBox(_) => {}
        }
    }
}
