//! What is made of the answers.

use super::{USER, USER_ID, answering, first_page};
use lazyclerk::clerk::{
    Clerk, Error,
    model::{
        EnvironmentType, OrganizationMembership, Page, Received, Session, SessionStatus, User, VerificationStatus,
    },
    query::{PageLimit, UserQuery},
};
use rstest::rstest;
use serde_json::Value;
use wiremock::ResponseTemplate;

async fn users(clerk: &Clerk) -> Result<Vec<Received<User>>, Error> {
    Ok(clerk.users().list(&UserQuery::default(), &first_page(50)).await?.value)
}

async fn users_from(body: &str) -> Result<Vec<Received<User>>, Error> {
    let (_server, clerk) = answering(ResponseTemplate::new(200).set_body_string(body)).await;
    users(&clerk).await
}

/// Where the example has a `null` whose key the contract lets be absent. One type reads the eleven shapes of a
/// verification, so it leaves such keys out.
const NULL_OR_ABSENT: [(&str, &str); 3] = [
    ("/web3_wallets/0/verification", "message"),
    ("/passkeys/0/verification", "message"),
    ("/enterprise_accounts/0/verification", "external_verification_redirect_url"),
];

#[test]
fn the_example_of_the_contract_is_read_and_written_back_equal() {
    let user: User = serde_json::from_str(USER).unwrap();
    let mut example: Value = serde_json::from_str(USER).unwrap();
    for (place, key) in NULL_OR_ABSENT {
        let object = example.pointer_mut(place).unwrap().as_object_mut().unwrap();
        assert_eq!(object.remove(key), Some(Value::Null), "{place}/{key}");
    }
    assert_eq!(serde_json::to_value(&user).unwrap(), example);
    assert_eq!(user.full_name().as_deref(), Some("Ada Lovelace"));
    assert_eq!(user.primary_email_address().unwrap().email_address, "ada@example.com");
    assert_eq!(user.created_at.as_millis(), 1_700_690_400_000);
    assert_eq!(user.external_accounts[0].provider, "oauth_google");
}

#[rstest]
#[case::bare("[USER]")]
#[case::wrapped(r#"{"data":[USER],"total_count":1}"#)]
#[case::wrapped_without_a_total(r#"{"data":[USER]}"#)]
#[case::after_white_space("\r\n  [USER]\n")]
#[tokio::test]
async fn a_list_of_users_is_read_whatever_it_is_wrapped_in(#[case] shape: &str) {
    let users = users_from(&shape.replace("USER", USER)).await.unwrap();
    assert_eq!((users.len(), users[0].id.as_str()), (1, USER_ID));
}

#[rstest]
#[case(r#"[{"id":"orgmem_1"}]"#, 1)]
#[case(r#"{"data":[{"id":"orgmem_1"}],"total_count":7}"#, 7)]
#[case(r#"{"total_count":null,"data":[{"id":"orgmem_1"}]}"#, 1)]
#[tokio::test]
async fn memberships_are_read_whatever_they_are_wrapped_in(#[case] body: &str, #[case] total_count: u64) {
    let (_server, clerk) = answering(ResponseTemplate::new(200).set_body_string(body)).await;
    let page = clerk.users().organization_memberships(&USER_ID.into(), PageLimit::new(10), 0).await.unwrap().value;
    let membership = OrganizationMembership { id: "orgmem_1".into(), ..OrganizationMembership::default() };
    assert_eq!(page, Page { data: vec![membership], total_count });
}

#[rstest]
#[case(r#"[{"id":"sess_1","status":"active"},{"id":"sess_2","status":"dreaming"}]"#)]
#[case(r#"{"data":[{"id":"sess_1","status":"active"},{"id":"sess_2","status":"dreaming"}],"total_count":2}"#)]
#[tokio::test]
async fn sessions_are_read_whatever_they_are_wrapped_in(#[case] body: &str) {
    let (_server, clerk) = answering(ResponseTemplate::new(200).set_body_string(body)).await;
    let sessions = clerk.sessions().list(&USER_ID.into(), None, PageLimit::new(10), 0).await.unwrap().value;
    let session = |id: &str, status| Session { id: id.into(), status, ..Session::default() };
    let other = SessionStatus::Other("dreaming".into());
    assert_eq!(sessions, [session("sess_1", SessionStatus::Active), session("sess_2", other)]);
}

