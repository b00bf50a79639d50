//! What creating and updating a user have in common.

use crate::{
    clerk::model::{Timestamp, User},
    emulator::{
        error::ApiError,
        fields::{Fields, Given},
        inferred, passwords, rules,
        store::{Secrets, Store, folded},
        totp,
    },
};

/// A password that a request sets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NewPassword {
    Plain { plain: String, checked: bool },
    Digest { hasher: String, digest: String },
}

impl NewPassword {
    /// Takes it out of a body.
    fn read(body: &mut Fields) -> Option<Self> {
        let (plain, digest) = (body.text("password").value(), body.text("password_digest").value());
        let (hasher, skips) = (body.text("password_hasher").value(), body.flag("skip_password_checks").value());
        if let Some(hasher) = hasher.as_deref().filter(|hasher| !passwords::is_hasher(hasher)) {
            body.refuse(ApiError::value_invalid("password_hasher", hasher));
            return None;
        }
        match (plain, digest, hasher) {
            (Some(_), Some(_), _) => {
                body.refuse(ApiError::conditional_disallowed("password_digest", "together with password"));
                None
            }
            (None, Some(_), None) => {
                body.refuse(ApiError::conditional_missing("password_hasher", "password_digest"));
                None
            }
            (_, None, Some(_)) => {
                body.refuse(ApiError::conditional_missing("password_digest", "password_hasher"));
                None
            }
            (Some(plain), None, None) => {
                let checked = skips != Some(true);
                body.check(passwords::check(&plain, checked));
                Some(Self::Plain { plain, checked })
            }
            (None, Some(digest), Some(hasher)) => {
                body.check(passwords::check_digest(&hasher, &digest));
                Some(Self::Digest { hasher, digest })
            }
            (None, None, None) => None,
        }
    }
}

/// The fields that both operations take.
#[derive(Debug)]
pub(super) struct Profile {
    external_id: Given<String>,
    first_name: Given<String>,
    last_name: Given<String>,
    locale: Given<String>,
    username: Given<String>,
    pub(super) password: Option<NewPassword>,
    totp_secret: Option<String>,
    backup_codes: Option<Vec<String>>,
    delete_self_enabled: Option<bool>,
    create_organization_enabled: Option<bool>,
    create_organizations_limit: Given<i64>,
    legal_accepted_at: Given<Timestamp>,
    created_at: Option<Timestamp>,
    bypass_client_trust: Option<bool>,
}

impl Profile {
    /// Takes them out of a body.
    pub(super) fn read(body: &mut Fields) -> Self {
        // Nothing here asks for the acceptance of terms, so there is nothing to skip.
        _ = body.flag("skip_legal_checks");
        let profile = Self {
            external_id: body.text("external_id"),
            first_name: body.text("first_name"),
            last_name: body.text("last_name"),
            locale: body.text("locale"),
            // An empty one removes it, as null does.
            username: match body.text("username") {
                Given::Value(username) if username.is_empty() => Given::Null,
                other => other,
            },
            password: NewPassword::read(body),
            totp_secret: body.text("totp_secret").value(),
            backup_codes: body.texts("backup_codes"),
            delete_self_enabled: body.flag("delete_self_enabled").value(),
            create_organization_enabled: body.flag("create_organization_enabled").value(),
            create_organizations_limit: body.number("create_organizations_limit"),
            legal_accepted_at: body.moment("legal_accepted_at"),
            created_at: body.moment("created_at").value(),
            bypass_client_trust: body.flag("bypass_client_trust").value(),
        };
        if let Given::Value(username) = &profile.username {
            body.check(rules::username(username));
        }
        if let Given::Value(locale) = &profile.locale {
            body.check(rules::locale(locale));
        }
        if profile.totp_secret.as_deref().is_some_and(|secret| totp::secret(secret).is_none()) {
            body.refuse(ApiError::totp_secret_invalid());
        }
        if let Given::Value(limit) = profile.create_organizations_limit
            && limit < 0
        {
            body.refuse(ApiError::value_invalid("create_organizations_limit", &limit.to_string()));
        }
        profile
    }

    pub(super) fn has_username(&self) -> bool {
        matches!(self.username, Given::Value(_))
    }

