//! The true loop with a clock that stands still: it moves on only when everything waits.

mod frames;
mod people;
mod requests;
mod stage;
mod ways_out;
