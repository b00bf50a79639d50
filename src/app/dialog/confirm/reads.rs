//! What is read for a question while it is open.

use super::{Confirm, Matter};
use crate::{
    app::{
        admins::{AdminWords, AdminsFound, admin_words},
        effect::Fetch,
        requests::SlotId,
        slot::Slot,
    },
    clerk::{model::SessionStatus, query::PageLimit},
};

impl Confirm {
    /// How many sessions the user has now: none before they have been counted.
    #[must_use]
    pub fn active_sessions(&self) -> Option<usize> {
        self.active_sessions.value().copied()
    }

    /// The slot of that count.
    pub fn active_sessions_mut(&mut self) -> &mut Slot<usize> {
        &mut self.active_sessions
    }

    /// The slot of who else is admin where the user is one.
    pub fn other_admins_mut(&mut self) -> &mut Slot<AdminsFound> {
        &mut self.other_admins
    }

    /// What is to be said of other admins; none where the act takes none, or there is nothing to say.
    #[must_use]
    pub fn admin_words(&self) -> Option<AdminWords> {
        let Matter::User { act, .. } = &self.matter else { return None };
        admin_words(act, &self.other_admins, self.masking)
    }

    /// What should be loaded for it.
    #[must_use]
    pub fn wants(&self) -> Vec<(SlotId, Fetch)> {
        let Matter::User { act, known } = &self.matter else { return Vec::new() };
        let sessions = (act.ends_sessions() && self.active_sessions.is_wanted()).then(|| {
            let (user, status) = (known.id.clone(), Some(SessionStatus::Active));
            (SlotId::ActiveSessions, Fetch::Sessions { user, status, offset: 0, limit: PageLimit::MAX })
        });
        let admins = act.admins_lost().filter(|_| self.other_admins.is_wanted());
        let admins = admins.map(|places| (SlotId::OtherAdmins, Fetch::OtherAdmins { user: known.id.clone(), places }));
        sessions.into_iter().chain(admins).collect()
    }
}
