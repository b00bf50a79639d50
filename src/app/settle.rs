//! What follows from the state: what should be loaded, and which moments it waits for.
//!
//! After each update the wants are listed, and compared with what is under way. So reading ahead, reading again after a
//! refresh, and dropping what nobody looks at any more are not ordered by each action: they fall out.

use super::{
    App, Dialog, Effect, Effects, Fetch, Focus, SlotId, Timer,
    detail::FetchedToken,
    dialog::{FilterForm, Picker},
};
use crate::clerk::{model::Timestamp, query::UserFilter};
use strum::IntoEnumIterator;

impl App {
    pub(super) fn settle(&mut self, now: Timestamp, effects: &mut Effects) {
        let layout = self.layout();
        if let Some(list) = layout.list {
            self.list.keep_cursor_in_sight(usize::from(list.rows.height));
        }
        if self.focus != Focus::Detail {
            let selected = self.list.selected().map(|user| user.id.clone());
            self.detail.follow(selected.as_ref(), now);
        }
        let subject = self.subject().cloned();
        self.detail.read_json(subject.as_ref());
        if let Some(area) = layout.detail {
            self.detail.keep_in_sight(&area, layout.breadth);
        }
        self.guard_token();
        self.settle_requests(now, effects);
        self.settle_timers(now, effects);
        if self.quitting && self.changes.is_idle() && !effects.contains(&Effect::Quit) {
            effects.push(Effect::Quit);
        }
    }

    fn settle_requests(&mut self, now: Timestamp, effects: &mut Effects) {
        let wants = self.wants();
        let unwanted = |slot: &SlotId| !wants.iter().any(|(wanted, _)| wanted == slot);
        let stale: Vec<SlotId> = self.requests.slots().filter(unwanted).collect();
        for slot in stale {
            self.requests.cancel(slot);
            effects.push(Effect::Cancel(slot));
        }
        for (slot, fetch) in wants {
            if self.requests.fetching(slot) != Some(&fetch) {
                let generation = self.requests.begin(slot, fetch.clone(), now);
                effects.push(Effect::Fetch { slot, generation, fetch });
            }
        }
    }

    /// What the state calls for, the most urgent first.
    fn wants(&self) -> Vec<(SlotId, Fetch)> {
        let mut wants = self.list.wants(self.layout().list_rows());
        if let Some(Dialog::Confirm(confirm)) = self.dialogs.top() {
            wants.extend(confirm.wants().map(|fetch| (SlotId::ActiveSessions, fetch)));
        }
        if let Some(open) = self.dialogs.restrictions() {
            wants.extend(open.wants().map(|fetch| (SlotId::Restrictions, fetch)));
        }
        let form = self.filter_form().and_then(FilterForm::unknown_name);
        if let Some(name) = form.or(self.search.unknown_name()) {
            wants.push((SlotId::Named, Fetch::NamedOrganizations(name.to_owned())));
        }
        if let Some(picker) = self.picker() {
            wants.extend(picker.wants());
        }
        if self.shows_detail() {
            wants.extend(self.detail.wants());
        }
        let filter = &self.list.query().filter;
        if !filter.is_empty() && self.totals.matching.is_wanted() {
            wants.push((SlotId::Matching, Fetch::Count(filter.clone())));
        }
        if self.totals.all.is_wanted() {
            wants.push((SlotId::AllUsers, Fetch::Count(UserFilter::default())));
        }
        if self.totals.banned.is_wanted() {
            let banned = UserFilter { banned: Some(true), ..UserFilter::default() };
            wants.push((SlotId::BannedUsers, Fetch::Count(banned)));
        }
        let adds = self.picker().is_some_and(|picker| picker.known().is_some());
        let uses_roles = adds || self.focus == Focus::Detail && self.chosen_membership().is_some();
        if uses_roles && self.roles.is_wanted() {
            wants.push((SlotId::Roles, Fetch::Roles));
        }
        if self.instance.is_wanted() {
            wants.push((SlotId::Instance, Fetch::Instance));
        }
        wants.extend(self.changes.next_read_back().map(|user| (SlotId::ReadBack, Fetch::User(user.clone()))));
        wants
    }

    fn settle_timers(&mut self, now: Timestamp, effects: &mut Effects) {
        for timer in Timer::iter() {
            let due = match timer {
                Timer::Search => self.search.due(),
                Timer::Picker => self.picker().and_then(Picker::due),
                Timer::Rest => self.detail.due(),
                Timer::Spinner => self.requests.spinner_due(now),
                Timer::Notice => self.notices.due(),
                Timer::Mask => self.mask_due().into_iter().chain(self.detail.token().and_then(FetchedToken::due)).min(),
                Timer::Clock => self.clock_due(now),
            };
            if self.timers.get(&timer).copied() == due {
                continue;
            }
            if let Some(due) = due {
                self.timers.insert(timer, due);
                effects.push(Effect::After(timer, due.since(now)));
            } else {
                self.timers.remove(&timer);
                effects.push(Effect::Disarm(timer));
            }
        }
    }
}
