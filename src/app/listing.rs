//! What the list shows: the search line is asked for, or everything anew.

use super::{App, Dialog, Failure, SlotId};
use crate::clerk::model::{Organization, Page, Timestamp};

impl App {
    /// Asks anew for the list and for how many there are.
    pub(super) fn list_anew(&mut self) {
        self.list.refresh(self.layout().list_rows());
        for (slot, total) in [
            (SlotId::AllUsers, &mut self.totals.all),
            (SlotId::BannedUsers, &mut self.totals.banned),
            (SlotId::Matching, &mut self.totals.matching),
        ] {
            // What is under way may be from before.
            self.requests.expire(slot);
            total.ask();
        }
    }

    pub(super) fn clear_search(&mut self, now: Timestamp) {
        self.search.clear();
        self.ask_search(now);
    }

    /// Asks for what the search line says; for nothing while a part of it is wrong.
    pub(super) fn ask_search(&mut self, now: Timestamp) {
        let Some(filter) = self.search.ask(now, &self.settings.time_zone) else { return };
        if filter != self.list.query().filter {
            self.totals.matching = super::Slot::default();
            self.list.filter(filter);
        }
    }

    /// Asks for everything on the screen anew, also for what failed.
    pub(super) fn refresh(&mut self, now: Timestamp) {
        if let Some(Dialog::Pulse(pulse)) = self.dialogs.top_mut() {
            return pulse.refresh(now);
        }
        self.requests.expire_all();
        self.notices.clear();
        self.list_anew();
        self.detail.refresh();
        self.instance.ask();
        self.roles.ask();
        self.notes.ask();
        self.ask_again_for_jobs();
        if self.search.line().fault().is_some() {
            self.search.forget_failures();
            self.ask_search(now);
        }
    }

    /// The line, or its form, names an organization that is known now, or not: it can be asked for, or says what is
    /// wrong.
    pub(super) fn take_named(&mut self, name: &str, result: Result<&Page<Organization>, &Failure>, now: Timestamp) {
        self.search.take_organizations(name, result);
        if self.filter_form().is_some_and(|form| form.unknown_name().is_some()) {
            self.submit_filter(now);
        } else if self.search.due().is_none() {
            self.ask_search(now);
        }
    }
}
