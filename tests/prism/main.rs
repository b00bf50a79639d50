//! Every operation of the client, through Prism as a proxy that holds requests and answers to Clerk's contract, at an
//! emulator. `.ci/prism` starts both and says where they are; without that this is skipped.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../contract/operations.rs"]
#[expect(dead_code, reason = "the answers in it are for those who have no server")]
mod operations;

mod access;
mod organizations;
mod users;

use lazyclerk::clerk::{Answer, Clerk, Endpoint, Error, Limits, SecretKey};
use std::{
    collections::BTreeSet,
    env,
    io::{self, Write as _},
    time::Duration,
};

/// Where Clerk answers otherwise than the contract has it: a page, `{data, total_count}`, for `paginated=true`, as its
/// SDKs read it. The contract has the bare list alone.
const DISAGREEMENTS: [&str; 3] = ["users().oauth_access_tokens", "invitations().list", "restrictions().allowlist"];

/// Where Prism is, and how the calls went.
pub(crate) struct Stage {
    endpoint: Endpoint,
    key: SecretKey,
    answered: BTreeSet<&'static str>,
    disagreed: BTreeSet<&'static str>,
    wrong: Vec<String>,
}

/// Whether Prism has stopped it: a refusal that is not in Clerk's words.
fn is_violation(error: &Error) -> bool {
    match error {
        Error::Refused(refusal) => refusal.errors.is_empty(),
        _ => true,
    }
}

impl Stage {
    /// A client with a rate budget of its own, so that nothing waits for the limit of writes to one user.
    pub(crate) fn connect(&self) -> Clerk {
        let limits = Limits { first_repeat: Duration::from_millis(1), ..Limits::default() };
        Clerk::with_limits(self.endpoint.clone(), self.key.clone(), limits).unwrap()
    }

    /// A call that has to succeed. Its value, where it did.
    pub(crate) async fn call<T>(
        &mut self,
        function: &'static str,
        call: impl Future<Output = Result<Answer<T>, Error>>,
    ) -> Option<T> {
        match call.await {
            Ok(answer) => {
                self.answered.insert(function);
                return Some(answer.value);
            }
            Err(error) if is_violation(&error) && DISAGREEMENTS.contains(&function) => {
                self.disagreed.insert(function);
            }
            Err(error) => self.wrong.push(format!("{function}: {error:?}")),
        }
        None
    }

    /// Were Prism to let everything pass, nothing would be told by what passes.
    async fn check_that_prism_judges(&self) {
        // Making a client also makes TLS ready.
        self.connect();
        let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let ask = async |body: &'static str| {
            let request = http.post(format!("{}/v1/users", self.endpoint)).bearer_auth(self.key.expose());
            request.header("content-type", "application/json").body(body).send().await.unwrap()
        };
        let refused = ask(r#"{ "first_name": 5 }"#).await;
        assert_eq!(refused.headers()["content-type"], "application/problem+json");
        assert!(refused.text().await.unwrap().contains("first_name"));
    }

    /// Calls about what is not there: each may be refused, in Clerk's words.
    async fn call_in_vain(&mut self) {
        for operation in operations::all() {
            match (operation.call)(&self.connect()).await {
                Err(error) if is_violation(&error) && !DISAGREEMENTS.contains(&operation.function) => {
                    self.wrong.push(format!("{}, in vain: {error:?}", operation.function));
                }
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn requests_and_answers_pass_the_contract() {
    let (Ok(url), Ok(key)) = (env::var("LAZYCLERK_PRISM_URL"), env::var("LAZYCLERK_PRISM_KEY")) else {
        // Past the test harness, which would keep it to itself.
        let _ = writeln!(io::stderr(), "SKIPPED: no Prism, as LAZYCLERK_PRISM_URL is not set; see .ci/prism");
        return;
    };
    let mut stage = Stage {
        endpoint: Endpoint::parse(&url).unwrap(),
        key: SecretKey::new(&key).unwrap(),
        answered: BTreeSet::new(),
        disagreed: BTreeSet::new(),
        wrong: Vec::new(),
    };
    stage.check_that_prism_judges().await;
    users::run(&mut stage).await;
    organizations::run(&mut stage).await;
    access::run(&mut stage).await;
    stage.call_in_vain().await;
    let all: BTreeSet<&str> =
        operations::all().iter().map(|operation| operation.function.split(',').next().unwrap()).collect();
    let Stage { answered, disagreed, wrong, .. } = stage;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(disagreed, BTreeSet::from(DISAGREEMENTS), "the list of disagreements is what it has to be");
    assert_eq!(answered.union(&disagreed).copied().collect::<BTreeSet<_>>(), all, "each was called");
}
