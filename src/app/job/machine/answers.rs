//! What came of the work, and what that means for those that it was about.

use super::{Job, MOST_WITHOUT_ANSWER, Stage, TRIES};
use crate::app::job::{FailureGroup, Fate, Fault, FaultKind, JobState, Outcome, Pause, Sight};

impl Job {
    /// Notes that it has been written down that these are sent: from now on it may have been done.
    pub fn mark_sent(&mut self, places: &[usize]) {
        for place in places {
            (self.progress[*place].sent, self.progress[*place].is_announced) = (true, true);
        }
    }

    /// Takes how these are. Gives those that have an outcome by that.
    pub fn looked(&mut self, seen: Vec<(usize, Sight)>) -> Vec<(usize, Outcome)> {
        self.under_way = self.under_way.saturating_sub(1);
        self.looking = self.looking.saturating_sub(seen.len());
        self.without_answer = 0;
        let mut ended = Vec::new();
        for (place, sight) in seen {
            let progress = &mut self.progress[place];
            // What it wanted is there, and it was sent before: then that was the job's doing.
            let own = progress.sent;
            let outcome = match sight {
                Sight::Absent if self.plan.act.wants_them_gone() && own => Some(Outcome::Done { before: None }),
                Sight::Absent => Some(Outcome::Gone),
                Sight::Already if own => Some(Outcome::Done { before: progress.before.clone() }),
                Sight::Already => Some(Outcome::Unchanged),
                Sight::Overtaken => Some(Outcome::Failed(Fault::own(
                    FaultKind::Refused,
                    "changed_meanwhile",
                    "somebody has changed it since",
                ))),
                Sight::Open(_) if progress.tries >= TRIES => progress.fault.clone().map(Outcome::Failed),
                Sight::Open(before) => {
                    if !own {
                        progress.before = before;
                    }
                    progress.stage = Stage::Ready;
                    self.ready.push_back(place);
                    None
                }
            };
            if let Some(outcome) = outcome {
                self.end(place, outcome.clone());
                ended.push((place, outcome));
            }
        }
        self.rest();
        ended
    }

    /// Takes that these could not be looked at. Gives those that have an outcome by that.
    pub fn not_looked(&mut self, places: &[usize], fault: &Fault) -> Vec<(usize, Outcome)> {
        self.under_way = self.under_way.saturating_sub(1);
        self.looking = self.looking.saturating_sub(places.len());
        let ended = match fault.kind {
            FaultKind::Refused => self.end_all(places, fault),
            _ => self.put_back(places, fault),
        };
        self.rest();
        ended
    }

    /// Takes that it has been done to these.
    pub fn done(&mut self, places: &[usize]) -> Vec<(usize, Outcome)> {
        self.under_way = self.under_way.saturating_sub(1);
        self.without_answer = 0;
        let ended: Vec<(usize, Outcome)> = places
            .iter()
            .map(|place| (*place, Outcome::Done { before: self.progress[*place].before.clone() }))
            .collect();
        for (place, outcome) in &ended {
            self.end(*place, outcome.clone());
        }
        self.rest();
        ended
    }

    /// Takes that it has been done to some, and that nobody knows of the others.
    pub fn done_in_part(&mut self, done: &[usize], others: &[usize], fault: &Fault) -> Vec<(usize, Outcome)> {
        // Two answers to one piece of work.
        self.under_way += 1;
        let mut ended = self.done(done);
        ended.extend(self.refused(others, fault));
        ended
    }

    /// Takes that somebody was found to be so already, or gone, when it was sent.
    pub fn found(&mut self, place: usize, outcome: Outcome) -> Vec<(usize, Outcome)> {
        self.under_way = self.under_way.saturating_sub(1);
        self.without_answer = 0;
        self.end(place, outcome.clone());
        self.rest();
        vec![(place, outcome)]
    }

