//! The blocklist and the allowlist: opening one, changing it, and what is said about the outcome.

use super::{
    Action, App, Changed, Dialog, Effect, Effects, Failure, Grounds, Made, Notice, Person, SlotId, Work,
    act::{RestrictionAct, RestrictionList},
    change::RestrictionEnded,
    dialog::{Confirm, Menu, Purpose, Restriction, Restrictions},
};
use crate::clerk::model::{Timestamp, UserId};

/// What to do where the plan has no such list.
const NOT_IN_PLAN: &str = "The instance's plan does not include it: see Restrictions in the Clerk dashboard.";

impl App {
    /// Does what is asked for in an open list, or opens one. Whether that was it.
    pub(super) fn run_on_restrictions(&mut self, action: Action, now: Timestamp, effects: &mut Effects) -> bool {
        let is_open = matches!(self.dialogs.top(), Some(Dialog::Restrictions(_)));
        match action {
            Action::Block => self.open_blocks(),
            Action::Blocklist => self.open_restrictions(RestrictionList::Blocklist),
            Action::Allowlist => self.open_restrictions(RestrictionList::Allowlist),
            Action::AddIdentifier => self.open_addition(),
            Action::RemoveIdentifier => self.open_removal(),
            Action::Copy if is_open => self.copy_restriction(now, effects),
            Action::Refresh if is_open => self.refresh_restrictions(),
            _ => return false,
        }
        true
    }

    /// Opens a list in the detail's place.
    fn open_restrictions(&mut self, list: RestrictionList) {
        self.dialogs.open(Dialog::Restrictions(Restrictions::of(list)));
    }

    /// Asks which identifier of the user is to be blocked.
    fn open_blocks(&mut self) {
        if let Some(known) = self.subject() {
            let menu = Menu::of_blocks(RestrictionAct::blocks_of(known));
            self.dialogs.open(Dialog::Menu(menu));
        }
    }

    /// Asks whether to do so to a list, because of the user that is shown.
    pub(super) fn open_block(&mut self, act: RestrictionAct) {
        let beside = self.subject().map(|known| (known.id.clone(), Person::of(known)));
        self.dialogs.open(Dialog::Confirm(Box::new(Confirm::of_restriction(act, beside, None))));
    }

    /// Opens the form for another entry of the list that is open.
    fn open_addition(&mut self) {
        let Some(Dialog::Restrictions(open)) = self.dialogs.top() else { return };
        let purpose = match open.list() {
            RestrictionList::Blocklist => Purpose::Block,
            RestrictionList::Allowlist => Purpose::Allow,
        };
        self.open_form(purpose);
    }

    pub(super) fn toggle_option(&mut self) {
        match self.dialogs.top_mut() {
            Some(Dialog::Confirm(confirm)) => confirm.toggle(),
            Some(Dialog::Many(many)) => many.toggle(),
            _ => {}
        }
    }

    /// Asks whether to take the chosen entry off its list.
    fn open_removal(&mut self) {
        let Some(Dialog::Restrictions(open)) = self.dialogs.top() else { return };
        let from = open.list();
        if let Some(Restriction { id, identifier, .. }) = open.chosen().cloned() {
            let act = RestrictionAct::Remove { from, id, identifier };
            self.dialogs.open(Dialog::Confirm(Box::new(Confirm::of_restriction(act, None, None))));
        }
    }

    /// The chosen entry of the list that is open on top.
    pub(super) fn chosen_restriction(&self) -> Option<&Restriction> {
        match self.dialogs.top() {
            Some(Dialog::Restrictions(open)) => open.chosen(),
            _ => None,
        }
    }

    fn copy_restriction(&mut self, now: Timestamp, effects: &mut Effects) {
        if let Some(entry) = self.chosen_restriction() {
            effects.push(Effect::Copy(entry.identifier.clone()));
            self.notices.show(Notice::remark("Copied the identifier, if the terminal allows it."), now);
        }
    }

    /// Reads the open list anew.
    fn refresh_restrictions(&mut self) {
        self.requests.expire(SlotId::Restrictions);
        if let Some(open) = self.dialogs.restrictions_mut() {
            open.ask();
        }
    }

    /// Changes a list as a form asks. Sent twice it would be refused as there already: the second waits for the first.
    pub(super) fn restrict_once(&mut self, act: RestrictionAct, now: Timestamp, effects: &mut Effects) {
        if self.changes.is_restricting() {
            let words = "Nothing was sent: a change to a list is under way already.";
            return self.notices.show(Notice::remark(words), now);
        }
        self.restrict(act, None, Grounds::default(), effects);
    }

    /// Changes a list.
    pub(super) fn restrict(
        &mut self,
        act: RestrictionAct,
        beside: Option<(UserId, Person)>,
        grounds: Grounds,
        effects: &mut Effects,
    ) {
        let change = self.changes.begin_restriction(act, beside, grounds);
        self.mark_form_sent(change.id);
        effects.push(Work::Restrict(change).into());
    }

    /// Changes the lists as was ticked beside another change, one after the other. `said` tells what was done so far.
    pub(super) fn restrict_also(
        &mut self,
        mut also: Vec<RestrictionAct>,
        said: String,
        (beside, reason): ((UserId, Person), Option<String>),
        effects: &mut Effects,
    ) {
        if also.is_empty() {
            return;
        }
        let act = also.remove(0);
        let grounds = Grounds { undoes: None, reason };
        let change = self.changes.begin_restriction(act, Some(beside), grounds);
        self.changes.follow_restriction(change.id, said, also);
        effects.push(Work::Restrict(change).into());
    }

    /// A list has been changed, or not.
    pub(super) fn take_restricted(
        &mut self,
        ended: RestrictionEnded,
        result: Result<Changed, Failure>,
        now: Timestamp,
        effects: &mut Effects,
    ) {
        let RestrictionEnded { change, said, also } = ended;
        let words = change.act.words();
        let prefix = if said.is_empty() { String::new() } else { format!("{said} ") };
        let told = match result {
            Ok(changed) => {
                let told = format!("{prefix}{}", words.done);
                let entry = match &changed.made {
                    Made::Listed(id) => Some(id.as_str()),
                    _ => None,
                };
                let undo = self.changes.record_restriction(&change, entry, changed.record);
                let notice = match changed.unrecorded_outcome {
                    Some(reason) => Notice::failure(&told, &Failure::OutcomeNotRecorded(reason)),
                    None => Notice::success(told.clone(), changed.trace_id, undo),
                };
                self.notices.show(notice, now);
                told
            }
            Err(failure) => {
                // It has been taken off, or put on, since: there is no other outcome to wait for.
                if failure.refuses_request() {
                    self.changes.forget_undone(&change.grounds);
                }
                let told = format!("{prefix}{}", words.failed);
                let mut notice = Notice::failure(&told, &failure);
                if failure.status() == Some(402) {
                    notice = notice.advising(NOT_IN_PLAN);
                }
                self.notices.show(notice, now);
                format!("{told}.")
            }
        };
        self.refresh_restrictions();
        if let Some(beside) = change.beside {
            self.restrict_also(also, told, (beside, change.grounds.reason), effects);
        }
    }
}
