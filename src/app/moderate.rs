//! Changing a user: the dialog before it, sending it, and what is said about its outcome.

use super::{
    Act, App, Changed, Dialog, Effect, Effects, Failure, Known, Made, Notice, Person, SlotId,
    act::RestrictionAct,
    change::{ChangeId, Ended, Reversal},
    dialog::{Confirm, Matter},
};
use crate::clerk::model::Timestamp;
use std::sync::Arc;

/// What to do where the plan has no bans.
const NO_BANS: &str = "Clerk's plan of this instance has no bans: lock (L) and sign out everywhere (x) instead.";

impl App {
    pub(super) fn open_confirm(&mut self, act: Act) {
        if let Some(known) = self.subject().cloned() {
            self.ask_whether(act, known);
        }
    }

    /// Asks whether to do so to a user.
    pub(super) fn ask_whether(&mut self, act: Act, known: Arc<Known>) {
        let also = if act == Act::Ban { RestrictionAct::blocks_of(&known) } else { Vec::new() };
        let (asks, needs) = (act.asks_for_reason(), act.needs_reason(self.instance_kind()));
        let mut confirm = Confirm::new(act, known, None).offering(also);
        if needs {
            confirm = confirm.needing_reason();
        } else if asks {
            confirm.go_to_reason();
        }
        self.dialogs.open(Dialog::Confirm(Box::new(confirm)));
    }

    pub(super) fn open_undo(&mut self) {
        if let Some(step) = self.changes.last_undo().cloned() {
            let confirm = match step.reversal {
                Reversal::User { act, known } => Confirm::new(act, known, Some(step.record)),
                Reversal::Restriction(act) => Confirm::of_restriction(act, None, Some(step.record)),
            };
            self.dialogs.open(Dialog::Confirm(Box::new(confirm)));
        }
    }

    pub(super) fn close_dialog(&mut self) {
        self.dialogs.close();
    }

    /// Does something in the question that is open.
    pub(super) fn in_question(&mut self, act: impl FnOnce(&mut Confirm)) {
        if let Some(Dialog::Confirm(confirm)) = self.dialogs.top_mut() {
            act(confirm);
        }
    }

