//! Profile images: stored, and served where `image_url` points.

use super::{
    super::{Outcome, answer, ask},
    edited,
};
use crate::{
    clerk::model::User,
    emulator::{error::ApiError, people::random::Random, server::AppState},
};
use axum::{
    Router,
    extract::{
        DefaultBodyLimit, Multipart, Path, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};

/// Bytes of an image.
const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Bytes of a request: an image and what is around it.
const MOST_REQUEST_BYTES: usize = MOST_BYTES + 64 * 1024;

pub(super) fn routes() -> Router<AppState> {
    Router::new().route(
        "/users/{id}/profile_image",
        post(async |state, trace, id, headers, parts| answer(trace, set(state, id, headers, parts).await))
            .delete(async |state, trace, id| answer(trace, remove(state, id).await))
            .layer(DefaultBodyLimit::max(MOST_REQUEST_BYTES)),
    )
}

/// What an image is, by its first bytes.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

fn unreadable(error: &MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { ApiError::image_too_large() } else { ApiError::body_invalid() }
}

async fn set(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    parts: Result<Multipart, MultipartRejection>,
) -> Outcome<User> {
    let mut parts = parts.map_err(|_| ApiError::image_missing())?;
    let mut image = None;
    while let Some(part) = parts.next_field().await.map_err(|error| unreadable(&error))? {
        if part.name() == Some("file") {
            image = Some(part.bytes().await.map_err(|error| unreadable(&error))?);
            break;
        }
    }
    let image = image.filter(|image| !image.is_empty()).ok_or_else(ApiError::image_missing)?;
    if image.len() > MOST_BYTES {
        return Err(ApiError::image_too_large());
    }
    let kind = kind(&image).ok_or_else(ApiError::image_unsupported)?;
    // The address by which the request came is one by which this server is reached.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1").to_owned();
    edited(&state, id, move |store, user, _| {
        let image_id = Random::new(fastrand::u64(..)).id("img");
        let url = format!("http://{host}/images/{image_id}");
        store.set_image(user.id.as_str(), &image_id, kind, &image)?;
        user.has_image = true;
        user.image_url = Some(url.clone());
        user.profile_image_url = Some(url);
        Ok(())
    })
    .await
}

async fn remove(State(state): State<AppState>, Path(id): Path<String>) -> Outcome<User> {
    edited(&state, id, |store, user, _| {
        if !user.has_image {
            return Err(ApiError::image_not_found());
        }
        store.delete_image(user.id.as_str())?;
        let drawn = Random::new(fastrand::u64(..)).text("https://img.clerk.com/", 24);
        user.has_image = false;
        user.image_url = Some(drawn.clone());
        user.profile_image_url = Some(drawn);
        Ok(())
    })
    .await
}

/// An image, for whoever has its address: browsers have no key.
pub(in super::super) async fn serve(State(state): State<AppState>, Path(id): Path<String>) -> Response {
    match ask(&state, move |store| store.image(&id)).await {
        Ok(Some((kind, bytes))) => {
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000".to_owned())], bytes)
                .into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
