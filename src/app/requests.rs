//! Which requests are under way, and which answer is still wanted.
//!
//! A place that a request fills is a slot. Asking for a slot anew makes every earlier reply to it stale: it
//! may already be queued when its task is aborted, so that aborting saves work, and the generation keeps order.

use super::effect::Fetch;
use crate::clerk::model::Timestamp;
use std::{collections::BTreeMap, time::Duration};

/// A wait shorter than this shows no spinner: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(150);
/// How long each picture of the spinner stands.
const TURN: Duration = Duration::from_millis(250);

/// A place that a request fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SlotId {
    /// The user list as a whole: after a search, another order, a refresh, a jump to an end.
    List,
    /// The page after the last loaded row.
    PageAfter,
    /// The page before the first loaded row.
    PageBefore,
    /// How many users match.
    Matching,
    /// How many users there are.
    AllUsers,
    /// How many of them are banned.
    BannedUsers,
    /// The instance.
    Instance,
    /// The private notes.
    Notes,
    /// The jobs that broke off in an earlier run.
    UnfinishedJobs,
    /// The record of all changes, while it is open.
    Record,
    /// A user that is opened from there.
    Recorded,
    /// What can be taken back, or done again, as the audit log tells it.
    Step,
    /// The blocklist or the allowlist, while it is open.
    Restrictions,
    /// The invitations to an organization, while they are open.
    OrganizationInvitations,
    /// The recovery copies, while they are open.
    Trash,
    /// The roles that a member can have.
    Roles,
    /// The user in the detail, read again.
    DetailUser,
    /// The organization that the search line names.
    Named,
    /// The organizations to pick from.
    Organizations,
    /// Where the user belongs for whom one is picked.
    Joined,
    /// The memberships in the detail.
    Memberships,
    /// The invitations in the detail.
    Invitations,
    /// The sessions in the detail.
    Sessions,
    /// The history in the detail.
    History,
    /// The trusted devices in the detail.
    TrustedDevices,
    /// The sessions that a ban would end.
    ActiveSessions,
    /// Who else is admin where a user is one, while that is asked to end.
    OtherAdmins,
    /// Some of the users that a question about many is about, by the place of the look.
    LookUp(u16),
    /// A figure of the pulse, by its place.
    Pulse(u8),
    /// What is found out about the file that is named in a dialog.
    File,
    /// The file of users that is being written.
    Export,
    /// What marking many needs.
    Marking,
    /// The marked around the cursor in the list of them.
    Marked,
    /// A user whose change ended with an unknown outcome, read back.
    ReadBack,
}

/// Which of a slot's requests. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Generation(pub u64);

#[derive(Clone, Debug)]
struct UnderWay {
    generation: Generation,
    /// What it reads; none once its answer would come too late, whatever it is.
    fetch: Option<Fetch>,
    since: Timestamp,
}

/// The reads under way, at most one for each slot.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    last: u64,
    under_way: BTreeMap<SlotId, UnderWay>,
}

impl Requests {
    /// Notes that `fetch` is asked for; every earlier reply to the slot is stale from now on.
    pub fn begin(&mut self, slot: SlotId, fetch: Fetch, now: Timestamp) -> Generation {
        self.last += 1;
        let generation = Generation(self.last);
        self.under_way.insert(slot, UnderWay { generation, fetch: Some(fetch), since: now });
        generation
    }

    /// What the reply answers, if it is the one that the slot waits for; it is then no longer under way.
    #[must_use]
    pub fn finish(&mut self, slot: SlotId, generation: Generation) -> Option<Fetch> {
        if self.under_way.get(&slot)?.generation != generation {
            return None;
        }
        self.under_way.remove(&slot)?.fetch
    }

    /// Forgets what is under way for the slot. Whether there was anything.
    pub fn cancel(&mut self, slot: SlotId) -> bool {
        self.under_way.remove(&slot).is_some()
    }

    /// The answer that is under way for the slot would be about a time before now: it has to be asked for anew, or
    /// cancelled.
    pub fn expire(&mut self, slot: SlotId) {
        if let Some(request) = self.under_way.get_mut(&slot) {
            request.fetch = None;
        }
    }

    /// The same for every slot.
    pub fn expire_all(&mut self) {
        for request in self.under_way.values_mut() {
            request.fetch = None;
        }
    }

    /// What is under way for the slot.
    #[must_use]
    pub fn fetching(&self, slot: SlotId) -> Option<&Fetch> {
        self.under_way.get(&slot)?.fetch.as_ref()
    }

