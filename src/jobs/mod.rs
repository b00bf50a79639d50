//! Work on many users, carried out: written down, sent, and written down again.
//!
//! What a job is and what comes next is decided in [`app::job`](crate::app::job). Here it meets the disk and the network.

mod check;
pub mod journal;
mod lines;
mod look;
mod manager;
mod memberships;
mod outcomes;
mod pace;
mod reconcile;
mod recorder;
mod runner;
mod send;

pub use lines::dry_run;
pub use manager::{JobError, Jobs, expire, unfinished};
pub use outcomes::{failed, save_outcomes};
