//! How a field is read when Clerk sends less than the contract promises.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the type's default. Together with `#[serde(default)]` on the struct, a key that is
/// missing and a key that is `null` are the same.
pub(super) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
