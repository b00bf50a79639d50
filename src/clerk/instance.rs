//! The operations on the instance itself.

use super::{
    Answer, Error,
    model::Instance,
    transport::{Request, Transport},
};

/// The instance that the key opens; see [`Clerk::instance`](super::Clerk::instance).
#[derive(Clone, Copy, Debug)]
pub struct InstanceSettings<'a> {
    pub(super) transport: &'a Transport,
}

impl InstanceSettings<'_> {
    /// What it is: `GET /v1/instance`.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn get(&self) -> Result<Answer<Instance>, Error> {
        self.transport.send(&Request::get(&["instance"], Vec::new())).await
    }
}
