//! Opening an organization: its members as the list, and the way back to the user that it was opened from.

use super::{App, Known, detail::Tab};
use crate::clerk::model::{Timestamp, UserId};
use std::sync::Arc;

/// An organization that is open, and where from.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// The search line that shows its members. Once it says something else, this is not the organization any more.
    line: String,
    /// The search line before.
    before: String,
    /// The user whose membership it was opened by.
    known: Arc<Known>,
    /// The user under the cursor then.
    selected: Option<UserId>,
}

impl App {
    /// Shows the members of the chosen membership's organization as the list.
    pub(super) fn open_organization(&mut self, now: Timestamp) {
        let (Some(known), Some(membership)) = (self.subject().cloned(), self.chosen_membership().cloned()) else {
            return;
        };
        let line = format!("org:{}", self.search.name_of(&membership.organization));
        let before = self.search.text().to_owned();
        let selected = self.list.selected().map(|known| known.id.clone());
        self.search.set(&line);
        self.ask_search(now);
        self.focus_list();
        self.visits.push(Visit { line, before, known, selected });
    }

    /// Goes back to the user that the organization was opened from. Whether one was open.
    pub(super) fn leave_organization(&mut self, now: Timestamp) -> bool {
        let Some(visit) = self.visits.pop() else { return false };
        if visit.line != self.search.text().trim() {
            self.visits.clear();
            return false;
        }
        self.search.set(&visit.before);
        self.ask_search(now);
        if let Some(user) = visit.selected {
            self.list.go_to_user(user, self.layout().list_rows());
        }
        self.open_detail_of(visit.known);
        self.detail.open_tab(Tab::Memberships);
        true
    }
}
