//! Which columns the list has room for, and where they stand. Drawing and the mouse use the same.

use crate::clerk::query::OrderField;
use strum::{EnumIter, IntoEnumIterator};

/// Where the cursor's sign stands. The column behind it is for marks.
pub const CURSOR: u16 = 1;
/// Where the names begin.
const FIRST: u16 = 4;
/// Cells between two columns of text.
const GAP: u16 = 2;
/// `unlock…` is the longest.
const STATE: u16 = 7;
/// `joined` and `active` themselves are the longest.
const AGE: u16 = 6;
/// Narrower than this, and only name and state have room.
const SLIM: u16 = 52;
/// From so many columns on, the list shows external ids; a screen of 140 columns has them.
const EXTERNAL_ID_FROM: u16 = 83;
/// From so many columns on, the list shows how users sign in.
const METHODS_FROM: u16 = 104;
const EXTERNAL_ID: u16 = 14;
const METHODS: u16 = 16;
/// Text columns grow up to so many cells: farther apart, the eye loses the row.
const NAME_MAX: u16 = 40;
const PRIMARY_MAX: u16 = 48;
const EXTERNAL_ID_MAX: u16 = 36;
const METHODS_MAX: u16 = 36;

/// What a column of the list tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum ListColumn {
    /// First and last name.
    Name,
    /// What the user signs in by.
    Primary,
    /// The customer's own id.
    ExternalId,
    /// How the user signs in.
    Methods,
    /// Banned or locked.
    State,
    /// When the user signed up.
    Joined,
    /// When the user was last active.
    Active,
}

impl ListColumn {
    /// What stands at its head.
    #[must_use]
    pub fn head(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Primary => "primary",
            Self::ExternalId => "external id",
            Self::Methods => "signs in by",
            Self::State => "state",
            Self::Joined => "joined",
            Self::Active => "active",
        }
    }

    /// Whether its text stands at its right end.
    #[must_use]
    pub fn is_right(self) -> bool {
        matches!(self, Self::Joined | Self::Active)
    }

    /// The orders of what it tells, the usual one first; none where Clerk knows none.
    #[must_use]
    pub fn orders(self) -> &'static [OrderField] {
        match self {
            Self::Name => &[OrderField::FirstName, OrderField::LastName],
            Self::Primary => {
                &[OrderField::EmailAddress, OrderField::PhoneNumber, OrderField::Username, OrderField::Web3Wallet]
            }
            Self::Joined => &[OrderField::CreatedAt],
            Self::Active => &[OrderField::LastActiveAt],
            Self::ExternalId | Self::Methods | Self::State => &[],
        }
    }
}

/// The place of a column in a row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Where it begins, in cells from the left.
    pub x: u16,
    /// How wide it is, in cells.
    pub width: u16,
}

/// The columns; those that there is no room for are absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    name: Column,
    primary: Option<Column>,
    external_id: Option<Column>,
    methods: Option<Column>,
    state: Column,
    joined: Option<Column>,
    active: Option<Column>,
}

impl Columns {
    /// The columns of a list so wide, which perhaps ends at the screen's edge.
    #[must_use]
    pub fn of(width: u16, at_edge: bool) -> Self {
        let margin = u16::from(at_edge);
        if width < SLIM {
            let state_x = width.saturating_sub(STATE + margin).max(FIRST);
            let name = Column { x: FIRST, width: state_x.saturating_sub(FIRST + 1) };
            let state = Column { x: state_x, width: width.saturating_sub(state_x) };
            return Self { name, primary: None, external_id: None, methods: None, state, joined: None, active: None };
        }
        let mut flexible = width - FIRST - (STATE + 1) - (AGE + 1) - AGE - margin;
        let mut external_id = 0;
        let mut methods = 0;
        if width >= EXTERNAL_ID_FROM {
            external_id = EXTERNAL_ID;
            flexible -= EXTERNAL_ID + GAP;
        }
        if width >= METHODS_FROM {
            methods = METHODS;
            flexible -= METHODS + GAP;
        }
        // A third of the room and a bit: names are shorter than addresses, but matter more.
        let name = (flexible / 3 + 6 - GAP).min(NAME_MAX);
        let primary = (flexible - name - 2 * GAP).min(PRIMARY_MAX);
        let mut rest = flexible - name - primary - 2 * GAP;
        for (column, most) in [(&mut external_id, EXTERNAL_ID_MAX), (&mut methods, METHODS_MAX)] {
            if *column > 0 {
                let more = rest.min(most - *column);
                *column += more;
                rest -= more;
            }
        }
        let mut x = FIRST;
        let mut next = |width: u16, gap: u16| {
            let column = Column { x, width };
            x += width + gap;
            column
        };
        Self {
            name: next(name, GAP),
            primary: Some(next(primary, GAP)),
            external_id: (external_id > 0).then(|| next(external_id, GAP)),
            methods: (methods > 0).then(|| next(methods, GAP)),
            state: next(STATE, 1),
            joined: Some(next(AGE, 1)),
            active: Some(next(AGE, 0)),
        }
    }

