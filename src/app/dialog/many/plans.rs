//! What the question asks for: the jobs, and what they would send.

use super::{Beside, Lot, Many, ManyPane};
use crate::app::{
    act::{RequestPreview, requests},
    change::Grounds,
    job::{JobAct, Plan, Target},
};

/// So many requests are shown by a dry run.
pub(super) const SHOWN: usize = 100;

/// What would be sent, and what not.
#[derive(Clone, Debug)]
pub struct DryRun {
    /// The first of the requests that change something, in order.
    pub requests: Vec<RequestPreview>,
    /// How many follow them.
    pub more: usize,
    /// Who is skipped, and why.
    pub skipped: Vec<(Target, Lot)>,
}

impl Many {
    /// The jobs that it asks for, in the order in which they are done.
    #[must_use]
    pub fn plans(&self) -> Vec<Plan> {
        let grounds = Grounds { undoes: self.undoes.clone(), reason: self.given_reason().map(str::to_owned) };
        let plan = |act: JobAct, targets: Vec<Target>| {
            let (grounds, chosen) = (grounds.clone(), self.chosen.clone());
            Plan { act, targets, grounds, chosen }
        };
        let mut plans = vec![plan(self.act(), self.people.to_change().cloned().collect())];
        for option in self.boxes.iter().filter(|option| option.is_ticked) {
            match option.beside {
                Beside::Copies => {}
                Beside::Block(what) => {
                    plans.push(plan(JobAct::Block { what }, self.people.to_change().cloned().collect()));
                }
                Beside::SignOut => {
                    // Who is locked already is to be signed out all the same.
                    let targets = self.people.iter().filter(|(_, lot)| matches!(lot, Lot::Changed | Lot::Already));
                    plans.push(plan(JobAct::SignOut, targets.map(|(target, _)| target.clone()).collect()));
                }
            }
        }
        plans
    }

    /// What would be sent, and who would be skipped.
    #[must_use]
    pub fn dry_run(&self) -> DryRun {
        let plans = self.plans();
        let requests: Vec<RequestPreview> =
            plans.iter().flat_map(|plan| requests(&plan.act, &plan.targets)).take(SHOWN).collect();
        DryRun { more: self.request_count() - requests.len(), requests, skipped: self.skipped() }
    }

    /// How many requests change something.
    #[must_use]
    pub fn request_count(&self) -> usize {
        self.plans().iter().map(|plan| plan.targets.len().div_ceil(plan.act.at_once())).sum()
    }

    /// How many rows the list has that is shown.
    #[must_use]
    pub fn row_count(&self) -> usize {
        match self.pane {
            ManyPane::Question => 0,
            ManyPane::Who => self.people.targets().len(),
            ManyPane::DryRun => {
                let run = self.dry_run();
                run.requests.len() + usize::from(run.more > 0) + run.skipped.len()
            }
        }
    }

    fn skipped(&self) -> Vec<(Target, Lot)> {
        self.people.iter().filter(|(_, lot)| *lot != Lot::Changed).map(|(target, lot)| (target.clone(), lot)).collect()
    }

    /// Everybody with what would become of them, those who are skipped first.
    #[must_use]
    pub fn everybody(&self) -> Vec<(&Target, Lot)> {
        let mut everybody: Vec<(&Target, Lot)> = self.people.iter().collect();
        everybody.sort_by_key(|(_, lot)| *lot == Lot::Changed);
        everybody
    }
}
