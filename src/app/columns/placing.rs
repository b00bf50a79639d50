//! Where the columns stand in a list of a certain width, and which of them have room.

use super::{Cells, Column, Columns, FIRST, PlacedColumn, Showing};

/// Narrower than this, and only name and state have room.
const SLIM: u16 = 52;

impl Columns {
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
