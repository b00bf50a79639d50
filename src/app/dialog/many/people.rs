//! Whom an act on many is about, and what it would do to each: as they were when they were chosen, and as they are found
//! now.

use crate::{
    app::{
        act::Bag,
        effect::Fetch,
        failure::Failure,
        job::{Blocking, JobAct, Target},
        person::{Identifier, Known},
        protected::{Protected, Protection},
    },
    clerk::model::{OrganizationId, Received, Timestamp, User, UserId},
};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// So many are looked up with one request: Clerk takes no more ids in a list.
const LOOK: usize = 100;
/// So many requests look them up at once.
const AT_ONCE: usize = 4;

/// What would become of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lot {
    /// Nobody knows yet: they are being looked up.
    Unknown,
    /// They would be changed.
    Changed,
    /// They are so already, and stay so.
    Already,
    /// Nobody has this id any more.
    Gone,
    /// They are protected, and skipped.
    Protected(Protection),
}

/// How many have which lot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// [`Lot::Unknown`].
    pub unknown: usize,
    /// [`Lot::Changed`].
    pub changed: usize,
    /// [`Lot::Already`].
    pub already: usize,
    /// [`Lot::Gone`].
    pub gone: usize,
    /// [`Lot::Protected`].
    pub protected: usize,
}

impl Tally {
    fn add(&mut self, lot: &Lot) {
        match lot {
            Lot::Unknown => self.unknown += 1,
            Lot::Changed => self.changed += 1,
            Lot::Already => self.already += 1,
            Lot::Gone => self.gone += 1,
            Lot::Protected(_) => self.protected += 1,
        }
    }
}

/// What has been found out about somebody.
#[derive(Clone, Debug, Default)]
struct Found {
    /// What the user says, or that there is none.
    user: Option<Lot>,
    /// Whether they belong to the organization that it is about.
    belongs: Option<bool>,
    /// Whether they belong to one that is protected.
    is_own: Option<bool>,
}

/// What one request finds out.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Question {
    /// Who they are.
    Who,
    /// Who of them belongs to the organization that it is about.
    Belongs,
    /// Who of them belongs to one that is protected.
    IsOwn,
}

#[derive(Clone, Debug)]
struct Look {
    from: usize,
    question: Question,
    is_done: bool,
}

/// Whom an act on many is about.
#[derive(Clone, Debug)]
pub struct People {
    targets: Vec<Target>,
    found: Vec<Found>,
    places: HashMap<UserId, usize>,
    looks: Vec<Look>,
    protected: Protected,
    tally: Tally,
    changed_meanwhile: usize,
    failure: Option<Failure>,
}

impl People {
    /// These, each once; nobody has looked them up yet.
    #[must_use]
    pub fn new(targets: Vec<Target>, act: &JobAct, protected: Protected) -> Self {
        let mut places = HashMap::with_capacity(targets.len());
        let mut each_once = Vec::with_capacity(targets.len());
        for target in targets {
            if !places.contains_key(&target.id) {
                places.insert(target.id.clone(), each_once.len());
                each_once.push(target);
            }
        }
        let mut questions = vec![Question::Who];
        questions.extend(organization_of(act).map(|_| Question::Belongs));
        questions.extend((!protected.organizations.is_empty()).then_some(Question::IsOwn));
        let looks = (0..each_once.len()).step_by(LOOK).flat_map(|from| {
            questions.clone().into_iter().map(move |question| Look { from, question, is_done: false })
        });
        Self {
            looks: looks.collect(),
            found: vec![Found::default(); each_once.len()],
            tally: Tally { unknown: each_once.len(), ..Tally::default() },
            targets: each_once,
            places,
            protected,
            changed_meanwhile: 0,
            failure: None,
        }
    }

    /// All of them.
    #[must_use]
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// Whether somebody is among them.
    #[must_use]
    pub fn contains(&self, user: &UserId) -> bool {
        self.places.contains_key(user)
    }

    /// How many have which lot.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// How many turned out to be otherwise than the list had them, or have been changed since.
    #[must_use]
    pub fn changed_meanwhile(&self) -> usize {
        self.changed_meanwhile
    }

