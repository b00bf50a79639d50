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
pub(super) fn question(read: &Read) -> String {
    format!("Create {} from {}", users(read.survey.users), read.name())
}

/// What is read, what of it is taken along, and what it costs.
pub(super) fn lines(read: &Read, before: Option<&Told>, site: &Site) -> Vec<String> {
    let survey = &read.survey;
    let mut lines = vec![format!("{}, as {} writes it", question(read), read.mapping.source.label())];
    let mut say = |name: &str, words: String| {
        if !words.is_empty() {
            lines.push(format!("  {name:<9}  {words}"));
        }
    };
    say("rows", rows(read));
    say("taken", taken(read, &read.mapping));
    say("left out", survey.left_out.keys().cloned().collect::<Vec<_>>().join(", "));
    let passwords = survey.passwords.iter().map(|(how, count)| match *how {
        "plain" => format!("{} in the clear", grouped(*count)),
        how => format!("{} of {how}", grouped(*count)),
    });
    say("passwords", passwords.collect::<Vec<_>>().join(", "));
    let created = before.map_or(0, |told| told.created().count() as u64);
    if let Some(told) = before {
        say("goes on", format!("with {}, which has created {}", told.header.run, users(created)));
    }
    let left = usize::try_from(survey.users.saturating_sub(created)).unwrap_or(usize::MAX);
    say("cost", Cost::of_requests(left, site).at_share());
    say("undo", "lazyclerk import --undo, which deletes them".to_owned());
    lines
}

fn rows(read: &Read) -> String {
    let survey = &read.survey;
    let mut words = vec![format!("{}, {} to create", grouped(survey.rows), grouped(survey.users))];
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
