//! The columns of the user list: which there are, which are shown in which order, and where they stand.
//!
//! [`Column`] is the one table of them: heads, widths, and what a list is ordered by when it is ordered by a column.

use crate::clerk::query::OrderField;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumIter, IntoEnumIterator};

/// Where the cursor's sign stands, in cells from the list's left edge.
pub const CURSOR: u16 = 1;
/// Where the sign of a mark stands, else of what a refresh has brought.
pub const MARK: u16 = 2;
/// Where the sign of a private note stands, right before the first column.
pub const NOTE: u16 = 3;
/// Where the first column begins.
const FIRST: u16 = 4;
/// Narrower than this, and only name and state have room.
const SLIM: u16 = 52;

/// A column of the user list, in the order in which they stand until somebody moves one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, EnumCount, EnumIter)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// First and last name, else the username.
    Name,
    /// What they sign in by: the primary email address, else phone number, username or wallet.
    Primary,
    /// The username.
    Username,
    /// The primary phone number.
    Phone,
    /// The id in the application's own records.
    ExternalId,
    /// How they can sign in.
    Methods,
    /// The id at Clerk.
    Id,
    /// The language.
    Locale,
    /// Banned, locked, or what is being done.
    State,
    /// How long ago they signed up.
    Joined,
    /// How long ago they signed in.
    SignedIn,
    /// How long ago they were active, in days.
    Active,
}

/// Whether a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Showing {
    /// As long as there is any room.
    Shown,
    /// Where there is so much room that the others lose nothing by it.
    WithRoom,
    /// Never.
    Hidden,
}

/// A column, and whether it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnChoice {
    /// Which.
    pub column: Column,
    /// Whether it is shown.
    pub showing: Showing,
}

/// A column in a list of a certain width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedColumn {
    /// Which.
    pub column: Column,
    /// Where it begins, in cells from the list's left edge.
    pub x: u16,
    /// How many cells it has.
    pub width: u16,
}

impl PlacedColumn {
    /// Whether this cell is one of its head: where a sign can stand before the head, it belongs to it.
    #[must_use]
    pub fn has(&self, x: u16) -> bool {
        let first = self.x.saturating_sub(u16::from(self.column.is_right_aligned()));
        (first..self.x + self.width).contains(&x)
    }
}

/// Cells that a column takes.
struct Cells {
    /// At least.
    least: u16,
    /// What it has before others lose by it.
    base: u16,
    /// At most: farther apart, the eye loses the row.
    most: u16,
    /// To the next column.
    gap: u16,
}

const fn cells(least: u16, base: u16, most: u16, gap: u16) -> Cells {
    Cells { least, base, most, gap }
}

