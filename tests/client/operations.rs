//! What each operation sends: verb, path, query and headers.

use super::{KEY, USER, USER_ID, answering, clerk_at, first_page, the_request};
use lazyclerk::clerk::{
    API_VERSION, Answer, Error, InstanceKind, NotSent,
    model::{SessionStatus, Timestamp, UserId},
    query::{
        Direction, OrderField, PageLimit, PageStart, ProviderFilter, Select, Span, UserFilter, UserOrder, UserPage,
        UserQuery,
    },
};
use rstest::rstest;
use wiremock::{Request, ResponseTemplate};

/// Verb, path and the query as a server reads it.
fn line(request: &Request) -> (String, String, Vec<(String, String)>) {
    (request.method.to_string(), request.url.path().to_owned(), request.url.query_pairs().into_owned().collect())
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn expected(method: &str, path: &str, query: &[(&str, &str)]) -> (String, String, Vec<(String, String)>) {
    (method.to_owned(), path.to_owned(), pairs(query))
}

#[tokio::test]
async fn every_request_names_key_version_and_program() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string("[]")).await;
    clerk.users().list(&UserQuery::default(), &first_page(10)).await.unwrap();
    let request = the_request(&server).await;
    let header = |name: &str| request.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("authorization"), Some(format!("Bearer {KEY}")));
    assert_eq!(header("clerk-api-version").as_deref(), Some(API_VERSION));
    assert_eq!(API_VERSION, "2026-05-12");
    assert_eq!(header("user-agent"), Some(format!("lazyclerk/{}", env!("CARGO_PKG_VERSION"))));
    assert_eq!(header("accept").as_deref(), Some("application/json"));
    assert_eq!(header("accept-encoding").as_deref(), Some("gzip"));
    assert_eq!(header("content-type"), None);
}

#[tokio::test]
async fn a_list_asks_for_its_page_in_its_order() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string("[]")).await;
    let order = UserOrder { by: OrderField::Web3Wallet, direction: Direction::Ascending };
    let query = UserQuery { order, ..UserQuery::default() };
    let page = UserPage { start: PageStart::Offset(20), limit: PageLimit::new(10) };
    assert!(clerk.users().list(&query, &page).await.unwrap().value.is_empty());
    let request = the_request(&server).await;
    let query = [("order_by", "+web3wallet"), ("limit", "10"), ("offset", "20")];
    assert_eq!(line(&request), expected("GET", "/v1/users", &query));
    assert_eq!(request.url.query(), Some("order_by=%2Bweb3wallet&limit=10&offset=20"));
}

#[tokio::test]
async fn a_list_goes_on_after_a_cursor() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string("[]")).await;
    let page = UserPage { start: PageStart::After(UserId::from(USER_ID)), limit: PageLimit::MAX };
    clerk.users().list(&UserQuery::default(), &page).await.unwrap();
    let query = [("order_by", "-created_at"), ("limit", "500"), ("starting_after", USER_ID)];
    assert_eq!(line(&the_request(&server).await), expected("GET", "/v1/users", &query));
}

fn every_filter() -> UserFilter {
    let span = |start: i64| Span {
        before: Some(Timestamp::from_millis(start)),
        after: Some(Timestamp::from_millis(start + 1)),
    };
    UserFilter {
        query: Some("ada & ben=%+".into()),
        email_address: vec!["a+b@x.com".into(), "c@x.com".into()],
        phone_number: vec!["+12015550100".into()],
        username: vec!["ada".into()],
        web3_wallet: vec!["0x1".into()],
        user_id: vec![Select::Include("user_1".into()), Select::Exclude("user_2".into())],
        external_id: vec![Select::Include("-7".into())],
        organization_id: vec![Select::Exclude("org_1".into())],
        email_address_query: Some("@x".into()),
        phone_number_query: Some("555".into()),
        username_query: Some("ad".into()),
        name_query: Some("Łove".into()),
        banned: Some(false),
        last_active_at: span(10),
        last_active_at_since: Some(Timestamp::from_millis(20)),
        created_at: span(30),
        last_sign_in_at: span(40),
        provider: Some(ProviderFilter { provider: "oauth_google".into(), user_ids: vec!["1".into(), "2".into()] }),
    }
}

