//! Making a user.

use super::{
    act::AskingArguments,
    doing::finish,
    fields::Fields,
    question::{can_ask, place, tell_unsent, yes},
    rows::UserRow,
};
use crate::{
    app::{Made, NewUser, NewUserField},
    cli::{
        Exit,
        fault::Stop,
        form::{Form, FormArguments, print_json, remark},
        instance::InstanceArguments,
    },
    runtime::Perform,
};
use clap::Args;
use std::io::{self, Write};
use tokio::signal::unix::{SignalKind, signal};

#[derive(Debug, Args)]
pub(super) struct CreateArguments {
    #[command(flatten)]
    fields: Fields<NewUserField>,
    #[command(flatten)]
    asking: AskingArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

impl CreateArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let input_is_taken = self.fields.reads_input();
        let fields = self.fields.read()?;
        let typed = |field| fields.iter().find(|(other, _)| *other == field).map(|(_, text)| text.clone());
        let new = NewUser::read(|field| typed(field).unwrap_or_default())
            .map_err(|(field, words)| Stop::usage(format!("{}: {words}", field.label())))?;
        self.asking.check_one()?;
        let mut opened = self.instance.open()?;
        opened.prepare(self.asking.dry_run).await?;
        if self.asking.dry_run {
            return tell_unsent(&opened.performer.rehearse_creation(new).await?, self.form);
        }
        let who = match new.identifier() {
            Some(identifier) if identifier != new.call() => format!("{} ({identifier})", new.call()),
            _ => new.call(),
        };
        if !self.asking.yes {
            can_ask(input_is_taken)?;
            yes(&format!("Create {who}"), &place(&opened.site))?;
        }
        let interrupt = signal(SignalKind::interrupt()).map_err(|error| Stop::failed(error.to_string()))?;
        let (created, is_interrupted) = finish(Box::pin(opened.performer.create(new)), interrupt).await;
        let created = created.map_err(|failure| Stop::from(failure).about(&format!("{who} was not created")))?;
        if let Made::User(user) = created.made {
            let row = UserRow::new(*user);
            match self.form.form() {
                Form::Table => writeln!(io::stdout(), "{}", row.known().id)?,
                Form::Json | Form::Ndjson => print_json(row.known().raw())?,
            }
        }
        let unrecorded = created.unrecorded_outcome;
        if let Some(reason) = &unrecorded {
            remark(&format!("It was done, and its outcome could not be recorded: {reason}"));
        }
        Ok(match (is_interrupted, unrecorded) {
            (true, _) => Exit::Interrupted,
            (false, Some(_)) => Exit::Failed,
            (false, None) => Exit::Done,
        })
    }
}