impl Column {
    /// What stands above it.
    #[must_use]
    pub fn head(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Primary => "primary",
            Self::Username => "username",
            Self::Phone => "phone",
            Self::ExternalId => "external id",
            Self::Methods => "signs in by",
            Self::Id => "id",
            Self::Locale => "locale",
            Self::State => "state",
            Self::Joined => "joined",
            Self::SignedIn => "signed",
            Self::Active => "active",
        }
    }

    /// The orders of what it tells, the usual one first; none where Clerk knows none.
    #[must_use]
    pub fn orders(self) -> &'static [OrderField] {
        match self {
            Self::Name => &[OrderField::FirstName, OrderField::LastName],
            Self::Primary => &[OrderField::EmailAddress, OrderField::Web3Wallet],
            Self::Username => &[OrderField::Username],
            Self::Phone => &[OrderField::PhoneNumber],
            Self::Joined => &[OrderField::CreatedAt],
            Self::SignedIn => &[OrderField::LastSignInAt],
            Self::Active => &[OrderField::LastActiveAt],
            Self::ExternalId | Self::Methods | Self::Id | Self::Locale | Self::State => &[],
        }
    }

    /// What it is, in at most twenty cells, for who chooses.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Name | Self::State => "always shown",
            Self::Primary => "email, phone, …",
            Self::Username => "if they have one",
            Self::Phone => "the primary one",
            Self::ExternalId => "in your own records",
            Self::Methods => "password, passkey, …",
            Self::Id => "user_…, at Clerk",
            Self::Locale => "such as en-GB",
            Self::Joined => "since signing up",
            Self::SignedIn => "since signing in",
            Self::Active => "since active, days",
        }
    }

    /// Whether what stands in it ends at its right edge, as its head does.
    #[must_use]
    pub fn is_right_aligned(self) -> bool {
        matches!(self, Self::Joined | Self::SignedIn | Self::Active)
    }

    /// Whether it cannot be hidden: who is who, and who is banned, has to be seen.
    #[must_use]
    pub fn is_always_shown(self) -> bool {
        matches!(self, Self::Name | Self::State)
    }

    fn cells(self) -> Cells {
        match self {
            Self::Name => cells(13, 18, 40, 2),
            Self::Primary => cells(10, 20, 48, 2),
            Self::Username => cells(10, 14, 32, 2),
            Self::Phone => cells(13, 15, 16, 2),
            Self::ExternalId => cells(10, 14, 36, 2),
            Self::Methods => cells(10, 16, 36, 2),
            Self::Id => cells(12, 32, 32, 2),
            Self::Locale => cells(6, 6, 10, 2),
            // `unlock…` is the longest.
            Self::State => cells(7, 7, 7, 1),
            // `joined` and `active` themselves are the longest.
            Self::Joined | Self::SignedIn | Self::Active => cells(6, 6, 6, 1),
        }
    }

    /// Which stay longest where there is no room for all: the first here.
    fn weight(self) -> usize {
        const WEIGHTS: [Column; 12] = [
            Column::Name,
            Column::State,
            Column::Primary,
            Column::Joined,
            Column::Active,
            Column::SignedIn,
            Column::Username,
            Column::Phone,
            Column::ExternalId,
            Column::Methods,
            Column::Id,
            Column::Locale,
        ];
        WEIGHTS.iter().position(|column| *column == self).unwrap_or(WEIGHTS.len())
    }

    fn showing_at_first(self) -> Showing {
        match self {
            Self::Name | Self::Primary | Self::State | Self::Joined | Self::Active => Showing::Shown,
            Self::ExternalId | Self::Methods => Showing::WithRoom,
            Self::Username | Self::Phone | Self::Id | Self::Locale | Self::SignedIn => Showing::Hidden,
        }
    }
}

/// All columns, each shown or not, in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<serde_json::Value>", into = "Vec<ColumnChoice>")]
pub struct Columns {
    choices: Vec<ColumnChoice>,
}

impl Default for Columns {
    fn default() -> Self {
        Self::of([])
    }
}

/// Columns that there are no more, or not yet, are left out.
impl From<Vec<serde_json::Value>> for Columns {
    fn from(choices: Vec<serde_json::Value>) -> Self {
        Self::of(choices.into_iter().filter_map(|choice| serde_json::from_value(choice).ok()))
    }
}

impl From<Columns> for Vec<ColumnChoice> {
    fn from(columns: Columns) -> Self {
        columns.choices
    }
}

impl Columns {
    /// These, and behind them as they are at first those that are missing.
    #[must_use]
    pub fn of(chosen: impl IntoIterator<Item = ColumnChoice>) -> Self {
        let at_first = Column::iter().map(|column| ColumnChoice { column, showing: column.showing_at_first() });
        let mut choices: Vec<ColumnChoice> = Vec::new();
        for mut choice in chosen.into_iter().chain(at_first) {
            if choice.column.is_always_shown() {
                choice.showing = Showing::Shown;
            }
            if choices.iter().all(|other| other.column != choice.column) {
                choices.push(choice);
            }
        }
        Self { choices }
    }

    /// Each column, and whether it is shown.
    #[must_use]
    pub fn choices(&self) -> &[ColumnChoice] {
        &self.choices
    }

    /// Hides the column at this place, or shows it. Whether that could be done.
    pub fn toggle(&mut self, index: usize) -> bool {
        let Some(choice) = self.choices.get_mut(index).filter(|choice| !choice.column.is_always_shown()) else {
            return false;
        };
        choice.showing = match choice.showing {
            Showing::Hidden => Showing::Shown,
            Showing::Shown | Showing::WithRoom => Showing::Hidden,
        };
        true
    }

    /// Moves the column at this place by one, backwards or forwards. Where it stands then.
    pub fn shift(&mut self, index: usize, by: isize) -> usize {
        let last = self.choices.len().saturating_sub(1);
        let to = index.saturating_add_signed(by).min(last);
        if index <= last {
            self.choices.swap(index, to);
        }
        to
    }

