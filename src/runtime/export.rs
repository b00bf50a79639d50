//! Users, written to a file.

use super::{disk::on_disk, files::place};
use crate::{
    app::{Exporting, Failure, Fetched, export::Sheet},
    clerk::Clerk,
    export::{Begun, Broken, Ended, Export, Output, Part, Position, Source},
};
use std::{io, path::Path};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Writes them, in the background lane, to a file that is not there yet. When the future is dropped, there is none.
pub(super) async fn write(clerk: &Clerk, exporting: Exporting) -> Result<Fetched, Failure> {
    let Exporting { who, path: typed, format } = exporting;
    let path = place(&typed);
    let failed = move |error: io::Error| Failure::Export { path: typed.clone(), reason: error.to_string() };
    let (target, refused) = (path.clone(), failed.clone());
    let part = on_disk(Failure::Internal, move || open(&target).map_err(refused)).await?;
    let (stop, (told, _)) = (CancellationToken::new(), watch::channel(0));
    let _stops = stop.clone().drop_guard();
    let export = Export {
        source: Source::of(who),
        sheet: Sheet::new(format, None),
        output: Output::File(part),
        position: Position::default(),
    };
    match export.run(&clerk.in_background(), &stop, told, false).await {
        Ok(Ended::Whole(users)) => Ok(Fetched::Exported { path: std::path::absolute(&path).unwrap_or(path), users }),
        Ok(Ended::Stopped(_)) => Err(failed(io::Error::other("it was stopped"))),
        Err(error) => Err(match error.why {
            Broken::Clerk(error) => error.into(),
            Broken::Output(error) => failed(error),
            Broken::Row(error) => Failure::Internal(error.to_string()),
        }),
    }
}

/// Begins the file. What is there already stays: nobody is asked, and so nothing is lost.
fn open(target: &Path) -> io::Result<Part> {
    if target.symlink_metadata().is_ok() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is one of this name already"));
    }
    match Part::open(target, false)? {
        Begun::Anew(part) | Begun::Further(part, _) => Ok(part),
    }
}
