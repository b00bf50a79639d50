//! lazyclerk: a terminal dashboard for the users of Clerk, and a local Clerk Backend API to try it on.
//!
//! - [`clerk`]: the client of Clerk's Backend API.
//! - [`emulator`]: the Backend API, served on this machine.
//! - [`app`]: what the program knows and decides, without any input or output.
//! - [`runtime`]: the loop around it: terminal, requests, timers, signals.
//! - [`ui`]: what it looks like.
//! - [`cli`]: the command line.
//! - [`jobs`]: work on many users, carried out.
//! - [`export`]: users as files, written page by page.
//! - [`import`]: users from files that other systems wrote.
//! - [`audit`]: the record of every change made.
//! - [`trash`]: recovery copies of the deleted.
//! - [`notes`]: private notes on users, kept on this machine.
//! - [`config`]: settings from outside.
//! - [`memory`]: what is remembered from one start to the next.

#[cfg(not(unix))]
compile_error!("lazyclerk needs a Unix: its terminal, its signals and files that are their owner's alone");

pub mod app;
pub mod audit;
mod cells;
pub mod clerk;
pub mod cli;
pub mod config;
pub mod emulator;
pub mod export;
pub mod import;
pub mod jobs;
mod journal_file;
pub mod memory;
pub mod notes;
mod private;
pub mod runtime;
pub mod trash;
pub mod ui;
