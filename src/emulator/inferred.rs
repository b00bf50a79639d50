//! What neither Clerk's contract nor its documentation says. Each choice stands here alone, so that it can be changed
//! when the real answer is seen.

use super::{error::ApiError, store::folded};
use axum::http::StatusCode;

/// The version that a request without one means: the oldest, as an answer of the live API once echoed it.
pub(super) const DEFAULT_VERSION: &str = "2021-02-05";

/// The rows of a page that asks for more than 500. Not an error: the live API answered ten.
pub(super) const ROWS_WHEN_TOO_MANY: u32 = 10;

/// How long a lock lasts, in seconds: the documented default of one hour.
pub(super) const LOCK_SECONDS: i64 = 3_600;

/// Attempts before a lock, which unlocking gives back: the documented default of instances since 2026-07-06.
pub(super) const ATTEMPTS: i64 = 10;

/// How long a token of an account elsewhere is good for, in seconds: as long as Google's.
pub(super) const OAUTH_TOKEN_SECONDS: u64 = 3_600;

/// Whether a moment that equals the bound of a `…_before` or `…_after` filter passes: it does not.
pub(super) const BEFORE: &str = "<";
/// See [`BEFORE`].
pub(super) const AFTER: &str = ">";

/// A digest that this emulator keeps but cannot verify. Clerk verifies all hashers; there is no code for this.
pub(super) fn unverifiable(hasher: &str, why: &str) -> ApiError {
    let long = format!("The emulator keeps this digest of {hasher}, but cannot verify passwords against it: {why}.");
    ApiError::new(StatusCode::BAD_REQUEST, "password_hasher_not_supported", "Hasher not supported", long)
}

/// Bytes of a digest of `pbkdf2_sha1` that does not say how many: documented. That a hash of another length is refused
/// when it is given, rather than never verified, is not.
pub(super) const PBKDF2_SHA1_BYTES: usize = 32;

/// What `md5_salted` and `sha256_salted` hash. Clerk's documentation has both in their digests, but not in which order.
pub(super) fn salted(salt: &[u8], password: &[u8]) -> Vec<u8> {
    [salt, password].concat()
}

// `md5_phpass` has no description at all; taken for phpass over the hexadecimal MD5 of the password, which is what phpass
// makes of a table of plain MD5s. `ldap_ssha` is described by OpenLDAP's page alone; taken with its `{SSHA}`.

/// Whether a password is an identifier of the one who is to have it. Clerk documents the error; that case does not count,
/// and where the identifier is one that the same request sets, is not said.
pub(super) fn is_identifier(password: &str, identifier: &str) -> bool {
    folded(password) == folded(identifier)
}

/// Key accepted, path unknown: told apart from a thing that is not there, as nobody need look for its id.
pub(super) fn unknown_route() -> ApiError {
    let long_message = "There is no such operation.";
    ApiError::new(StatusCode::NOT_FOUND, "resource_not_found", "Resource not found", long_message)
}

/// Path known, method not.
pub(super) fn unknown_method() -> ApiError {
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed", "Method not allowed")
}

/// A token that was used or taken back already is to be taken back.
pub(super) fn token_not_pending(status: &str) -> ApiError {
    let long =
        format!("The token cannot be revoked because its status is {status}. Only pending tokens can be revoked.");
    ApiError::new(StatusCode::BAD_REQUEST, "token_cannot_be_revoked", "cannot be revoked", long)
}

/// An entry of the waitlist stands where the act cannot be; the contract has a 409 there without saying when.
pub(super) fn waitlist_conflict(status: &str, act: &str) -> ApiError {
    let long = format!("A waitlist entry whose status is {status} cannot be {act}.");
    ApiError::new(StatusCode::CONFLICT, "conflict", "conflict", long)
}

/// Who is named as inviting to an organization does not run it.
pub(super) fn not_an_admin(user_id: &str) -> ApiError {
    let long = format!("{user_id} is not an administrator in the organization.");
    ApiError::new(StatusCode::FORBIDDEN, "not_an_admin_in_organization", "not an administrator", long)
}

// Who is banned or locked out cannot sign in: documented. That nobody can in their place either, is not.
// A session that has ended already is answered as it is when it is revoked: neither an error nor a change.
// A query parameter that an operation does not have is ignored: SDKs of other versions send theirs.
