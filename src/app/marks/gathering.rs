//! The work of marking many: what is read for it, how far it is, and what comes of it.

use super::{
    Marks, Target, Way,
    collection::{Collection, Purpose, Step},
    list::MarkList,
    lookup::{Lookup, Unmatched},
};
use crate::{
    app::{effect::Fetch, effect::Fetched, failure::Failure, job::JobId, replies::mismatch},
    clerk::model::UserId,
};
use std::{collections::HashSet, path::PathBuf};

/// What is being read.
#[derive(Clone, Debug)]
enum Task {
    /// All that match.
    Collect(Box<Collection>),
    /// The file with a list of them.
    Read(String),
    /// Whom the list names.
    LookUp(Lookup),
    /// Whom a job could not change, as its journal tells; and who that is, once it is read.
    Failed { job: JobId, journal: PathBuf, whom: Vec<Target> },
}

/// Work under way, or stalled by a failure until somebody asks for it again.
#[derive(Clone, Debug)]
pub(super) struct Gathering {
    task: Task,
    failure: Option<Failure>,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// What is being done: `Marking all that match`.
    pub doing: &'static str,
    /// So many are read.
    pub done: usize,
    /// Of so many, where that is known.
    pub of: Option<u64>,
    /// Why it does not go on.
    pub stalled: Option<&'a Failure>,
}

/// What came of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum Made {
    /// Those who match are marked.
    Marked(usize),
    /// Those of them who were not marked are; the others lost their marks. So many are marked by now.
    Inverted(usize),
    /// Those that a list names are marked; so many lines name nobody.
    Listed { file: String, marked: usize, unmatched: usize },
    /// Those whom a job could not change are marked, and nobody else.
    Failed(usize),
    /// Nothing: the marks are as they were.
    Nothing,
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum Taken {
    /// More is asked for, or nothing was.
    Goes,
    /// That was the last of it.
    Ends(Made),
    /// It did not come, and is not asked for again before somebody says so. So many were read before.
    Stalls(usize, Failure),
    /// It is not what was asked for: the work has ended, and has marked nobody.
    Refused(Failure),
}

/// What there is to see of it, and what it asks for.
impl Marks {
    /// How far the marking of many is; none while none is under way.
    #[must_use]
    pub fn progress(&self) -> Option<Progress<'_>> {
        let work = self.work.as_ref()?;
        let (doing, (done, of)) = match &work.task {
            Task::Collect(collection) if collection.purpose == Purpose::Invert => {
                ("Reading all that match", collection.progress())
            }
            Task::Collect(collection) => ("Marking all that match", collection.progress()),
            Task::Read(_) => ("Reading the list", (0, None)),
            Task::Failed { .. } => ("Reading what failed", (0, None)),
            Task::LookUp(lookup) => ("Looking up the list", lookup.progress()),
        };
        Some(Progress { doing, done, of, stalled: work.failure.as_ref() })
    }

    /// The lines of the last list that name nobody, and the file that it stood in.
    #[must_use]
    pub fn unmatched(&self) -> Option<(&str, &[Unmatched])> {
        self.unmatched.as_ref().map(|(file, lines)| (file.as_str(), lines.as_slice()))
    }

    /// What should be read next.
    pub(in crate::app) fn wants(&self) -> Option<Fetch> {
        let work = self.work.as_ref().filter(|work| work.failure.is_none())?;
        match &work.task {
            Task::Collect(collection) => Some(collection.fetch()),
            Task::Read(path) => Some(Fetch::MarkList(path.clone())),
            Task::LookUp(lookup) => lookup.fetch(),
            Task::Failed { journal, .. } => Some(Fetch::FailedOfJob(journal.clone())),
        }
    }
}

/// Beginning, going on, stopping.
impl Marks {
    /// Begins to collect all that match.
    pub(in crate::app) fn collect(&mut self, collection: Collection) {
        self.begin(Task::Collect(Box::new(collection)));
    }

    /// Begins to read the list in a file.
    pub(in crate::app) fn read_list(&mut self, path: String) {
        self.begin(Task::Read(path));
    }

    /// Begins to read whom a job could not change.
    pub(in crate::app) fn read_failed(&mut self, job: JobId, journal: PathBuf) {
        self.begin(Task::Failed { job, journal, whom: Vec::new() });
    }

    /// Begins to look up whom a list names.
    pub(in crate::app) fn look_up(&mut self, list: MarkList) {
        self.unmatched = None;
        self.begin(Task::LookUp(Lookup::of(list)));
    }

    fn begin(&mut self, task: Task) {
        self.range = None;
        self.work = Some(Gathering { task, failure: None });
    }

    /// Asks again for what did not come. Whether work was stalled by it.
    pub(in crate::app) fn go_on(&mut self) -> bool {
        self.work.as_mut().is_some_and(|work| work.failure.take().is_some())
    }

