//! Profile images.

use super::{Store, StoreError};
use rusqlite::{OptionalExtension, params};

impl Store {
    /// Keeps a user's image instead of the one before.
    pub(in crate::emulator) fn set_image(
        &self,
        user_id: &str,
        id: &str,
        kind: &str,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let Some(seq) = self.seq_of(user_id)? else { return Ok(()) };
        let sql = "INSERT OR REPLACE INTO images (user, id, kind, bytes) VALUES (?1, ?2, ?3, ?4)";
        self.connection.prepare_cached(sql)?.execute(params![seq, id, kind, bytes])?;
        Ok(())
    }

    /// Takes a user's image out, if there is one.
    pub(in crate::emulator) fn delete_image(&self, user_id: &str) -> Result<(), StoreError> {
        let Some(seq) = self.seq_of(user_id)? else { return Ok(()) };
        self.connection.prepare_cached("DELETE FROM images WHERE user = ?1")?.execute([seq])?;
        Ok(())
    }

    /// An image: its type and its bytes.
    pub(in crate::emulator) fn image(&self, id: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT kind, bytes FROM images WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }
}
