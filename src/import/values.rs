//! The values of other systems, as far as they can be understood.

use crate::{
    cells,
    clerk::{
        model::{Metadata, Timestamp},
        users::MetadataBags,
    },
};
use jiff::{
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde_json::Value;

/// A number of seconds that is greater would be of the year 5138; one of milliseconds that is less, of 1973.
const MILLISECONDS_FROM: i64 = 100_000_000_000;

/// A value as a text; none where it says nothing, or is no single value.
pub(super) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        // As MongoDB's tools write ids and dates, and Auth0's exports with them.
        Value::Object(object) => return ["$oid", "$date"].iter().find_map(|name| object.get(*name)).and_then(text),
        Value::Null | Value::Array(_) => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// The texts of a list; of a text those between commas, semicolons, bars or blanks.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(text).collect(),
        other => {
            let text = text(other).unwrap_or_default();
            let parts = text.split(|char: char| matches!(char, ',' | ';' | '|') || char.is_whitespace());
            parts.filter(|part| !part.is_empty()).map(|part| cells::text_of(part).to_owned()).collect()
        }
    }
}

/// Yes or no, in the words that systems have for it.
pub(super) fn flag(value: &Value) -> Result<bool, &'static str> {
    match text(value).unwrap_or_default().to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" => Ok(true),
        "false" | "f" | "no" | "n" | "0" | "" => Ok(false),
        _ => Err("this is neither yes nor no"),
    }
}

/// Yes or no, or the moment since or until when it is so.
pub(super) enum FlagOrMoment {
    /// So, or not.
    Flag(bool),
    /// Since or until then.
    Moment(Timestamp),
}

pub(super) fn flag_or_moment(value: &Value) -> Result<FlagOrMoment, &'static str> {
    let moment = || moment(value).map(FlagOrMoment::Moment);
    flag(value).map(FlagOrMoment::Flag).or_else(|_| moment()).map_err(|_| "this is neither yes or no nor a time")
}

/// A moment: RFC 3339, as databases write it, a day, or a number of milliseconds or seconds since 1970. What names no
/// time zone is in UTC.
pub(super) fn moment(value: &Value) -> Result<Timestamp, &'static str> {
    let text = text(value).unwrap_or_default();
    if let Ok(number) = text.parse::<i64>() {
        let millis = if number.abs() < MILLISECONDS_FROM { number.saturating_mul(1000) } else { number };
        return Ok(Timestamp::from_millis(millis));
    }
    let in_utc = |at: DateTime| TimeZone::UTC.to_timestamp(at).ok();
    let moment = text.parse::<jiff::Timestamp>().ok();
    let moment = moment.or_else(|| text.parse::<DateTime>().ok().and_then(in_utc));
    let moment = moment.or_else(|| text.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0)).and_then(in_utc));
    moment.map(Timestamp::from).ok_or("this is no time, such as 2026-01-31T09:30:00Z")
}

/// A bag of metadata: an object, or the text of one. None where it is empty.
pub(super) fn bag(value: &Value) -> Result<Option<Metadata>, &'static str> {
    let bag = match value {
        Value::Object(bag) => bag.clone(),
        Value::String(text) => serde_json::from_str(text).map_err(|_| "this is no JSON object")?,
        _ => return Err("this is no JSON object"),
    };
    match serde_json::to_string(&bag).map(|text| text.len()) {
        Ok(bytes) if bytes <= MetadataBags::MOST_BYTES => Ok(Some(bag).filter(|bag| !bag.is_empty())),
        _ => Err("this is more than the 8,192 bytes that Clerk takes"),
    }
}

pub(super) fn number(value: &Value) -> Result<u32, &'static str> {
    text(value).and_then(|text| text.parse().ok()).ok_or("this is no whole number")
}

pub(super) fn email_address(text: &str) -> Result<String, &'static str> {
    let is_one = text.split_once('@').is_some_and(|(local, domain)| {
        let is_domain = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
        !local.is_empty() && is_domain && !domain.contains('@') && !text.contains(char::is_whitespace)
    });
    if is_one { Ok(text.to_owned()) } else { Err("this is no email address") }
}

