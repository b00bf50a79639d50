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
