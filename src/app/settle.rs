//! What follows from the state: what should be loaded, and which moments it waits for.
//!
//! After each update the wants are listed, and compared with what is under way. So reading ahead, reading again after a
//! refresh, and dropping what nobody looks at any more are not ordered by each action: they fall out.

use super::{
    App, Dialog, Effect, Effects, Fetch, Focus, SlotId, Timer, Work,
    detail::FetchedToken,
    dialog::{FilterForm, Picker},
};
use crate::clerk::{model::Timestamp, query::UserFilter};
use std::sync::Arc;
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
        self.follow_range(now);
        if effects.iter().any(Effect::changes_something) {
            self.marks.forget_dropped();
        }
        let subject = self.subject().map(|known| if self.masking { known.masked_shared() } else { Arc::clone(known) });
        self.detail.read_json(subject.as_ref());
        if let Some(area) = layout.detail {
            self.detail.keep_in_sight(&area, layout.breadth);
        }
        self.follow_in_many();
        self.note_place();
        self.guard_token();
        self.settle_requests(now, effects);
        self.settle_timers(now, effects);
        effects.extend(self.unwritten.next().map(|remember| Work::Remember(remember).into()));
        let leave = self.way_out();
        if self.quitting && self.is_settled() && !effects.contains(&leave) {
            effects.push(leave);
        }
    }

    fn settle_requests(&mut self, now: Timestamp, effects: &mut Effects) {
        let wants = self.wants();
        let unwanted = |slot: &SlotId| !wants.iter().any(|(wanted, _)| wanted == slot);
        let stale: Vec<SlotId> = self.requests.slots().filter(unwanted).collect();
        for slot in stale {
            self.requests.cancel(slot);
            effects.push(Work::Cancel(slot).into());
        }
        for (slot, fetch) in wants {
            if self.requests.fetching(slot) != Some(&fetch) {
                let generation = self.requests.begin(slot, fetch.clone(), now);
                effects.push(Work::Fetch { slot, generation, fetch }.into());
            }
        }
    }

    /// What the state calls for, the most urgent first.
    fn wants(&self) -> Vec<(SlotId, Fetch)> {
        let mut wants = self.list.wants(self.layout().list_rows());
        if let Some(Dialog::Confirm(confirm)) = self.dialogs.top() {
            wants.extend(confirm.wants());
        }
        if let Some(Dialog::Many(many)) = self.dialogs.top() {
            let look = |(place, fetch)| Some((SlotId::LookUp(u16::try_from(place).ok()?), fetch));
            wants.extend(many.wants().into_iter().filter_map(look));
        }
        if let Some(Dialog::Pulse(pulse)) = self.dialogs.top() {
            wants.extend(pulse.wants(&self.settings.time_zone));
        }
        if let Some(open) = self.dialogs.restrictions() {
            wants.extend(open.wants().map(|fetch| (SlotId::Restrictions, fetch)));
        }
        if let Some(pane) = self.record() {
            wants.extend(pane.wants());
        }
        if let Some(pane) = self.dialogs.invitations() {
            wants.extend(pane.wants().map(|fetch| (SlotId::OrganizationInvitations, fetch)));
        }
        if let Some(pane) = self.dialogs.trash() {
            wants.extend(pane.wants().map(|fetch| (SlotId::Trash, fetch)));
        }
        if let Some(Dialog::Picture(form)) = self.dialogs.top() {
            wants.extend(form.wants().map(|fetch| (SlotId::File, fetch)));
        }
        if let Some(Dialog::Marked(pane)) = self.dialogs.top() {
            wants.extend(pane.wants(&self.marks).map(|fetch| (SlotId::Marked, fetch)));
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
        let adds = self.picker().is_some_and(Picker::leads_to_roles) || self.dialogs.invitations().is_some();
        let uses_roles = adds || self.focus == Focus::Detail && self.chosen_membership().is_some();
        if uses_roles && self.roles.is_wanted() {
            wants.push((SlotId::Roles, Fetch::Roles));
        }
        if self.notes.is_wanted() {
            wants.push((SlotId::Notes, Fetch::Notes));
        }
        wants.extend(self.wants_step());
        if self.wants_unfinished_jobs() {
            wants.push((SlotId::UnfinishedJobs, Fetch::UnfinishedJobs));
        }
        if self.instance.is_wanted() {
            wants.push((SlotId::Instance, Fetch::Instance));
        }
        wants.extend(self.changes.next_read_back().map(|user| (SlotId::ReadBack, Fetch::User(user.clone()))));
        wants.extend(self.exporting.iter().map(|exporting| (SlotId::Export, Fetch::Export(exporting.clone()))));
        wants.extend(self.marks.wants().map(|fetch| (SlotId::Marking, fetch)));
        wants
    }

    fn settle_timers(&mut self, now: Timestamp, effects: &mut Effects) {
        for timer in Timer::iter() {
            let due = match timer {
                Timer::Search => self.search.due(),
                Timer::Picker => self.picker().and_then(Picker::due),
                Timer::Rest => self.detail.due(),
                Timer::Spinner if self.settings.preferences.motion => self.requests.spinner_due(now),
                Timer::Spinner => self.requests.spinner_appears(now),
                Timer::Watch => self.watching,
                Timer::Notice => self.notices.due(),
                Timer::Mask => self.mask_due().into_iter().chain(self.detail.token().and_then(FetchedToken::due)).min(),
                Timer::Clock => self.clock_due(now),
            };
            if self.timers.get(&timer).copied() == due {
                continue;
            }
            if let Some(due) = due {
                self.timers.insert(timer, due);
                effects.push(Work::After(timer, due.since(now)).into());
            } else {
                self.timers.remove(&timer);
                effects.push(Work::Disarm(timer).into());
            }
        }
    }
}
