//! From an act to the requests that do it.

use super::{access, disk::on_disk, files, steps::Steps};
use crate::{
    app::{
        Act, Change, Failure, Made, NewUser, TypedPassword,
        act::{
            Bag, FieldValue, ImageAct, MetadataAct, OAuthAct, OrganizationAct, PasswordAct, ProfileAct, ProfileField,
            SecurityAct, Sending, SessionAct,
        },
        detail::OAuthToken,
    },
    clerk::{
        Answer, Clerk, Error, ErrorItem, Refusal,
        error::TraceId,
        model::{ExternalAccount, OAuthAccessToken, Received, SessionStatus, User, UserId},
        query::PageLimit,
        users::{
            CreateUser, IdentificationStatus, MetadataBags, NewIdentification, NewPassword, PasswordUpdate,
            ReplaceEmailAddress, ReplacementStatus, UpdateUser,
        },
    },
};
use std::time::Duration;
use tokio::time::sleep;

/// So long Clerk is given to end the sessions of somebody who is banned, before it is asked once more.
const A_MOMENT: Duration = Duration::from_millis(500);

/// What Clerk answered.
#[derive(Debug)]
pub(super) struct Sent {
    /// What came of it.
    pub(super) made: Made,
    /// The HTTP status.
    pub(super) status: u16,
    /// The id of the request at Clerk.
    pub(super) trace_id: Option<TraceId>,
}

/// Does it. Where an act takes several requests, the answer is that of the last that changed something; the first that
/// fails ends it.
pub(super) async fn send(clerk: &Clerk, change: &Change) -> Result<Sent, Failure> {
    let (users, id) = (clerk.users(), &change.user);
    let sent = match &change.act {
        Act::Ban => users.ban(id).await.map(user),
        Act::Unban => users.unban(id).await.map(user),
        Act::Lock => users.lock(id).await.map(user),
        Act::Unlock => users.unlock(id).await.map(user),
        Act::SignOut => return sign_out(clerk, id).await,
        Act::Delete { .. } => users.delete(id).await.map(|answer| Sent { made: Made::Deleted, ..done(answer) }),
        Act::Session(SessionAct::Revoke { id, .. }) => clerk.sessions().revoke(id).await.map(done),
        Act::Organization(act) => organize(clerk, id, act).await,
        Act::Profile(act) => change_profile(clerk, id, act).await,
        Act::Image(act) => return change_image(clerk, id, act).await,
        Act::Access(act) => return access::send(clerk, id, act).await,
        Act::Metadata(act) => change_metadata(clerk, id, act).await,
        Act::Password(act) => use_password(clerk, id, act).await,
        Act::Security(act) => secure(clerk, id, act).await,
        Act::OAuth(act) => fetch_tokens(clerk, id, act).await,
    };
    Ok(sent?)
}

/// The picture is read and looked at first: what is none is not sent.
async fn change_image(clerk: &Clerk, id: &UserId, act: &ImageAct) -> Result<Sent, Failure> {
    let sent = match act {
        ImageAct::Set { path, .. } => {
            let path = path.clone();
            let picture = on_disk(Failure::Internal, move || files::read(&path)).await?;
            clerk.users().set_profile_image(id, &picture).await
        }
        ImageAct::Delete => clerk.users().delete_profile_image(id).await,
    };
    Ok(sent.map(user)?)
}

async fn organize(clerk: &Clerk, id: &UserId, act: &OrganizationAct) -> Result<Sent, Error> {
    let organizations = clerk.organizations();
    match act {
        OrganizationAct::ChangeRole { place, to, .. } => organizations.set_role(&place.id, id, &to.key).await.map(done),
        OrganizationAct::Remove { place, .. } => organizations.remove_member(&place.id, id).await.map(done),
        OrganizationAct::Add { place, role } => organizations.add_member(&place.id, id, &role.key).await.map(done),
        OrganizationAct::RevokeInvitation { place, id } => {
            clerk.invitations().revoke_to_organization(&place.id, id, None).await.map(done)
        }
    }
}

/// Creates a user. What they sign in by counts as verified.
pub(super) async fn send_creation(clerk: &Clerk, new: NewUser) -> Result<Sent, Failure> {
    let verified = |value: Option<String>| {
        value.map(|value| NewIdentification { value, status: IdentificationStatus::Verified }).into_iter().collect()
    };
    let password = new.password.map(|password| password_to_send(&password, false));
    let create = CreateUser {
        email_addresses: verified(new.email_address),
        phone_numbers: verified(new.phone_number),
        username: new.username,
        first_name: new.first_name,
        last_name: new.last_name,
        // Who is made without one signs in by other means.
        skip_password_requirement: password.is_none(),
        password,
        external_id: new.external_id,
        locale: new.locale,
        metadata: MetadataBags {
            public: new.public_metadata,
            private: new.private_metadata,
            r#unsafe: new.unsafe_metadata,
        },
        totp_secret: new.totp_secret.map(|secret| secret.inner().clone()),
        backup_codes: new.backup_codes.iter().map(|code| code.inner().clone()).collect(),
        created_at: new.created_at,
        legal_accepted_at: new.legal_accepted_at,
        delete_self_enabled: new.delete_self_enabled,
        create_organization_enabled: new.create_organization_enabled,
        create_organizations_limit: new.create_organizations_limit,
        ..CreateUser::default()
    };
    Ok(clerk.users().create(&create).await.map(user)?)
}

