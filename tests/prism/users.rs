//! Users and what belongs to them.

use super::Stage;
use lazyclerk::clerk::{
    Change, File,
    identifications::{EmailAddressUpdate, PhoneNumberUpdate},
    model::{Metadata, Received, User, UserId},
    query::{PageLimit, PageStart, UserFilter, UserPage, UserQuery},
    users::{
        CreateUser, MetadataBags, NewIdentification, NewPassword, PasswordUpdate, ReplaceEmailAddress,
        ReplacementStatus, UpdateUser,
    },
};
use serde_json::json;

/// The first bytes of a picture; more is not looked at. Not of a PNG, as Prism takes a body for UTF-8.
const GIF: &[u8] = b"GIF89a";
const PASSWORD: &str = "notes-on-the-engine-1843";

pub(crate) async fn run(stage: &mut Stage) {
    let page = UserPage { start: PageStart::FIRST, limit: PageLimit::new(500) };
    let clerk = stage.connect();
    let everybody = stage.call("users().list", clerk.users().list(&UserQuery::default(), &page)).await;
    stage.call("users().count", clerk.users().count(&UserFilter::default())).await;
    if let Some(everybody) = everybody {
        seeded(stage, &everybody).await;
        sessions(stage, &everybody).await;
    }
    let ada = CreateUser {
        first_name: Some("Ada".into()),
        email_addresses: vec![NewIdentification { value: "ada@prism.example".into(), ..Default::default() }],
        phone_numbers: vec![NewIdentification { value: "+12015550177".into(), ..Default::default() }],
        web3_wallets: vec!["0x71C7656EC7ab88b098defB751B7401B5f6d8976F".into()],
        password: Some(NewPassword::Plain { password: PASSWORD.into(), skip_checks: true }),
        totp_secret: Some("JBSWY3DPEHPK3PXP".into()),
        backup_codes: vec!["abcd1234".into(), "efgh5678".into()],
        ..CreateUser::default()
    };
    if let Some(ada) = stage.call("users().create", clerk.users().create(&ada)).await {
        changes(stage, &ada.id).await;
        moderation(stage, &ada.id).await;
        factors(stage, &ada).await;
        identifications(stage, &ada.id).await;
        stage.call("users().delete", clerk.users().delete(&ada.id)).await;
    }
}

/// What only people have who were made with the instance.
async fn seeded(stage: &mut Stage, everybody: &[Received<User>]) {
    let clerk = stage.connect();
    let users = clerk.users();
    let with_passkey = everybody.iter().find(|user| !user.passkeys.is_empty()).unwrap();
    let passkey = with_passkey.passkeys[0].id.as_deref().unwrap_or_default();
    stage.call("users().delete_passkey", users.delete_passkey(&with_passkey.id, passkey)).await;
    let connected = everybody.iter().find(|user| !user.external_accounts.is_empty() && user.password_enabled).unwrap();
    let account = &connected.external_accounts[0];
    let tokens = users.oauth_access_tokens(&connected.id, &account.provider, PageLimit::new(10), 0);
    stage.call("users().oauth_access_tokens", tokens).await;
    stage.call("users().delete_external_account", users.delete_external_account(&connected.id, account)).await;
    for user in everybody {
        let memberships = users.organization_memberships(&user.id, PageLimit::new(10), 0);
        stage.call("users().organization_memberships", memberships).await;
        let devices = stage.call("users().trusted_devices", users.trusted_devices(&user.id)).await;
        if let Some(device) = devices.unwrap_or_default().first() {
            let revoked = users.revoke_trusted_device(&user.id, &device.id);
            stage.call("users().revoke_trusted_device", revoked).await;
            return;
        }
    }
}

async fn sessions(stage: &mut Stage, everybody: &[Received<User>]) {
    let clerk = stage.connect();
    let sessions = clerk.sessions();
    for user in everybody {
        let listed = sessions.list(&user.id, None, PageLimit::new(20), 0);
        if let Some(session) = stage.call("sessions().list", listed).await.unwrap_or_default().first() {
            stage.call("sessions().get", sessions.get(&session.id)).await;
            stage.call("sessions().revoke", sessions.revoke(&session.id)).await;
            return;
        }
    }
}

