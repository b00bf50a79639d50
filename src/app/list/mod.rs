//! The user list: what is asked for, the loaded stretch of it, and the cursor.

pub mod window;

use super::{cursor::Cursor, failure::Failure, person::Known, requests::SlotId};
use crate::{
    app::effect::Fetch,
    clerk::{
        model::UserId,
        query::{PageStart, UserFilter, UserOrder, UserPage, UserQuery},
    },
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use window::{Plan, Side, Stretch, Window};

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

    /// What should be loaded, when `height` rows are on the screen.
    #[must_use]
    pub fn wants(&self, height: usize) -> Vec<(SlotId, Fetch)> {
        if let Some((stretch, _)) = &self.wanted {
            return vec![(SlotId::List, self.fetch(&stretch.plan))];
        }
        if self.failure.is_some() {
            return Vec::new();
        }
        // Two screens ahead: paging down does not have to wait.
        let ahead = 2 * height.max(20);
        let below = self.window.rows().len().saturating_sub(self.cursor.at.max(self.cursor.top + height));
        let sides = [(Side::Before, self.cursor.top.min(self.cursor.at)), (Side::After, below)];
        let near =
            sides.into_iter().filter(|(side, rows)| *rows < ahead && self.edge_failures[*side as usize].is_none());
        near.filter_map(|(side, _)| Some((slot_of(side), self.fetch(&self.window.plan(side, self.query.order)?))))
            .collect()
    }

    /// Whether a failure of `fetch` for one of the list's slots is no news: the user that it should begin behind is gone, and
    /// it is read anew from elsewhere.
    #[must_use]
    pub fn finds_its_way(&self, slot: SlotId, fetch: &Fetch, failure: &Failure) -> bool {
        match (slot, fetch, &self.wanted) {
            (SlotId::List, _, Some((stretch, landing))) => finds_start(stretch, *landing, failure),
            (SlotId::PageAfter | SlotId::PageBefore, Fetch::Users { page, .. }, _) => self.finds_others(page, failure),
            _ => false,
        }
    }

    fn finds_others(&self, page: &UserPage, failure: &Failure) -> bool {
        failure.refuses_request() && matches!(page.start, PageStart::After(_)) && !self.lost_place
    }

    /// Takes the answer to `fetch` for [`SlotId::List`].
    pub fn take_stretch(&mut self, result: Result<Vec<Arc<Known>>, Failure>, height: usize) {
        let Some((stretch, landing)) = self.wanted.take() else { return };
        match result {
            // The user that the page should begin behind is gone: begin at the start instead.
            Err(failure) if finds_start(&stretch, landing, &failure) => {
                self.wanted = Some((Stretch::start(), Landing::Same));
            }
            Err(failure) => self.failure = Some(failure),
            Ok(rows) => {
                let selected = self.selected().map(|user| user.id.clone());
                let sought = self.sought.take();
                self.note_news(&rows);
                let offset = self.cursor.at - self.cursor.top.min(self.cursor.at);
                self.window = stretch.into_window(rows);
                self.answered = Some(self.query.clone());
                self.failure = None;
                self.edge_failures = [None, None];
                match landing {
                    Landing::First => {
                        let place = sought.and_then(|user| self.position(&user));
                        self.place_cursor(place.unwrap_or(0), height);
                    }
                    Landing::Last => self.place_cursor(usize::MAX, height),
                    Landing::Same => {
                        let same = self.window.rows().iter().position(|row| Some(&row.id) == selected.as_ref());
                        let cursor = same.unwrap_or(offset);
                        // Who looks at the beginning wants to see who is new there.
                        let at_start = self.cursor.top == 0 && self.window.is_at_start();
                        self.cursor.top = if at_start { 0 } else { cursor.saturating_sub(offset) };
                        self.place_cursor(cursor, height);
                    }
                }
            }
        }
    }

    /// Notes who has changed and who is new since the rows that are there, if these answer the same question.
    fn note_news(&mut self, rows: &[Arc<Known>]) {
        self.news.clear();
        if !self.is_answered() {
            return;
        }
        let before: HashMap<&UserId, &Arc<Known>> = self.window.rows().iter().map(|known| (&known.id, known)).collect();
        // Behind the last of those that were there, rows are only further ones.
        let last = rows.iter().rposition(|known| before.contains_key(&known.id)).map_or(0, |last| last + 1);
        let news = rows[..last].iter().filter_map(|known| match before.get(&known.id) {
            None => Some((known.id.clone(), News::New)),
            Some(old) => (old.raw() != known.raw()).then(|| (known.id.clone(), News::Changed)),
        });
        let news = news.collect();
        self.news = news;
    }

    /// Takes the answer to `fetch` for a page beside the loaded rows.
    pub fn take_page(&mut self, side: Side, fetch: &Fetch, result: Result<Vec<Arc<Known>>, Failure>, height: usize) {
        let Fetch::Users { query, page } = fetch else { return };
        match result {
            // The user that the page should begin behind is gone, deleted from here perhaps: what is on the screen is read
            // anew, and others are there to begin behind. Once: what is refused then is refused for another reason.
            Err(failure) if self.finds_others(page, &failure) => {
                self.refresh(height);
                self.lost_place = true;
            }
            Err(failure) => self.edge_failures[side as usize] = Some(failure),
            Ok(rows) => {
                self.lost_place = false;
                let plan = Plan { page: page.clone(), turned: query.order != self.query.order };
                let shift = self.window.extend(side, &plan, rows, self.cursor.at);
                let moved = |index: usize| (index + shift.added).saturating_sub(shift.dropped);
                (self.cursor.at, self.cursor.top) = (moved(self.cursor.at), moved(self.cursor.top));
                self.place_cursor(self.cursor.at, height);
            }
        }
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

    fn fetch(&self, plan: &Plan) -> Fetch {
        let order = if plan.turned { self.query.order.reversed() } else { self.query.order };
        Fetch::Users { query: UserQuery { order, ..self.query.clone() }, page: plan.page.clone() }
    }
}

/// Whether what was refused can be read from the start instead.
fn finds_start(stretch: &Stretch, landing: Landing, failure: &Failure) -> bool {
    landing == Landing::Same && failure.refuses_request() && *stretch != Stretch::start()
}

fn slot_of(side: Side) -> SlotId {
    match side {
        Side::Before => SlotId::PageBefore,
        Side::After => SlotId::PageAfter,
    }
}
