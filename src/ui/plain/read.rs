//! Reading off what has been drawn: a row of cells as a sentence.

use super::CHOSEN;
use crate::ui::text::Shown;
use ratatui::{buffer::Buffer, layout::Rect};

/// The symbols of a row; a wide character is one.
pub(super) fn row(buffer: &Buffer, area: Rect) -> String {
    let mut text = String::new();
    let mut skip = 0;
    for position in area.positions() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let symbol = buffer[position].symbol();
        skip = Shown::foreign(symbol).width().saturating_sub(1);
        text.push_str(symbol);
    }
    text
}

/// What stands in columns, with commas between them; a label gets a colon. None where there are only rules and air.
pub(super) fn sentence(row: &str) -> Option<Shown<'static>> {
    let row = row.replace(['─', '━', '│'], "  ");
    let chosen = row.trim_start().starts_with('›');
    let row = row.trim_start_matches([' ', '›']).trim_end();
    let parts: Vec<&str> = row.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let (first, rest) = parts.split_first()?;
    let joined = if rest.is_empty() { (*first).to_owned() } else { format!("{first}: {}", rest.join(", ")) };
    Some(Shown::foreign(if chosen { format!("{joined}{CHOSEN}") } else { joined }))
}

/// A row whose indent means something, such as of JSON.
pub(super) fn indented(row: &str) -> Option<Shown<'static>> {
    let row = row.replace('›', " ");
    let row = row.trim_end();
    let is_rule = row.trim().chars().all(|char| char == '─');
    (!is_rule).then(|| Shown::foreign(row.strip_prefix(' ').unwrap_or(row).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(row: &str) -> Option<String> {
        sentence(row).map(Shown::into_string)
    }

    #[test]
    fn columns_become_a_sentence() {
        assert_eq!(read(" Email        ada@example.com        primary ").unwrap(), "Email: ada@example.com, primary");
        assert_eq!(read("              ada@example.org     unverified").unwrap(), "ada@example.org: unverified");
        assert_eq!(read("› Acme    Admin   3d").unwrap(), "Acme: Admin, 3d, chosen");
        assert_eq!(read(" ────────────── "), None);
    }

    #[test]
    fn a_wide_character_is_read_once() {
        let buffer = Buffer::with_lines(["山田 x"]);
        assert_eq!(row(&buffer, buffer.area), "山田 x");
    }
}
