//! How a user proves who they are: password, second factors, devices, tokens of accounts elsewhere.

use super::Users;
use crate::clerk::{
    Answer, Error,
    body::Fields,
    decode,
    model::{OAuthAccessToken, Page, Received, TrustedDevice, User, UserId},
    query::PageLimit,
    request::Request,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// Which kind of code was right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeType {
    /// One of an authenticator application.
    #[default]
    Totp,
    /// A backup code, which is used up by that.
    BackupCode,
    /// A word that this version does not know, as it came.
    #[serde(untagged)]
    Other(String),
}

/// The answer to a code that was right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VerifiedCode {
    /// That it was right.
    pub verified: bool,
    /// Which kind it was.
    pub code_type: CodeType,
}

/// The answer to a password that was right.
#[derive(Deserialize)]
struct Verified {
    #[serde(default)]
    verified: bool,
}

/// The answer of what takes a factor away.
#[derive(Deserialize)]
struct Whose {
    #[serde(alias = "userId")]
    user_id: UserId,
}

impl Users<'_> {
    /// Whether a password is the user's. `POST /v1/users/{id}/verify_password`
    ///
    /// # Errors
    ///
    /// 422 `incorrect_password` when it is another, 400 `no_password_set` when the user has none.
    pub async fn verify_password(&self, id: &UserId, password: &SecretString) -> Result<Answer<bool>, Error> {
        let fields = Fields::default().set("password", password.expose_secret());
        let request = Request::post(&["users", id.as_str(), "verify_password"])?.with_fields(fields).changing(id);
        self.clerk.send(&request.setting(), |body| Ok(decode::object::<Verified>(body)?.verified)).await
    }

    /// Whether a code of the user's authenticator application, or a backup code, is right. A backup code is used up.
    /// It is sent once. `POST /v1/users/{id}/verify_totp`
    ///
    /// # Errors
    ///
    /// 422 `totp_incorrect_code` when it is wrong, 400 `totp_disabled` when the user has no such factor.
    pub async fn verify_totp(&self, id: &UserId, code: &SecretString) -> Result<Answer<VerifiedCode>, Error> {
        let fields = Fields::default().set("code", code.expose_secret());
        let request = Request::post(&["users", id.as_str(), "verify_totp"])?.with_fields(fields).changing(id);
        self.clerk.send(&request, decode::object).await
    }

    /// Takes the password away. `POST /v1/users/{id}/remove_password`
    ///
    /// # Errors
    ///
    /// 403 when the instance asks for one, 404 when there is no such user.
    pub async fn remove_password(
        &self,
        id: &UserId,
        sign_out_of_other_sessions: bool,
    ) -> Result<Answer<Received<User>>, Error> {
        let fields = Fields::default().set("sign_out_of_other_sessions", sign_out_of_other_sessions);
        let request = Request::post(&["users", id.as_str(), "remove_password"])?.with_fields(fields);
        self.user(id, &request.setting_state_of(id)).await
    }

    /// Says that the password is known to others: the user has to choose another at the next sign-in.
    /// `POST /v1/users/{id}/password/set_compromised`
    ///
    /// # Errors
    ///
    /// 422 when the user has no password, 404 when there is no such user.
    pub async fn set_password_compromised(
        &self,
        id: &UserId,
        revoke_all_sessions: bool,
    ) -> Result<Answer<Received<User>>, Error> {
        let fields = Fields::default().set("revoke_all_sessions", revoke_all_sessions);
        let request = Request::post(&["users", id.as_str(), "password", "set_compromised"])?.with_fields(fields);
        self.user(id, &request.setting_state_of(id)).await
    }

    /// Takes that back. `POST /v1/users/{id}/password/unset_compromised`
    ///
    /// # Errors
    ///
    /// As of [`Users::set_password_compromised`].
    pub async fn unset_password_compromised(&self, id: &UserId) -> Result<Answer<Received<User>>, Error> {
        let request = Request::post(&["users", id.as_str(), "password", "unset_compromised"])?;
        self.user(id, &request.setting_state_of(id)).await
    }

    /// Takes all second factors away. `DELETE /v1/users/{id}/mfa`
    ///
    /// # Errors
    ///
    /// 404 when there is no such user.
    pub async fn disable_mfa(&self, id: &UserId) -> Result<Answer<()>, Error> {
        self.take_factor(id, "mfa").await
    }

    /// Takes the authenticator application away. `DELETE /v1/users/{id}/totp`
    ///
    /// # Errors
    ///
    /// 404 when there is no such user, or it has none.
    pub async fn delete_totp(&self, id: &UserId) -> Result<Answer<()>, Error> {
        self.take_factor(id, "totp").await
    }

    /// Takes the backup codes away. `DELETE /v1/users/{id}/backup_code`
    ///
    /// # Errors
    ///
    /// 404 when there is no such user, or it has none.
    pub async fn delete_backup_codes(&self, id: &UserId) -> Result<Answer<()>, Error> {
        self.take_factor(id, "backup_code").await
    }

    /// The devices that a user has enrolled. `GET /v1/users/{id}/trusted_devices`
    ///
    /// # Errors
    ///
    /// 403 when the feature is off in the instance, 404 when there is no such user.
    pub async fn trusted_devices(&self, id: &UserId) -> Result<Answer<Vec<TrustedDevice>>, Error> {
        self.clerk.send(&Request::get(&["users", id.as_str(), "trusted_devices"])?, decode::rows).await
    }

    /// Trusts a device no more. `DELETE /v1/users/{id}/trusted_devices/{device}`
    ///
    /// # Errors
    ///
    /// 404 when the user has no such device.
    pub async fn revoke_trusted_device(&self, id: &UserId, device: &str) -> Result<Answer<TrustedDevice>, Error> {
        let request = Request::delete(&["users", id.as_str(), "trusted_devices", device])?.changing(id);
        self.clerk.send(&request, |body| decode::only(body, |it: &TrustedDevice| it.id == device)).await
    }

    /// The access tokens that a provider, `oauth_google`, has given for the user: live secrets.
    /// `GET /v1/users/{id}/oauth_access_tokens/{provider}`
    ///
    /// # Errors
    ///
    /// 404 when the user has no account there, 422 when the token cannot be renewed.
    pub async fn oauth_access_tokens(
        &self,
        id: &UserId,
        provider: &str,
        limit: PageLimit,
        offset: u64,
    ) -> Result<Answer<Page<OAuthAccessToken>>, Error> {
        let mut parameters = vec![("paginated", "true".to_owned())];
        parameters.extend(limit.to_parameters(offset));
        let request = Request::get(&["users", id.as_str(), "oauth_access_tokens", provider])?.with(parameters);
        self.clerk.send(&request, |body| decode::page(body, limit.get(), offset)).await
    }

    async fn take_factor(&self, id: &UserId, factor: &str) -> Result<Answer<()>, Error> {
        let request = Request::delete(&["users", id.as_str(), factor])?.changing(id);
        let is_it = |whose: &Whose| whose.user_id == *id;
        self.clerk.send(&request, |body| decode::only(body, is_it).map(|_| ())).await
    }
}
