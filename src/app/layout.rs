//! Where everything stands: the regions of the screen, from its size and what is open.
//!
//! ```text
//!  header    instance, kind, totals                 header
//!            search, matches, order
//!  ───────────────────────────┬──────────────      ──────────────────────
//!  heads                      │ head               heads
//!  rows                       │ tabs               rows
//!                             │ body, or dialog    ── essence, or dialog ──
//!  ───────────────────────────┴──────────────      ──────────────────────
//!  notice
//!  footer                                           footer
//!            wide: from 100 columns                   narrow: from 60
//! ```
//!
//! The core needs it for the cursor, half pages and the mouse; drawing uses the same, so that they agree.

use ratatui::layout::{Position, Rect, Size};

/// How much there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    /// List and detail side by side.
    Wide,
    /// One of them at a time, with the essence of the detail below the list.
    Narrow,
    /// Name and state only.
    Slim,
    /// A single line.
    Line,
}

impl Breadth {
    /// What fits into `size`.
    #[must_use]
    pub fn of(size: Size) -> Self {
        match size {
            Size { width, height } if width < 40 || height < 10 => Self::Line,
            Size { width: ..60, .. } => Self::Slim,
            Size { width: ..100, .. } => Self::Narrow,
            Size { .. } => Self::Wide,
        }
    }
}

/// What the layout depends on beside the size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// The detail has the focus: where there is room for one pane only, it is the detail.
    pub detail: bool,
    /// A dialog is open and wants so many rows, its title included.
    pub dialog: Option<u16>,
    /// The help page is open and takes the place of everything between the rules.
    pub page: bool,
    /// One pane has all the room, also where there is room for two.
    pub zoomed: bool,
}

/// The user list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListArea {
    /// The column heads, one row.
    pub heads: Rect,
    /// The users, one a row.
    pub rows: Rect,
}

/// The detail of one user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DetailArea {
    /// Name, identifier, id: three rows; none where the header tells it.
    pub head: Option<Rect>,
    /// The tabs, one row.
    pub tabs: Rect,
    /// The rule below them, one row.
    pub tab_rule: Rect,
    /// What the open tab shows.
    pub body: Rect,
}

/// A tab of rows, and the facts of the chosen one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowsArea {
    /// The column heads, one row.
    pub heads: Rect,
    /// The rows.
    pub rows: Rect,
    /// The rule between the list and the chosen one, one row.
    pub rule: Rect,
    /// The facts of the chosen one.
    pub chosen: Rect,
}

/// The regions of the screen. Those that there is no room for are absent or empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How much there is room for.
    pub breadth: Breadth,
    /// Two rows, or one where rows are scarce; on a single line, all there is.
    pub header: Rect,
    /// The rule below the header.
    pub top_rule: Rect,
    /// The user list.
    pub list: Option<ListArea>,
    /// The column of the upright rule between list and detail.
    pub divider: Option<u16>,
    /// The detail.
    pub detail: Option<DetailArea>,
    /// The detail in four rows, the first its title.
    pub essence: Option<Rect>,
    /// The open dialog, its title included. It covers nothing that it is about.
    pub dialog: Option<Rect>,
    /// The help page.
    pub page: Option<Rect>,
    /// The rule above the notice.
    pub bottom_rule: Rect,
    /// The row of the notice; where there is none, a notice covers the rule.
    pub notice: Option<Rect>,
    /// The keys that work here.
    pub footer: Rect,
}

/// The detail is never narrower, in columns.
const DETAIL_MIN: u16 = 46;
/// From here on, more width goes to the list alone, in columns.
const DETAIL_MAX: u16 = 90;
/// Fewer rows than this, and the header has one row only.
const SHORT: u16 = 16;
/// Fewer rows than this, and the essence gives way to the list.
const ESSENCE_FROM: u16 = 20;
/// Rows of the essence, its title included.
const ESSENCE: u16 = 4;
/// The list keeps so many rows when a dialog opens below it, its heads included.
const LIST_MIN: u16 = 4;
/// Rows of the facts of the chosen one where there is room for one pane only.
const FACTS: u16 = 7;
/// The rows of a tab keep so many rows when a dialog opens below them.
const ROWS_MIN: u16 = 3;

