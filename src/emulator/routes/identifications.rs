//! Email addresses and phone numbers, each by its own id.

use super::{
    Outcome, answer, ask,
    users::{deleted, edit, weigh_factors},
};
use crate::{
    clerk::model::{DeletedObject, EmailAddress, IdentificationLink, PhoneNumber, Timestamp, User, Verification},
    emulator::{
        error::ApiError,
        fields::Fields,
        identifications::{can_sign_in, email, is_taken, phone, verification},
        rules,
        server::AppState,
        store::Store,
    },
};
use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Serialize;

pub(super) fn routes() -> Router<AppState> {
    Router::new().merge(routes_of::<EmailAddress>("/email_addresses")).merge(routes_of::<PhoneNumber>("/phone_numbers"))
}

fn routes_of<T: Identification>(path: &str) -> Router<AppState> {
    Router::new().route(path, post(async |state, trace, body| answer(trace, create::<T>(state, body).await))).route(
        &format!("{path}/{{id}}"),
        get(async |state, trace, id| answer(trace, show::<T>(state, id).await))
            .patch(async |state, trace, id, body| answer(trace, update::<T>(state, id, body).await))
            .delete(async |state, trace, id| answer(trace, delete::<T>(state, id).await)),
    )
}

/// What the two have in common, and what sets them apart.
trait Identification: Serialize + Clone + Send + 'static {
    /// What it is called as a parameter, and as an object.
    const NAME: &'static str;
    /// What it is called in a sentence.
    const NOUN: &'static str;

    /// The value as it is kept.
    fn rule(name: &str, value: &str) -> Result<String, ApiError>;
    /// A new one, proven.
    fn proven(value: String, now: Timestamp) -> Self;
    /// All that a user has of the kind, and the id of the primary one.
    fn all(user: &mut User) -> (&mut Vec<Self>, &mut Option<String>);
    fn id(&self) -> Option<&str>;
    fn value(&self) -> &str;
    fn links(&self) -> &[IdentificationLink];
    fn proof(&mut self) -> &mut Option<Verification>;
    fn touch(&mut self, now: Timestamp);
    /// Takes the fields of this kind alone out of a body.
    fn read_more(body: &mut Fields) -> Option<bool>;
    /// Whether it is a second factor from now on, and what follows for a user's others.
    fn set_second_factor(user: &mut User, id: &str, wanted: Option<bool>) -> Result<(), ApiError>;
}

impl Identification for EmailAddress {
    const NAME: &'static str = "email_address";
    const NOUN: &'static str = "email address";

    fn rule(name: &str, value: &str) -> Result<String, ApiError> {
        rules::email(name, value)
    }

    fn proven(value: String, now: Timestamp) -> Self {
        email(value, false, now)
    }

    fn all(user: &mut User) -> (&mut Vec<Self>, &mut Option<String>) {
        (&mut user.email_addresses, &mut user.primary_email_address_id)
    }

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    fn value(&self) -> &str {
        &self.email_address
    }

    fn links(&self) -> &[IdentificationLink] {
        &self.linked_to
    }

    fn proof(&mut self) -> &mut Option<Verification> {
        &mut self.verification
    }

    fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
    }

    fn read_more(body: &mut Fields) -> Option<bool> {
        // Nobody is sent anything from here.
        _ = body.flag("notify_primary_email_address_changed");
        None
    }

    fn set_second_factor(_: &mut User, _: &str, _: Option<bool>) -> Result<(), ApiError> {
        Ok(())
    }
}

impl Identification for PhoneNumber {
    const NAME: &'static str = "phone_number";
    const NOUN: &'static str = "phone number";

    fn rule(name: &str, value: &str) -> Result<String, ApiError> {
        rules::phone(name, value)
    }

    fn proven(value: String, now: Timestamp) -> Self {
        phone(value, false, now)
    }

    fn all(user: &mut User) -> (&mut Vec<Self>, &mut Option<String>) {
        (&mut user.phone_numbers, &mut user.primary_phone_number_id)
    }

    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    fn value(&self) -> &str {
        &self.phone_number
    }

    fn links(&self) -> &[IdentificationLink] {
        &self.linked_to
    }

    fn proof(&mut self) -> &mut Option<Verification> {
        &mut self.verification
    }

    fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
    }

    fn read_more(body: &mut Fields) -> Option<bool> {
        body.flag("reserved_for_second_factor").value()
    }

    fn set_second_factor(user: &mut User, id: &str, wanted: Option<bool>) -> Result<(), ApiError> {
        let phones = &mut user.phone_numbers;
        if let Some(phone) = phones.iter_mut().find(|phone| phone.id.as_deref() == Some(id)) {
            let proven = is_proven(phone);
            if wanted == Some(true) && !proven {
                return Err(ApiError::verification_needed("reserved_for_second_factor"));
            }
            // A code is never sent to a number that is not known to be the user's.
            phone.reserved_for_second_factor = proven && wanted.unwrap_or(phone.reserved_for_second_factor);
        }
        for phone in phones.iter_mut().filter(|phone| !phone.reserved_for_second_factor) {
            phone.default_second_factor = false;
        }
        if !phones.iter().any(|phone| phone.default_second_factor)
            && let Some(first) = phones.iter_mut().find(|phone| phone.reserved_for_second_factor)
        {
            first.default_second_factor = true;
        }
        Ok(())
    }
}

