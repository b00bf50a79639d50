//! lazyclerk: a terminal dashboard for the users of Clerk, and a local Clerk Backend API to try it on.
//!
//! - [`clerk`]: the client of Clerk's Backend API.

pub mod clerk;
