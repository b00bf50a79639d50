//! Users from files: what another system exported, made into users of an instance.
//!
//! A file is read as [`rows`] of named values, whichever form it has. A [`Mapping`] says which of its columns is which
//! [`Part`] of a user; a [`Draft`] is the user that a row makes, or says what is wrong with it. [`survey`] reads a whole
//! file so, before anything is sent, and [`who_exists`] asks who is there already. An [`Import`] then creates each of the
//! others once: its [`Journal`] says what was sent, and what came of it, so that an import that breaks off goes on, and can
//! be taken back. No secret is written down.

mod asking;
mod broken;
mod check;
mod draft;
mod drafts;
mod existing;
mod faults;
mod file;
mod firebase;
mod identifier;
mod journal;
mod ledger;
mod mapping;
mod part;
mod question;
mod quotes;
mod read_back;
mod report;
mod run;
mod source;
mod survey;
mod values;

pub use asking::who_exists;
pub use broken::{Broken, ImportError};
pub use draft::Draft;
pub use existing::Existing;
pub use faults::Fault;
pub use file::{ReadError, Row, fingerprint, rows};
pub use firebase::{FirebaseHash, FirebaseHashError};
pub use identifier::Identifier;
pub use journal::{Header, Journal, JournalError, Outcome, Sent, Told};
pub use mapping::{Mapping, MappingError};
pub use part::Part;
pub use report::report;
pub use run::{Ended, Import, Progress};
pub use source::Source;
pub use survey::{Survey, survey};
