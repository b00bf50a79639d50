//! What of a user can be copied.

use super::{App, detail::Tab, person::Known};

/// Something that can be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyable {
    /// The key that chooses it in the menu.
    pub key: char,
    /// What it is.
    pub what: &'static str,
    /// The text, as it came: it goes to the clipboard and not to the screen.
    pub text: String,
}

impl App {
    /// What can be copied now: of the user, and of the chosen line in a tab of JSON.
    #[must_use]
    pub fn copyables(&self) -> Vec<Copyable> {
        let Some(known) = self.subject() else { return Vec::new() };
        let mut copyables = of_user(known);
        if let Some(entry) =
            self.detail.json().filter(|_| self.focus == super::Focus::Detail).and_then(|json| json.chosen())
        {
            copyables.push(Copyable { key: 'v', what: "value of the line", text: entry.text.clone() });
            copyables.push(Copyable { key: 'a', what: "path of the line", text: entry.path.clone() });
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
            copyables.extend(row.map(|(what, text)| Copyable { key: 'r', what, text }));
        }
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
        text.filter(|text| !text.is_empty()).map(|text| Copyable { key, what, text })
    };
    parts.into_iter().filter_map(copyable).collect()
}
