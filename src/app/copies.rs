//! Recovery copies in the dashboard: their list, making somebody anew from one, and throwing one away.

use super::{
    Action, App, Changed, Deleted, Dialog, Effects, Failure, Fetched, Known, Made, Notice, Reason, SlotId, Work,
    change::ChangeId,
    dialog::{Confirm, TrashPane},
    replies::mismatch,
    restoration::{CopyAct, LeftOut},
};
use crate::clerk::model::Timestamp;
use std::sync::Arc;

impl App {
    /// Does what is asked for in the list of copies, or opens it. Whether that was it.
    pub(super) fn run_on_copies(&mut self, action: Action) -> bool {
        let is_open = matches!(self.dialogs.top(), Some(Dialog::Trash(_)));
        match action {
            Action::Trash => self.dialogs.open(Dialog::Trash(TrashPane::default())),
            Action::Restore => self.ask_about_chosen(CopyAct::Restore),
            Action::Purge => self.ask_about_chosen(CopyAct::Purge),
            Action::Refresh if is_open => self.refresh_copies(),
            _ => return false,
        }
        true
    }

    /// The chosen one of the list of copies that is open on top.
    pub(super) fn chosen_copy(&self) -> Option<&Deleted> {
        match self.dialogs.top() {
            Some(Dialog::Trash(pane)) => pane.chosen(),
            _ => None,
        }
    }

    fn ask_about_chosen(&mut self, act: CopyAct) {
        if let Some(deleted) = self.chosen_copy().cloned() {
            self.ask_about_copy(act, deleted);
        }
    }

    pub(super) fn ask_about_copy(&mut self, act: CopyAct, deleted: Deleted) {
        let confirm = Confirm::of_copy(act, deleted).masking(self.masking);
        self.dialogs.open(Dialog::Confirm(Box::new(confirm)));
    }

    fn refresh_copies(&mut self) {
        self.requests.expire(SlotId::Trash);
        if let Some(pane) = self.dialogs.trash_mut() {
            pane.ask();
        }
    }

    /// Takes what was read for the open list of copies.
    pub(super) fn take_copies(&mut self, result: Result<Fetched, Failure>) {
        if let Some(pane) = self.dialogs.trash_mut() {
            pane.take(result.and_then(|fetched| match fetched {
                Fetched::Trash(copies) => Ok(copies),
                other => Err(mismatch(&other)),
            }));
        }
    }

    /// Why nothing can be done with the chosen copy.
    pub(super) fn why_not_copy(&self, action: Action) -> Option<Reason> {
        let Some(deleted) = self.chosen_copy() else { return Some("There is no copy here.".into()) };
        let is_restored = action == Action::Restore && deleted.restored_as.is_some();
        is_restored.then(|| "A user has been made from it already.".into())
    }

    /// The question about a copy was answered with yes.
    pub(super) fn begin_with_copy(
        &mut self,
        act: CopyAct,
        deleted: Deleted,
        reason: Option<String>,
        now: Timestamp,
        effects: &mut Effects,
    ) {
        match act {
            CopyAct::Purge => {
                let user = deleted.user.clone();
                effects.push(Work::Purge(self.changes.begin_purge(deleted), user).into());
            }
            CopyAct::Restore => match self.changes.begin_restoration(deleted, reason) {
                Some(restoration) => effects.push(Work::Restore(restoration).into()),
                None => self.notices.show(Notice::remark("Nothing was sent: they are being restored already."), now),
            },
        }
    }

    /// Somebody has been made anew, or not.
    pub(super) fn take_restored(&mut self, deleted: &Deleted, result: Result<Changed, Failure>, now: Timestamp) {
        let words = deleted.words(self.masking);
        self.refresh_copies();
        let changed = match result {
            Ok(changed) => changed,
            Err(failure) => return self.notices.show(Notice::failure(&words.failed, &failure), now),
        };
        let Made::Restored { user, left_out } = changed.made else { return };
        self.changes.forget_deletion(deleted);
        self.list_anew();
        if self.dialogs.top().is_none() {
            self.open_detail_of(Arc::new(Known::new(*user, now)));
        }
        let notice = match (changed.unrecorded_outcome, left_out.is_empty()) {
            (Some(reason), _) => Notice::failure(&words.done, &Failure::OutcomeNotRecorded(reason)),
            (None, true) => Notice::success(words.done, changed.trace_id, false),
            (None, false) => {
                let what = format!("{} is restored in part", deleted.call(self.masking));
                Notice::failure(&what, &Failure::LeftOut(told(&left_out)))
            }
        };
        self.notices.show(notice, now);
    }

    /// A copy has been thrown away, or not.
    pub(super) fn take_purged(&mut self, id: ChangeId, result: Result<(), Failure>, now: Timestamp) {
        let Some(deleted) = self.changes.finish_purge(id) else { return };
        let words = CopyAct::Purge.words(&deleted, self.masking);
        self.refresh_copies();
        let notice = match result {
            Ok(()) => {
                self.changes.forget_deletion(&deleted);
                Notice::success(words.done, None, false)
            }
            Err(failure) => Notice::failure(&words.failed, &failure),
        };
        self.notices.show(notice, now);
    }
}

fn told(left_out: &[LeftOut]) -> String {
    left_out.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
