//! The key, and what answers to it.

use super::Finding;
use crate::{
    app::Failure,
    clerk::{
        API_VERSION, Answer, Clerk, InstanceKind,
        model::{EnvironmentType, Instance, Timestamp},
    },
    cli::instance::InstanceArguments,
    config::{ConnectionError, Found},
    runtime::Performer,
};
use std::time::{Duration, Instant};

/// Clerk's tokens last a minute: a clock that is wrong by half of that is worth a word.
const SKEW: Duration = Duration::from_secs(30);
/// So long is slow, for a request about nothing.
const SLOW: Duration = Duration::from_secs(2);

/// The key, and the instance behind it.
pub(super) async fn look(arguments: &InstanceArguments) -> Vec<Finding> {
    // What is wrong with it has been told already.
    let Ok(config) = arguments.config() else { return Vec::new() };
    let mut findings = Vec::new();
    let (found, config) = if arguments.is_demo() {
        findings.push(Finding::ok("key", "none is needed for the demo"));
        (None, config)
    } else {
        match arguments.key().find(config) {
            Ok((found, config)) => {
                let key = format!("{}, {}, from {}", found.connection.key, found.instance_kind(), found.source);
                findings.push(Finding::ok("key", key));
                (Some(found), config)
            }
            Err(error) => return vec![Finding::wrong("key", error.to_string(), mend(&error)).of_key()],
        }
    };
    let by_key = found.as_ref().map(Found::instance_kind);
    match arguments.open_at(found, config) {
        // A demo is served as long as this lives.
        Ok(opened) => findings.extend(ask(&opened.performer, by_key).await),
        Err(stop) => findings.push(Finding::wrong("api", stop.words(), "export HOME")),
    }
    findings
}

fn mend(error: &ConnectionError) -> String {
    match error {
        ConnectionError::NoKey(_) => {
            "take the secret key from the Clerk dashboard (Configure, API keys): lazyclerk profile add NAME keeps it"
                .to_owned()
        }
        ConnectionError::Open { file } => format!("chmod 600 {}", file.display()),
        ConnectionError::NoProfile(_) | ConnectionError::Profile { .. } => {
            "lazyclerk profile list tells which there are".to_owned()
        }
        ConnectionError::Endpoint { .. } => "name the API as in https://api.clerk.com".to_owned(),
        ConnectionError::Key { .. } | ConnectionError::Placeholder { .. } | ConnectionError::Unreadable { .. } => {
            "put the secret key there, sk_test_… or sk_live_…, and nothing else".to_owned()
        }
    }
}

/// Asks the instance which it is, once.
async fn ask(performer: &Performer, by_key: Option<InstanceKind>) -> Vec<Finding> {
    let clerk = match performer.clerk().await {
        Ok(clerk) => clerk,
        Err(failure) => return vec![unreachable(&failure)],
    };
    let (begun, host) = (Instant::now(), clerk.endpoint().host().to_owned());
    let answer = match clerk.instance().get().await {
        Ok(answer) => answer,
        Err(error) => return vec![unreachable(&error.into())],
    };
    let took = begun.elapsed();
    let words = format!("{host} answered in {} ms", took.as_millis());
    let mut findings = vec![if took > SLOW {
        Finding::warning(
            "api",
            words,
            "look at the network between here and Clerk, and at a proxy: HTTPS_PROXY names one",
        )
    } else {
        Finding::ok("api", words)
    }];
    findings.push(version(&answer));
    findings.push(clock(&answer, Timestamp::from(jiff::Timestamp::now())));
    findings.push(kind(&answer.value, by_key));
    findings.push(rate(&clerk));
    findings
}

fn unreachable(failure: &Failure) -> Finding {
    let finding = Finding::wrong("api", failure.to_string(), failure.advice());
    if failure.status() == Some(401) { finding.of_key() } else { finding }
}

fn version(answer: &Answer<Instance>) -> Finding {
    match answer.version.as_deref() {
        Some(version) if version != API_VERSION => Finding::warning(
            "api version",
            format!("{API_VERSION} was asked for, and {version} answers"),
            "look for a newer lazyclerk; what it does not know yet it leaves out",
        ),
        _ => Finding::ok("api version", API_VERSION),
    }
}

