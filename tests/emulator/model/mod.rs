//! The emulator against a naive model of it: whatever is asked in whatever order, both answer the same.
//!
//! The model has no database, no index, no cache and no document: vectors that are looked through from one end to the
//! other. What it does not know is left out of the comparison by the functions that are called `seen`.
//!
//! The sequences are the same in every run. `PROPTEST_RNG_SEED=7` draws others, `PROPTEST_CASES=5000` more of them.

mod addresses;
mod asking;
mod operations;
mod people;
mod world;

use crate::api::Api;
use asking::Game;
use operations::{Operation, sequences};
use proptest::{
    prelude::*,
    test_runner::{RngSeed, TestRunner},
};
use world::World;

/// Those who are there in the beginning, with sessions and memberships.
const PEOPLE: u32 = 12;
const OPERATIONS: usize = 40;
const CASES: u32 = 48;

fn config() -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { CASES };
    let rng_seed = if asked.rng_seed == RngSeed::Random { RngSeed::Fixed(1) } else { asked.rng_seed };
    // What fails is found again by the same seed.
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..asked }
}

/// Plays a sequence to its end, or to the first answer that differs.
async fn play(api: &Api, world: World, operations: &[Operation]) -> Result<(), String> {
    let mut game = Game::begin(api, world).await;
    for (place, operation) in operations.iter().enumerate() {
        game.ask(operation).await.map_err(|why| format!("operation {place}, {operation:?}: {why}"))?;
        if operation.only_reads() {
            continue;
        }
        game.compare_users().await.map_err(|why| format!("after operation {place}, {operation:?}: {why}"))?;
    }
    game.compare_all().await.map_err(|why| format!("at the end: {why}"))
}

#[test]
fn it_answers_as_a_naive_model_does() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let api = Api::of(PEOPLE);
    let world = runtime.block_on(async {
        api.post("/control/snapshot").await;
        World::read(&api).await
    });
    let tested = TestRunner::new(config()).run(&sequences(OPERATIONS), |operations| {
        runtime.block_on(play(&api, world.clone(), &operations)).map_err(TestCaseError::fail)
    });
    if let Err(error) = tested {
        panic!("{error}");
    }
}