/// A phone number as E.164 writes it, whatever stands between its digits.
pub(super) fn phone_number(text: &str, plus_is_left_out: bool) -> Result<String, &'static str> {
    let written: String = text.chars().filter(|char| !matches!(char, ' ' | '-' | '.' | '(' | ')' | '/')).collect();
    let digits = match written.strip_prefix('+') {
        Some(digits) => digits,
        None if plus_is_left_out => &written,
        None => return Err("this has no country code, as in +442079460958"),
    };
    let is_number = (7..=15).contains(&digits.len()) && digits.chars().all(|char| char.is_ascii_digit());
    if is_number { Ok(format!("+{digits}")) } else { Err("this is no phone number, such as +442079460958") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(json!("2024-06-29 20:25:06.126079+00"), Some(1_719_692_706_126))]
    #[case(json!("2024-06-29T20:25:06.126Z"), Some(1_719_692_706_126))]
    #[case(json!("2024-06-29 20:25:06"), Some(1_719_692_706_000))]
    #[case(json!("2024-06-29"), Some(1_719_619_200_000))]
    #[case(json!(1_719_692_706_126_i64), Some(1_719_692_706_126))]
    #[case(json!("1719692706126"), Some(1_719_692_706_126))]
    #[case(json!(1_719_692_706), Some(1_719_692_706_000))]
    #[case(json!({ "$date": "2024-06-29T20:25:06.126Z" }), Some(1_719_692_706_126))]
    #[case(json!("yesterday"), None)]
    #[case(json!([]), None)]
    fn a_moment_is_read_as_systems_write_it(#[case] value: Value, #[case] expected: Option<i64>) {
        assert_eq!(moment(&value).ok().map(Timestamp::as_millis), expected);
    }

    #[rstest]
    #[case(json!(true), Ok(true))]
    #[case(json!("t"), Ok(true))]
    #[case(json!("False"), Ok(false))]
    #[case(json!(0), Ok(false))]
    #[case(json!(null), Ok(false))]
    #[case(json!("perhaps"), Err(()))]
    fn a_flag_is_read_as_systems_write_it(#[case] value: Value, #[case] expected: Result<bool, ()>) {
        assert_eq!(flag(&value).map_err(|_| ()), expected);
    }

    #[rstest]
    #[case("+44 (20) 7946-0958", false, Ok("+442079460958"))]
    #[case("442079460958", true, Ok("+442079460958"))]
    #[case("02079460958", false, Err("this has no country code, as in +442079460958"))]
    #[case("+44x", false, Err("this is no phone number, such as +442079460958"))]
    fn a_phone_number_becomes_what_clerk_takes(
        #[case] text: &str,
        #[case] plus_is_left_out: bool,
        #[case] expected: Result<&str, &'static str>,
    ) {
        assert_eq!(phone_number(text, plus_is_left_out), expected.map(str::to_owned));
    }

    #[rstest]
    #[case("ada@example.com", true)]
    #[case("ada@example", false)]
    #[case("@example.com", false)]
    #[case("a@b@c.d", false)]
    #[case("a da@c.d", false)]
    #[case("ada", false)]
    fn an_email_address_has_its_parts(#[case] text: &str, #[case] is_one: bool) {
        assert_eq!(email_address(text).is_ok(), is_one);
    }

    #[test]
    fn lists_and_bags_come_as_json_or_as_texts() {
        assert_eq!(texts(&json!(["a@x.y", "b@x.y"])), texts(&json!("a@x.y, b@x.y")));
        assert_eq!(texts(&json!("'+4412345678 +4487654321")), ["+4412345678", "+4487654321"]);
        assert_eq!(bag(&json!({ "a": 1 })).unwrap(), bag(&json!("{\"a\": 1}")).unwrap());
        assert_eq!(bag(&json!("{}")).unwrap(), None);
        assert!(bag(&json!("[1]")).is_err() && bag(&json!({ "a": "x".repeat(8_192) })).is_err());
    }
}
