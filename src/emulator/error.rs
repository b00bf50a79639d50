//! Refusals, in Clerk's shape and words.

use super::gate::TraceId;
use axum::{
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// A refusal: a status, and why.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: Box<str>,
    long_message: Box<str>,
    meta: Value,
    /// Told together with it.
    others: Vec<ApiError>,
}

impl ApiError {
    pub(super) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<String>,
        long_message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            message: message.into().into(),
            long_message: long_message.into().into(),
            meta: json!({}),
            others: Vec::new(),
        }
    }

    /// Several refusals as one: the first gives the status. None of none.
    pub(super) fn all(errors: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut errors = errors.into_iter();
        let mut first = errors.next()?;
        first.others.extend(errors);
        Some(first)
    }

    /// Names the parameter that it is about.
    pub(super) fn about(mut self, parameter: &str) -> Self {
        self.meta = json!({ "param_name": parameter });
        self
    }

    /// Whether this parameter is the one that is wrong.
    pub(super) fn is_about(&self, parameter: &str) -> bool {
        self.meta["param_name"] == parameter
    }

    /// No `Authorization`, or not `Bearer`.
    pub(super) fn authorization_format() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "authorization_header_format_invalid",
            "Invalid Authorization header format",
            "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'",
        )
    }

    /// A key that was never issued.
    pub(super) fn key_invalid() -> Self {
        let text = "The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.";
        Self::new(StatusCode::UNAUTHORIZED, "clerk_key_invalid", text, text)
    }

    /// An API version that does not exist, or one too many.
    pub(super) fn version_invalid(reason: &str) -> Self {
        let long = format!("Invalid Clerk API version: {reason}");
        Self::new(StatusCode::BAD_REQUEST, "api_version_invalid", "invalid API version", long)
    }

    /// No such user.
    pub(super) fn user_not_found(id: &str) -> Self {
        Self::not_found("user", id)
    }

    /// Nothing of this kind with this id.
    pub(super) fn not_found(what: &str, id: &str) -> Self {
        let long = format!("No {what} was found with id {id}");
        Self::new(StatusCode::NOT_FOUND, "resource_not_found", "not found", long)
    }

    /// A value that is not one of those allowed.
    pub(super) fn value_invalid(parameter: &str, value: &str) -> Self {
        let long = format!("{value} does not match one of the allowed values for parameter {parameter}");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "form_param_value_invalid", "is invalid", long).about(parameter)
    }

    /// A parameter that has to be there, given others.
    pub(super) fn missing(parameter: &str) -> Self {
        let long = format!("{parameter} must be included.");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "form_param_missing", "is missing", long).about(parameter)
    }

    /// More values than a list takes.
    pub(super) fn too_many(parameter: &str, most: usize) -> Self {
        let long = format!("{parameter} should not exceed {most} items.");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "form_param_array_size_exceeded", "exceeds limit", long)
            .about(parameter)
    }

    /// Over the rate limit.
    pub(super) fn too_many_requests() -> Self {
        let long = "Too many requests, retry later";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too many requests", long)
    }

    /// The fault `503`.
    pub(super) fn unavailable() -> Self {
        let long = "The service is temporarily unavailable. Please try again later.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "service_unavailable", "Service unavailable", long)
    }

    /// The fault `500`: it says what a real one says, and nothing is broken.
    pub(super) fn internal_on_purpose() -> Self {
        let text = "There was an internal error on our servers. We've been notified and are working on fixing it.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_clerk_error", "Oops, an unexpected error occurred", text)
    }

    /// Something here is broken. What, goes to the log.
    pub(super) fn internal(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "internal error");
        Self::internal_on_purpose()
    }

    /// The answer, under a trace id.
    pub(super) fn into_response_with(self, trace_id: &TraceId) -> Response {
        let told = |error: &Self| {
            json!({
                "message": error.message, "long_message": error.long_message, "code": error.code, "meta": error.meta,
            })
        };
        let errors: Vec<Value> = std::iter::once(&self).chain(&self.others).map(told).collect();
        let body = json!({ "errors": errors, "clerk_trace_id": trace_id.as_str() });
        (self.status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
    }
}
