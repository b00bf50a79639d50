//! Which columns the list has room for, and where they stand.

/// Where the cursor's sign stands.
pub(super) const CURSOR: u16 = 1;
/// Where what a refresh has brought stands.
pub(super) const MARK: u16 = 2;
/// Where the sign of a private note stands, right before the name.
pub(super) const NOTE: Column = Column { x: 3, width: 1 };
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

/// The place of a column in a row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) x: u16,
    pub(super) width: u16,
}

/// The columns; those that there is no room for are absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) name: Column,
    pub(super) primary: Option<Column>,
    pub(super) external_id: Option<Column>,
    pub(super) methods: Option<Column>,
    pub(super) state: Column,
    pub(super) joined: Option<Column>,
    pub(super) active: Option<Column>,
}

impl Columns {
    /// The columns of a list so wide, which perhaps ends at the screen's edge.
    pub(super) fn of(width: u16, at_edge: bool) -> Self {
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

    #[cfg(test)]
    fn present(&self) -> impl Iterator<Item = Column> {
        let text = [Some(self.name), self.primary, self.external_id, self.methods];
        let rest = [Some(self.state), self.joined, self.active];
        text.into_iter().chain(rest).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn starts(columns: &Columns) -> Vec<u16> {
        columns.present().map(|column| column.x).collect()
    }

    #[test]
    fn columns_stand_as_drawn() {
        assert_eq!(starts(&Columns::of(71, false)), [4, 25, 50, 58, 65]);
        assert_eq!(starts(&Columns::of(80, true)), [4, 28, 58, 66, 73]);
    }

    #[test]
    fn there_are_more_columns_where_there_is_more_room() {
        let count = |width, at_edge| Columns::of(width, at_edge).present().count();
        assert_eq!(count(40, true), 2);
        assert_eq!(count(60, true), 5);
        // Beside the detail on a screen of 139, 140 and 200 columns.
        assert_eq!(count(83 - 1, false), 5);
        assert_eq!(count(83, false), 6);
        assert_eq!(count(119, false), 7);
    }

    proptest! {
        #[test]
        fn columns_stand_side_by_side_within_the_list(width in 0_u16..320, at_edge: bool) {
            let columns = Columns::of(width, at_edge);
            let mut end = 0;
            for column in columns.present().filter(|column| column.width > 0) {
                prop_assert!(column.x >= end, "{columns:?}");
                end = column.x + column.width;
                prop_assert!(end <= width, "{columns:?}");
            }
        }
    }
}
