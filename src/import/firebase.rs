//! How Firebase hashes passwords: the same for all of a project, and in no row of its export.

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};

/// The hash parameters of a project, as its console shows them: `hash_config { … }`.
#[derive(Clone, Debug)]
pub struct FirebaseHash {
    signer_key: SecretString,
    salt_separator: String,
    rounds: u32,
    memory_cost: u32,
}

/// Why a text has no hash parameters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {0} as Firebase's console shows it under Authentication, Users, Password hash parameters")]
pub struct FirebaseHashError(&'static str);

impl FirebaseHash {
    /// Reads what the console shows, as it is copied from there.
    ///
    /// # Errors
    ///
    /// When a parameter is not there, or is none.
    pub fn read(text: &str) -> Result<Self, FirebaseHashError> {
        let value = |name: &'static str| {
            let pairs = text.split(['\n', ',', '{', '}']).filter_map(|line| line.split_once(':'));
            let clean = |text: &str| text.trim().trim_matches(['"', '\'']).trim().to_owned();
            let mut pairs = pairs.map(|(name, value)| (clean(name), clean(value)));
            pairs.find(|(found, _)| found == name).map(|(_, value)| value).ok_or(FirebaseHashError(name))
        };
        let base64 = |name| {
            let value = value(name)?;
            if STANDARD.decode(&value).is_ok() { Ok(value) } else { Err(FirebaseHashError(name)) }
        };
        let number = |name| value(name)?.parse().map_err(|_| FirebaseHashError(name));
        Ok(Self {
            signer_key: base64("base64_signer_key")?.into(),
            salt_separator: base64("base64_salt_separator")?,
            rounds: number("rounds")?,
            memory_cost: number("mem_cost")?,
        })
    }

    /// The digest that Clerk takes: the hash, its salt and the parameters, with `$` between them. Firebase's API writes the
    /// first two in the alphabet for addresses, Clerk reads the usual one.
    pub(super) fn digest(&self, hash: &str, salt: &str) -> SecretString {
        let usual = |text: &str| text.replace('-', "+").replace('_', "/");
        let Self { signer_key, salt_separator, rounds, memory_cost } = self;
        let signer_key = signer_key.expose_secret();
        format!("{}${}${signer_key}${salt_separator}${rounds}${memory_cost}", usual(hash), usual(salt)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN: &str = "hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: c2lnbmVyLWtleQ==,\n  \
                         base64_salt_separator: Bw==,\n  rounds: 8,\n  mem_cost: 14,\n}\n";

    #[test]
    fn the_console_s_text_is_read_and_its_key_is_in_no_output() {
        let hash = FirebaseHash::read(SHOWN).unwrap();
        let digest = hash.digest("a-b_c=", "x_y");
        assert_eq!(digest.expose_secret(), "a+b/c=$x/y$c2lnbmVyLWtleQ==$Bw==$8$14");
        assert!(!format!("{hash:?}").contains("c2lnbmVy"));
        let json =
            r#"{"base64_signer_key":"c2lnbmVyLWtleQ==","base64_salt_separator":"Bw==","rounds":8,"mem_cost":14}"#;
        assert_eq!(FirebaseHash::read(json).unwrap().digest("a-b_c=", "x_y").expose_secret(), digest.expose_secret());
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(FirebaseHash::read("rounds: 8").unwrap_err(), FirebaseHashError("base64_signer_key"));
        let wrong = SHOWN.replace("rounds: 8", "rounds: eight");
        assert_eq!(FirebaseHash::read(&wrong).unwrap_err(), FirebaseHashError("rounds"));
    }
}
