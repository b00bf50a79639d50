//! A frame as text, and what its cells look like.

use super::Stage;
use crate::{
    app::Event,
    ui::{self, Theme},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
    style::Style,
};

/// What the screen shows now.
pub(super) fn screen(stage: &mut Stage) -> Buffer {
    screen_in(stage, &Theme::colored())
}

pub(super) fn screen_in(stage: &mut Stage, theme: &Theme) -> Buffer {
    let size = stage.app.settings().size;
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let buffer = terminal.draw(|frame| ui::draw(&stage.app, stage.now, theme, frame)).unwrap().buffer.clone();
    stage.send(Event::Drawn);
    buffer
}

/// Where the terminal's own cursor shows; none while it is hidden.
pub(super) fn cursor(stage: &mut Stage) -> Option<Position> {
    let size = stage.app.settings().size;
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| ui::draw(&stage.app, stage.now, &Theme::colored(), frame)).unwrap();
    let backend = terminal.backend();
    backend.cursor_visible().then(|| backend.cursor_position())
}

/// The rows as text, blanks at their ends left out.
pub(super) fn text(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for row in buffer.area.rows() {
        let mut line = String::new();
        let mut covered = 0;
        for position in row.positions() {
            let symbol = buffer[position].symbol();
            // The cell behind a wide character is a blank that is not there.
            if covered == 0 {
                line.push_str(symbol);
                covered = unicode_width::UnicodeWidthStr::width(symbol).max(1);
            }
            covered -= 1;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

/// The look of a cell, in words: its colours, and how they are used.
pub(super) fn look_of(cell: &Cell) -> String {
    let used = if cell.modifier.is_empty() { String::new() } else { format!(" {:?}", cell.modifier) };
    format!("{} on {}{used}", cell.fg, cell.bg)
}

/// The look of the first cell of `word` on the screen.
pub(super) fn looks(buffer: &Buffer, word: &str) -> Style {
    let cells = |row: Rect| row.positions().map(|position| buffer[position].clone()).collect::<Vec<Cell>>();
    let symbols: Vec<String> = word.chars().map(String::from).collect();
    for row in buffer.area.rows() {
        let cells = cells(row);
        let begins = |index: &usize| {
            cells[*index..].iter().map(Cell::symbol).take(symbols.len()).eq(symbols.iter().map(String::as_str))
        };
        if let Some(x) = (0..cells.len()).find(begins) {
            let cell = &buffer[Position { x: row.x + u16::try_from(x).unwrap(), y: row.y }];
            return Style::new().fg(cell.fg).bg(cell.bg).add_modifier(cell.modifier);
        }
    }
    panic!("\"{word}\" is not on the screen:\n{}", text(buffer));
}
