//! The columns of a file of users.

use crate::app::nearest;
use std::{fmt, str::FromStr};
use strum::{EnumIter, EnumString, IntoEnumIterator, IntoStaticStr, VariantNames};

/// A column by a name: the names are Clerk's, of what has one there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the names of Clerk's fields say what they are")]
pub enum Field {
    Id,
    ExternalId,
    /// The primary one.
    EmailAddress,
    /// All of them.
    EmailAddresses,
    /// The primary one.
    PhoneNumber,
    /// All of them.
    PhoneNumbers,
    Username,
    /// The primary one.
    #[strum(serialize = "web3_wallet")]
    Web3Wallet,
    /// All of them.
    #[strum(serialize = "web3_wallets")]
    Web3Wallets,
    /// Accounts elsewhere, `oauth_google:1234`.
    ExternalAccounts,
    /// First and last name.
    Name,
    FirstName,
    LastName,
    Locale,
    ImageUrl,
    Banned,
    Locked,
    PasswordEnabled,
    TwoFactorEnabled,
    TotpEnabled,
    BackupCodeEnabled,
    CreatedAt,
    UpdatedAt,
    LastSignInAt,
    LastActiveAt,
    LegalAcceptedAt,
    PasswordLastUpdatedAt,
    DeleteSelfEnabled,
    CreateOrganizationEnabled,
    CreateOrganizationsLimit,
    PublicMetadata,
    PrivateMetadata,
    UnsafeMetadata,
}

impl Field {
    /// Those of a table where none are chosen.
    pub const USUAL: &[Self] = &[
        Self::Id,
        Self::ExternalId,
        Self::EmailAddress,
        Self::PhoneNumber,
        Self::Username,
        Self::FirstName,
        Self::LastName,
        Self::Banned,
        Self::Locked,
        Self::PasswordEnabled,
        Self::TwoFactorEnabled,
        Self::CreatedAt,
        Self::UpdatedAt,
        Self::LastSignInAt,
        Self::LastActiveAt,
        Self::PublicMetadata,
        Self::PrivateMetadata,
        Self::UnsafeMetadata,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A bag of metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "their names say what they are")]
pub enum Bag {
    PublicMetadata,
    PrivateMetadata,
    UnsafeMetadata,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// One by its name.
    Field(Field),
    /// What stands at a place in metadata: `public_metadata.plan`, `private_metadata.seats.0`.
    Path(Bag, Vec<String>),
}

/// Why there is no such column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// Clerk tells nobody.
    #[error("passwords and their digests are not in what Clerk's API tells; its dashboard exports them")]
    Secret,
    /// It is another word.
    #[error("there is no column {0}{1}")]
    Unknown(String, String),
    /// None is named.
    #[error("no column is named")]
    Nothing,
}

impl Column {
    /// The columns that are named in a list with commas between; each once.
    ///
    /// # Errors
    ///
    /// When one of them is none, or there is none.
    pub fn list(typed: &str) -> Result<Vec<Self>, ColumnError> {
        let mut columns: Vec<Self> = Vec::new();
        for name in typed.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let column = name.parse()?;
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        if columns.is_empty() { Err(ColumnError::Nothing) } else { Ok(columns) }
    }
}

impl FromStr for Column {
    type Err = ColumnError;

    fn from_str(name: &str) -> Result<Self, ColumnError> {
        if let Ok(field) = name.parse() {
            return Ok(Self::Field(field));
        }
        if let Some((bag, path)) = name.split_once('.')
            && let Ok(bag) = bag.parse()
            && path.split('.').all(|part| !part.is_empty())
        {
            return Ok(Self::Path(bag, path.split('.').map(str::to_owned).collect()));
        }
        if matches!(name, "password" | "password_digest" | "password_hasher" | "totp_secret" | "backup_codes") {
            return Err(ColumnError::Secret);
        }
        let meant = nearest(name, Field::iter().map(Field::name));
        let meant = meant.map(|meant| format!("; {meant} is one")).unwrap_or_default();
        Err(ColumnError::Unknown(name.to_owned(), meant))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => formatter.write_str(field.name()),
            Self::Path(bag, path) => write!(formatter, "{}.{}", <&str>::from(bag), path.join(".")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_they_are_told() {
        for field in Field::iter() {
            assert_eq!(field.name().parse(), Ok(Column::Field(field)));
        }
        let typed = "id, web3_wallets,public_metadata.plan.0,id,";
        let columns = Column::list(typed).unwrap();
        let told: Vec<String> = columns.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["id", "web3_wallets", "public_metadata.plan.0"]);
        assert!(matches!(&columns[2], Column::Path(Bag::PublicMetadata, path) if path.len() == 2));
    }

    #[test]
    fn what_is_no_column_is_said() {
        let said = |typed: &str| Column::list(typed).unwrap_err().to_string();
        assert_eq!(said("emali_address"), "there is no column emali_address; email_address is one");
        assert_eq!(said("zzz"), "there is no column zzz");
        assert!(said("public_metadata.").starts_with("there is no column public_metadata."));
        assert_eq!(said(" ,"), "no column is named");
        assert!(said("password_digest").contains("Clerk's API"));
    }
}
