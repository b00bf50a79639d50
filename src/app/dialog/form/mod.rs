//! A form: fields to type into, and what they ask for together.

mod field;
mod invitation;
mod password;
mod purpose;

pub use field::FormField;
pub use purpose::Purpose;

use crate::{
    app::{
        act::{
            Act, Bag, FieldChange, NewInvitation, PasswordAct, ProfileAct, ProfileField, RestrictionAct,
            RestrictionList, email_addresses, fault_of_identifier, phone_numbers,
        },
        change::ChangeId,
        failure::Failure,
        job::JobAct,
        new_user::{NewUser, NewUserField},
        person::{Known, Person},
    },
    clerk::{self, model::UserId},
};
use crossterm::event::KeyEvent;
use serde_json::Value;
use std::sync::Arc;
use strum::IntoEnumIterator;

/// What a form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To do this to the user that it is about.
    Act(Act),
    /// To create this user.
    Create(NewUser),
    /// To keep this as the note on the user; nothing takes it away.
    Note(String),
    /// To do this to a list.
    Restriction(RestrictionAct),
    /// To change things again, on the instance of this name.
    LeaveReadOnly(String),
    /// To do this to the marked.
    Many(JobAct),
    /// To make this invitation, which is to this user, if to one that is known.
    Invite(NewInvitation, Option<(UserId, Person)>),
}

/// A form, mostly about one user. It stays open until what it asks for is done, so that nothing typed is lost when it fails.
#[derive(Clone, Debug)]
pub struct Form {
    purpose: Purpose,
    known: Option<Arc<Known>>,
    fields: Vec<FormField>,
    cursor: usize,
    sent: Option<ChangeId>,
    invited: Option<invitation::Invited>,
}

impl Form {
    /// An open form about `known`, with what they have in its fields.
    #[must_use]
    pub fn about(purpose: Purpose, known: Arc<Known>) -> Self {
        Self { purpose, fields: purpose.fields(Some(&known)), known: Some(known), cursor: 0, sent: None, invited: None }
    }

    /// An open form about nobody who is there yet.
    #[must_use]
    pub fn about_nobody(purpose: Purpose) -> Self {
        Self { purpose, fields: purpose.fields(None), known: None, cursor: 0, sent: None, invited: None }
    }

