//! The invitations to an organization, one of them chosen.

use crate::{
    app::{
        act::{NewInvitation, Place, RoleName},
        effect::Fetch,
        failure::Failure,
        slot::Slot,
    },
    clerk::model::{InvitationStatus, OrganizationInvitation, Page},
};

const A_DAY: u128 = 24 * 3_600_000;

/// The open list of invitations to an organization.
#[derive(Clone, Debug)]
pub struct InvitationsPane {
    place: Place,
    status: Option<InvitationStatus>,
    found: Slot<Page<OrganizationInvitation>>,
    cursor: usize,
}

impl InvitationsPane {
    /// Those that wait for an answer, yet to be read.
    #[must_use]
    pub fn of(place: Place) -> Self {
        Self { place, status: Some(InvitationStatus::Pending), found: Slot::default(), cursor: 0 }
    }

    /// Where to. As it came, unsafe to print.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Which of them; none for all.
    #[must_use]
    pub fn status(&self) -> Option<&InvitationStatus> {
        self.status.as_ref()
    }

    /// The newest of them, and how many there are.
    #[must_use]
    pub fn found(&self) -> &Slot<Page<OrganizationInvitation>> {
        &self.found
    }

    /// The rows, newest first.
    #[must_use]
    pub fn rows(&self) -> &[OrganizationInvitation] {
        self.found.value().map_or(&[], |page| &page.data)
    }

    /// The index of the chosen one.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Chooses another.
    pub fn place_cursor(&mut self, index: usize) {
        self.cursor = index.min(self.rows().len().saturating_sub(1));
    }

    /// The chosen one.
    #[must_use]
    pub fn chosen(&self) -> Option<&OrganizationInvitation> {
        self.rows().get(self.cursor)
    }

    /// How the chosen one was made, as far as that is told, if it can be taken back.
    #[must_use]
    pub fn revocable(&self) -> Option<(String, NewInvitation)> {
        let it = self.chosen().filter(|it| it.status == Some(InvitationStatus::Pending))?;
        let name = if it.role_name.is_empty() { &it.role } else { &it.role_name };
        let invitation = NewInvitation {
            place: self.place.clone(),
            email_address: it.email_address.clone(),
            role: RoleName { key: it.role.clone(), name: name.clone() },
            redirect_url: None,
            expires_in_days: days(it),
            notify: true,
        };
        Some((it.id.clone(), invitation))
    }

    /// Shows those of this status, or all.
    pub fn narrow(&mut self, status: Option<InvitationStatus>) {
        self.status = status;
        self.found = Slot::default();
        self.cursor = 0;
    }

    /// What should be loaded for it.
    #[must_use]
    pub fn wants(&self) -> Option<Fetch> {
        let (organization, status) = (self.place.id.clone(), self.status.clone());
        self.found.is_wanted().then_some(Fetch::OrganizationInvitations { organization, status })
    }

    /// Asks for them anew.
    pub fn ask(&mut self) {
        self.found.ask();
    }

    /// Takes what was found. The chosen one stays chosen, if it is still there.
    pub fn take(&mut self, found: Result<Page<OrganizationInvitation>, Failure>) {
        let chosen = self.chosen().map(|it| it.id.clone());
        self.found.fill(found);
        let place = self.rows().iter().position(|it| Some(&it.id) == chosen.as_ref());
        self.place_cursor(place.unwrap_or(self.cursor));
    }
}

/// How long it was to be good, in days.
fn days(it: &OrganizationInvitation) -> Option<u16> {
    let days = it.expires_at?.since(it.created_at).as_millis().div_ceil(A_DAY);
    u16::try_from(days).ok().filter(|days| (1..=365).contains(days))
}
