//! Ids as types of their own, so that an organization's id cannot be sent where a user's belongs.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        ///
        /// Opaque: Clerk's ids are a prefix and a KSUID today, and nothing here takes them apart.
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as it goes over the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
    )+};
}

ids! {
    /// A user, `user_…`.
    UserId;
    /// An organization, `org_…`.
    OrganizationId;
    /// A membership of a user in an organization, `orgmem_…`.
    MembershipId;
    /// A session, `sess_…`.
    SessionId;
    /// An instance: the development or the production side of an application, `ins_…`.
    InstanceId;
}
