//! The parts of a user that a column can hold.

use strum::{EnumIter, EnumString, IntoStaticStr};

/// What a column holds. The names are Clerk's parameters, of what has one there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// The id in the system that the file is from: the external id, where no column holds one.
    Id,
    /// The customer's own id.
    ExternalId,
    /// The primary email address.
    EmailAddress,
    /// Email addresses that are known to be the user's.
    VerifiedEmailAddresses,
    /// Email addresses that are not.
    UnverifiedEmailAddresses,
    /// Whether the primary one is known to be the user's: yes or no, or since when.
    EmailVerified,
    /// The primary phone number.
    PhoneNumber,
    /// Phone numbers that are known to be the user's.
    VerifiedPhoneNumbers,
    /// Phone numbers that are not.
    UnverifiedPhoneNumbers,
    /// Whether the primary one is known to be the user's: yes or no, or since when.
    PhoneVerified,
    /// Wallets.
    #[strum(serialize = "web3_wallets")]
    Web3Wallets,
    /// Username.
    Username,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// First and last name in one: what stands behind the first blank is the last name.
    Name,
    /// Language.
    Locale,
    /// The password as the user types it.
    Password,
    /// The password as the other system has stored it.
    PasswordDigest,
    /// How that was made.
    PasswordHasher,
    /// What was added to the password before it was hashed; Firebase has it in a column of its own.
    PasswordSalt,
    /// The secret of an authenticator application.
    TotpSecret,
    /// Codes to use once.
    BackupCodes,
    /// Metadata that the frontend may read.
    PublicMetadata,
    /// Metadata that only the backend sees.
    PrivateMetadata,
    /// Metadata that the frontend may read and write.
    UnsafeMetadata,
    /// When they signed up.
    CreatedAt,
    /// When they accepted the terms.
    LegalAcceptedAt,
    /// Whether they are banned: yes or no, or until when.
    Banned,
    /// Whether they are locked.
    Locked,
    /// Whether they may delete the account.
    DeleteSelfEnabled,
    /// Whether they may create organizations.
    CreateOrganizationEnabled,
    /// How many; 0 is any number.
    CreateOrganizationsLimit,
    /// That the user was deleted there, or has no account of their own: they are not created.
    Absent,
    /// Nothing that is taken along.
    Ignored,
}

impl Part {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}
