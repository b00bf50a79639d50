//! The tabs of the detail.

use crate::app::action::Scope;
use strum::{EnumIter, IntoEnumIterator, IntoStaticStr};

/// A tab of the detail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
pub enum Tab {
    /// Who the user is.
    #[default]
    Profile,
    /// The organizations that the user belongs to.
    Memberships,
    /// The organizations that the user is invited to.
    Invitations,
    /// Where the user is signed in.
    Sessions,
    /// What the user signs in with.
    Security,
    /// The three bags of metadata.
    Metadata,
    /// What lazyclerk did to the user.
    History,
    /// The user exactly as it came.
    Raw,
}

impl Tab {
    /// The key that opens it, and the number that stands before it where there is room.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Profile => 1,
            Self::Memberships => 2,
            Self::Invitations => 3,
            Self::Sessions => 4,
            Self::Security => 5,
            Self::Metadata => 6,
            Self::History => 7,
            Self::Raw => 8,
        }
    }

    /// The scope of the keys that mean its row.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Self::Profile => Scope::Detail,
            Self::Memberships => Scope::Memberships,
            Self::Invitations => Scope::Invitations,
            Self::Sessions => Scope::Sessions,
            Self::Security => Scope::Security,
            Self::History => Scope::History,
            Self::Metadata | Self::Raw => Scope::Json,
        }
    }

    /// The tab `steps` further; behind the last comes the first.
    #[must_use]
    fn step(self, steps: usize) -> Self {
        let place = Self::iter().position(|tab| tab == self).unwrap_or(0);
        Self::iter().cycle().nth(place + steps).unwrap_or(self)
    }

    /// The next tab.
    #[must_use]
    pub fn next(self) -> Self {
        self.step(1)
    }

    /// The tab before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.step(Self::iter().count() - 1)
    }
}
