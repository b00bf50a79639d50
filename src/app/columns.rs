//! The columns of the user list: which there are, which are shown in which order, and where they stand.
//!
//! [`Column`] is the one table of them: heads, widths, and what a list is ordered by when it is ordered by a column.

mod placing;

use crate::clerk::query::OrderField;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumIter, IntoEnumIterator};

/// Where the cursor's sign stands, in cells from the list's left edge.
pub const CURSOR: u16 = 1;
/// Where the sign of a mark stands, else of what a refresh has brought.
pub const MARK: u16 = 2;
/// Where the sign of a private note stands, right before the first column.
pub const NOTE: u16 = 3;
/// Where the first column begins.
const FIRST: u16 = 4;

/// A column of the user list, in the order in which they stand until somebody moves one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, EnumCount, EnumIter)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// First and last name, else the username.
    Name,
    /// What they sign in by: the primary email address, else phone number, username or wallet.
    Primary,
    /// The username.
    Username,
    /// The primary phone number.
    Phone,
    /// The id in the application's own records.
    ExternalId,
    /// How they can sign in.
    Methods,
    /// The id at Clerk.
    Id,
    /// The language.
    Locale,
    /// Banned, locked, or what is being done.
    State,
    /// How long ago they signed up.
    Joined,
    /// How long ago they signed in.
    SignedIn,
    /// How long ago they were active, in days.
    Active,
}

/// Whether a column is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Showing {
    /// As long as there is any room.
    Shown,
    /// Where there is so much room that the others lose nothing by it.
    WithRoom,
    /// Never.
    Hidden,
}

/// A column, and whether it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnChoice {
    /// Which.
    pub column: Column,
    /// Whether it is shown.
    pub showing: Showing,
}

/// A column in a list of a certain width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedColumn {
    /// Which.
    pub column: Column,
    /// Where it begins, in cells from the list's left edge.
    pub x: u16,
    /// How many cells it has.
    pub width: u16,
}

impl PlacedColumn {
    /// Whether this cell is one of its head: where a sign can stand before the head, it belongs to it.
    #[must_use]
    pub fn has(&self, x: u16) -> bool {
        let first = self.x.saturating_sub(u16::from(self.column.is_right_aligned()));
        (first..self.x + self.width).contains(&x)
    }
}

/// Cells that a column takes.
struct Cells {
    /// At least.
    least: u16,
    /// What it has before others lose by it.
    base: u16,
    /// At most: farther apart, the eye loses the row.
    most: u16,
    /// To the next column.
    gap: u16,
}

const fn cells(least: u16, base: u16, most: u16, gap: u16) -> Cells {
    Cells { least, base, most, gap }
}

