//! Every operation of the client, called as somebody would call it, with an answer that it can read.

use futures_util::future::BoxFuture;
use lazyclerk::clerk::{
    Answer, Change, Clerk, Error, File,
    identifications::{EmailAddressUpdate, PhoneNumberUpdate},
    instance::RestrictionsUpdate,
    invitations::{CreateInvitation, CreateOrganizationInvitation},
    model::{
        ExternalAccount, InvitationStatus, Metadata, OrganizationId, SessionId, SessionStatus, Timestamp, UserId,
        WaitlistStatus,
    },
    organizations::{MembershipQuery, OrganizationQuery},
    query::{PageLimit, PageStart, UserFilter, UserPage, UserQuery},
    tokens::CreateActorToken,
    users::{
        CreateUser, IdentificationStatus, MetadataBags, NewIdentification, NewPassword, PasswordHasher, PasswordUpdate,
        ReplaceEmailAddress, ReplacementStatus, UpdateUser,
    },
};
use serde_json::{Value, json};

const MOMENT: Timestamp = Timestamp::from_millis(1_795_453_200_000);

/// One operation of the client.
pub struct Operation {
    /// The client's function.
    pub function: &'static str,
    /// What a server answers.
    pub answer: Value,
    pub call: fn(&Clerk) -> BoxFuture<'_, Result<(), Error>>,
}

/// What came is looked at elsewhere.
fn done<T>(answer: Result<Answer<T>, Error>) -> Result<(), Error> {
    answer.map(|_| ())
}

macro_rules! operations {
    ($($function:literal => $answer:expr, |$clerk:ident| $call:expr;)+) => {
        vec![$(Operation {
            function: $function,
            answer: $answer,
            call: |$clerk| Box::pin(async move { done($call.await) }),
        }),+]
    };
}

fn id() -> UserId {
    UserId::from("user_1")
}

fn organization() -> OrganizationId {
    OrganizationId::from("org_1")
}

fn metadata() -> Metadata {
    Metadata::from_iter([("plan".to_owned(), json!("pro")), ("gone".to_owned(), Value::Null)])
}

