//! What the program knows and decides. Pure: no clock, no I/O, nothing awaited, nothing spawned.
//!
//! [`App::update`] takes an [`Event`] and the time, changes the state, and returns [`Effect`]s as plain data.
//! What to load is not ordered by each action, but derived from the state after each update, in `settle`.

pub mod act;
pub mod action;
mod aim;
mod allow;
mod change;
mod clock;
mod copy;
mod cursor;
pub mod detail;
pub mod dialog;
mod effect;
mod event;
mod failure;
mod filtering;
mod forms;
pub mod json;
mod keymap;
mod keys;
pub mod layout;
mod links;
pub mod list;
mod listing;
mod moderate;
mod movement;
mod new_user;
mod notice;
mod oauth;
mod person;
mod picking;
mod pointer;
mod program;
mod replies;
mod requests;
mod restrict;
mod search;
mod secret;
mod settings;
mod settle;
mod slot;
mod tabs;
mod text_area;
mod text_field;
mod visit;

pub use act::Act;
pub use action::Action;
pub use allow::Reason;
pub use change::{Change, ChangeId, Changed, Grounds, Made, RecordId, RestrictionChange};
pub use copy::Copyable;
pub use effect::{Effect, Effects, Fetch, Fetched, MouseCapture};
pub use event::{Event, Reply, Timer};
pub use failure::Failure;
pub use keymap::{Key, Keymap, KeymapError};
pub use new_user::{NewUser, NewUserField, TypedPassword};
pub use notice::{Notice, NoticeKind};
pub use person::{Identifier, Known, LockEnd, Person, Standing};
pub use requests::{Generation, SlotId};
pub use search::{Line, Search, Token, TokenKind, filter_keys};
pub use secret::Secret;
pub use settings::Settings;
pub use slot::Slot;
pub use tabs::{TabPlace, TabRow};
pub use text_area::TextArea;
pub use text_field::TextField;

use crate::clerk::{
    InstanceKind,
    model::{EnvironmentType, Instance, Role, Timestamp, UserId},
};
use act::Words;
use action::Scope;
use change::Changes;
use detail::{Detail, HistoryEntry, Rows};
use dialog::{Dialog, Dialogs, Picker};
use json::JsonView;
use layout::{Layout, Open};
use links::Links;
use list::UserList;
use notice::Notices;
use requests::Requests;
use std::{collections::BTreeMap, sync::Arc};
use visit::Visit;

/// What gets the keys when no dialog is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The user list.
    #[default]
    List,
    /// The search box above it.
    Search,
    /// The detail.
    Detail,
}

/// The counts that are not of a filter.
#[derive(Debug, Default)]
struct Totals {
    all: Slot<u64>,
    banned: Slot<u64>,
    matching: Slot<u64>,
}

/// The whole state of the dashboard.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    keymap: Keymap,
    focus: Focus,
    list: UserList,
    search: Search,
    detail: Detail,
    dialogs: Dialogs,
    notices: Notices,
    changes: Changes,
    links: Links,
    totals: Totals,
    instance: Slot<Instance>,
    roles: Slot<Vec<Role>>,
    visits: Vec<Visit>,
    requests: Requests,
    timers: BTreeMap<Timer, Timestamp>,
    quitting: bool,
}

impl App {
    /// The state before anything has happened.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            keymap: Keymap::default(),
            focus: Focus::default(),
            list: UserList::default(),
            search: Search::default(),
            detail: Detail::default(),
            dialogs: Dialogs::default(),
            notices: Notices::default(),
            changes: Changes::default(),
            links: Links::default(),
            totals: Totals::default(),
            instance: Slot::default(),
            roles: Slot::default(),
            visits: Vec::new(),
            requests: Requests::default(),
            timers: BTreeMap::new(),
            quitting: false,
        }
    }

    /// Begins: what to load first.
    #[must_use]
    pub fn start(&mut self, now: Timestamp) -> Effects {
        let mut effects = vec![Effect::Mouse(self.settings.mouse)];
        self.settle(now, &mut effects);
        effects
    }

    /// Takes one event; what has to be done about it.
    #[must_use]
    pub fn update(&mut self, now: Timestamp, event: Event) -> Effects {
        let mut effects = Effects::new();
        match event {
            Event::Key(key) => self.take_key(key, now, &mut effects),
            Event::Mouse(mouse) => self.take_mouse(mouse, now),
            Event::Paste(text) => self.take_paste(&text, now),
            Event::Resize(size) => self.settings.size = size,
            Event::Unfocused => self.mask_secrets(),
            Event::Drawn => self.dialogs.mark_drawn(),
            Event::Due(timer) => self.take_due(timer, now),
            Event::Edited(edited) => self.in_metadata(|form| form.take_edited(edited)),
            Event::Reply(Reply::Fetched { slot, generation, result }) => {
                self.take_fetched(slot, generation, result, now);
            }
            Event::Reply(Reply::Changed { id, result }) => self.take_changed(id, result, now, &mut effects),
        }
        self.settle(now, &mut effects);
        effects
    }

    fn take_due(&mut self, timer: Timer, now: Timestamp) {
        self.timers.remove(&timer);
        match timer {
            Timer::Search => self.ask_search(now),
            Timer::Picker => self.in_picker(Picker::ask),
            Timer::Rest => {
                let selected = self.list.selected().map(|user| user.id.clone());
                if self.focus != Focus::Detail {
                    self.detail.rest(selected.as_ref());
                }
            }
            Timer::Notice => self.notices.expire(now),
            Timer::Mask => {
                self.mask_link(now);
                self.detail.expire_token(now);
            }
            // Drawing looks at the time itself.
            Timer::Spinner | Timer::Clock => {}
        }
    }
}

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
            page: matches!(dialog, Some(Dialog::Help(_))),
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

#[cfg(test)]
pub(crate) mod tests;
