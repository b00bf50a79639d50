//! The refusals of operations that take a body, in Clerk's words.

use super::{error::ApiError, store::StoreError};
use axum::http::StatusCode;

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

/// A refusal of a parameter: 422, and its name.
fn parameter(name: &str, code: &'static str, message: &str, long_message: String) -> ApiError {
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, message, long_message).about(name)
}

impl ApiError {
    /// A body that is not JSON, or no object.
    pub(super) fn body_invalid() -> Self {
        let long = "The request body is invalid. Please consult the API documentation for more information.";
        Self::new(StatusCode::BAD_REQUEST, "request_body_invalid", "Request body invalid", long)
    }

    /// A body that was not received whole.
    pub(super) fn body_unreadable(status: StatusCode) -> Self {
        let long = "The request body is too large or was not received whole.";
        Self::new(status, "request_body_invalid", "Request body invalid", long)
    }

    /// A body of another type than the operation takes.
    pub(super) fn content_type(kind: &str) -> Self {
        let long = format!("The Content-Type {kind} is not supported by this endpoint.");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_content_type", "Content-Type is unsupported", long)
    }

    /// A parameter that the operation does not have.
    pub(super) fn unknown(name: &str) -> Self {
        let long = format!("{name} is not a valid parameter for this request.");
        parameter(name, "form_param_unknown", "is unknown", long)
    }

    /// Null where a value has to be.
    pub(super) fn nil(name: &str) -> Self {
        parameter(name, "form_param_nil", "is nil", format!("{name} cannot be nil."))
    }

    /// A value of another type.
    pub(super) fn type_invalid(name: &str, kind: &str) -> Self {
        parameter(name, "form_param_type_invalid", "is invalid", format!("`{name}` must be a `{kind}`."))
    }

    /// A moment that is not written as one.
    pub(super) fn time_invalid(name: &str) -> Self {
        let long =
            format!("{name} must contain a datetime specified in RFC3339 format (e.g. `2022-10-20T10:00:27.645Z`).");
        parameter(name, "form_param_invalid_time", "is invalid", long)
    }

    /// Metadata that is too large.
    pub(super) fn bag_too_large(name: &str, most: usize, size: usize) -> Self {
        let long = format!("The given {name} exceeds the maximum allowed size of {most} bytes ({size} bytes).");
        parameter(name, "form_param_exceeds_allowed_size", "exceeds maximum size", long)
    }

    /// Too many things in one request.
    pub(super) fn bulk_size(most: usize) -> Self {
        let long = format!("Parameters exceed the maximum allowed bulk processing size of {most}.");
        Self::new(StatusCode::BAD_REQUEST, "bulk_size_exceeded", "Bulk size exceeded", long)
    }

    /// A value that is not written as one of its kind: `email_address must be a valid email address.`
    pub(super) fn format_invalid(name: &str, kind: &str) -> Self {
        parameter(name, "form_param_format_invalid", "is invalid", format!("{name} must be a {kind}."))
    }

    /// An identifier that another user has.
    pub(super) fn identifier_exists(name: &str) -> Self {
        let text = format!("That {} is taken. Please try another.", name.replace('_', " "));
        parameter(name, "form_identifier_exists", &text, text.clone())
    }

