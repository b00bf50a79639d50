//! The course of a job: standing still, going on, giving up, trying again.

use super::{Job, Stage};
use crate::app::job::{JobState, Outcome, Pause};

impl Job {
    /// Stands still. What is under way still ends.
    pub fn pause(&mut self, pause: Pause) {
        self.stop(pause);
    }

    /// Goes on, from wherever it stood still. Whether it stood still.
    pub fn resume(&mut self) -> bool {
        let stood_still = matches!(self.state, JobState::Paused(_) | JobState::Queued);
        if stood_still {
            self.without_answer = 0;
            self.state = JobState::Running;
            self.rest();
        }
        stood_still
    }

    /// Waits until others have ended.
    pub fn queue(&mut self) {
        if self.state == JobState::Running {
            self.state = JobState::Queued;
        }
    }

    /// Begins nothing further.
    pub fn cancel(&mut self) {
        if !self.state.is_over() {
            self.state = JobState::Cancelling;
            self.rest();
        }
    }

    /// Tries once more what failed, unless it was given up. Whether there was any.
    pub fn retry(&mut self) -> bool {
        if matches!(self.state, JobState::Cancelling | JobState::Cancelled) {
            return false;
        }
        let failed: Vec<usize> = (0..self.progress.len()).filter(|place| self.has_failed(*place)).collect();
        for place in &failed {
            let progress = &mut self.progress[*place];
            if let Stage::Ended(outcome) = &progress.stage {
                self.counts.take_away(outcome);
            }
            progress.begin_round();
            progress.stage = Stage::Waiting;
            self.waiting.push_back(*place);
        }
        if !failed.is_empty() {
            self.failures.clear();
            self.without_answer = 0;
            self.state = JobState::Running;
        }
        !failed.is_empty()
    }

    fn has_failed(&self, place: usize) -> bool {
        matches!(self.progress[place].stage, Stage::Ended(Outcome::Failed(_)))
    }
}
