//! A picker: organizations that are looked for at Clerk as their name is typed, and the chosen one of them.

use crate::{
    app::{effect::Fetch, failure::Failure, person::Known, requests::SlotId, slot::Slot, text_field::TextField},
    clerk::{
        model::{Organization, OrganizationId, OrganizationMembership, Page, Timestamp},
        query::PageLimit,
    },
};
use crossterm::event::KeyEvent;
use std::{sync::Arc, time::Duration};

/// The text is asked for when no key has come for so long.
const REST: Duration = Duration::from_millis(120);
/// Longer texts are cut, in characters; Clerk has no name as long.
const LONGEST: usize = 200;
/// So many are read; who is not among them types more.
const ROWS: u16 = 50;

/// What an organization is picked for.
#[derive(Clone, Debug)]
pub enum PickedFor {
    /// The list of users is narrowed to its members.
    Filter,
    /// This user is added to it.
    Join(Arc<Known>),
    /// The marked leave it.
    Leave,
    /// Somebody is invited to it: at first this user, if it is somebody's address.
    Invite(Option<Arc<Known>>),
    /// Its invitations are looked at.
    Invitations,
}

/// Picks an organization. It holds the user that it names.
#[derive(Clone, Debug)]
pub struct Picker {
    purpose: PickedFor,
    field: TextField,
    edited_at: Option<Timestamp>,
    /// The text that is asked for.
    asked: String,
    /// The text that `found` answers.
    answered: Option<String>,
    found: Slot<Page<Organization>>,
    /// Where the user belongs already.
    joined: Slot<Vec<OrganizationMembership>>,
    cursor: usize,
}

impl Picker {
    /// Everything there is can be chosen, before anything is typed.
    #[must_use]
    pub fn new(purpose: PickedFor) -> Self {
        Self {
            purpose,
            field: TextField::with_longest(LONGEST),
            edited_at: None,
            asked: String::new(),
            answered: None,
            found: Slot::default(),
            joined: Slot::default(),
            cursor: 0,
        }
    }

    /// What it is picked for.
    #[must_use]
    pub fn purpose(&self) -> &PickedFor {
        &self.purpose
    }

    /// Who is to be added, if anybody is.
    #[must_use]
    pub fn known(&self) -> Option<&Arc<Known>> {
        match &self.purpose {
            PickedFor::Join(known) => Some(known),
            _ => None,
        }
    }

    /// Whether a role is to be chosen next.
    #[must_use]
    pub fn leads_to_roles(&self) -> bool {
        matches!(self.purpose, PickedFor::Join(_) | PickedFor::Invite(_))
    }

    /// What is typed.
    #[must_use]
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// The organizations that were found last.
    #[must_use]
    pub fn rows(&self) -> &[Organization] {
        self.found.value().map_or(&[], |page| &page.data)
    }

