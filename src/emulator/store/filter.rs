//! From a filter of the user list to SQL.
//!
//! A filter has parts that name few users (ids, exact identifications, an organization, a rare word) and parts that can
//! only be looked at user by user. With one of the former, its users are looked up and sorted; without, the users are
//! walked in order until the page is full. Both end early, whatever the number of users.

use crate::{
    clerk::model::Timestamp,
    emulator::inferred::{AFTER, BEFORE},
};
use rusqlite::types::Value;
use strum::EnumString;

/// A kind of partial match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::emulator) enum Match {
    /// Over everything that `query` looks at.
    Anything,
    /// `email_address_query`.
    Email,
    /// `phone_number_query`.
    Phone,
    /// `username_query`.
    Username,
    /// `name_query`.
    Name,
}

impl Match {
    /// The columns of `users` that it looks at, which have the same names in `search`.
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Anything => &["emails", "phones", "wallets", "names", "username", "id"],
            Self::Email => &["emails"],
            Self::Phone => &["phones"],
            Self::Username => &["username"],
            Self::Name => &["names"],
        }
    }
}

/// Values that a user has to have one of, or must have none of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::emulator) struct Choice {
    pub(in crate::emulator) include: Vec<String>,
    pub(in crate::emulator) exclude: Vec<String>,
}

/// Which users.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::emulator) struct Filter {
    /// Partial matches, all of which have to hold; folded.
    pub(in crate::emulator) matches: Vec<(Match, String)>,
    /// Kind and values of exact identifications, folded; one of each kind has to be there.
    pub(in crate::emulator) identifications: Vec<(String, Vec<String>)>,
    /// Exact usernames, folded.
    pub(in crate::emulator) usernames: Vec<String>,
    pub(in crate::emulator) ids: Choice,
    pub(in crate::emulator) external_ids: Choice,
    pub(in crate::emulator) organizations: Choice,
    pub(in crate::emulator) banned: Option<bool>,
    /// Column, whether before (or after), and the moment.
    pub(in crate::emulator) moments: Vec<(Moment, Bound, Timestamp)>,
}

/// A moment that users can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "these are Clerk's names")]
pub(in crate::emulator) enum Moment {
    CreatedAt,
    LastActiveAt,
    LastSignInAt,
}

/// On which side of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::emulator) enum Bound {
    Before,
    After,
}

/// The order of a list. Ties go by the order of signing up, the same way round, and who has no value counts as having
/// the smallest: so the list turned round is the same list from its other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::emulator) struct Order {
    pub(in crate::emulator) by: OrderColumn,
    pub(in crate::emulator) descending: bool,
}

/// What a list can be ordered by; the names are Clerk's and the columns'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(in crate::emulator) enum OrderColumn {
    CreatedAt,
    UpdatedAt,
    EmailAddress,
    #[strum(serialize = "web3wallet")]
    Web3Wallet,
    FirstName,
    LastName,
    PhoneNumber,
    Username,
    LastActiveAt,
    LastSignInAt,
}

impl Order {
    /// The order that `order_by` names: a field, perhaps behind a sign.
    pub(in crate::emulator) fn parse(text: &str) -> Option<Self> {
        let (descending, field) = match text.strip_prefix('-') {
            Some(field) => (true, field),
            // A raw `+` comes through the query as a space.
            None => (false, text.strip_prefix(['+', ' ']).unwrap_or(text)),
        };
        Some(Self { by: field.parse().ok()?, descending })
    }

    pub(super) fn sql(self) -> String {
        let column = <&str>::from(self.by);
        let way = if self.descending { "DESC" } else { "ASC" };
        format!("ORDER BY u.{column} {way}, u.seq {way}")
    }
}

/// A piece of SQL and the values for its question marks, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Sql {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
}

impl Sql {
    pub(super) fn push(&mut self, text: &str, values: impl IntoIterator<Item = Value>) {
        self.text.push_str(text);
        self.values.extend(values);
    }