    /// Ends the work where it is: who was read stays marked. What came of it; none if there was none.
    pub(in crate::app) fn stop(&mut self) -> Option<Made> {
        let work = self.work.take()?;
        Some(match work.task {
            // Half of an inversion is none.
            Task::Collect(collection) if collection.purpose == Purpose::Invert => Made::Nothing,
            Task::Collect(collection) if collection.progress().0 == 0 => Made::Nothing,
            Task::Collect(collection) => {
                let way = Way::Newest { line: collection.line.clone(), at: collection.at };
                self.mark_collected(collection, way)
            }
            Task::Read(_) | Task::Failed { .. } => Made::Nothing,
            Task::LookUp(lookup) if lookup.progress().0 == 0 => Made::Nothing,
            Task::LookUp(lookup) => self.mark_listed(lookup),
        })
    }

    /// Takes the answer to what the work has asked for.
    pub(in crate::app) fn take(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>) -> Taken {
        let Some(work) = &mut self.work else { return Taken::Goes };
        match work.take(fetch, result) {
            Ok(Step::Goes) => Taken::Goes,
            Ok(Step::Ends) => Taken::Ends(self.finish()),
            Err(failure @ (Failure::Untrusted(_) | Failure::List { .. })) => {
                self.work = None;
                Taken::Refused(failure)
            }
            Err(failure) => {
                work.failure = Some(failure.clone());
                Taken::Stalls(self.progress().map_or(0, |progress| progress.done), failure)
            }
        }
    }

    fn finish(&mut self) -> Made {
        match self.work.take().map(|work| work.task) {
            None | Some(Task::Read(_)) => Made::Nothing,
            Some(Task::Collect(collection)) if collection.purpose == Purpose::Invert => self.invert(collection),
            Some(Task::Collect(collection)) => {
                let way = Way::Matched { line: collection.line.clone(), at: collection.at };
                self.mark_collected(collection, way)
            }
            Some(Task::LookUp(lookup)) => self.mark_listed(lookup),
            Some(Task::Failed { whom, .. }) if whom.is_empty() => Made::Nothing,
            Some(Task::Failed { job, whom, .. }) => self.mark_failed(&job, whom),
        }
    }
}

/// What comes of it.
impl Marks {
    fn mark_collected(&mut self, collection: Box<Collection>, way: Way) -> Made {
        Made::Marked(self.mark_many(collection.into_targets().collect(), way))
    }

    fn mark_listed(&mut self, lookup: Lookup) -> Made {
        let file = lookup.file.clone();
        let (found, unmatched) = lookup.into_parts();
        let marked = self.mark_many(found, Way::Listed { file: file.clone() });
        let made = Made::Listed { file: file.clone(), marked, unmatched: unmatched.len() };
        self.unmatched = (!unmatched.is_empty()).then_some((file, unmatched));
        made
    }

    /// Those whom a job was about are marked as a rule: of them, who failed is to be told apart.
    fn mark_failed(&mut self, job: &JobId, whom: Vec<Target>) -> Made {
        let before = std::mem::take(&mut self.held);
        let count = self.mark_many(whom, Way::Failed { job: job.to_string() });
        self.dropped = (!before.people.is_empty()).then_some(before);
        Made::Failed(count)
    }

    /// Marks them; who is marked already stays where they are. How many there are of them.
    fn mark_many(&mut self, targets: Vec<Target>, way: Way) -> usize {
        let count = targets.len();
        if count > 0 {
            self.dropped = None;
            self.held.how.add(way);
        }
        for target in targets {
            self.held.people.entry(target.id).or_insert(target.person);
        }
        count
    }

    fn invert(&mut self, collection: Box<Collection>) -> Made {
        let way = Way::Inverted { line: collection.line.clone(), at: collection.at };
        let (lose, gain): (Vec<_>, Vec<_>) = collection.into_targets().partition(|target| self.contains(&target.id));
        let lose: HashSet<UserId> = lose.into_iter().map(|target| target.id).collect();
        self.held.people.retain(|user, _| !lose.contains(user));
        self.mark_many(gain, way);
        self.forget_how_if_empty();
        Made::Inverted(self.len())
    }
}

impl Gathering {
    fn take(&mut self, fetch: &Fetch, result: Result<Fetched, Failure>) -> Result<Step, Failure> {
        match (&mut self.task, fetch, result) {
            (Task::Collect(collection), _, Err(failure)) if failure.refuses_request() => {
                if collection.step_back() {
                    Ok(Step::Goes)
                } else {
                    Err(failure)
                }
            }
            (Task::LookUp(lookup), _, Err(failure)) if failure.refuses_request() => Ok(lookup.take_refusal(&failure)),
            (_, _, Err(failure)) => Err(failure),
            (Task::Collect(collection), Fetch::UsersInBackground { page, .. }, Ok(Fetched::Users(rows))) => {
                collection.take(page, &rows)
            }
            (Task::LookUp(lookup), _, Ok(Fetched::Users(rows))) => lookup.take(&rows),
            (Task::Read(_), _, Ok(Fetched::MarkList(list))) => {
                let names_nobody = list.entries.is_empty();
                self.task = Task::LookUp(Lookup::of(list));
                Ok(if names_nobody { Step::Ends } else { Step::Goes })
            }
            (Task::Failed { whom, .. }, _, Ok(Fetched::FailedOfJob(found))) => {
                *whom = found;
                Ok(Step::Ends)
            }
            (_, _, Ok(other)) => Err(mismatch(&other)),
        }
    }
}
