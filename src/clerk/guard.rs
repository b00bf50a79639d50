//! What may leave at all: everything, or nothing but what reads.

use super::{
    error::{Error, NotSent},
    exchange::SentBody,
    request::Request,
};
use reqwest::Method;
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

/// Whether nothing but reading is let through. All handles of an instance share it.
#[derive(Debug, Default)]
pub(super) struct Guard {
    read_only: AtomicBool,
}

impl Guard {
    pub(super) fn is_read_only(&self) -> bool {
        self.read_only.load(Ordering::SeqCst)
    }

    pub(super) fn set_read_only(&self, on: bool) {
        self.read_only.store(on, Ordering::SeqCst);
    }

    /// Lets a request through, or says why it does not leave.
    pub(super) fn pass(&self, request: &Request) -> Result<(), Error> {
        if self.is_read_only() && !reads(request) { Err(Error::NotSent(NotSent::ReadOnly)) } else { Ok(()) }
    }
}

/// Only a GET surely changes nothing. Verifying a code, say, uses a backup code up.
fn reads(request: &Request) -> bool {
    request.method == Method::GET
}

/// A request that a dry run did not send. It holds no secrets; but the path and the body say who would be changed, and
/// how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// `POST`.
    pub method: String,
    /// The path behind `/v1`, percent-encoded.
    pub path: String,
    /// What it would carry.
    pub body: SentBody,
}

/// What a [dry run](super::Clerk::dry_run) would have sent. A handle: clones share it.
#[derive(Clone, Debug, Default)]
pub struct Recorder(Arc<Mutex<Vec<Unsent>>>);

impl Recorder {
    /// What was not sent since this was last asked, in the order in which it would have been.
    #[must_use]
    pub fn take(&self) -> Vec<Unsent> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets a request through that reads; notes any other.
    pub(super) fn pass(&self, request: &Request) -> Result<(), Error> {
        if reads(request) {
            return Ok(());
        }
        let unsent = Unsent {
            method: request.method.to_string(),
            path: request.path.clone(),
            body: SentBody::of(&request.body),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(unsent);
        Err(Error::NotSent(NotSent::DryRun))
    }
}