    /// Why some of them could not be looked up.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// How many have been looked up.
    #[must_use]
    pub fn looked_up(&self) -> usize {
        self.targets.len() - self.tally.unknown
    }

    /// Looks up those who could not be, again.
    pub fn look_again(&mut self) {
        self.failure = None;
    }

    /// Everybody with their lot.
    pub fn iter(&self) -> impl Iterator<Item = (&Target, Lot)> {
        self.targets.iter().zip(&self.found).map(|(target, found)| (target, self.lot(found)))
    }

    /// Those who would be changed.
    pub fn to_change(&self) -> impl Iterator<Item = &Target> {
        self.iter().filter(|(_, lot)| *lot == Lot::Changed).map(|(target, _)| target)
    }

    /// Why those who are protected are, each reason once.
    #[must_use]
    pub fn protections(&self) -> Vec<Protection> {
        let mut protections: Vec<Protection> = self
            .iter()
            .filter_map(|(_, lot)| match lot {
                Lot::Protected(protection) => Some(protection),
                _ => None,
            })
            .collect();
        protections.sort();
        protections.dedup();
        protections
    }

    /// The domains of their email addresses, each once, in order.
    #[must_use]
    pub fn domains(&self) -> BTreeSet<&str> {
        fn domain(target: &Target) -> Option<&str> {
            match &target.person.identifier {
                Some(Identifier::EmailAddress(email)) => email.rsplit_once('@').map(|(_, domain)| domain),
                _ => None,
            }
        }
        self.targets.iter().filter_map(domain).collect()
    }

    fn lot(&self, found: &Found) -> Lot {
        if found.is_own == Some(true) {
            return Lot::Protected(Protection::Member);
        }
        let is_own_unknown = found.is_own.is_none() && !self.protected.organizations.is_empty();
        match (&found.user, found.belongs) {
            (Some(lot @ (Lot::Gone | Lot::Protected(_))), _) => lot.clone(),
            (Some(lot), None) if !is_own_unknown && !self.asks_who_belongs() => lot.clone(),
            (Some(_), Some(true)) if !is_own_unknown => Lot::Changed,
            (Some(_), Some(false)) if !is_own_unknown => Lot::Already,
            _ => Lot::Unknown,
        }
    }

    fn asks_who_belongs(&self) -> bool {
        self.looks.iter().take(3).any(|look| look.question == Question::Belongs)
    }

    fn count(&mut self) {
        let mut tally = Tally::default();
        for found in &self.found {
            tally.add(&self.lot(found));
        }
        self.tally = tally;
    }

    /// What should be looked up, by its place.
    #[must_use]
    pub fn wants(&self, act: &JobAct) -> Vec<(usize, Fetch)> {
        if self.failure.is_some() {
            return Vec::new();
        }
        let wanted = self.looks.iter().enumerate().filter(|(_, look)| !look.is_done).take(AT_ONCE);
        wanted.map(|(place, look)| (place, self.fetch(look, act))).collect()
    }

    fn fetch(&self, look: &Look, act: &JobAct) -> Fetch {
        let users = self.batch(look).iter().map(|target| target.id.clone()).collect();
        let members_of = match look.question {
            Question::Who => Vec::new(),
            Question::Belongs => organization_of(act).cloned().into_iter().collect(),
            Question::IsOwn => self.protected.organizations.iter().cloned().collect(),
        };
        Fetch::Among { users, members_of }
    }

    fn batch(&self, look: &Look) -> &[Target] {
        &self.targets[look.from..self.targets.len().min(look.from + LOOK)]
    }

