//! What nobody could have guessed: ids, and links that let somebody in.

use super::people::random::Random;

/// A new id.
pub(super) fn id(prefix: &str) -> String {
    Random::new(fastrand::u64(..)).id(prefix)
}

/// A new token. It opens nothing: the emulator has no frontend.
pub(super) fn token() -> String {
    Random::new(fastrand::u64(..)).text("eyJ", 61)
}

/// Where a token would be used, at a host that cannot exist.
pub(super) fn link(token: &str) -> String {
    format!("https://clerk.accounts.example/v1/tickets/accept?ticket={token}")
}
