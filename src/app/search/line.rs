//! The search line: words to look for, and filters such as `banned:yes created:>30d`.
//!
//! A filter that cannot be read is never dropped, as that would show users who were not asked for: the line then asks
//! for nothing, and says what is wrong with which part.

use super::{
    directory::{Directory, Meaning},
    part::{self, Part, parts, unquoted},
    span,
};
use crate::clerk::{
    model::{OrganizationId, Timestamp, UserId},
    query::{
        ProviderFilter,
        Select::{Exclude, Include},
        Span, UserFilter,
    },
};
use jiff::tz::TimeZone;
use std::{borrow::Cow, ops::Range, time::Duration};

/// A part of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a part of the line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word to look for.
    Word,
    /// A filter.
    Filter,
    /// A filter that waits for Clerk to say which organization has this name.
    Awaited(String),
    /// A filter that cannot be read, and what it should be.
    Wrong(String),
}

/// The line as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its parts, in order.
    pub tokens: Vec<Token>,
    /// What all of them ask for together. Where one is wrong or awaited, what the others do.
    pub filter: UserFilter,
}

impl Line {
    /// What is wrong with the first part that is.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.tokens.iter().find_map(|token| match &token.kind {
            TokenKind::Wrong(fault) => Some(fault.as_str()),
            TokenKind::Word | TokenKind::Filter | TokenKind::Awaited(_) => None,
        })
    }

    /// The first name that Clerk has to be asked about.
    #[must_use]
    pub fn unknown_name(&self) -> Option<&str> {
        self.tokens.iter().find_map(|token| match &token.kind {
            TokenKind::Awaited(name) => Some(name.as_str()),
            TokenKind::Word | TokenKind::Filter | TokenKind::Wrong(_) => None,
        })
    }

    /// What the whole line asks for; none while a part of it is wrong or awaited.
    #[must_use]
    pub fn asked(&self) -> Option<&UserFilter> {
        (self.fault().is_none() && self.unknown_name().is_none()).then_some(&self.filter)
    }
}

type Apply = fn(&mut UserFilter, &str, &Reading<'_>) -> Result<(), Fault>;

/// What a value is read with.
struct Reading<'a> {
    now: Timestamp,
    time_zone: &'a TimeZone,
    directory: &'a Directory,
    /// The value with its quotes.
    raw: &'a str,
}

/// Why a value is not a filter.
enum Fault {
    /// It cannot be: what it should be.
    Wrong(Cow<'static, str>),
    /// It is not known yet what this name means.
    Awaited(String),
}

impl From<&'static str> for Fault {
    fn from(words: &'static str) -> Self {
        Self::Wrong(words.into())
    }
}

