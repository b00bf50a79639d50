//! lazyclerk: a terminal dashboard for the users of Clerk, and a local Clerk Backend API to try it on.
//!
//! - [`clerk`]: the client of Clerk's Backend API.
//! - [`app`]: what the program knows and decides, without any input or output.
//! - [`runtime`]: the loop around it: terminal, requests, timers, signals.

pub mod app;
pub mod clerk;
pub mod runtime;
