//! Moving: the cursor of whatever gets the keys.

use super::{
    App, Dialog, Focus,
    detail::{Tab, profile_facts},
};
use crate::clerk::model::Timestamp;

/// A move of a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    By(isize),
    First,
    Last,
}

impl App {
    /// The rows that a page key moves by: one less than fit, so that one stays in sight.
    pub(super) fn page(&self) -> isize {
        let layout = self.layout();
        let page = layout.record().map(|(_, parts)| parts.rows).filter(|_| self.record().is_some()).or(layout.page);
        let rows = match (page.or(layout.pane().map(|pane| pane.rows)), self.focus, layout.detail) {
            (Some(page), _, _) => usize::from(page.height),
            (None, Focus::Detail, Some(detail)) => usize::from(detail.body.height),
            _ => layout.list_rows(),
        };
        isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(isize::MAX)
    }

    /// Goes to the next field of the open form, or to the one before.
    pub(super) fn step_field(&mut self, by: isize) {
        match self.dialogs.top_mut() {
            Some(Dialog::Form(form)) if by > 0 => form.next_field(),
            Some(Dialog::Form(form)) => form.previous_field(),
            Some(Dialog::Filter(form)) => form.step(by),
            _ => {}
        }
    }

    /// Moves the choice below the text of the palette or of a picker.
    pub(super) fn step_entry(&mut self, by: isize) {
        match self.dialogs.top_mut() {
            Some(Dialog::Palette(palette)) => palette.step(by),
            Some(Dialog::Picker(picker)) => picker.step(by),
            _ => {}
        }
    }

    pub(super) fn move_cursor(&mut self, to: Move, now: Timestamp) {
        let layout = self.layout();
        let (height, pane_rows) = (layout.list_rows(), layout.pane().map_or(0, |pane| usize::from(pane.rows.height)));
        let record_rows = layout.record().map_or(0, |(_, parts)| usize::from(parts.rows.height));
        match self.dialogs.top_mut() {
            Some(Dialog::Help(help)) => help.place_cursor(moved(help.cursor(), to)),
            Some(Dialog::Pulse(pulse)) => pulse.place_cursor(moved(pulse.cursor(), to)),
            Some(Dialog::Jobs(pane)) => pane.place_cursor(moved(pane.cursor(), to), self.jobs.reports().len()),
            Some(Dialog::Record(pane)) => pane.place_cursor(moved(pane.rows().cursor(), to), record_rows),
            Some(Dialog::Requests(pane)) => {
                let (count, to) = (self.request_log.exchanges().len(), moved(pane.cursor(), to));
                pane.place_cursor(to, count, pane_rows);
            }
            Some(Dialog::Many(many)) => {
                let (count, to) = (many.row_count(), moved(many.cursor(), to));
                many.place_cursor(to, count, pane_rows);
            }
            Some(Dialog::Menu(menu)) => menu.place_cursor(moved(menu.cursor(), to)),
            Some(Dialog::Restrictions(open)) => open.place_cursor(moved(open.cursor(), to)),
            Some(Dialog::Invitations(pane)) => pane.place_cursor(moved(pane.cursor(), to)),
            Some(Dialog::Trash(pane)) => pane.place_cursor(moved(pane.cursor(), to)),
            Some(Dialog::Marked(pane)) => pane.place_cursor(moved(pane.cursor(), to), &self.marks),
            Some(Dialog::Columns(list)) => list.place_cursor(moved(list.cursor(), to)),
            Some(Dialog::Confirm(confirm)) => confirm.scroll_to(moved(confirm.scrolled(), to)),
            Some(_) => {}
            None if self.focus == Focus::Detail => self.move_in_detail(to, now),
            None => match to {
                Move::By(rows) => self.list.move_by(rows, height),
                Move::First => self.list.go_to_start(height),
                Move::Last => self.list.go_to_end(height),
            },
        }
    }

    /// Scrolls the open tab by so many rows.
    pub(super) fn scroll_detail(&mut self, rows: isize, now: Timestamp) {
        self.move_in_detail(Move::By(rows), now);
    }

    pub(super) fn move_in_detail(&mut self, to: Move, now: Timestamp) {
        let layout = self.layout();
        let Some(area) = layout.detail else { return };
        match self.detail.tab() {
            Tab::Profile => {
                let Some(user) = self.subject() else { return };
                let rows = profile_facts(user, self.note(&user.id), self.history_of(user), now).len();
                let by = match to {
                    Move::By(by) => by,
                    Move::First => isize::MIN,
                    Move::Last => isize::MAX,
                };
                self.detail.scroll_by(by, rows, usize::from(area.body.height));
            }
            Tab::Security => {
                let last = self.security_items().len().saturating_sub(1);
                let from = self.detail.chosen_security_item().min(last);
                self.detail.choose_security_item(moved(from, to).min(last));
            }
            Tab::Metadata | Tab::Raw => {
                let height = usize::from(area.document().rows.height);
                if let Some(json) = self.detail.json_mut() {
                    json.place_cursor(moved(json.cursor(), to), height);
                }
            }
            tab @ (Tab::Memberships | Tab::Invitations | Tab::Sessions | Tab::History) => {
                let parts = self.detail.parts_mut();
                let Some((cursor, count)) = parts.place(tab) else { return };
                let height = usize::from(area.rows(count, layout.breadth).rows.height);
                parts.choose(tab, moved(cursor, to), height);
            }
        }
    }
}

/// Where a cursor comes to stand; its owner holds it within bounds.
fn moved(cursor: usize, to: Move) -> usize {
    match to {
        Move::By(rows) => cursor.saturating_add_signed(rows),
        Move::First => 0,
        Move::Last => usize::MAX,
    }
}
