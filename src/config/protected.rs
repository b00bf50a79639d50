//! Whom no act on many touches, as it is written in the configuration file.

use super::file::Fault;
use crate::app::Protected;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use toml::Spanned;

/// The people, as they are written.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct People {
    ids: Vec<Spanned<String>>,
    emails: Vec<Spanned<String>>,
    domains: Vec<Spanned<String>>,
    organizations: Vec<Spanned<String>>,
}

impl People {
    /// Who they are. What could never fit anybody is an error: it would protect nobody, and nobody would notice.
    pub(super) fn read(&self) -> Result<Protected, Fault> {
        let starts_with = |start: &'static str| move |text: &str| text.len() > start.len() && text.starts_with(start);
        let is_email =
            |text: &str| text.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && is_domain(domain));
        let ids = all(&self.ids, "an id begins with user_", starts_with("user_"))?;
        let organizations = all(&self.organizations, "an organization's id begins with org_", starts_with("org_"))?;
        let domains = |text: &str| is_domain(text.strip_prefix('@').unwrap_or(text));
        Ok(Protected {
            users: ids.into_iter().map(Into::into).collect(),
            email_addresses: all(&self.emails, "that is no email address", is_email)?.into_iter().map(lower).collect(),
            domains: all(&self.domains, "a domain is written like acme.example", domains)?
                .into_iter()
                .map(|domain| lower(domain.strip_prefix('@').unwrap_or(domain)))
                .collect(),
            organizations: organizations.into_iter().map(Into::into).collect::<BTreeSet<_>>(),
        })
    }
}

/// All of them, or what is wrong with the first that is not right.
fn all<'a>(written: &'a [Spanned<String>], rule: &str, is_right: impl Fn(&str) -> bool) -> Result<Vec<&'a str>, Fault> {
    let check = |text: &'a Spanned<String>| {
        let found = text.get_ref().as_str();
        if is_right(found) && !found.contains(char::is_whitespace) {
            return Ok(found);
        }
        let reason = format!("nobody would be protected by \"{}\": {rule}", found.escape_debug());
        Err(Fault { at: Some(text.span().start), reason })
    };
    written.iter().map(check).collect()
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && !text.starts_with('.') && !text.ends_with('.') && !text.contains(['@', '*'])
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}