const EVERY_FILTER: [(&str, &str); 25] = [
    ("query", "ada & ben=%+"),
    ("email_address_query", "@x"),
    ("phone_number_query", "555"),
    ("username_query", "ad"),
    ("name_query", "Łove"),
    ("email_address", "a+b@x.com"),
    ("email_address", "c@x.com"),
    ("phone_number", "+12015550100"),
    ("username", "ada"),
    ("web3_wallet", "0x1"),
    ("user_id", "user_1"),
    ("user_id", "-user_2"),
    ("external_id", "+-7"),
    ("organization_id", "-org_1"),
    ("banned", "false"),
    ("last_active_at_before", "10"),
    ("last_active_at_after", "11"),
    ("last_active_at_since", "20"),
    ("created_at_before", "30"),
    ("created_at_after", "31"),
    ("last_sign_in_at_before", "40"),
    ("last_sign_in_at_after", "41"),
    ("provider", "oauth_google"),
    ("provider_user_id", "1"),
    ("provider_user_id", "2"),
];

#[tokio::test]
async fn every_filter_arrives_as_it_was_meant() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string("[]")).await;
    let query = UserQuery { filter: every_filter(), order: UserOrder::default() };
    clerk.users().list(&query, &first_page(5)).await.unwrap();
    let mut query = EVERY_FILTER.to_vec();
    query.extend([("order_by", "-created_at"), ("limit", "5")]);
    let request = the_request(&server).await;
    assert_eq!(line(&request), expected("GET", "/v1/users", &query));
    assert!(!request.url.query().unwrap().contains("=+"), "a raw + arrives as a space");
}

#[tokio::test]
async fn a_count_has_the_filters_and_neither_order_nor_page() {
    let body = r#"{"object":"total_count","total_count":369}"#;
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(body)).await;
    assert_eq!(clerk.users().count(&every_filter()).await.unwrap().value, 369);
    assert_eq!(line(&the_request(&server).await), expected("GET", "/v1/users/count", &EVERY_FILTER));
}

#[tokio::test]
async fn a_count_of_everybody_has_no_query_at_all() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(r#"{"total_count":0}"#)).await;
    assert_eq!(clerk.users().count(&UserFilter::default()).await.unwrap().value, 0);
    assert_eq!(the_request(&server).await.url.query(), None);
}

#[tokio::test]
async fn one_user_is_read() {
    let answer = ResponseTemplate::new(200).set_body_string(USER).insert_header("x-clerk-trace-id", "de1b");
    let (server, clerk) = answering(answer).await;
    let Answer { value, status, trace_id, .. } = clerk.users().get(&USER_ID.into()).await.unwrap();
    assert_eq!((value.id.as_str(), status, trace_id.as_deref()), (USER_ID, 200, Some("de1b")));
    assert_eq!(line(&the_request(&server).await), expected("GET", &format!("/v1/users/{USER_ID}"), &[]));
}

#[rstest]
#[case("ban")]
#[case("unban")]
#[case("lock")]
#[case("unlock")]
#[tokio::test]
async fn a_state_is_set_with_a_post_that_has_no_body(#[case] state: &str) {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(USER)).await;
    let (users, id) = (clerk.users(), UserId::from(USER_ID));
    let answer = match state {
        "ban" => users.ban(&id).await,
        "unban" => users.unban(&id).await,
        "lock" => users.lock(&id).await,
        _ => users.unlock(&id).await,
    };
    assert_eq!(answer.unwrap().value.username.as_deref(), Some("ada"));
    let request = the_request(&server).await;
    assert_eq!(line(&request), expected("POST", &format!("/v1/users/{USER_ID}/{state}"), &[]));
    assert_eq!(request.body, b"");
    // Without one, some servers answer 411.
    assert_eq!(request.headers.get("content-length").unwrap(), "0");
}