    /// Where a column stands, if there is room for it.
    #[must_use]
    pub fn place(&self, column: ListColumn) -> Option<Column> {
        match column {
            ListColumn::Name => Some(self.name),
            ListColumn::Primary => self.primary,
            ListColumn::ExternalId => self.external_id,
            ListColumn::Methods => self.methods,
            ListColumn::State => Some(self.state),
            ListColumn::Joined => self.joined,
            ListColumn::Active => self.active,
        }
    }

    /// Those that there is room for, from the left.
    pub fn places(&self) -> impl Iterator<Item = (ListColumn, Column)> {
        ListColumn::iter().filter_map(|column| Some((column, self.place(column)?)))
    }

    /// The column whose head is in this cell: where a sign can stand before a head, it belongs to it.
    #[must_use]
    pub fn at(&self, x: u16) -> Option<ListColumn> {
        let is_there = |(column, place): &(ListColumn, Column)| {
            let first = place.x - u16::from(column.is_right());
            (first..place.x + place.width).contains(&x)
        };
        self.places().find(is_there).map(|(column, _)| column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn starts(columns: &Columns) -> Vec<u16> {
        columns.places().map(|(_, place)| place.x).collect()
    }

    #[test]
    fn columns_stand_as_drawn() {
        assert_eq!(starts(&Columns::of(71, false)), [4, 25, 50, 58, 65]);
        assert_eq!(starts(&Columns::of(80, true)), [4, 28, 58, 66, 73]);
    }

    #[test]
    fn there_are_more_columns_where_there_is_more_room() {
        let count = |width, at_edge| Columns::of(width, at_edge).places().count();
        assert_eq!(count(40, true), 2);
        assert_eq!(count(60, true), 5);
        // Beside the detail on a screen of 139, 140 and 200 columns.
        assert_eq!(count(83 - 1, false), 5);
        assert_eq!(count(83, false), 6);
        assert_eq!(count(119, false), 7);
    }

    #[test]
    fn a_head_is_where_it_is_drawn() {
        let columns = Columns::of(71, false);
        let at = |x| columns.at(x);
        assert_eq!(
            (at(3), at(4), at(22), at(23), at(25)),
            (None, Some(ListColumn::Name), Some(ListColumn::Name), None, Some(ListColumn::Primary))
        );
        assert_eq!(
            (at(57), at(58), at(64), at(70), at(71)),
            (
                Some(ListColumn::Joined),
                Some(ListColumn::Joined),
                Some(ListColumn::Active),
                Some(ListColumn::Active),
                None
            )
        );
    }

    #[test]
    fn no_order_is_of_two_columns() {
        let orders: Vec<OrderField> = ListColumn::iter().flat_map(|column| column.orders().to_vec()).collect();
        let unique: std::collections::HashSet<_> = orders.iter().collect();
        assert_eq!(unique.len(), orders.len());
    }

    proptest! {
        #[test]
        fn columns_stand_side_by_side_within_the_list(width in 0_u16..320, at_edge: bool) {
            let columns = Columns::of(width, at_edge);
            let mut end = 0;
            for (_, column) in columns.places().filter(|(_, place)| place.width > 0) {
                prop_assert!(column.x >= end, "{columns:?}");
                end = column.x + column.width;
                prop_assert!(end <= width, "{columns:?}");
            }
        }
    }
}
