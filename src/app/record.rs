//! The record of all changes: opening it, narrowing it, and going from it to a user.

use super::{
    App, Dialog, Failure, Fetch, Fetched, Known, Notice, Reason, SlotId, action::Action, dialog::RecordPane,
    replies::mismatch,
};
use crate::clerk::model::Timestamp;
use std::sync::Arc;

/// What is said of a user that somebody wants to open.
const GONE: &str = "This user does not exist any more; what was done to them stands here";

impl App {
    /// Does what is asked for in the open record, or opens it. Whether that was it.
    pub(super) fn run_on_record(&mut self, action: Action, now: Timestamp) -> bool {
        let time_zone = self.settings.time_zone.clone();
        let Some(Dialog::Record(pane)) = self.dialogs.top_mut() else {
            if action == Action::Record {
                self.dialogs.open(Dialog::Record(Box::default()));
            }
            return action == Action::Record;
        };
        match action {
            Action::Record => self.close_dialog(),
            Action::Find => pane.begin_typing(),
            Action::EndFind => pane.end_typing(now, &time_zone),
            Action::ClearFind => _ = pane.widen(now, &time_zone),
            Action::Back => {
                if !pane.widen(now, &time_zone) {
                    self.close_dialog();
                }
            }
            Action::Open => pane.open_chosen(),
            Action::Refresh => {
                pane.refresh();
                self.requests.expire(SlotId::Record);
            }
            _ => return false,
        }
        true
    }

    /// Does something in the open record.
    pub(super) fn in_record(&mut self, act: impl FnOnce(&mut RecordPane)) {
        if let Some(Dialog::Record(pane)) = self.dialogs.top_mut() {
            act(pane);
        }
    }

    pub(super) fn record(&self) -> Option<&RecordPane> {
        match self.dialogs.top() {
            Some(Dialog::Record(pane)) => Some(pane),
            _ => None,
        }
    }

    /// Why the chosen row of the record cannot be opened; none also where no record is open.
    pub(super) fn why_not_recorded(&self) -> Option<Reason> {
        let pane = self.record()?;
        match pane.rows().chosen() {
            None => Some("There is no change to open.".into()),
            Some(super::dialog::RecordRow::Change(_)) if pane.chosen_user().is_none() => {
                Some("This change was made to no user.".into())
            }
            Some(_) => None,
        }
    }

    /// Takes rows of the record, or the user that is to be opened from it.
    pub(super) fn take_recorded(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>, now: Timestamp) {
        let Some(Dialog::Record(pane)) = self.dialogs.top_mut() else { return };
        let Fetch::Record { offset, .. } = fetch else {
            pane.end_opening();
            return self.open_read(result, now);
        };
        let batch = result.and_then(|fetched| match fetched {
            Fetched::Record(batch) => Ok(batch),
            other => Err(mismatch(&other)),
        });
        pane.take(*offset, batch);
    }

    fn open_read(&mut self, result: Result<Fetched, Failure>, now: Timestamp) {
        match result {
            Ok(Fetched::User(user)) => {
                self.close_dialog();
                self.open_detail_of(Arc::new(Known::new(*user, now)));
            }
            Ok(other) => self.notices.show(Notice::failure("The user was not opened", &mismatch(&other)), now),
            Err(failure) if failure.is_not_found() => self.notices.show(Notice::remark(format!("{GONE}.")), now),
            Err(failure) => self.notices.show(Notice::failure("The user could not be read", &failure), now),
        }
    }
}
