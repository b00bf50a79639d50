//! What can be done with an account at an OAuth provider: its token can be had.

use super::{About, NO_UNDO, Part, Words};

/// Fetch the access token that a provider has given for the user. It changes nothing, but lets whoever has it act at the
/// provider in the user's place: so it is asked for and recorded like a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthAct {
    /// The provider, `oauth_google`.
    pub provider: String,
    /// The account there.
    pub account: Part,
}

impl OAuthAct {
    pub(super) const NAME: &str = "read_oauth_token";

    pub(super) fn part(&self) -> String {
        format!("{} {}", self.provider, self.account.id)
    }

    pub(super) fn words(&self, about: &About<'_>) -> Words {
        let (who, account) = (about.who, &self.account.name);
        let provider = self.provider.strip_prefix("oauth_").unwrap_or(&self.provider);
        Words {
            verb: "fetch",
            question: format!("Fetch the {provider} token of {who}"),
            now: format!("the OAuth token of {account} comes here, masked; with it one acts there as {who}"),
            kept: "nothing is changed, here or there".to_owned(),
            undo: format!("{NO_UNDO}; what has been seen stays seen"),
            short: "token…",
            doing: "fetching an OAuth token …",
            done: format!("Fetched the {provider} token of {who}."),
            failed: format!("The {provider} token of {who} was not fetched"),
        }
    }
}
