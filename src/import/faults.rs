//! What is wrong with a row.

use std::fmt;

/// What is wrong with a row, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The column, as the file names it; nothing where it is the row as a whole.
    pub column: Option<String>,
    /// As the end of a sentence. It holds no secret; what it holds of the file is unsafe to print.
    pub words: String,
}

impl Fault {
    pub(super) fn of(column: &str, words: impl Into<String>) -> Self {
        Self { column: Some(column.to_owned()), words: words.into() }
    }

    pub(super) fn of_row(words: impl Into<String>) -> Self {
        Self { column: None, words: words.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(formatter, "{column}: {}", self.words),
            None => formatter.write_str(&self.words),
        }
    }
}
