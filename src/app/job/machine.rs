//! The job itself: who is next, and what came of it.

mod answers;
mod course;

use super::{Counts, FailureGroup, Fate, Fault, JobState, Outcome, Pause, Plan, Target};
use crate::clerk::model::UserId;
use serde_json::Value;
use std::collections::{HashMap, VecDeque};

/// How many users one request looks at. Clerk takes 100 ids in a list.
const LOOK: usize = 100;
/// How many that were looked at may wait to be changed: few, so that what was seen is still true.
const READY: usize = 200;
/// How often somebody is tried whom no answer came for.
const TRIES: u8 = 5;
/// So many tries in a row without an answer, and the job stands still: Clerk is out of reach.
const MOST_WITHOUT_ANSWER: usize = 12;

/// What is to be done next. The numbers are places in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// See how these are.
    Look(Vec<usize>),
    /// Do it to these, with one request.
    Send(Vec<usize>),
}

/// What has been written down about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// It is sent from now on, so that it may have been done; with what was there before.
    Sent(Option<Value>),
    /// It was sent, and nothing has been done.
    NotDone,
    /// How it ended.
    Ended(Outcome),
}

/// Where somebody stands.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Waiting,
    Looking,
    Ready,
    Sending,
    Ended(Outcome),
}

/// What is known of somebody.
#[derive(Clone, Debug)]
struct Progress {
    stage: Stage,
    /// What was there before, as first seen.
    before: Option<Value>,
    /// Whether it has been sent before, so that how they are now may be the job's own doing.
    sent: bool,
    tries: u8,
    /// Why the latest try brought nothing.
    fault: Option<Fault>,
    /// How often it has been taken up again after it had failed.
    round: u32,
    /// Whether the audit log has the intent of this round.
    is_announced: bool,
}

impl Progress {
    /// Begins anew, as something that the audit log has not heard of.
    fn begin_round(&mut self) {
        self.round += u32::from(self.is_announced);
        (self.is_announced, self.tries, self.fault) = (false, 0, None);
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self { stage: Stage::Waiting, before: None, sent: false, tries: 0, fault: None, round: 0, is_announced: false }
    }
}

/// Work on many users: hands out what is next, and takes what came of it.
#[derive(Clone, Debug)]
pub struct Job {
    plan: Plan,
    progress: Vec<Progress>,
    waiting: VecDeque<usize>,
    ready: VecDeque<usize>,
    /// Parts of what was refused as a whole; each goes alone.
    divided: VecDeque<Vec<usize>>,
    under_way: usize,
    looking: usize,
    counts: Counts,
    failures: HashMap<String, FailureGroup>,
    without_answer: usize,
    state: JobState,
    news: Vec<(UserId, Fate)>,
}

