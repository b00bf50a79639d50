//! Users as files: read page by page, written as they come, in flat memory however many there are.
//!
//! A file is there whole or not at all: what is written stands beside it until its end, under its name with `.part` behind,
//! together with how far it is, so that an export that broke off goes on from there.

mod ahead;
mod part;
mod run;
mod source;

pub use ahead::PagesAhead;
pub use part::{Begun, Part, Position};
pub use run::{Broken, Ended, Export, ExportError, Output};
pub use source::Source;
