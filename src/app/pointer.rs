//! The mouse: a click selects, the wheel scrolls.

use super::{
    App, Focus,
    detail::Tab,
    dialog::OrderItem,
    layout::{DetailArea, Layout},
    list::{ListColumn, ListState},
};
use crate::clerk::model::Timestamp;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

/// Rows that one step of the wheel scrolls.
const STEP: isize = 3;

impl App {
    pub(super) fn take_mouse(&mut self, mouse: MouseEvent, now: Timestamp) {
        // A dialog is answered with keys: a click must not change a user by accident.
        if self.dialogs.top().is_some() {
            return;
        }
        let position = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => self.click(position),
            MouseEventKind::ScrollDown => self.wheel(position, STEP, now),
            MouseEventKind::ScrollUp => self.wheel(position, -STEP, now),
            _ => {}
        }
    }

    fn click(&mut self, position: Position) {
        let layout = self.layout();
        if let Some(list) = layout.list
            && let Some(row) = Layout::row_at(list.rows, position)
        {
            let index = self.list.top() + row;
            if index < self.list.window().rows().len() {
                self.detail.unpin();
                self.focus = Focus::List;
                self.list.place_cursor(index, usize::from(list.rows.height));
            }
        } else if let Some(list) = layout.list.filter(|list| list.heads.contains(position)) {
            if let Some(column) = layout.list_columns().at(position.x - list.heads.x) {
                self.order_by(column);
            }
        } else if let Some(detail) = layout.detail {
            self.click_detail(&detail, position);
        } else if layout.header.contains(position) && position.y == layout.header.bottom() - 1 {
            self.focus = Focus::Search;
        }
    }

    /// The list takes the order of a column; the one that it has already is turned round. A column without one does
    /// nothing, and neither do heads that are not shown.
    fn order_by(&mut self, column: ListColumn) {
        if !matches!(self.list.state(), ListState::Rows | ListState::Stale) {
            return;
        }
        let (current, orders) = (self.list.query().order, column.orders());
        if orders.contains(&current.by) {
            self.list.order(current.reversed());
        } else if let Some(usual) = orders.first() {
            self.list.order(OrderItem::of(*usual).order());
        }
    }

    fn click_detail(&mut self, area: &DetailArea, position: Position) {
        if area.tabs.contains(position) {
            if let Some(tab) = self.tab_at(area, position) {
                self.detail.open_tab(tab);
            }
        } else {
            self.click_row(area, position);
        }
    }

    /// Chooses the row of the open tab that was clicked.
    fn click_row(&mut self, area: &DetailArea, position: Position) {
        let (tab, breadth) = (self.detail.tab(), self.layout().breadth);
        if let Some(json) = self.detail.json_mut() {
            let rows = area.document().rows;
            if let Some(row) = Layout::row_at(rows, position) {
                json.place_cursor(json.top() + row, usize::from(rows.height));
            }
            return;
        }
        if tab == Tab::Security {
            return self.click_security_item(area, position);
        }
        let parts = self.detail.parts_mut();
        let Some((_, count)) = parts.place(tab) else { return };
        let rows = area.rows(count, breadth).rows;
        if let Some(row) = Layout::row_at(rows, position) {
            parts.choose(tab, parts.top(tab) + row, usize::from(rows.height));
        }
    }

    fn click_security_item(&mut self, area: &DetailArea, position: Position) {
        let count = self.security_items().len();
        let rows = area.items(count, self.layout().breadth).rows;
        if let Some(row) = Layout::row_at(rows, position) {
            let top = Layout::top_of(self.detail.chosen_security_item().min(count.saturating_sub(1)), rows);
            self.detail.choose_security_item((top + row).min(count.saturating_sub(1)));
        }
    }

    fn tab_at(&self, area: &DetailArea, position: Position) -> Option<Tab> {
        let left = area.tabs.x + 1;
        let row = self.tab_row(area.tabs.width.saturating_sub(2));
        let is_there = |x: u16, width: u16| (left + x..left + x + width).contains(&position.x);
        row.places.iter().find(|place| is_there(place.x, place.width)).map(|place| place.tab)
    }

    fn wheel(&mut self, position: Position, rows: isize, now: Timestamp) {
        let layout = self.layout();
        match (layout.list, layout.detail) {
            (Some(list), _) if list.rows.contains(position) || list.heads.contains(position) => {
                self.list.scroll_by(rows, usize::from(list.rows.height));
            }
            (_, Some(_)) => self.scroll_detail(rows, now),
            _ => {}
        }
    }
}
