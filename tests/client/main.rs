//! The client, through its public surface: against a server that records what it is asked and answers as told, and
//! against one that misbehaves.

#![expect(clippy::unwrap_used, reason = "clippy knows test functions, but not their helpers")]

mod decoding;
mod errors;
mod exchanges;
mod guard;
mod misbehaviour;
mod operations;
mod rate;
mod repeats;
mod server;
mod writes;

use lazyclerk::clerk::{
    Clerk, Endpoint, Limits, SecretKey,
    query::{PageLimit, PageStart, UserPage},
};
use std::time::Duration;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

/// The key of these tests. Its end is what must not be found anywhere.
const KEY: &str = "sk_test_QWxsIHRoYXQgaXMgZ29sZA";
const SECRET_PART: &str = "QWxsIHRoYXQgaXMg";

/// The example user of Clerk's contract, and its id.
const USER: &str = include_str!("../data/user.json");
const USER_ID: &str = "user_2NNEqL2nrIRdJ194ndJqAHwEfxC";

/// A client of the API at `url`, that does not wait long for anything.
fn clerk_at(url: &str) -> Clerk {
    clerk_with(url, Limits { first_repeat: Duration::from_millis(1), ..Limits::default() })
}

fn clerk_with(url: &str, limits: Limits) -> Clerk {
    Clerk::with_limits(Endpoint::parse(url).unwrap(), SecretKey::new(KEY).unwrap(), limits).unwrap()
}

/// A server that answers everything alike, and a client of it.
async fn answering(answer: ResponseTemplate) -> (MockServer, Clerk) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let clerk = clerk_at(&server.uri());
    (server, clerk)
}

/// The one request that the server got.
async fn the_request(server: &MockServer) -> Request {
    let mut requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests.remove(0)
}

fn first_page(rows: u16) -> UserPage {
    UserPage { start: PageStart::FIRST, limit: PageLimit::new(rows) }
}