async fn changes(stage: &mut Stage, id: &UserId) {
    let clerk = stage.connect();
    let users = clerk.users();
    stage.call("users().get", users.get(id)).await;
    let bag = || Some(Metadata::from_iter([("plan".to_owned(), json!({ "name": "pro", "seats": [1, null] }))]));
    let metadata = MetadataBags { public: bag(), private: bag(), r#unsafe: bag() };
    let update = UpdateUser {
        last_name: Change::Set("Lovelace".into()),
        username: Change::Set("ada_prism".into()),
        locale: Change::Clear,
        password: Some(PasswordUpdate {
            password: NewPassword::Plain { password: PASSWORD.into(), skip_checks: true },
            sign_out_of_other_sessions: true,
        }),
        metadata: metadata.clone(),
        ..UpdateUser::default()
    };
    stage.call("users().update", users.update(id, &update)).await;
    stage.call("users().merge_metadata", users.merge_metadata(id, &metadata)).await;
    stage.call("users().replace_metadata", users.replace_metadata(id, &metadata)).await;
    let file = File { name: "ada.gif".into(), content_type: "image/gif".into(), bytes: GIF.to_vec() };
    stage.call("users().set_profile_image", users.set_profile_image(id, &file)).await;
    stage.call("users().delete_profile_image", users.delete_profile_image(id)).await;
    let invitations = users.organization_invitations(id, None, PageLimit::new(10), 0);
    stage.call("users().organization_invitations", invitations).await;
}

async fn moderation(stage: &mut Stage, id: &UserId) {
    let clerk = stage.connect();
    let users = clerk.users();
    stage.call("users().ban", users.ban(id)).await;
    stage.call("users().unban", users.unban(id)).await;
    stage.call("users().ban_all", users.ban_all(std::slice::from_ref(id))).await;
    stage.call("users().unban_all", users.unban_all(std::slice::from_ref(id))).await;
    stage.call("users().lock", users.lock(id)).await;
    stage.call("users().unlock", users.unlock(id)).await;
}

async fn factors(stage: &mut Stage, user: &User) {
    let (clerk, id) = (stage.connect(), &user.id);
    let users = clerk.users();
    stage.call("users().verify_password", users.verify_password(id, &PASSWORD.into())).await;
    stage.call("users().verify_totp", users.verify_totp(id, &"abcd1234".into())).await;
    stage.call("users().set_password_compromised", users.set_password_compromised(id, true)).await;
    stage.call("users().unset_password_compromised", users.unset_password_compromised(id)).await;
    stage.call("users().delete_backup_codes", users.delete_backup_codes(id)).await;
    stage.call("users().delete_totp", users.delete_totp(id)).await;
    stage.call("users().disable_mfa", users.disable_mfa(id)).await;
    stage.call("users().remove_password", users.remove_password(id, true)).await;
    let wallet = user.web3_wallets[0].id.as_deref().unwrap_or_default();
    stage.call("users().delete_web3_wallet", users.delete_web3_wallet(id, wallet)).await;
}

async fn identifications(stage: &mut Stage, id: &UserId) {
    let clerk = stage.connect();
    let own = clerk.identifications();
    let proven = EmailAddressUpdate { verified: Some(true), primary: Some(false), ..Default::default() };
    let created = own.create_email_address(id, "countess@prism.example", proven);
    if let Some(email) = stage.call("identifications().create_email_address", created).await {
        let email = email.id.as_deref().unwrap_or_default();
        stage.call("identifications().email_address", own.email_address(email)).await;
        let update = EmailAddressUpdate { verified: Some(true), ..Default::default() };
        stage.call("identifications().update_email_address", own.update_email_address(email, update)).await;
        stage.call("identifications().delete_email_address", own.delete_email_address(email)).await;
    }
    let proven = PhoneNumberUpdate { verified: Some(true), ..Default::default() };
    let created = own.create_phone_number(id, "+12015550178", proven);
    if let Some(phone) = stage.call("identifications().create_phone_number", created).await {
        let phone = phone.id.as_deref().unwrap_or_default();
        stage.call("identifications().phone_number", own.phone_number(phone)).await;
        let update = PhoneNumberUpdate { reserved_for_second_factor: Some(true), ..Default::default() };
        stage.call("identifications().update_phone_number", own.update_phone_number(phone, update)).await;
        stage.call("identifications().delete_phone_number", own.delete_phone_number(phone)).await;
    }
    let replacement = ReplaceEmailAddress { email_address: "ada@lovelace.example".into(), ..Default::default() };
    let users = clerk.users();
    let replaced = users.replace_email_address(id, &replacement);
    stage.call("users().replace_email_address", replaced).await;
    let replaced = users.replace_phone_number(id, "+12015550179", ReplacementStatus::Verified);
    stage.call("users().replace_phone_number", replaced).await;
}
