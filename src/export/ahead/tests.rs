//! Whatever goes on ahead: everybody is read once, and nothing is asked for in vain.

use super::*;
use crate::clerk::{
    SecretKey,
    query::{OrderField, UserFilter, UserOrder},
};
use serde_json::json;
use std::collections::HashMap;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

/// So many users, `user_1` first, of whom somebody may be gone.
struct List {
    users: usize,
    gone: Option<usize>,
}

impl Respond for List {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let asked: HashMap<_, _> = request.url.query_pairs().into_owned().collect();
        let number =
            |name: &str| asked.get(name).map(|text| text.trim_start_matches("user_").parse::<usize>().unwrap());
        let behind = number("starting_after");
        if behind.is_some() && behind == self.gone {
            return ResponseTemplate::new(422)
                .set_body_json(json!({ "errors": [{ "code": "form_param_value_invalid" }] }));
        }
        let start = behind.or(number("offset")).unwrap_or(0);
        let ids = (start + 1..=self.users).filter(|id| behind.is_none() || Some(*id) != self.gone);
        let rows: Vec<_> = ids.take(number("limit").unwrap()).map(|id| json!({ "id": format!("user_{id}") })).collect();
        ResponseTemplate::new(200).set_body_json(rows)
    }
}

struct Stage {
    server: MockServer,
    clerk: Clerk,
}

impl Stage {
    async fn with(answer: impl Respond + 'static) -> Self {
        let server = MockServer::builder().start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let key = SecretKey::new("sk_live_aKeyOfTheTests").unwrap();
        let clerk = Clerk::new(server.uri().parse().unwrap(), key).unwrap().in_background();
        Self { server, clerk }
    }

    /// Reads all: the ids in their order, and how many requests that took.
    async fn read(&self, order: UserOrder, total: Option<u64>) -> (Vec<String>, usize) {
        let query = UserQuery { filter: UserFilter::default(), order };
        let mut ahead = PagesAhead::new(UserPages::new(query), total);
        let mut ids = Vec::new();
        while !ahead.pages().is_over() {
            ids.extend(ahead.next(&self.clerk).await.unwrap().iter().map(|row| row.id().as_str().to_owned()));
        }
        assert!(ahead.coming.is_none());
        (ids, self.server.received_requests().await.unwrap().len())
    }
}

fn numbers(through: usize) -> Vec<String> {
    (1..=through).map(|id| format!("user_{id}")).collect()
}

fn by_offset() -> UserOrder {
    let order = UserOrder { by: OrderField::FirstName, ..UserOrder::default() };
    assert!(!order.has_cursor());
    order
}

#[tokio::test]
async fn everybody_comes_once_and_nothing_is_asked_for_beyond() {
    let stage = Stage::with(List { users: 1200, gone: None }).await;
    assert_eq!(stage.read(UserOrder::default(), Some(1200)).await, (numbers(1200), 3));
}

#[tokio::test]
async fn it_is_no_different_where_the_total_is_unknown_or_the_order_has_no_cursor() {
    for (order, total) in [(UserOrder::default(), None), (by_offset(), Some(1200)), (UserOrder::default(), Some(7))] {
        let stage = Stage::with(List { users: 1200, gone: None }).await;
        assert_eq!(stage.read(order, total).await, (numbers(1200), 3), "{order:?} {total:?}");
    }
}

#[tokio::test]
async fn the_next_page_is_on_its_way_while_one_is_taken() {
    let stage = Stage::with(List { users: 1200, gone: None }).await;
    let mut ahead = PagesAhead::new(UserPages::new(UserQuery::default()), Some(1200));
    ahead.next(&stage.clerk).await.unwrap();
    assert_eq!(ahead.coming.as_ref().map(|coming| &coming.page), Some(&ahead.pages.upcoming(LIMIT)));
}

#[tokio::test]
async fn whoever_is_deleted_behind_a_page_costs_nobody_their_place() {
    let stage = Stage::with(List { users: 1200, gone: Some(500) }).await;
    let (ids, _) = stage.read(UserOrder::default(), Some(1200)).await;
    assert_eq!(ids, numbers(1200));
}

#[tokio::test]
async fn fewer_than_there_were_when_they_were_counted_are_an_end() {
    let stage = Stage::with(List { users: 500, gone: None }).await;
    assert_eq!(stage.read(UserOrder::default(), Some(9000)).await.0, numbers(500));
}

#[tokio::test]
async fn what_fails_is_told_as_it_is_and_once() {
    let stage = Stage::with(ResponseTemplate::new(401)).await;
    let mut ahead = PagesAhead::new(UserPages::new(UserQuery::default()), Some(1200));
    let error = ahead.next(&stage.clerk).await.unwrap_err();
    assert_eq!(error.status(), Some(401));
    assert_eq!(stage.server.received_requests().await.unwrap().len(), 1);
    let stage = Stage::with(ResponseTemplate::new(200).set_body_string("[{]")).await;
    let error = ahead.next(&stage.clerk).await.unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error}");
}
