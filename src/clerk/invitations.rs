//! Invitations: to the application, and to organizations.

use super::{
    Answer, Clerk, Error,
    body::Fields,
    decode,
    model::{Invitation, InvitationStatus, Metadata, OrganizationId, OrganizationInvitation, Page, UserId},
    query::PageLimit,
    request::Request,
};

/// The invitation endpoints. From [`Clerk::invitations`].
#[derive(Clone, Copy, Debug)]
pub struct Invitations<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

/// An invitation to sign up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateInvitation {
    /// Who is invited.
    pub email_address: String,
    /// What the user will have.
    pub public_metadata: Option<Metadata>,
    /// Where the invited comes back to.
    pub redirect_url: Option<String>,
    /// Whether Clerk sends an email; it does unless said.
    pub notify: Option<bool>,
    /// Whether it is made although there is such an invitation or such a user.
    pub ignore_existing: bool,
    /// After how many days it expires, 1 to 365; 30 unless said.
    pub expires_in_days: Option<u16>,
}

/// An invitation to an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateOrganizationInvitation {
    /// Who is invited.
    pub email_address: String,
    /// As what, `org:member`.
    pub role: String,
    /// Who invites.
    pub inviter: Option<UserId>,
    /// What the membership will have.
    pub public_metadata: Option<Metadata>,
    /// The same, for the server alone.
    pub private_metadata: Option<Metadata>,
    /// Where the invited comes back to.
    pub redirect_url: Option<String>,
    /// After how many days it expires, 1 to 365.
    pub expires_in_days: Option<u16>,
    /// Whether Clerk sends an email; it does unless said.
    pub notify: Option<bool>,
}

impl Invitations<'_> {
    /// Invites somebody to sign up. It is sent once. `POST /v1/invitations`
    ///
    /// # Errors
    ///
    /// 400 or 422 when there is such an invitation or such a user, or the address is none.
    pub async fn create(&self, invitation: &CreateInvitation) -> Result<Answer<Invitation>, Error> {
        let fields = Fields::default()
            .set("email_address", invitation.email_address.as_str())
            .set_some("public_metadata", invitation.public_metadata.clone())
            .set_some("redirect_url", invitation.redirect_url.clone())
            .set_some("notify", invitation.notify)
            .set_some("ignore_existing", invitation.ignore_existing.then_some(true))
            .set_some("expires_in_days", invitation.expires_in_days);
        self.clerk.send(&Request::post(&["invitations"])?.with_fields(fields).by_the_hour(), decode::object).await
    }

    /// Invitations to sign up, newest first; without `status`, all but those taken back. `GET /v1/invitations`
    ///
    /// # Errors
    ///
    /// None of its own.
    pub async fn list(
        &self,
        status: Option<InvitationStatus>,
        query: Option<&str>,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<Invitation>>, Error> {
        let mut parameters = limit.to_parameters(offset);
        parameters.push(("paginated", "true".to_owned()));
        parameters.extend(status.map(|status| ("status", status.as_str().to_owned())));
        parameters.extend(query.map(|query| ("query", query.to_owned())));
        let request = Request::get(&["invitations"])?.with(parameters);
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    /// Takes an invitation to sign up back. `POST /v1/invitations/{id}/revoke`
    ///
    /// # Errors
    ///
    /// 400 when it has been accepted or taken back, 404 when there is no such invitation.
    pub async fn revoke(&self, id: &str) -> Result<Answer<Invitation>, Error> {
        let request = Request::post(&["invitations", id, "revoke"])?.setting();
        self.clerk.send(&request, |body| decode::only(body, |it: &Invitation| it.id == id)).await
    }

    /// Invites somebody to an organization. It is sent once. `POST /v1/organizations/{id}/invitations`
    ///
    /// # Errors
    ///
    /// 400 when they are a member or invited, 404 when there is no such organization or role.
    pub async fn create_to_organization(
        &self,
        organization: &OrganizationId,
        invitation: &CreateOrganizationInvitation,
    ) -> Result<Answer<OrganizationInvitation>, Error> {
        let fields = Fields::default()
            .set("email_address", invitation.email_address.as_str())
            .set("role", invitation.role.as_str())
            .set_some("inviter_user_id", invitation.inviter.as_ref().map(UserId::as_str))
            .set_some("public_metadata", invitation.public_metadata.clone())
            .set_some("private_metadata", invitation.private_metadata.clone())
            .set_some("redirect_url", invitation.redirect_url.clone())
            .set_some("expires_in_days", invitation.expires_in_days)
            .set_some("notify", invitation.notify);
        let request =
            Request::post(&["organizations", organization.as_str(), "invitations"])?.with_fields(fields).by_the_hour();
        self.clerk.send(&request, decode::object).await
    }

    /// Invitations to an organization, newest first, those of its domains left out; only to `email_address` if it is given.
    /// `GET /v1/organizations/{id}/invitations`
    ///
    /// # Errors
    ///
    /// 404 when there is no such organization.
    pub async fn list_to_organization(
        &self,
        organization: &OrganizationId,
        status: Option<InvitationStatus>,
        email_address: Option<&str>,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<OrganizationInvitation>>, Error> {
        let mut parameters = limit.to_parameters(offset);
        parameters.extend(status.map(|status| ("status", status.as_str().to_owned())));
        parameters.extend(email_address.map(|address| ("email_address", address.to_owned())));
        let request = Request::get(&["organizations", organization.as_str(), "invitations"])?.with(parameters);
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    /// Takes an invitation to an organization back. `POST /v1/organizations/{id}/invitations/{invitation}/revoke`
    ///
    /// # Errors
    ///
    /// 400 when it has been accepted or taken back, 404 when there is no such invitation.
    pub async fn revoke_to_organization(
        &self,
        organization: &OrganizationId,
        id: &str,
        requested_by: Option<&UserId>,
    ) -> Result<Answer<OrganizationInvitation>, Error> {
        let fields = Fields::default().set_some("requesting_user_id", requested_by.map(UserId::as_str));
        let request = Request::post(&["organizations", organization.as_str(), "invitations", id, "revoke"])?;
        let is_it = |it: &OrganizationInvitation| it.id == id;
        self.clerk.send(&request.with_fields(fields).setting(), |body| decode::only(body, is_it)).await
    }
}
