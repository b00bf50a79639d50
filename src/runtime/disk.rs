//! Waiting for the disk off the threads that serve.

use tokio::task::spawn_blocking;

/// Does something that waits for the disk. Where it panics, `lost` makes a failure of what is known of that.
pub(super) async fn on_disk<T, E>(
    lost: fn(String) -> E,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: Send + 'static,
{
    spawn_blocking(work).await.unwrap_or_else(|error| Err(lost(error.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Failure;

    #[tokio::test]
    async fn what_panics_there_is_a_failure_of_its_kind() {
        let lost = on_disk(Failure::Notes, || -> Result<(), Failure> { panic!("on purpose") }).await;
        assert!(matches!(lost, Err(Failure::Notes(words)) if words.contains("on purpose")));
    }
}