    /// The same with this text in its first field.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        if let Some(field) = self.fields.first_mut() {
            field.input.set(text);
        }
        self
    }

    /// What it is for.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Whom it is about; none while they are yet to be created.
    #[must_use]
    pub fn known(&self) -> Option<&Arc<Known>> {
        self.known.as_ref()
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> &[FormField] {
        &self.fields
    }

    /// The index of the field that is typed into.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Goes to the next field; behind the last comes the first.
    pub fn next_field(&mut self) {
        self.cursor = (self.cursor + 1) % self.fields.len();
    }

    /// Goes to the field before.
    pub fn previous_field(&mut self) {
        self.cursor = (self.cursor + self.fields.len() - 1) % self.fields.len();
    }

    /// Takes a key that edits the text of the field.
    pub fn edit(&mut self, key: KeyEvent) {
        self.fields[self.cursor].edit(key);
    }

    /// Puts a text in the place of what the field holds.
    pub fn retype(&mut self, text: &str) {
        let field = &mut self.fields[self.cursor];
        field.input.set(text);
        field.fault = None;
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.fields[self.cursor].paste(text);
    }

    /// Notes under which name what it asks for was sent.
    pub fn mark_sent(&mut self, id: ChangeId) {
        self.sent = Some(id);
    }

    /// Goes to the field of this parameter, and says what is wrong with it.
    pub(in crate::app) fn refuse(&mut self, parameter: &str, fault: String) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.parameter == parameter) {
            field.fault = Some(fault);
        }
    }

    /// Under which name it was sent last.
    #[must_use]
    pub fn sent(&self) -> Option<ChangeId> {
        self.sent
    }

    /// What it asks for. None while a field is wrong, or nothing differs; the field then says so.
    #[must_use]
    pub fn submit(&mut self) -> Option<Asked> {
        let asked = match self.purpose {
            Purpose::Create => self.created().map(Asked::Create),
            Purpose::Note => self.fields.first().map(|field| Asked::Note(field.input.text().to_owned())),
            Purpose::SetKey => self.key().map(Asked::Many),
            Purpose::LeaveReadOnly => self.filled().map(Asked::LeaveReadOnly),
            Purpose::Block | Purpose::Allow => self.restriction().map(Asked::Restriction),
            Purpose::Invite => self.invitation().map(|(invitation, beside)| Asked::Invite(invitation, beside)),
            _ => self.act().map(Asked::Act),
        };
        self.go_to_fault();
        asked
    }

    fn act(&mut self) -> Option<Act> {
        let known = Arc::clone(self.known.as_ref()?);
        match self.purpose {
            Purpose::Create
            | Purpose::Note
            | Purpose::SetKey
            | Purpose::Block
            | Purpose::Allow
            | Purpose::Invite
            | Purpose::LeaveReadOnly => None,
            Purpose::Edit => self.edited(&known).map(ProfileAct::Edit).map(Act::Profile),
            Purpose::ReplaceEmailAddress => self
                .filled()
                .map(|to| Act::Profile(ProfileAct::ReplaceEmailAddress { from: email_addresses(&known), to })),
            Purpose::ReplacePhoneNumber => {
                self.filled().map(|to| Act::Profile(ProfileAct::ReplacePhoneNumber { from: phone_numbers(&known), to }))
            }
            Purpose::SetPassword => self.password().map(PasswordAct::Set).map(Act::Password),
            Purpose::VerifyPassword => {
                self.typed().map(|text| Act::Password(PasswordAct::Verify(text.as_str().into())))
            }
            Purpose::VerifyCode => {
                self.filled().map(|text| Act::Password(PasswordAct::VerifyCode(text.as_str().into())))
            }
        }
    }

    /// Puts what Clerk says of a parameter at its field. What it says of none is told elsewhere.
    pub fn take_failure(&mut self, failure: &Failure) {
        let Failure::Clerk(clerk::Error::Refused(refusal)) = failure else { return };
        for item in &refusal.errors {
            if let Some(parameter) = item.param_name() {
                self.refuse(parameter, item.text().to_owned());
            }
        }
        self.go_to_fault();
    }

    fn go_to_fault(&mut self) {
        if let Some(wrong) = self.fields.iter().position(|field| field.fault.is_some()) {
            self.cursor = wrong;
        }
    }

    fn created(&mut self) -> Option<NewUser> {
        let places: Vec<_> = NewUserField::iter().zip(&self.fields).collect();
        let typed = |field: NewUserField| {
            let place = places.iter().find(|(place, _)| *place == field);
            place.map(|(_, field)| field.input.text().to_owned()).unwrap_or_default()
        };
        match NewUser::read(typed) {
            Ok(user) => Some(user),
            Err((field, fault)) => {
                self.refuse(field.parameter(), fault);
                None
            }
        }
    }

    fn key(&mut self) -> Option<JobAct> {
        let [bag, key, value] = self.fields.as_mut_slice() else { return None };
        let chosen = Bag::iter().find(|one| one.label() == bag.input.text());
        bag.fault = chosen.is_none().then(|| "Choose one: space takes the next.".to_owned());
        let name = key.input.text().trim().to_owned();
        key.fault = name.is_empty().then(|| "Type the name of a key first.".to_owned());
        let typed = value.input.text().trim();
        let read = serde_json::from_str::<Value>(typed);
        value.fault = match &read {
            Ok(_) => None,
            Err(_) if typed.is_empty() => Some("Type a value; null takes the key away.".to_owned()),
            Err(_) => Some("That is no JSON: a text stands in quotes, \"team\".".to_owned()),
        };
        let (Some(bag), Ok(value), false) = (chosen, read, name.is_empty()) else { return None };
        Some(JobAct::SetMetadata { bag, key: name, to: Some(value).filter(|value| !value.is_null()) })
    }

    fn restriction(&mut self) -> Option<RestrictionAct> {
        let (identifier, rest) = self.fields.split_first_mut()?;
        let typed = identifier.input.text().trim().to_owned();
        identifier.fault = fault_of_identifier(&typed).map(str::to_owned);
        // The blocklist has no second field: nobody is told that they are kept out.
        let notify = rest.first_mut().map(|field| (yes_or_no(field.input.text()), field));
        let list = if notify.is_some() { RestrictionList::Allowlist } else { RestrictionList::Blocklist };
        let notify = notify.map_or(Some(false), |(notify, field)| {
            field.fault = notify.is_none().then(|| "Type yes or no.".to_owned());
            notify
        });
        let is_right = self.fields.iter().all(|field| field.fault.is_none());
        is_right.then_some(RestrictionAct::Add { to: list, identifier: typed, notify: notify.unwrap_or(false) })
    }

    fn edited(&mut self, known: &Known) -> Option<Vec<FieldChange>> {
        let mut changes = Vec::new();
        for field in &mut self.fields {
            let Some(place) = ProfileField::iter().find(|place| place.parameter() == field.parameter) else { continue };
            match place.parse(field.input.text(), known) {
                Ok(to) => {
                    let from = place.read(known);
                    if from != to {
                        changes.push(FieldChange { field: place, from, to });
                    }
                    field.fault = None;
                }
                Err(fault) => field.fault = Some(fault.to_owned()),
            }
        }
        self.unless_wrong(changes)
    }

    /// The changes, if no field is wrong and there are any.
    fn unless_wrong<T>(&mut self, changes: Vec<T>) -> Option<Vec<T>> {
        if self.fields.iter().any(|field| field.fault.is_some()) {
            return None;
        }
        if changes.is_empty() {
            self.fields[self.cursor].fault = Some("Nothing differs from what it was.".to_owned());
            return None;
        }
        Some(changes)
    }

    /// What the only field holds, without the blanks at its ends.
    fn filled(&mut self) -> Option<String> {
        self.typed().map(|text| text.trim().to_owned())
    }

    /// What the only field holds: a blank at its end can be part of a password.
    fn typed(&mut self) -> Option<String> {
        let field = self.fields.first_mut()?;
        let text = field.input.text();
        field.fault = text.trim().is_empty().then(|| "Type something here first.".to_owned());
        field.fault.is_none().then(|| text.to_owned())
    }
}

