//! A stage to put the state on: keys in, effects and state out, answers from a server that the test plays.

use crate::{
    app::{
        App, Changed, ColorDepth, Dialog, Effect, Effects, Event, Failure, Fetch, Fetched, Generation,
        InvitationChange, Made, MouseCapture, NewUser, Preferences, ReadOnly, RecordId, Remember, Reply,
        RestrictionChange, Settings, SlotId, Surroundings, Timer, Work,
        change::{Change, ChangeId},
        detail::Batch,
        job::{JobRequest, Plan},
    },
    clerk::{
        self, Exchange, InstanceKind, SentBody,
        model::{
            EmailAddress, EnvironmentType, Instance, OrganizationMembership, Page, Received, Session, Timestamp, User,
            UserId,
        },
    },
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::tz::TimeZone;
use ratatui::layout::Size;
use std::{collections::BTreeMap, time::Duration};

/// 2026-11-23, 17:00 UTC.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

pub(crate) fn user(number: usize) -> User {
    User {
        id: UserId::from(format!("user_{number}")),
        first_name: Some(format!("Person {number}")),
        email_addresses: vec![EmailAddress {
            email_address: format!("person{number}@example.com"),
            ..EmailAddress::default()
        }],
        created_at: NOW.minus(Duration::from_hours(24 * u64::try_from(number).unwrap_or(0))),
        ..User::default()
    }
}

pub(crate) fn received(user: User) -> Received<User> {
    Received::from_value(user).expect("a user is JSON")
}

pub(crate) fn refused(status: u16, code: &str) -> Failure {
    let error = clerk::ErrorItem { code: code.into(), message: "no".into(), ..clerk::ErrorItem::default() };
    let refusal = clerk::Refusal { status, errors: vec![error], trace_id: Some("t1".into()), retry_after: None };
    Failure::Clerk(clerk::Error::Refused(refusal))
}

/// A refusal about one parameter.
pub(crate) fn refused_at(parameter: &str, message: &str) -> Failure {
    let meta = serde_json::Map::from_iter([("param_name".to_owned(), parameter.into())]);
    let error = clerk::ErrorItem { message: message.into(), meta: Some(meta), ..clerk::ErrorItem::default() };
    Failure::Clerk(clerk::Error::Refused(clerk::Refusal { status: 422, errors: vec![error], ..Default::default() }))
}

pub(crate) fn timed_out() -> Failure {
    Failure::Clerk(clerk::Error::TimedOut { after: Duration::from_secs(10) })
}

/// The state, the time, and what it has asked for and not got yet.
pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) now: Timestamp,
    pub(crate) waiting: BTreeMap<SlotId, (Generation, Fetch)>,
    pub(crate) timers: BTreeMap<Timer, Timestamp>,
    pub(crate) changes: Vec<Change>,
    pub(crate) creations: Vec<(ChangeId, NewUser)>,
    pub(crate) restrictions: Vec<RestrictionChange>,
    pub(crate) invitations: Vec<InvitationChange>,
    pub(crate) job_requests: Vec<(ChangeId, JobRequest)>,
    pub(crate) notes: Vec<(ChangeId, UserId, Option<String>)>,
    pub(crate) remembered: Vec<Remember>,
    pub(crate) read_only: bool,
    pub(crate) last: Effects,
}

impl Stage {
    /// A development instance on a screen of 120×36, nothing answered yet.
    pub(crate) fn begin() -> Self {
        Self::begin_on(InstanceKind::Development, Size::new(120, 36))
    }

    /// An instance of this kind on a screen of this size, nothing answered yet.
    pub(crate) fn begin_on(instance_kind: InstanceKind, size: Size) -> Self {
        Self::begin_with(instance_kind, size, Preferences::default())
    }

    /// The same for somebody who has chosen something.
    pub(crate) fn begin_with(instance_kind: InstanceKind, size: Size, preferences: Preferences) -> Self {
        Self::begin_as(instance_kind, size, ColorDepth::True, preferences)
    }

    /// The same in a dry run.
    pub(crate) fn in_dry_run(mut self) -> Self {
        self.app.settings.dry_run = true;
        self
    }

    /// A development instance on a terminal with so many colours, nothing answered yet.
    pub(crate) fn begin_in_colors(colors: ColorDepth) -> Self {
        Self::begin_as(InstanceKind::Development, Size::new(120, 36), colors, Preferences::default())
    }

    fn begin_as(instance_kind: InstanceKind, size: Size, colors: ColorDepth, preferences: Preferences) -> Self {
        let settings = Settings {
            instance_name: "acme".into(),
            instance_kind,
            actor: "kim".into(),
            dashboard: Some("https://dashboard.clerk.com".into()),
            has_browser: true,
            time_zone: TimeZone::UTC,
            size,
            mouse: MouseCapture::Ours,
            read_only: ReadOnly::Off,
            dry_run: false,
            colors,
            preferences,
            surroundings: Surroundings {
                host: Some("api.clerk.com".into()),
                key: Some("CLERK_SECRET_KEY in /home/kim/shop/.env.local".into()),
                profile: None,
                profiles: Vec::new(),
                configuration: Some("/home/kim/.config/lazyclerk/config.toml".into()),
                state: Some("/home/kim/.local/state/lazyclerk".into()),
            },
        };
        let app = App::new(settings);
        let mut stage = Self {
            app,
            now: NOW,
            waiting: BTreeMap::new(),
            timers: BTreeMap::new(),
            changes: Vec::new(),
            creations: Vec::new(),
            restrictions: Vec::new(),
            invitations: Vec::new(),
            job_requests: Vec::new(),
            notes: Vec::new(),
            remembered: Vec::new(),
            read_only: false,
            last: Effects::new(),
        };
        let effects = stage.app.start(stage.now);
        stage.obey(effects);
        stage
    }

