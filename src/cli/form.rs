//! In which form things are printed: a table for people, JSON for programs.

use super::{fault::Stop, harmless};
use crate::{
    app::ColorDepth,
    clerk::model::{Timestamp, one_line},
    ui::{Shown, Theme},
};
use clap::Args;
use jiff::tz::TimeZone;
use ratatui::{prelude::IntoCrossterm, style::Style};
use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
};

#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct FormArguments {
    /// Print one JSON document; errors are JSON too
    #[arg(long, conflicts_with = "ndjson")]
    json: bool,
    /// Print a JSON object a line, each as soon as it is there; errors are JSON too
    #[arg(long)]
    ndjson: bool,
}

/// How things are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A line each, for people.
    Table,
    /// One JSON document.
    Json,
    /// A JSON object each, one a line.
    Ndjson,
}

impl FormArguments {
    pub(super) fn form(self) -> Form {
        match (self.json, self.ndjson) {
            (true, _) => Form::Json,
            (_, true) => Form::Ndjson,
            _ => Form::Table,
        }
    }

    /// Whether a program reads it.
    pub(super) fn is_json(self) -> bool {
        self.form() != Form::Table
    }
}

/// Something that is printed one a line.
pub(super) trait Row {
    /// What stands above its columns.
    const HEADS: &'static [&'static str];

    /// Columns that are left out where there is no room for all, the first of these first.
    const SPARE: &'static [&'static str] = &[];

    /// What tells it from the others.
    fn id(&self) -> &str;

    /// What stands in its columns, as it came, unsafe to print.
    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>>;

    /// The whole of it on one line of JSON.
    fn json(&self) -> io::Result<Cow<'_, str>>;
}

/// What stands in a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell<'a> {
    text: Cow<'a, str>,
    style: Style,
}

impl<'a> Cell<'a> {
    pub(super) fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), style: Style::new() }
    }

    pub(super) fn styled(text: impl Into<Cow<'a, str>>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::new(text.unwrap_or_default())
    }
}

/// What things are printed on.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    /// Whether somebody looks at it.
    pub(super) is_seen: bool,
    /// How many cells a line has; none where no line ends.
    width: Option<usize>,
    /// The looks of words.
    pub(super) theme: Theme,
    /// Where times of day are told.
    pub(super) zone: TimeZone,
    /// When it is printed.
    pub(super) now: Timestamp,
}

impl Paper {
    /// Standard output.
    pub(super) fn of_output() -> Self {
        let is_seen = io::stdout().is_terminal();
        let depth = if is_seen { ColorDepth::of(|name| std::env::var(name).ok()) } else { ColorDepth::None };
        let size = is_seen.then(|| rustix::termios::tcgetwinsize(io::stdout()).ok()).flatten();
        let width = size.map(|size| usize::from(size.ws_col)).filter(|width| *width > 0);
        let theme = if depth == ColorDepth::None { Theme::colorless() } else { Theme::colored() };
        let now = Timestamp::from(jiff::Timestamp::now());
        Self { is_seen, width, theme, zone: TimeZone::system(), now }
    }

    /// The day, and the time where there is room for it: `2026-11-26 02:46`.
    pub(super) fn moment(&self, at: Option<Timestamp>) -> Cell<'static> {
        let at = at.filter(|at| at.as_millis() != 0).and_then(Timestamp::to_jiff);
        let format = if self.width.is_some_and(|width| width < ROOMY) { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
        let at = at.map(|at| at.to_zoned_datetime(self.zone.clone()).strftime(format).to_string());
        Cell::new(at.unwrap_or_default())
    }

    /// A cell with its looks.
    pub(super) fn paint(&self, cell: &Cell<'_>) -> String {
        self.painted(Shown::foreign(cell.text.as_ref()).as_str(), cell.style)
    }

    fn painted(&self, text: &str, style: Style) -> String {
        if !self.is_seen || style == Style::new() || text.is_empty() {
            return text.to_owned();
        }
        let style: crossterm::style::ContentStyle = style.into_crossterm();
        style.apply(text).to_string()
    }
}

/// Columns are set so far apart.
const GAP: &str = "  ";
/// A column is not made narrower, in cells.
const NARROWEST: usize = 10;
/// In a line so long there is room for times of day.
const ROOMY: usize = 140;

