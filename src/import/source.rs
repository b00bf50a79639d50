//! The systems whose exports are known, and which of their columns is what.

use super::Part;
use strum::{Display, EnumIter, EnumString, IntoEnumIterator, IntoStaticStr, VariantNames};

use crate::clerk::users::PasswordHasher;
use Part as P;

/// Which system a file is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumIter, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum Source {
    /// Auth0's export of users, also with password hashes, which its support adds.
    Auth0,
    /// Clerk's: the dashboard's export, `lazyclerk export`, or the API's JSON; and any table with Clerk's names.
    Clerk,
    /// `firebase auth:export`.
    Firebase,
    /// Supabase's table `auth.users`.
    Supabase,
}

/// The columns of Firebase's table, which has no heads.
pub(super) const FIREBASE_HEADS: &[&str] = &[
    "localId",
    "email",
    "emailVerified",
    "passwordHash",
    "salt",
    "displayName",
    "photoUrl",
    "googleId",
    "googleEmail",
    "googleDisplayName",
    "googlePhotoUrl",
    "facebookId",
    "facebookEmail",
    "facebookDisplayName",
    "facebookPhotoUrl",
    "twitterId",
    "twitterEmail",
    "twitterDisplayName",
    "twitterPhotoUrl",
    "githubId",
    "githubEmail",
    "githubDisplayName",
    "githubPhotoUrl",
    "createdAt",
    "lastSignedInAt",
    "phoneNumber",
    "disabled",
    "customAttributes",
    "providerUserInfo",
];

/// Auth0 lets users write `user_metadata`, and applications `app_metadata`. They go where Clerk's own guide puts them.
const AUTH0: &[(&str, Part)] = &[
    ("user_id", P::Id),
    ("_id", P::Id),
    ("email", P::EmailAddress),
    ("email_verified", P::EmailVerified),
    ("phone_number", P::PhoneNumber),
    ("phone_verified", P::PhoneVerified),
    ("username", P::Username),
    ("given_name", P::FirstName),
    ("family_name", P::LastName),
    ("name", P::Name),
    ("passwordHash", P::PasswordDigest),
    ("password_hash", P::PasswordDigest),
    ("user_metadata", P::PublicMetadata),
    ("app_metadata", P::PrivateMetadata),
    ("created_at", P::CreatedAt),
    ("blocked", P::Banned),
];

/// The dashboard's names, and those of [`crate::app::export`] that are not Clerk's parameters.
const CLERK: &[(&str, Part)] = &[
    ("primary_email_address", P::EmailAddress),
    ("email_addresses", P::VerifiedEmailAddresses),
    ("verified_email_addresses", P::VerifiedEmailAddresses),
    ("unverified_email_addresses", P::UnverifiedEmailAddresses),
    ("primary_phone_number", P::PhoneNumber),
    ("phone_numbers", P::VerifiedPhoneNumbers),
    ("verified_phone_numbers", P::VerifiedPhoneNumbers),
    ("unverified_phone_numbers", P::UnverifiedPhoneNumbers),
    ("web3_wallet", P::Web3Wallets),
];

const FIREBASE: &[(&str, Part)] = &[
    ("localId", P::Id),
    ("email", P::EmailAddress),
    ("emailVerified", P::EmailVerified),
    ("phoneNumber", P::PhoneNumber),
    ("displayName", P::Name),
    ("passwordHash", P::PasswordDigest),
    ("salt", P::PasswordSalt),
    ("passwordSalt", P::PasswordSalt),
    ("customAttributes", P::PublicMetadata),
    ("createdAt", P::CreatedAt),
    ("disabled", P::Banned),
];

/// What Supabase's users may write themselves is read by the frontend; what only the server may write stays with it.
const SUPABASE: &[(&str, Part)] = &[
    ("id", P::Id),
    ("email", P::EmailAddress),
    ("email_confirmed_at", P::EmailVerified),
    ("phone", P::PhoneNumber),
    ("phone_confirmed_at", P::PhoneVerified),
    ("username", P::Username),
    ("first_name", P::FirstName),
    ("last_name", P::LastName),
    ("encrypted_password", P::PasswordDigest),
    ("raw_user_meta_data", P::PublicMetadata),
    ("raw_app_meta_data", P::PrivateMetadata),
    ("created_at", P::CreatedAt),
    ("banned_until", P::Banned),
    ("deleted_at", P::Absent),
    ("is_anonymous", P::Absent),
];

impl Source {
    /// What its users call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Auth0 => "Auth0",
            Self::Clerk => "Clerk",
            Self::Firebase => "Firebase",
            Self::Supabase => "Supabase",
        }
    }

    /// What a column is; none for what is not taken along.
    #[must_use]
    pub fn part_of(self, column: &str) -> Option<Part> {
        let table = match self {
            Self::Auth0 => AUTH0,
            Self::Clerk => CLERK,
            Self::Firebase => FIREBASE,
            Self::Supabase => SUPABASE,
        };
        let listed = table.iter().find(|(name, _)| *name == column).map(|(_, part)| *part);
        // A table of one's own says what is what by Clerk's names.
        listed.or_else(|| if self == Self::Clerk { column.parse().ok() } else { None })
    }

    /// How its password digests are made, where it has one way.
    pub(super) fn hasher(self) -> Option<PasswordHasher> {
        match self {
            Self::Auth0 | Self::Supabase => Some(PasswordHasher::Bcrypt),
            Self::Firebase => Some(PasswordHasher::ScryptFirebase),
            Self::Clerk => None,
        }
    }

    /// The names of the columns of its table, where that has no heads.
    #[must_use]
    pub fn heads(self) -> Option<&'static [&'static str]> {
        (self == Self::Firebase).then_some(FIREBASE_HEADS)
    }

    /// The system that has such columns; Clerk where they are nobody's.
    #[must_use]
    pub fn of_columns(columns: &[impl AsRef<str>]) -> Self {
        let has = |name: &str| columns.iter().any(|column| column.as_ref() == name);
        Self::iter().find(|source| source.marks().iter().any(|mark| has(mark))).unwrap_or(Self::Clerk)
    }

    /// Columns that no other has.
    fn marks(self) -> &'static [&'static str] {
        match self {
            Self::Auth0 => &["user_metadata", "app_metadata", "given_name", "identities", "email_verified", "user_id"],
            Self::Clerk => &[],
            Self::Firebase => &["localId"],
            Self::Supabase => &["encrypted_password", "raw_user_meta_data", "email_confirmed_at"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("user_id email email_verified", Source::Auth0)]
    #[case("localId email passwordHash salt", Source::Firebase)]
    #[case("instance_id id email encrypted_password", Source::Supabase)]
    #[case("id first_name primary_email_address password_digest password_hasher", Source::Clerk)]
    #[case("email_address username", Source::Clerk)]
    fn a_system_is_known_by_its_columns(#[case] columns: &str, #[case] source: Source) {
        assert_eq!(Source::of_columns(&columns.split(' ').collect::<Vec<_>>()), source);
    }

    #[test]
    fn every_part_can_be_named_in_a_table_of_ones_own() {
        for part in Part::iter() {
            assert_eq!(Source::Clerk.part_of(part.name()), Some(part));
        }
        assert_eq!(Source::Clerk.part_of("primary_email_address"), Some(Part::EmailAddress));
        assert_eq!(Source::Supabase.part_of("aud"), None);
    }
}
