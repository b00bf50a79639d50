//! A file's rows, each checked by itself and against those before it.

use super::{Draft, Fault, Identifier, Mapping, Row};
use crate::clerk::{model::Timestamp, users::CreateUser};
use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, RandomState},
};
use strum::IntoEnumIterator;

/// What a row is.
#[derive(Clone, Debug)]
pub(super) enum Checked {
    /// A user to create.
    Create(Box<Draft>),
    /// Of nobody who is to be created.
    Absent,
    /// Something is wrong with it.
    Faulty(Vec<Fault>),
}

/// Checks one row after the other. What was seen is kept as numbers: of a million users there is room for that.
pub(super) struct Checker<'a> {
    mapping: &'a Mapping,
    now: Timestamp,
    state: RandomState,
    seen: HashMap<u64, u64>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(mapping: &'a Mapping, now: Timestamp) -> Self {
        Self { mapping, now, state: RandomState::new(), seen: HashMap::new() }
    }

    pub(super) fn check(&mut self, row: &Row) -> Checked {
        let read = match &row.fields {
            Ok(fields) => Draft::read(fields, self.mapping, self.now),
            Err(fault) => Err(vec![fault.clone()]),
        };
        match read {
            Ok(None) => Checked::Absent,
            Err(faults) => Checked::Faulty(faults),
            Ok(Some(draft)) => {
                let clashes = self.clashes(row.number, &draft.user);
                if clashes.is_empty() { Checked::Create(Box::new(draft)) } else { Checked::Faulty(clashes) }
            }
        }
    }

    /// What an earlier row has too, and nobody else may have.
    fn clashes(&mut self, number: u64, user: &CreateUser) -> Vec<Fault> {
        let values = |what: Identifier| what.of_new(user).into_iter().map(move |value| (what, what.folded(value)));
        let mut clashes = Vec::new();
        for (what, value) in Identifier::iter().flat_map(values) {
            match self.seen.entry(self.state.hash_one((what, &value))) {
                Entry::Vacant(place) => _ = place.insert(number),
                Entry::Occupied(place) if *place.get() == number => {}
                Entry::Occupied(place) => {
                    let what = what.words();
                    clashes.push(Fault::of_row(format!("the {what} {value} stands in row {} too", place.get())));
                }
            }
        }
        clashes
    }
}
