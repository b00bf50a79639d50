//! OAuth tokens: fetched for an account of the security tab, shown, masked, and forgotten when the tab is left.

use super::{
    Act, App, Failure, Focus, Notice,
    act::{OAuthAct, Part},
    change::{Changed, Ended, Made},
    detail::{FetchedToken, OAuthToken, SecurityItem, Tab, account_id, account_name},
};
use crate::clerk::model::{ExternalAccount, Timestamp};

/// Said where an account is asked for and none is chosen.
pub(super) const NO_ACCOUNT: &str = "Only an account at an OAuth provider has a token to fetch.";

impl App {
    /// The fetching of the chosen account's token.
    pub(super) fn fetch_of_token(&self) -> Option<Act> {
        let account = self.chosen_account()?;
        let part = Part { id: account_id(account).to_owned(), name: account_name(account) };
        Some(Act::OAuth(OAuthAct { provider: account.provider.clone(), account: part }))
    }

    /// The account at an OAuth provider that is chosen in the open security tab.
    fn chosen_account(&self) -> Option<&ExternalAccount> {
        match self.chosen_security_item().filter(|_| self.shows_secrets())? {
            SecurityItem::ExternalAccount(account) => Some(account),
            _ => None,
        }
    }

    /// What has come of fetching the token of the chosen account.
    #[must_use]
    pub fn token_of_chosen(&self) -> Option<&FetchedToken> {
        let account = self.chosen_account()?;
        self.detail.token().filter(|token| token.account() == account_id(account))
    }

    /// The token of the chosen account, if it has come.
    pub(super) fn chosen_token(&self) -> Option<&OAuthToken> {
        self.token_of_chosen()?.token().ok().flatten()
    }

    /// Takes what has come of fetching a token. Nobody sees it when the tab has been left meanwhile: it is not kept then.
    pub(super) fn take_token(
        &mut self,
        ended: &Ended,
        act: &OAuthAct,
        result: Result<Changed, Failure>,
        now: Timestamp,
    ) {
        let is_open = self.shows_secrets() && self.subject().is_some_and(|user| user.id == ended.change.user);
        let unrecorded = result.as_ref().ok().and_then(|changed| changed.unrecorded_outcome.clone());
        match result {
            Ok(Changed { made: Made::OAuthTokens(tokens), .. }) if is_open => {
                self.detail.take_token(FetchedToken::new(&act.account.id, Ok(tokens)));
            }
            Err(failure) if is_open => self.detail.take_token(FetchedToken::new(&act.account.id, Err(failure))),
            Ok(_) => {
                let words = format!("{} It was not kept, as its tab has been left.", ended.words.done);
                self.notices.show(Notice::remark(words), now);
            }
            Err(failure) => self.notices.show(Notice::failure(&ended.words.failed, &failure), now),
        }
        if let Some(reason) = unrecorded {
            self.notices.show(Notice::failure(&ended.words.done, &Failure::OutcomeNotRecorded(reason)), now);
        }
    }

    /// Shows the token of the chosen account, or masks it.
    pub(super) fn toggle_token(&mut self, now: Timestamp) {
        if self.chosen_token().is_some()
            && let Some(token) = self.detail.token_mut()
        {
            token.toggle(now);
        }
    }

    /// Forgets the token when its tab has been left, and masks it when another item is chosen.
    pub(super) fn guard_token(&mut self) {
        if !self.shows_secrets() {
            self.detail.forget_token();
        } else if self.token_of_chosen().is_none() {
            self.detail.mask_token();
        }
    }

    fn shows_secrets(&self) -> bool {
        self.focus == Focus::Detail && self.detail.tab() == Tab::Security
    }
}
