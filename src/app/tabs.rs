//! The row of tabs: which have room, and where each stands. Drawing and the mouse use the same.

use super::{App, detail::Tab};
use strum::IntoEnumIterator;
use unicode_width::UnicodeWidthStr;

/// Cells between two tabs.
const GAP: usize = 2;
/// Room for the sign that there are further ones on a side.
const MORE: usize = 2;
/// A label is not cut shorter than this, in cells.
const SHORTEST: usize = 4;

/// A tab in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabPlace {
    /// The tab.
    pub tab: Tab,
    /// What it is called, with its number and its count where they are told.
    pub label: String,
    /// Where it begins, in cells from the left.
    pub x: u16,
    /// How wide it is, in cells. The label can be wider, and is cut then.
    pub width: u16,
}

/// The tabs that have room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TabRow {
    /// Each in its place.
    pub places: Vec<TabPlace>,
    /// There are others to the left.
    pub before: bool,
    /// There are others to the right, or the last is cut.
    pub after: bool,
}

impl TabRow {
    /// The row of these tabs in so many cells. The open one is there in full, and as few as possible before it are not.
    fn of(labels: Vec<(Tab, String)>, open: Tab, width: u16) -> Self {
        let width = usize::from(width);
        let widths: Vec<usize> = labels.iter().map(|(_, label)| label.width()).collect();
        let open = labels.iter().position(|(tab, _)| *tab == open).unwrap_or(0);
        let end_of_open = |first: usize| {
            let before = if first > 0 { MORE } else { 0 };
            let after = if open + 1 < widths.len() { MORE } else { 0 };
            before + widths[first..=open].iter().sum::<usize>() + GAP * (open - first) + after
        };
        let first = (0..open).find(|first| end_of_open(*first) <= width).unwrap_or(open);
        let count = labels.len();
        let mut row = Self { before: first > 0, ..Self::default() };
        let mut x = if row.before { MORE } else { 0 };
        for (index, (tab, label)) in labels.into_iter().enumerate().skip(first) {
            let reserve = if index + 1 < count { MORE } else { 0 };
            let room = width.saturating_sub(x + reserve);
            let whole = widths[index] <= room;
            if !whole && room < SHORTEST && index != open {
                row.after = true;
                break;
            }
            let taken = widths[index].min(room);
            row.places.push(TabPlace { tab, label, x: cells(x), width: cells(taken) });
            x += taken + GAP;
            if !whole {
                row.after = true;
                break;
            }
        }
        row
    }
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

impl App {
    /// The tabs of the detail in a row of so many cells.
    #[must_use]
    pub fn tab_row(&self, width: u16) -> TabRow {
        let labels = Tab::iter().map(|tab| (tab, self.tab_label(tab))).collect();
        TabRow::of(labels, self.detail.tab(), width)
    }

    /// With its number where the detail has the screen to itself, and with its count where it is known.
    fn tab_label(&self, tab: Tab) -> String {
        let parts = self.subject().and_then(|user| self.detail.parts_of(&user.id));
        let count = parts.and_then(|parts| match tab {
            Tab::Profile | Tab::Security | Tab::Metadata | Tab::Raw => None,
            Tab::Memberships => parts.memberships.total(),
            Tab::Invitations => parts.invitations.total(),
            Tab::Sessions => parts.sessions.total(),
            Tab::History => parts.history.total(),
        });
        let number = if self.layout().divider.is_none() { format!("{} ", tab.number()) } else { String::new() };
        let count = count.map(|count| format!(" {count}")).unwrap_or_default();
        format!("{number}{}{count}", <&str>::from(tab))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels() -> Vec<(Tab, String)> {
        Tab::iter().map(|tab| (tab, <&str>::from(tab).to_owned())).collect()
    }

    fn words(row: &TabRow) -> Vec<(&str, u16, u16)> {
        row.places.iter().map(|place| (place.label.as_str(), place.x, place.width)).collect()
    }

    #[test]
    fn the_last_that_has_room_is_cut() {
        let row = TabRow::of(labels(), Tab::Profile, 44);
        assert_eq!(
            words(&row),
            [("Profile", 0, 7), ("Memberships", 9, 11), ("Invitations", 22, 11), ("Sessions", 35, 7)]
        );
        assert!(!row.before && row.after);
    }

    #[test]
    fn the_open_one_is_there_in_full() {
        let row = TabRow::of(labels(), Tab::Sessions, 44);
        assert_eq!(words(&row)[0], ("Memberships", 2, 11));
        assert!(row.before && row.places.iter().any(|place| place.tab == Tab::Sessions && place.width == 8));
    }

    proptest! {
        #[test]
        fn tabs_stay_in_the_row_and_apart(width in 0_u16..140, open in prop::sample::select(Tab::iter().collect::<Vec<_>>())) {
            let row = TabRow::of(labels(), open, width);
            let mut end = 0;
            for place in &row.places {
                prop_assert!(place.x >= end && place.x + place.width <= width.max(place.x), "{row:?}");
                end = place.x + place.width + 2;
            }
            prop_assert!(row.places.iter().any(|place| place.tab == open));
            prop_assert_eq!(row.before, row.places[0].tab != Tab::Profile);
        }
    }
}
