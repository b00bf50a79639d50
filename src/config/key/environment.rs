//! A key in the environment.

use super::{ConnectionError, Found, KeySource, Search, key_from};

/// The variables that can hold the key, the first found first: what Clerk's SDKs and command line know, then what Nuxt makes
/// of it.
const KEYS: [&str; 2] = ["CLERK_SECRET_KEY", "NUXT_CLERK_SECRET_KEY"];

/// The key there, if there is one. An empty variable is as good as none.
pub(super) fn find(search: &Search<'_>) -> Result<Option<Found>, ConnectionError> {
    let Some((variable, text)) = KEYS.into_iter().find_map(|name| Some((name, search.variable(name)?))) else {
        return Ok(None);
    };
    let source = KeySource::Environment(variable);
    let key = key_from(&text, &source)?;
    search.found(key, source, None).map(Some)
}
