//! The loaded stretch of a result that may have millions of rows.
//!
//! Clerk pages the order by sign-up from a given user on, at the same cost anywhere; the other orders only by
//! counting rows from the start. Both are walked from either end, as the same order turned round begins at the other
//! end: so the last row of millions is one request away, and memory holds a few pages whatever is behind them.

use crate::{
    app::person::Known,
    clerk::{
        model::UserId,
        query::{PageLimit, PageStart, UserOrder, UserPage},
    },
};
use std::{
    collections::{HashSet, VecDeque},
    sync::Arc,
};

/// Rows of a page.
const PAGE: u16 = 100;
/// More rows than this are not kept; the far ones are dropped.
const MOST: usize = 600;
/// So many rows are kept on the other side of the cursor when far ones are dropped.
const NEAR: usize = 200;

/// Where the window stands in the whole result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// So many rows are before the first one loaded.
    FromStart(u64),
    /// So many rows are behind the last one loaded.
    FromEnd(u64),
}

/// A page to ask for, and whether it is asked for in the order turned round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The page.
    pub page: UserPage,
    /// Asked for from the other end; its rows come in reverse.
    pub turned: bool,
}

/// A stretch to load in place of what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The page that it is.
    pub plan: Plan,
    /// Where it will stand.
    pub place: Place,
}

/// A side of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before the first row.
    Before,
    /// Behind the last row.
    After,
}

/// The loaded rows.
#[derive(Clone, Debug)]
pub struct Window {
    rows: VecDeque<Arc<Known>>,
    place: Place,
    at_start: bool,
    at_end: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self { rows: VecDeque::new(), place: Place::FromStart(0), at_start: true, at_end: true }
    }
}

/// How many rows came in, and how many were dropped, at the front: by so much the indices of the others moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// Rows that came before the first.
    pub added: usize,
    /// Rows that were dropped from the front.
    pub dropped: usize,
}

impl Stretch {
    /// The first rows of the result.
    #[must_use]
    pub fn start() -> Self {
        Self { plan: Plan { page: page(PageStart::FIRST, PAGE), turned: false }, place: Place::FromStart(0) }
    }

    /// The last rows of the result.
    #[must_use]
    pub fn end() -> Self {
        Self { plan: Plan { page: page(PageStart::FIRST, PAGE), turned: true }, place: Place::FromEnd(0) }
    }

    /// The window that the rows of this stretch make.
    #[must_use]
    pub fn into_window(self, mut rows: Vec<Arc<Known>>) -> Window {
        let short = rows.len() < usize::from(self.plan.page.limit.get());
        let first = self.plan.page.start == PageStart::FIRST;
        let (at_start, at_end) = if self.plan.turned { (short, first) } else { (first, short) };
        if self.plan.turned {
            rows.reverse();
        }
        Window { rows: rows.into(), place: self.place, at_start, at_end }
    }
}

impl Window {
    /// The loaded rows, in order.
    #[must_use]
    pub fn rows(&self) -> &VecDeque<Arc<Known>> {
        &self.rows
    }

    /// Whether the first loaded row is the first of all.
    #[must_use]
    pub fn is_at_start(&self) -> bool {
        self.at_start
    }