impl Job {
    /// The job of a plan, with nothing done.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let total = plan.targets.len();
        Self {
            progress: std::iter::repeat_with(Progress::default).take(total).collect(),
            waiting: (0..total).collect(),
            ready: VecDeque::new(),
            divided: VecDeque::new(),
            under_way: 0,
            looking: 0,
            counts: Counts { total, ..Counts::default() },
            failures: HashMap::new(),
            without_answer: 0,
            state: if total == 0 { JobState::Ended } else { JobState::Running },
            news: Vec::new(),
            plan,
        }
    }

    /// The same job, put together from what was written down before it broke off: it stands still, and whoever may have
    /// been changed without anybody knowing is looked at first.
    #[must_use]
    pub fn restored(plan: Plan, records: impl IntoIterator<Item = (usize, Record)>) -> Self {
        let mut job = Self::new(plan);
        for (place, record) in records {
            let Some(progress) = job.progress.get_mut(place) else { continue };
            match record {
                Record::Sent(before) => {
                    if matches!(progress.stage, Stage::Ended(_)) {
                        progress.begin_round();
                    }
                    progress.is_announced = true;
                    (progress.stage, progress.sent, progress.before) = (Stage::Waiting, true, before);
                }
                Record::NotDone => progress.sent = false,
                Record::Ended(outcome) => progress.stage = Stage::Ended(outcome),
            }
        }
        job.waiting.retain(|place| job.progress[*place].stage == Stage::Waiting);
        for progress in &job.progress {
            if let Stage::Ended(outcome) = &progress.stage {
                job.counts.add(outcome);
                FailureGroup::note(&mut job.failures, outcome);
            }
        }
        job.stop(Pause::Interrupted);
        job.rest();
        job
    }

    /// What it is to do.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Somebody of the plan.
    #[must_use]
    pub fn target(&self, place: usize) -> &Target {
        &self.plan.targets[place]
    }

    /// What was there before of somebody, as first seen.
    #[must_use]
    pub fn before(&self, place: usize) -> Option<&Value> {
        self.progress[place].before.as_ref()
    }

    /// How often somebody has been taken up again after it had failed: each round is an entry of its own in the audit log.
    #[must_use]
    pub fn round(&self, place: usize) -> u32 {
        self.progress[place].round
    }

    /// Whether the audit log has the intent of this round.
    #[must_use]
    pub fn is_announced(&self, place: usize) -> bool {
        self.progress[place].is_announced
    }

    /// Whether somebody has an outcome.
    #[must_use]
    pub fn has_ended(&self, place: usize) -> bool {
        matches!(self.progress[place].stage, Stage::Ended(_))
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> &JobState {
        &self.state
    }

    /// How many ended how.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What failed, the largest group first.
    #[must_use]
    pub fn failures(&self) -> Vec<FailureGroup> {
        FailureGroup::sorted(&self.failures)
    }

    /// How it ended for each that has an outcome.
    pub fn outcomes(&self) -> impl Iterator<Item = (&Target, &Outcome)> {
        self.all_outcomes().filter_map(|(target, outcome)| Some((target, outcome?)))
    }

    /// Everybody, with how it ended for those that have an outcome.
    pub fn all_outcomes(&self) -> impl Iterator<Item = (&Target, Option<&Outcome>)> {
        self.plan.targets.iter().zip(&self.progress).map(|(target, progress)| match &progress.stage {
            Stage::Ended(outcome) => (target, Some(outcome)),
            _ => (target, None),
        })
    }

    /// What has become of whom since this was asked before.
    pub fn take_news(&mut self) -> Vec<(UserId, Fate)> {
        std::mem::take(&mut self.news)
    }

    /// What is to be done next; none while it stands still, or while all that can be done is under way.
    pub fn next_work(&mut self) -> Option<Work> {
        if self.state != JobState::Running {
            return None;
        }
        let work = self.next_look().or_else(|| self.next_send())?;
        self.under_way += 1;
        Some(work)
    }

    fn next_look(&mut self) -> Option<Work> {
        if self.waiting.is_empty() || self.ready.len() + self.looking >= READY {
            return None;
        }
        if !self.plan.act.looks_first() {
            let places = self.waiting.drain(..self.waiting.len().min(LOOK));
            for place in places {
                self.progress[place].stage = Stage::Ready;
                self.ready.push_back(place);
            }
            return None;
        }
        let places: Vec<usize> = self.waiting.drain(..self.waiting.len().min(LOOK)).collect();
        for place in &places {
            self.progress[*place].stage = Stage::Looking;
        }
        self.looking += places.len();
        Some(Work::Look(places))
    }

    fn next_send(&mut self) -> Option<Work> {
        let places = self.divided.pop_front().or_else(|| {
            // Who had no answer twice goes alone: it may be because of them that the others have none.
            let is_suspect = self.ready.front().is_some_and(|place| self.progress[*place].tries >= 2);
            let most = if is_suspect { 1 } else { self.plan.act.at_once() };
            // A request that is not full waits for those who are being looked at.
            let is_full = self.ready.len() >= most || self.waiting.is_empty() && self.looking == 0;
            (is_full && !self.ready.is_empty()).then(|| self.ready.drain(..self.ready.len().min(most)).collect())
        })?;
        for place in &places {
            self.progress[*place].stage = Stage::Sending;
            self.news.push((self.plan.targets[*place].id.clone(), Fate::UnderWay));
        }
        Some(Work::Send(places))
    }

    /// Whether anything is under way.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.under_way > 0
    }
}

#[cfg(test)]
mod tests;
