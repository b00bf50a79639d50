//! Who exists already of those whom a file makes.

use super::Identifier;
use crate::clerk::model::UserId;
use std::fmt;

/// Who exists already and has identifiers of a row: one user, or, where a row is of several, each of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Existing {
    users: Vec<(UserId, Vec<Identifier>)>,
}

impl Existing {
    /// What Clerk answers to the creation of such a user. The report says the same of whom nobody tried to create.
    pub const CODE: &'static str = "form_identifier_exists";

    /// Who, and by what.
    #[must_use]
    pub fn users(&self) -> &[(UserId, Vec<Identifier>)] {
        &self.users
    }

    /// Notes that a user has an identifier of the row.
    pub(super) fn note(&mut self, user: &UserId, identifier: Identifier) {
        match self.users.iter_mut().find(|(known, _)| known == user) {
            Some((_, identifiers)) if identifiers.contains(&identifier) => {}
            Some((_, identifiers)) => identifiers.push(identifier),
            None => self.users.push((user.clone(), vec![identifier])),
        }
    }
}

/// `exists already as user_1 (external id, email address) and user_2 (username)`.
impl fmt::Display for Existing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = |(user, identifiers): &(UserId, Vec<Identifier>)| {
            let words: Vec<&str> = identifiers.iter().map(|identifier| identifier.words()).collect();
            format!("{user} ({})", words.join(", "))
        };
        let all: Vec<String> = self.users.iter().map(one).collect();
        write!(formatter, "exists already as {}", all.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_user_is_told_once_with_all_that_they_share() {
        let mut existing = Existing::default();
        for (user, identifier) in [
            ("user_1", Identifier::ExternalId),
            ("user_2", Identifier::Username),
            ("user_1", Identifier::EmailAddress),
            ("user_1", Identifier::EmailAddress),
        ] {
            existing.note(&user.into(), identifier);
        }
        let told = "exists already as user_1 (external id, email address) and user_2 (username)";
        assert_eq!(existing.to_string(), told);
    }
}
