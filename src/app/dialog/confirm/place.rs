//! What of the question the keys go to.

use super::Confirm;

/// What of the dialog the keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The answer: one key.
    Answer,
    /// The text that has to be typed.
    Typing,
    /// The reason.
    Reason,
    /// One of what can be done beside it.
    CheckBox(usize),
}

impl Confirm {
    /// What the keys go to.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// Lets the keys go to the reason.
    pub fn go_to_reason(&mut self) {
        self.place = Place::Reason;
    }

    /// Lets the keys go to the next place.
    pub fn next_place(&mut self) {
        self.place = self.place_after(1);
    }

    /// Lets the keys go to the place before.
    pub fn previous_place(&mut self) {
        self.place = self.place_after(self.places().len() - 1);
    }

    /// Where the keys go after so many steps; behind the last place comes the first.
    #[must_use]
    pub fn place_after(&self, steps: usize) -> Place {
        let places = self.places();
        let at = places.iter().position(|place| *place == self.place).unwrap_or(0);
        places[(at + steps) % places.len()]
    }

    /// Where the keys can go, in the order in which they get there.
    fn places(&self) -> Vec<Place> {
        let first = if self.typing.is_some() { Place::Typing } else { Place::Answer };
        let boxes = (0..self.also.len()).map(Place::CheckBox);
        [first, Place::Reason].into_iter().chain(boxes).collect()
    }
}
