//! What is under way with recovery copies.

use super::{ChangeId, Changes, Grounds};
use crate::app::restoration::{Deleted, Restoration};

impl Changes {
    /// Begins to make somebody anew. None while that is under way already: sent twice, the second would be refused.
    #[must_use]
    pub fn begin_restoration(&mut self, deleted: Deleted, reason: Option<String>) -> Option<Restoration> {
        if self.restoring.values().any(|other| other.user == deleted.user) {
            return None;
        }
        self.last += 1;
        let id = ChangeId(self.last);
        self.restoring.insert(id, deleted.clone());
        let grounds = Grounds { undoes: Some(deleted.record.clone()), reason };
        Some(Restoration { id, deleted, grounds })
    }

    /// Who was to be made anew.
    #[must_use]
    pub fn finish_restoration(&mut self, id: ChangeId) -> Option<Deleted> {
        self.restoring.remove(&id)
    }

    /// Begins to throw a copy away.
    #[must_use]
    pub fn begin_purge(&mut self, deleted: Deleted) -> ChangeId {
        self.last += 1;
        let id = ChangeId(self.last);
        self.purging.insert(id, deleted);
        id
    }

    /// Whether this is a copy that is being thrown away.
    #[must_use]
    pub fn is_purging(&self, id: ChangeId) -> bool {
        self.purging.contains_key(&id)
    }

    /// Whose copy was to be thrown away.
    #[must_use]
    pub fn finish_purge(&mut self, id: ChangeId) -> Option<Deleted> {
        self.purging.remove(&id)
    }
}