#[tokio::test]
async fn one_odd_user_does_not_fail_the_page() {
    let odd = r#"{"id":"user_odd","first_name":null,"banned":null,"created_at":null,"email_addresses":null,
        "public_metadata":null,"phone_numbers":[{}],"shoe_size":43,"object":null,
        "web3_wallets":[{"web3_wallet":"0x1","verification":{"status":"pondered","strategy":"by_pigeon","nested":{}}}],
        "external_accounts":[{"provider":"oauth_new_thing","unknown":[1,2]}],"passkeys":[{"last_used_at":null}]}"#;
    let users = users_from(&format!("[{odd},{USER}]")).await.unwrap();
    assert_eq!(users[1].id.as_str(), USER_ID);
    let user = &users[0];
    assert_eq!((user.id.as_str(), user.banned, user.email_addresses.len()), ("user_odd", false, 0));
    let verification = user.web3_wallets[0].verification.as_ref().unwrap();
    assert_eq!(verification.status, VerificationStatus::Other("pondered".into()));
    assert_eq!(user.external_accounts[0].provider, "oauth_new_thing");
    assert_eq!(user.raw(), odd, "what came is kept, to the byte");
}

#[tokio::test]
async fn any_single_field_of_a_user_may_be_missing_or_null() {
    let Value::Object(whole) = serde_json::from_str(USER).unwrap() else { panic!("a user is an object") };
    let mut variants = Vec::new();
    for name in whole.keys().filter(|name| *name != "id") {
        let mut without = whole.clone();
        without.remove(name);
        variants.push(Value::Object(without));
        let mut with_null = whole.clone();
        with_null.insert(name.clone(), Value::Null);
        variants.push(Value::Object(with_null));
    }
    let users = users_from(&Value::from(variants.clone()).to_string()).await.unwrap();
    assert_eq!(users.len(), variants.len());
    assert!(users.iter().all(|user| user.id.as_str() == USER_ID));
}

#[rstest]
#[case("text/html")]
#[case("application/json; charset=utf-8")]
#[tokio::test]
async fn the_content_type_does_not_matter_when_the_body_is_right(#[case] content_type: &str) {
    let answer = ResponseTemplate::new(200).set_body_raw(format!("[{USER}]"), content_type);
    let (_server, clerk) = answering(answer).await;
    assert_eq!(users(&clerk).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    // `printf '[]' | gzip -n`
    let packed = [31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 139, 142, 5, 0, 41, 187, 76, 13, 2, 0, 0, 0];
    let answer = ResponseTemplate::new(200).insert_header("content-encoding", "gzip").set_body_bytes(packed);
    let (_server, clerk) = answering(answer).await;
    assert_eq!(users(&clerk).await.unwrap().len(), 0);
}

#[rstest]
#[case("", "it is empty")]
#[case(" \n", "it is empty")]
#[case("<html>sign in to the wifi</html>", "expected value at line 1 column 1")]
#[case("null", "invalid type: null, expected a sequence at line 1 column 4")]
#[case(r#"{"data":7}"#, "invalid type: integer `7`, expected a sequence at line 1 column 9")]
#[case(r#"[{"id":1}]"#, "invalid type: integer `1`, expected a string at line 1 column 7")]
#[tokio::test]
async fn an_answer_that_cannot_be_read_says_what_and_where(#[case] body: &str, #[case] expected: &str) {
    let answer = ResponseTemplate::new(200).set_body_string(body).insert_header("x-clerk-trace-id", "de1b");
    let (_server, clerk) = answering(answer).await;
    let error = users(&clerk).await.unwrap_err();
    let Error::Unreadable { status: 200, reason, trace_id } = &error else { panic!("{error:?}") };
    assert_eq!((reason.as_str(), trace_id.as_deref()), (expected, Some("de1b")));
}

#[rstest]
#[case("{}")]
#[case(r#"{"message":"welcome to the proxy"}"#)]
#[case(r#"{"id":"user_other"}"#)]
#[tokio::test]
async fn an_answer_about_another_user_is_not_believed(#[case] body: &str) {
    let (_server, clerk) = answering(ResponseTemplate::new(200).set_body_string(body)).await;
    let error = clerk.users().ban(&USER_ID.into()).await.unwrap_err();
    assert_eq!(error.to_string(), "the answer (status 200) cannot be read: it is not the one that was asked for");
    assert!(error.may_have_happened());
}

#[rstest]
#[case(r#"{"id":"ins_1","environment_type":"production"}"#, Some(EnvironmentType::Production))]
#[case(r#"{"id":"ins_1","environment_type":"staging"}"#, Some(EnvironmentType::Other("staging".into())))]
#[case(r#"{"id":"ins_1","environment_type":null}"#, None)]
#[case("{}", None)]
#[tokio::test]
async fn an_instance_may_be_of_a_kind_that_nobody_knows(#[case] body: &str, #[case] kind: Option<EnvironmentType>) {
    let (_server, clerk) = answering(ResponseTemplate::new(200).set_body_string(body)).await;
    assert_eq!(clerk.instance().get().await.unwrap().value.environment_type, kind);
}