/// Each filter: its keys, the first of them the usual one, and how its value is taken. A minus before a key leaves such
/// users out.
const FILTERS: &[(&[&str], Apply)] = &[
    (&["banned"], |filter, value, _| match value {
        "yes" => fill(&mut filter.banned, true),
        "no" => fill(&mut filter.banned, false),
        _ => Err("yes or no".into()),
    }),
    (&["created", "joined"], |filter, value, at| set_span(&mut filter.created_at, value, at)),
    (&["active"], |filter, value, at| set_span(&mut filter.last_active_at, value, at)),
    (&["signed-in", "signin"], |filter, value, at| set_span(&mut filter.last_sign_in_at, value, at)),
    (&["email"], |filter, value, _| take_text(&mut filter.email_address, &mut filter.email_address_query, value)),
    (&["phone"], |filter, value, _| take_text(&mut filter.phone_number, &mut filter.phone_number_query, value)),
    (&["username"], |filter, value, _| take_text(&mut filter.username, &mut filter.username_query, value)),
    (&["name"], |filter, value, _| fill(&mut filter.name_query, value.to_owned())),
    (&["wallet"], |filter, value, _| extend(&mut filter.web3_wallet, values(value)?.map(str::to_owned))),
    (&["id"], |filter, value, _| extend(&mut filter.user_id, values(value)?.map(|id| Include(UserId::from(id))))),
    (&["-id"], |filter, value, _| extend(&mut filter.user_id, values(value)?.map(|id| Exclude(UserId::from(id))))),
    (&["external"], |filter, value, _| {
        extend(&mut filter.external_id, values(value)?.map(|id| Include(id.to_owned())))
    }),
    (&["-external"], |filter, value, _| {
        extend(&mut filter.external_id, values(value)?.map(|id| Exclude(id.to_owned())))
    }),
    (&["org"], |filter, _, at| extend(&mut filter.organization_id, organizations(at)?.into_iter().map(Include))),
    (&["-org"], |filter, _, at| extend(&mut filter.organization_id, organizations(at)?.into_iter().map(Exclude))),
    (&["provider"], |filter, value, _| {
        let (provider, ids) = value.split_once('=').unwrap_or((value, ""));
        if provider.is_empty() || ids.is_empty() {
            return Err(no_provider_alone(provider));
        }
        let prefix = if provider.starts_with("oauth_") { "" } else { "oauth_" };
        let mut filtered = ProviderFilter { provider: format!("{prefix}{provider}"), user_ids: Vec::new() };
        extend(&mut filtered.user_ids, values(ids)?.map(str::to_owned))?;
        fill(&mut filter.provider, filtered)
    }),
];

/// The keys of all filters, the usual one of each.
pub fn filter_keys() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().map(|(keys, _)| keys[0])
}

/// Reads the line. Words are looked for together, in their order.
#[must_use]
pub fn read(text: &str, now: Timestamp, time_zone: &TimeZone, directory: &Directory) -> Line {
    let mut line = Line::default();
    let mut words: Vec<String> = Vec::new();
    for Part { range, key, value: raw } in parts(text) {
        let kind = if let Some(key) = key {
            match apply(&mut line.filter, key, &Reading { now, time_zone, directory, raw }) {
                Ok(()) => TokenKind::Filter,
                Err(Fault::Awaited(name)) => TokenKind::Awaited(name),
                Err(Fault::Wrong(fault)) => TokenKind::Wrong(fault.into_owned()),
            }
        } else {
            words.push(unquoted(raw));
            TokenKind::Word
        };
        line.tokens.push(Token { range, kind });
    }
    let query = words.join(" ");
    line.filter.query = (!query.trim().is_empty()).then(|| query.trim().to_owned());
    line
}

fn apply(filter: &mut UserFilter, key: &str, at: &Reading<'_>) -> Result<(), Fault> {
    let Some((_, apply)) = FILTERS.iter().find(|(keys, _)| keys.contains(&key)) else {
        let keys: Vec<&str> = filter_keys().filter(|key| !key.starts_with('-')).collect();
        return Err(Fault::Wrong(format!("no filter {key}; there is {}", keys.join(" ")).into()));
    };
    let value = unquoted(at.raw);
    if value.is_empty() {
        return Err(Fault::Wrong(format!("{key}: of what?").into()));
    }
    apply(filter, &value, at).map_err(|fault| match fault {
        Fault::Wrong(words) => Fault::Wrong(format!("{key}: {words}").into()),
        awaited @ Fault::Awaited(_) => awaited,
    })
}

fn set_span(span: &mut Span, value: &str, at: &Reading<'_>) -> Result<(), Fault> {
    let read = span::parse(value, at.now, at.time_zone).ok_or(span::WRONG)?;
    // Two filters of one kind narrow each other: created:>30d created:<60d.
    span.before = [span.before, read.before].into_iter().flatten().min();
    // From the first moment on: what Clerk takes for after a moment is not that one, and an activity is told as the beginning
    // of its day.
    let after = read.after.map(|after| after.minus(Duration::from_millis(1)));
    span.after = [span.after, after].into_iter().flatten().max();
    Ok(())
}

