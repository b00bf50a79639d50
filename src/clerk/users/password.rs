//! Passwords as they are sent: in the clear, or as another system has hashed them.

use crate::clerk::body::Fields;
use secrecy::{ExposeSecret, SecretString};
use strum::{EnumIter, EnumString, IntoStaticStr, VariantNames};

/// How a digest was made; the names are Clerk's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the algorithms say it all")]
pub enum PasswordHasher {
    Argon2i,
    Argon2id,
    Awscognito,
    Bcrypt,
    BcryptSha256Django,
    BcryptPeppered,
    LdapSsha,
    Md5,
    #[strum(serialize = "md5_phpass")]
    Md5Phpass,
    #[strum(serialize = "md5_salted")]
    Md5Salted,
    #[strum(serialize = "pbkdf2_sha1")]
    Pbkdf2Sha1,
    #[strum(serialize = "pbkdf2_sha256")]
    Pbkdf2Sha256,
    #[strum(serialize = "pbkdf2_sha256_django")]
    Pbkdf2Sha256Django,
    #[strum(serialize = "pbkdf2_sha512")]
    Pbkdf2Sha512,
    #[strum(serialize = "pbkdf2_sha512_hex")]
    Pbkdf2Sha512Hex,
    Phpass,
    ScryptFirebase,
    ScryptWerkzeug,
    Sha256,
    #[strum(serialize = "sha256_salted")]
    Sha256Salted,
    #[strum(serialize = "sha512_symfony")]
    Sha512Symfony,
}

impl PasswordHasher {
    /// The word as Clerk writes it, `argon2id`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A password to set. Either in the clear or as a digest, never both; and checks are skipped only where there is
/// something to check.
#[derive(Clone, Debug)]
pub enum NewPassword {
    /// As the user will type it.
    Plain {
        /// The password, at least 8 characters.
        password: SecretString,
        /// Whether Clerk shall take it although it is short, or known from a breach.
        skip_checks: bool,
    },
    /// As another system has stored it.
    Digest {
        /// The digest, in the shape that the hasher writes.
        digest: SecretString,
        /// How it was made.
        hasher: PasswordHasher,
    },
}

impl NewPassword {
    pub(super) fn put_into(&self, fields: Fields) -> Fields {
        match self {
            Self::Plain { password, skip_checks } => {
                let fields = fields.set("password", password.expose_secret());
                if *skip_checks { fields.set("skip_password_checks", true) } else { fields }
            }
            Self::Digest { digest, hasher } => {
                fields.set("password_digest", digest.expose_secret()).set("password_hasher", hasher.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    #[test]
    fn the_hashers_are_those_of_the_contract() {
        let names: Vec<_> = PasswordHasher::iter().map(PasswordHasher::as_str).collect();
        let contract = "argon2i argon2id awscognito bcrypt bcrypt_sha256_django bcrypt_peppered ldap_ssha md5 md5_phpass \
                        md5_salted pbkdf2_sha1 pbkdf2_sha256 pbkdf2_sha256_django pbkdf2_sha512 pbkdf2_sha512_hex phpass \
                        scrypt_firebase scrypt_werkzeug sha256 sha256_salted sha512_symfony";
        assert_eq!(names, contract.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn a_password_is_in_no_debug_output() {
        let plain = NewPassword::Plain { password: "correct horse".into(), skip_checks: true };
        assert!(!format!("{plain:?}").contains("horse"));
    }
}
