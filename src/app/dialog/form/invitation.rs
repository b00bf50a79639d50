//! The form for an invitation to an organization.

use super::{Form, FormField, Purpose, yes_or_no};
use crate::{
    app::{
        act::{NewInvitation, Place, RoleName, fault_of_identifier},
        person::{Known, Person},
    },
    clerk::model::UserId,
};
use std::sync::Arc;

/// The role that most are invited in, where the instance has it.
const MEMBER: &str = "org:member";
/// The longest that an invitation is good, in days: as the contract has it.
const LONGEST: u16 = 365;

/// What an invitation is to, and whom it began with.
#[derive(Clone, Debug)]
pub(super) struct Invited {
    pub(super) place: Place,
    roles: Vec<RoleName>,
    known: Option<Arc<Known>>,
}

pub(super) fn fields() -> Vec<FormField> {
    vec![
        FormField::new("email address", "email_address", "such as ada@example.com"),
        FormField::new("role", "role", "such as org:member"),
        FormField::new("redirect to", "redirect_url", "such as https://example.com/welcome"),
        FormField::new("expires in days", "expires_in_days", "1 to 365; 30 unless said"),
        FormField::new("send an email", "notify", "yes or no").with_choices(&["yes", "no"]),
    ]
}

impl Form {
    /// An open form for an invitation to this place, in one of these roles; with the address of `known`, if they have one.
    #[must_use]
    pub fn inviting(place: Place, roles: Vec<RoleName>, known: Option<Arc<Known>>) -> Self {
        let mut form = Self::about_nobody(Purpose::Invite);
        if let [email, role, _, _, notify] = form.fields.as_mut_slice() {
            let address = known.as_ref().and_then(|known| known.primary_email_address());
            email.input.set(address.map_or("", |address| &address.email_address));
            role.choices = roles.iter().map(|role| role.key.clone()).collect();
            let first = role.choices.iter().find(|key| *key == MEMBER).or(role.choices.first());
            role.input.set(first.map_or("", |key| key));
            notify.input.set("yes");
        }
        form.invited = Some(Invited { place, roles, known });
        form
    }

    /// What it is about, where that is an organization. As it came, unsafe to print.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.invited.as_ref().map(|invited| &invited.place)
    }

    /// The invitation, and the user whose address it is to, if that is known.
    pub(super) fn invitation(&mut self) -> Option<(NewInvitation, Option<(UserId, Person)>)> {
        let Invited { place, roles, known } = self.invited.clone()?;
        let [email, role, redirect, days, notify] = self.fields.as_mut_slice() else { return None };
        let typed = |field: &FormField| field.input.text().trim().to_owned();
        let (email_address, key, redirect_url) = (typed(email), typed(role), typed(redirect));
        email.fault = fault_of_email(&email_address).map(str::to_owned);
        role.fault = key.is_empty().then(|| "Choose one: space takes the next.".to_owned());
        let is_address =
            redirect_url.is_empty() || redirect_url.contains("://") && !redirect_url.contains(char::is_whitespace);
        redirect.fault = (!is_address).then(|| "Type a whole address, such as https://example.com/welcome.".to_owned());
        let number = typed(days);
        let expires_in_days = number.parse().ok().filter(|days| (1..=LONGEST).contains(days));
        let is_number = number.is_empty() || expires_in_days.is_some();
        days.fault = (!is_number).then(|| format!("Type a number of days from 1 to {LONGEST}, or nothing."));
        let answer = yes_or_no(notify.input.text());
        notify.fault = answer.is_none().then(|| "Type yes or no.".to_owned());
        let notify = answer.unwrap_or_default();
        if self.fields.iter().any(|field| field.fault.is_some()) {
            return None;
        }
        let named = roles.into_iter().find(|role| role.key == key);
        let role = named.unwrap_or_else(|| RoleName { name: key.clone(), key });
        let redirect_url = Some(redirect_url).filter(|url| !url.is_empty());
        let beside = known.filter(|known| known.has_email_address(&email_address));
        let beside = beside.map(|known| (known.id.clone(), Person::of(&known)));
        Some((NewInvitation { place, email_address, role, redirect_url, expires_in_days, notify }, beside))
    }
}

fn fault_of_email(typed: &str) -> Option<&'static str> {
    let is_other = typed.starts_with(['+', '*']) || !typed.contains('@');
    (is_other || fault_of_identifier(typed).is_some()).then_some("Type an email address, such as ada@example.com.")
}
