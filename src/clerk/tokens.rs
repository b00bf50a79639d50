//! Tokens that let somebody in: as a user for support, or as themselves.

use super::{
    Answer, Clerk, Error,
    body::Fields,
    decode,
    model::{ActorToken, SignInToken, UserId},
    request::Request,
};

/// The token endpoints. From [`Clerk::tokens`].
#[derive(Clone, Copy, Debug)]
pub struct Tokens<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

/// A token to act in a user's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateActorToken {
    /// In whose place.
    pub user: UserId,
    /// Who acts: an id of the customer's own, which the session will tell.
    pub actor: String,
    /// How long the token can be used, in seconds; an hour unless said.
    pub expires_in_seconds: Option<u32>,
    /// How long the session lasts, in seconds; half an hour unless said.
    pub session_max_duration_in_seconds: Option<u32>,
}

impl Tokens<'_> {
    /// Makes a token to act in a user's place. It is sent once, and counts against the plan. `POST /v1/actor_tokens`
    ///
    /// # Errors
    ///
    /// 402 when the plan does not include it, 422 when there is no such user or the month's number is used up.
    pub async fn create_actor(&self, token: &CreateActorToken) -> Result<Answer<ActorToken>, Error> {
        let fields = Fields::default()
            .set("user_id", token.user.as_str())
            .set("actor", serde_json::json!({ "sub": token.actor }))
            .set_some("expires_in_seconds", token.expires_in_seconds)
            .set_some("session_max_duration_in_seconds", token.session_max_duration_in_seconds);
        let request = Request::post(&["actor_tokens"])?.with_fields(fields).changing(&token.user);
        self.clerk.send(&request, decode::object).await
    }

    /// Takes such a token back. `POST /v1/actor_tokens/{id}/revoke`
    ///
    /// # Errors
    ///
    /// 400 when it has been used or taken back, 404 when there is no such token.
    pub async fn revoke_actor(&self, id: &str) -> Result<Answer<ActorToken>, Error> {
        let request = Request::post(&["actor_tokens", id, "revoke"])?.setting();
        self.clerk.send(&request, |body| decode::only(body, |it: &ActorToken| it.id == id)).await
    }

    /// Makes a token with which a user signs in once. It is sent once. `POST /v1/sign_in_tokens`
    ///
    /// # Errors
    ///
    /// 404 or 422 when there is no such user.
    pub async fn create_sign_in(
        &self,
        user: &UserId,
        expires_in_seconds: Option<u32>,
    ) -> Result<Answer<SignInToken>, Error> {
        let fields = Fields::default().set("user_id", user.as_str()).set_some("expires_in_seconds", expires_in_seconds);
        let request = Request::post(&["sign_in_tokens"])?.with_fields(fields).changing(user);
        self.clerk.send(&request, decode::object).await
    }

    /// Takes such a token back. `POST /v1/sign_in_tokens/{id}/revoke`
    ///
    /// # Errors
    ///
    /// 400 when it has been used or taken back, 404 when there is no such token.
    pub async fn revoke_sign_in(&self, id: &str) -> Result<Answer<SignInToken>, Error> {
        let request = Request::post(&["sign_in_tokens", id, "revoke"])?.setting();
        self.clerk.send(&request, |body| decode::only(body, |it: &SignInToken| it.id == id)).await
    }
}