    /// The same with so many users loaded, everything answered, and the cursor at rest on the first.
    pub(crate) fn with_users(count: usize) -> Self {
        let mut stage = Self::begin();
        stage.answer_list((0..count.min(100)).map(user));
        stage.answer(SlotId::AllUsers, Fetched::Count(u64::try_from(count).expect("small")));
        stage.answer(SlotId::BannedUsers, Fetched::Count(0));
        stage.answer(SlotId::Instance, Fetched::Instance(instance()));
        stage.answer(SlotId::Notes, Fetched::Notes(BTreeMap::new()));
        stage.answer(SlotId::UnfinishedJobs, Fetched::UnfinishedJobs(Vec::new()));
        stage.rest();
        stage
    }

    /// Lets these profiles be there, one of them open.
    pub(crate) fn name_profiles(&mut self, names: &[&str], open: Option<&str>) -> &mut Self {
        let surroundings = &mut self.app.settings.surroundings;
        surroundings.profiles = names.iter().map(|name| (*name).to_owned()).collect();
        surroundings.profile = open.map(str::to_owned);
        self
    }

    pub(crate) fn send(&mut self, event: Event) -> &mut Self {
        let effects = self.app.update(self.now, event);
        self.obey(effects);
        self
    }

    fn obey(&mut self, effects: Effects) {
        for effect in &effects {
            match effect {
                Effect::Work(work) => self.begin_work(work),
                Effect::Mouse(_)
                | Effect::Copy(_)
                | Effect::Edit { .. }
                | Effect::CopySecret(_)
                | Effect::Browse(_)
                | Effect::Redraw
                | Effect::Suspend
                | Effect::Switch(_)
                | Effect::Quit => {}
            }
        }
        self.last = effects;
    }

    fn begin_work(&mut self, work: &Work) {
        match work {
            Work::Fetch { slot, generation, fetch } => {
                self.waiting.insert(*slot, (*generation, fetch.clone()));
            }
            Work::Cancel(slot) => {
                self.waiting.remove(slot);
            }
            Work::Change(change) => self.changes.push(change.clone()),
            Work::After(timer, duration) => {
                self.timers.insert(*timer, self.now.plus(*duration));
            }
            Work::Disarm(timer) => {
                self.timers.remove(timer);
            }
            Work::KeepNote { id, user, text } => self.notes.push((*id, user.clone(), text.clone())),
            Work::Job(id, request) => self.job_requests.push((*id, request.clone())),
            Work::Restrict(change) => self.restrictions.push(change.clone()),
            Work::Invite(change) => self.invitations.push(change.clone()),
            Work::ReadOnly(on) => self.read_only = *on,
            Work::Remember(remember) => self.remembered.push(remember.clone()),
            // Looked for among the effects.
            Work::Restore(_) | Work::Purge(..) => {}
            Work::Create(id, user) => self.creations.push((*id, user.clone())),
        }
    }

