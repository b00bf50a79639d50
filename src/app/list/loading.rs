//! What the list wants to have loaded, and what becomes of the answers.

use super::{
    Landing, News, UserList,
    window::{Plan, Side, Stretch},
};
use crate::{
    app::{effect::Fetch, failure::Failure, person::Known, requests::SlotId},
    clerk::{
        model::UserId,
        query::{PageStart, UserPage, UserQuery},
    },
};
use std::{collections::HashMap, sync::Arc};

impl UserList {
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