    /// Whether something is under way for the slot.
    #[must_use]
    pub fn is_pending(&self, slot: SlotId) -> bool {
        self.under_way.contains_key(&slot)
    }

    /// How often the spinner of a slot has turned; none while nobody has waited long enough to see one.
    #[must_use]
    pub fn spinner(&self, slot: SlotId, now: Timestamp) -> Option<usize> {
        let waited = now.since(self.under_way.get(&slot)?.since).checked_sub(PATIENCE)?;
        usize::try_from(waited.as_millis() / TURN.as_millis()).ok()
    }

    /// When a spinner appears next; none when all that will have.
    #[must_use]
    pub fn spinner_appears(&self, now: Timestamp) -> Option<Timestamp> {
        self.under_way.values().map(|request| request.since.plus(PATIENCE)).filter(|appears| *appears > now).min()
    }

    /// When a spinner appears or turns next; none when nothing is under way.
    #[must_use]
    pub fn spinner_due(&self, now: Timestamp) -> Option<Timestamp> {
        let next = |request: &UnderWay| {
            let appears = request.since.plus(PATIENCE);
            let turns = now.since(appears).as_millis() / TURN.as_millis() + 1;
            let turn = TURN.saturating_mul(u32::try_from(turns).unwrap_or(u32::MAX));
            if now < appears { appears } else { appears.plus(turn) }
        };
        self.under_way.values().map(next).min()
    }

    /// Whether nothing is under way.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.under_way.is_empty()
    }

    /// The slots that something is under way for.
    pub fn slots(&self) -> impl Iterator<Item = SlotId> + '_ {
        self.under_way.keys().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::UserId;
    use proptest::prelude::*;

    fn fetch(number: u64) -> Fetch {
        Fetch::User(UserId::from(number.to_string()))
    }

    proptest! {
        /// Whatever order replies come in, a slot takes each request's reply at most once, and only the latest's.
        #[test]
        fn only_the_latest_request_is_answered(steps in prop::collection::vec((any::<bool>(), 0_usize..8), 1..60)) {
            let mut requests = Requests::default();
            let mut asked: Vec<(Generation, u64)> = Vec::new();
            let mut waiting: Option<(Generation, u64)> = None;
            for (number, (asks, which)) in steps.into_iter().enumerate() {
                if asks || asked.is_empty() {
                    let number = u64::try_from(number).unwrap();
                    let generation = requests.begin(SlotId::List, fetch(number), Timestamp::default());
                    asked.push((generation, number));
                    waiting = Some((generation, number));
                } else {
                    let (generation, _) = asked[which % asked.len()];
                    let taken = requests.finish(SlotId::List, generation);
                    let expected = waiting.filter(|(latest, _)| *latest == generation).map(|(_, number)| fetch(number));
                    prop_assert_eq!(&taken, &expected);
                    if taken.is_some() {
                        waiting = None;
                    }
                }
                prop_assert_eq!(requests.is_pending(SlotId::List), waiting.is_some());
            }
        }
    }

    #[test]
    fn slots_do_not_disturb_each_other() {
        let mut requests = Requests::default();
        let list = requests.begin(SlotId::List, fetch(1), Timestamp::default());
        let count = requests.begin(SlotId::Matching, fetch(2), Timestamp::default());
        assert_eq!(requests.finish(SlotId::List, count), None);
        assert_eq!(requests.finish(SlotId::List, list), Some(fetch(1)));
        assert_eq!(requests.finish(SlotId::Matching, count), Some(fetch(2)));
    }

    #[test]
    fn the_spinner_appears_late_and_turns_four_times_a_second() {
        let at = Timestamp::from_millis;
        let mut requests = Requests::default();
        assert_eq!(requests.spinner_due(at(0)), None);
        let _ = requests.begin(SlotId::List, fetch(1), at(0));
        assert_eq!((requests.spinner(SlotId::List, at(149)), requests.spinner_due(at(0))), (None, Some(at(150))));
        assert_eq!((requests.spinner(SlotId::List, at(150)), requests.spinner_due(at(150))), (Some(0), Some(at(400))));
        assert_eq!((requests.spinner_appears(at(0)), requests.spinner_appears(at(150))), (Some(at(150)), None));
        assert_eq!((requests.spinner(SlotId::List, at(400)), requests.spinner_due(at(400))), (Some(1), Some(at(650))));
    }
}