/// Exactly these with a leading `=`, else any part of it.
fn take_text(exact: &mut Vec<String>, part: &mut Option<String>, value: &str) -> Result<(), Fault> {
    if let Some(exactly) = value.strip_prefix('=') {
        return extend(exact, values(exactly)?.map(str::to_owned));
    }
    fill(part, value.to_owned())
}

/// Of what there can be one only, a second one would silently take the place of the first.
fn fill<T>(place: &mut Option<T>, value: T) -> Result<(), Fault> {
    if place.replace(value).is_some() { Err("once only".into()) } else { Ok(()) }
}

/// Clerk knows a user at a provider by both together.
fn no_provider_alone(provider: &str) -> Fault {
    let provider = provider.trim_start_matches("oauth_");
    if provider.is_empty() {
        return "which one? As provider:google=ID".into();
    }
    let words = format!("{provider}=ID, with the user's id at {provider}: Clerk takes neither alone");
    Fault::Wrong(words.into())
}

/// Clerk takes so many values of one kind.
const MOST: usize = 100;

fn extend<T>(list: &mut Vec<T>, values: impl Iterator<Item = T>) -> Result<(), Fault> {
    list.extend(values);
    if list.len() > MOST { Err("Clerk takes 100 of them at most".into()) } else { Ok(()) }
}

const SEVERAL: &str = "one or several, with commas between";

fn values(value: &str) -> Result<impl Iterator<Item = &str>, Fault> {
    let values = || value.split(',').map(str::trim);
    if values().any(str::is_empty) { Err(SEVERAL.into()) } else { Ok(values()) }
}

/// The organizations that are named by id, slug or name, with commas between; one within quotes belongs to a name.
fn organizations(at: &Reading<'_>) -> Result<Vec<OrganizationId>, Fault> {
    part::values(at.raw).map(|name| organization(unquoted(name).trim(), at.directory)).collect()
}

