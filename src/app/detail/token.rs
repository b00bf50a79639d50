//! The OAuth token of an account, after it has been fetched: masked until somebody asks to see it.

use crate::{
    app::{
        failure::Failure,
        secret::{SHOWN_FOR, Secret},
    },
    clerk::model::Timestamp,
};

/// An access token that a provider has given for a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthToken {
    /// Clerk's id of the account, `eac_…`.
    pub account: String,
    /// The token.
    pub token: Secret,
    /// Its second half, with OAuth 1.
    pub secret: Option<Secret>,
    /// What it allows, where the provider tells. As it came, unsafe to print.
    pub scopes: Vec<String>,
    /// When it expires, where it does.
    pub expires_at: Option<Timestamp>,
}

/// What has come of fetching the token of an account.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchedToken {
    account: String,
    outcome: Result<Vec<OAuthToken>, Failure>,
    shown_until: Option<Timestamp>,
}

impl FetchedToken {
    /// What has come for this account, masked. Of the tokens only its own are kept.
    #[must_use]
    pub fn new(account: &str, outcome: Result<Vec<OAuthToken>, Failure>) -> Self {
        let own = |tokens: Vec<OAuthToken>| tokens.into_iter().filter(|token| token.account == account).collect();
        Self { account: account.to_owned(), outcome: outcome.map(own), shown_until: None }
    }

    /// Clerk's id of the account.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The token; none where Clerk has none for the account.
    ///
    /// # Errors
    ///
    /// Why it could not be fetched.
    pub fn token(&self) -> Result<Option<&OAuthToken>, &Failure> {
        self.outcome.as_ref().map(|tokens| tokens.first())
    }

    /// Whether it is to be seen at `now`.
    #[must_use]
    pub fn is_shown(&self, now: Timestamp) -> bool {
        self.shown_until.is_some_and(|until| now < until)
    }

    /// When it is to be masked; none while it is.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.shown_until
    }

    /// Shows it for a while, or masks it.
    pub fn toggle(&mut self, now: Timestamp) {
        self.shown_until = if self.is_shown(now) { None } else { Some(now.plus(SHOWN_FOR)) };
    }

    /// Masks it.
    pub fn mask(&mut self) {
        self.shown_until = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

    fn token(account: &str, text: &str) -> OAuthToken {
        OAuthToken { account: account.into(), token: text.into(), secret: None, scopes: Vec::new(), expires_at: None }
    }

    #[test]
    fn of_several_tokens_only_that_of_the_account_is_kept() {
        let fetched = FetchedToken::new("eac_2", Ok(vec![token("eac_1", "one"), token("eac_2", "two")]));
        assert_eq!(fetched.token().unwrap().map(|token| &token.token), Some(&"two".into()));
        assert_eq!(FetchedToken::new("eac_3", Ok(vec![token("eac_1", "one")])).token(), Ok(None));
    }

    #[test]
    fn it_is_masked_until_it_is_asked_for_and_again_after_a_while() {
        let mut fetched = FetchedToken::new("eac_1", Ok(vec![token("eac_1", "ya29.secret")]));
        assert!(!fetched.is_shown(NOW) && fetched.due().is_none());
        fetched.toggle(NOW);
        assert!(fetched.is_shown(NOW.plus(SHOWN_FOR.saturating_sub(Duration::from_millis(1)))));
        assert!(!fetched.is_shown(NOW.plus(SHOWN_FOR)), "also when the timer is late");
        fetched.toggle(NOW);
        assert!(!fetched.is_shown(NOW));
        assert!(!format!("{fetched:?}").contains("ya29"));
    }
}
