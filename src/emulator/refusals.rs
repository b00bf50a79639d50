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
}
