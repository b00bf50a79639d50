//! Recovery copies: what Clerk knew of a user, kept on this machine before the user is deleted, for thirty days.
//!
//! Clerk keeps nothing of the deleted. So the copy is on the disk before the request is sent, and where it cannot be written
//! nobody is deleted. One file for each day, of JSON lines, in a folder for its owner alone. A file that many lines are
//! appended to at once waits for the disk once. Everything in [`Trash`] waits for the disk: call it where waiting is allowed.

mod copy;
mod folder;
mod line;
mod restore;
mod taken;

pub use copy::{CopiedMembership, UserCopy};
pub use folder::{KEPT, Kept, Trash, TrashError};
pub use line::{Line, Whose};
pub use restore::{Planned, Restored, creation, in_brief, requests, restore};

#[cfg(test)]
mod tests;
