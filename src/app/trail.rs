//! The way that was taken through views, back and forward.
//!
//! A view is what the list asks for, and whose detail is open. It is noted whenever it differs after an update, so that no
//! action has to think of it; what is still being typed is none yet.

use super::{App, Focus, Known, detail::Tab};
use crate::clerk::{
    model::{Timestamp, UserId},
    query::UserOrder,
};
use std::sync::Arc;

/// So many views are kept on either side.
const KEPT: usize = 100;

/// Where somebody was.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    /// The search line.
    text: String,
    order: UserOrder,
    /// Whose detail was open, and at which tab.
    open: Option<(Arc<Known>, Tab)>,
    /// The user under the cursor.
    selected: Option<UserId>,
}

impl Place {
    /// Whether it is the same view, whatever the cursor and the tab.
    fn is_same_view(&self, other: &Self) -> bool {
        let opened = |place: &Self| place.open.as_ref().map(|(known, _)| known.id.clone());
        (&self.text, self.order, opened(self)) == (&other.text, other.order, opened(other))
    }
}

/// The views before the present one, and those that were gone back from.
#[derive(Debug, Default)]
pub(super) struct Trail {
    past: Vec<Place>,
    present: Option<Place>,
    future: Vec<Place>,
}

impl Trail {
    /// Notes where somebody is now.
    fn note(&mut self, place: Place) {
        match &mut self.present {
            Some(present) if present.is_same_view(&place) => *present = place,
            present => {
                self.past.extend(present.replace(place));
                self.future.clear();
                if self.past.len() > KEPT {
                    self.past.remove(0);
                }
            }
        }
    }

    /// Goes one step back; where to.
    fn back(&mut self) -> Option<Place> {
        let place = self.past.pop()?;
        self.future.extend(self.present.replace(place.clone()));
        Some(place)
    }

    /// Goes one step forward again; where to.
    fn forward(&mut self) -> Option<Place> {
        let place = self.future.pop()?;
        self.past.extend(self.present.replace(place.clone()));
        Some(place)
    }

    /// Whether there is a view before.
    pub(super) fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a view that was gone back from.
    pub(super) fn has_future(&self) -> bool {
        !self.future.is_empty()
    }
}

impl App {
    /// Notes where somebody is, unless they are typing where to go.
    pub(super) fn note_place(&mut self) {
        if self.focus == Focus::Search || self.search.due().is_some() {
            return;
        }
        let open = self.detail.pinned().filter(|_| self.focus == Focus::Detail);
        self.trail.note(Place {
            text: self.search.text().to_owned(),
            order: self.list.query().order,
            open: open.map(|known| (Arc::clone(known), self.detail.tab())),
            selected: self.list.selected().map(|known| known.id.clone()),
        });
    }

    pub(super) fn go_back(&mut self, now: Timestamp) {
        if let Some(place) = self.trail.back() {
            self.go_to(place, now);
        }
    }

    pub(super) fn go_forward(&mut self, now: Timestamp) {
        if let Some(place) = self.trail.forward() {
            self.go_to(place, now);
        }
    }

    fn go_to(&mut self, place: Place, now: Timestamp) {
        if place.text != self.search.text() {
            self.search.set(&place.text);
            self.ask_search(now);
        }
        self.list.order(place.order);
        if let Some(user) = place.selected {
            self.list.go_to_user(user, self.layout().list_rows());
        }
        match place.open {
            Some((known, tab)) => {
                self.open_detail_of(known);
                self.detail.open_tab(tab);
                // It may have changed since.
                self.detail.read_again();
            }
            None => self.focus_list(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Place {
        Place { text: text.to_owned(), order: UserOrder::default(), open: None, selected: None }
    }

    #[test]
    fn back_and_forward_meet_and_another_way_forgets_the_way_forward() {
        let mut trail = Trail::default();
        for text in ["a", "b", "b", "c"] {
            trail.note(place(text));
        }
        assert_eq!((trail.back(), trail.back(), trail.back()), (Some(place("b")), Some(place("a")), None));
        assert_eq!((trail.forward(), trail.has_past(), trail.has_future()), (Some(place("b")), true, true));
        trail.note(place("b"));
        assert!(trail.has_future(), "where one is already is no other way");
        trail.note(place("d"));
        assert_eq!((trail.forward(), trail.back()), (None, Some(place("b"))));
    }

    #[test]
    fn the_cursor_is_kept_with_its_view() {
        let mut trail = Trail::default();
        trail.note(place("a"));
        let moved = Place { selected: Some("user_1".into()), ..place("a") };
        trail.note(moved.clone());
        trail.note(place("b"));
        assert_eq!(trail.back(), Some(moved));
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut trail = Trail::default();
        for number in 0..2 * KEPT {
            trail.note(place(&number.to_string()));
        }
        assert_eq!(trail.past.len(), KEPT);
    }
}
