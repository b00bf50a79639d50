//! Changing a user: the dialog before it, sending it, and what is said about its outcome.

use super::{
    Act, App, Changed, Dialog, Effect, Effects, Failure, Known, Notice, Person,
    change::{ChangeId, Ended},
    dialog::Confirm,
};
use crate::clerk::model::Timestamp;
use std::sync::Arc;

impl App {
    pub(super) fn open_confirm(&mut self, act: Act) {
        if let Some(known) = self.subject().cloned() {
            self.dialogs.open(Dialog::Confirm(Box::new(Confirm::new(act, known, None))));
        }
    }

    pub(super) fn open_undo(&mut self) {
        if let Some(step) = self.changes.last_undo().cloned() {
            let confirm = Confirm::new(step.act, step.known, Some(step.record));
            self.dialogs.open(Dialog::Confirm(Box::new(confirm)));
        }
    }

    pub(super) fn close_dialog(&mut self) {
        self.dialogs.close();
    }

    /// The dialog was answered with yes: the user that it named is changed, whatever is selected by now.
    pub(super) fn confirm(&mut self, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Confirm(confirm)) = self.dialogs.top() else { return };
        let (act, known) = (confirm.act(), Arc::clone(confirm.known()));
        let (undoes, sessions) = (confirm.undoes().cloned(), confirm.active_sessions());
        self.close_dialog();
        if Self::is_done(act, &known, now) {
            let who = Person::of(&known);
            let text = format!("Nothing was sent: {} {} already.", who.call(&known.id), standing_words(act));
            return self.notices.show(Notice::remark(text), now);
        }
        if let Some(change) = self.changes.begin(act, &known, undoes, sessions) {
            effects.push(Effect::Change(change));
        } else {
            let words = "Nothing was sent: another change to this user is under way.";
            self.notices.show(Notice::remark(words), now);
        }
    }

    pub(super) fn take_changed(&mut self, id: ChangeId, result: Result<Changed, Failure>, now: Timestamp) {
        let Some(ended) = self.changes.finish(id) else { return };
        match result {
            Ok(changed) if changed.user.id != ended.change.user => self.refuse_other_user(&ended, now),
            Ok(changed) => self.take_success(&ended, changed, now),
            Err(failure) => self.take_failure(&ended, &failure, now),
        }
    }

    fn take_success(&mut self, ended: &Ended, changed: Changed, now: Timestamp) {
        let known = Arc::new(Known::new(*changed.user, now));
        self.replace_user(&known);
        self.changes.record(ended, Arc::clone(&known), changed.record);
        if matches!(ended.change.act, Act::Ban | Act::Unban) {
            // A count that is under way may have been made before the change.
            self.requests.expire(super::SlotId::BannedUsers);
            self.totals.banned.ask();
        }
        let text = success_words(ended);
        if let Some(reason) = changed.unrecorded_outcome {
            let failure = Failure::OutcomeNotRecorded(reason);
            return self.notices.show(Notice::failure(&text, &failure), now);
        }
        let undo = ended.change.undoes.is_none();
        self.notices.show(Notice::success(text, changed.trace_id, undo), now);
    }

    fn take_failure(&mut self, ended: &Ended, failure: &Failure, now: Timestamp) {
        let user = &ended.change.user;
        if failure.is_not_found() {
            self.list.mark_gone(user.clone());
        }
        if failure.may_have_happened() {
            self.changes.read_back(user.clone());
        }
        self.notices.show(Notice::failure(&failure_words(ended), failure), now);
    }

    /// An answer about somebody else: what has happened to the user that was meant is unknown.
    fn refuse_other_user(&mut self, ended: &Ended, now: Timestamp) {
        self.changes.read_back(ended.change.user.clone());
        let failure = Failure::Internal("the answer is about another user".to_owned());
        self.notices.show(Notice::failure(&failure_words(ended), &failure), now);
    }

    /// Puts what Clerk has told about a user in the place of what was known, wherever that is.
    pub(super) fn replace_user(&mut self, known: &Arc<Known>) {
        self.list.replace(known);
        self.detail.replace(known);
        self.changes.replace(known);
        if let Some(Dialog::Confirm(confirm)) = self.dialogs.top_mut()
            && confirm.replace(known)
        {
            self.dialogs.redraw();
        }
    }
}

fn standing_words(act: Act) -> &'static str {
    match act {
        Act::Ban => "is banned",
        Act::Unban => "is not banned",
        Act::Lock => "is locked",
        Act::Unlock => "is not locked",
    }
}

fn success_words(ended: &Ended) -> String {
    let who = ended.change.person.call(&ended.change.user);
    match (ended.change.act, ended.active_sessions) {
        (Act::Ban, Some(1)) => format!("Banned {who}: 1 session ended."),
        (Act::Ban, Some(count)) => format!("Banned {who}: {count} sessions ended."),
        (Act::Ban, None) => format!("Banned {who}, signed out everywhere."),
        (Act::Unban, _) => format!("Lifted the ban of {who}."),
        (Act::Lock, _) => format!("Locked {who}; open sessions go on."),
        (Act::Unlock, _) => format!("Unlocked {who}."),
    }
}

fn failure_words(ended: &Ended) -> String {
    let who = ended.change.person.call(&ended.change.user);
    match ended.change.act {
        Act::Ban => format!("{who} was not banned"),
        Act::Unban => format!("The ban of {who} was not lifted"),
        Act::Lock => format!("{who} was not locked"),
        Act::Unlock => format!("{who} was not unlocked"),
    }
}
