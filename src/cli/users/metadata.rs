//! Metadata: printed, and one key of it set or taken away.

use super::{
    WhomArguments,
    act::{AskingArguments, act_on},
    get::read,
    rows::JsonRow,
};
use crate::{
    app::{act::Bag, job::JobAct},
    cli::{
        Exit,
        fault::Stop,
        form::{Form, FormArguments, Printer, print_json},
        instance::{InstanceArguments, Opened},
    },
};
use clap::Args;
use serde_json::{Value, json};
use std::io::{self, Write};
use strum::IntoEnumIterator;

#[derive(Debug, Args)]
pub(super) struct MetadataArguments {
    #[command(flatten)]
    whom: WhomArguments,
    /// Set one key: public.plan=pro. The value is JSON; what is none is a text
    #[arg(long, value_name = "BAG.KEY=VALUE", value_parser = setting, conflicts_with = "unset")]
    set: Option<Setting>,
    /// Take one key away: private.risk
    #[arg(long, value_name = "BAG.KEY", value_parser = place)]
    unset: Option<Place>,
    #[command(flatten)]
    asking: AskingArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

/// A key at the top of a bag.
#[derive(Clone, Debug, PartialEq)]
struct Place {
    bag: Bag,
    key: String,
}

/// A key, and what it shall hold.
#[derive(Clone, Debug, PartialEq)]
struct Setting {
    place: Place,
    value: Value,
}

fn place(typed: &str) -> Result<Place, String> {
    let wrong = || "written as BAG.KEY, where BAG is public, private or unsafe".to_owned();
    let (name, key) = typed.split_once('.').filter(|(_, key)| !key.is_empty()).ok_or_else(wrong)?;
    let bag = Bag::iter().find(|bag| bag.label() == name).ok_or_else(wrong)?;
    Ok(Place { bag, key: key.to_owned() })
}

fn setting(typed: &str) -> Result<Setting, String> {
    let (typed_place, value) = typed.split_once('=').ok_or("written as BAG.KEY=VALUE")?;
    let place = place(typed_place)?;
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
    if value.is_null() {
        return Err("null takes a key away: --unset does".to_owned());
    }
    Ok(Setting { place, value })
}

impl MetadataArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let act = match (self.set, self.unset) {
            (Some(Setting { place: Place { bag, key }, value }), _) => {
                Some(JobAct::SetMetadata { bag, key, to: Some(value) })
            }
            (None, Some(Place { bag, key })) => Some(JobAct::SetMetadata { bag, key, to: None }),
            (None, None) => None,
        };
        let mut opened = self.instance.open()?;
        match act {
            Some(act) => act_on(act, &self.whom, &self.asking, self.form, &mut opened).await,
            None => print(&self.whom, self.form, &opened).await,
        }
    }
}

/// Prints the metadata of each: of one the object itself.
async fn print(whom: &WhomArguments, asked: FormArguments, opened: &Opened) -> Result<Exit, Stop> {
    let (meant, form) = (whom.look_up(opened, asked).await?, asked.form());
    let ids: Vec<_> = meant.targets.into_iter().map(|target| target.id).collect();
    let mut missing = meant.unmatched.len();
    let is_one = ids.len() == 1 && missing == 0;
    let mut printer = Printer::new(if form == Form::Table { Form::Ndjson } else { form });
    for some in ids.chunks(100) {
        let users = read(opened, some).await?;
        missing += some.len() - users.len();
        let bags: Vec<JsonRow> = users
            .iter()
            .map(|row| {
                let mut object = json!({ "user_id": row.known().id });
                for bag in Bag::iter() {
                    object[bag.parameter()] = Value::Object(bag.read(row.known()));
                }
                JsonRow(object)
            })
            .collect();
        match (is_one, form, bags.as_slice()) {
            (true, Form::Table, [JsonRow(one)]) => {
                let pretty = serde_json::to_string_pretty(one).map_err(io::Error::from)?;
                let is_seen = io::IsTerminal::is_terminal(&io::stdout());
                for line in pretty.lines() {
                    writeln!(io::stdout(), "{}", crate::cli::harmless(line, is_seen))?;
                }
                return Ok(Exit::Done);
            }
            (true, _, [JsonRow(one)]) => {
                print_json(&one.to_string())?;
                return Ok(Exit::Done);
            }
            _ => printer.print(&bags)?,
        }
    }
    printer.end()?;
    Ok(if missing == 0 { Exit::Done } else { Exit::Failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_json_or_a_text() {
        let value = |typed: &str| setting(typed).map(|setting| setting.value);
        assert_eq!(value("public.plan=pro"), Ok(json!("pro")));
        assert_eq!(value("public.seats=3"), Ok(json!(3)));
        assert_eq!(value("unsafe.a={\"b\":[1]}"), Ok(json!({ "b": [1] })));
        assert_eq!(value("private.note=a=b"), Ok(json!("a=b")));
        assert_eq!(setting("private.a.b=1").map(|setting| setting.place.key), Ok("a.b".to_owned()));
        for wrong in ["plan=pro", "public=1", "public.=1", "secret.a=1", "public.plan", "public.plan=null"] {
            assert!(setting(wrong).is_err(), "{wrong}");
        }
    }
}
