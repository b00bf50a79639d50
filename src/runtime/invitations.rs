//! Invitations to organizations: making one, taking one back, and finding one that was made.

use super::send::{Sent, done};
use crate::{
    app::{
        Failure, Made,
        act::{InvitationAct, NewInvitation},
    },
    clerk::{
        Clerk, Error,
        invitations::CreateOrganizationInvitation,
        model::{InvitationStatus, OrganizationId, OrganizationInvitation, Page},
        query::PageLimit,
    },
};
use std::collections::{HashMap, HashSet};

/// All of this status to an organization, the newest first.
pub(super) async fn read(
    clerk: &Clerk,
    organization: &OrganizationId,
    status: Option<InvitationStatus>,
) -> Result<Page<OrganizationInvitation>, Error> {
    let (invitations, mut all) = (clerk.invitations(), Page::<OrganizationInvitation>::default());
    loop {
        let offset = u64::try_from(all.data.len()).unwrap_or(u64::MAX);
        let page = invitations.list_to_organization(organization, status.clone(), None, PageLimit::MAX, offset);
        let page = page.await?.value;
        let is_last = page.data.len() < usize::from(PageLimit::MAX.get());
        // One that is made meanwhile pushes another onto the next page.
        let known: HashSet<&str> = all.data.iter().map(|it| it.id.as_str()).collect();
        let fresh: Vec<_> = page.data.into_iter().filter(|it| !known.contains(it.id.as_str())).collect();
        let is_over = is_last || fresh.is_empty();
        all.data.extend(fresh);
        all.total_count = page.total_count;
        if is_over {
            return Ok(all);
        }
    }
}

/// Does it.
pub(super) async fn send(clerk: &Clerk, act: &InvitationAct) -> Result<Sent, Failure> {
    let invitations = clerk.invitations();
    match act {
        InvitationAct::Create(invitation) => {
            let place = &invitation.place.id;
            let answer = invitations.create_to_organization(place, &to_send(invitation)).await?;
            Ok(Sent { made: Made::Invited(answer.value.id.clone()), ..done(answer) })
        }
        InvitationAct::Revoke { id, invitation } => {
            Ok(invitations.revoke_to_organization(&invitation.place.id, id, None).await.map(done)?)
        }
    }
}

fn to_send(invitation: &NewInvitation) -> CreateOrganizationInvitation {
    CreateOrganizationInvitation {
        email_address: invitation.email_address.clone(),
        role: invitation.role.key.clone(),
        redirect_url: invitation.redirect_url.clone(),
        expires_in_days: invitation.expires_in_days,
        notify: Some(invitation.notify),
        ..CreateOrganizationInvitation::default()
    }
}

/// The invitations that wait for an answer, each organization asked about once.
pub(super) struct Pending<'a> {
    clerk: &'a Clerk,
    /// None of an organization that is not there, or where there are none any more.
    of: HashMap<OrganizationId, Option<Vec<OrganizationInvitation>>>,
}

impl<'a> Pending<'a> {
    pub(super) fn new(clerk: &'a Clerk) -> Self {
        Self { clerk, of: HashMap::new() }
    }

    /// Whether what was done with an invitation can be taken back still: one that was made, and has the id `made`, while it
    /// waits; one that was taken back, while there is no other to the address.
    pub(super) async fn lets_back(&mut self, act: &InvitationAct, made: Option<&str>) -> Result<bool, Error> {
        let invitation = act.invitation();
        let Some(waiting) = self.at(&invitation.place.id).await? else { return Ok(false) };
        Ok(match act {
            InvitationAct::Create(_) => waiting.iter().any(|it| Some(it.id.as_str()) == made),
            InvitationAct::Revoke { .. } => {
                let is_same = |it: &OrganizationInvitation| it.email_address == invitation.email_address;
                !waiting.iter().any(is_same)
            }
        })
    }

    async fn at(&mut self, place: &OrganizationId) -> Result<Option<&[OrganizationInvitation]>, Error> {
        if !self.of.contains_key(place) {
            let waiting = match read(self.clerk, place, Some(InvitationStatus::Pending)).await {
                Ok(page) => Some(page.data),
                // The organization is gone, or organizations are switched off.
                Err(error) if error.is_not_found() || error.status() == Some(403) => None,
                Err(error) => return Err(error),
            };
            self.of.insert(place.clone(), waiting);
        }
        Ok(self.of.get(place).and_then(Option::as_deref))
    }
}
