//! What is sent in vain is still received.
//!
//! A request may be answered before its body was read: the key is wrong, the path unknown, the limit reached. Were the
//! connection closed at once then, whoever still sends would find it broken and never see the answer.

use axum::{
    body::{Body, BodyDataStream, Bytes},
    extract::Request,
};
use futures_util::{
    StreamExt,
    stream::{Fuse, poll_fn},
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

/// The longest that is waited for what is left of a body.
const LONGEST: Duration = Duration::from_secs(2);
/// The most that is received in vain, in bytes: more than three of the longest bodies that are taken.
const MOST_BYTES: usize = 32 << 20;

/// The body of a request, which is there when the answer is.
#[derive(Clone)]
pub(super) struct Remainder(Arc<Mutex<Fuse<BodyDataStream>>>);

impl Remainder {
    /// The request, and what will be left of it.
    pub(super) fn of(request: Request) -> (Request, Self) {
        let (parts, body) = request.into_parts();
        let remainder = Self(Arc::new(Mutex::new(body.into_data_stream().fuse())));
        let shared = remainder.clone();
        let body = Body::from_stream(poll_fn(move |context| shared.poll(context)));
        (Request::from_parts(parts, body), remainder)
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, axum::Error>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).poll_next_unpin(context)
    }

    /// Receives what nobody has read.
    pub(super) async fn receive(self) {
        let all = async {
            let mut received = 0;
            let mut chunks = poll_fn(|context| self.poll(context));
            while let Some(Ok(chunk)) = chunks.next().await {
                received += chunk.len();
                if received > MOST_BYTES {
                    break;
                }
            }
        };
        // Who does not send on has no answer to miss.
        let _ = tokio::time::timeout(LONGEST, all).await;
    }
}
