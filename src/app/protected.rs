//! The people that no act on many touches: one's own team, by what the configuration file says.

use crate::clerk::model::{OrganizationId, User, UserId};
use std::{collections::BTreeSet, fmt};

/// Who is protected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protected {
    /// These users.
    pub users: BTreeSet<UserId>,
    /// Whoever has one of these email addresses, in small letters, verified or not.
    pub email_addresses: BTreeSet<String>,
    /// Whoever has an email address at one of these domains, in small letters.
    pub domains: BTreeSet<String>,
    /// The members of these organizations.
    pub organizations: BTreeSet<OrganizationId>,
}

/// Why somebody is protected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protection {
    /// By id.
    User,
    /// By this email address.
    EmailAddress(String),
    /// By this domain of an email address.
    Domain(String),
    /// As a member of a protected organization.
    Member,
}

impl fmt::Display for Protection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User => formatter.write_str("by id"),
            Self::EmailAddress(email) => formatter.write_str(email),
            Self::Domain(domain) => write!(formatter, "@{domain}"),
            Self::Member => formatter.write_str("member of a protected organization"),
        }
    }
}

impl Protected {
    /// These and those of another list.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.users.extend(other.users);
        self.email_addresses.extend(other.email_addresses);
        self.domains.extend(other.domains);
        self.organizations.extend(other.organizations);
        self
    }

    /// Why `user` is protected, as far as that can be seen in the user: not where they belong.
    #[must_use]
    pub fn why(&self, user: &User) -> Option<Protection> {
        if self.users.contains(&user.id) {
            return Some(Protection::User);
        }
        user.email_addresses.iter().find_map(|email| {
            let email = email.email_address.to_lowercase();
            let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
            if self.email_addresses.contains(&email) {
                return Some(Protection::EmailAddress(email));
            }
            self.domains.contains(domain).then(|| Protection::Domain(domain.to_owned()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::EmailAddress;

    fn user(emails: &[&str]) -> User {
        let address = |email: &&str| EmailAddress { email_address: (*email).to_owned(), ..EmailAddress::default() };
        User { id: "user_1".into(), email_addresses: emails.iter().map(address).collect(), ..User::default() }
    }

    #[test]
    fn somebody_is_protected_by_any_of_their_addresses() {
        let protected = Protected {
            email_addresses: ["ops@acme.example".to_owned()].into(),
            domains: ["globex.example".to_owned()].into(),
            ..Protected::default()
        };
        let why = |emails: &[&str]| protected.why(&user(emails)).map(|why| why.to_string());
        assert_eq!(why(&["x@example.com", "OPS@Acme.example"]).as_deref(), Some("ops@acme.example"));
        assert_eq!(why(&["x@GLOBEX.example"]).as_deref(), Some("@globex.example"));
        // Neither part of a name, nor what only looks like the domain.
        for other in ["x@sub.globex.example", "x@globex.example.evil.example", "globex.example", "ops@example.com"] {
            assert_eq!(why(&[other]), None, "{other}");
        }
    }

    #[test]
    fn somebody_is_protected_by_id() {
        let protected = Protected { users: [UserId::from("user_1")].into(), ..Protected::default() };
        assert_eq!(protected.why(&user(&[])), Some(Protection::User));
        assert_eq!(protected.why(&User { id: "user_10".into(), ..User::default() }), None);
    }
}
