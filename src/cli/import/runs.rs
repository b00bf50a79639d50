//! The imports of this machine, listed.

use crate::{
    cli::{
        Exit,
        fault::Stop,
        form::{Cell, FormArguments, Paper, Printer, Row},
    },
    import::{Journal, Told},
};
use serde_json::json;
use std::{borrow::Cow, io, path::Path};

struct Run(Told);

impl Row for Run {
    const HEADS: &'static [&'static str] = &["import", "begun", "instance", "file", "created", "existing", "of"];
    const SPARE: &'static [&'static str] = &["instance"];

    fn id(&self) -> &str {
        &self.0.header.run
    }

    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
        let header = &self.0.header;
        vec![
            Cell::new(header.run.as_str()),
            paper.moment(Some(header.begun_at)),
            Cell::new(header.instance.as_str()),
            Cell::new(header.file.as_str()),
            Cell::new(self.0.created().count().to_string()),
            Cell::new(self.0.left_alone.to_string()),
            Cell::new(header.users.to_string()),
        ]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        let header = &self.0.header;
        let told = json!({
            "import": header.run, "begun_at": header.begun_at, "instance": header.instance,
            "instance_id": header.instance_id, "file": header.file, "source": header.source,
            "created": self.0.created().count(), "existing": self.0.left_alone, "users": header.users,
        });
        Ok(told.to_string().into())
    }
}

/// Prints them, the latest first.
pub(super) fn list(state: &Path, form: FormArguments) -> Result<Exit, Stop> {
    let all = Journal::all(state).map_err(|error| Stop::failed(error.to_string()))?;
    let runs: Vec<Run> = all.into_iter().rev().map(|(_, told)| Run(told)).collect();
    let mut printer = Printer::new(form.form());
    printer.print(&runs)?;
    printer.end()?;
    Ok(Exit::Done)
}