    /// Whether the last loaded row is the last of all.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.at_end
    }

    /// Where the row with this index stands in the whole result, counted from 1. Counting from the end needs to
    /// know how many there are.
    #[must_use]
    pub fn number(&self, index: usize, total: Option<u64>) -> Option<u64> {
        match self.place {
            Place::FromStart(before) => Some(before + as_u64(index) + 1),
            Place::FromEnd(behind) => total?.checked_sub(behind + as_u64(self.rows.len() - 1 - index)),
        }
    }

    /// Puts `user` in place of the row with the same id. Whether there was one.
    pub fn replace(&mut self, user: &Arc<Known>) -> bool {
        let row = self.rows.iter_mut().find(|row| row.id == user.id);
        row.map(|row| *row = Arc::clone(user)).is_some()
    }

    /// The next page on this side; none where the result ends.
    #[must_use]
    pub fn plan(&self, side: Side, order: UserOrder) -> Option<Plan> {
        let ended = match side {
            Side::Before => self.at_start,
            Side::After => self.at_end,
        };
        let edge = match side {
            Side::Before => self.rows.front(),
            Side::After => self.rows.back(),
        };
        let edge = edge.filter(|_| !ended)?;
        if order.has_cursor() {
            let page = page(PageStart::After(edge.id.clone()), PAGE);
            return Some(Plan { page, turned: side == Side::Before });
        }
        let loaded = as_u64(self.rows.len());
        let plan = match (self.place, side) {
            (Place::FromStart(before), Side::After) => offset_plan(before + loaded, PAGE, false),
            (Place::FromStart(before), Side::Before) => last_rows_of(before, false),
            (Place::FromEnd(behind), Side::Before) => offset_plan(behind + loaded, PAGE, true),
            (Place::FromEnd(behind), Side::After) => last_rows_of(behind, true),
        };
        Some(plan)
    }

    /// The stretch that shows the rows from `top` on anew, or those up to `bottom` where the window counts from the end.
    #[must_use]
    pub fn again(&self, top: usize, bottom: usize, order: UserOrder) -> Stretch {
        let count = self.rows.len();
        match self.place {
            Place::FromStart(before) => {
                let position = before + as_u64(top);
                if position == 0 || top >= count {
                    return Stretch::start();
                }
                let start = self.behind(top.checked_sub(1), position, order);
                Stretch { plan: Plan { page: page(start, PAGE), turned: false }, place: Place::FromStart(position) }
            }
            Place::FromEnd(behind) => {
                let below = count.saturating_sub(bottom + 1);
                let position = behind + as_u64(below);
                if position == 0 || count == 0 {
                    return Stretch::end();
                }
                let start = self.behind((below > 0).then(|| count - below), position, order);
                Stretch { plan: Plan { page: page(start, PAGE), turned: true }, place: Place::FromEnd(position) }
            }
        }
    }

    /// A page that begins behind the row with this index, of which so many rows are before it in all. At the edge of
    /// what is loaded there is no such row, and the rows have to be counted.
    fn behind(&self, row: Option<usize>, rows: u64, order: UserOrder) -> PageStart {
        match row.and_then(|row| self.rows.get(row)) {
            Some(row) if order.has_cursor() => PageStart::After(row.id.clone()),
            _ => PageStart::Offset(rows),
        }
    }

    /// Takes the page that was planned for this side. Rows that are loaded already, as somebody signed up meanwhile and
    /// moved the others, are left out; rows far from `cursor` are dropped.
    pub fn extend(&mut self, side: Side, plan: &Plan, mut users: Vec<Arc<Known>>, cursor: usize) -> Shift {
        let short = users.len() < usize::from(plan.page.limit.get());
        if plan.turned {
            users.reverse();
        }
        let loaded: HashSet<&UserId> = self.rows.iter().map(|row| &row.id).collect();
        let fresh: Vec<_> = users.into_iter().filter(|user| !loaded.contains(&user.id)).collect();
        // A page of nothing new would be asked for again and again.
        let ended = short || fresh.is_empty();
        match side {
            Side::After => {
                self.move_place(Place::FromEnd(as_u64(fresh.len())));
                self.rows.extend(fresh);
                self.at_end = ended;
                let dropped = self.drop_front(cursor);
                Shift { added: 0, dropped }
            }
            Side::Before => {
                let added = fresh.len();
                self.move_place(Place::FromStart(as_u64(added)));
                for row in fresh.into_iter().rev() {
                    self.rows.push_front(row);
                }
                self.at_start = ended;
                self.drop_back(cursor + added);
                Shift { added, dropped: 0 }
            }
        }
    }

    /// So many rows came in at this side: fewer are beyond it.
    fn move_place(&mut self, came: Place) {
        match (&mut self.place, came) {
            (Place::FromStart(beyond), Place::FromStart(rows)) | (Place::FromEnd(beyond), Place::FromEnd(rows)) => {
                *beyond = beyond.saturating_sub(rows);
            }
            _ => {}
        }
    }

    fn drop_front(&mut self, cursor: usize) -> usize {
        let surplus = self.rows.len().saturating_sub(MOST).min(cursor.saturating_sub(NEAR));
        self.rows.drain(..surplus);
        if surplus > 0 {
            self.at_start = false;
            if let Place::FromStart(before) = &mut self.place {
                *before += as_u64(surplus);
            }
        }
        surplus
    }

    fn drop_back(&mut self, cursor: usize) {
        let surplus = self.rows.len().saturating_sub(MOST).min(self.rows.len().saturating_sub(cursor + NEAR));
        self.rows.truncate(self.rows.len() - surplus);
        if surplus > 0 {
            self.at_end = false;
            if let Place::FromEnd(behind) = &mut self.place {
                *behind += as_u64(surplus);
            }
        }
    }
}

fn page(start: PageStart, rows: u16) -> UserPage {
    UserPage { start, limit: PageLimit::new(rows) }
}

fn offset_plan(offset: u64, rows: u16, turned: bool) -> Plan {
    Plan { page: page(PageStart::Offset(offset), rows), turned }
}

/// The last page of the first `beyond` rows.
fn last_rows_of(beyond: u64, turned: bool) -> Plan {
    let rows = u16::try_from(beyond).unwrap_or(PAGE).min(PAGE);
    offset_plan(beyond - u64::from(rows), rows, turned)
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[path = "window_tests.rs"]
mod tests;
