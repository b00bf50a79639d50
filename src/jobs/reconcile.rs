//! Bringing a journal up to what the audit log says, after a kill that came between the two.
//!
//! The log is written first, since it is for good. Where nothing more was written then, the log knows of a request, or of
//! what came of it, and the journal does not. Going on from the journal alone, the same would be announced twice, or end
//! twice, in a log that nobody can mend.

use super::lines::{entry_of_round, outcome_of};
use crate::{
    app::job::{Job, JobId, Record},
    audit::{Entry, EntryId},
};
use std::collections::HashMap;

/// What the journal lacks, in the order in which it is to be written.
pub(super) fn lacking(id: &JobId, job: &Job, log: &HashMap<EntryId, Entry>) -> Vec<(usize, Record)> {
    (0..job.plan().targets.len()).flat_map(|place| lacking_of(id, job, place, log)).collect()
}

fn lacking_of(id: &JobId, job: &Job, place: usize, log: &HashMap<EntryId, Entry>) -> Vec<(usize, Record)> {
    let (has_ended, is_announced) = (job.has_ended(place), job.is_announced(place));
    // Who had failed is taken up again under another name.
    let round = job.round(place) + u32::from(has_ended && is_announced);
    let Some(entry) = log.get(&entry_of_round(id, place, round)) else { return Vec::new() };
    let mut records = Vec::new();
    let is_known = is_announced && !has_ended;
    let before = match &entry.parameters {
        _ if is_known => job.before(place),
        Some(parameters) => parameters.get("before").filter(|before| !before.is_null()),
        None => None,
    };
    if !is_known {
        records.push((place, Record::Sent(before.cloned())));
    }
    records.extend(outcome_of(entry, before).map(|outcome| (place, Record::Ended(outcome))));
    records
}

#[cfg(test)]
mod tests;
