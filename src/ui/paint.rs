//! Drawing straight into the screen's cells. It takes nothing but [`Shown`], so nothing else can be drawn.
//!
//! No widgets: a table laid out anew for each frame costs more than all the rest of a frame.

use super::{
    ascii,
    text::{Shown, character_width},
};
use ratatui::{
    Frame,
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
    style::Style,
};

/// A text and what it looks like.
pub(super) type Piece<'a> = (Shown<'a>, Style);

/// Where a rule is crossed by another.
const UPRIGHT: &str = "│";

/// What a frame is drawn on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    /// The colours wherever the drawing gives none.
    pub(super) style: Style,
    /// Whether there are no signs but ASCII.
    pub(super) ascii: bool,
}

/// The screen while a frame is drawn.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    cursor: Option<Position>,
}

impl<'a> Canvas<'a> {
    /// Draws onto `buffer`.
    pub(super) fn new(buffer: &'a mut Buffer) -> Self {
        Self { buffer, cursor: None }
    }

    /// Draws a frame on `ground`, and puts the terminal's cursor where the drawing
    /// put it.
    pub(super) fn paint(frame: &mut Frame<'_>, ground: Ground, draw: impl FnOnce(&mut Canvas<'_>)) {
        let mut canvas = Canvas::new(frame.buffer_mut());
        draw(&mut canvas);
        canvas.lay_ground(ground);
        if let Some(position) = canvas.cursor {
            frame.set_cursor_position(position);
        }
    }

    fn lay_ground(&mut self, ground: Ground) {
        if ground.ascii {
            for cell in &mut self.buffer.content {
                if let Some(ascii) = ascii::instead_of(cell.symbol()) {
                    cell.set_symbol(ascii);
                }
            }
        }
        let (Some(foreground), Some(background)) = (ground.style.fg, ground.style.bg) else { return };
        let blank = Cell::default();
        for cell in &mut self.buffer.content {
            if cell.fg == blank.fg {
                cell.fg = foreground;
            }
            if cell.bg == blank.bg {
                cell.bg = background;
            }
        }
    }

    /// Puts the terminal's own cursor, which screen readers and magnifiers follow.
    pub(super) fn place_cursor(&mut self, x: u16, y: u16) {
        let position = Position { x, y };
        if self.buffer.area.contains(position) {
            self.cursor = Some(position);
        }
    }

    /// Puts `text` into the `width` cells from `x`, cut where it does not fit. The cells that it took.
    pub(super) fn put(&mut self, x: u16, y: u16, width: u16, text: &Shown<'_>, style: Style) -> u16 {
        let area = self.buffer.area;
        if !area.contains(Position { x, y }) {
            return 0;
        }
        let cut = text.cut(usize::from(width.min(area.right() - x)));
        let mut at = x;
        if cut.as_str().is_ascii() {
            for character in cut.as_str().chars() {
                let cell = &mut self.buffer[(at, y)];
                cell.reset();
                cell.set_char(character).set_style(style);
                at += 1;
            }
        } else {
            for (character, width) in characters(cut.as_str()) {
                let cell = &mut self.buffer[(at, y)];
                cell.reset();
                cell.set_symbol(character).set_style(style);
                let end = at + width;
                // The cells that a wide character covers.
                for covered in at + 1..end {
                    self.buffer[(covered, y)].reset();
                    self.buffer[(covered, y)].set_style(style);
                }
                at = end;
            }
        }
        at - x
    }

    /// Puts `text` at the right end of the `width` cells from `x`. The cells that it took.
    pub(super) fn put_right(&mut self, x: u16, y: u16, width: u16, text: &Shown<'_>, style: Style) -> u16 {
        let cells = u16::try_from(text.width()).unwrap_or(u16::MAX).min(width);
        self.put(x + (width - cells), y, cells, text, style)
    }

    /// Puts pieces one after another. The cells that they took.
    pub(super) fn put_pieces(&mut self, x: u16, y: u16, width: u16, pieces: &[Piece<'_>]) -> u16 {
        let mut used = 0;
        for (text, style) in pieces {
            used += self.put(x + used, y, width - used, text, *style);
        }
        used
    }

    /// Puts paragraphs below each other, wrapped at the width of `area`, `None` being an empty row. How many rows
    /// they took; what has no room is left out.
    pub(super) fn put_paragraphs(&mut self, area: Rect, paragraphs: &[Option<Piece<'_>>]) -> u16 {
        let mut row = 0;
        for paragraph in paragraphs {
            let Some((text, style)) = paragraph else {
                row = area.height.min(row + 1);
                continue;
            };
            for line in text.wrap(usize::from(area.width)) {
                if row >= area.height {
                    return row;
                }
                self.put(area.x, area.y + row, area.width, &line, *style);
                row += 1;
            }
        }
        row
    }

    /// Fills a row: `left` from its start, `right` to its end. What is right keeps its room; left is cut, a cell before it.
    pub(super) fn put_row(&mut self, row: Rect, left: &[Piece<'_>], right: &[Piece<'_>]) {
        let taken = pieces_width(right).min(row.width);
        self.put_pieces(row.right() - taken, row.y, taken, right);
        let gap = u16::from(taken > 0);
        self.put_pieces(row.x, row.y, (row.width - taken).saturating_sub(gap), left);
    }

    /// Changes the look of what stands in `area`.
    pub(super) fn restyle(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Empties `area`.
    pub(super) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            self.buffer[position].reset();
        }
    }

    /// Fills a row with one character of the program's own.
    pub(super) fn fill(&mut self, row: Rect, symbol: &'static str, style: Style) {
        let row = Rect { height: row.height.min(1), ..row }.intersection(self.buffer.area);
        for position in row.positions() {
            self.buffer[position].set_symbol(symbol).set_style(style);
        }
    }

    /// A level rule.
    pub(super) fn rule(&mut self, row: Rect, style: Style) {
        self.fill(row, "─", style);
    }

    /// A frame with round corners along the edges of `area`.
    pub(super) fn frame(&mut self, area: Rect, style: Style) {
        let Rect { width: 2.., height: 2.., .. } = area else { return };
        let (left, right, top, bottom) = (area.x, area.right() - 1, area.y, area.bottom() - 1);
        for (y, [start, end]) in [(top, ["╭", "╮"]), (bottom, ["╰", "╯"])] {
            self.rule(Rect { y, height: 1, ..area }, style);
            self.fill(Rect { x: left, y, width: 1, height: 1 }, start, style);
            self.fill(Rect { x: right, y, width: 1, height: 1 }, end, style);
        }
        for y in top + 1..bottom {
            self.fill(Rect { x: left, y, width: 1, height: 1 }, UPRIGHT, style);
            self.fill(Rect { x: right, y, width: 1, height: 1 }, UPRIGHT, style);
        }
    }

    /// A level rule with titles let into it: `── Ada ───── locked ──`.
    pub(super) fn titled_rule(&mut self, row: Rect, left: &[Piece<'_>], right: &[Piece<'_>], style: Style) {
        const ENDS: u16 = 2;
        self.rule(row, style);
        let inner = Rect { x: row.x + ENDS.min(row.width), width: row.width.saturating_sub(2 * ENDS), ..row };
        let room = inner.width.saturating_sub(2);
        let right_width = if right.is_empty() { 0 } else { pieces_width(right).min(room) };
        if right_width > 0 {
            let start = inner.right() - right_width - 2;
            self.clear(Rect { x: start, width: right_width + 2, ..row });
            self.put_pieces(start + 1, row.y, right_width, right);
        }
        let between = if right_width > 0 { right_width + 3 } else { 0 };
        let left_width = pieces_width(left).min(room.saturating_sub(between));
        if left_width > 0 {
            let used = self.put_pieces(inner.x + 1, row.y, left_width, left);
            for x in [inner.x, inner.x + 1 + used] {
                self.clear(Rect { x, width: 1, ..row });
            }
        }
    }

    /// An upright rule through `rows`; it meets the level rules above and below them.
    pub(super) fn divider(&mut self, x: u16, rows: std::ops::Range<u16>, style: Style) {
        let ends = [(rows.start.checked_sub(1), "┬"), (Some(rows.end), "┴")];
        for (y, symbol) in ends {
            if let Some(y) = y.filter(|y| self.buffer.area.contains(Position { x, y: *y })) {
                self.buffer[(x, y)].set_symbol(symbol).set_style(style);
            }
        }
        for y in rows {
            self.fill(Rect { x, y, width: 1, height: 1 }, UPRIGHT, style);
        }
    }
}

