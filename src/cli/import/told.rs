//! What came of an import, told.

use super::{Read, asked, users};
use crate::{
    app::{act::Site, grouped},
    clerk::model::UserId,
    cli::{
        Exit,
        fault::Stop,
        form::{FormArguments, print_json, remark},
    },
    import::{Identifier, Outcome, Part, Survey, Told},
    ui::Shown,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
};
use strum::IntoEnumIterator;

/// So many faults are told one by one.
const NAMED: usize = 9;

/// How many rows ended how.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    created: u64,
    existing: u64,
    failed: u64,
    unknown: u64,
    left: u64,
}

impl Counts {
    pub(super) fn of(told: &Told, users: u64) -> Self {
        let mut counts = Self { existing: told.existing.len() as u64, ..Self::default() };
        for sent in told.rows.values() {
            match &sent.outcome {
                Some(Outcome::Created { .. }) => counts.created += 1,
                Some(Outcome::Failed { .. }) => counts.failed += 1,
                Some(Outcome::Unknown { .. }) | None => counts.unknown += 1,
            }
        }
        counts.left = users.saturating_sub(counts.created + counts.existing + counts.failed + counts.unknown);
        counts
    }

    pub(super) fn is_all(self) -> bool {
        self.existing + self.failed + self.unknown + self.left == 0
    }
}

/// Lists what a column can be said to hold.
pub(super) fn parts() -> Result<Exit, Stop> {
    let mut out = io::stdout().lock();
    for part in Part::iter() {
        writeln!(out, "{}", part.name())?;
    }
    Ok(Exit::Done)
}

/// What is wrong with the file.
pub(super) fn faults(survey: &Survey) {
    for (row, fault) in survey.faults.iter().take(NAMED) {
        remark(&format!("row {row}: {fault}"));
    }
    if survey.faults.len() > NAMED {
        remark(&format!("and {} more; --dry-run --report FILE lists them all", survey.faults.len() - NAMED));
    }
}

/// Who exists already, and as whom.
fn existing(told: &Told) {
    for (row, existing) in told.existing.iter().take(NAMED) {
        remark(&format!("row {row}: {existing}"));
    }
    if told.existing.len() > NAMED {
        remark(&format!("and {} more; --dry-run --report FILE lists them all", told.existing.len() - NAMED));
    }
}

/// The same for programs: once for each user whom a row shares something with.
fn existing_as_json(told: &Told) -> Vec<Value> {
    let users = told.existing.iter().flat_map(|(row, existing)| existing.users().iter().map(move |user| (row, user)));
    let one = |(row, (user, identifiers)): (&u64, &(UserId, Vec<Identifier>))| {
        let by: Vec<&str> = identifiers.iter().map(|identifier| identifier.name()).collect();
        json!({ "row": row, "user_id": user, "by": by })
    };
    users.map(one).collect()
}

/// What would be done; where nobody was asked who exists already, that is said.
pub(super) fn rehearsal(
    read: &Read,
    told: Option<&Told>,
    site: Option<&Site>,
    form: FormArguments,
) -> Result<(), Stop> {
    let survey = &read.survey;
    if form.is_json() {
        let faults = survey.faults.iter();
        let faults: Vec<Value> =
            faults.map(|(row, fault)| json!({ "row": row, "column": fault.column, "message": fault.words })).collect();
        let taken: BTreeMap<&str, &str> =
            survey.taken.iter().map(|(column, part)| (column.as_str(), part.name())).collect();
        let begun = told.filter(|told| !told.rows.is_empty());
        let words = json!({
            "dry_run": true, "source": read.mapping.source.to_string(), "rows": survey.rows, "users": survey.users,
            "absent": survey.absent, "faulty": survey.faulty, "faults": faults, "taken": taken,
            "left_out": survey.left_out.keys().collect::<Vec<_>>(), "passwords": survey.passwords,
            "import": begun.map(|told| told.header.run.as_str()),
            "created": told.map_or(0, |told| told.created().count()),
            "existing": told.map(|told| told.existing.len()), "existing_users": told.map(existing_as_json),
        });
        return print_json(&words.to_string());
    }
    let mut out = io::stdout().lock();
    for line in asked::lines(read, told, site) {
        writeln!(out, "{}", Shown::foreign(line).as_str())?;
    }
    faults(survey);
    match told {
        Some(told) => existing(told),
        None => remark("There is no key, so nobody was asked who exists already."),
    }
    remark("Nothing was sent.");
    Ok(())
}

/// That all of a file are there: imported before, or existing already.
pub(super) fn over(told: &Told, form: FormArguments) -> Result<(), Stop> {
    let (run, created, there) = (&told.header.run, told.created().count(), told.existing.len());
    if form.is_json() {
        let run = (created > 0).then_some(run);
        let words = json!({
            "import": run, "created": created, "existing": there, "existing_users": existing_as_json(told),
            "failed": 0, "unknown": 0, "left": 0,
        });
        return print_json(&words.to_string());
    }
    existing(told);
    let mut words = Vec::new();
    if created > 0 {
        let verb = if created == 1 { "was" } else { "were" };
        words.push(format!("{} of this file {verb} created by the import {run}", users(created as u64)));
    }
    if there > 0 {
        words.push(format!("{} {} already", users(there as u64), if there == 1 { "exists" } else { "exist" }));
    }
    let advice = if there > 0 { "." } else { "; --anew imports it once more." };
    remark(&format!("Nothing was sent: {}{advice}", words.join(", ")));
    Ok(())
}

/// What came of it.
pub(super) fn outcome(read: &Read, told: &Told, report: Option<&Path>, form: FormArguments) -> Result<Counts, Stop> {
    let counts = Counts::of(told, read.survey.users);
    let Counts { created, existing, failed, unknown, left } = counts;
    let run = &told.header.run;
    if form.is_json() {
        let told = json!({
            "import": run, "created": created, "existing": existing, "failed": failed, "unknown": unknown, "left": left,
            "faulty": read.survey.faulty, "absent": read.survey.absent,
            "report": report.map(|path| path.display().to_string()),
        });
        print_json(&told.to_string())?;
        return Ok(counts);
    }
    let words = format!("{} created from {} by the import {run}.", users(created), read.name());
    writeln!(io::stdout(), "{}", Shown::foreign(words).as_str())?;
    if existing > 0 {
        let verb = if existing == 1 { "exists" } else { "exist" };
        remark(&format!("{} {verb} already and stayed as before; the report says who.", users(existing)));
    }
    for ((code, reason), count) in failures(told) {
        remark(&format!("{}: {reason} ({code})", users(count)));
    }
    if unknown > 0 {
        remark(&format!("{}: no answer came; the same command looks for them", users(unknown)));
    }
    if left > 0 {
        remark(&format!(
            "{} left; the same command goes on.",
            if left == 1 { "1 user is".into() } else { format!("{} users are", grouped(left)) }
        ));
    }
    if let Some(report) = report {
        remark(&format!("What came of each row: {}", report.display()));
    }
    Ok(counts)
}

/// The failures by their codes, with the reason of the first.
fn failures(told: &Told) -> BTreeMap<(&str, &str), u64> {
    let mut groups: BTreeMap<&str, (&str, u64)> = BTreeMap::new();
    for sent in told.rows.values() {
        if let Some(Outcome::Failed { code, reason }) = &sent.outcome {
            groups.entry(code).or_insert((reason, 0)).1 += 1;
        }
    }
    groups.into_iter().map(|(code, (reason, count))| ((code, reason), count)).collect()
}
