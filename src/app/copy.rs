//! What of a user can be copied.

use super::{App, Effect, detail::Tab, person::Known, secret::Secret};
use crate::clerk::Exchange;

/// Something that can be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyable {
    /// The key that chooses it in the menu.
    pub key: char,
    /// What it is.
    pub what: &'static str,
    /// The text, as it came: it goes to the clipboard. Some are secrets; all are kept like them.
    pub text: Secret,
    /// Whether the screen must not show any of it.
    pub masked: bool,
}

impl Copyable {
    /// What puts it into the clipboard.
    #[must_use]
    pub fn effect(self) -> Effect {
        if self.masked { Effect::CopySecret(self.text) } else { Effect::Copy(self.text.expose().to_owned()) }
    }

    /// What of it can be shown, as it came; none of a secret.
    #[must_use]
    pub fn shown(&self) -> Option<&str> {
        (!self.masked).then(|| self.text.expose())
    }
}

impl Copyable {
    /// A request as a command, without the key.
    pub(super) fn of_exchange(exchange: &Exchange) -> Self {
        Self { key: 'c', what: "request as curl", text: exchange.curl().into(), masked: false }
    }
}

impl App {
    /// What can be copied now: of the user, and of the chosen line in a tab of JSON.
    #[must_use]
    pub fn copyables(&self) -> Vec<Copyable> {
        let Some(known) = self.subject() else { return Vec::new() };
        let mut copyables = of_user(known);
        let json = self.detail.json().filter(|_| self.focus == super::Focus::Detail);
        if let Some((json, entry)) = json.and_then(|json| Some((json, json.chosen()?))) {
            let (text, path) = (json.text(entry).to_owned(), entry.path.clone());
            copyables.push(Copyable { key: 'v', what: "value of the line", text: text.into(), masked: false });
            copyables.push(Copyable { key: 'a', what: "path of the line", text: path.into(), masked: false });
        }
        if let Some(parts) = self.detail.parts_of(&known.id).filter(|_| self.focus == super::Focus::Detail) {
            let row = match self.detail.tab() {
                Tab::Memberships => {
                    parts.memberships.chosen().map(|it| ("organization id", it.organization.id.to_string()))
                }
                Tab::Invitations => parts.invitations.chosen().map(|it| ("invitation id", it.id.clone())),
                Tab::Sessions => parts.sessions.chosen().map(|it| ("session id", it.id.to_string())),
                Tab::History => parts.history.chosen().map(|it| ("record id", it.record.0.clone())),
                Tab::Profile | Tab::Security | Tab::Metadata | Tab::Raw => None,
            };
            copyables.extend(row.map(|(what, text)| Copyable { key: 'r', what, text: text.into(), masked: false }));
        }
        copyables.extend(self.request_log.last().map(Copyable::of_exchange));
        let token = self.chosen_token().map(|token| token.token.clone());
        copyables.extend(token.map(|text| Copyable { key: 't', what: "OAuth token", text, masked: true }));
        copyables
    }
}

fn of_user(known: &Known) -> Vec<Copyable> {
    let email = known.primary_email_address().map(|email| email.email_address.clone());
    let phone = known.primary_phone_number().map(|phone| phone.phone_number.clone());
    let parts = [
        ('y', "id", Some(known.id.to_string())),
        ('e', "email address", email),
        ('p', "phone number", phone),
        ('u', "username", known.username.clone()),
        ('x', "external id", known.external_id.clone()),
        ('n', "name", known.full_name()),
        ('s', "JSON", Some(known.raw().to_owned())),
    ];
    let copyable = |(key, what, text): (char, &'static str, Option<String>)| {
        text.filter(|text| !text.is_empty()).map(|text| Copyable { key, what, text: text.into(), masked: false })
    };
    parts.into_iter().filter_map(copyable).collect()
}
