//! What is said when something has been done to many.

use super::{Site, Whom};
use crate::app::{
    job::{Counts, JobAct},
    numbers::grouped,
};

impl JobAct {
    /// What came of it: how many it was done to, how many were so already, are gone, or failed. `where_told` stands behind
    /// those, such as `; w shows why`.
    #[must_use]
    pub fn ended_words(&self, counts: &Counts, site: &Site, where_told: &str) -> String {
        let words = |count: usize| self.words(&Whom::Many(count), site);
        let number = |count: usize| grouped(u64::try_from(count).unwrap_or(u64::MAX));
        let mut said = Vec::new();
        if counts.done > 0 {
            said.push(words(counts.done).done);
        } else if counts.failed == 0 {
            said.push("Nobody was changed.".to_owned());
        }
        if counts.unchanged > 0 {
            said.push(format!("{} {}.", number(counts.unchanged), words(counts.unchanged).already));
        }
        if counts.gone > 0 {
            let are = if counts.gone == 1 { "is" } else { "are" };
            said.push(format!("{} {are} gone.", number(counts.gone)));
        }
        if counts.failed > 0 {
            said.push(format!("{}{where_told}.", words(counts.failed).failed));
        }
        said.join(" ")
    }
}