    /// None of the identifications that an instance asks for.
    pub(super) fn data_missing(names: &[&str]) -> Self {
        let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
        let long = format!("[{}] data doesn't match user requirements set for this instance", names.join(" "));
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "form_data_missing", "missing data", long)
    }

    /// A parameter that another one asks for.
    pub(super) fn conditional_missing(name: &str, other: &str) -> Self {
        let long = format!("{name} must be included when {other} is given.");
        parameter(name, "form_conditional_param_missing", "is missing", long)
    }

    /// A parameter that does not go with another, or not without it.
    pub(super) fn conditional_disallowed(name: &str, why: &str) -> Self {
        parameter(name, "form_conditional_param_disallowed", "is not allowed", format!("{name} is not allowed {why}."))
    }

    /// Two lists that should be of one length.
    pub(super) fn length_mismatch(name: &str, other: &str) -> Self {
        let long = format!("{name} must contain exactly one item for each item of {other}.");
        parameter(name, "form_param_array_length_mismatch", "is invalid", long)
    }

    /// Something that is not this user's.
    pub(super) fn form_resource_not_found(name: &str) -> Self {
        parameter(
            name,
            "form_resource_not_found",
            "not found",
            format!("No resource of this user was found for {name}."),
        )
    }

    /// An identification that has to be verified first.
    pub(super) fn verification_needed(name: &str) -> Self {
        parameter(name, "form_verification_needed", "needs verification", format!("{name} must be verified first."))
    }

    /// A rule of passwords that is broken.
    pub(super) fn password(code: &'static str, text: &str) -> Self {
        parameter("password", code, text, text.to_owned())
    }

    /// A digest that its hasher does not write so.
    pub(super) fn digest_invalid(hasher: &str) -> Self {
        let long = format!("password_digest is not a digest of {hasher}.");
        parameter("password_digest", "form_password_digest_invalid_code", "is invalid", long)
    }

    /// A rule of usernames that is broken.
    pub(super) fn username(code: &'static str, text: &str) -> Self {
        parameter("username", code, text, text.to_owned())
    }

    /// A secret that is not base 32.
    pub(super) fn totp_secret_invalid() -> Self {
        parameter("totp_secret", "invalid_totp_secret_code", "is invalid", "totp_secret must be base 32.".to_owned())
    }

    /// The ticket of a token that was not used in time.
    pub(super) fn ticket_expired() -> Self {
        let long = "This ticket has expired and cannot be used anymore.";
        Self::new(StatusCode::BAD_REQUEST, "ticket_expired_code", "ticket has expired", long)
    }

    /// Somebody banned is to sign in.
    pub(super) fn user_banned() -> Self {
        Self::new(StatusCode::FORBIDDEN, "user_banned", "User banned", "The user is banned and cannot sign in.")
    }

    /// Somebody locked out is to sign in; for ever, where no end of the lock is known.
    pub(super) fn user_locked(seconds_left: Option<i64>) -> Self {
        let again = seconds_left.map(|left| format!(" You will be able to try again in {left} seconds."));
        let long = format!("Your account is locked.{}", again.unwrap_or_default());
        Self::new(StatusCode::FORBIDDEN, "user_locked", "Account locked", long)
    }

    /// A user without a password.
    pub(super) fn no_password() -> Self {
        let long = "The user does not have a password set for their account.";
        Self::new(StatusCode::BAD_REQUEST, "no_password_set", "No password set", long)
    }

    /// A wrong password.
    pub(super) fn incorrect_password() -> Self {
        let long = "The provided password is incorrect. Please try again.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "incorrect_password", "Incorrect password", long)
    }

    /// A user without an authenticator app.
    pub(super) fn totp_disabled() -> Self {
        let long = "The user does not have TOTP enabled.";
        Self::new(StatusCode::BAD_REQUEST, "totp_disabled", "TOTP disabled", long)
    }

    /// A wrong code.
    pub(super) fn totp_incorrect() -> Self {
        let long = "The provided code is incorrect. Please try again.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "totp_incorrect_code", "Incorrect code", long)
    }

    /// A code of another length than any has.
    pub(super) fn totp_length() -> Self {
        let long = "The provided code must be 6 digits long, or be a backup code.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "totp_invalid_length", "Invalid code length", long)
    }

    /// The last thing that a user signs in by.
    pub(super) fn last_identification() -> Self {
        let long = "You cannot delete your last identification.";
        Self::new(StatusCode::BAD_REQUEST, "identification_deletion_failed", "Deletion failed", long)
    }

    /// An identification that a connected account came with.
    pub(super) fn linked_identification() -> Self {
        let long = "You cannot delete an identification that is linked to a connected account.";
        Self::new(StatusCode::BAD_REQUEST, "delete_linked_identification_disallowed", "Deletion failed", long)
    }

    /// No such thing of this user.
    pub(super) fn resource_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "resource_not_found", "Resource not found", "Resource not found")
    }

    /// No such account elsewhere.
    pub(super) fn external_account_not_found() -> Self {
        let long = "The External Account was not found.";
        Self::new(StatusCode::NOT_FOUND, "external_account_not_found", "Invalid external account", long)
    }

    /// The token of a provider that Clerk cannot give out; none for a code that is not one of these.
    pub(super) fn oauth_token(code: &str) -> Option<Self> {
        const REFUSALS: &[(StatusCode, &str, &str)] = &[
            (
                StatusCode::NOT_FOUND,
                "oauth_token_provider_not_enabled",
                "The given OAuth provider is not enabled for this instance.",
            ),
            (StatusCode::BAD_REQUEST, "oauth_unsupported_provider", "The given OAuth provider is not supported."),
            (
                StatusCode::BAD_REQUEST,
                "oauth_token_retrieval_error",
                "Failed to retrieve a new access token from the OAuth provider.",
            ),
            (
                StatusCode::BAD_REQUEST,
                "external_account_missing_refresh_token",
                "The current access token has expired and cannot be refreshed, as the external account has no refresh token.",
            ),
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                "oauth_missing_refresh_token",
                "Cannot refresh the OAuth access token: no refresh token was given.",
            ),
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                "oauth_missing_access_token",
                "No OAuth access token is there for this account.",
            ),
        ];
        let (status, code, text) = *REFUSALS.iter().find(|(_, known, _)| *known == code)?;
        Some(Self::new(status, code, text, text))
    }

    /// An upload without an image.
    pub(super) fn image_missing() -> Self {
        let long = "There was no image file present in the request";
        Self::new(StatusCode::BAD_REQUEST, "form_param_missing", "Image file missing", long).about("file")
    }

    /// An upload of something else than an image.
    pub(super) fn image_unsupported() -> Self {
        let long = "The image must be a JPEG, PNG, GIF or WebP file.";
        Self::new(StatusCode::BAD_REQUEST, "request_body_invalid", "Unsupported image type", long)
    }

    /// An image that is too large.
    pub(super) fn image_too_large() -> Self {
        let long = "The image must not be larger than 10 MB.";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "image_too_large", "Image too large", long)
    }

    /// A user without an image of their own.
    pub(super) fn image_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "image_not_found", "Image not found", "The user has no profile image.")
    }
}
