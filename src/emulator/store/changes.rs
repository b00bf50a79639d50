//! What changes users: putting them in, banning, locking.

use super::{Store, StoreError, folded, search::Texts, users::body_of};
use crate::clerk::model::{Timestamp, User};
use rusqlite::params;

impl Store {
    /// Puts a user in, whose sign-up is the latest so far. The lock ends at `lock_ends_at`.
    pub(in crate::emulator) fn insert_user(
        &self,
        user: &User,
        lock_ends_at: Option<Timestamp>,
    ) -> Result<i64, StoreError> {
        let texts = Texts::of(user);
        let body = body_of(user)?;
        let millis = |moment: Option<Timestamp>| moment.map(Timestamp::as_millis);
        let primary = |text: Option<&str>| text.map(folded);
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO users (id, external_id, banned, lock_ends_at, attempts_remaining, created_at, updated_at,
                 last_active_at, last_sign_in_at, email_address, phone_number, web3wallet, username, first_name, last_name,
                 emails, phones, wallets, names)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?;
        let seq = statement.insert(params![
            user.id.as_str(),
            user.external_id,
            user.banned,
            millis(lock_ends_at),
            user.verification_attempts_remaining,
            user.created_at.as_millis(),
            user.updated_at.as_millis(),
            millis(user.last_active_at),
            millis(user.last_sign_in_at),
            primary(user.primary_email_address().map(|email| email.email_address.as_str())),
            primary(user.primary_phone_number().map(|phone| phone.phone_number.as_str())),
            primary(user.primary_web3_wallet().map(|wallet| wallet.web3_wallet.as_str())),
            texts.username,
            primary(user.first_name.as_deref()),
            primary(user.last_name.as_deref()),
            texts.emails,
            texts.phones,
            texts.wallets,
            texts.names,
        ])?;
        self.connection
            .prepare_cached("INSERT INTO profiles (user, body) VALUES (?1, ?2)")?
            .execute(params![seq, body])?;
        self.insert_search(seq, texts)?;
        self.insert_identifications(seq, user)?;
        Ok(seq)
    }

    /// Writes a user who is here already as they are now; the lock stays as it is.
    pub(in crate::emulator) fn update_user(&self, user: &User) -> Result<(), StoreError> {
        let Some(seq) = self.seq_of(user.id.as_str())? else { return Ok(()) };
        let texts = Texts::of(user);
        let millis = |moment: Option<Timestamp>| moment.map(Timestamp::as_millis);
        let primary = |text: Option<&str>| text.map(folded);
        let mut statement = self.connection.prepare_cached(
            "UPDATE users SET external_id = ?2, banned = ?3, attempts_remaining = ?4, created_at = ?5, updated_at = ?6,
                 last_active_at = ?7, last_sign_in_at = ?8, email_address = ?9, phone_number = ?10, web3wallet = ?11,
                 username = ?12, first_name = ?13, last_name = ?14, emails = ?15, phones = ?16, wallets = ?17, names = ?18
             WHERE seq = ?1",
        )?;
        statement.execute(params![
            seq,
            user.external_id,
            user.banned,
            user.verification_attempts_remaining,
            user.created_at.as_millis(),
            user.updated_at.as_millis(),
            millis(user.last_active_at),
            millis(user.last_sign_in_at),
            primary(user.primary_email_address().map(|email| email.email_address.as_str())),
            primary(user.primary_phone_number().map(|phone| phone.phone_number.as_str())),
            primary(user.primary_web3_wallet().map(|wallet| wallet.web3_wallet.as_str())),
            texts.username,
            primary(user.first_name.as_deref()),
            primary(user.last_name.as_deref()),
            texts.emails,
            texts.phones,
            texts.wallets,
            texts.names,
        ])?;
        let body = body_of(user)?;
        self.connection.prepare_cached("UPDATE profiles SET body = ?2 WHERE user = ?1")?.execute(params![seq, body])?;
        self.forget_texts(seq)?;
        self.insert_search(seq, texts)?;
        self.insert_identifications(seq, user)
    }

    /// Takes a user out with all that is theirs: sessions, memberships, identifications. Whether there was one.
    pub(in crate::emulator) fn delete_user(&self, id: &str) -> Result<bool, StoreError> {
        let Some(seq) = self.seq_of(id)? else { return Ok(false) };
        self.forget_texts(seq)?;
        for sql in [
            "DELETE FROM sessions WHERE user = ?1",
            "DELETE FROM memberships WHERE user = ?1",
            "DELETE FROM users WHERE seq = ?1",
        ] {
            self.connection.prepare_cached(sql)?.execute([seq])?;
        }
        Ok(true)
    }

    /// Takes out what a user is found by.
    fn forget_texts(&self, seq: i64) -> Result<(), StoreError> {
        self.forget_search(seq)?;
        self.connection.prepare_cached("DELETE FROM identifications WHERE user = ?1")?.execute([seq])?;
        Ok(())
    }

    /// Bans a user and revokes what they are signed in with. Whether there is such a user; one who is banned already
    /// stays as they are.
    pub(in crate::emulator) fn ban(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let Some(seq) = self.seq_of(id)? else { return Ok(false) };
        let sql = "UPDATE users SET banned = 1, updated_at = ?2 WHERE seq = ?1 AND banned = 0";
        self.connection.prepare_cached(sql)?.execute(params![seq, now.as_millis()])?;
        self.revoke_sessions(id, now)?;
        Ok(true)
    }

    /// Lifts a ban, and nothing else. Whether there is such a user.
    pub(in crate::emulator) fn unban(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let sql =
            "UPDATE users SET banned = 0, updated_at = CASE banned WHEN 1 THEN ?2 ELSE updated_at END WHERE id = ?1";
        Ok(self.connection.prepare_cached(sql)?.execute(params![id, now.as_millis()])? == 1)
    }

    /// Locks a user until `until`; open sessions go on. Whether there is such a user.
    pub(in crate::emulator) fn lock(&self, id: &str, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE users SET lock_ends_at = ?3, updated_at = ?2 WHERE id = ?1";
        Ok(self.connection.prepare_cached(sql)?.execute(params![id, now.as_millis(), until.as_millis()])? == 1)
    }

    /// Ends a lock and gives the attempts back. Whether there is such a user.
    pub(in crate::emulator) fn unlock(&self, id: &str, now: Timestamp, attempts: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE users SET lock_ends_at = NULL, attempts_remaining = ?3, updated_at = ?2 WHERE id = ?1";
        Ok(self.connection.prepare_cached(sql)?.execute(params![id, now.as_millis(), attempts])? == 1)
    }
}
