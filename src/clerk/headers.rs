//! What the headers of an answer say.

use super::{error::TraceId, model::Timestamp};
use jiff::fmt::rfc2822;
use reqwest::{
    StatusCode,
    header::{self, HeaderMap, HeaderName},
};
use std::time::Duration;

/// The version of the contract: of the request, and of the answer.
pub(super) const VERSION_HEADER: HeaderName = HeaderName::from_static("clerk-api-version");

/// The headers that may name the request at Clerk, the surest first.
const TRACE_HEADERS: [&str; 2] = ["x-clerk-trace-id", "cf-ray"];

/// The longest `Retry-After` that is believed.
const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(24);

pub(super) fn trace_id(headers: &HeaderMap) -> Option<TraceId> {
    TRACE_HEADERS.iter().find_map(|name| headers.get(*name)?.to_str().ok()).map(str::to_owned)
}

/// The server's time.
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(header::DATE)?.to_str().ok()?;
    Some(Timestamp::from(rfc2822::parse(text).ok()?.timestamp()))
}

pub(super) fn version(headers: &HeaderMap) -> Option<String> {
    headers.get(VERSION_HEADER)?.to_str().ok().map(str::to_owned)
}

/// How long `Retry-After` says to wait: seconds, as Clerk sends it, or a date, as HTTP allows. Of a date, the server's
/// own `Date` is taken off where it is there, since this machine's clock may be wrong.
pub(super) fn retry_after(status: StatusCode, headers: &HeaderMap, now: jiff::Timestamp) -> Option<Duration> {
    if !matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        return None;
    }
    let text = |name| Some(headers.get(name)?.to_str().ok()?.trim());
    let date = |text: &str| Some(rfc2822::parse(text).ok()?.timestamp());
    let retry_after = text(header::RETRY_AFTER)?;
    let wait = if let Ok(seconds) = retry_after.parse() {
        Duration::from_secs(seconds)
    } else {
        let from = text(header::DATE).and_then(date).unwrap_or(now);
        Duration::try_from(date(retry_after)?.duration_since(from)).unwrap_or(Duration::ZERO)
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;
    use rstest::rstest;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let lines = lines.iter();
        lines.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[rstest]
    #[case(&[("retry-after", "7")], Some(7))]
    #[case(&[("retry-after", " 0 ")], Some(0))]
    #[case(&[("retry-after", "99999999999999999")], Some(86_400))]
    #[case(&[("retry-after", "Wed, 21 Oct 2026 07:28:30 GMT")], Some(30))]
    #[case(&[("retry-after", "Wed, 21 Oct 2026 07:28:30 GMT"), ("date", "Wed, 21 Oct 2026 07:28:25 GMT")], Some(5))]
    #[case(&[("retry-after", "Wed, 21 Oct 2026 07:28:30 GMT"), ("date", "yesterday")], Some(30))]
    #[case(&[("retry-after", "Wed, 21 Oct 2020 07:28:30 GMT")], Some(0))]
    #[case(&[("retry-after", "soon")], None)]
    #[case(&[("retry-after", "-5")], None)]
    #[case(&[("retry-after", "")], None)]
    #[case(&[], None)]
    fn a_wait_is_read_in_seconds_and_as_a_date(
        #[case] lines: &[(&'static str, &'static str)],
        #[case] seconds: Option<u64>,
    ) {
        let now = "2026-10-21T07:28:00Z".parse().unwrap();
        let wait = retry_after(StatusCode::TOO_MANY_REQUESTS, &headers(lines), now);
        assert_eq!(wait, seconds.map(Duration::from_secs));
    }

    #[test]
    fn only_a_busy_server_says_how_long_to_wait() {
        let headers = headers(&[("retry-after", "7")]);
        let wait = |status| retry_after(StatusCode::from_u16(status).unwrap(), &headers, jiff::Timestamp::UNIX_EPOCH);
        assert_eq!((wait(503), wait(301), wait(500)), (Some(Duration::from_secs(7)), None, None));
    }

    #[test]
    fn clerks_own_trace_id_wins_over_the_proxys() {
        let both = headers(&[("cf-ray", "8f-AMS"), ("x-clerk-trace-id", "de1b")]);
        assert_eq!(trace_id(&both).as_deref(), Some("de1b"));
        assert_eq!(trace_id(&headers(&[("cf-ray", "8f-AMS")])).as_deref(), Some("8f-AMS"));
        assert_eq!(trace_id(&headers(&[])), None);
    }

    #[test]
    fn an_answer_tells_the_time_and_the_version() {
        let told = headers(&[("date", "Wed, 21 Oct 2026 07:28:30 GMT"), ("clerk-api-version", "2026-05-12")]);
        let expected: jiff::Timestamp = "2026-10-21T07:28:30Z".parse().unwrap();
        assert_eq!((date(&told), version(&told)), (Some(expected.into()), Some("2026-05-12".to_owned())));
        let not = headers(&[("date", "yesterday")]);
        assert_eq!((date(&not), version(&not)), (None, None));
    }
}
