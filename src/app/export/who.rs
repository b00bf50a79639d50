//! Whom a file is about.

use crate::clerk::{model::UserId, query::UserQuery};

/// Which users.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// All that match, in their order.
    Matching(Box<UserQuery>),
    /// These; those who are gone by now are left out.
    These(Vec<UserId>),
}
