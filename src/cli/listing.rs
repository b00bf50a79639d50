//! Lists of any length, read page by page and printed as they come.

use super::{
    fault::Stop,
    form::{Form, Printer, Row, remark},
};
use crate::clerk::{Error, query::PageLimit};
use clap::Args;
use std::io::{self, IsTerminal};

#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "How many")]
pub(super) struct LimitArguments {
    /// So many at most, however many requests that takes
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 100, conflicts_with = "all")]
    limit: u64,
    /// All of them
    #[arg(long)]
    all: bool,
}

impl LimitArguments {
    fn most(self) -> u64 {
        if self.all { u64::MAX } else { self.limit }
    }
}

/// A page of a list.
pub(super) struct Batch<R> {
    rows: Vec<R>,
    is_last: bool,
}

impl<R> Batch<R> {
    /// Of so many that were asked for: fewer are the last.
    pub(super) fn of(rows: Vec<R>, asked: PageLimit) -> Self {
        let is_last = rows.len() < usize::from(asked.get());
        Self { rows, is_last }
    }

    /// With nothing behind it, or something.
    pub(super) fn new(rows: Vec<R>, is_last: bool) -> Self {
        Self { rows, is_last }
    }

    /// The same, of something else.
    pub(super) fn map<T>(self, other: impl Fn(R) -> T) -> Batch<T> {
        Batch { rows: self.rows.into_iter().map(other).collect(), is_last: self.is_last }
    }
}

/// Reads page after page with `read`, which is given how many rows it may have and how many came before, and prints them.
/// Flat in memory: no more than a page is kept.
pub(super) async fn print_list<R: Row>(
    form: Form,
    limit: LimitArguments,
    mut read: impl AsyncFnMut(PageLimit, u64) -> Result<Batch<R>, Error>,
) -> Result<u64, Stop> {
    let mut printer = Printer::new(form);
    let (most, mut count, mut first) = (limit.most(), 0, None);
    while count < most {
        let asked = PageLimit::new(u16::try_from(most - count).unwrap_or(u16::MAX));
        let Batch { mut rows, is_last } = read(asked, count).await?;
        // What begins as the page before did is that page again: there would be no end.
        let begins = rows.first().map(|row| row.id().to_owned());
        if begins.is_some() && begins == first {
            return Err(Stop::failed("the answer cannot be trusted: the same page came twice"));
        }
        first = begins;
        rows.truncate(usize::from(asked.get()));
        count += rows.len() as u64;
        printer.print(&rows)?;
        if is_last {
            printer.end()?;
            return Ok(count);
        }
    }
    printer.end()?;
    if form == Form::Table && io::stdout().is_terminal() && io::stderr().is_terminal() {
        remark(&format!("There may be more than these {count}: --limit NUMBER or --all prints them."));
    }
    Ok(count)
}