    /// Where the columns stand in a list so wide, which perhaps ends at the screen's edge. Those that there is no room
    /// for are left out; name and state never are.
    #[must_use]
    pub fn place(&self, width: u16, at_edge: bool) -> Vec<PlacedColumn> {
        let margin = u16::from(at_edge);
        if width < SLIM {
            return place_slim(width, margin);
        }
        let room = width - FIRST - margin;
        let columns = self.with_room(room);
        let widths = widths(&columns, room);
        let mut x = FIRST;
        let mut placed = Vec::with_capacity(columns.len());
        for (column, width) in columns.into_iter().zip(widths) {
            placed.push(PlacedColumn { column, x, width });
            x += width + column.cells().gap;
        }
        placed
    }

    /// The columns that have room together.
    fn with_room(&self, room: u16) -> Vec<Column> {
        let mut shown: Vec<Column> = self.those(Showing::Shown).collect();
        while needed(&shown, |cells| cells.least) > room
            && let Some(lightest) = shown.iter().copied().max_by_key(|column| column.weight())
            && !lightest.is_always_shown()
        {
            shown.retain(|column| *column != lightest);
        }
        let mut optional: Vec<Column> = self.those(Showing::WithRoom).collect();
        optional.sort_by_key(|column| column.weight());
        for column in optional {
            let with = self.in_order(|other| other == column || shown.contains(&other));
            if needed(&with, |cells| cells.base) > room {
                break;
            }
            shown = with;
        }
        shown
    }

    fn in_order(&self, is_wanted: impl Fn(Column) -> bool) -> Vec<Column> {
        self.choices.iter().map(|choice| choice.column).filter(|column| is_wanted(*column)).collect()
    }

    fn those(&self, showing: Showing) -> impl Iterator<Item = Column> {
        self.choices.iter().filter(move |choice| choice.showing == showing).map(|choice| choice.column)
    }
}

/// Name and state alone; the state keeps its width as long as anything does.
fn place_slim(width: u16, margin: u16) -> Vec<PlacedColumn> {
    let state = Column::State.cells().base;
    let state_x = width.saturating_sub(state + margin).max(FIRST);
    let name = PlacedColumn { column: Column::Name, x: FIRST, width: state_x.saturating_sub(FIRST + 1) };
    let state = PlacedColumn { column: Column::State, x: state_x, width: width.saturating_sub(state_x) };
    vec![name, state]
}

/// The cells that columns take side by side, each so wide; behind the last there is no gap.
fn needed(columns: &[Column], width: impl Fn(&Cells) -> u16) -> u16 {
    let gaps: u16 = columns.iter().rev().skip(1).map(|column| column.cells().gap).sum();
    gaps + columns.iter().map(|column| width(&column.cells())).sum::<u16>()
}

