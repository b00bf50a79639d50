//! Metadata: merged or replaced, bag by bag.

use super::{
    super::{Outcome, answer},
    edited,
};
use crate::{
    clerk::model::{Metadata, User},
    emulator::{bags, error::ApiError, fields::Fields, server::AppState},
};
use axum::{
    Router,
    extract::{Path, State},
    routing::patch,
};

pub(super) fn routes() -> Router<AppState> {
    Router::new().route(
        "/users/{id}/metadata",
        patch(async |state, trace, id, body| answer(trace, change(state, id, body, Bags::merge).await))
            .put(async |state, trace, id, body| answer(trace, change(state, id, body, Bags::replace).await)),
    )
}

/// The bags that a request gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bags {
    public: Option<Metadata>,
    private: Option<Metadata>,
    unsafe_: Option<Metadata>,
}

impl Bags {
    /// Takes them out of a body.
    pub(super) fn read(body: &mut Fields) -> Self {
        Self {
            public: body.bag("public_metadata"),
            private: body.bag("private_metadata"),
            unsafe_: body.bag("unsafe_metadata"),
        }
    }

    /// Puts those given in place of the user's own.
    pub(super) fn replace(self, user: &mut User) -> Result<(), ApiError> {
        self.apply(user, |own, given| *own = given)
    }

    /// Merges those given into the user's own, as RFC 7396 has it.
    fn merge(self, user: &mut User) -> Result<(), ApiError> {
        self.apply(user, bags::merge)
    }

    fn apply(self, user: &mut User, act: impl Fn(&mut Metadata, Metadata)) -> Result<(), ApiError> {
        let mut errors = Vec::new();
        for (name, own, given) in [
            ("public_metadata", &mut user.public_metadata, self.public),
            ("private_metadata", user.private_metadata.get_or_insert_default(), self.private),
            ("unsafe_metadata", &mut user.unsafe_metadata, self.unsafe_),
        ] {
            let Some(given) = given else { continue };
            act(own, given);
            errors.extend(bags::too_large(name, own));
        }
        ApiError::all(errors).map_or(Ok(()), Err)
    }
}

async fn change(
    State(state): State<AppState>,
    Path(id): Path<String>,
    mut body: Fields,
    act: impl FnOnce(Bags, &mut User) -> Result<(), ApiError> + Send + 'static,
) -> Outcome<User> {
    let bags = Bags::read(&mut body);
    body.finish()?;
    edited(&state, id, move |_, user, _| act(bags, user)).await
}
