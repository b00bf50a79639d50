//! What the program runs on, for whoever asks: set once, at the start.

/// Where what the program uses comes from. Paths are as they are, unsafe to print; the key itself is not among it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The API's host and port; none for the demo, which has its own.
    pub host: Option<String>,
    /// Where the key was found, as a sentence calls it.
    pub key: Option<String>,
    /// The profile that it is of.
    pub profile: Option<String>,
    /// The profiles that there are.
    pub profiles: Vec<String>,
    /// The configuration file, also where there is none yet.
    pub configuration: Option<String>,
    /// The directory of the audit log, journals, copies and notes.
    pub state: Option<String>,
}
