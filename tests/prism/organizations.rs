//! Organizations, their members and who is invited to them.

use super::Stage;
use lazyclerk::clerk::{
    invitations::CreateOrganizationInvitation,
    model::{InvitationStatus, Metadata},
    organizations::{MembershipQuery, OrganizationQuery},
    query::PageLimit,
    users::CreateUser,
};
use serde_json::json;

pub(crate) async fn run(stage: &mut Stage) {
    let clerk = stage.connect();
    let organizations = clerk.organizations();
    let many = PageLimit::new(500);
    stage.call("organizations().roles", organizations.roles(many, 0)).await;
    let query = OrganizationQuery { include_members_count: true, ..OrganizationQuery::default() };
    let Some(listed) = stage.call("organizations().list", organizations.list(&query, many, 0)).await else { return };
    let id = &listed.data.first().unwrap().id;
    stage.call("organizations().get", organizations.get(id.as_str())).await;
    let everybody = MembershipQuery::default();
    let members = organizations.memberships(id, &everybody, many, 0);
    let Some(members) = stage.call("organizations().memberships", members).await else { return };
    let runs = members.data.iter().find(|member| member.role == "org:admin").unwrap();
    let inviter = runs.public_user_data.as_ref().map(|data| data.user_id.clone());

    let nobody = CreateUser { skip_password_requirement: true, skip_user_requirement: true, ..CreateUser::default() };
    if let Some(user) = stage.call("users().create", clerk.users().create(&nobody)).await {
        let added = organizations.add_member(id, &user.id, "org:member");
        stage.call("organizations().add_member", added).await;
        stage.call("organizations().set_role", organizations.set_role(id, &user.id, "org:admin")).await;
        let desk = Some(Metadata::from_iter([("desk".to_owned(), json!(4))]));
        let merged = organizations.merge_membership_metadata(id, &user.id, desk.clone(), desk);
        stage.call("organizations().merge_membership_metadata", merged).await;
        stage.call("organizations().remove_member", organizations.remove_member(id, &user.id)).await;
    }

    let invitation = CreateOrganizationInvitation {
        email_address: "guest@prism.example".into(),
        role: "org:member".into(),
        inviter: inviter.clone(),
        public_metadata: Some(Metadata::from_iter([("from".to_owned(), json!("us"))])),
        private_metadata: None,
        redirect_url: Some("https://example.com".into()),
        expires_in_days: Some(7),
        notify: Some(false),
    };
    let invitations = clerk.invitations();
    let created = invitations.create_to_organization(id, &invitation);
    if let Some(invitation) = stage.call("invitations().create_to_organization", created).await {
        let pending = Some(InvitationStatus::Pending);
        let listed = invitations.list_to_organization(id, pending, Some(&invitation.email_address), many, 0);
        stage.call("invitations().list_to_organization", listed).await;
        let revoked = invitations.revoke_to_organization(id, &invitation.id, inviter.as_ref());
        stage.call("invitations().revoke_to_organization", revoked).await;
    }
}
