//! Changing the fields of a user.

use super::{
    act::AskingArguments,
    doing::finish,
    fields::Fields,
    question::{can_ask, place, tell_unsent, yes},
    rows::{UserRow, now},
    whom::{only, protection},
};
use crate::{
    app::{
        Act, Change, ChangeId, Grounds, Made, Person,
        act::{About, FieldChange, ProfileAct, ProfileField},
    },
    cli::{
        Exit,
        fault::Stop,
        form::{FormArguments, print_json, remark},
        instance::InstanceArguments,
    },
    runtime::Perform,
    ui::Shown,
};
use clap::Args;
use jiff::tz::TimeZone;
use std::io::{self, Write};
use tokio::signal::unix::{SignalKind, signal};

#[derive(Debug, Args)]
pub(super) struct UpdateArguments {
    /// An id, an email address or a username
    #[arg(value_name = "USER")]
    user: String,
    #[command(flatten)]
    fields: Fields<ProfileField>,
    #[command(flatten)]
    asking: AskingArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

impl UpdateArguments {
    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let fields = self.fields.read()?;
        if fields.is_empty() {
            return Err(Stop::usage("no field is named that shall be changed; an empty text empties one"));
        }
        let mut opened = self.instance.open()?;
        opened.prepare(self.asking.dry_run).await?;
        let id = only(&opened, &self.user).await?.id;
        let row = UserRow::new(opened.clerk().await?.users().get(&id).await?.value);
        let known = row.known();
        let act = Act::Profile(ProfileAct::Edit(changes(&fields, known)?));
        let person = Person::of(known);
        let (who, zone) = (person.call(&id).to_owned(), TimeZone::system());
        let words = act.words(&About { who: &who, known, now: now(), time_zone: &zone, active_sessions: None });
        if let Some(why) = protection(&mut opened, known).await? {
            return Err(Stop::failed(format!("nothing was sent: {id} ({who}) is protected: {why}")));
        }
        if act.already(known, now()).is_some() {
            return end(self.form, known.raw(), &format!("{who} is so already."));
        }
        self.asking.check_one()?;
        let grounds = Grounds { undoes: None, reason: self.asking.reason.clone() };
        let change = Change { id: ChangeId(1), act, user: id, person, grounds };
        if self.asking.dry_run {
            return tell_unsent(&opened.performer.rehearse(change).await?, self.form);
        }
        if !self.asking.yes {
            can_ask(false)?;
            remark(&format!("  happens  {}", words.now));
            yes(&words.question, &place(&opened.site))?;
        }
        let interrupt = signal(SignalKind::interrupt()).map_err(|error| Stop::failed(error.to_string()))?;
        let (changed, is_interrupted) = finish(Box::pin(opened.performer.change(change)), interrupt).await;
        let changed = changed.map_err(|failure| Stop::from(failure).about(&words.failed))?;
        if let Made::User(user) = &changed.made {
            end(self.form, user.raw(), &words.done)?;
        }
        if let Some(reason) = &changed.unrecorded_outcome {
            remark(&format!("It was done, and its outcome could not be recorded: {reason}"));
            return Ok(Exit::Failed);
        }
        Ok(if is_interrupted { Exit::Interrupted } else { Exit::Done })
    }
}

/// What becomes of each field.
fn changes(fields: &[(ProfileField, String)], known: &crate::app::Known) -> Result<Vec<FieldChange>, Stop> {
    let change = |(field, typed): &(ProfileField, String)| match field.parse(typed, known) {
        Ok(to) => Ok(FieldChange { field: *field, from: field.read(known), to }),
        Err(words) => Err(Stop::usage(format!("{}: {words}", field.label()))),
    };
    let changes: Result<Vec<_>, _> = fields.iter().map(change).collect();
    // What stays as it is is not in the request.
    Ok(changes?.into_iter().filter(|change| change.from != change.to).collect())
}

fn end(form: FormArguments, raw: &str, words: &str) -> Result<Exit, Stop> {
    if form.is_json() {
        print_json(raw)?;
    } else {
        writeln!(io::stdout(), "{}", Shown::foreign(words).as_str())?;
    }
    Ok(Exit::Done)
}