fn bags() -> MetadataBags {
    MetadataBags { public: Some(metadata()), private: Some(metadata()), r#unsafe: Some(metadata()) }
}

fn rows() -> PageLimit {
    PageLimit::new(20)
}

/// A user with every field that the contract has.
pub fn whole_user() -> CreateUser {
    let some = |text: &str| Some(text.to_owned());
    CreateUser {
        external_id: some("crm_1"),
        first_name: some("Ada"),
        last_name: some("Lovelace"),
        locale: some("en-GB"),
        email_addresses: vec![
            NewIdentification { value: "ada@example.com".into(), status: IdentificationStatus::Verified },
            NewIdentification { value: "countess@example.com".into(), status: IdentificationStatus::Reserved },
        ],
        phone_numbers: vec![NewIdentification { value: "+12015550100".into(), ..NewIdentification::default() }],
        web3_wallets: vec!["0x71C7656EC7ab88b098defB751B7401B5f6d8976F".into()],
        username: some("ada"),
        password: Some(NewPassword::Plain { password: "correct horse".into(), skip_checks: true }),
        skip_password_requirement: true,
        totp_secret: Some("JBSWY3DPEHPK3PXP".into()),
        backup_codes: vec!["abcd1234".into()],
        metadata: MetadataBags { public: Some(metadata()), ..MetadataBags::default() },
        delete_self_enabled: Some(true),
        legal_accepted_at: Some(MOMENT),
        skip_legal_checks: true,
        skip_user_requirement: true,
        create_organization_enabled: Some(false),
        create_organizations_limit: Some(0),
        created_at: Some(MOMENT),
        bypass_client_trust: Some(true),
        banned: Some(false),
        locked: Some(false),
    }
}

fn whole_update() -> UpdateUser {
    UpdateUser {
        external_id: Change::Clear,
        first_name: Change::Set("Augusta".into()),
        last_name: Change::Keep,
        locale: Change::Set("fr-FR".into()),
        username: Change::Clear,
        primary_email_address_id: Some("idn_1".into()),
        notify_primary_email_address_changed: true,
        primary_phone_number_id: Some("idn_2".into()),
        primary_web3_wallet_id: Some("idn_3".into()),
        profile_image_id: Change::Set("img_1".into()),
        password: Some(PasswordUpdate {
            password: NewPassword::Digest { digest: "$2b$…".into(), hasher: PasswordHasher::Bcrypt },
            sign_out_of_other_sessions: true,
        }),
        totp_secret: Some("JBSWY3DPEHPK3PXP".into()),
        backup_codes: vec!["abcd1234".into()],
        delete_self_enabled: Some(false),
        create_organization_enabled: Some(true),
        create_organizations_limit: Change::Clear,
        legal_accepted_at: Change::Set(MOMENT),
        skip_legal_checks: true,
        created_at: Some(MOMENT),
        bypass_client_trust: Some(false),
        metadata: MetadataBags::default(),
    }
}

fn user() -> Value {
    json!({ "object": "user", "id": "user_1" })
}

fn named(id: &str) -> Value {
    json!({ "id": id })
}

fn deleted(id: &str) -> Value {
    json!({ "object": "thing", "id": id, "deleted": true })
}

fn none() -> Value {
    json!({ "data": [], "total_count": 0 })
}

/// All of them.
pub fn all() -> Vec<Operation> {
    let mut operations = users();
    operations.extend(parts_of_users());
    operations.extend(neighbours());
    operations.extend(access());
    operations
}

fn users() -> Vec<Operation> {
    operations! {
        "users().list" => json!([]), |clerk| {
            let page = UserPage { start: PageStart::After(id()), limit: rows() };
            async move { clerk.users().list(&UserQuery::default(), &page).await }
        };
        "users().count" => json!({ "object": "total_count", "total_count": 3 }), |clerk| {
            let filter = UserFilter { banned: Some(true), query: Some("ada".into()), ..UserFilter::default() };
            async move { clerk.users().count(&filter).await }
        };
        "users().get" => user(), |clerk| async move { clerk.users().get(&id()).await };
        "users().create" => user(), |clerk| async move { clerk.users().create(&whole_user()).await };
        "users().create, nothing said" => user(), |clerk| {
            async move { clerk.users().create(&CreateUser::default()).await }
        };
        "users().update" => user(), |clerk| async move { clerk.users().update(&id(), &whole_update()).await };
        "users().update, metadata alone" => user(), |clerk| {
            let update = UpdateUser { metadata: bags(), ..UpdateUser::default() };
            async move { clerk.users().update(&id(), &update).await }
        };
        "users().merge_metadata" => user(), |clerk| async move { clerk.users().merge_metadata(&id(), &bags()).await };
        "users().replace_metadata" => user(), |clerk| {
            async move { clerk.users().replace_metadata(&id(), &bags()).await }
        };
        "users().delete" => deleted("user_1"), |clerk| async move { clerk.users().delete(&id()).await };
        "users().ban" => user(), |clerk| async move { clerk.users().ban(&id()).await };
        "users().unban" => user(), |clerk| async move { clerk.users().unban(&id()).await };
        "users().ban_all" => json!([user()]), |clerk| async move { clerk.users().ban_all(&[id(), id()]).await };
        "users().unban_all" => json!([user()]), |clerk| async move { clerk.users().unban_all(&[id()]).await };
        "users().lock" => user(), |clerk| async move { clerk.users().lock(&id()).await };
        "users().unlock" => user(), |clerk| async move { clerk.users().unlock(&id()).await };
        "users().set_profile_image" => user(), |clerk| {
            let file = File { name: "ada.png".into(), content_type: "image/png".into(), bytes: b"\x89PNG".to_vec() };
            async move { clerk.users().set_profile_image(&id(), &file).await }
        };
        "users().delete_profile_image" => user(), |clerk| {
            async move { clerk.users().delete_profile_image(&id()).await }
        };
    }
}

fn parts_of_users() -> Vec<Operation> {
    operations! {
        "users().organization_memberships" => none(), |clerk| {
            async move { clerk.users().organization_memberships(&id(), rows(), 40).await }
        };
        "users().organization_invitations" => none(), |clerk| {
            let status = Some(InvitationStatus::Pending);
            async move { clerk.users().organization_invitations(&id(), status, rows(), 0).await }
        };
        "users().oauth_access_tokens" => none(), |clerk| {
            async move { clerk.users().oauth_access_tokens(&id(), "oauth_google", rows(), 0).await }
        };
        "users().verify_password" => json!({ "verified": true }), |clerk| {
            async move { clerk.users().verify_password(&id(), &"correct horse".into()).await }
        };
        "users().verify_totp" => json!({ "verified": true, "code_type": "totp" }), |clerk| {
            async move { clerk.users().verify_totp(&id(), &"123456".into()).await }
        };
        "users().remove_password" => user(), |clerk| async move { clerk.users().remove_password(&id(), true).await };
        "users().set_password_compromised" => user(), |clerk| {
            async move { clerk.users().set_password_compromised(&id(), true).await }
        };
        "users().unset_password_compromised" => user(), |clerk| {
            async move { clerk.users().unset_password_compromised(&id()).await }
        };
        "users().disable_mfa" => json!({ "user_id": "user_1" }), |clerk| {
            async move { clerk.users().disable_mfa(&id()).await }
        };
        "users().delete_totp" => json!({ "user_id": "user_1" }), |clerk| {
            async move { clerk.users().delete_totp(&id()).await }
        };
        "users().delete_backup_codes" => json!({ "user_id": "user_1" }), |clerk| {
            async move { clerk.users().delete_backup_codes(&id()).await }
        };
        "users().trusted_devices" => none(), |clerk| async move { clerk.users().trusted_devices(&id()).await };
        "users().revoke_trusted_device" => named("device_1"), |clerk| {
            async move { clerk.users().revoke_trusted_device(&id(), "device_1").await }
        };
        "users().replace_email_address" => named("idn_1"), |clerk| {
            let replacement = ReplaceEmailAddress {
                email_address: "ada@example.com".into(),
                status: ReplacementStatus::Reserved,
                notify_primary_email_address_changed: true,
            };
            async move { clerk.users().replace_email_address(&id(), &replacement).await }
        };
        "users().replace_phone_number" => named("idn_1"), |clerk| {
            async move { clerk.users().replace_phone_number(&id(), "+12015550100", ReplacementStatus::Verified).await }
        };
        "users().delete_passkey" => deleted("idn_1"), |clerk| {
            async move { clerk.users().delete_passkey(&id(), "idn_1").await }
        };
        "users().delete_web3_wallet" => deleted("idn_1"), |clerk| {
            async move { clerk.users().delete_web3_wallet(&id(), "idn_1").await }
        };
        "users().delete_external_account" => deleted("eac_1"), |clerk| {
            let account = ExternalAccount { id: "eac_1".into(), ..ExternalAccount::default() };
            async move { clerk.users().delete_external_account(&id(), &account).await }
        };
        "users().delete_external_account, of Google" => deleted("eac_2"), |clerk| {
            let external_account_id = Some("eac_2".to_owned());
            let account = ExternalAccount { id: "idn_2".into(), external_account_id, ..ExternalAccount::default() };
            async move { clerk.users().delete_external_account(&id(), &account).await }
        };
    }
}

fn neighbours() -> Vec<Operation> {
    operations! {
        "sessions().list" => json!([]), |clerk| {
            async move { clerk.sessions().list(&id(), Some(SessionStatus::Active), rows(), 0).await }
        };
        "sessions().get" => named("sess_1"), |clerk| {
            async move { clerk.sessions().get(&SessionId::from("sess_1")).await }
        };
        "sessions().revoke" => named("sess_1"), |clerk| {
            async move { clerk.sessions().revoke(&SessionId::from("sess_1")).await }
        };
        "organizations().list" => none(), |clerk| {
            let query = OrganizationQuery {
                query: Some("acme".into()),
                user_ids: vec![id()],
                organization_ids: vec![organization()],
                order_by: Some("-members_count".into()),
                include_members_count: true,
            };
            async move { clerk.organizations().list(&query, rows(), 0).await }
        };
        "organizations().get" => named("org_1"), |clerk| async move { clerk.organizations().get("acme").await };
        "organizations().memberships" => none(), |clerk| {
            let query = MembershipQuery {
                query: Some("ada".into()),
                roles: vec!["org:admin".into()],
                user_ids: vec![id()],
                order_by: Some("-created_at".into()),
            };
            async move { clerk.organizations().memberships(&organization(), &query, rows(), 0).await }
        };
        "organizations().add_member" => named("orgmem_1"), |clerk| {
            async move { clerk.organizations().add_member(&organization(), &id(), "org:member").await }
        };
        "organizations().set_role" => named("orgmem_1"), |clerk| {
            async move { clerk.organizations().set_role(&organization(), &id(), "org:admin").await }
        };
        "organizations().remove_member" => named("orgmem_1"), |clerk| {
            async move { clerk.organizations().remove_member(&organization(), &id()).await }
        };
        "organizations().merge_membership_metadata" => named("orgmem_1"), |clerk| async move {
            clerk.organizations().merge_membership_metadata(&organization(), &id(), Some(metadata()), None).await
        };
        "organizations().roles" => none(), |clerk| async move { clerk.organizations().roles(rows(), 0).await };
        "identifications().create_email_address" => named("idn_1"), |clerk| {
            let state = EmailAddressUpdate { verified: Some(true), primary: Some(false), notify_primary_email_address_changed: true };
            async move { clerk.identifications().create_email_address(&id(), "ada@example.com", state).await }
        };
        "identifications().email_address" => named("idn_1"), |clerk| {
            async move { clerk.identifications().email_address("idn_1").await }
        };
        "identifications().update_email_address" => named("idn_1"), |clerk| {
            let update = EmailAddressUpdate { primary: Some(true), ..EmailAddressUpdate::default() };
            async move { clerk.identifications().update_email_address("idn_1", update).await }
        };
        "identifications().delete_email_address" => deleted("idn_1"), |clerk| {
            async move { clerk.identifications().delete_email_address("idn_1").await }
        };
        "identifications().create_phone_number" => named("idn_1"), |clerk| {
            let state = PhoneNumberUpdate { reserved_for_second_factor: Some(true), ..PhoneNumberUpdate::default() };
            async move { clerk.identifications().create_phone_number(&id(), "+12015550100", state).await }
        };
        "identifications().phone_number" => named("idn_1"), |clerk| {
            async move { clerk.identifications().phone_number("idn_1").await }
        };
        "identifications().update_phone_number" => named("idn_1"), |clerk| {
            let update = PhoneNumberUpdate { verified: Some(true), ..PhoneNumberUpdate::default() };
            async move { clerk.identifications().update_phone_number("idn_1", update).await }
        };
        "identifications().delete_phone_number" => deleted("idn_1"), |clerk| {
            async move { clerk.identifications().delete_phone_number("idn_1").await }
        };
    }
}

fn access() -> Vec<Operation> {
    operations! {
        "invitations().create" => named("inv_1"), |clerk| {
            let invitation = CreateInvitation {
                email_address: "ada@example.com".into(),
                public_metadata: Some(metadata()),
                redirect_url: Some("https://example.com".into()),
                notify: Some(false),
                ignore_existing: true,
                expires_in_days: Some(7),
            };
            async move { clerk.invitations().create(&invitation).await }
        };
        "invitations().list" => none(), |clerk| {
            async move { clerk.invitations().list(Some(InvitationStatus::Expired), Some("ada"), rows(), 0).await }
        };
        "invitations().revoke" => named("inv_1"), |clerk| async move { clerk.invitations().revoke("inv_1").await };
        "invitations().create_to_organization" => named("orginv_1"), |clerk| {
            let invitation = CreateOrganizationInvitation {
                email_address: "ada@example.com".into(),
                role: "org:member".into(),
                inviter: Some(id()),
                public_metadata: Some(metadata()),
                private_metadata: Some(metadata()),
                redirect_url: Some("https://example.com".into()),
                expires_in_days: Some(30),
                notify: Some(true),
            };
            async move { clerk.invitations().create_to_organization(&organization(), &invitation).await }
        };
        "invitations().list_to_organization" => none(), |clerk| async move {
            let (pending, address) = (Some(InvitationStatus::Pending), Some("ada@example.com"));
            clerk.invitations().list_to_organization(&organization(), pending, address, rows(), 0).await
        };
        "invitations().revoke_to_organization" => named("orginv_1"), |clerk| async move {
            clerk.invitations().revoke_to_organization(&organization(), "orginv_1", Some(&id())).await
        };
        "tokens().create_actor" => named("act_1"), |clerk| {
            let token = CreateActorToken {
                user: id(),
                actor: "kim".into(),
                expires_in_seconds: Some(600),
                session_max_duration_in_seconds: Some(900),
            };
            async move { clerk.tokens().create_actor(&token).await }
        };
        "tokens().revoke_actor" => named("act_1"), |clerk| async move { clerk.tokens().revoke_actor("act_1").await };
        "tokens().create_sign_in" => named("sit_1"), |clerk| {
            async move { clerk.tokens().create_sign_in(&id(), Some(60)).await }
        };
        "tokens().revoke_sign_in" => named("sit_1"), |clerk| {
            async move { clerk.tokens().revoke_sign_in("sit_1").await }
        };
        "restrictions().blocklist" => none(), |clerk| async move { clerk.restrictions().blocklist().await };
        "restrictions().block" => named("blid_1"), |clerk| {
            async move { clerk.restrictions().block("*@spam.example").await }
        };
        "restrictions().unblock" => deleted("blid_1"), |clerk| {
            async move { clerk.restrictions().unblock("blid_1").await }
        };
        "restrictions().allowlist" => none(), |clerk| async move { clerk.restrictions().allowlist(rows(), 0).await };
        "restrictions().allow" => named("alid_1"), |clerk| {
            async move { clerk.restrictions().allow("ada@example.com", false).await }
        };
        "restrictions().disallow" => deleted("alid_1"), |clerk| {
            async move { clerk.restrictions().disallow("alid_1").await }
        };
        "waitlist().list" => none(), |clerk| {
            async move { clerk.waitlist().list(Some(WaitlistStatus::Pending), Some("ada"), rows(), 0).await }
        };
        "waitlist().invite" => named("wait_1"), |clerk| async move { clerk.waitlist().invite("wait_1").await };
        "waitlist().reject" => named("wait_1"), |clerk| async move { clerk.waitlist().reject("wait_1").await };
        "waitlist().delete" => deleted("wait_1"), |clerk| async move { clerk.waitlist().delete("wait_1").await };
        "instance().get" => json!({}), |clerk| async move { clerk.instance().get().await };
        "instance().update_restrictions" => json!({}), |clerk| {
            let update = RestrictionsUpdate { blocklist: Some(true), ..RestrictionsUpdate::default() };
            async move { clerk.instance().update_restrictions(update).await }
        };
    }
}