fn is_proven<T: Identification>(identification: &mut T) -> bool {
    identification.proof().as_ref().is_some_and(Verification::is_verified)
}

/// The one of a user's with this id, and its place.
fn find<T: Identification>(user: &mut User, id: &str) -> Result<usize, ApiError> {
    let place = T::all(user).0.iter().position(|own| own.id() == Some(id));
    place.ok_or_else(|| ApiError::not_found(T::NOUN, id))
}

/// What a request makes of an identification.
struct Standing {
    verified: Option<bool>,
    primary: Option<bool>,
    second_factor: Option<bool>,
}

impl Standing {
    fn read<T: Identification>(body: &mut Fields) -> Self {
        Self {
            verified: body.flag("verified").value(),
            primary: body.flag("primary").value(),
            second_factor: T::read_more(body),
        }
    }

    /// Gives it to the identification at `place`; the identification as it is then.
    fn apply<T: Identification>(&self, user: &mut User, place: usize, now: Timestamp) -> Result<T, ApiError> {
        let (all, primary) = T::all(user);
        let own = &mut all[place];
        let id = own.id().unwrap_or_default().to_owned();
        match self.verified {
            Some(true) if !is_proven(own) => *own.proof() = verification("admin", false),
            Some(false) => *own.proof() = None,
            _ => {}
        }
        own.touch(now);
        if self.primary == Some(true) {
            if !is_proven(own) {
                return Err(ApiError::verification_needed("primary"));
            }
            *primary = Some(id.clone());
        }
        T::set_second_factor(user, &id, self.second_factor)?;
        weigh_factors(user, now);
        Ok(T::all(user).0[place].clone())
    }
}

async fn create<T: Identification>(State(state): State<AppState>, mut body: Fields) -> Outcome<T> {
    let user_id = body.required_text("user_id");
    let value = body.required_identifier(T::NAME, T::rule);
    let standing = Standing::read::<T>(&mut body);
    body.finish_open()?;
    edit(&state, user_id, move |store, user, now| {
        let is_own = T::all(user).0.iter().any(|own| own.value() == value);
        if is_own || is_taken(store, T::NAME, &value, user.id.as_str())? {
            return Err(ApiError::identifier_exists(T::NAME));
        }
        let mut new = T::proven(value, now);
        if standing.verified != Some(true) {
            *new.proof() = None;
        }
        let (all, primary) = T::all(user);
        // The first is the primary one, proven or not: the contract says so.
        if all.is_empty() {
            *primary = new.id().map(str::to_owned);
        }
        all.push(new);
        let place = all.len() - 1;
        standing.apply(user, place, now).map(Json)
    })
    .await
}

/// Who has the identification with this id.
async fn owner<T: Identification>(state: &AppState, id: &str) -> Result<String, ApiError> {
    let wanted = id.to_owned();
    let owner = ask(state, move |store| store.owner_of(&wanted)).await?;
    owner.ok_or_else(|| ApiError::not_found(T::NOUN, id))
}

async fn show<T: Identification>(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<T> {
    let (owner, now) = (owner::<T>(&state, &id).await?, state.clock.now());
    let found = ask(&state, move |store: &mut Store| {
        let mut user = store.user(&owner, now)?.ok_or_else(|| ApiError::not_found(T::NOUN, &id))?;
        let place = find::<T>(&mut user, &id)?;
        Ok::<T, ApiError>(T::all(&mut user).0.swap_remove(place))
    });
    found.await.map(Json)
}

async fn update<T: Identification>(
    State(state): State<AppState>,
    Path(id): Path<String>,
    mut body: Fields,
) -> Outcome<T> {
    let standing = Standing::read::<T>(&mut body);
    body.finish_open()?;
    let owner = owner::<T>(&state, &id).await?;
    edit(&state, owner, move |store, user, now| {
        let place = find::<T>(user, &id)?;
        let own = &mut T::all(user).0[place];
        // Several may claim an address; only one can have proven that it is theirs.
        if standing.verified == Some(true) && !is_proven(own) {
            let value = own.value().to_owned();
            if is_taken(store, T::NAME, &value, user.id.as_str())? {
                return Err(ApiError::identifier_exists(T::NAME));
            }
        }
        standing.apply(user, place, now).map(Json)
    })
    .await
}

async fn delete<T: Identification>(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<DeletedObject> {
    let owner = owner::<T>(&state, &id).await?;
    edit(&state, owner, move |_, user, now| {
        let place = find::<T>(user, &id)?;
        let (all, primary) = T::all(user);
        if !all[place].links().is_empty() {
            return Err(ApiError::linked_identification());
        }
        all.remove(place);
        if primary.as_deref() == Some(id.as_str()) {
            let next = all.iter_mut().find_map(|own| is_proven(own).then(|| own.id().map(str::to_owned))).flatten();
            *primary = next.or_else(|| all.first().and_then(|own| own.id().map(str::to_owned)));
        }
        if !can_sign_in(user) {
            return Err(ApiError::last_identification());
        }
        T::set_second_factor(user, &id, None)?;
        weigh_factors(user, now);
        Ok(Json(deleted(T::NAME, id)))
    })
    .await
}
