//! The user list: what is asked for, the loaded stretch of it, and the cursor.

mod loading;
pub mod window;

use super::{cursor::Cursor, failure::Failure, person::Known};
use crate::clerk::{
    model::UserId,
    query::{UserFilter, UserOrder, UserQuery},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use window::{Stretch, Window};

/// Where the cursor stands when a stretch has been loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Landing {
    First,
    Last,
    /// On the same user, or where that one was.
    Same,
}

/// What a refresh has brought about a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// They are otherwise than before.
    Changed,
    /// They were not there before.
    New,
}

/// What the list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListState<'a> {
    /// Nothing has come yet.
    Loading,
    /// Nothing has come, and will not before somebody asks again.
    Failed(&'a Failure),
    /// Nobody matches.
    Empty,
    /// Rows that answer what is asked for.
    Rows,
    /// Rows that answered what was asked for before; the new answer is under way, or failed.
    Stale,
}

/// The user list.
#[derive(Debug)]
pub struct UserList {
    query: UserQuery,
    answered: Option<UserQuery>,
    window: Window,
    cursor: Cursor,
    wanted: Option<(Stretch, Landing)>,
    failure: Option<Failure>,
    edge_failures: [Option<Failure>; 2],
    /// A page was refused because of the user that it should begin behind, and none has come since.
    lost_place: bool,
    gone: HashSet<UserId>,
    /// What the last refresh has brought.
    news: HashMap<UserId, News>,
    /// Who is to be under the cursor once the rows are there.
    sought: Option<UserId>,
}

impl Default for UserList {
    fn default() -> Self {
        Self {
            query: UserQuery::default(),
            answered: None,
            window: Window::default(),
            cursor: Cursor::default(),
            wanted: Some((Stretch::start(), Landing::First)),
            failure: None,
            edge_failures: [None, None],
            lost_place: false,
            gone: HashSet::new(),
            news: HashMap::new(),
            sought: None,
        }
    }
}

impl UserList {
    /// What is asked for.
    #[must_use]
    pub fn query(&self) -> &UserQuery {
        &self.query
    }

    /// The loaded rows.
    #[must_use]
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// The index of the row under the cursor among the loaded rows.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor.at
    }

    /// The index of the first row on the screen among the loaded rows.
    #[must_use]
    pub fn top(&self) -> usize {
        self.cursor.top
    }

    /// The user under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&Arc<Known>> {
        self.window.rows().get(self.cursor.at)
    }

    /// What there is to show.
    #[must_use]
    pub fn state(&self) -> ListState<'_> {
        match (&self.answered, &self.failure) {
            (None, Some(failure)) => ListState::Failed(failure),
            (None, None) => ListState::Loading,
            (Some(answered), _) if *answered != self.query => ListState::Stale,
            (Some(_), _) if self.window.rows().is_empty() => ListState::Empty,
            (Some(_), _) => ListState::Rows,
        }
    }

    /// Why the list, or a page of it, could not be read.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref().or(self.edge_failures.iter().flatten().next())
    }

    /// Whether Clerk has said that this user is not there any more.
    #[must_use]
    pub fn is_gone(&self, user: &UserId) -> bool {
        self.gone.contains(user)
    }

    /// What the last refresh has brought about a user.
    #[must_use]
    pub fn news_of(&self, user: &UserId) -> Option<News> {
        self.news.get(user).copied()
    }

    /// Whether the rows on the screen wait for others.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        self.wanted.is_some()
    }

    /// Puts the cursor on this user, if the rows have them: at once, or when the rows that are awaited are there.
    pub fn go_to_user(&mut self, user: UserId, height: usize) {
        if self.wanted.is_some() {
            self.sought = Some(user);
        } else if let Some(index) = self.position(&user) {
            self.place_cursor(index, height);
        }
    }

    /// Asks for other users. The old rows stay until the new ones are there.
    pub fn filter(&mut self, filter: UserFilter) {
        if filter != self.query.filter {
            self.query.filter = filter;
            self.want(Stretch::start(), Landing::First);
        }
    }

    /// Asks for another order.
    pub fn order(&mut self, order: UserOrder) {
        if order != self.query.order {
            self.query.order = order;
            self.want(Stretch::start(), Landing::First);
        }
    }

    /// Asks again for what is on the screen, `height` rows of it.
    pub fn refresh(&mut self, height: usize) {
        self.gone.clear();
        if self.is_answered() {
            let stretch = self.window.again(self.cursor.top, self.cursor.top + height.max(1) - 1, self.query.order);
            self.want(stretch, Landing::Same);
        } else {
            self.want(Stretch::start(), Landing::First);
        }
    }

    /// Moves the cursor by so many rows, as far as rows are loaded.
    pub fn move_by(&mut self, rows: isize, height: usize) {
        self.place_cursor(self.cursor.at.saturating_add_signed(rows), height);
    }

    /// Puts the cursor on the row with this index.
    pub fn place_cursor(&mut self, index: usize, height: usize) {
        self.cursor.at = index.min(self.window.rows().len().saturating_sub(1));
        self.keep_cursor_in_sight(height);
    }

    /// Moves what is on the screen by so many rows; the cursor goes along only when it would leave it.
    pub fn scroll_by(&mut self, rows: isize, height: usize) {
        let most = self.window.rows().len().saturating_sub(height);
        self.cursor.top = self.cursor.top.saturating_add_signed(rows).min(most);
        let last = (self.cursor.top + height).saturating_sub(1);
        self.cursor.at = self
            .cursor
            .at
            .clamp(self.cursor.top, last.min(self.window.rows().len().saturating_sub(1)).max(self.cursor.top));
    }

    /// Goes to the first user of the whole result.
    pub fn go_to_start(&mut self, height: usize) {
        if self.window.is_at_start() {
            self.abandon_jump();
            self.place_cursor(0, height);
        } else {
            self.want(Stretch::start(), Landing::First);
        }
    }

    /// Goes to the last user of the whole result.
    pub fn go_to_end(&mut self, height: usize) {
        if self.window.is_at_end() {
            self.abandon_jump();
            self.place_cursor(usize::MAX, height);
        } else {
            self.want(Stretch::end(), Landing::Last);
        }
    }

    /// Scrolls just so far that the cursor is on the screen.
    pub fn keep_cursor_in_sight(&mut self, height: usize) {
        self.cursor.keep_in_sight(height);
        // No empty rows at the bottom while there are rows above.
        self.cursor.top = self.cursor.top.min(self.window.rows().len().saturating_sub(height.max(1)));
    }

    /// Puts what Clerk has told about a user in the place of what was known.
    pub fn replace(&mut self, user: &Arc<Known>) {
        self.window.replace(user);
        self.gone.remove(&user.id);
    }

    /// Notes that Clerk does not know this user any more. The row stays until the next refresh, and says so.
    pub fn mark_gone(&mut self, user: UserId) {
        self.gone.insert(user);
    }

    /// The index of the loaded row with this user.
    #[must_use]
    pub fn position(&self, user: &UserId) -> Option<usize> {
        self.window.rows().iter().position(|row| row.id == *user)
    }

    fn is_answered(&self) -> bool {
        self.answered.as_ref() == Some(&self.query)
    }

    fn want(&mut self, stretch: Stretch, landing: Landing) {
        self.wanted = Some((stretch, landing));
        self.failure = None;
        self.edge_failures = [None, None];
    }

    /// A jump to the other end that has not arrived is not wanted any more; a new query still is.
    fn abandon_jump(&mut self) {
        if self.is_answered() {
            self.wanted = None;
        }
    }
}