#[tokio::test]
async fn memberships_are_paged_by_offset() {
    let body = r#"{"data":[{"id":"orgmem_1","role":"org:admin","organization":{"id":"org_1","name":"Engines"}}],"total_count":41}"#;
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(body)).await;
    let id = UserId::from(USER_ID);
    let page = clerk.users().organization_memberships(&id, PageLimit::new(20), 40).await.unwrap().value;
    assert_eq!((page.total_count, page.data[0].organization.name.as_str()), (41, "Engines"));
    let path = format!("/v1/users/{USER_ID}/organization_memberships");
    assert_eq!(line(&the_request(&server).await), expected("GET", &path, &[("limit", "20"), ("offset", "40")]));
}

#[rstest]
#[case(None, &[])]
#[case(Some(SessionStatus::Active), &[("status", "active")])]
#[case(Some(SessionStatus::Other("frozen".into())), &[("status", "frozen")])]
#[tokio::test]
async fn sessions_of_a_user_are_listed(#[case] status: Option<SessionStatus>, #[case] sent: &[(&str, &str)]) {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(r#"[{"id":"sess_1"}]"#)).await;
    let sessions = clerk.sessions().list(&USER_ID.into(), status, PageLimit::new(7), 14).await.unwrap().value;
    assert_eq!(sessions[0].id.as_str(), "sess_1");
    let query = [&[("user_id", USER_ID)], sent, &[("limit", "7"), ("offset", "14")]].concat();
    assert_eq!(line(&the_request(&server).await), expected("GET", "/v1/sessions", &query));
}

#[test]
fn a_session_status_is_the_same_word_in_a_query_as_in_an_answer() {
    for status in [
        SessionStatus::Active,
        SessionStatus::Revoked,
        SessionStatus::Ended,
        SessionStatus::Expired,
        SessionStatus::Removed,
        SessionStatus::Abandoned,
        SessionStatus::Replaced,
        SessionStatus::Pending,
        SessionStatus::Other("frozen".into()),
    ] {
        assert_eq!(serde_json::to_value(&status).unwrap(), status.as_str());
    }
}

#[tokio::test]
async fn the_instance_is_read() {
    let body = r#"{"object":"instance","id":"ins_1","environment_type":"production","allowed_origins":null}"#;
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(body)).await;
    let instance = clerk.instance().get().await.unwrap().value;
    assert_eq!(instance.id.as_str(), "ins_1");
    assert_eq!(line(&the_request(&server).await), expected("GET", "/v1/instance", &[]));
    assert_eq!(clerk.instance_kind(), InstanceKind::Development);
}

#[tokio::test]
async fn a_path_before_v1_is_kept() {
    let (server, _) = answering(ResponseTemplate::new(200).set_body_string("[]")).await;
    let clerk = clerk_at(&format!("{}/clerk/v1/", server.uri()));
    clerk.users().list(&UserQuery::default(), &first_page(1)).await.unwrap();
    assert_eq!(the_request(&server).await.url.path(), "/clerk/v1/users");
}

#[tokio::test]
async fn an_id_from_outside_does_not_change_the_path() {
    let (server, clerk) = answering(ResponseTemplate::new(404)).await;
    let error = clerk.users().ban(&"../../instance?a=b#c".into()).await.unwrap_err();
    assert!(error.is_not_found());
    let request = the_request(&server).await;
    assert_eq!(request.url.path(), "/v1/users/..%2F..%2Finstance%3Fa%3Db%23c/ban");
    assert_eq!(request.url.query(), None);
}

#[tokio::test]
async fn what_cannot_be_an_id_is_not_sent() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(USER)).await;
    for id in ["", ".", ".."] {
        let error = clerk.users().ban(&id.into()).await.unwrap_err();
        assert_eq!(error, Error::NotSent(NotSent::Id { id: id.to_owned() }));
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn background_requests_are_the_same_requests() {
    let (server, clerk) = answering(ResponseTemplate::new(200).set_body_string(USER)).await;
    clerk.in_background().users().get(&USER_ID.into()).await.unwrap();
    let request = the_request(&server).await;
    assert_eq!(request.url.path(), format!("/v1/users/{USER_ID}"));
    assert_eq!(request.headers.get("authorization").unwrap(), &format!("Bearer {KEY}"));
}
