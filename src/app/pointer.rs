//! The mouse: a click selects, the wheel scrolls.

use super::{
    App, Focus,
    detail::Tab,
    layout::{DetailArea, Layout},
};
use crate::clerk::model::Timestamp;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;
use unicode_width::UnicodeWidthStr;

/// Rows that one step of the wheel scrolls.
const STEP: isize = 3;
/// Columns between two tabs.
pub const TAB_GAP: u16 = 2;

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
        } else if let Some(detail) = layout.detail {
            self.click_detail(&detail, position);
        } else if layout.header.contains(position) && position.y == layout.header.bottom() - 1 {
            self.focus = Focus::Search;
        }
    }

    fn click_detail(&mut self, area: &DetailArea, position: Position) {
        let layout = self.layout();
        if area.tabs.contains(position) {
            if let Some(tab) = self.tab_at(area, position) {
                self.detail.open_tab(tab);
            }
        } else if self.detail.tab() == Tab::Memberships {
            let memberships = self.detail.memberships_mut();
            let rows = area.memberships(memberships.rows().len(), layout.breadth).rows;
            if let Some(row) = Layout::row_at(rows, position) {
                memberships.place_cursor(memberships.top() + row, usize::from(rows.height));
            }
        }
    }

    /// The labels of the tabs, in order, with the counts that are known.
    #[must_use]
    pub fn tab_labels(&self) -> Vec<(Tab, String)> {
        let narrow = self.layout().divider.is_none();
        let memberships = self.subject().and_then(|user| self.detail.memberships_of(&user.id));
        let count = |tab| match tab {
            Tab::Profile | Tab::Security => None,
            Tab::Memberships => memberships.and_then(super::detail::Memberships::total),
        };
        let label = |tab: Tab| {
            let number = if narrow { format!("{} ", tab.number()) } else { String::new() };
            let count = count(tab).map(|count| format!(" {count}")).unwrap_or_default();
            (tab, format!("{number}{}{count}", <&str>::from(tab)))
        };
        <Tab as strum::IntoEnumIterator>::iter().map(label).collect()
    }

    fn tab_at(&self, area: &DetailArea, position: Position) -> Option<Tab> {
        let mut left = area.tabs.x + 1;
        for (tab, label) in self.tab_labels() {
            let right = left + u16::try_from(label.width()).unwrap_or(u16::MAX);
            if (left..right).contains(&position.x) {
                return Some(tab);
            }
            left = right + TAB_GAP;
        }
        None
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
