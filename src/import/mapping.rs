//! Which column of a file is which part of a user.

use super::{FirebaseHash, Part, Source};
use crate::app::nearest;
use strum::IntoEnumIterator;

/// Which column is which part: as the system has it that the file is from, and as whoever imports it says.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Which system the file is from.
    pub source: Source,
    own: Vec<(String, Part)>,
    pub(super) firebase: Option<FirebaseHash>,
}

/// Why a column cannot be said to be a part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// It names no column, or no part.
    #[error("{0}: write COLUMN=PART, such as Mail=email_address")]
    Form(String),
    /// There is no such part.
    #[error("{0}: there is no part {1}{2}")]
    Part(String, String, String),
}

impl Mapping {
    /// As `source` has it, but for what `own` says, each `COLUMN=PART`.
    ///
    /// # Errors
    ///
    /// When one of those names no part.
    pub fn new(source: Source, own: &[String], firebase: Option<FirebaseHash>) -> Result<Self, MappingError> {
        let own = own.iter().map(|text| own_of(text)).collect::<Result<_, _>>()?;
        Ok(Self { source, own, firebase })
    }

    /// What a column is; none for what is not taken along.
    #[must_use]
    pub fn part_of(&self, column: &str) -> Option<Part> {
        let own = self.own.iter().rev().find(|(name, _)| name == column).map(|(_, part)| *part);
        own.or_else(|| self.source.part_of(column)).filter(|part| *part != Part::Ignored)
    }

    /// The names of the columns, where the file has none.
    #[must_use]
    pub fn heads(&self) -> Option<&'static [&'static str]> {
        self.source.heads()
    }

    /// A column of which whoever imports says what it is, and which is none of `columns`.
    #[must_use]
    pub fn unseen(&self, mut is_column: impl FnMut(&str) -> bool) -> Option<&str> {
        self.own.iter().map(|(name, _)| name.as_str()).find(|name| !is_column(name))
    }

    /// Whether the file says of each email address whether it is known to be the user's: where nothing stands then, it is
    /// not.
    pub(super) fn tells_verified_emails(&self) -> bool {
        self.source != Source::Clerk || self.own.iter().any(|(_, part)| *part == Part::EmailVerified)
    }

    /// The same of phone numbers. Firebase has none but those that are.
    pub(super) fn tells_verified_phones(&self) -> bool {
        matches!(self.source, Source::Auth0 | Source::Supabase)
            || self.own.iter().any(|(_, part)| *part == Part::PhoneVerified)
    }
}

fn own_of(text: &str) -> Result<(String, Part), MappingError> {
    let form = || MappingError::Form(text.to_owned());
    let (column, part) = text.rsplit_once('=').ok_or_else(form)?;
    let (column, part) = (column.trim(), part.trim());
    if column.is_empty() || part.is_empty() {
        return Err(form());
    }
    let unknown = || {
        let meant = nearest(part, Part::iter().map(Part::name)).map(|meant| format!("; {meant} is one"));
        MappingError::Part(text.to_owned(), part.to_owned(), meant.unwrap_or_default())
    };
    Ok((column.to_owned(), part.parse().map_err(|_| unknown())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(texts: &[&str]) -> Result<Mapping, MappingError> {
        Mapping::new(Source::Supabase, &texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), None)
    }

    #[test]
    fn what_is_said_goes_before_what_is_known() {
        let mapping = own(&["raw_app_meta_data=ignored", "Vorname = first_name", "email=username"]).unwrap();
        assert_eq!(mapping.part_of("raw_app_meta_data"), None);
        assert_eq!(mapping.part_of("Vorname"), Some(Part::FirstName));
        assert_eq!(mapping.part_of("email"), Some(Part::Username));
        assert_eq!(mapping.part_of("phone"), Some(Part::PhoneNumber));
    }

    #[test]
    fn what_is_no_part_is_said_with_the_nearest() {
        assert_eq!(
            own(&["a=frist_name"]).unwrap_err().to_string(),
            "a=frist_name: there is no part frist_name; first_name is one"
        );
        assert!(own(&["email_address"]).unwrap_err().to_string().contains("COLUMN=PART"));
        assert!(matches!(own(&["=username"]), Err(MappingError::Form(_))));
    }
}
