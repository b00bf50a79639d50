//! What an action is aimed at: the user, or the row of the open tab.

use super::{
    Act, Action, App,
    act::{OrganizationAct, Place, RoleName, SessionAct},
    detail::{SecurityItem, Tab, security_items},
};
use crate::clerk::model::{InvitationStatus, OrganizationMembership, SessionStatus};

impl App {
    /// The act that an action asks for, in the tab that is open.
    pub(super) fn act_of(&self, action: Action) -> Option<Act> {
        match action {
            Action::RemoveItem => self.removal_of_item(),
            Action::RevokeSession => self.end_of_session(),
            Action::FetchToken => self.fetch_of_token(),
            other => self.access_of(other).or_else(|| other.act()),
        }
    }

    /// The end of the chosen session, if it is not over already.
    fn end_of_session(&self) -> Option<Act> {
        let session = self.detail.parts_of(&self.subject()?.id)?.sessions.chosen()?;
        matches!(session.status, SessionStatus::Active | SessionStatus::Pending).then(|| {
            let places = [session.device(), session.place()];
            let told: Vec<_> = places.into_iter().filter(|place| !place.is_empty()).collect();
            let place = if told.is_empty() { session.id.to_string() } else { told.join(", ") };
            Act::Session(SessionAct::Revoke { id: session.id.clone(), place })
        })
    }

    /// What `d` means on the row of the open tab.
    fn removal_of_item(&self) -> Option<Act> {
        let parts = self.detail.parts_of(&self.subject()?.id);
        match self.detail.tab() {
            Tab::Memberships => {
                let membership = parts?.memberships.chosen()?;
                let remove = OrganizationAct::Remove { place: Place::of(membership), role: RoleName::of(membership) };
                Some(Act::Organization(remove))
            }
            Tab::Invitations => {
                let invitation =
                    parts?.invitations.chosen().filter(|it| it.status == Some(InvitationStatus::Pending))?;
                let id = invitation.organization_id.clone()?;
                let name = invitation.public_organization_data.as_ref().map(|data| data.name.clone());
                let place = Place { name: name.unwrap_or_else(|| id.to_string()), id };
                Some(Act::Organization(OrganizationAct::RevokeInvitation { place, id: invitation.id.clone() }))
            }
            Tab::Security => self.removal_of_security_item(),
            Tab::Profile | Tab::Sessions | Tab::Metadata | Tab::History | Tab::Raw => None,
        }
    }

    /// The chosen row of the memberships tab.
    pub(super) fn chosen_membership(&self) -> Option<&OrganizationMembership> {
        self.detail.parts_of(&self.subject()?.id)?.memberships.chosen()
    }

    /// The items of the security tab.
    #[must_use]
    pub fn security_items(&self) -> Vec<SecurityItem<'_>> {
        let Some(known) = self.subject() else { return Vec::new() };
        security_items(known, self.detail.parts_of(&known.id).map(|parts| &parts.trusted_devices))
    }

    /// The chosen item of the security tab.
    pub(super) fn chosen_security_item(&self) -> Option<SecurityItem<'_>> {
        let mut items = self.security_items();
        let chosen = self.detail.chosen_security_item().min(items.len().checked_sub(1)?);
        Some(items.swap_remove(chosen))
    }

    fn removal_of_security_item(&self) -> Option<Act> {
        self.chosen_security_item()?.removal().map(Act::Security)
    }
}