/// The palette is at most so high, in rows,
const PALETTE_MAX: u16 = 20;
/// at least so high where there is room at all,
const PALETTE_MIN: u16 = 12;
/// and leaves so many rows below it.
const PALETTE_BELOW: u16 = 5;

/// Rows about the chosen line of JSON.
const CHOSEN_VALUE: u16 = 4;
/// Fewer rows than this, and all are of the JSON.
const DOCUMENT_FROM: u16 = 12;

impl Layout {
    /// The regions of a screen of this size.
    #[must_use]
    pub fn of(size: Size, open: Open) -> Self {
        let breadth = match Breadth::of(size) {
            Breadth::Wide if open.zoomed => Breadth::Narrow,
            breadth => breadth,
        };
        let screen = Rect::new(0, 0, size.width, size.height);
        if breadth == Breadth::Line {
            return Self::line(screen, open);
        }
        let header_rows = if breadth == Breadth::Slim || size.height < SHORT { 1 } else { 2 };
        let (header, rest) = split_top(screen, header_rows);
        let (top_rule, rest) = split_top(rest, 1);
        let (rest, footer) = split_bottom(rest, 1);
        let (rest, notice) = if breadth == Breadth::Wide { split_bottom(rest, 1) } else { (rest, Rect::ZERO) };
        let (body, bottom_rule) = split_bottom(rest, 1);
        let mut layout = Self {
            breadth,
            header,
            top_rule,
            list: None,
            divider: None,
            detail: None,
            essence: None,
            dialog: None,
            page: None,
            bottom_rule,
            notice: (breadth == Breadth::Wide).then_some(notice),
            footer,
        };
        if open.page {
            layout.page = Some(body);
        } else if breadth == Breadth::Wide {
            layout.place_side_by_side(body, open);
        } else {
            layout.place_one_pane(body, open, size.height);
        }
        layout
    }

    fn line(screen: Rect, open: Open) -> Self {
        Self {
            breadth: Breadth::Line,
            header: screen,
            top_rule: Rect::ZERO,
            list: None,
            divider: None,
            detail: None,
            essence: None,
            dialog: open.dialog.map(|_| screen),
            page: open.page.then_some(screen),
            bottom_rule: Rect::ZERO,
            notice: None,
            footer: Rect::ZERO,
        }
    }

    fn place_side_by_side(&mut self, body: Rect, open: Open) {
        let detail_width = (body.width * 2 / 5).clamp(DETAIL_MIN, DETAIL_MAX);
        let list_width = body.width - detail_width - 1;
        let list = Rect { width: list_width, ..body };
        let detail = Rect { x: list_width + 1, width: detail_width, ..body };
        self.list = Some(list_area(list));
        self.divider = Some(list_width);
        if open.dialog.is_some() {
            self.dialog = Some(detail);
        } else {
            self.detail = Some(detail_area(detail, true));
        }
    }

    fn place_one_pane(&mut self, body: Rect, open: Open, height: u16) {
        let main = if let Some(rows) = open.dialog {
            let sheet = if self.breadth == Breadth::Slim { body.height } else { rows.min(body.height - LIST_MIN) };
            let (main, dialog) = split_bottom(body, sheet);
            self.dialog = Some(dialog);
            main
        } else if !open.detail && self.breadth == Breadth::Narrow && height >= ESSENCE_FROM {
            let (main, essence) = split_bottom(body, ESSENCE);
            self.essence = Some(essence);
            main
        } else {
            body
        };
        if main.height == 0 {
        } else if open.detail {
            self.detail = Some(detail_area(main, self.header.height < 2));
        } else {
            self.list = Some(list_area(main));
        }
    }

    /// The rows of the list that are on the screen at once.
    #[must_use]
    pub fn list_rows(&self) -> usize {
        self.list.map_or(0, |list| usize::from(list.rows.height))
    }

    /// How a pane in the dialog's place is divided: rows below its title, a rule, and all about the chosen row.
    #[must_use]
    pub fn pane(&self) -> Option<RowsArea> {
        let title = if self.divider.is_some() { 2 } else { 1 };
        let (_title, body) = split_top(self.dialog?, title);
        let (heads, body) = split_top(body, 0);
        let facts = if body.height >= 2 * (FACTS + 1) { FACTS + 1 } else { body.height / 2 };
        let (rows, rest) = split_bottom(body, facts);
        let (rule, chosen) = split_top(rest, 1);
        Some(RowsArea { heads, rows, rule, chosen })
    }