    /// Takes those who were found by the look at this place.
    pub fn take(&mut self, place: usize, act: &JobAct, result: Result<Vec<Received<User>>, Failure>, now: Timestamp) {
        let Some(look) = self.looks.get(place).cloned() else { return };
        let users = match result.and_then(|users| self.unless_widened(&look, users)) {
            Ok(users) => users,
            Err(failure) => {
                self.failure = Some(failure);
                return;
            }
        };
        self.looks[place].is_done = true;
        let mut users: HashMap<UserId, Received<User>> =
            users.into_iter().map(|user| (user.id.clone(), user)).collect();
        for index in look.from..look.from + self.batch(&look).len() {
            let user = users.remove(&self.targets[index].id);
            match look.question {
                Question::Who => {
                    let lot = user.map_or(Lot::Gone, |user| self.lot_of(act, &Known::new(user, now), now, index));
                    self.replace_lot(index, lot);
                }
                Question::Belongs => {
                    let removes = matches!(act, JobAct::RemoveFromOrganization { .. });
                    self.found[index].belongs = Some(user.is_some() == removes);
                }
                Question::IsOwn => self.found[index].is_own = Some(user.is_some()),
            }
        }
        self.count();
    }

    /// The answer, unless it has somebody who was not asked for: a filter that is ignored must never widen an act.
    fn unless_widened(&self, look: &Look, users: Vec<Received<User>>) -> Result<Vec<Received<User>>, Failure> {
        let asked: HashSet<&UserId> = self.batch(look).iter().map(|target| &target.id).collect();
        match users.iter().find(|user| !asked.contains(&user.id)) {
            None => Ok(users),
            Some(stranger) => {
                let id = &stranger.id;
                let words = format!("the answer has {id}, whom nobody asked for: the API ignores a filter");
                Err(Failure::Internal(words))
            }
        }
    }

    /// Takes what the list knows of somebody, before they are looked up.
    pub fn assume(&mut self, act: &JobAct, known: &Known, now: Timestamp) {
        if let Some(index) = self.places.get(&known.id).copied() {
            self.found[index].user = Some(self.lot_of(act, known, now, index));
        }
    }

    /// All that the list knows has been taken.
    pub fn begin(&mut self) {
        self.count();
    }

    /// Takes newer knowledge of somebody. Whether that changes what would be done.
    pub fn replace(&mut self, act: &JobAct, known: &Known, now: Timestamp) -> bool {
        let Some(index) = self.places.get(&known.id).copied() else { return false };
        let before = self.changed_meanwhile;
        let lot = self.lot_of(act, known, now, index);
        self.replace_lot(index, lot);
        self.count();
        self.changed_meanwhile != before
    }

    fn replace_lot(&mut self, index: usize, lot: Lot) {
        let before = self.found[index].user.replace(lot);
        self.changed_meanwhile += usize::from(before.is_some_and(|before| Some(before) != self.found[index].user));
    }

    /// What would become of a user who is so.
    fn lot_of(&self, act: &JobAct, known: &Known, now: Timestamp, index: usize) -> Lot {
        if let Some(protection) = self.protected.why(known) {
            return Lot::Protected(protection);
        }
        let has = |bag: Bag, key: &str| bag.read(known).get(key).cloned();
        let email = || known.primary_email_address().is_some();
        let already = match act {
            JobAct::Ban => known.banned,
            JobAct::Unban => !known.banned,
            JobAct::Lock => known.lock(now).is_some(),
            JobAct::Unlock => known.lock(now).is_none(),
            JobAct::SetMetadata { bag, key, to } => has(*bag, key) == *to,
            JobAct::RestoreMetadata { bag, key, .. } => {
                let given = self.targets[index].given.clone();
                has(*bag, key).unwrap_or(Value::Null) == given.unwrap_or(Value::Null)
            }
            JobAct::Block { what: Blocking::EmailAddress | Blocking::Domain } => !email(),
            JobAct::Block { what: Blocking::PhoneNumber } => known.primary_phone_number().is_none(),
            JobAct::SignOut
            | JobAct::Delete { .. }
            | JobAct::Unblock { .. }
            | JobAct::RemoveFromOrganization { .. }
            | JobAct::AddToOrganization { .. } => false,
        };
        if already { Lot::Already } else { Lot::Changed }
    }
}

/// The organization that an act is about.
fn organization_of(act: &JobAct) -> Option<&OrganizationId> {
    match act {
        JobAct::RemoveFromOrganization { organization, .. } | JobAct::AddToOrganization { organization, .. } => {
            Some(organization)
        }
        _ => None,
    }
}