/// Prints things one after the other. The first of them decide how wide the columns are, so that nothing is kept.
pub(super) struct Printer<W> {
    form: Form,
    pub(super) paper: Paper,
    widths: Option<Vec<usize>>,
    count: u64,
    out: W,
}

impl Printer<io::BufWriter<io::Stdout>> {
    /// On standard output.
    pub(super) fn new(form: Form) -> Self {
        Self::on(Paper::of_output(), form, io::BufWriter::new(io::stdout()))
    }
}

impl<W: Write> Printer<W> {
    fn on(paper: Paper, form: Form, out: W) -> Self {
        Self { form, paper, widths: None, count: 0, out }
    }

    /// Prints these, and lets whoever reads have them.
    pub(super) fn print<R: Row>(&mut self, rows: &[R]) -> Result<(), Stop> {
        match self.form {
            Form::Table => self.print_table(rows)?,
            Form::Ndjson => {
                for row in rows {
                    writeln!(self.out, "{}", harmless(&one_line(&row.json()?), self.paper.is_seen))?;
                }
            }
            Form::Json => {
                for row in rows {
                    let before = if self.count == 0 { "[\n" } else { ",\n" };
                    write!(self.out, "{before}{}", harmless(&one_line(&row.json()?), self.paper.is_seen))?;
                    self.count += 1;
                }
            }
        }
        self.out.flush()?;
        Ok(())
    }

    /// Ends the document. One that is broken off is not: nobody shall take it for whole.
    pub(super) fn end(mut self) -> Result<(), Stop> {
        if self.form == Form::Json {
            let end = if self.count == 0 { "[]\n" } else { "\n]\n" };
            self.out.write_all(end.as_bytes())?;
        }
        self.out.flush()?;
        Ok(())
    }

