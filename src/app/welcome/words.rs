//! What the first start says on a screen as well as in lines.

/// What a profile is called that nobody has named.
const NAME: &str = "main";

/// What is said first.
pub const GREETING: &str = "Welcome. lazyclerk works on the users of your Clerk application: it finds anyone, shows \
                            everything about them, acts, and takes it back.";
/// What is needed for that, and where it is.
pub const NEED: &str = "It needs the application's secret key: there is none in the environment, nor in the .env \
                        files of a project here. The Clerk dashboard has it under Configure, API keys.";
/// What holds for production that was kept.
pub const STARTS_READ_ONLY: &str =
    "It starts read-only: ctrl-t leaves that for a run, read_only = false in the profile for good.";

/// Whether to keep the key, and where that would be.
#[must_use]
pub fn keep(has_keyring: bool) -> &'static str {
    if has_keyring {
        "Keep the key for the next start? It goes into the keyring of this system."
    } else {
        "Keep the key for the next start? There is no keyring at hand, so it goes into a file that only you can read."
    }
}

/// That there are profiles, none of which is the one to open; none where there is none.
#[must_use]
pub fn profiles(names: &[String]) -> Option<String> {
    let words = || {
        let names = names.join(", ");
        format!("Of the profiles none is the one to open: {names}. --profile NAME opens one.")
    };
    (!names.is_empty()).then(words)
}

/// A name for a profile that nothing is called yet.
#[must_use]
pub fn free_name(profiles: &[String]) -> String {
    let is_free = |name: &String| !profiles.contains(name);
    let numbered = (2..).map(|number| format!("{NAME}-{number}"));
    std::iter::once(NAME.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// That a profile has this name already.
#[must_use]
pub fn name_is_taken(name: &str) -> String {
    format!("There is a profile {name} already.")
}