    fn condition(text: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self { text: text.into(), values: values.into_iter().collect() }
    }
}

fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

fn texts(values: &[String]) -> impl Iterator<Item = Value> + '_ {
    values.iter().map(|value| Value::Text(value.clone()))
}

/// Trigrams need three characters.
const INDEXED_FROM: usize = 3;

/// The query of the word index for a partial match; none where the text is too short for it.
pub(super) fn search_query(kind: Match, text: &str) -> Option<String> {
    (text.chars().count() >= INDEXED_FROM).then(|| {
        let phrase = text.replace('"', "\"\"");
        format!("{{{}}} : \"{phrase}\"", kind.columns().join(" "))
    })
}

impl Filter {
    /// Selects of the `seq` of few users, each of which has to hold.
    pub(super) fn lookups(&self) -> Vec<Sql> {
        let mut lookups = Vec::new();
        for (kind, values) in &self.identifications {
            let sql = format!(
                "SELECT user AS seq FROM identifications WHERE kind = ? AND value IN ({})",
                marks(values.len())
            );
            lookups.push(Sql::condition(sql, std::iter::once(Value::Text(kind.clone())).chain(texts(values))));
        }
        let columns =
            [("username", &self.usernames), ("id", &self.ids.include), ("external_id", &self.external_ids.include)];
        for (column, values) in columns.into_iter().filter(|(_, values)| !values.is_empty()) {
            let sql = format!("SELECT seq FROM users WHERE {column} IN ({})", marks(values.len()));
            lookups.push(Sql::condition(sql, texts(values)));
        }
        if !self.organizations.include.is_empty() {
            lookups.push(members_of(&self.organizations.include));
        }
        lookups
    }

    /// Conditions on a user `u` for the parts that are no lookups.
    pub(super) fn conditions(&self) -> Vec<Sql> {
        let mut conditions = Vec::new();
        if let Some(banned) = self.banned {
            conditions.push(Sql::condition(if banned { "u.banned = 1" } else { "u.banned = 0" }, []));
        }
        for (moment, bound, at) in &self.moments {
            let sign = match bound {
                Bound::Before => BEFORE,
                Bound::After => AFTER,
            };
            let sql = format!("u.{} {sign} ?", <&str>::from(*moment));
            conditions.push(Sql::condition(sql, [Value::Integer(at.as_millis())]));
        }
        let columns = [("id", &self.ids.exclude), ("external_id", &self.external_ids.exclude)];
        for (column, values) in columns.into_iter().filter(|(_, values)| !values.is_empty()) {
            let sql = format!("(u.{column} IS NULL OR u.{column} NOT IN ({}))", marks(values.len()));
            conditions.push(Sql::condition(sql, texts(values)));
        }
        if !self.organizations.exclude.is_empty() {
            let members = members_of(&self.organizations.exclude);
            conditions.push(Sql::condition(format!("u.seq NOT IN ({})", members.text), members.values));
        }
        conditions
    }

    /// The condition of one partial match on a user `u`, looked at in the text itself.
    pub(super) fn scan(kind: Match, text: &str) -> Sql {
        let columns = kind.columns();
        let each: Vec<String> = columns
            .iter()
            // Ids are the only ones that are kept in their own case.
            .map(|column| {
                if *column == "id" {
                    "instr(lower(u.id), ?) > 0".to_owned()
                } else {
                    format!("instr(u.{column}, ?) > 0")
                }
            })
            .collect();
        let values = columns.iter().map(|_| Value::Text(text.to_owned()));
        Sql::condition(format!("({})", each.join(" OR ")), values)
    }
}

fn members_of(organizations: &[String]) -> Sql {
    let sql = format!(
        "SELECT m.user AS seq FROM memberships m JOIN organizations o ON o.seq = m.organization WHERE o.id IN ({})",
        marks(organizations.len())
    );
    Sql::condition(sql, texts(organizations))
}
