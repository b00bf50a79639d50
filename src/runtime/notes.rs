//! Reading and keeping private notes.

use super::disk::on_disk;
use crate::{
    app::Failure,
    notes::{Notes, NotesError},
};

/// Does something with the notes, off the threads that serve.
pub(super) async fn with<T: Send + 'static>(
    notes: Notes,
    work: impl FnOnce(&Notes) -> Result<T, NotesError> + Send + 'static,
) -> Result<T, Failure> {
    on_disk(Failure::Notes, move || work(&notes).map_err(|error| Failure::Notes(error.to_string()))).await
}
