//! Reading a page of 500 users, as `GET /v1/users` sends it. Budget: at least 150 MB/s.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run has failed")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lazyclerk::clerk::model::{Received, User};
use serde_json::{Value, json};
use std::hint::black_box;

const USERS: usize = 500;

/// The parts that most users have none of.
const RARE: [&str; 6] =
    ["phone_numbers", "web3_wallets", "passkeys", "external_accounts", "saml_accounts", "enterprise_accounts"];

/// A page of users with every part, each with an id of its own.
fn full_page() -> Vec<Value> {
    let user: Value = serde_json::from_str(include_str!("../tests/data/user.json")).unwrap();
    let numbered = |number| {
        let mut user = user.clone();
        user["id"] = json!(format!("user_{number:027}"));
        user["username"] = json!(format!("ada{number}"));
        user
    };
    (0..USERS).map(numbered).collect()
}

/// A page of users with one email address and a password, as most are.
fn plain_page() -> Vec<Value> {
    let mut users = full_page();
    for user in &mut users {
        for part in RARE {
            user[part] = json!([]);
        }
    }
    users
}

/// A page of users whose metadata is full: 8 KB in each of the three bags.
fn heavy_page() -> Vec<Value> {
    let mut users = plain_page();
    let bag: serde_json::Map<_, _> = (0..160)
        .map(|number| (format!("setting_{number}"), json!({ "on": true, "since": 1_700_690_400_000_i64 + number })))
        .collect();
    for user in &mut users {
        for name in ["public_metadata", "private_metadata", "unsafe_metadata"] {
            user[name] = bag.clone().into();
        }
    }
    users
}

fn decode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decode a page of 500 users");
    for (name, page) in
        [("plain", plain_page()), ("with every part", full_page()), ("with full metadata", heavy_page())]
    {
        let body = serde_json::to_vec(&page).unwrap();
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| serde_json::from_slice::<Vec<Received<User>>>(black_box(&body)).unwrap());
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(30);
    targets = decode
}
criterion_main!(benches);