fn password_to_send(password: &TypedPassword, skip_checks: bool) -> NewPassword {
    match password {
        TypedPassword::Plain(password) => NewPassword::Plain { password: password.inner().clone(), skip_checks },
        TypedPassword::Digest { digest, hasher } => {
            NewPassword::Digest { digest: digest.inner().clone(), hasher: *hasher }
        }
    }
}

async fn change_profile(clerk: &Clerk, id: &UserId, act: &ProfileAct) -> Result<Sent, Error> {
    let users = clerk.users();
    match act {
        ProfileAct::Edit(changes) => {
            let mut update = UpdateUser::default();
            for change in changes {
                set_field(&mut update, change.field, change.to.clone());
            }
            users.update(id, &update).await.map(user)
        }
        ProfileAct::ReplaceEmailAddress { to, .. } => {
            let replacement = ReplaceEmailAddress { email_address: to.clone(), ..ReplaceEmailAddress::default() };
            users.replace_email_address(id, &replacement).await.map(done)
        }
        ProfileAct::ReplacePhoneNumber { to, .. } => {
            users.replace_phone_number(id, to, ReplacementStatus::Verified).await.map(done)
        }
    }
}

fn set_field(update: &mut UpdateUser, field: ProfileField, to: FieldValue) {
    match (field, to) {
        (ProfileField::FirstName, FieldValue::Text(to)) => update.first_name = to.into(),
        (ProfileField::LastName, FieldValue::Text(to)) => update.last_name = to.into(),
        (ProfileField::Username, FieldValue::Text(to)) => update.username = to.into(),
        (ProfileField::ExternalId, FieldValue::Text(to)) => update.external_id = to.into(),
        (ProfileField::Locale, FieldValue::Text(to)) => update.locale = to.into(),
        (ProfileField::DeleteSelfEnabled, FieldValue::Flag(to)) => update.delete_self_enabled = Some(to),
        (ProfileField::CreateOrganizationEnabled, FieldValue::Flag(to)) => {
            update.create_organization_enabled = Some(to);
        }
        (ProfileField::CreateOrganizationsLimit, FieldValue::Number(to)) => {
            update.create_organizations_limit = to.into();
        }
        (ProfileField::BypassClientTrust, FieldValue::Flag(to)) => update.bypass_client_trust = Some(to),
        (ProfileField::CreatedAt, FieldValue::Moment(to)) => update.created_at = to,
        (ProfileField::LegalAcceptedAt, FieldValue::Moment(to)) => update.legal_accepted_at = to.into(),
        (ProfileField::PrimaryEmailAddressId, FieldValue::Identification(to)) => {
            update.primary_email_address_id = to.map(|one| one.id);
        }
        (ProfileField::PrimaryPhoneNumberId, FieldValue::Identification(to)) => {
            update.primary_phone_number_id = to.map(|one| one.id);
        }
        // A field holds nothing else: `ProfileField::parse` and `ProfileField::read` make the values.
        (
            _,
            FieldValue::Text(_)
            | FieldValue::Flag(_)
            | FieldValue::Number(_)
            | FieldValue::Moment(_)
            | FieldValue::Identification(_),
        ) => {}
    }
}

async fn change_metadata(clerk: &Clerk, id: &UserId, act: &MetadataAct) -> Result<Sent, Error> {
    let mut bags = MetadataBags::default();
    for change in &act.bags {
        let sent = match act.sending {
            Sending::Merge => change.patch(),
            Sending::Replace => change.to.clone(),
        };
        match change.bag {
            Bag::Public => bags.public = Some(sent),
            Bag::Private => bags.private = Some(sent),
            Bag::Unsafe => bags.r#unsafe = Some(sent),
        }
    }
    let answer = match act.sending {
        Sending::Merge => clerk.users().merge_metadata(id, &bags).await,
        Sending::Replace => clerk.users().replace_metadata(id, &bags).await,
    };
    answer.map(user)
}

