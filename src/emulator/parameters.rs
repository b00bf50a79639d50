//! Query parameters: repeated names are lists, `+` is a space unless it is written `%2B`.

use super::{error::ApiError, inferred};
use crate::clerk::model::{Page, Timestamp};

/// Values that a list parameter takes.
const MOST_VALUES: usize = 100;
/// Rows of a page that does not say.
const DEFAULT_ROWS: u32 = 10;
/// Rows of the longest page.
const MOST_ROWS: u32 = 500;

/// The query of a request, decoded.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

/// Which rows of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) limit: u32,
    pub(super) offset: u64,
}

impl Rows {
    /// These of all rows.
    pub(super) fn page_of<T>(self, all: Vec<T>) -> Page<T> {
        let total_count = u64::try_from(all.len()).unwrap_or(u64::MAX);
        let offset = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        Page { data: all.into_iter().skip(offset).take(limit).collect(), total_count }
    }
}

impl Parameters {
    pub(super) fn parse(query: Option<&str>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect())
    }

    /// The first value of a parameter; an empty one is none.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Every value of a parameter, whichever of the two ways in use the list is written in: `id=1&id=2`, `id[]=1`.
    pub(super) fn list(&self, name: &str) -> Result<Vec<&str>, ApiError> {
        let is = |key: &str| key == name || key.strip_suffix("[]") == Some(name);
        let values: Vec<&str> = self
            .0
            .iter()
            .filter(|(key, value)| is(key) && !value.is_empty())
            .map(|(_, value)| value.as_str())
            .collect();
        if values.len() > MOST_VALUES { Err(ApiError::too_many(name, MOST_VALUES)) } else { Ok(values) }
    }

    pub(super) fn bool(&self, name: &str) -> Result<Option<bool>, ApiError> {
        self.parsed(name)
    }

    pub(super) fn moment(&self, name: &str) -> Result<Option<Timestamp>, ApiError> {
        Ok(self.parsed(name)?.map(Timestamp::from_millis))
    }

    pub(super) fn rows(&self) -> Result<Rows, ApiError> {
        let limit = match self.parsed::<u64>("limit")? {
            None => DEFAULT_ROWS,
            Some(0) => return Err(ApiError::value_invalid("limit", "0")),
            Some(limit) => {
                u32::try_from(limit).ok().filter(|limit| *limit <= MOST_ROWS).unwrap_or(inferred::ROWS_WHEN_TOO_MANY)
            }
        };
        Ok(Rows { limit, offset: self.parsed("offset")?.unwrap_or(0) })
    }

    fn parsed<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, ApiError> {
        self.text(name).map(|text| text.parse().map_err(|_| ApiError::value_invalid(name, text))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_repeat_and_plus_is_a_space_unless_escaped() {
        let parameters = Parameters::parse(Some("a=1&a=%2B2&a=+3&b[]=x&c="));
        assert_eq!(parameters.list("a").unwrap(), ["1", "+2", " 3"]);
        assert_eq!(parameters.list("b").unwrap(), ["x"]);
        assert_eq!(parameters.text("c"), None);
    }

    #[test]
    fn a_page_is_a_part_of_all_rows_and_tells_how_many_there_are() {
        let page = |limit, offset| Rows { limit, offset }.page_of(vec!['a', 'b', 'c']);
        assert_eq!(page(2, 0), Page { data: vec!['a', 'b'], total_count: 3 });
        assert_eq!(page(2, 2), Page { data: vec!['c'], total_count: 3 });
        assert_eq!(page(2, u64::MAX), Page { data: Vec::new(), total_count: 3 });
    }

    #[test]
    fn limits_are_clerks() {
        let rows = |query: &str| Parameters::parse(Some(query)).rows();
        assert_eq!(rows("").unwrap(), Rows { limit: 10, offset: 0 });
        assert_eq!(rows("limit=500&offset=7").unwrap(), Rows { limit: 500, offset: 7 });
        assert_eq!(rows("limit=501").unwrap().limit, 10);
        for wrong in ["limit=0", "limit=-1", "limit=5.0", "limit=x", "offset=-1"] {
            assert!(rows(wrong).is_err(), "{wrong}");
        }
        let many = vec!["a=1"; 101].join("&");
        assert!(Parameters::parse(Some(&many)).list("a").is_err());
    }
}
