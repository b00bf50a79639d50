//! What there is to see of the state, for drawing, tests and whoever decides.

use super::{
    App, Focus, Known, Marks, Notice, RequestLog, Search, Settings, SlotId, Timer,
    act::Words,
    action::Scope,
    detail::{Detail, HistoryEntry, Rows},
    dialog::Dialog,
    json::JsonView,
    keymap::{self, Keymap},
    layout::{Layout, Open},
    list::UserList,
};
use crate::clerk::{
    InstanceKind,
    model::{EnvironmentType, Instance, Timestamp, UserId},
};
use std::sync::Arc;

/// What there is to see.
impl App {
    /// What the program was started with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The keys and their meanings.
    #[must_use]
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// What gets the keys when no dialog is open.
    #[must_use]
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// The user list.
    #[must_use]
    pub fn list(&self) -> &UserList {
        &self.list
    }

    /// The marked users.
    #[must_use]
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The search box.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The detail.
    #[must_use]
    pub fn detail(&self) -> &Detail {
        &self.detail
    }

    /// Whether what says who somebody is shows as stars.
    #[must_use]
    pub fn is_masking(&self) -> bool {
        self.masking
    }

    /// The requests that were sent.
    #[must_use]
    pub fn request_log(&self) -> &RequestLog {
        &self.request_log
    }

    /// The open dialog that gets the keys.
    #[must_use]
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialogs.top()
    }

    /// The notice to show.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notices.current()
    }

    /// The user that is shown in the detail, and that an action is about: the one that the detail was opened for, else
    /// the one under the cursor.
    #[must_use]
    pub fn subject(&self) -> Option<&Arc<Known>> {
        match self.focus {
            Focus::Detail => self.detail.pinned(),
            Focus::List | Focus::Search => self.list.selected(),
        }
    }

    /// What the record of changes has of a user; none while it has not been looked for.
    #[must_use]
    pub fn history_of(&self, user: &Known) -> Option<&Rows<HistoryEntry>> {
        Some(&self.detail.parts_of(&user.id)?.history)
    }

    /// The words of what is being done to a user right now.
    #[must_use]
    pub fn change_under_way(&self, user: &UserId) -> Option<&Words> {
        self.changes.of(user)
    }

    /// How many users the instance has; none before they have been counted.
    #[must_use]
    pub fn all_users(&self) -> Option<u64> {
        self.totals.all.value().copied()
    }

    /// How many of them are banned.
    #[must_use]
    pub fn banned_users(&self) -> Option<u64> {
        self.totals.banned.value().copied()
    }

    /// How many users match what the list asks for; none before they have been counted.
    #[must_use]
    pub fn matching_users(&self) -> Option<u64> {
        if self.list.query().filter.is_empty() { self.all_users() } else { self.totals.matching.value().copied() }
    }

    /// What the instance is called: its id, once it has told it, where nothing better is known.
    #[must_use]
    pub fn instance_name(&self) -> &str {
        &self.settings.instance_name
    }

    /// The instance, as it tells of itself.
    #[must_use]
    pub fn instance(&self) -> Option<&Instance> {
        self.instance.value()
    }

    /// Whether it is production. What the instance says can make it production; nothing makes it less than the key says.
    #[must_use]
    pub fn instance_kind(&self) -> InstanceKind {
        let says_development = |instance: &Instance| instance.environment_type == Some(EnvironmentType::Development);
        match self.instance.value() {
            Some(instance) if !says_development(instance) => InstanceKind::Production,
            _ => self.settings.instance_kind,
        }
    }

    /// Whether something is being read for a slot.
    #[must_use]
    pub fn is_reading(&self, slot: SlotId) -> bool {
        self.requests.is_pending(slot)
    }

    /// How often the spinner of a slot has turned; none while nobody has waited long enough to see one.
    #[must_use]
    pub fn spinner(&self, slot: SlotId, now: Timestamp) -> Option<usize> {
        self.requests.spinner(slot, now)
    }

    /// Whether nothing is being read or changed, and nothing waits to be: a test can look at the state now.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        let waits = [Timer::Search, Timer::Picker, Timer::Rest].iter().any(|timer| self.timers.contains_key(timer));
        self.requests.is_empty() && self.changes.is_idle() && !waits
    }

    /// The regions of the screen.
    #[must_use]
    pub fn layout(&self) -> Layout {
        let dialog = self.dialogs.top();
        let open = Open {
            detail: self.focus == Focus::Detail,
            dialog: dialog.and_then(Dialog::rows),
            page: matches!(dialog, Some(Dialog::Help(_) | Dialog::Record(_))),
            zoomed: self.zoomed,
        };
        Layout::of(self.settings.size, open)
    }

    /// The scopes whose keys work now, the first asked first.
    #[must_use]
    pub fn scopes(&self) -> &'static [Scope] {
        let scope = match (self.dialogs.top(), self.focus) {
            (Some(dialog), _) => dialog.scope(),
            (None, Focus::List) => Scope::List,
            (None, Focus::Detail) if self.detail.json().is_some_and(JsonView::is_finding) => Scope::Find,
            (None, Focus::Detail) => self.detail.tab().scope(),
            (None, Focus::Search) => Scope::Search,
        };
        // A test holds that each of these begins one of the active sets.
        keymap::ACTIVE.iter().find(|active| active.first() == Some(&scope)).copied().unwrap_or(&[Scope::Always])
    }
}