    /// What the password is kept as, hasher and digest; none where there is none, or the request is refused anyway.
    /// To be asked for before the database is held, as hashing is slow on purpose.
    pub(super) async fn kept_password(&self, body: &Fields) -> Result<Option<(String, String)>, ApiError> {
        match &self.password {
            Some(NewPassword::Plain { plain, .. }) if !body.is_refused() => {
                Ok(Some(("bcrypt".to_owned(), passwords::hash(plain.clone()).await?)))
            }
            Some(NewPassword::Digest { hasher, digest }) => Ok(Some((hasher.clone(), digest.clone()))),
            _ => Ok(None),
        }
    }

    /// Refuses a password that is one of these identifiers.
    pub(super) fn check_password<'a>(&self, identifiers: impl IntoIterator<Item = &'a String>, body: &mut Fields) {
        if let Some(NewPassword::Plain { plain, checked: true }) = &self.password
            && identifiers.into_iter().any(|identifier| inferred::is_identifier(plain, identifier))
        {
            let text = "Password cannot match your email address, phone number or username. \
                        For account safety, please use a different password.";
            body.refuse(ApiError::password("form_password_matches_identifier", text));
        }
    }

    /// Refuses a username and an external id that another user has, and a password that is an identifier that the user has.
    pub(super) fn check_taken(&self, store: &Store, user: &User, body: &mut Fields) -> Result<(), ApiError> {
        let is_other = |holders: Vec<String>| holders.iter().any(|holder| holder != user.id.as_str());
        if let Given::Value(username) = &self.username
            && is_other(store.holders_of_username(&folded(username))?)
        {
            body.refuse(ApiError::identifier_exists("username"));
        }
        if let Given::Value(external_id) = &self.external_id
            && is_other(store.holders_of_external_id(external_id)?)
        {
            body.refuse(ApiError::identifier_exists("external_id"));
        }
        let username = match &self.username {
            Given::Value(username) => Some(username),
            Given::Null => None,
            Given::Absent => user.username.as_ref(),
        };
        let emails = user.email_addresses.iter().map(|email| &email.email_address);
        let phones = user.phone_numbers.iter().map(|phone| &phone.phone_number);
        self.check_password(emails.chain(phones).chain(username), body);
        Ok(())
    }

    /// Writes them into a user and into what the user proves themselves with; `password` is the one of
    /// [`Profile::kept_password`].
    pub(super) fn apply(
        self,
        user: &mut User,
        secrets: &mut Secrets,
        password: Option<(String, String)>,
        now: Timestamp,
    ) {
        self.external_id.put(&mut user.external_id);
        self.first_name.put(&mut user.first_name);
        self.last_name.put(&mut user.last_name);
        self.locale.put(&mut user.locale);
        self.username.put(&mut user.username);
        self.create_organizations_limit.put(&mut user.create_organizations_limit);
        self.legal_accepted_at.put(&mut user.legal_accepted_at);
        user.created_at = self.created_at.unwrap_or(user.created_at);
        for (place, given) in [
            (&mut user.delete_self_enabled, self.delete_self_enabled),
            (&mut user.create_organization_enabled, self.create_organization_enabled),
            (&mut user.bypass_client_trust, self.bypass_client_trust),
        ] {
            *place = given.unwrap_or(*place);
        }
        if password.is_some() {
            secrets.password = password;
            user.password_enabled = true;
            user.password_last_updated_at = Some(now);
            user.requires_password_reset = None;
        }
        if let Some(secret) = self.totp_secret {
            secrets.totp_secret = Some(secret);
            user.totp_enabled = true;
        }
        if let Some(codes) = self.backup_codes {
            user.backup_code_enabled = !codes.is_empty();
            secrets.backup_codes = codes;
        }
        weigh_factors(user, now);
    }
}

/// Sets what follows from a user's second factors.
pub(in crate::emulator::routes) fn weigh_factors(user: &mut User, now: Timestamp) {
    let enabled = user.totp_enabled || user.phone_numbers.iter().any(|phone| phone.reserved_for_second_factor);
    match (user.two_factor_enabled, enabled) {
        (false, true) => user.mfa_enabled_at = Some(now),
        (true, false) => user.mfa_disabled_at = Some(now),
        _ => {}
    }
    user.two_factor_enabled = enabled;
}