/// How far this machine's clock is from Clerk's.
fn clock(answer: &Answer<Instance>, now: Timestamp) -> Finding {
    let Some(theirs) = answer.date else {
        return Finding::ok("clock", "the answer does not tell the time");
    };
    let apart = Duration::from_millis(now.as_millis().abs_diff(theirs.as_millis()));
    let ahead = if now > theirs { "ahead of" } else { "behind" };
    let words = format!("{} s {ahead} the API's", apart.as_secs());
    if apart > SKEW {
        Finding::warning("clock", words, "set the clock, best by NTP: times that are told here are off by as much")
    } else {
        Finding::ok("clock", words)
    }
}

/// What the instance is. Where key and instance differ it counts as production.
fn kind(instance: &Instance, by_key: Option<InstanceKind>) -> Finding {
    let id = instance.id.as_str();
    let told = match &instance.environment_type {
        Some(EnvironmentType::Development) => "development".to_owned(),
        Some(EnvironmentType::Production) => "production".to_owned(),
        Some(EnvironmentType::Other(word)) => word.clone(),
        None => "of no kind that it tells".to_owned(),
    };
    let words = format!("{id}, {told}");
    let is_development = instance.environment_type == Some(EnvironmentType::Development);
    match by_key {
        Some(kind) if (kind == InstanceKind::Development) != is_development => Finding::warning(
            "instance",
            format!("{words}, and {kind} by its key and host"),
            "nothing has to be done: it counts as production",
        ),
        _ => Finding::ok("instance", words),
    }
}

/// How much of the rate limit there is. Clerk tells nothing of what others use of it, but that it is used up.
fn rate(clerk: &Clerk) -> Finding {
    let rate = clerk.rate();
    let words = format!("{:.0} requests a second; jobs use {} of that", rate.limit, rate.share);
    if rate.refused > 0 {
        let words = format!("{words}; it was used up by others just now");
        return Finding::warning(
            "rate limit",
            words,
            "look which other program uses the same instance; jobs wait for it by themselves",
        );
    }
    Finding::ok("rate limit", words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::State;
    use rstest::rstest;

    fn answer(date: Option<i64>, version: Option<&str>) -> Answer<Instance> {
        let date = date.map(Timestamp::from_millis);
        Answer { value: Instance::default(), status: 200, trace_id: None, date, version: version.map(str::to_owned) }
    }

    #[rstest]
    #[case(Some(1_000_000), State::Ok, "0 s")]
    #[case(Some(1_029_000), State::Ok, "29 s behind")]
    #[case(Some(1_060_000), State::Warning, "60 s behind")]
    #[case(Some(940_000), State::Warning, "60 s ahead of")]
    #[case(None, State::Ok, "does not tell")]
    fn a_clock_that_is_far_off_is_told(#[case] date: Option<i64>, #[case] state: State, #[case] words: &str) {
        let found = clock(&answer(date, None), Timestamp::from_millis(1_000_000));
        assert_eq!(found.state, state);
        assert!(found.found.contains(words), "{}", found.found);
    }

    #[test]
    fn another_version_and_another_kind_are_told() {
        assert_eq!(version(&answer(None, Some(API_VERSION))).state, State::Ok);
        assert_eq!(version(&answer(None, None)).state, State::Ok);
        assert_eq!(version(&answer(None, Some("2031-01-01"))).state, State::Warning);
        let of = |environment_type| Instance { environment_type, ..Instance::default() };
        let development = of(Some(EnvironmentType::Development));
        assert_eq!(kind(&development, Some(InstanceKind::Development)).state, State::Ok);
        assert_eq!(kind(&development, Some(InstanceKind::Production)).state, State::Warning);
        assert_eq!(kind(&of(Some(EnvironmentType::Production)), Some(InstanceKind::Development)).state, State::Warning);
        assert_eq!(kind(&of(None), Some(InstanceKind::Production)).state, State::Ok);
    }
}
