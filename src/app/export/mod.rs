//! Users as files: in which form, with which columns, and how a row of them is written.

mod column;
mod row;
mod who;

pub use column::{Bag, Column, ColumnError, Field};
pub use row::Sheet;
pub use who::Who;

use strum::{Display, EnumString, IntoStaticStr, VariantNames};

/// The form of a file of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Format {
    /// A table that a spreadsheet opens, and runs nothing of.
    Csv,
    /// One JSON document.
    Json,
    /// A JSON object a line.
    Ndjson,
}

impl Format {
    /// The one that the name of a file ends with.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            _ => None,
        }
    }

    /// The columns where none are chosen: nothing for users as they came, with all that Clerk tells.
    #[must_use]
    pub fn usual_columns(self) -> Option<Vec<Column>> {
        (self == Self::Csv).then(|| Field::USUAL.iter().copied().map(Column::Field).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_tells_its_form() {
        let told = ["a.csv", "A.CSV", "a.b.json", "a.ndjson", "a.jsonl", "csv", "a.parquet", ""].map(Format::of_name);
        let (csv, json, ndjson) = (Some(Format::Csv), Some(Format::Json), Some(Format::Ndjson));
        assert_eq!(told, [csv, csv, json, ndjson, ndjson, None, None, None]);
    }
}