    /// Presses keys as the table names them, each with a frame drawn before it.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            self.send(Event::Drawn);
            self.press_undrawn(name);
        }
        self
    }

    /// Presses a key before the present state has been drawn.
    pub(crate) fn press_undrawn(&mut self, name: &str) -> &mut Self {
        let (modifiers, name) = match name.strip_prefix("ctrl-") {
            Some(rest) => (KeyModifiers::CONTROL, rest),
            None if matches!(name, "shift-up" | "shift-down") => (KeyModifiers::SHIFT, &name["shift-".len()..]),
            None => (KeyModifiers::NONE, name),
        };
        let code = match name {
            "enter" => KeyCode::Enter,
            "esc" => KeyCode::Esc,
            "tab" => KeyCode::Tab,
            "space" => KeyCode::Char(' '),
            "left" => KeyCode::Left,
            "right" => KeyCode::Right,
            "up" => KeyCode::Up,
            "down" => KeyCode::Down,
            "shift-tab" => KeyCode::BackTab,
            "backspace" => KeyCode::Backspace,
            "f1" => KeyCode::F(1),
            _ => KeyCode::Char(name.chars().next().expect("a key has a name")),
        };
        self.send(Event::Key(KeyEvent::new(code, modifiers)))
    }

    /// Lets time pass; timers that run out meanwhile say so, in order.
    pub(crate) fn wait(&mut self, duration: Duration) -> &mut Self {
        let end = self.now.plus(duration);
        while let Some((timer, due)) = self.timers.iter().map(|(timer, due)| (*timer, *due)).min_by_key(|(_, due)| *due)
            && due <= end
        {
            self.now = due;
            self.timers.remove(&timer);
            self.send(Event::Due(timer));
        }
        self.now = end;
        self
    }

    /// Lets the cursor rest, and answers that the user under it belongs nowhere and that nothing was done to them.
    pub(crate) fn rest(&mut self) -> &mut Self {
        self.wait(Duration::from_millis(100));
        if self.waiting.contains_key(&SlotId::Memberships) {
            self.answer(SlotId::Memberships, Fetched::Memberships(Page::<OrganizationMembership>::default()));
        }
        if self.waiting.contains_key(&SlotId::History) {
            self.answer(SlotId::History, Fetched::History(Batch::default()));
        }
        self
    }

    /// What a slot waits for.
    pub(crate) fn fetch(&self, slot: SlotId) -> Option<&Fetch> {
        self.waiting.get(&slot).map(|(_, fetch)| fetch)
    }

    /// Answers what a slot waits for.
    pub(crate) fn answer(&mut self, slot: SlotId, fetched: Fetched) -> &mut Self {
        self.end(slot, Ok(fetched))
    }

    /// Lets what a slot waits for fail.
    pub(crate) fn fail(&mut self, slot: SlotId, failure: Failure) -> &mut Self {
        self.end(slot, Err(failure))
    }

    fn end(&mut self, slot: SlotId, result: Result<Fetched, Failure>) -> &mut Self {
        let (generation, _) = self.waiting.remove(&slot).unwrap_or_else(|| panic!("{slot:?} waits for nothing"));
        self.send(Event::Reply(Reply::Fetched { slot, generation, result }))
    }

    /// Answers the list with these users.
    pub(crate) fn answer_list(&mut self, users: impl IntoIterator<Item = User>) -> &mut Self {
        self.answer(SlotId::List, Fetched::Users(users.into_iter().map(received).collect()))
    }

    /// Clerk makes the change that was sent last: the user is so now.
    pub(crate) fn succeed(&mut self, user: User) -> &mut Self {
        self.succeed_with(Made::User(Box::new(received(user))))
    }

    /// Clerk makes the change that was sent last, and answers so.
    pub(crate) fn succeed_with(&mut self, made: Made) -> &mut Self {
        let id = self.changes.last().expect("a change was sent").id;
        self.end_sent(id, Ok(made))
    }

    /// The change that was sent last fails.
    pub(crate) fn fail_change(&mut self, failure: Failure) -> &mut Self {
        let id: ChangeId = self.changes.last().expect("a change was sent").id;
        self.send(Event::Reply(Reply::Changed { id, result: Err(failure) }))
    }

    /// The change to a list that was sent last ends so.
    pub(crate) fn end_restriction(&mut self, result: Result<Made, Failure>) -> &mut Self {
        let id = self.restrictions.last().expect("a list was changed").id;
        self.end_sent(id, result)
    }

    /// What was sent last about an invitation ends so.
    pub(crate) fn end_invitation(&mut self, result: Result<Made, Failure>) -> &mut Self {
        let id = self.invitations.last().expect("an invitation was sent").id;
        self.end_sent(id, result)
    }

    fn end_sent(&mut self, id: ChangeId, result: Result<Made, Failure>) -> &mut Self {
        let changed = |made| Changed {
            made,
            trace_id: Some("trace".into()),
            record: RecordId(format!("record {}", id.0)),
            unrecorded_outcome: None,
            active_sessions: Some(0),
        };
        self.send(Event::Reply(Reply::Changed { id, result: result.map(changed) }))
    }

    /// The jobs that were asked for, in order.
    pub(crate) fn plans(&self) -> Vec<&Plan> {
        self.job_requests
            .iter()
            .filter_map(|(_, request)| match request {
                JobRequest::Begin(plan) => Some(&**plan),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn notice(&self) -> &str {
        self.app.notice().map_or("", |notice| notice.text.as_str())
    }

    pub(crate) fn selected(&self) -> &str {
        self.app.list().selected().map_or("", |user| user.id.as_str())
    }

    pub(crate) fn question(&self) -> String {
        match self.app.dialog() {
            Some(Dialog::Confirm(confirm)) => confirm.title(&confirm.words(self.now, &self.app.settings().time_zone)),
            other => format!("{other:?}"),
        }
    }
}

/// A request that was sent, one of many.
pub(crate) fn exchange(number: usize) -> Exchange {
    let path = format!("/users/user_{number}");
    Exchange {
        at: NOW,
        method: "GET".into(),
        url: format!("https://api.clerk.com/v1{path}"),
        path,
        body: SentBody::Empty,
        status: Some(200),
        code: None,
        trace_id: Some("trace".into()),
        took: Duration::from_millis(42),
        is_kept_back: false,
    }
}

pub(crate) fn instance() -> Instance {
    Instance { environment_type: Some(EnvironmentType::Development), ..Instance::default() }
}

pub(crate) fn sessions(count: usize) -> Fetched {
    Fetched::Sessions(vec![Session::default(); count])
}
