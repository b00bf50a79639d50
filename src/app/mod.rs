//! What the program knows and decides. Pure: no clock, no I/O, nothing awaited, nothing spawned.
//!
//! [`App::update`] takes an [`Event`] and the time, changes the state, and returns [`Effect`]s as plain data.
//! What to load is not ordered by each action, but derived from the state after each update, in `settle`.

pub mod act;
pub mod action;
pub mod admins;
mod aim;
mod allow;
mod change;
mod choosing;
mod clock;
mod columns;
mod copies;
mod copy;
mod cursor;
mod dashboard;
pub mod detail;
pub mod dialog;
mod effect;
mod event;
pub mod export;
mod exporting;
mod failure;
mod filtering;
mod forms;
mod inviting;
pub mod job;
mod jobs;
pub mod json;
mod keymap;
mod keys;
pub mod layout;
mod links;
pub mod list;
mod listing;
mod look;
mod many;
mod marking;
pub mod marks;
mod mask;
mod memory;
mod moderate;
mod moment;
mod movement;
mod nearest;
mod new_user;
mod notice;
mod noting;
mod numbers;
mod oauth;
mod person;
mod picking;
mod pointer;
mod preferred;
mod program;
mod protected;
mod pulse;
mod read_only;
mod record;
mod replies;
mod request_log;
mod requests;
mod restoration;
mod restrict;
mod search;
mod secret;
mod settings;
mod settle;
mod slot;
mod surroundings;
mod tabs;
mod text_area;
mod text_field;
mod trail;
mod typed;
mod undo;
mod views;
mod visit;
mod watch;
pub mod welcome;

pub use act::Act;
pub use action::Action;
pub use allow::Reason;
pub use change::{Change, ChangeId, Changed, Grounds, InvitationChange, Made, RecordId, RestrictionChange};
pub use columns::{CURSOR, Column, ColumnChoice, Columns, MARK, NOTE, PlacedColumn, Showing};
pub use copy::Copyable;
pub use effect::{Effect, Effects, Fetch, Fetched, MouseCapture, Work};
pub use event::{Event, Reply, Timer};
pub use exporting::Exporting;
pub use failure::Failure;
pub use jobs::JobBoard;
pub use keymap::{Key, Keymap, KeymapError, Remapping};
pub use marks::{MarkList, Marks, Progress, Provenance, Way};
pub use mask::masked;
pub use memory::{ChosenTheme, Memory, Remember, Remembered};
pub use nearest::nearest;
pub use new_user::{NewUser, NewUserField, TypedPassword};
pub use notice::{Notice, NoticeKind};
pub use numbers::{counted, grouped};
pub use person::{Identifier, Known, LockEnd, Person, Standing};
pub use protected::{Protected, Protection};
pub use pulse::{Figure, FigureKind, Pulse};
pub use read_only::ReadOnly;
pub use request_log::RequestLog;
pub use requests::{Generation, SlotId};
pub use restoration::{CopyAct, Deleted, LeftOut, Lost, Restoration};
pub use search::{Line, Search, Token, TokenKind, beginning, filter_keys};
pub use secret::Secret;
pub use settings::{ColorDepth, InstanceColor, Preferences, Settings, ThemeName};
pub use slot::Slot;
pub use surroundings::Surroundings;
pub use tabs::{TabPlace, TabRow};
pub use text_area::TextArea;
pub use text_field::TextField;
pub use undo::{Retrace, Step};
pub use views::{SavedView, ViewName, ViewNameError};
pub use welcome::{
    KeyRefusal, Welcome, WelcomeChoice, WelcomeEffect, WelcomeEvent, WelcomeGrounds, WelcomeInstance, WelcomeStep,
    Welcomed,
};