    /// Takes why it has not been done to these. What was refused to several is divided until each has an outcome of its
    /// own. Gives those that have one.
    pub fn refused(&mut self, places: &[usize], fault: &Fault) -> Vec<(usize, Outcome)> {
        self.under_way = self.under_way.saturating_sub(1);
        let ended = match fault.kind {
            FaultKind::Refused if places.len() > 1 => {
                self.without_answer = 0;
                let half = places.len() / 2;
                for part in [&places[..half], &places[half..]] {
                    self.ready_again(part);
                    self.divided.push_back(part.to_vec());
                }
                Vec::new()
            }
            FaultKind::Refused => {
                self.without_answer = 0;
                self.end_all(places, fault)
            }
            _ => self.put_back(places, fault),
        };
        self.rest();
        ended
    }

    fn ready_again(&mut self, places: &[usize]) {
        for place in places {
            // It was refused as a whole: nothing has been done to any.
            (self.progress[*place].stage, self.progress[*place].sent) = (Stage::Ready, false);
        }
    }

    /// They go back to the end of the queue, and are looked at again first; who was tried too often has failed.
    fn put_back(&mut self, places: &[usize], fault: &Fault) -> Vec<(usize, Outcome)> {
        match fault.kind {
            FaultKind::RefusedToAll => self.stop(match fault.status {
                Some(402) if self.plan.act.is_ban() => Pause::NoBans,
                _ => Pause::Refused(fault.reason.clone()),
            }),
            FaultKind::NotRecorded => self.stop(Pause::NotRecorded(fault.reason.clone())),
            FaultKind::NotSent | FaultKind::Unknown | FaultKind::Refused => self.without_answer += 1,
        }
        let counts_as_try = matches!(fault.kind, FaultKind::Unknown | FaultKind::NotSent) && fault.status != Some(429);
        let mut ended = Vec::new();
        for place in places {
            let progress = &mut self.progress[*place];
            let was_sending = progress.stage == Stage::Sending;
            // What may have been done is read back; where that is not possible, it has been tried often enough.
            progress.sent = progress.sent && (fault.kind == FaultKind::Unknown || !was_sending);
            progress.tries += u8::from(counts_as_try);
            progress.fault = Some(fault.clone());
            if progress.tries > TRIES || progress.tries == TRIES && !(progress.sent && self.plan.act.looks_first()) {
                let outcome = Outcome::Failed(fault.clone());
                self.end(*place, outcome.clone());
                ended.push((*place, outcome));
            } else {
                progress.stage = Stage::Waiting;
                self.waiting.push_back(*place);
            }
        }
        if self.without_answer >= MOST_WITHOUT_ANSWER {
            self.stop(Pause::NoAnswers(fault.reason.clone()));
        }
        ended
    }

    fn end_all(&mut self, places: &[usize], fault: &Fault) -> Vec<(usize, Outcome)> {
        let ended: Vec<_> = places.iter().map(|place| (*place, Outcome::Failed(fault.clone()))).collect();
        for (place, outcome) in &ended {
            self.end(*place, outcome.clone());
        }
        ended
    }

    fn end(&mut self, place: usize, outcome: Outcome) {
        FailureGroup::note(&mut self.failures, &outcome);
        let fate = match &outcome {
            Outcome::Done { .. } if self.plan.act.wants_them_gone() => Fate::Gone,
            Outcome::Done { .. } | Outcome::Unchanged => Fate::Done,
            Outcome::Gone => Fate::Gone,
            Outcome::Failed(_) => Fate::Failed,
        };
        self.news.push((self.plan.targets[place].id.clone(), fate));
        self.counts.add(&outcome);
        self.progress[place].stage = Stage::Ended(outcome);
    }

    /// Comes to its end when nothing is left, or nothing is under way of what was cancelled.
    pub(super) fn rest(&mut self) {
        if self.counts.left() == 0 {
            self.state = JobState::Ended;
        } else if self.state == JobState::Cancelling && self.under_way == 0 {
            self.state = JobState::Cancelled;
        }
    }

    pub(super) fn stop(&mut self, pause: Pause) {
        if matches!(self.state, JobState::Running | JobState::Queued) {
            self.state = JobState::Paused(pause);
        }
    }
}