async fn use_password(clerk: &Clerk, id: &UserId, act: &PasswordAct) -> Result<Sent, Error> {
    let users = clerk.users();
    match act {
        PasswordAct::Set(set) => {
            let password = password_to_send(&set.password, set.skip_checks);
            let password = Some(PasswordUpdate { password, sign_out_of_other_sessions: set.sign_out });
            users.update(id, &UpdateUser { password, ..UpdateUser::default() }).await.map(user)
        }
        PasswordAct::Verify(password) => {
            let answer = users.verify_password(id, password.inner()).await?;
            if answer.value { Ok(done(answer)) } else { Err(wrong_password(answer)) }
        }
        PasswordAct::VerifyCode(code) => users.verify_totp(id, code.inner()).await.map(done),
    }
}

/// Clerk answers a wrong password with an error; an answer that says no in another way means the same.
fn wrong_password(answer: Answer<bool>) -> Error {
    let item = ErrorItem {
        code: "incorrect_password".to_owned(),
        message: "the password is another".to_owned(),
        ..ErrorItem::default()
    };
    let Answer { status, trace_id, .. } = answer;
    Error::Refused(Refusal { status, errors: vec![item], trace_id, retry_after: None })
}

async fn secure(clerk: &Clerk, id: &UserId, act: &SecurityAct) -> Result<Sent, Error> {
    let users = clerk.users();
    match act {
        SecurityAct::RemovePassword => users.remove_password(id, false).await.map(user),
        SecurityAct::SetPasswordCompromised => users.set_password_compromised(id, false).await.map(user),
        SecurityAct::UnsetPasswordCompromised => users.unset_password_compromised(id).await.map(user),
        SecurityAct::DisableMfa => users.disable_mfa(id).await.map(done),
        SecurityAct::DeleteTotp => users.delete_totp(id).await.map(done),
        SecurityAct::DeleteBackupCodes => users.delete_backup_codes(id).await.map(done),
        SecurityAct::DeletePasskey(part) => users.delete_passkey(id, &part.id).await.map(done),
        SecurityAct::DeleteWeb3Wallet(part) => users.delete_web3_wallet(id, &part.id).await.map(done),
        SecurityAct::DeleteExternalAccount(part) => {
            let account = ExternalAccount { id: part.id.clone(), ..ExternalAccount::default() };
            users.delete_external_account(id, &account).await.map(done)
        }
        SecurityAct::RevokeTrustedDevice(part) => users.revoke_trusted_device(id, &part.id).await.map(done),
    }
}

/// The tokens of all the user's accounts at the provider: Clerk is not asked for one alone.
async fn fetch_tokens(clerk: &Clerk, id: &UserId, act: &OAuthAct) -> Result<Sent, Error> {
    let answer = clerk.users().oauth_access_tokens(id, &act.provider, PageLimit::MAX, 0).await?;
    let Answer { value, status, trace_id, .. } = answer;
    let token = |token: OAuthAccessToken| OAuthToken {
        account: token.external_account_id,
        token: token.token.expose().into(),
        secret: token.token_secret.map(|secret| secret.expose().into()),
        scopes: token.scopes.unwrap_or_default(),
        expires_at: token.expires_at,
    };
    let tokens = value.data.into_iter().map(token).collect();
    Ok(Sent { made: Made::OAuthTokens(tokens), status, trace_id })
}

/// Ends one session after the other, until none is active.
async fn sign_out(clerk: &Clerk, id: &UserId) -> Result<Sent, Failure> {
    let mut steps = Steps::default();
    loop {
        let sessions = match clerk.sessions().list(id, Some(SessionStatus::Active), PageLimit::MAX, 0).await {
            Ok(answer) => steps.read(answer),
            Err(error) => return Err(steps.failed(error, None)),
        };
        if steps.revoke(clerk, &sessions).await? == 0 {
            // Where all that are listed are gone, the list is late.
            return Ok(steps.end(|done| Made::SignedOut(done.sessions)));
        }
    }
}

/// In how many sessions a user is signed in after a ban, which is to have ended them all: asked once more a moment later
/// if any is left. None where nobody tells.
pub(super) async fn left_active(clerk: &Clerk, id: &UserId) -> Option<usize> {
    let active = async || {
        let answer = clerk.sessions().list(id, Some(SessionStatus::Active), PageLimit::MAX, 0).await;
        answer.ok().map(|answer| answer.value.len())
    };
    if active().await? == 0 {
        return Some(0);
    }
    sleep(A_MOMENT).await;
    active().await
}

fn user(answer: Answer<Received<User>>) -> Sent {
    Sent { made: Made::User(Box::new(answer.value)), status: answer.status, trace_id: answer.trace_id }
}

pub(super) fn done<T>(answer: Answer<T>) -> Sent {
    Sent { made: Made::Done, status: answer.status, trace_id: answer.trace_id }
}
