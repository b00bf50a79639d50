//! `lazyclerk profile list`.

use super::read;
use crate::{
    clerk::Endpoint,
    cli::{
        Exit,
        fault::Stop,
        form::{Cell, FormArguments, Paper, Printer, Row},
    },
    config::Profile,
};
use clap::Args;
use serde_json::json;
use std::{borrow::Cow, io, path::Path};

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    #[command(flatten)]
    form: FormArguments,
}

/// A profile, and whether it is the one to open.
struct Listed<'a> {
    profile: &'a Profile,
    is_default: bool,
}

impl ListArguments {
    pub(super) fn is_json(&self) -> bool {
        self.form.is_json()
    }

    pub(super) fn run(self, chosen: Option<&Path>) -> Result<Exit, Stop> {
        let config = read(chosen)?;
        let default = config.default_profile.as_deref();
        let rows: Vec<Listed<'_>> = config
            .profiles
            .values()
            .map(|profile| Listed { profile, is_default: default == Some(&profile.name) })
            .collect();
        let mut printer = Printer::new(self.form.form());
        printer.print(&rows)?;
        printer.end()?;
        Ok(Exit::Done)
    }
}

impl Row for Listed<'_> {
    const HEADS: &'static [&'static str] = &["name", "host", "key", "instance", "starts", "default"];
    const SPARE: &'static [&'static str] = &["instance", "key"];

    fn id(&self) -> &str {
        &self.profile.name
    }

    fn cells(&self, paper: &Paper) -> Vec<Cell<'_>> {
        let starts = match self.profile.read_only {
            Some(true) => "read-only",
            Some(false) => "writable",
            None => "",
        };
        vec![
            Cell::styled(self.profile.name.as_str(), paper.theme.instance(self.profile.color)),
            Cell::new(self.profile.endpoint.clone().unwrap_or_default().host().to_owned()),
            Cell::new(self.profile.key.to_string()),
            self.profile.instance_id.as_deref().into(),
            Cell::new(starts),
            Cell::new(if self.is_default { "default" } else { "" }),
        ]
    }

    fn json(&self) -> io::Result<Cow<'_, str>> {
        let profile = self.profile;
        let url = profile.endpoint.as_ref().map_or_else(|| Endpoint::DEFAULT.to_owned(), ToString::to_string);
        let json = json!({
            "name": profile.name, "api_url": url, "key": profile.key.to_string(), "instance_id": profile.instance_id,
            "read_only": profile.read_only, "actor": profile.actor, "color": profile.color, "default": self.is_default,
        });
        Ok(json.to_string().into())
    }
}
