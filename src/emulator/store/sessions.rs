//! Sessions.

use super::{Store, StoreError};
use crate::clerk::model::{Session, SessionStatus, Timestamp};
use rusqlite::{Row, params};

/// Which sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::emulator) struct SessionFilter<'a> {
    pub(in crate::emulator) user_id: Option<&'a str>,
    pub(in crate::emulator) client_id: Option<&'a str>,
    pub(in crate::emulator) status: Option<&'a str>,
}

/// Whether a session is open at `?1`.
const OPEN: &str = "status IN ('active', 'pending') AND expires_at > ?1";
/// Where a session stands at `?1`: one that is past its end has expired, without anybody doing anything.
const STATUS: &str =
    "CASE WHEN s.status IN ('active', 'pending') AND s.expires_at <= ?1 THEN 'expired' ELSE s.status END";

impl Store {
    /// Puts in a session of the user with this number.
    pub(in crate::emulator) fn insert_session(&self, user: i64, session: &Session) -> Result<(), StoreError> {
        let sql = "INSERT INTO sessions (id, user, status, created_at, updated_at, expires_at, body)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.connection.prepare_cached(sql)?.execute(params![
            session.id.as_str(),
            user,
            session.status.as_str(),
            session.created_at.as_millis(),
            session.updated_at.as_millis(),
            session.expire_at.as_millis(),
            serde_json::to_string(session)?,
        ])?;
        Ok(())
    }

    /// A page of sessions as they are at `now`, newest first, and how many there are in all.
    pub(in crate::emulator) fn sessions(
        &self,
        filter: &SessionFilter<'_>,
        limit: u32,
        offset: u64,
        now: Timestamp,
    ) -> Result<(Vec<Session>, u64), StoreError> {
        let user = match filter.user_id.map(|id| self.seq_of(id)).transpose()? {
            Some(None) => return Ok((Vec::new(), 0)),
            user => user.flatten(),
        };
        let conditions = conditions(user.is_some());
        let which = (now.as_millis(), user, filter.status, filter.client_id);
        let sql = page(&conditions);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![which.0, which.1, which.2, which.3, limit, offset])?;
        let mut sessions = Vec::new();
        while let Some(row) = rows.next()? {
            sessions.push(session_of(row)?);
        }
        let counted = format!("SELECT count(*) {conditions}");
        let total: i64 = self.connection.prepare_cached(&counted)?.query_row(which, |row| row.get(0))?;
        Ok((sessions, u64::try_from(total).unwrap_or(0)))
    }

    /// One session as it is at `now`.
    pub(in crate::emulator) fn session(&self, id: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let sql = format!("SELECT s.body, {STATUS}, s.updated_at FROM sessions s WHERE s.id = ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![now.as_millis(), id])?;
        rows.next()?.map(session_of).transpose()
    }

    /// Ends a session that is open; one that has ended stays as it ended.
    pub(in crate::emulator) fn revoke_session(&self, id: &str, now: Timestamp) -> Result<(), StoreError> {
        let sql = format!("UPDATE sessions SET status = 'revoked', updated_at = ?1 WHERE id = ?2 AND {OPEN}");
        self.connection.prepare_cached(&sql)?.execute(params![now.as_millis(), id])?;
        Ok(())
    }

    /// Ends every session of a user that is open.
    pub(in crate::emulator) fn revoke_sessions(&self, user_id: &str, now: Timestamp) -> Result<(), StoreError> {
        let Some(seq) = self.seq_of(user_id)? else { return Ok(()) };
        let sql = format!("UPDATE sessions SET status = 'revoked', updated_at = ?1 WHERE user = ?2 AND {OPEN}");
        self.connection.prepare_cached(&sql)?.execute(params![now.as_millis(), seq])?;
        Ok(())
    }
}

/// Which sessions: those of the user `?2`, whose index finds them, or of all.
fn conditions(of_user: bool) -> String {
    let whose = if of_user { "s.user = ?2" } else { "?2 IS NULL" };
    format!(
        "FROM sessions s WHERE {whose} AND (?3 IS NULL OR {STATUS} = ?3)
             AND (?4 IS NULL OR s.body ->> 'client_id' = ?4)"
    )
}

fn page(conditions: &str) -> String {
    format!(
        "SELECT s.body, {STATUS}, s.updated_at {conditions} ORDER BY s.created_at DESC, s.seq DESC LIMIT ?5 OFFSET ?6"
    )
}

fn session_of(row: &Row<'_>) -> Result<Session, StoreError> {
    let mut session: Session = serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
    let status: String = row.get(1)?;
    session.status = serde_json::from_value(status.into()).unwrap_or(SessionStatus::default());
    session.updated_at = Timestamp::from_millis(row.get(2)?);
    Ok(session)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However many sessions others have.
    #[test]
    fn the_sessions_of_a_user_are_found_by_their_index_in_their_order() {
        let store = Store::in_memory().unwrap();
        let conditions = conditions(true);
        for sql in [page(&conditions), format!("SELECT count(*) {conditions}")] {
            let mut statement = store.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let parameters = rusqlite::params_from_iter(vec![None::<i64>; statement.parameter_count()]);
            let steps = statement.query_map(parameters, |row| row.get::<_, String>(3)).unwrap();
            let steps: Vec<String> = steps.map(Result::unwrap).collect();
            assert!(
                matches!(steps.as_slice(), [step] if step.contains("USING INDEX sessions_user (user=?)")),
                "{steps:?}"
            );
        }
    }
}
