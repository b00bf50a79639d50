//! What users are found by exactly: identifications, usernames, external ids.

use super::{Store, StoreError, folded};
use crate::clerk::model::User;
use rusqlite::{OptionalExtension, params};

impl Store {
    /// Writes down what a user is found by exactly.
    pub(super) fn insert_identifications(&self, seq: i64, user: &User) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO identifications (kind, value, user, id) VALUES (?1, ?2, ?3, ?4)";
        let mut insert = self.connection.prepare_cached(sql)?;
        for email in &user.email_addresses {
            insert.execute(params!["email_address", folded(&email.email_address), seq, email.id])?;
        }
        for phone in &user.phone_numbers {
            insert.execute(params!["phone_number", folded(&phone.phone_number), seq, phone.id])?;
        }
        for wallet in &user.web3_wallets {
            insert.execute(params!["web3_wallet", folded(&wallet.web3_wallet), seq, None::<&str>])?;
        }
        for account in &user.external_accounts {
            insert.execute(params![account.provider, account.provider_user_id, seq, None::<&str>])?;
        }
        Ok(())
    }

    /// The id of the user whose email address or phone number has this id.
    pub(in crate::emulator) fn owner_of(&self, identification_id: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT u.id FROM identifications i JOIN users u ON u.seq = i.user WHERE i.id = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([identification_id], |row| row.get(0)).optional()?)
    }

    /// The ids of the users who have an identification, verified or not. The value is folded.
    pub(in crate::emulator) fn holders(&self, kind: &str, value: &str) -> Result<Vec<String>, StoreError> {
        let sql =
            "SELECT u.id FROM identifications i JOIN users u ON u.seq = i.user WHERE i.kind = ?1 AND i.value = ?2";
        self.ids(sql, &[kind, value])
    }

    /// The ids of the users who have a username, which is folded.
    pub(in crate::emulator) fn holders_of_username(&self, username: &str) -> Result<Vec<String>, StoreError> {
        self.ids("SELECT id FROM users WHERE username = ?1", &[username])
    }

    /// The ids of the users who have an external id: one at most.
    pub(in crate::emulator) fn holders_of_external_id(&self, external_id: &str) -> Result<Vec<String>, StoreError> {
        self.ids("SELECT id FROM users WHERE external_id = ?1", &[external_id])
    }

    fn ids(&self, sql: &str, values: &[&str]) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids = statement.query_map(rusqlite::params_from_iter(values), |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}