/// Each character with the marks on it, and the cells it takes. Not whole clusters: a terminal puts a syllable that
/// takes two cells as two characters, and does not clear the second when only the first is drawn over.
fn characters(text: &str) -> impl Iterator<Item = (&str, u16)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let takes_room = |(_, character): &(usize, char)| character_width(*character) > 0;
        let width = character_width(rest.chars().next()?);
        let end = rest.char_indices().skip(1).find(takes_room).map_or(rest.len(), |(start, _)| start);
        let (character, after) = rest.split_at(end);
        rest = after;
        Some((character, u16::try_from(width).unwrap_or(1)))
    })
}

/// The cells that pieces take together.
pub(super) fn pieces_width(pieces: &[Piece<'_>]) -> u16 {
    pieces.iter().fold(0, |width, (text, _)| width.saturating_add(u16::try_from(text.width()).unwrap_or(u16::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    const PLAIN: Style = Style::new();

    fn lines(buffer: &Buffer) -> Vec<String> {
        let rows = buffer.area.rows();
        rows.map(|row| row.columns().map(|cell| buffer[cell.as_position()].symbol()).collect()).collect()
    }

    fn drawn(width: u16, draw: impl FnOnce(&mut Canvas<'_>)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        draw(&mut Canvas::new(&mut buffer));
        lines(&buffer).concat()
    }

    fn piece(text: &'static str) -> Piece<'static> {
        (Shown::fixed(text), PLAIN)
    }

    #[test]
    fn text_is_put_where_it_belongs_and_cut() {
        assert_eq!(drawn(8, |canvas| _ = canvas.put(2, 0, 4, &Shown::fixed("Ada"), PLAIN)), "  Ada   ");
        assert_eq!(drawn(8, |canvas| _ = canvas.put(2, 0, 4, &Shown::fixed("Adalyn"), PLAIN)), "  Ada…  ");
        assert_eq!(drawn(8, |canvas| _ = canvas.put(6, 0, 9, &Shown::fixed("Adalyn"), PLAIN)), "      A…");
        assert_eq!(drawn(8, |canvas| _ = canvas.put(8, 0, 4, &Shown::fixed("Ada"), PLAIN)), "        ");
        assert_eq!(drawn(8, |canvas| _ = canvas.put_right(0, 0, 7, &Shown::fixed("3d"), PLAIN)), "     3d ");
        assert_eq!(drawn(4, |canvas| _ = canvas.put_right(0, 0, 4, &Shown::fixed("Adalyn"), PLAIN)), "Ada…");
    }

    #[test]
    fn a_wide_character_covers_what_was_behind_it() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        let mut canvas = Canvas::new(&mut buffer);
        canvas.put(0, 0, 5, &Shown::fixed("xxxxx"), PLAIN);
        let bold = PLAIN.add_modifier(Modifier::BOLD);
        assert_eq!(canvas.put(0, 0, 5, &Shown::fixed("山田"), bold), 4);
        let symbols: Vec<&str> = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(symbols, ["山", " ", "田", " ", "x"]);
        assert_eq!(buffer[(3, 0)].modifier, Modifier::BOLD);
    }

    #[test]
    fn a_syllable_of_two_letters_takes_two_cells() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        let syllable = Shown::foreign("ट्रé");
        assert_eq!(Canvas::new(&mut buffer).put(0, 0, 4, &syllable, PLAIN), 3);
        let symbols: Vec<&str> = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(symbols, ["ट्", "र", "é", " "]);
    }

    #[test]
    fn a_row_keeps_what_is_right() {
        let row =
            |left, right| drawn(16, |canvas| canvas.put_row(Rect::new(1, 0, 14, 1), &[piece(left)], &[piece(right)]));
        assert_eq!(row("Ada", "locked"), " Ada     locked ");
        assert_eq!(row("Ada Lovelace", "locked"), " Ada Lo… locked ");
        assert_eq!(row("Ada", "locked until tomorrow"), " locked until…  ");
        assert_eq!(row("Ada Lovelace 1815", ""), " Ada Lovelace…  ");
    }

    #[test]
    fn titles_are_let_into_a_rule() {
        let rule = |width, left, right: Option<&'static str>| {
            let right: Vec<_> = right.map(piece).into_iter().collect();
            drawn(width, |canvas| canvas.titled_rule(Rect::new(0, 0, width, 1), &[piece(left)], &right, PLAIN))
        };
        assert_eq!(rule(24, "Ada", Some("locked")), "── Ada ─────── locked ──");
        assert_eq!(rule(24, "Ada", None), "── Ada ─────────────────");
        assert_eq!(rule(20, "Ada Lovelace", Some("locked")), "── Ada… ── locked ──");
        assert_eq!(rule(9, "Ada Lovelace", None), "── Ad… ──");
        assert_eq!(rule(3, "Ada Lovelace", Some("locked")), "───");
    }

    #[test]
    fn what_is_put_over_a_rule_has_its_own_look() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let dim = PLAIN.add_modifier(Modifier::DIM);
        Canvas::new(&mut buffer).titled_rule(Rect::new(0, 0, 12, 1), &[piece("Ada")], &[], dim);
        assert_eq!((buffer[(0, 0)].modifier, buffer[(3, 0)].modifier), (Modifier::DIM, Modifier::empty()));
    }

    #[test]
    fn an_upright_rule_meets_the_level_ones() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 3));
        let mut canvas = Canvas::new(&mut buffer);
        canvas.rule(Rect::new(0, 0, 3, 1), PLAIN);
        canvas.rule(Rect::new(0, 2, 3, 1), PLAIN);
        canvas.divider(1, 1..2, PLAIN);
        assert_eq!(lines(&buffer), ["─┬─", " │ ", "─┴─"]);
    }

    proptest! {
        #[test]
        fn nothing_is_drawn_outside_what_was_given(
            text: String, x in 0_u16..30, y in 0_u16..4, width in 0_u16..30, right: bool,
        ) {
            let mut buffer = Buffer::filled(Rect::new(0, 0, 20, 3), Cell::new("#"));
            let text = Shown::foreign(text);
            let mut canvas = Canvas::new(&mut buffer);
            let used = if right { canvas.put_right(x, y, width, &text, PLAIN) } else { canvas.put(x, y, width, &text, PLAIN) };
            prop_assert!(used <= width);
            for (index, cell) in buffer.content.iter().enumerate() {
                let position = buffer.pos_of(index);
                if position.1 != y || position.0 < x || position.0 >= x + width {
                    prop_assert_eq!(cell.symbol(), "#");
                }
            }
        }

        #[test]
        fn a_row_and_a_rule_fit_any_width(left: String, right: String, width in 0_u16..40) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
            let mut canvas = Canvas::new(&mut buffer);
            let row = Rect::new(0, 0, width, 1);
            let piece = |text: String| [(Shown::foreign(text), PLAIN)];
            canvas.put_row(row, &piece(left.clone()), &piece(right.clone()));
            canvas.titled_rule(row, &piece(left), &piece(right), PLAIN);
            for x in width..40 {
                prop_assert_eq!(buffer[(x, 0)].symbol(), " ");
            }
        }
    }
}
