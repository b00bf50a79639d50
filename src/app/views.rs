//! Saved views: what is searched, its order and its columns, under a name.

use super::columns::Columns;
use crate::clerk::query::UserOrder;
use serde::{Deserialize, Serialize};
use std::fmt;

/// So many characters a name has at most.
const LONGEST: usize = 24;

/// The name of a view: letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ViewName(String);

/// Why a text is no name of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewNameError {
    /// There is no text.
    #[error("A view needs a name: save spam.")]
    Empty,
    /// It is none.
    #[error("The name of a view is up to 24 letters, digits, - and _.")]
    Wrong,
}

impl ViewName {
    /// The name that `text` is.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, ViewNameError> {
        let text = text.trim();
        let fits = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_');
        match text {
            "" => Err(ViewNameError::Empty),
            text if text.chars().all(fits) && text.chars().count() <= LONGEST => Ok(Self(text.to_owned())),
            _ => Err(ViewNameError::Wrong),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ViewName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A way to look at the users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct SavedView {
    /// The search line, as typed.
    pub search: String,
    /// The order.
    pub order: UserOrder,
    /// The columns.
    pub columns: Columns,
}

/// The same as it is kept.
#[derive(Serialize, Deserialize)]
struct Stored {
    search: String,
    order: String,
    #[serde(default)]
    columns: Columns,
}

impl TryFrom<Stored> for SavedView {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let order = UserOrder::of_parameter(&stored.order).ok_or_else(|| format!("no order is {}", stored.order))?;
        Ok(Self { search: stored.search, order, columns: stored.columns })
    }
}

impl From<SavedView> for Stored {
    fn from(view: SavedView) -> Self {
        Self { search: view.search, order: view.order.to_parameter(), columns: view.columns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words() {
        for name in ["spam", " new-ones ", "Über_30", "山田"] {
            assert_eq!(ViewName::parse(name).map(|name| name.to_string()), Ok(name.trim().to_owned()));
        }
        assert_eq!(ViewName::parse("  "), Err(ViewNameError::Empty));
        for wrong in ["two words", "a\u{1b}[31m", "a/b", "\u{202e}abc", &"x".repeat(25)] {
            assert_eq!(ViewName::parse(wrong), Err(ViewNameError::Wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_view_is_read_as_it_was_kept() {
        let order = UserOrder::default().reversed();
        let view = SavedView { search: "banned:yes ada".into(), order, columns: Columns::default() };
        let kept = serde_json::to_value(&view).unwrap();
        assert_eq!((&kept["search"], &kept["order"]), (&"banned:yes ada".into(), &"+created_at".into()));
        assert_eq!(serde_json::from_value::<SavedView>(kept).unwrap(), view);
        let wrong = serde_json::json!({ "search": "", "order": "-mood" });
        assert!(serde_json::from_value::<SavedView>(wrong).is_err());
    }
}
