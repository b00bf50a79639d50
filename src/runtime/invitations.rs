//! Invitations to organizations: making one, taking one back, and finding one that was made.

use super::send::{Sent, done};
use crate::{
    app::{
        Failure, Made,
        act::{InvitationAct, NewInvitation},
    },
    clerk::{Clerk, Error, invitations::CreateOrganizationInvitation, model::InvitationStatus, query::PageLimit},
};

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

/// The id of the invitation that was made so and has not been answered; none where there is none any more.
pub(super) async fn pending(clerk: &Clerk, invitation: &NewInvitation) -> Result<Option<String>, Error> {
    let (place, email) = (&invitation.place.id, &invitation.email_address);
    let invitations = clerk.invitations();
    let asked =
        invitations.list_to_organization(place, Some(InvitationStatus::Pending), Some(email), PageLimit::MAX, 0);
    let listed = match asked.await {
        Ok(answer) => answer.value.data,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error),
    };
    // Were the filter ignored, somebody else's would be taken back.
    let is_it = |status: Option<&InvitationStatus>, address: &str| {
        status == Some(&InvitationStatus::Pending) && address.eq_ignore_ascii_case(email)
    };
    Ok(listed.into_iter().find(|it| is_it(it.status.as_ref(), &it.email_address)).map(|it| it.id))
}
