//! Organizations, who belongs to them, and as what.

use super::{
    Answer, Clerk, Error,
    body::Fields,
    decode,
    model::{Metadata, Organization, OrganizationId, OrganizationMembership, Page, Role, UserId},
    query::{PageLimit, Parameters},
    request::Request,
};

/// The organization endpoints. From [`Clerk::organizations`].
#[derive(Clone, Copy, Debug)]
pub struct Organizations<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

/// Which organizations, and what of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationQuery {
    /// Part of the name, the slug or the id.
    pub query: Option<String>,
    /// Only those that one of these users belongs to.
    pub user_ids: Vec<UserId>,
    /// Only these.
    pub organization_ids: Vec<OrganizationId>,
    /// `name`, `created_at` or `members_count`, with `+` or `-` before it; newest first unless said.
    pub order_by: Option<String>,
    /// Whether each tells how many members it has; it costs Clerk time.
    pub include_members_count: bool,
}

/// Which members of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembershipQuery {
    /// Part of a name, an email address, a phone number, a username or an id.
    pub query: Option<String>,
    /// Only those with one of these roles, `org:admin`.
    pub roles: Vec<String>,
    /// Only these users.
    pub user_ids: Vec<UserId>,
    /// `phone_number`, `email_address`, `created_at`, `first_name`, `last_name` or `username`, with `+` or `-` before it.
    pub order_by: Option<String>,
}

impl OrganizationQuery {
    fn to_parameters(&self, limit: PageLimit, offset: u64) -> Parameters {
        let mut parameters = limit.to_parameters(offset);
        parameters.extend(self.query.clone().map(|query| ("query", query)));
        parameters.extend(self.user_ids.iter().map(|id| ("user_id", id.to_string())));
        parameters.extend(self.organization_ids.iter().map(|id| ("organization_id", id.to_string())));
        parameters.extend(self.order_by.clone().map(|order| ("order_by", order)));
        if self.include_members_count {
            parameters.push(("include_members_count", "true".to_owned()));
        }
        parameters
    }
}

impl MembershipQuery {
    fn to_parameters(&self, limit: PageLimit, offset: u64) -> Parameters {
        let mut parameters = limit.to_parameters(offset);
        parameters.extend(self.query.clone().map(|query| ("query", query)));
        parameters.extend(self.roles.iter().map(|role| ("role", role.clone())));
        parameters.extend(self.user_ids.iter().map(|id| ("user_id", id.to_string())));
        parameters.extend(self.order_by.clone().map(|order| ("order_by", order)));
        parameters
    }
}

impl Organizations<'_> {
    /// Organizations. `GET /v1/organizations`
    ///
    /// # Errors
    ///
    /// 403 when organizations are off in the instance.
    pub async fn list(
        &self,
        query: &OrganizationQuery,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<Organization>>, Error> {
        let request = Request::get(&["organizations"])?.with(query.to_parameters(limit, offset));
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    /// One organization, by its id or its slug, with how many members it has. `GET /v1/organizations/{id}`
    ///
    /// # Errors
    ///
    /// 404 when there is no such organization.
    pub async fn get(&self, id_or_slug: &str) -> Result<Answer<Organization>, Error> {
        let request = Request::get(&["organizations", id_or_slug])?;
        let request = request.with(vec![("include_members_count", "true".to_owned())]);
        self.clerk.send(&request, decode::object).await
    }

    /// The members of an organization. `GET /v1/organizations/{id}/memberships`
    ///
    /// # Errors
    ///
    /// 404 when there is no such organization.
    pub async fn memberships(
        &self,
        id: &OrganizationId,
        query: &MembershipQuery,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<OrganizationMembership>>, Error> {
        let request = Request::get(&["organizations", id.as_str(), "memberships"])?;
        let request = request.with(query.to_parameters(limit, offset));
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    /// Makes a user a member, in a role, `org:member`. It is sent once. `POST /v1/organizations/{id}/memberships`
    ///
    /// # Errors
    ///
    /// 400 when the user is a member, 403 when the organization is full, 404 when either does not exist.
    pub async fn add_member(
        &self,
        id: &OrganizationId,
        user: &UserId,
        role: &str,
    ) -> Result<Answer<OrganizationMembership>, Error> {
        let fields = Fields::default().set("user_id", user.as_str()).set("role", role);
        let request = Request::post(&["organizations", id.as_str(), "memberships"])?.with_fields(fields);
        self.clerk.send(&request.changing(user), decode::object).await
    }

    /// Gives a member another role. `PATCH /v1/organizations/{id}/memberships/{user}`
    ///
    /// # Errors
    ///
    /// 404 when the user is no member, 400 when that would leave no administrator.
    pub async fn set_role(
        &self,
        id: &OrganizationId,
        user: &UserId,
        role: &str,
    ) -> Result<Answer<OrganizationMembership>, Error> {
        let request = Request::patch(&["organizations", id.as_str(), "memberships", user.as_str()])?;
        let request = request.with_fields(Fields::default().set("role", role)).changing(user);
        self.clerk.send(&request, decode::object).await
    }

    /// Takes a user out of an organization; the answer is the membership that was.
    /// `DELETE /v1/organizations/{id}/memberships/{user}`
    ///
    /// # Errors
    ///
    /// 404 when the user is no member, 400 when that would leave no administrator.
    pub async fn remove_member(
        &self,
        id: &OrganizationId,
        user: &UserId,
    ) -> Result<Answer<OrganizationMembership>, Error> {
        let request = Request::delete(&["organizations", id.as_str(), "memberships", user.as_str()])?;
        self.clerk.send(&request.changing(user), decode::object).await
    }

    /// Merges into the metadata of a membership. `PATCH /v1/organizations/{id}/memberships/{user}/metadata`
    ///
    /// # Errors
    ///
    /// 404 when the user is no member, 422 when a bag becomes larger than 8 KB.
    pub async fn merge_membership_metadata(
        &self,
        id: &OrganizationId,
        user: &UserId,
        public: Option<Metadata>,
        private: Option<Metadata>,
    ) -> Result<Answer<OrganizationMembership>, Error> {
        let path = ["organizations", id.as_str(), "memberships", user.as_str(), "metadata"];
        let fields = Fields::default().set_some("public_metadata", public).set_some("private_metadata", private);
        self.clerk.send(&Request::patch(&path)?.with_fields(fields).changing(user), decode::object).await
    }

    /// The roles that members can have. `GET /v1/organization_roles`
    ///
    /// # Errors
    ///
    /// 403 when organizations are off in the instance.
    pub async fn roles(&self, limit: PageLimit, offset: u64) -> Result<Answer<Page<Role>>, Error> {
        let request = Request::get(&["organization_roles"])?.with(limit.to_parameters(offset));
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }
}