/// How wide each of these is in so much room. Names and addresses share what the others leave; what they do not need goes
/// to the others again.
fn widths(columns: &[Column], room: u16) -> Vec<u16> {
    let leading = |column: &Column| matches!(column, Column::Name | Column::Primary);
    // Where even that is too much, all that can are as narrow as they get.
    let is_tight = needed(columns, |cells| cells.base) > room;
    let others = |column: &Column| if is_tight { column.cells().least } else { column.cells().base };
    let mut widths: Vec<u16> = columns.iter().map(|column| if leading(column) { 0 } else { others(column) }).collect();
    let gaps = needed(columns, |_| 0);
    let mut rest = room.saturating_sub(gaps + widths.iter().sum::<u16>());
    let at = |wanted: Column| columns.iter().position(|column| *column == wanted);
    let name = at(Column::Name).unwrap_or(0);
    // A third of the room and a bit: names are shorter than addresses, but matter more.
    let primary = at(Column::Primary);
    let share = if primary.is_some() { (rest + 4) / 3 + 4 } else { rest };
    widths[name] = share.clamp(Column::Name.cells().least, Column::Name.cells().most).min(rest);
    rest -= widths[name];
    if let Some(primary) = primary {
        widths[primary] = rest.min(Column::Primary.cells().most);
        rest -= widths[primary];
    }
    for (column, width) in columns.iter().zip(&mut widths) {
        let more = rest.min(column.cells().most.saturating_sub(*width));
        *width += more;
        rest -= more;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, sample::subsequence};

    fn starts(width: u16, at_edge: bool) -> Vec<u16> {
        Columns::default().place(width, at_edge).iter().map(|column| column.x).collect()
    }

    fn placed(columns: &Columns, width: u16) -> Vec<Column> {
        columns.place(width, false).iter().map(|placed| placed.column).collect()
    }

    fn index_of(columns: &Columns, wanted: Column) -> usize {
        columns.choices().iter().position(|choice| choice.column == wanted).unwrap()
    }

    #[test]
    fn columns_stand_as_drawn() {
        assert_eq!(starts(71, false), [4, 25, 50, 58, 65]);
        assert_eq!(starts(80, true), [4, 28, 58, 66, 73]);
    }

    #[test]
    fn there_are_more_columns_where_there_is_more_room() {
        let count = |width, at_edge| starts(width, at_edge).len();
        assert_eq!(count(40, true), 2);
        assert_eq!(count(60, true), 5);
        // Beside the detail on a screen of 139, 140 and 200 columns.
        assert_eq!(count(83 - 1, false), 5);
        assert_eq!(count(83, false), 6);
        assert_eq!(count(119, false), 7);
    }

    #[test]
    fn a_column_that_was_chosen_has_room_before_those_that_were_not() {
        let mut columns = Columns::default();
        assert!(columns.toggle(index_of(&columns, Column::Username)));
        assert!(placed(&columns, 71).contains(&Column::Username));
        assert!(!placed(&columns, 71).contains(&Column::ExternalId));
    }

    #[test]
    fn name_and_state_cannot_be_hidden() {
        let mut columns = Columns::default();
        for column in [Column::Name, Column::State] {
            assert!(!columns.toggle(index_of(&columns, column)));
        }
        let hidden = Column::iter().map(|column| ColumnChoice { column, showing: Showing::Hidden });
        assert_eq!(placed(&Columns::of(hidden), 119), [Column::Name, Column::State]);
    }

    #[test]
    fn a_column_moves_by_one_and_no_farther_than_the_end() {
        let mut columns = Columns::default();
        assert_eq!(columns.shift(0, 1), 1);
        assert_eq!(placed(&columns, 71)[..2], [Column::Primary, Column::Name]);
        assert_eq!(columns.shift(0, -1), 0);
        let last = columns.choices().len() - 1;
        assert_eq!(columns.shift(last, 1), last);
        assert_eq!(columns.choices().len(), Column::iter().count());
    }

    #[test]
    fn what_was_kept_by_another_version_is_read_as_far_as_it_goes() {
        let kept = serde_json::json!([
            { "column": "mood", "showing": "shown" },
            { "column": "id", "showing": "shown" },
            { "column": "state", "showing": "hidden" },
            "id", 7, { "column": "id", "showing": "hidden" },
        ]);
        let columns: Columns = serde_json::from_value(kept).unwrap();
        let first = [(Column::Id, Showing::Shown), (Column::State, Showing::Shown), (Column::Name, Showing::Shown)];
        let read: Vec<_> = columns.choices().iter().map(|choice| (choice.column, choice.showing)).collect();
        assert_eq!(read[..3], first);
        assert_eq!(read.len(), Column::iter().count());
        let again: Columns = serde_json::from_value(serde_json::to_value(&columns).unwrap()).unwrap();
        assert_eq!(again, columns);
    }

    #[test]
    fn each_order_has_one_column_at_most() {
        let orders: Vec<_> = Column::iter().flat_map(Column::orders).collect();
        let different: std::collections::HashSet<_> = orders.iter().collect();
        assert_eq!(different.len(), orders.len());
    }

    proptest! {
        #[test]
        fn columns_stand_side_by_side_within_the_list(
            width in 0_u16..320, at_edge: bool,
            shown in subsequence(Column::iter().collect::<Vec<_>>(), 0..=12).prop_shuffle(),
        ) {
            let chosen = shown.into_iter().map(|column| ColumnChoice { column, showing: Showing::Shown });
            let columns = Columns::of(chosen).place(width, at_edge);
            let mut end = 0;
            for column in columns.iter().filter(|column| column.width > 0) {
                prop_assert!(column.x >= end, "{columns:?}");
                end = column.x + column.width;
                prop_assert!(end <= width, "{columns:?}");
            }
            for always in [Column::Name, Column::State] {
                prop_assert!(columns.iter().any(|placed| placed.column == always));
            }
        }
    }
}
