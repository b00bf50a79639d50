//! What belongs together in the search line and in its form: some keys there, one or two fields here.

use crate::{
    app::search::{Part, ends, is_age, is_span, quoted, unquoted, values},
    clerk::model::Timestamp,
};
use jiff::tz::TimeZone;
use strum::{EnumIter, IntoEnumIterator};

/// A kind of filter, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub(super) enum Group {
    Words,
    Name,
    EmailAddress,
    PhoneNumber,
    Username,
    Id,
    ExternalId,
    Web3Wallet,
    Organization,
    Provider,
    Banned,
    Created,
    Active,
    SignedIn,
}

/// A field of the form: what it is called, and what can be typed.
pub(super) type Label = (&'static str, &'static str);

/// What can be typed where a time is asked for.
const TIME: &str = "2026-01-31, 3d, last week";

impl Group {
    /// Its keys in the line, the usual one first; those with a minus leave such users out.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Words => &[],
            Self::Name => &["name"],
            Self::EmailAddress => &["email"],
            Self::PhoneNumber => &["phone"],
            Self::Username => &["username"],
            Self::Id => &["id", "-id"],
            Self::ExternalId => &["external", "-external"],
            Self::Web3Wallet => &["wallet"],
            Self::Organization => &["org", "-org"],
            Self::Provider => &["provider"],
            Self::Banned => &["banned"],
            Self::Created => &["created", "joined"],
            Self::Active => &["active"],
            Self::SignedIn => &["signed-in", "signin"],
        }
    }

    /// The group of a part of the line. What is no filter stays among the words.
    pub(super) fn of(key: Option<&str>) -> Self {
        Self::iter().find(|group| key.is_some_and(|key| group.keys().contains(&key))).unwrap_or(Self::Words)
    }

    /// Its fields.
    pub(super) fn labels(self) -> &'static [Label] {
        match self {
            Self::Words => &[("search", "any part of a name, address, id …")],
            Self::Name => &[("name", "a part of it")],
            Self::EmailAddress => &[("email address", "a part of it; =exactly")],
            Self::PhoneNumber => &[("phone number", "a part of it; =exactly")],
            Self::Username => &[("username", "a part of it; =exactly")],
            Self::Id => &[("user id", "user_…, with commas; -not")],
            Self::ExternalId => &[("external id", "with commas; -not")],
            Self::Web3Wallet => &[("web3 wallet", "0x…, with commas")],
            Self::Organization => &[("organization", "slug, name or id; -not")],
            Self::Provider => &[("provider", "such as google"), ("user id there", "with commas")],
            Self::Banned => &[("banned", "either; space changes it")],
            Self::Created => &[("created since", TIME), ("created until", TIME)],
            Self::Active => &[("active since", TIME), ("active until", TIME)],
            Self::SignedIn => &[("signed in since", TIME), ("signed in until", TIME)],
        }
    }

    /// What its fields are one of; nothing for what is typed.
    pub(super) fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Banned => &["yes", "no", ""],
            _ => &[],
        }
    }

    /// What its fields show of its parts of the line.
    pub(super) fn read(self, parts: &[Part<'_>], now: Timestamp, time_zone: &TimeZone) -> Vec<String> {
        let joined = || parts.iter().map(|part| part.value).collect::<Vec<_>>().join(" ");
        match self {
            Self::Words => {
                let written = |part: &Part<'_>| match part.key {
                    Some(key) => format!("{key}:{}", part.value),
                    None => part.value.to_owned(),
                };
                vec![parts.iter().map(written).collect::<Vec<_>>().join(" ")]
            }
            Self::Name | Self::EmailAddress | Self::PhoneNumber | Self::Username | Self::Banned => {
                vec![if let [part] = parts { unquoted(part.value) } else { joined() }]
            }
            Self::Id | Self::ExternalId | Self::Web3Wallet | Self::Organization => {
                let signed = |part: &Part<'_>| {
                    let sign = if part.key.is_some_and(|key| key.starts_with('-')) { "-" } else { "" };
                    values(part.value).map(|value| format!("{sign}{}", value.trim())).collect::<Vec<_>>()
                };
                vec![parts.iter().flat_map(signed).collect::<Vec<_>>().join(", ")]
            }
            Self::Provider => {
                let value = unquoted(&joined());
                let (provider, ids) = value.split_once('=').unwrap_or((&value, ""));
                vec![provider.to_owned(), ids.to_owned()]
            }
            Self::Created | Self::Active | Self::SignedIn => {
                let mut both = [String::new(), String::new()];
                for part in parts {
                    let Some((since, until)) = ends(&unquoted(part.value), now, time_zone) else {
                        return vec![joined(), String::new()];
                    };
                    for (known, end) in both.iter_mut().zip([since, until]) {
                        if !known.is_empty() && !end.is_empty() {
                            // Two that narrow each other cannot be told in one field.
                            return vec![joined(), String::new()];
                        }
                        known.push_str(&end);
                    }
                }
                both.into()
            }
        }
    }

    /// The parts of the line that these texts of its fields ask for.
    pub(super) fn write(self, texts: &[String]) -> Vec<String> {
        let (first, second) =
            (texts.first().map_or("", |text| text.trim()), texts.get(1).map_or("", |text| text.trim()));
        let Some(key) = self.keys().first() else { return written(&closed(first)) };
        match self {
            Self::Words => Vec::new(),
            Self::Name | Self::Banned => {
                written(&quoted(first)).into_iter().map(|text| format!("{key}:{text}")).collect()
            }
            // A part of it, and exactly these: two filters of one kind.
            Self::EmailAddress | Self::PhoneNumber | Self::Username => {
                let each: Vec<String> = if first.contains(" =") || first.starts_with('=') {
                    unquoted(first).split_whitespace().map(str::to_owned).collect()
                } else {
                    written(&quoted(first))
                };
                each.into_iter().map(|text| format!("{key}:{text}")).collect()
            }
            Self::Id | Self::ExternalId | Self::Web3Wallet | Self::Organization => self.write_values(first),
            Self::Provider if first.is_empty() && second.is_empty() => Vec::new(),
            Self::Provider => vec![format!("{key}:{}", quoted_whole(&format!("{first}={second}")))],
            Self::Created | Self::Active | Self::SignedIn => {
                span(first, second).into_iter().map(|span| format!("{key}:{}", quoted_whole(&span))).collect()
            }
        }
    }

    /// Values with commas between: those with a minus leave such users out, where there is a key for that.
    fn write_values(self, text: &str) -> Vec<String> {
        let mut lists = vec![Vec::new(); self.keys().len()];
        for value in values(text).map(str::trim).filter(|value| !value.is_empty()) {
            match (value.strip_prefix('-'), lists.len()) {
                (Some(value), 2) => lists[1].push(quoted(value)),
                _ => lists[0].push(quoted(value)),
            }
        }
        let filled = self.keys().iter().zip(lists).filter(|(_, list)| !list.is_empty());
        filled.map(|(key, list)| format!("{key}:{}", list.join(","))).collect()
    }

    /// Which of its fields is at fault, when what they ask for is.
    pub(super) fn faulty(self, texts: &[String], now: Timestamp, time_zone: &TimeZone) -> usize {
        match (self, texts) {
            (Self::Provider, [provider, _]) => usize::from(!provider.trim().is_empty()),
            (Self::Created | Self::Active | Self::SignedIn, [since, _]) => {
                let is_right = since.trim().is_empty() || is_span(&format!("{since}.."), now, time_zone);
                usize::from(is_right)
            }
            _ => 0,
        }
    }
}

/// Nothing, or the text alone.
fn written(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { vec![text.to_owned()] }
}

/// With a quote at the end that one in it lacks: it would take in what stands behind.
fn closed(text: &str) -> String {
    if text.matches('"').count().is_multiple_of(2) { text.to_owned() } else { format!("{text}\"") }
}

/// In quotes if a blank would divide it; a comma does not.
fn quoted_whole(text: &str) -> String {
    let text = unquoted(text);
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text }
}

/// Since and until when, as the line has it.
fn span(since: &str, until: &str) -> Option<String> {
    match (since, until) {
        ("", "") => None,
        (since, "") if is_age(since) => Some(format!("<{since}")),
        ("", until) if is_age(until) => Some(format!(">{until}")),
        (since, until) if since == until && !is_age(since) => Some(since.to_owned()),
        (since, until) => Some(format!("{since}..{until}")),
    }
}
