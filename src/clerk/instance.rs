//! The instance that the key opens.

use super::{Answer, Clerk, Error, decode, model, request::Request};

/// The instance endpoints. From [`Clerk::instance`].
#[derive(Clone, Copy, Debug)]
pub struct Instance<'clerk> {
    pub(super) clerk: &'clerk Clerk,
}

impl Instance<'_> {
    /// What the instance is: development or production, say. `GET /v1/instance`
    ///
    /// # Errors
    ///
    /// 401 when Clerk does not know the key.
    pub async fn get(&self) -> Result<Answer<model::Instance>, Error> {
        self.clerk.send(&Request::get(&["instance"])?, decode::object).await
    }
}
