//! Asking who exists already, with progress, before anybody is created.

use super::Read;
use crate::{
    cli::{fault::Stop, instance::Opened, progress::Progress as Line},
    import::{Existing, Told, who_exists},
};
use std::collections::BTreeMap;

/// Who exists already of those whom a file makes, by their rows. It only reads.
pub(super) async fn ask(read: &Read, told: &Told, opened: &Opened) -> Result<BTreeMap<u64, Existing>, Stop> {
    let file = read.file.try_clone().map_err(|error| Stop::failed(error.to_string()))?;
    let clerk = opened.performer.clerk().await?.in_background();
    let line = Line::new();
    let mut progress = |done| line.tell_part(done, 0, Some(read.survey.users), "users asked about");
    let found = who_exists(&clerk, file, &read.mapping, told, &mut progress).await;
    line.clear();
    found.map_err(|why| super::carrying::stop_of(why).about("nothing was sent, as it is not known who exists already"))
}