    fn print_table<R: Row>(&mut self, rows: &[R]) -> io::Result<()> {
        let paper = self.paper.clone();
        let shown: Vec<Vec<(Shown<'_>, Style)>> = rows
            .iter()
            .map(|row| row.cells(&paper).into_iter().map(|cell| (Shown::foreign(cell.text), cell.style)).collect())
            .collect();
        if self.widths.is_none() && !rows.is_empty() {
            let widths = widths(R::HEADS, R::SPARE, &shown, paper.width);
            let heads: Vec<_> = R::HEADS.iter().map(|head| (Shown::fixed(head), paper.theme.dim)).collect();
            self.line(&heads, &widths)?;
            self.widths = Some(widths);
        }
        let widths = self.widths.clone().unwrap_or_default();
        shown.iter().try_for_each(|cells| self.line(cells, &widths))
    }

    fn line(&mut self, cells: &[(Shown<'_>, Style)], widths: &[usize]) -> io::Result<()> {
        let mut line = String::new();
        // Blanks are written before what follows them: a line ends with its last word.
        let mut blanks = String::new();
        for ((text, style), width) in cells.iter().zip(widths).filter(|(_, width)| **width > 0) {
            let cut = if self.paper.width.is_some() { text.cut(*width) } else { text.cut(usize::MAX) };
            if !cut.is_empty() {
                line.push_str(&std::mem::take(&mut blanks));
                line.push_str(&self.paper.painted(cut.as_str(), *style));
            }
            blanks.push_str(&" ".repeat(width.saturating_sub(cut.width())));
            blanks.push_str(GAP);
        }
        writeln!(self.out, "{line}")
    }
}

/// How wide the columns are that hold these, in a line so wide. The widest give way first, but for the ids; where that is
/// not enough, spare columns go, and have no width.
fn widths(heads: &[&str], spare: &[&str], rows: &[Vec<(Shown<'_>, Style)>], line: Option<usize>) -> Vec<usize> {
    let mut widths: Vec<usize> = heads.iter().map(|head| head.len()).collect();
    for row in rows {
        for (width, (text, _)) in widths.iter_mut().zip(row) {
            *width = text.width().max(*width);
        }
    }
    let Some(line) = line else { return widths };
    let needed = |widths: &[usize]| {
        let shown = widths.iter().filter(|width| **width > 0);
        shown.clone().sum::<usize>() + GAP.len() * shown.count().saturating_sub(1)
    };
    let mut spare = spare.iter().filter_map(|name| heads.iter().position(|head| head == name));
    while needed(&widths) > line {
        let widest = widths.iter_mut().skip(1).max_by_key(|width| **width).filter(|width| **width > NARROWEST);
        if let Some(width) = widest {
            *width -= 1;
        } else if let Some(column) = spare.next() {
            widths[column] = 0;
        } else {
            break;
        }
    }
    widths
}

/// Prints one line of JSON.
pub(super) fn print_json(json: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    let is_seen = out.is_terminal();
    writeln!(out, "{}", harmless(&one_line(json), is_seen))?;
    Ok(())
}

/// Prints names and what they stand for, each pair on a line; those without are left out.
pub(super) fn print_pairs(paper: &Paper, pairs: &[(&str, Cell<'_>)]) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    let width = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, cell) in pairs.iter().filter(|(_, cell)| !cell.text.is_empty()) {
        let value = Shown::foreign(cell.text.as_ref());
        let name = paper.painted(&format!("{name:width$}"), paper.theme.dim);
        writeln!(out, "{name}{GAP}{}", paper.painted(value.as_str(), cell.style))?;
    }
    Ok(())
}

/// Tells a person something beside the output; a program reads only that.
#[expect(clippy::print_stderr, reason = "what is said beside the output does not belong in it")]
pub(super) fn remark(words: &str) {
    eprintln!("{}", Shown::foreign(words).as_str());
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    struct Thing(&'static str, &'static str);

    impl Row for Thing {
        const HEADS: &'static [&'static str] = &["id", "name", "end"];
        const SPARE: &'static [&'static str] = &["name"];

        fn id(&self) -> &str {
            self.0
        }

        fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
            vec![Cell::new(self.0), Cell::styled(self.1, paper.theme.banned), Cell::new("")]
        }

        fn json(&self) -> io::Result<Cow<'_, str>> {
            Ok(format!("{{\n  \"id\": {:?}\n}}", self.0).into())
        }
    }

    fn printed(form: Form, width: Option<usize>, pages: &[&[Thing]]) -> String {
        let paper = Paper {
            is_seen: width.is_some(),
            width,
            theme: Theme::colorless(),
            zone: TimeZone::UTC,
            now: Timestamp::default(),
        };
        let mut out = Vec::new();
        let mut printer = Printer::on(paper, form, &mut out);
        for page in pages {
            printer.print(page).unwrap();
        }
        printer.end().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_first_page_decides_how_wide_the_columns_are() {
        let pages: [&[Thing]; 2] = [&[Thing("a", "山田"), Thing("bb", "x")], &[Thing("ccc", "wide\u{1b}[2J")]];
        assert_eq!(printed(Form::Table, None, &pages), "id  name  end\na   山田\nbb  x\nccc  wide␛[2J\n");
    }

    #[test]
    fn on_a_terminal_nothing_is_longer_than_a_line_and_ids_are_whole() {
        let told = printed(Form::Table, Some(30), &[&[Thing("user_123456", "a very long name")]]);
        assert!(told.ends_with("\nuser_123456  a very long…\n"), "{told:?}");
        assert!(told.starts_with("\u{1b}[2mid"), "{told:?}");
    }

    #[test]
    fn where_there_is_no_room_spare_columns_go() {
        let told = printed(Form::Table, Some(16), &[&[Thing("user_123456", "a very long name")]]);
        assert!(told.ends_with("\nuser_123456\n") && !told.contains("name"), "{told:?}");
    }

    #[rstest]
    #[case(Form::Json, &[], "[]\n")]
    #[case(Form::Json, &[Thing("a", ""), Thing("b", "")], "[\n{\"id\": \"a\"},\n{\"id\": \"b\"}\n]\n")]
    #[case(Form::Ndjson, &[Thing("a", ""), Thing("b", "")], "{\"id\": \"a\"}\n{\"id\": \"b\"}\n")]
    #[case(Form::Ndjson, &[], "")]
    #[case(Form::Table, &[], "")]
    fn each_form_is_what_it_says(#[case] form: Form, #[case] things: &[Thing], #[case] expected: &str) {
        assert_eq!(printed(form, None, &[things]), expected);
    }

    #[test]
    fn a_document_that_breaks_off_is_not_whole() {
        let paper = Paper::of_output();
        let mut out = Vec::new();
        Printer::on(paper, Form::Json, &mut out).print(&[Thing("a", "")]).unwrap();
        assert!(serde_json::from_slice::<serde_json::Value>(&out).is_err());
    }
}