    /// Where the palette floats: over the list, so that the row under the cursor and the detail stay in sight; where
    /// there is one pane, over its upper part.
    #[must_use]
    pub fn palette(&self) -> Rect {
        if self.breadth == Breadth::Line {
            return Rect::ZERO;
        }
        let bottom = self.bottom_rule.y;
        let (x, y, width) = match self.divider {
            Some(divider) => (3, self.top_rule.y + 4, divider.saturating_sub(5)),
            None => (0, self.top_rule.y, self.header.width),
        };
        // Below it stay the last rows of the list and the essence.
        let room = bottom.saturating_sub(y);
        let height = room.saturating_sub(PALETTE_BELOW).clamp(PALETTE_MIN.min(room), PALETTE_MAX);
        Rect { x, y: y.min(bottom), width, height }
    }

    /// The first of the rows that are shown in `area`, so that the chosen one is the last of them at the latest.
    #[must_use]
    pub fn top_of(chosen: usize, area: Rect) -> usize {
        (chosen + 1).saturating_sub(usize::from(area.height))
    }

    /// Which row of `area` a position is on, counted from its top.
    #[must_use]
    pub fn row_at(area: Rect, position: Position) -> Option<usize> {
        area.contains(position).then(|| usize::from(position.y - area.y))
    }
}

impl DetailArea {
    /// How a tab of JSON divides the body: below the lines stands what is said of the chosen one, where there is room.
    #[must_use]
    pub fn document(&self) -> RowsArea {
        let (heads, rest) = split_top(self.body, 0);
        let said = if rest.height >= DOCUMENT_FROM { CHOSEN_VALUE + 1 } else { 0 };
        let (rows, rest) = split_bottom(rest, said);
        let (rule, chosen) = split_top(rest, said.min(1));
        RowsArea { heads, rows, rule, chosen }
    }

    /// How a tab of items without column heads divides the body: the row of the heads is one of theirs.
    #[must_use]
    pub fn items(&self, count: usize, breadth: Breadth) -> RowsArea {
        let parts = self.rows(count, breadth);
        let rows = Rect { y: parts.heads.y, height: parts.heads.height + parts.rows.height, ..parts.rows };
        RowsArea { heads: Rect { height: 0, ..parts.heads }, rows, ..parts }
    }

    /// How a tab of rows divides the body, when it has `count` of them to show.
    #[must_use]
    pub fn rows(&self, count: usize, breadth: Breadth) -> RowsArea {
        let (heads, rest) = split_top(self.body, 1);
        let wanted = u16::try_from(count.max(1)).unwrap_or(u16::MAX);
        let rows = if breadth == Breadth::Wide {
            // The facts follow the rows, and keep at least half of the room.
            wanted.min((rest.height / 2).max(1)) + 1
        } else {
            // A dialog below takes the room of the facts first: what it is about stays in sight.
            rest.height.saturating_sub(FACTS + 1).max(ROWS_MIN)
        };
        let (rows, rest) = split_top(rest, rows);
        let (rule, chosen) = split_top(rest, 1);
        let (rows, _gap) = if breadth == Breadth::Wide { split_bottom(rows, 1) } else { (rows, Rect::ZERO) };
        RowsArea { heads, rows, rule, chosen }
    }
}

fn list_area(area: Rect) -> ListArea {
    let (heads, rows) = split_top(area, 1);
    ListArea { heads, rows }
}

fn detail_area(area: Rect, with_head: bool) -> DetailArea {
    let (head, rest) = split_top(area, if with_head { 4 } else { 0 });
    let (tabs, rest) = split_top(rest, 1);
    let (tab_rule, rest) = split_top(rest, 1);
    let (_gap, body) = split_top(rest, 1);
    // The fourth row of the head is air.
    let head = with_head.then_some(split_top(head, 3).0);
    DetailArea { head, tabs, tab_rule, body }
}

/// The upper `rows` of `area`, or as many as there are, and what is below.
fn split_top(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    (Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area })
}

/// What is above the lower `rows` of `area`, and these.
fn split_bottom(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    split_top(area, area.height - rows)
}

#[cfg(test)]
mod tests;
