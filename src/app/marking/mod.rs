//! Marking: what the keys for it do, and what marks mean for the other actions.

mod many;

use super::{
    App, Dialog, Focus, Notice, Reason, action::Action, counted, dialog::Purpose, many::STILL_MARKING, marks::Followed,
    movement::Move,
};
use crate::clerk::model::{Timestamp, UserId};

/// What a user is told whose range has lost its rows.
const RANGE_LOST: &str = "The range ended where its rows are no longer shown; its marks stay.";

impl App {
    /// Marks the user under the cursor, or takes the mark away, and goes down. Where a range is being marked, that one has
    /// a mark already: it only ends.
    pub(in crate::app) fn mark_user(&mut self, now: Timestamp) {
        if let Some(Dialog::Marked(pane)) = self.dialogs.top() {
            let chosen = pane.chosen_id(&self.marks).cloned();
            return self.take_mark_away(chosen);
        }
        if !self.marks.end_range()
            && let Some(known) = self.list.selected()
        {
            self.marks.toggle(known);
        }
        self.move_cursor(Move::By(1), now);
    }

    /// Takes the mark of the chosen one away, in the list of the marked; behind the last one there is no list any more.
    fn take_mark_away(&mut self, chosen: Option<UserId>) {
        if let Some(chosen) = chosen {
            self.marks.take_away(&chosen);
        }
        match self.dialogs.top_mut() {
            Some(Dialog::Marked(pane)) if !self.marks.is_empty() => pane.place_cursor(pane.cursor(), &self.marks),
            _ => self.close_dialog(),
        }
    }

    /// Begins a range, or ends it.
    pub(in crate::app) fn toggle_range(&mut self) {
        if !self.marks.end_range() {
            self.marks.begin_range(&self.list, false);
        }
    }

    /// Moves by so many rows, and marks those that the cursor moves over.
    pub(in crate::app) fn mark_by(&mut self, rows: isize, now: Timestamp) {
        if !self.marks.is_in_range() {
            self.marks.begin_range(&self.list, true);
        }
        self.move_cursor(Move::By(rows), now);
    }

    pub(in crate::app) fn drop_marks(&mut self, now: Timestamp) {
        if matches!(self.dialogs.top(), Some(Dialog::Marked(_))) {
            self.close_dialog();
        }
        let was_working = self.marks.progress().is_some();
        let count = self.marks.drop_all();
        if was_working && count == 0 {
            self.notices.show(Notice::remark("Stopped; nobody is marked."), now);
        }
        if count > 0 {
            self.notices
                .show(Notice::remark(format!("{} dropped, u brings them back.", counted(count, "mark", "marks"))), now);
        }
    }

    /// Brings back the marks that were dropped. Whether that was the last thing that was done.
    pub(in crate::app) fn bring_marks_back(&mut self, now: Timestamp) -> bool {
        let Some(count) = self.marks.bring_back() else { return false };
        self.notices.show(Notice::remark(format!("{} brought back.", counted(count, "mark", "marks"))), now);
        true
    }

    /// An action ends a range, unless it moves or is about the range.
    pub(in crate::app) fn end_range_before(&mut self, action: Action) {
        if action.moves() {
            self.marks.let_go();
        } else if !matches!(
            action,
            Action::MarkUser
                | Action::MarkRange
                | Action::MarkDown
                | Action::MarkUp
                | Action::Back
                | Action::Mask
                | Action::Mouse
                | Action::Redraw
                | Action::Zoom
        ) {
            self.marks.end_range();
        }
    }

    /// Brings the range that is being marked to where the cursor is.
    pub(in crate::app) fn follow_range(&mut self, now: Timestamp) {
        if self.marks.follow(&self.list) == Followed::Lost {
            self.notices.show(Notice::remark(RANGE_LOST), now);
        }
    }

    /// Why an action cannot be done while users are marked: it would be about another user than the marked. The only place
    /// that decides it.
    pub(in crate::app) fn why_not_with_marks(&self, action: Action) -> Option<Reason> {
        if self.dialogs.top().is_some() {
            return None;
        }
        if self.marks.progress().is_some() && (action.is_for_marked() || action.is_for_one()) {
            return Some(STILL_MARKING.into());
        }
        if self.marks.is_empty() {
            return None;
        }
        let are = counted(self.marks.len(), "user is marked", "users are marked");
        // Who is opened is meant, whoever is marked; who is only under the cursor is not.
        let is_of_row = self.focus != Focus::Detail && action.is_for_one();
        is_of_row
            .then(|| format!("{are}, and that can be done to one only: open them first, or drop the marks (A).").into())
    }
}

impl Action {
    /// Whether it moves the cursor, and nothing else.
    #[must_use]
    pub fn moves(self) -> bool {
        matches!(
            self,
            Self::Down
                | Self::Up
                | Self::HalfPageDown
                | Self::HalfPageUp
                | Self::PageDown
                | Self::PageUp
                | Self::First
                | Self::Last
        )
    }

    /// Whether it is about the marked, where somebody is.
    #[must_use]
    pub fn is_for_marked(self) -> bool {
        matches!(self, Self::Ban | Self::Unban | Self::Lock | Self::Unlock | Self::SignOut | Self::Delete | Self::Block)
    }

    /// Whether it changes a user, and can be done to one at a time only.
    fn is_for_one(self) -> bool {
        let is_form = self.form().is_some_and(|purpose| purpose.is_about_user() && purpose != Purpose::Note);
        let is_access = matches!(self, Self::Impersonate | Self::EndImpersonation | Self::LinkSignIn);
        let is_edit = matches!(self, Self::EditMetadata | Self::ReplaceMetadata | Self::SetImage);
        !self.is_for_marked() && (self.act().is_some() || is_form || is_access || is_edit)
    }
}
