//! What to ask the user list for: filter, order and page, and how they are written into a query string.
//!
//! The parameters are those of `GET /v1/users` and `GET /v1/users/count` in the contract.

use super::model::{OrganizationId, Timestamp, UserId};
use std::num::NonZeroU16;
use strum::{EnumIter, EnumString, IntoStaticStr};

/// Name and value of each query parameter, in the order in which they are sent. Array parameters repeat their name.
pub type Parameters = Vec<(&'static str, String)>;

/// A value that a list has to have, or must not have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Select<T> {
    /// Only users with this value.
    Include(T),
    /// No user with this value.
    Exclude(T),
}

impl<T: ToString> Select<T> {
    fn to_parameter(&self) -> String {
        match self {
            // A bare value means include; `+` is only needed for a value that itself begins with a sign.
            Self::Include(value) => {
                let value = value.to_string();
                if value.starts_with(['+', '-']) { format!("+{value}") } else { value }
            }
            Self::Exclude(value) => format!("-{}", value.to_string()),
        }
    }
}

/// The users of an account provider, by their ids there. Clerk takes the provider and the ids only together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProviderFilter {
    /// The provider with its prefix, `oauth_google`.
    pub provider: String,
    /// Ids at the provider, at most 100.
    pub user_ids: Vec<String>,
}

/// A span of time: after one moment, before another, either end open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Only what happened before.
    pub before: Option<Timestamp>,
    /// Only what happened after.
    pub after: Option<Timestamp>,
}

/// Which users: every filter of the user list. Different filters all have to hold; of the values of one, any.
///
/// Clerk takes at most 100 values in each of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UserFilter {
    /// Partial match, whatever the case, over email addresses, phone numbers, usernames, web3 wallets, user ids
    /// and first and last names.
    pub query: Option<String>,
    /// Exactly these email addresses.
    pub email_address: Vec<String>,
    /// Exactly these phone numbers.
    pub phone_number: Vec<String>,
    /// Exactly these usernames.
    pub username: Vec<String>,
    /// Exactly these web3 wallets.
    pub web3_wallet: Vec<String>,
    /// These users, or all but these.
    pub user_id: Vec<Select<UserId>>,
    /// The users with these external ids, or all but these.
    pub external_id: Vec<Select<String>>,
    /// Members of these organizations, or all but these.
    pub organization_id: Vec<Select<OrganizationId>>,
    /// Partial match of an email address.
    pub email_address_query: Option<String>,
    /// Partial match of a phone number.
    pub phone_number_query: Option<String>,
    /// Partial match of a username.
    pub username_query: Option<String>,
    /// Partial match of a name.
    pub name_query: Option<String>,
    /// Only the banned, or only the others.
    pub banned: Option<bool>,
    /// When they were last active.
    pub last_active_at: Span,
    /// Active since; deprecated by Clerk in favour of `last_active_at_after`.
    pub last_active_at_since: Option<Timestamp>,
    /// When they signed up.
    pub created_at: Span,
    /// When they last signed in.
    pub last_sign_in_at: Span,
    /// Users of an account provider.
    pub provider: Option<ProviderFilter>,
}

impl UserFilter {
    /// Whether every user passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As query parameters.
    #[must_use]
    pub fn to_parameters(&self) -> Parameters {
        let mut parameters = Parameters::new();
        let texts = [
            ("query", &self.query),
            ("email_address_query", &self.email_address_query),
            ("phone_number_query", &self.phone_number_query),
            ("username_query", &self.username_query),
            ("name_query", &self.name_query),
        ];
        for (name, text) in texts {
            parameters.extend(text.iter().map(|text| (name, text.clone())));
        }
        let lists = [
            ("email_address", &self.email_address),
            ("phone_number", &self.phone_number),
            ("username", &self.username),
            ("web3_wallet", &self.web3_wallet),
        ];
        for (name, values) in lists {
            parameters.extend(values.iter().map(|value| (name, value.clone())));
        }
        parameters.extend(self.user_id.iter().map(|id| ("user_id", id.to_parameter())));
        parameters.extend(self.external_id.iter().map(|id| ("external_id", id.to_parameter())));
        parameters.extend(self.organization_id.iter().map(|id| ("organization_id", id.to_parameter())));
        parameters.extend(self.banned.map(|banned| ("banned", banned.to_string())));
        let moments = [
            ("last_active_at_before", self.last_active_at.before),
            ("last_active_at_after", self.last_active_at.after),
            ("last_active_at_since", self.last_active_at_since),
            ("created_at_before", self.created_at.before),
            ("created_at_after", self.created_at.after),
            ("last_sign_in_at_before", self.last_sign_in_at.before),
            ("last_sign_in_at_after", self.last_sign_in_at.after),
        ];
        for (name, moment) in moments {
            parameters.extend(moment.map(|moment| (name, moment.as_millis().to_string())));
        }
        if let Some(provider) = &self.provider {
            parameters.push(("provider", provider.provider.clone()));
            parameters.extend(provider.user_ids.iter().map(|id| ("provider_user_id", id.clone())));
        }
        parameters
    }
}

