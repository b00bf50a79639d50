//! The true loop with a clock that stands still: it moves on only when everything waits.

mod admins;
mod demo;
mod dry_run;
mod fakes;
mod frames;
mod invitations;
mod people;
mod performer;
mod plain;
mod read_only;
mod reader;
mod requests;
mod stage;
mod steps;
mod undo;
mod ways_out;
mod welcome;
