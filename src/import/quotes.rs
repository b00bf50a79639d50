//! Quotes in a table: the reader of tables takes one that is never closed for no error.

use std::{
    cell::Cell,
    io::{self, Read},
};

/// Where in a table its reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Where a cell may begin.
    Outside,
    /// In a cell without quotes.
    Bare,
    /// In one with them.
    Inside,
    /// Behind a quote in such a cell: its end, or the first of two that mean one.
    Behind,
}

/// A table on its way to be read, which is kept an eye on: a quote that is never closed is no error to the reader.
pub(super) struct Watched<'quotes, R> {
    reader: R,
    quotes: &'quotes Cell<Quotes>,
}

impl<'quotes, R> Watched<'quotes, R> {
    /// Keeps `quotes` as they are where the reader has come to.
    pub(super) fn new(reader: R, quotes: &'quotes Cell<Quotes>) -> Self {
        Self { reader, quotes }
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let after = buffer[..count].iter().fold(self.quotes.get(), |quotes, byte| match (quotes, byte) {
            (Quotes::Inside, b'"') => Quotes::Behind,
            (Quotes::Inside, _) | (Quotes::Outside | Quotes::Behind, b'"') => Quotes::Inside,
            (_, b',' | b'\n' | b'\r') => Quotes::Outside,
            _ => Quotes::Bare,
        });
        self.quotes.set(after);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", Quotes::Outside)]
    #[case("a,b", Quotes::Bare)]
    #[case("a,\"b", Quotes::Inside)]
    #[case("a,\"b,c\nd", Quotes::Inside)]
    #[case("a,\"b \"\"c", Quotes::Inside)]
    #[case("a,\"b\"", Quotes::Behind)]
    #[case("a,\"b\"\r\n", Quotes::Outside)]
    #[case("5\" wide", Quotes::Bare)]
    fn a_cell_is_open_until_its_quote_is_closed(#[case] text: &str, #[case] expected: Quotes) {
        for size in [1, 2, 64] {
            let quotes = Cell::new(Quotes::Outside);
            let mut reader = Watched::new(text.as_bytes(), &quotes);
            let mut part = vec![0; size];
            while reader.read(&mut part).unwrap() > 0 {}
            assert_eq!(quotes.get(), expected, "{size}");
        }
    }
}
