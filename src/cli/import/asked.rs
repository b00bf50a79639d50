//! What an import would do, said before it is asked.

use super::{Read, users};
use crate::{
    app::{
        act::{Cost, Site},
        grouped,
    },
    import::{Mapping, Told},
};

/// `Create 3,214 users from users.csv`.
pub(super) fn question(read: &Read, told: Option<&Told>) -> String {
    format!("Create {} from {}", users(read.to_create(told)), read.name())
}

/// What is read, what of it is taken along, and what it costs there.
pub(super) fn lines(read: &Read, told: Option<&Told>, site: Option<&Site>) -> Vec<String> {
    let survey = &read.survey;
    let mut lines = vec![format!("{}, as {} writes it", question(read, told), read.mapping.source.label())];
    let mut say = |name: &str, words: String| {
        if !words.is_empty() {
            lines.push(format!("  {name:<9}  {words}"));
        }
    };
    say("rows", rows(read, told));
    say("taken", taken(read, &read.mapping));
    say("left out", survey.left_out.keys().cloned().collect::<Vec<_>>().join(", "));
    let passwords = survey.passwords.iter().map(|(how, count)| match *how {
        "plain" => format!("{} in the clear", grouped(*count)),
        how => format!("{} of {how}", grouped(*count)),
    });
    say("passwords", passwords.collect::<Vec<_>>().join(", "));
    let created = told.map_or(0, |told| told.created().count() as u64);
    if let Some(told) = told.filter(|told| !told.rows.is_empty()) {
        say("goes on", format!("with {}, which has created {}", told.header.run, users(created)));
    }
    let left = usize::try_from(read.to_create(told).saturating_sub(created)).unwrap_or(usize::MAX);
    if let Some(site) = site {
        say("cost", Cost::of_requests(left, site).at_share());
    }
    say("undo", "lazyclerk import --undo, which deletes them".to_owned());
    lines
}

fn rows(read: &Read, told: Option<&Told>) -> String {
    let survey = &read.survey;
    let mut words = vec![format!("{}, {} to create", grouped(survey.rows), grouped(read.to_create(told)))];
    if let Some(existing) = told.map(|told| told.existing.len() as u64).filter(|existing| *existing > 0) {
        words.push(format!("{} existing already", grouped(existing)));
    }
    if survey.absent > 0 {
        words.push(format!("{} of nobody who is there", grouped(survey.absent)));
    }
    if survey.faulty > 0 {
        words.push(format!("{} faulty", grouped(survey.faulty)));
    }
    words.join(", ")
}

/// `email as email_address, username`.
fn taken(read: &Read, mapping: &Mapping) -> String {
    let named = read.survey.taken.keys().filter_map(|column| {
        let part = mapping.part_of(column)?.name();
        Some(if part == column { column.clone() } else { format!("{column} as {part}") })
    });
    named.collect::<Vec<_>>().join(", ")
}
