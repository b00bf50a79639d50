//! A file's rows, each checked by itself and against those before it.

use super::{Draft, Fault, Mapping, Row};
use crate::clerk::{model::Timestamp, users::CreateUser};
use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{BuildHasher, RandomState},
};

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
        let CreateUser { email_addresses, phone_numbers, username, external_id, web3_wallets, .. } = user;
        let emails = email_addresses.iter().map(|email| ("email address", email.value.to_lowercase()));
        let phones = phone_numbers.iter().map(|phone| ("phone number", phone.value.clone()));
        let usernames = username.iter().map(|username| ("username", username.to_lowercase()));
        let ids = external_id.iter().map(|id| ("external id", id.clone()));
        let wallets = web3_wallets.iter().map(|wallet| ("wallet", wallet.to_lowercase()));
        let mut clashes = Vec::new();
        for (what, value) in emails.chain(phones).chain(usernames).chain(ids).chain(wallets) {
            match self.seen.entry(self.state.hash_one((what, &value))) {
                Entry::Vacant(place) => _ = place.insert(number),
                Entry::Occupied(place) if *place.get() == number => {}
                Entry::Occupied(place) => {
                    clashes.push(Fault::of_row(format!("the {what} {value} stands in row {} too", place.get())));
                }
            }
        }
        clashes
    }
}
