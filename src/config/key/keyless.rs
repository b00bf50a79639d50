//! The key that Clerk's SDK gets for itself when an application is started without one.

use serde::Deserialize;

/// Where it is, from the project's folder.
pub(super) const FILE: &str = ".clerk/.tmp/keyless.json";

/// As much of the file as is of use.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Application {
    secret_key: Option<String>,
}

/// The key that the file's text holds. The SDK writes the file anew while it runs: half of one holds none.
pub(super) fn key(text: &str) -> Option<String> {
    let application: Application = serde_json::from_str(text).ok()?;
    application.secret_key.filter(|key| !key.trim().is_empty())
}
