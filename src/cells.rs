//! Cells of tables for spreadsheets, which run what looks like a formula.

use std::borrow::Cow;

/// What a formula begins with.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text that [`cell`] has kept from being taken for a formula.
pub(crate) fn text_of(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(FORMULAS)).unwrap_or(cell)
}

/// A row of cells, ended as RFC 4180 has it.
pub(crate) fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before it says that it is text.
pub(crate) fn cell(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(FORMULAS);
    // Some take a formula also behind what a quotation or a line break begins.
    let is_special = |char: char| matches!(char, '"' | ',' | ';' | '\n' | '\r' | '\t');
    let text: Cow<'_, str> = if is_formula { format!("'{text}").into() } else { text.into() };
    if text.contains(is_special) { format!("\"{}\"", text.replace('"', "\"\"")).into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Ada", "Ada")]
    #[case("", "")]
    #[case("=1+1", "'=1+1")]
    #[case("+49 30", "'+49 30")]
    #[case("-2", "'-2")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("\t=1", "\"'\t=1\"")]
    #[case("\r=1", "\"'\r=1\"")]
    #[case("a,b", "\"a,b\"")]
    #[case("a;b", "\"a;b\"")]
    #[case("say \"hi\"", "\"say \"\"hi\"\"\"")]
    #[case("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    #[case("two\nlines", "\"two\nlines\"")]
    fn a_cell_is_text_and_nothing_else(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(cell(text), expected);
    }

    #[test]
    fn what_was_kept_from_being_a_formula_is_what_it_was() {
        for text in ["+49 30", "=1", "'quoted'", "O'Hara", ""] {
            assert_eq!(text_of(&cell(text)), text);
        }
    }

    #[test]
    fn a_row_ends_as_others_expect_it() {
        assert_eq!(row(["a", "b"]), "a,b\r\n");
    }
}
