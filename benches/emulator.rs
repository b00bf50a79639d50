//! The emulator's budget: a page, a search and a count of many users, at any depth, in 20 ms each.
//!
//! `LAZYCLERK_BENCH_USERS` sets how many users there are, 100,000 unless it says otherwise. The requests go through the
//! router in the process, so that what is measured is everything but the network.

#![expect(clippy::print_stderr, reason = "a benchmark tells what it measured on the side")]

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use criterion::{Criterion, criterion_group, criterion_main};
use http_body_util::BodyExt;
use lazyclerk::{
    clerk::SecretKey,
    emulator::{Options, router},
};
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
        let authorization = format!("Bearer {}", self.key.expose());
        let request = Request::get(path).header("authorization", authorization).body(Body::empty()).expect("a request");
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("the router never fails");
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            response.into_body().collect().await.expect("a body").to_bytes().to_vec()
        })
    }

    /// The id of the user at this place in the default order.
    fn id_at(&self, offset: u32) -> String {
        let body: serde_json::Value =
            serde_json::from_slice(&self.get(&format!("/v1/users?limit=1&offset={offset}"))).expect("JSON");
        body[0]["id"].as_str().expect("an id").to_owned()
    }
}

fn emulator(criterion: &mut Criterion) {
    let users = std::env::var("LAZYCLERK_BENCH_USERS").ok().and_then(|users| users.parse().ok()).unwrap_or(100_000);
    let api = Api::with(users);
    let deep = api.id_at(users * 9 / 10);
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
    group.finish();
}

criterion_group!(benches, emulator);
criterion_main!(benches);
