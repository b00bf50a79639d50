//! What users prove themselves with: kept apart from the documents, so that no answer can show it.

use super::{Store, StoreError};
use rusqlite::{OptionalExtension, params};

/// What one user proves themselves with.
#[derive(Clone, Default, PartialEq, Eq)]
pub(in crate::emulator) struct Secrets {
    /// Hasher and digest.
    pub(in crate::emulator) password: Option<(String, String)>,
    /// In base 32.
    pub(in crate::emulator) totp_secret: Option<String>,
    /// Plain, or bcrypt digests.
    pub(in crate::emulator) backup_codes: Vec<String>,
}

impl Store {
    /// What a user has; nothing for one who was made with the instance.
    pub(in crate::emulator) fn secrets(&self, id: &str) -> Result<Secrets, StoreError> {
        let sql = "SELECT password_hasher, password_digest, totp_secret, backup_codes
                   FROM secrets JOIN users u ON u.seq = user WHERE u.id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement.query_row([id], |row| {
            let password: (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            Ok((password.0.zip(password.1), row.get(2)?, row.get::<_, Option<String>>(3)?))
        });
        let Some((password, totp_secret, codes)) = row.optional()? else { return Ok(Secrets::default()) };
        let backup_codes = codes.map(|codes| serde_json::from_str(&codes)).transpose()?.unwrap_or_default();
        Ok(Secrets { password, totp_secret, backup_codes })
    }

    /// Keeps what a user has from now on.
    pub(in crate::emulator) fn set_secrets(&self, id: &str, secrets: &Secrets) -> Result<(), StoreError> {
        let Some(seq) = self.seq_of(id)? else { return Ok(()) };
        let (hasher, digest) = secrets.password.as_ref().map(|(hasher, digest)| (hasher, digest)).unzip();
        let codes = serde_json::to_string(&secrets.backup_codes)?;
        let sql = "INSERT INTO secrets (user, password_hasher, password_digest, totp_secret, backup_codes)
                   VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (user) DO UPDATE SET
                       compromised = compromised AND excluded.password_digest IS password_digest,
                       password_hasher = excluded.password_hasher, password_digest = excluded.password_digest,
                       totp_secret = excluded.totp_secret, backup_codes = excluded.backup_codes";
        self.connection.prepare_cached(sql)?.execute(params![seq, hasher, digest, secrets.totp_secret, codes])?;
        Ok(())
    }

    /// Marks a user's password as known to others, so that it has to be changed at the next sign-in. The contract's user
    /// has no field that shows it. Setting another password takes the mark away.
    pub(in crate::emulator) fn set_compromised(&self, id: &str, compromised: bool) -> Result<(), StoreError> {
        let Some(seq) = self.seq_of(id)? else { return Ok(()) };
        let sql = "INSERT INTO secrets (user, compromised) VALUES (?1, ?2)
                   ON CONFLICT (user) DO UPDATE SET compromised = excluded.compromised";
        self.connection.prepare_cached(sql)?.execute(params![seq, compromised])?;
        Ok(())
    }
}
