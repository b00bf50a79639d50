//! Reading and keeping private notes.

use crate::{
    app::Failure,
    notes::{Notes, NotesError},
};
use tokio::task::spawn_blocking;

/// Does something with the notes, off the threads that serve.
pub(super) async fn with<T: Send + 'static>(
    notes: Notes,
    work: impl FnOnce(&Notes) -> Result<T, NotesError> + Send + 'static,
) -> Result<T, Failure> {
    let done = spawn_blocking(move || work(&notes)).await;
    let done = done.map_err(|error| Failure::Notes(error.to_string()))?;
    done.map_err(|error| Failure::Notes(error.to_string()))
}