use crate::clerk::{
    Exchange,
    model::{Instance, Role, Timestamp, UserId},
};
use change::Changes;
use detail::Detail;
use dialog::{Dialog, Dialogs, Picker};
use links::Links;
use list::UserList;
use memory::Unwritten;
use notice::Notices;
use requests::Requests;
use std::collections::BTreeMap;
use trail::Trail;
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
    theme: ThemeName,
    columns: Columns,
    memory: Memory,
    unwritten: Unwritten,
    focus: Focus,
    list: UserList,
    search: Search,
    detail: Detail,
    dialogs: Dialogs,
    notices: Notices,
    changes: Changes,
    links: Links,
    jobs: JobBoard,
    totals: Totals,
    instance: Slot<Instance>,
    roles: Slot<Vec<Role>>,
    notes: Slot<BTreeMap<UserId, String>>,
    visits: Vec<Visit>,
    marks: Marks,
    /// The file of users that is being written.
    exporting: Option<Exporting>,
    requests: Requests,
    request_log: RequestLog,
    trail: Trail,
    /// One pane has all the room.
    zoomed: bool,
    /// What says who somebody is shows as stars.
    masking: bool,
    /// When what is on the screen is read again by itself.
    watching: Option<Timestamp>,
    timers: BTreeMap<Timer, Timestamp>,
    quitting: bool,
    /// The profile to begin anew with, once it has left.
    bound_for: Option<String>,
    /// What is looked for in the audit log.
    sought_step: Option<Retrace>,
}

impl App {
    /// The state before anything has happened.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let Preferences { keymap, theme, memory, .. } = settings.preferences.clone();
        Self {
            settings,
            keymap,
            theme: memory.theme_over(theme),
            columns: memory.columns.clone().unwrap_or_default(),
            memory,
            unwritten: Unwritten::default(),
            focus: Focus::default(),
            list: UserList::default(),
            search: Search::default(),
            detail: Detail::default(),
            dialogs: Dialogs::default(),
            notices: Notices::default(),
            changes: Changes::default(),
            links: Links::default(),
            jobs: JobBoard::default(),
            totals: Totals::default(),
            instance: Slot::default(),
            roles: Slot::default(),
            notes: Slot::default(),
            visits: Vec::new(),
            marks: Marks::default(),
            exporting: None,
            requests: Requests::default(),
            request_log: RequestLog::default(),
            trail: Trail::default(),
            zoomed: false,
            masking: false,
            watching: None,
            timers: BTreeMap::new(),
            quitting: false,
            bound_for: None,
            sought_step: None,
        }
    }

    /// Begins: what to load first.
    #[must_use]
    pub fn start(&mut self, now: Timestamp) -> Effects {
        let mut effects = vec![Effect::Mouse(self.settings.mouse)];
        if let Some(remark) = self.settings.preferences.remark.take() {
            self.notices.show(Notice::remark(remark), now);
        }
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
            Event::Line(line) => self.take_line(&line, now, &mut effects),
            Event::Edited(edited) => self.in_metadata(|form| form.take_edited(edited)),
            Event::Sent(exchange) => self.take_exchange(*exchange),
            Event::Reply(Reply::Fetched { slot, generation, result }) => {
                self.take_fetched(slot, generation, result, now);
            }
            Event::Job(report) => self.take_job_report(*report, now),
            Event::Reply(Reply::Job { id, result }) => self.take_job_answer(id, result, now),
            Event::Reply(Reply::Noted { id, result }) => self.take_note_reply(id, result, now),
            Event::Reply(Reply::Changed { id, result }) => self.take_changed(id, result, now, &mut effects),
            Event::Reply(Reply::Purged { id, result }) => self.take_purged(id, result, now),
            Event::Reply(Reply::Remembered(result)) => self.take_remembered(result, now),
            Event::Remark(words) => self.notices.show(Notice::remark(words), now),
            Event::Reply(Reply::Browsed { is_open: true, .. }) => {}
            Event::Reply(Reply::Browsed { url, .. }) => self.copy_url(url, now, &mut effects),
        }
        self.settle(now, &mut effects);
        effects
    }

    fn take_exchange(&mut self, exchange: Exchange) {
        self.request_log.note(exchange);
        if let Some(Dialog::Requests(pane)) = self.dialogs.top_mut() {
            pane.shift();
        }
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
            Timer::Watch => self.watch(now),
            Timer::Mask => {
                self.mask_link(now);
                self.detail.expire_token(now);
            }
            // Drawing looks at the time itself.
            Timer::Spinner | Timer::Clock => {}
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
