//! The emulator's budget: a page, a search and a count of many users, at any depth, in 20 ms each. The sessions of one of
//! them, and a ban of as many as one request takes, take no longer.
//!
//! `LAZYCLERK_BENCH_USERS` sets how many users there are, 100,000 unless it says otherwise. The requests go through the
//! router in the process, so that what is measured is everything but the network.

#![expect(clippy::print_stderr, reason = "a benchmark tells what it measured on the side")]

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, request::Builder},
};
use criterion::{Criterion, criterion_group, criterion_main};
use http_body_util::BodyExt;
use lazyclerk::{
    clerk::SecretKey,
    emulator::{Options, router},
};
use serde_json::{Value, json};
use std::{hint::black_box, time::Instant};
use tokio::runtime::Runtime;
use tower::ServiceExt;

struct Api {
    runtime: Runtime,
    router: Router,
    key: SecretKey,
}

impl Api {
    fn with(users: u32) -> Self {
        let begun = Instant::now();
        let (router, key) = router(&Options { users, ..Options::default() }).expect("the emulator starts");
        eprintln!("made {users} people in {:.1} s", begun.elapsed().as_secs_f64());
        Self { runtime: Runtime::new().expect("a runtime starts"), router, key }
    }

    fn get(&self, path: &str) -> Vec<u8> {
        self.ask(path, Request::get(path), Body::empty())
    }

    fn post(&self, path: &str, body: &Value) -> Vec<u8> {
        self.ask(path, Request::post(path), Body::from(body.to_string()))
    }

    fn ask(&self, path: &str, request: Builder, body: Body) -> Vec<u8> {
        let authorization = format!("Bearer {}", self.key.expose());
        let request = request.header("authorization", authorization).body(body).expect("a request");
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("the router never fails");
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            response.into_body().collect().await.expect("a body").to_bytes().to_vec()
        })
    }

    /// The ids of so many users from this place on in the default order.
    fn ids_at(&self, offset: u32, limit: u32) -> Vec<String> {
        let body = self.get(&format!("/v1/users?limit={limit}&offset={offset}"));
        let users: Vec<Value> = serde_json::from_slice(&body).expect("JSON");
        users.iter().map(|user| user["id"].as_str().expect("an id").to_owned()).collect()
    }
}

fn emulator(criterion: &mut Criterion) {
    let users = std::env::var("LAZYCLERK_BENCH_USERS").ok().and_then(|users| users.parse().ok()).unwrap_or(100_000);
    let api = Api::with(users);
    let many = api.ids_at(users * 9 / 10, 50);
    let deep = &many[0];
    let paths = [
        ("page, first", "/v1/users?limit=100".to_owned()),
        ("page, by cursor at nine tenths", format!("/v1/users?limit=100&starting_after={deep}")),
        ("page of 500", "/v1/users?limit=500".to_owned()),
        ("page by first name", "/v1/users?limit=100&order_by=first_name".to_owned()),
        ("page of the banned", "/v1/users?limit=100&banned=true".to_owned()),
        ("search, rare", "/v1/users?limit=100&query=wollstonecraft".to_owned()),
        ("search, usual", "/v1/users?limit=100&query=ada".to_owned()),
        ("search, everybody", "/v1/users?limit=100&query=example".to_owned()),
        ("search, nobody", "/v1/users?limit=100&query=zzzqqq".to_owned()),
        ("search, one letter", "/v1/users?limit=100&query=a".to_owned()),
        ("search, email exact", "/v1/users?email_address=nobody%40example.com".to_owned()),
        ("count of all", "/v1/users/count".to_owned()),
        ("count of the banned", "/v1/users/count?banned=true".to_owned()),
        ("count, usual", "/v1/users/count?query=ada".to_owned()),
        ("sessions of a user", format!("/v1/sessions?user_id={deep}&limit=100")),
    ];
    let mut group = criterion.benchmark_group("emulator");
    group.sample_size(20);
    for (name, path) in &paths {
        // The first count of its kind: later ones are remembered until something changes.
        let begun = Instant::now();
        black_box(api.get(path));
        eprintln!("{name}: the first time {:.2} ms", begun.elapsed().as_secs_f64() * 1_000.0);
        group.bench_function(*name, |bencher| bencher.iter(|| black_box(api.get(path))));
    }
    let ids = json!({ "user_ids": many });
    group.bench_function("ban and unban of 50", |bencher| {
        bencher.iter(|| ["/v1/users/ban", "/v1/users/unban"].map(|path| black_box(api.post(path, &ids))));
    });
    group.finish();
}

criterion_group!(benches, emulator);
criterion_main!(benches);
