//! The fields of the form for a new user.

use crate::{app::act::ProfileField, clerk::users::PasswordHasher};
use strum::{EnumIter, IntoStaticStr, VariantNames};

/// A field of the form for a new user, the usual ones first. The names are those of Clerk's parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum NewUserField {
    /// Email address.
    EmailAddress,
    /// Phone number.
    PhoneNumber,
    /// Username.
    Username,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// Password.
    Password,
    /// The customer's own id.
    ExternalId,
    /// Language.
    Locale,
    /// Metadata that the frontend may read.
    PublicMetadata,
    /// Metadata that only the backend sees.
    PrivateMetadata,
    /// Metadata that the frontend may read and write.
    UnsafeMetadata,
    /// A password as another system has stored it.
    PasswordDigest,
    /// How that was made.
    PasswordHasher,
    /// The secret of an authenticator application.
    TotpSecret,
    /// Backup codes.
    BackupCodes,
    /// When they signed up.
    CreatedAt,
    /// When they accepted the terms.
    LegalAcceptedAt,
    /// Whether they may delete the account.
    DeleteSelfEnabled,
    /// Whether they may create organizations.
    CreateOrganizationEnabled,
    /// How many.
    CreateOrganizationsLimit,
}

/// Yes, no, or as the instance has it.
const YES_NO: &[&str] = &["yes", "no", ""];

impl NewUserField {
    /// The parameter of Clerk that it is.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        self.into()
    }

    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::EmailAddress => "email address",
            Self::PhoneNumber => "phone number",
            Self::Username => ProfileField::Username.label(),
            Self::FirstName => ProfileField::FirstName.label(),
            Self::LastName => ProfileField::LastName.label(),
            Self::Password => "password",
            Self::ExternalId => ProfileField::ExternalId.label(),
            Self::Locale => ProfileField::Locale.label(),
            Self::PublicMetadata => "public metadata",
            Self::PrivateMetadata => "private metadata",
            Self::UnsafeMetadata => "unsafe metadata",
            Self::PasswordDigest => "password digest",
            Self::PasswordHasher => "made by",
            Self::TotpSecret => "TOTP secret",
            Self::BackupCodes => "backup codes",
            Self::CreatedAt => ProfileField::CreatedAt.label(),
            Self::LegalAcceptedAt => ProfileField::LegalAcceptedAt.label(),
            Self::DeleteSelfEnabled => ProfileField::DeleteSelfEnabled.label(),
            Self::CreateOrganizationEnabled => ProfileField::CreateOrganizationEnabled.label(),
            Self::CreateOrganizationsLimit => ProfileField::CreateOrganizationsLimit.label(),
        }
    }

    /// What can be typed, where that has to be said.
    #[must_use]
    pub fn hint(self) -> &'static str {
        match self {
            Self::EmailAddress => "counts as verified",
            Self::PhoneNumber => "such as +442079460958",
            Self::Locale => ProfileField::Locale.hint(),
            Self::PublicMetadata | Self::PrivateMetadata | Self::UnsafeMetadata => "a JSON object",
            Self::PasswordDigest => "as another system stored it",
            Self::PasswordHasher => "space chooses one",
            Self::TotpSecret => "base32",
            Self::BackupCodes => "with commas between",
            Self::CreatedAt | Self::LegalAcceptedAt => ProfileField::CreatedAt.hint(),
            Self::DeleteSelfEnabled | Self::CreateOrganizationEnabled => "as the instance, or space",
            Self::CreateOrganizationsLimit => "a number, 0 for any",
            Self::Username | Self::FirstName | Self::LastName | Self::Password | Self::ExternalId => "",
        }
    }

    /// Whether what is typed is not to be seen.
    #[must_use]
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::PasswordDigest | Self::TotpSecret | Self::BackupCodes)
    }

    /// How many characters can be typed: of metadata more than Clerk takes, so that it is said and not cut.
    #[must_use]
    pub fn longest(self) -> usize {
        match self {
            Self::PublicMetadata | Self::PrivateMetadata | Self::UnsafeMetadata => 16_384,
            _ => 1_000,
        }
    }

    /// The heading of the group that begins with it.
    #[must_use]
    pub fn heading(self) -> Option<&'static str> {
        match self {
            Self::ExternalId => Some("Your own records"),
            Self::PasswordDigest => Some("From another system"),
            Self::DeleteSelfEnabled => Some("Allowed"),
            _ => None,
        }
    }

    /// What it is one of; nothing for what is typed.
    #[must_use]
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::PasswordHasher => PasswordHasher::VARIANTS,
            Self::DeleteSelfEnabled | Self::CreateOrganizationEnabled => YES_NO,
            _ => &[],
        }
    }
}
