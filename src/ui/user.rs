//! How a person is named, and what is the matter with them.

use super::{paint::Piece, text::Shown, view::View, when::NEVER};
use crate::{
    app::{Identifier, Known, LockEnd, Person, Standing, job::Fate},
    clerk::model::UserId,
};

/// What a user is called: the name, else the username.
pub(super) fn name(view: &View<'_>, user: &Known) -> Shown<'static> {
    let user = view.seen(user);
    let username = || user.username.clone().filter(|username| !username.is_empty());
    user.full_name().or_else(username).map_or(Shown::fixed(NEVER), Shown::foreign)
}

/// The name as a title, or that there is none.
pub(super) fn title(view: &View<'_>, user: &Known) -> Piece<'static> {
    let name = name(view, user);
    if name.as_str() == NEVER { (Shown::fixed("no name"), view.theme.dim) } else { (name, view.theme.strong) }
}

/// What a user signs in by.
pub(super) fn identifier(view: &View<'_>, user: &Known) -> Shown<'static> {
    Identifier::of(view.seen(user)).map_or(Shown::fixed(NEVER), |identifier| written(&identifier))
}

fn written(identifier: &Identifier) -> Shown<'static> {
    match identifier {
        Identifier::EmailAddress(text) | Identifier::PhoneNumber(text) => Shown::foreign(text.clone()),
        Identifier::Username(text) => username(text),
        Identifier::Web3Wallet(text) => Shown::short_wallet(text),
    }
}

/// Name and identifier of somebody who may not be there any more; the id stands for what is missing.
pub(super) fn person(view: &View<'_>, person: &Person, id: &UserId) -> [Shown<'static>; 2] {
    let name = person.name.clone().map_or(Shown::fixed(NEVER), |name| view.personal_owned(name));
    let identifier = person.identifier.as_ref().map_or_else(
        || Shown::short_id(id.as_str()),
        |identifier| {
            if view.app.is_masking() {
                view.personal_owned(identifier.as_str().to_owned())
            } else {
                written(identifier)
            }
        },
    );
    [name, identifier]
}

/// A username, as such.
pub(super) fn username(text: &str) -> Shown<'static> {
    Shown::foreign(format!("@{text}"))
}

/// The primary phone number, if there is one.
pub(super) fn phone(user: &Known) -> Shown<'static> {
    user.primary_phone_number().map_or_else(Shown::default, |phone| Shown::foreign(phone.phone_number.clone()))
}

/// What is the matter, in at most seven cells; none for those who are fine.
pub(super) fn state(view: &View<'_>, user: &Known) -> Option<Piece<'static>> {
    let theme = view.theme;
    if let Some((act, fate)) = view.app.jobs().fate(&user.id) {
        return match fate {
            Fate::UnderWay => Some((Shown::fixed(act.short()), theme.pending)),
            Fate::Gone => Some((Shown::fixed("gone"), theme.failed)),
            Fate::Failed => Some((Shown::fixed("failed"), theme.failed)),
            Fate::Done => None,
        };
    }
    let (word, style) = match (view.app.is_gone(&user.id), view.app.change_under_way(&user.id)) {
        (true, _) => ("gone", theme.failed),
        (false, Some(words)) => (words.short, theme.pending),
        (false, None) => match user.standing(view.now) {
            Standing::Fine => return None,
            Standing::Banned => ("banned", theme.banned),
            Standing::Locked(_) => ("locked", theme.locked),
        },
    };
    Some((Shown::fixed(word), style))
}

/// What is the matter, in words.
pub(super) fn state_in_words(view: &View<'_>, user: &Known) -> Option<Piece<'static>> {
    let theme = view.theme;
    if view.app.is_gone(&user.id) {
        return Some((Shown::fixed("deleted meanwhile"), theme.failed));
    }
    if let Some(words) = view.app.change_under_way(&user.id) {
        return Some((Shown::fixed(words.doing), theme.pending));
    }
    match user.standing(view.now) {
        Standing::Fine => None,
        Standing::Banned => Some((Shown::fixed("banned"), theme.banned)),
        Standing::Locked(LockEnd::Never) => Some((Shown::fixed("locked, no end"), theme.locked)),
        Standing::Locked(LockEnd::At(end)) => {
            Some((Shown::join(&[&Shown::fixed("locked, "), &view.when.left(end)]), theme.locked))
        }
    }
}

/// An account provider by its name: `oauth_google` is Google.
pub(super) fn provider(provider: &str) -> Shown<'static> {
    let name = provider.strip_prefix("oauth_").or_else(|| provider.strip_prefix("custom_")).unwrap_or(provider);
    let written = match name {
        "github" => "GitHub",
        "gitlab" => "GitLab",
        "linkedin" | "linkedin_oidc" => "LinkedIn",
        "tiktok" => "TikTok",
        "hubspot" => "HubSpot",
        "x" => "X",
        _ => {
            let mut characters = name.chars();
            let first = characters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
            return Shown::foreign(format!("{first}{}", characters.as_str().replace('_', " ")));
        }
    };
    Shown::fixed(written)
}

/// Several things, a comma between them.
pub(super) fn listed(things: &[Shown<'_>]) -> Shown<'static> {
    let comma = Shown::fixed(", ");
    let mut parts = Vec::with_capacity(2 * things.len());
    for thing in things {
        if !parts.is_empty() {
            parts.push(&comma);
        }
        parts.push(thing);
    }
    Shown::join(&parts)
}

/// How a user can sign in: password, passkey, accounts elsewhere, else a code.
pub(super) fn sign_in_methods(user: &Known) -> Shown<'static> {
    let mut methods = Vec::new();
    if user.password_enabled {
        methods.push(Shown::fixed("password"));
    }
    if !user.passkeys.is_empty() {
        methods.push(Shown::fixed("passkey"));
    }
    methods.extend(user.external_accounts.iter().map(|account| provider(&account.provider)));
    if !user.enterprise_accounts.is_empty() || !user.saml_accounts.is_empty() {
        methods.push(Shown::fixed("SSO"));
    }
    if !user.web3_wallets.is_empty() {
        methods.push(Shown::fixed("wallet"));
    }
    if methods.is_empty() && !(user.email_addresses.is_empty() && user.phone_numbers.is_empty()) {
        methods.push(Shown::fixed("code"));
    }
    if methods.is_empty() { Shown::fixed(NEVER) } else { listed(&methods) }
}