/// The fields that the user list can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum OrderField {
    /// When they signed up. The only one that pages by cursor.
    #[default]
    CreatedAt,
    /// When they last changed.
    UpdatedAt,
    /// Primary email address.
    EmailAddress,
    /// Primary web3 wallet.
    #[strum(serialize = "web3wallet")]
    Web3Wallet,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Primary phone number.
    PhoneNumber,
    /// Username.
    Username,
    /// When they were last active.
    LastActiveAt,
    /// When they last signed in.
    LastSignInAt,
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the smallest, earliest or first.
    Ascending,
    /// From the greatest, latest or last.
    #[default]
    Descending,
}

impl Direction {
    /// The other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// The order of the user list. The default is Clerk's: newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct UserOrder {
    /// By what.
    pub by: OrderField,
    /// Which way.
    pub direction: Direction,
}

impl UserOrder {
    /// The same order from its other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { direction: self.direction.reversed(), ..self }
    }

    /// Whether Clerk pages this order by cursor (`starting_after`), which costs the same at any depth.
    #[must_use]
    pub fn has_cursor(self) -> bool {
        self.by == OrderField::CreatedAt
    }

    /// The order that a value of `order_by` asks for.
    #[must_use]
    pub fn of_parameter(value: &str) -> Option<Self> {
        let (direction, field) = match value.strip_prefix('-') {
            Some(field) => (Direction::Descending, field),
            None => (Direction::Ascending, value.strip_prefix('+').unwrap_or(value)),
        };
        Some(Self { by: field.parse().ok()?, direction })
    }

    /// The value of `order_by`, such as `-created_at`.
    #[must_use]
    pub fn to_parameter(self) -> String {
        let sign = match self.direction {
            Direction::Ascending => '+',
            Direction::Descending => '-',
        };
        format!("{sign}{}", <&str>::from(self.by))
    }
}

/// Which users, in which order: what one list on the screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UserQuery {
    /// Which users.
    pub filter: UserFilter,
    /// In which order.
    pub order: UserOrder,
}

impl UserQuery {
    /// Those of `users` that there are, and their page; only members of one of `organizations`, if any are named. Clerk
    /// takes at most a hundred ids.
    #[must_use]
    pub fn among(users: &[UserId], organizations: &[OrganizationId]) -> (Self, UserPage) {
        let filter = UserFilter {
            user_id: users.iter().cloned().map(Select::Include).collect(),
            organization_id: organizations.iter().cloned().map(Select::Include).collect(),
            ..UserFilter::default()
        };
        let limit = u16::try_from(users.len()).map_or(PageLimit::MAX, PageLimit::new);
        (Self { filter, ..Self::default() }, UserPage { start: PageStart::FIRST, limit })
    }
}

/// How many rows a page has: 1 to 500. More than 500 makes Clerk answer 10, silently, so that it cannot be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageLimit(NonZeroU16);

impl PageLimit {
    /// The longest page that Clerk sends.
    pub const MAX: Self = Self(NonZeroU16::new(500).unwrap());

    /// `rows` a page, held between 1 and 500.
    #[must_use]
    pub fn new(rows: u16) -> Self {
        Self(NonZeroU16::new(rows).map_or(NonZeroU16::MIN, |rows| rows.min(Self::MAX.0)))
    }

    /// The number of rows.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0.get()
    }

    /// The parameters of a list that pages by offset: so many rows after the first `offset`.
    #[must_use]
    pub fn to_parameters(self, offset: u64) -> Parameters {
        vec![("limit", self.get().to_string()), ("offset", offset.to_string())]
    }
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PageStart {
    /// After so many rows. Slow when there are many, as Clerk walks over them.
    Offset(u64),
    /// After this user; only in an order that [has a cursor](UserOrder::has_cursor).
    After(UserId),
}

impl PageStart {
    /// The first row.
    pub const FIRST: Self = Self::Offset(0);
}

/// One page of the user list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserPage {
    /// Where it begins.
    pub start: PageStart,
    /// How many rows it has at most.
    pub limit: PageLimit,
}

impl UserPage {
    /// The parameters of `GET /v1/users`.
    #[must_use]
    pub fn to_parameters(&self, query: &UserQuery) -> Parameters {
        let mut parameters = query.filter.to_parameters();
        parameters.push(("order_by", query.order.to_parameter()));
        parameters.push(("limit", self.limit.get().to_string()));
        match &self.start {
            PageStart::Offset(0) => {}
            PageStart::Offset(offset) => parameters.push(("offset", offset.to_string())),
            PageStart::After(id) => parameters.push(("starting_after", id.to_string())),
        }
        parameters
    }
}