fn organization(name: &str, directory: &Directory) -> Result<OrganizationId, Fault> {
    if name.is_empty() {
        return Err(SEVERAL.into());
    }
    if name.starts_with("org_") {
        return Ok(name.into());
    }
    match directory.meaning(name) {
        Some(Meaning::One(id)) => Ok(id.clone()),
        Some(Meaning::NotOne(words)) => Err(Fault::Wrong(words.clone().into())),
        None => Err(Fault::Awaited(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::{Organization, Page};
    use proptest::prelude::*;
    use rstest::rstest;

    const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

    fn line(text: &str) -> Line {
        read(text, NOW, &TimeZone::UTC, &Directory::default())
    }

    fn asked(text: &str) -> String {
        let parameters = line(text).filter.to_parameters();
        parameters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case("ada lovelace", "query=ada lovelace")]
    #[case("  ada  ", "query=ada")]
    #[case("banned:yes ada", "query=ada banned=true")]
    #[case("ada banned:no love", "query=ada love banned=false")]
    #[case("joined:<1h", "created_at_after=1795449599999")]
    #[case("created:>1h created:<2h", "created_at_before=1795449600000 created_at_after=1795445999999")]
    #[case("name:\"Ada Lovelace\"", "name_query=Ada Lovelace")]
    #[case(
        "email:example.com email:=a@b.c,d@e.f",
        "email_address_query=example.com email_address=a@b.c email_address=d@e.f"
    )]
    #[case("org:org_1 -org:org_2", "organization_id=org_1 organization_id=-org_2")]
    #[case("id:user_1,user_2", "user_id=user_1 user_id=user_2")]
    #[case("-external:crm_1", "external_id=-crm_1")]
    #[case("provider:google=1", "provider=oauth_google provider_user_id=1")]
    #[case("created:\"last week\"", "created_at_before=1795392000000 created_at_after=1794787199999")]
    #[case("created:2026-11-22..", "created_at_after=1795305599999")]
    #[case("12:30 Http://x \"a:b\"", "query=12:30 Http://x a:b")]
    fn a_line_is_read(#[case] text: &str, #[case] expected: &str) {
        assert_eq!((asked(text).as_str(), line(text).fault()), (expected, None));
    }

    #[rstest]
    #[case("banned:maybe", "banned: yes or no")]
    #[case("banned:", "banned: of what?")]
    #[case("created:soon", "created: a time")]
    #[case("org:org_1,,b", "org: one or several")]
    #[case("id:a,,b", "id: one or several")]
    #[case("provider:google", "provider: google=ID, with the user's id at google: Clerk takes neither alone")]
    #[case("provider:oauth_github=", "provider: github=ID")]
    #[case("provider:=1", "provider: which one?")]
    #[case("provider:google=1,,2", "provider: one or several")]
    #[case("created:3x", "created: a time")]
    #[case("colour:red", "no filter colour; there is banned created")]
    #[case("-banned:yes", "no filter -banned")]
    fn what_cannot_be_read_is_said(#[case] text: &str, #[case] fault: &str) {
        let line = line(&format!("ada {text}"));
        assert!(line.fault().unwrap().starts_with(fault), "{line:?}");
        assert_eq!(line.tokens[1].range, 4..4 + text.len());
    }

    #[test]
    fn an_organization_is_awaited_until_its_name_is_known() {
        let awaiting = line("ada org:\"Acme, Inc\",org_2 -org:globex");
        assert_eq!((awaiting.unknown_name(), awaiting.fault(), awaiting.asked()), (Some("Acme, Inc"), None, None));
        let mut directory = Directory::default();
        let acme = Organization { id: "org_1".into(), name: "Acme, Inc".into(), ..Organization::default() };
        assert_eq!(directory.remember(&acme), "\"Acme, Inc\"");
        let text = "org:\"acme, inc\",org_2 -org:globex";
        let known = |directory: &Directory| read(text, NOW, &TimeZone::UTC, directory);
        assert_eq!(known(&directory).unknown_name(), Some("globex"));
        let globex = Organization { id: "org_3".into(), slug: "globex".into(), ..Organization::default() };
        directory.take("globex", Ok(&Page { data: vec![globex], total_count: 1 }));
        let asked = known(&directory).asked().unwrap().organization_id.clone();
        assert_eq!(asked, [Include("org_1".into()), Include("org_2".into()), Exclude("org_3".into())]);
        directory.take("globex", Ok(&Page::default()));
        assert_eq!(known(&directory).fault(), Some("-org: no organization is called globex"));
    }

    #[rstest]
    #[case("banned:no", "banned:yes")]
    #[case("name:ada", "name:bob")]
    #[case("email:ada", "email:bob")]
    #[case("provider:google=1", "provider:github=2")]
    fn what_clerk_takes_once_cannot_be_said_twice(#[case] first: &str, #[case] second: &str) {
        let line = line(&format!("{first} {second}"));
        assert!(line.fault().unwrap().ends_with(": once only"), "{line:?}");
        assert_eq!((&line.tokens[0].kind, line.asked()), (&TokenKind::Filter, None));
    }

    #[test]
    fn more_than_clerk_takes_is_said() {
        let ids = vec!["user_1"; 101].join(",");
        assert_eq!(line(&format!("id:{ids}")).fault(), Some("id: Clerk takes 100 of them at most"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_every_part_is_somewhere(text in "[ a-z:\"<>=,é山-]{0,40}") {
            let line = line(&text);
            let told: usize = line.tokens.iter().map(|token| token.range.len()).sum();
            let blanks = text.chars().filter(|char| *char == ' ').count();
            prop_assert!(told <= text.len() && told + blanks >= text.len());
            prop_assert!(line.tokens.iter().all(|token| !text[token.range.clone()].is_empty()));
        }
    }
}