    /// How many there are in all; none before an answer.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.found.value().map(|page| page.total_count)
    }

    /// Why they could not be read.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.found.failure()
    }

    /// Whether the rows answer what is typed, and not what was typed before.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.answered.as_deref() == Some(self.field.text().trim())
    }

    /// The index of the chosen row.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The chosen row.
    #[must_use]
    pub fn chosen(&self) -> Option<&Organization> {
        self.rows().get(self.cursor)
    }

    /// How the user belongs to an organization already.
    #[must_use]
    pub fn membership(&self, organization: &OrganizationId) -> Option<&OrganizationMembership> {
        self.joined.value()?.iter().find(|membership| membership.organization.id == *organization)
    }

    /// Whether it is known where the user belongs, or cannot be.
    #[must_use]
    pub fn knows_memberships(&self) -> bool {
        !self.joined.is_wanted()
    }

    /// When the text is to be asked for; none when it has been.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.edited_at.map(|edited_at| edited_at.plus(REST))
    }

    /// Takes a key that edits the text.
    pub fn edit(&mut self, key: KeyEvent, now: Timestamp) {
        if self.field.edit(key) {
            self.edited_at = Some(now);
        }
    }

    /// Takes pasted text, and asks for it at once.
    pub fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.ask();
    }

    /// Asks for what is typed, unless that is known or asked for already. What failed is tried again.
    pub fn ask(&mut self) {
        self.edited_at = None;
        let text = self.field.text().trim();
        if text != self.asked || self.found.failure().is_some() {
            text.clone_into(&mut self.asked);
            self.found.ask();
        }
    }

    /// Moves the choice by so many rows.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.rows().len().saturating_sub(1));
    }

    /// What should be loaded.
    #[must_use]
    pub fn wants(&self) -> Vec<(SlotId, Fetch)> {
        let found = self.found.is_wanted().then(|| {
            let fetch = Fetch::Organizations { text: self.asked.clone(), limit: PageLimit::new(ROWS) };
            (SlotId::Organizations, fetch)
        });
        let joined = self.known().filter(|_| self.joined.is_wanted()).map(|known| {
            let fetch = Fetch::Memberships { user: known.id.clone(), offset: 0, limit: PageLimit::MAX };
            (SlotId::Joined, fetch)
        });
        found.into_iter().chain(joined).collect()
    }

    /// Takes the organizations whose name, slug or id holds `text`.
    pub fn take_found(&mut self, text: String, result: Result<Page<Organization>, Failure>) {
        if result.is_ok() {
            self.answered = Some(text);
            self.cursor = 0;
        }
        self.found.fill(result);
    }

    /// Takes where the user belongs.
    pub fn take_joined(&mut self, result: Result<Vec<OrganizationMembership>, Failure>) {
        self.joined.fill(result);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::{Received, User};
    use crossterm::event::KeyCode;

    fn picker() -> Picker {
        let user = User { id: "user_1".into(), ..User::default() };
        Picker::new(PickedFor::Join(Arc::new(Known::new(Received::from_value(user).unwrap(), Timestamp::default()))))
    }

    fn organization(id: &str) -> Organization {
        Organization { id: id.into(), ..Organization::default() }
    }

    fn page(count: usize) -> Page<Organization> {
        Page { data: (0..count).map(|number| organization(&format!("org_{number}"))).collect(), total_count: 70 }
    }

    fn asked(picker: &Picker) -> Option<String> {
        picker.wants().into_iter().find_map(|(_, fetch)| match fetch {
            Fetch::Organizations { text, .. } => Some(text),
            _ => None,
        })
    }

    #[test]
    fn the_text_is_asked_for_once() {
        let mut picker = picker();
        assert_eq!(asked(&picker).as_deref(), Some(""));
        picker.take_found(String::new(), Ok(page(3)));
        picker.edit(KeyEvent::from(KeyCode::Char('a')), Timestamp::default());
        assert!(picker.due().is_some() && !picker.is_answered() && asked(&picker).is_none());
        picker.ask();
        assert_eq!((asked(&picker).as_deref(), picker.due()), (Some("a"), None));
        picker.take_found("a".into(), Ok(page(2)));
        picker.ask();
        assert!(picker.is_answered() && asked(&picker).is_none());
    }

    #[test]
    fn what_failed_is_asked_for_again_and_keeps_the_rows() {
        let mut picker = picker();
        picker.take_found(String::new(), Ok(page(3)));
        picker.paste("x");
        picker.take_found("x".into(), Err(Failure::Internal("no".into())));
        assert!(picker.failure().is_some() && picker.rows().len() == 3 && !picker.is_answered());
        picker.ask();
        assert_eq!(asked(&picker).as_deref(), Some("x"));
    }

    #[test]
    fn the_choice_stays_among_the_rows() {
        let mut picker = picker();
        picker.step(1);
        assert_eq!(picker.chosen(), None);
        picker.take_found(String::new(), Ok(page(2)));
        picker.step(5);
        assert_eq!(picker.chosen().map(|chosen| chosen.id.as_str()), Some("org_1"));
        picker.step(-5);
        assert_eq!(picker.cursor(), 0);
    }
}
