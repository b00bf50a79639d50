//! Adding a user to an organization: picking it, then the role, then the question.

use super::{
    Act, App, Dialog, Known, Notice, Reason,
    act::{OrganizationAct, Place, RoleName},
    dialog::{Menu, PickedFor, Picker},
};
use crate::clerk::model::{Organization, Timestamp};
use std::sync::Arc;

impl App {
    /// Why nobody can be added anywhere now.
    pub(super) fn why_not_added(&self) -> Option<Reason> {
        self.subject().map_or(Some("There is no user to add.".into()), |user| self.why_not_change(&user.id))
    }

    pub(super) fn open_picker(&mut self) {
        let Some(known) = self.subject().cloned() else { return };
        if self.roles.failure().is_some() {
            self.roles.ask();
        }
        self.dialogs.open(Dialog::Picker(Box::new(Picker::new(PickedFor::Join(known)))));
    }

    /// Does something in the open picker.
    pub(super) fn in_picker(&mut self, act: impl FnOnce(&mut Picker)) {
        if let Some(Dialog::Picker(picker)) = self.dialogs.top_mut() {
            act(picker);
        }
    }

    pub(super) fn picker(&self) -> Option<&Picker> {
        match self.dialogs.top() {
            Some(Dialog::Picker(picker)) => Some(picker),
            _ => None,
        }
    }

    /// Takes the chosen organization; where somebody is to be added, asks for the role. Without a row that answers what is typed, asks for that at once.
    pub(super) fn choose_organization(&mut self, now: Timestamp) {
        if self.picker().is_some_and(|picker| !picker.is_answered()) {
            return self.in_picker(Picker::ask);
        }
        match self.picker().map(|picker| picker.purpose().clone()) {
            Some(PickedFor::Leave) => self.take_left(now),
            Some(PickedFor::Filter) => self.take_picked(now),
            Some(PickedFor::Invite(known)) => self.take_where_to_invite(known, now),
            Some(PickedFor::Invitations) => self.take_whose_invitations(now),
            Some(PickedFor::Join(_)) | None => self.ask_for_role(now),
        }
    }

    /// Asks in which role the user is to be added.
    fn ask_for_role(&mut self, now: Timestamp) {
        match self.chosen_organization() {
            Ok((known, organization)) => {
                let place = Place { id: organization.id, name: organization.name };
                let add = |role| OrganizationAct::Add { place: place.clone(), role };
                let roles = self.roles.value().map_or(&[][..], Vec::as_slice);
                self.dialogs.open(Dialog::Menu(Menu::of_roles(roles, None, &known, add)));
            }
            Err(reason) => self.notices.show(reason.into(), now),
        }
    }

    fn chosen_organization(&self) -> Result<(Arc<Known>, Organization), Reason> {
        let chosen = |picker| Some((picker, Picker::chosen(picker)?, picker.known()?));
        let Some((picker, chosen, known)) = self.picker().and_then(chosen) else {
            return Err("There is no such organization to choose.".into());
        };
        if !picker.knows_memberships() {
            return Err("Where the user belongs already is still being read.".into());
        }
        if let Some(membership) = picker.membership(&chosen.id) {
            let role = RoleName::of(membership);
            return Err(Reason::from(format!("Already {} of {}: e changes the role there.", role.name, chosen.name)));
        }
        match self.why_no_roles() {
            Some(reason) => Err(reason),
            None => Ok((Arc::clone(known), chosen.clone())),
        }
    }

    /// The menu of the roles that the chosen membership can have.
    pub(super) fn open_roles(&mut self) {
        let (Some(known), Some(membership)) = (self.subject(), self.chosen_membership()) else { return };
        let (place, from) = (Place::of(membership), RoleName::of(membership));
        let change = |to| OrganizationAct::ChangeRole { place: place.clone(), from: from.clone(), to };
        let roles = self.roles.value().map_or(&[][..], Vec::as_slice);
        let menu = Menu::of_roles(roles, Some(&membership.role), known, change);
        self.dialogs.open(Dialog::Menu(menu));
    }

    /// Why there are no roles to choose from.
    pub(super) fn why_no_roles(&self) -> Option<Reason> {
        match (self.roles.value(), self.roles.failure()) {
            (Some(_), _) => None,
            (None, Some(_)) => Some("The roles could not be read; r tries again.".into()),
            (None, None) => Some("The roles are still being read.".into()),
        }
    }

    /// Asks whether to do what was chosen to the user that the choice was about.
    pub(super) fn ask_about_choice(&mut self, act: Act, known: Arc<Known>, now: Timestamp) {
        if let Some(reason) = self.why_not_change(&known.id) {
            return self.notices.show(Notice::from(reason), now);
        }
        self.ask_whether(act, known);
    }
}
