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

/// The newest ones to an organization.
pub(super) async fn read(
    clerk: &Clerk,
    organization: &OrganizationId,
    status: Option<InvitationStatus>,
) -> Result<Page<OrganizationInvitation>, Error> {
    let invitations = clerk.invitations();
    Ok(invitations.list_to_organization(organization, status, None, PageLimit::MAX, 0).await?.value)
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

/// Whether this invitation, which was made so, waits for an answer still.
pub(super) async fn is_pending(clerk: &Clerk, id: &str, invitation: &NewInvitation) -> Result<bool, Error> {
    let (place, email) = (&invitation.place.id, &invitation.email_address);
    let invitations = clerk.invitations();
    let pending = Some(InvitationStatus::Pending);
    match invitations.list_to_organization(place, pending.clone(), Some(email), PageLimit::MAX, 0).await {
        // Another one to the same address is somebody else's.
        Ok(answer) => Ok(answer.value.data.iter().any(|it| it.id == id && it.status == pending)),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}