impl Column {
    /// What stands above it.
    #[must_use]
    pub fn head(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Primary => "primary",
            Self::Username => "username",
            Self::Phone => "phone",
            Self::ExternalId => "external id",
            Self::Methods => "signs in by",
            Self::Id => "id",
            Self::Locale => "locale",
            Self::State => "state",
            Self::Joined => "joined",
            Self::SignedIn => "signed",
            Self::Active => "active",
        }
    }

    /// The orders of what it tells, the usual one first; none where Clerk knows none.
    #[must_use]
    pub fn orders(self) -> &'static [OrderField] {
        match self {
            Self::Name => &[OrderField::FirstName, OrderField::LastName],
            Self::Primary => &[OrderField::EmailAddress, OrderField::Web3Wallet],
            Self::Username => &[OrderField::Username],
            Self::Phone => &[OrderField::PhoneNumber],
            Self::Joined => &[OrderField::CreatedAt],
            Self::SignedIn => &[OrderField::LastSignInAt],
            Self::Active => &[OrderField::LastActiveAt],
            Self::ExternalId | Self::Methods | Self::Id | Self::Locale | Self::State => &[],
        }
    }

    /// What it is, in at most twenty cells, for who chooses.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Name | Self::State => "always shown",
            Self::Primary => "email, phone, …",
            Self::Username => "if they have one",
            Self::Phone => "the primary one",
            Self::ExternalId => "in your own records",
            Self::Methods => "password, passkey, …",
            Self::Id => "user_…, at Clerk",
            Self::Locale => "such as en-GB",
            Self::Joined => "since signing up",
            Self::SignedIn => "since signing in",
            Self::Active => "since active, days",
        }
    }

    /// Whether what stands in it ends at its right edge, as its head does.
    #[must_use]
    pub fn is_right_aligned(self) -> bool {
        matches!(self, Self::Joined | Self::SignedIn | Self::Active)
    }

    /// Whether it cannot be hidden: who is who, and who is banned, has to be seen.
    #[must_use]
    pub fn is_always_shown(self) -> bool {
        matches!(self, Self::Name | Self::State)
    }

    fn cells(self) -> Cells {
        match self {
            Self::Name => cells(13, 18, 40, 2),
            Self::Primary => cells(10, 20, 48, 2),
            Self::Username => cells(10, 14, 32, 2),
            Self::Phone => cells(13, 15, 16, 2),
            Self::ExternalId => cells(10, 14, 36, 2),
            Self::Methods => cells(10, 16, 36, 2),
            Self::Id => cells(12, 32, 32, 2),
            Self::Locale => cells(6, 6, 10, 2),
            // `unlock…` is the longest.
            Self::State => cells(7, 7, 7, 1),
            // `joined` and `active` themselves are the longest.
            Self::Joined | Self::SignedIn | Self::Active => cells(6, 6, 6, 1),
        }
    }

    /// Which stay longest where there is no room for all: the first here.
    fn weight(self) -> usize {
        const WEIGHTS: [Column; 12] = [
            Column::Name,
            Column::State,
            Column::Primary,
            Column::Joined,
            Column::Active,
            Column::SignedIn,
            Column::Username,
            Column::Phone,
            Column::ExternalId,
            Column::Methods,
            Column::Id,
            Column::Locale,
        ];
        WEIGHTS.iter().position(|column| *column == self).unwrap_or(WEIGHTS.len())
    }

    fn showing_at_first(self) -> Showing {
        match self {
            Self::Name | Self::Primary | Self::State | Self::Joined | Self::Active => Showing::Shown,
            Self::ExternalId | Self::Methods => Showing::WithRoom,
            Self::Username | Self::Phone | Self::Id | Self::Locale | Self::SignedIn => Showing::Hidden,
        }
    }
}

/// All columns, each shown or not, in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<serde_json::Value>", into = "Vec<ColumnChoice>")]
pub struct Columns {
    choices: Vec<ColumnChoice>,
}

impl Default for Columns {
    fn default() -> Self {
        Self::of([])
    }
}

/// Columns that there are no more, or not yet, are left out.
impl From<Vec<serde_json::Value>> for Columns {
    fn from(choices: Vec<serde_json::Value>) -> Self {
        Self::of(choices.into_iter().filter_map(|choice| serde_json::from_value(choice).ok()))
    }
}

impl From<Columns> for Vec<ColumnChoice> {
    fn from(columns: Columns) -> Self {
        columns.choices
    }
}

impl Columns {
    /// These, and behind them as they are at first those that are missing.
    #[must_use]
    pub fn of(chosen: impl IntoIterator<Item = ColumnChoice>) -> Self {
        let at_first = Column::iter().map(|column| ColumnChoice { column, showing: column.showing_at_first() });
        let mut choices: Vec<ColumnChoice> = Vec::new();
        for mut choice in chosen.into_iter().chain(at_first) {
            if choice.column.is_always_shown() {
                choice.showing = Showing::Shown;
            }
            if choices.iter().all(|other| other.column != choice.column) {
                choices.push(choice);
            }
        }
        Self { choices }
    }

    /// Each column, and whether it is shown.
    #[must_use]
    pub fn choices(&self) -> &[ColumnChoice] {
        &self.choices
    }

    /// Hides the column at this place, or shows it. Whether that could be done.
    pub fn toggle(&mut self, index: usize) -> bool {
        let Some(choice) = self.choices.get_mut(index).filter(|choice| !choice.column.is_always_shown()) else {
            return false;
        };
        choice.showing = match choice.showing {
            Showing::Hidden => Showing::Shown,
            Showing::Shown | Showing::WithRoom => Showing::Hidden,
        };
        true
    }

    /// Moves the column at this place by one, backwards or forwards. Where it stands then.
    pub fn shift(&mut self, index: usize, by: isize) -> usize {
        let last = self.choices.len().saturating_sub(1);
        let to = index.saturating_add_signed(by).min(last);
        if index <= last {
            self.choices.swap(index, to);
        }
        to
    }
}

#[cfg(test)]
mod tests;