    /// The dialog was answered with yes: who or what it named is changed, whatever is selected by now.
    pub(super) fn confirm(&mut self, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Confirm(confirm)) = self.dialogs.top_mut() else { return };
        if !confirm.is_ready() {
            return;
        }
        if confirm.lacks_reason() {
            confirm.go_to_reason();
            return self.notices.show(Notice::remark("Nothing was sent: type the reason first."), now);
        }
        let (matter, grounds, also) = (confirm.matter().clone(), confirm.grounds(), confirm.ticked());
        let words = confirm.words(now, &self.settings.time_zone);
        self.close_dialog();
        let (act, known) = match matter {
            Matter::User { act, known } => (act, known),
            Matter::Restriction { act, beside } => return self.restrict(act, beside, grounds, effects),
        };
        if let Some(reason) = act.already(&known, now) {
            let text = format!("Nothing was sent to Clerk about {}. {reason}", Person::of(&known).call(&known.id));
            return self.notices.show(Notice::remark(text), now);
        }
        if let Some(change) = self.changes.begin(act, &known, grounds, words) {
            self.mark_form_sent(change.id);
            self.changes.follow(change.id, also);
            self.dialogs.close_picker();
            effects.push(Effect::Change(change));
        } else {
            let words = "Nothing was sent: another change to this user is under way.";
            self.notices.show(Notice::remark(words), now);
        }
    }

    pub(super) fn take_changed(
        &mut self,
        id: ChangeId,
        result: Result<Changed, Failure>,
        now: Timestamp,
        effects: &mut Effects,
    ) {
        if let Some(name) = self.changes.finish_creation(id) {
            return self.take_created(id, &name, result, now);
        }
        if let Some(ended) = self.changes.finish_restriction(id) {
            self.dialogs.end_sent(id, result.as_ref().err());
            return self.take_restricted(ended, result, now, effects);
        }
        let Some(ended) = self.changes.finish(id) else { return };
        self.dialogs.end_sent(id, result.as_ref().err());
        self.detail.refresh_history(&ended.change.user);
        if let Act::OAuth(act) = &ended.change.act {
            return self.take_token(&ended, act, result, now);
        }
        match result {
            Ok(Changed { made: Made::User(user), .. }) if user.id != ended.change.user => {
                self.refuse_other_user(&ended, now);
            }
            Ok(changed) => self.take_success(&ended, changed, now, effects),
            Err(failure) => self.take_failure(&ended, &failure, now),
        }
    }

    fn take_success(&mut self, ended: &Ended, changed: Changed, now: Timestamp, effects: &mut Effects) {
        let user = &ended.change.user;
        let mut revoked = None;
        let known = match changed.made {
            Made::User(user) => Arc::new(Known::new(*user, now)),
            Made::Link(link) => {
                if let Act::Access(act) = &ended.change.act {
                    self.take_link(&ended.known, act, link);
                }
                Arc::clone(&ended.known)
            }
            Made::Ended { link, sessions } => {
                revoked = Some((link, sessions));
                Arc::clone(&ended.known)
            }
            Made::Deleted | Made::Done | Made::Listed(_) | Made::OAuthTokens(_) => Arc::clone(&ended.known),
        };
        let text = self.end_link(ended, revoked).unwrap_or_else(|| ended.words.done.clone());
        let undo = self.changes.record(ended, Arc::clone(&known), changed.record, now);
        match ended.change.act {
            Act::Delete => {
                self.list.mark_gone(user.clone());
                self.changes.forget_steps_of(user);
            }
            _ if Arc::ptr_eq(&known, &ended.known) => self.changes.read_back(user.clone()),
            _ => self.replace_user(&known),
        }
        self.detail.refresh_parts(user);
        self.count_anew(&ended.change.act);
        let beside = (user.clone(), ended.change.person.clone());
        let reason = ended.change.grounds.reason.clone();
        self.restrict_also(ended.also.clone(), text.clone(), (beside, reason), effects);
        if let Some(reason) = changed.unrecorded_outcome {
            let failure = Failure::OutcomeNotRecorded(reason);
            return self.notices.show(Notice::failure(&text, &failure), now);
        }
        self.notices.show(Notice::success(text, changed.trace_id, undo), now);
    }

    /// Asks anew for the counts that an act has changed. One that is under way may have been made before it.
    fn count_anew(&mut self, act: &Act) {
        if matches!(act, Act::Ban | Act::Unban | Act::Delete) {
            self.requests.expire(SlotId::BannedUsers);
            self.totals.banned.ask();
        }
        if *act == Act::Delete {
            self.requests.expire(SlotId::AllUsers);
            self.totals.all.ask();
        }
    }

    fn take_failure(&mut self, ended: &Ended, failure: &Failure, now: Timestamp) {
        let user = &ended.change.user;
        if failure.is_not_found() {
            self.list.mark_gone(user.clone());
        }
        if failure.may_have_happened() {
            self.changes.read_back(user.clone());
        }
        let mut notice = Notice::failure(&ended.words.failed, failure);
        if failure.status() == Some(402) && matches!(ended.change.act, Act::Ban | Act::Unban) {
            notice = notice.advising(NO_BANS);
        }
        self.notices.show(notice, now);
    }

    /// An answer about somebody else: what has happened to the user that was meant is unknown.
    fn refuse_other_user(&mut self, ended: &Ended, now: Timestamp) {
        self.changes.read_back(ended.change.user.clone());
        let failure = Failure::Internal("the answer is about another user".to_owned());
        self.notices.show(Notice::failure(&ended.words.failed, &failure), now);
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
