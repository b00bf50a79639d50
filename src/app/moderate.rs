//! Changing a user: the dialog before it, sending it, and what is said about its outcome.

use super::{
    Act, App, Changed, Dialog, Effects, Failure, Known, Made, Notice, Person, SlotId, Work,
    act::{RestrictionAct, banned_words, signed_out_words},
    change::{Change, ChangeId, Ended, Reversal},
    dialog::{Confirm, Matter},
    job::Target,
    restoration::{CopyAct, Deleted},
};
use crate::clerk::model::Timestamp;
use std::sync::Arc;

/// What to do where the plan has no bans.
const NO_BANS: &str = "Clerk's plan of this instance has no bans: lock (L) and sign out everywhere (x) instead.";

/// What to do where sessions are left that should not be.
const STILL_ACTIVE: &str = "Sign them out (x), and look at their sessions (4).";

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
        let protection = self.protection_of(&known);
        let mut confirm = Confirm::new(act, known, None).offering(also).masking(self.masking).protected(protection);
        if needs {
            confirm = confirm.needing_reason();
        } else if asks {
            confirm.go_to_reason();
        }
        self.dialogs.open(Dialog::Confirm(Box::new(confirm)));
    }

    /// Asks about what was done last in this run.
    pub(super) fn open_undo(&mut self) {
        if let Some(step) = self.changes.last_undo().cloned() {
            let confirm = match step.reversal {
                Reversal::User { act, known } => {
                    let protection = self.protection_of(&known);
                    Confirm::new(act, known, Some(step.record)).protected(protection)
                }
                Reversal::Restriction { act, beside } => Confirm::of_restriction(act, beside, Some(step.record)),
                Reversal::Invitation { act, beside } => Confirm::of_invitation(act, beside, Some(step.record)),
                Reversal::Restoration(deleted) => Confirm::of_copy(CopyAct::Restore, *deleted),
            };
            self.dialogs.open(Dialog::Confirm(Box::new(confirm.masking(self.masking))));
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
        if let Some(expected) = confirm.lacks_typing() {
            let words = format!("Nothing was sent: type {expected} first.");
            return self.notices.show(Notice::remark(words), now);
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
            Matter::Invitation { act, beside } => return self.invite(act, beside, grounds, now, effects),
            Matter::Copy { act, deleted } => {
                return self.begin_with_copy(act, deleted, grounds.reason, now, effects);
            }
        };
        if let Some(reason) = act.already(&known, now) {
            let person = Person::of(&known);
            let who = if self.masking { known.id.as_str() } else { person.call(&known.id) };
            let text = format!("Nothing was sent to Clerk about {who}. {reason}");
            return self.notices.show(Notice::remark(text), now);
        }
        if let Some(change) = self.changes.begin(act, &known, grounds, words) {
            self.mark_form_sent(change.id);
            self.changes.follow(change.id, also);
            self.dialogs.close_picker();
            effects.push(Work::Change(change).into());
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
        if let Some(deleted) = self.changes.finish_restoration(id) {
            return self.take_restored(&deleted, result, now);
        }
        if self.changes.is_purging(id) {
            return self.take_purged(id, result.map(|_| ()), now);
        }
        if let Some(noting) = self.changes.finish_note(id) {
            return self.take_noted(id, noting, result.map(|_| ()), now);
        }
        if let Some(ended) = self.changes.finish_restriction(id) {
            self.dialogs.end_sent(id, result.as_ref().err());
            return self.take_restricted(ended, result, now, effects);
        }
        if let Some(change) = self.changes.finish_invitation(id) {
            return self.take_invited(&change, result, now);
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
        let told = self.sessions_words(ended, &changed);
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
            Made::Deleted
            | Made::Done
            | Made::SignedOut(_)
            | Made::Listed(_)
            | Made::Invited(_)
            | Made::OAuthTokens(_)
            | Made::Restored { .. } => Arc::clone(&ended.known),
        };
        let (text, is_well) = match told {
            Ok(text) => (self.end_link(ended, revoked).unwrap_or(text), true),
            Err(text) => (text, false),
        };
        let record = changed.record.clone();
        let mut undo = self.changes.record(ended, Arc::clone(&known), changed.record, now);
        match ended.change.act {
            Act::Delete { copy } => {
                self.list.mark_gone(user.clone());
                self.changes.forget_steps_of(user);
                if copy {
                    self.changes.record_deletion(Deleted::just_now(&ended.known, now, record));
                    undo = true;
                }
            }
            _ if Arc::ptr_eq(&known, &ended.known) => self.changes.read_back(user.clone()),
            _ => self.replace_user(&known, now),
        }
        if let Act::Organization(act) = &ended.change.act {
            // What is under way may have been read before it.
            self.requests.expire(SlotId::Memberships);
            self.requests.expire(SlotId::Invitations);
            self.detail.take_change(user, act);
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
        let notice = Notice::success(text.clone(), changed.trace_id, undo);
        self.notices.show(if is_well { notice } else { Notice::warning(text, STILL_ACTIVE) }, now);
    }

    /// What is said of it, with what is known of sessions that are left; an error where some are.
    fn sessions_words(&self, ended: &Ended, changed: &Changed) -> Result<String, String> {
        let Change { act, user, person, .. } = &ended.change;
        let who = if self.masking { user.as_str() } else { person.call(user) };
        match (act, &changed.made) {
            (Act::Ban, _) => banned_words(who, &ended.words.done, changed.active_sessions),
            (_, Made::SignedOut(ended)) => Ok(signed_out_words(who, *ended)),
            _ => Ok(ended.words.done.clone()),
        }
    }

    /// Asks anew for the counts that an act has changed. One that is under way may have been made before it.
    fn count_anew(&mut self, act: &Act) {
        if matches!(act, Act::Ban | Act::Unban | Act::Delete { .. }) {
            self.requests.expire(SlotId::BannedUsers);
            self.totals.banned.ask();
        }
        if matches!(act, Act::Delete { .. }) {
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
            self.detail.refresh_parts(user);
        }
        let mut notice = Notice::failure(&ended.words.failed, failure);
        if failure.status() == Some(402) && matches!(ended.change.act, Act::Ban | Act::Unban) {
            notice = notice.advising(NO_BANS);
        }
        self.notices.show(notice, now);
        if failure.status() == Some(402) && ended.change.act == Act::Ban {
            let reason = ended.change.grounds.reason.as_deref();
            self.offer_lock(vec![Target::of(&ended.known)], reason, now);
        }
    }

    /// An answer about somebody else: what has happened to the user that was meant is unknown.
    fn refuse_other_user(&mut self, ended: &Ended, now: Timestamp) {
        self.changes.read_back(ended.change.user.clone());
        let failure = Failure::Internal("the answer is about another user".to_owned());
        self.notices.show(Notice::failure(&ended.words.failed, &failure), now);
    }

    /// Puts what Clerk has told about a user in the place of what was known, wherever that is.
    pub(super) fn replace_user(&mut self, known: &Arc<Known>, now: Timestamp) {
        self.list.replace(known);
        self.detail.replace(known);
        self.changes.replace(known);
        self.replace_in_many(known, now);
        if let Some(Dialog::Confirm(confirm)) = self.dialogs.top_mut()
            && confirm.replace(known)
        {
            self.dialogs.redraw();
        }
    }
}