/// What was typed as an answer; nothing means no.
fn yes_or_no(typed: &str) -> Option<bool> {
    match typed.trim().to_lowercase().as_str() {
        "yes" | "y" => Some(true),
        "no" | "n" | "" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::act::FieldValue,
        clerk::model::{Received, Timestamp, User},
    };
    use crossterm::event::KeyCode;

    fn form(purpose: Purpose) -> Form {
        let user = User { first_name: Some("Ada".into()), ..User::default() };
        if !purpose.is_about_user() {
            return Form::about_nobody(purpose);
        }
        Form::about(purpose, Arc::new(Known::new(Received::from_value(user).unwrap(), Timestamp::default())))
    }

    #[test]
    fn only_what_differs_is_asked_for() {
        let mut edit = form(Purpose::Edit);
        assert_eq!(edit.submit(), None);
        assert!(edit.fields()[0].fault.is_some(), "it says that nothing differs");
        edit.edit(KeyEvent::from(KeyCode::Char('h')));
        let to = FieldValue::Text(Some("Adah".into()));
        let from = FieldValue::Text(Some("Ada".into()));
        let change = FieldChange { field: ProfileField::FirstName, from, to };
        assert_eq!(edit.submit(), Some(Asked::Act(Act::Profile(ProfileAct::Edit(vec![change])))));
    }

    #[test]
    fn the_cursor_goes_to_what_is_wrong() {
        let mut edit = form(Purpose::Edit);
        let place = |edit: &Form| edit.fields.iter().position(|field| field.parameter == "create_organizations_limit");
        edit.cursor = place(&edit).unwrap();
        edit.paste("many");
        edit.next_field();
        assert_eq!((edit.submit(), Some(edit.cursor())), (None, place(&edit)));
    }

    #[test]
    fn nothing_is_no_password() {
        // An empty note is none any more.
        let asks = |purpose: &Purpose| purpose.fields(None).len() == 1 && *purpose != Purpose::Note;
        for purpose in Purpose::iter().filter(asks) {
            let mut form = form(purpose);
            assert_eq!(form.submit(), None);
            form.paste("x@example.com");
            assert!(form.submit().is_some(), "{purpose:?}");
        }
    }
}
