//! Acts on users: which there are, and the way of each from names to outcomes.

use super::{
    WhomArguments,
    doing::{Done, carry_out},
    outcome::{Report, Skipped},
    question,
    rows::now,
    whom::Meant,
};
use crate::{
    app::{
        Fetched, RecordId,
        dialog::{Lot, Many},
        job::{JobAct, Plan},
    },
    cli::{
        Exit,
        fault::Stop,
        form::FormArguments,
        instance::{InstanceArguments, Opened},
    },
    runtime::Perform,
};
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(super) enum ActCommand {
    /// Ban users: sign them out everywhere, and let nobody sign in as them
    Ban(ActArguments),
    /// Lift the ban of users
    Unban(ActArguments),
    /// Lock users: let nobody sign in as them for a while
    Lock(ActArguments),
    /// End the lock of users
    Unlock(ActArguments),
    /// End every session of users
    RevokeSessions(ActArguments),
    /// Delete users for good; a copy of each is kept on this machine for thirty days
    Delete(DeleteArguments),
}

#[derive(Debug, Args)]
pub(super) struct ActArguments {
    #[command(flatten)]
    whom: WhomArguments,
    #[command(flatten)]
    asking: AskingArguments,
    #[command(flatten)]
    pub(super) form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

/// How it is asked and recorded.
#[derive(Debug, Args)]
#[command(next_help_heading = "Before it is done")]
pub(in crate::cli) struct AskingArguments {
    /// Why: it is recorded, and not sent
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: Option<String>,
    /// Tell each request that would be sent and who would be skipped, and send none
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Do it without asking; needed where nobody can be asked
    #[arg(short, long)]
    pub(in crate::cli) yes: bool,
    /// Do nothing unless it would change exactly so many; to delete several without being asked it has to be said
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) expect: Option<usize>,
}

impl AskingArguments {
    /// Whether one may be changed.
    pub(super) fn check_one(&self) -> Result<(), Stop> {
        self.check_count(1)
    }

    fn check_count(&self, count: usize) -> Result<(), Stop> {
        match self.expect {
            Some(expected) if expected != count => {
                Err(Stop::failed(format!("nothing was sent: {count} would be changed, and not {expected}")))
            }
            _ => Ok(()),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct DeleteArguments {
    #[command(flatten)]
    act: ActArguments,
    /// Keep no copy on this machine
    #[arg(long)]
    no_copies: bool,
}

impl ActCommand {
    /// What is done, and to whom.
    fn into_parts(self) -> (JobAct, ActArguments) {
        match self {
            Self::Ban(asked) => (JobAct::Ban, asked),
            Self::Unban(asked) => (JobAct::Unban, asked),
            Self::Lock(asked) => (JobAct::Lock, asked),
            Self::Unlock(asked) => (JobAct::Unlock, asked),
            Self::RevokeSessions(asked) => (JobAct::SignOut, asked),
            Self::Delete(asked) => (JobAct::Delete { copies: !asked.no_copies }, asked.act),
        }
    }

    pub(super) fn form(&self) -> FormArguments {
        match self {
            Self::Ban(asked)
            | Self::Unban(asked)
            | Self::Lock(asked)
            | Self::Unlock(asked)
            | Self::RevokeSessions(asked) => asked.form,
            Self::Delete(asked) => asked.act.form,
        }
    }

    pub(super) async fn run(self) -> Result<Exit, Stop> {
        let (act, ActArguments { whom, asking, form, instance }) = self.into_parts();
        let mut opened = instance.open()?;
        act_on(act, &whom, &asking, form, &mut opened).await
    }
}

/// Does it to all that are meant: looks them up, asks, does it, and tells what came of it for each.
pub(super) async fn act_on(
    act: JobAct,
    whom: &WhomArguments,
    asking: &AskingArguments,
    form: FormArguments,
    opened: &mut Opened,
) -> Result<Exit, Stop> {
    opened.prepare(asking.dry_run).await?;
    let meant = whom.look_up(opened, form).await?;
    act_on_meant(act, meant, None, whom.reads_input(), asking, form, opened).await
}

/// The same, with those who were found; where it takes back what `undoes` did.
pub(in crate::cli) async fn act_on_meant(
    act: JobAct,
    meant: Meant,
    undoes: Option<RecordId>,
    input_is_taken: bool,
    asking: &AskingArguments,
    form: FormArguments,
    opened: &mut Opened,
) -> Result<Exit, Stop> {
    let Meant { targets, unmatched, chosen } = meant;
    let mut many = Many::new(act, targets, chosen, opened.site.clone(), opened.protected.clone());
    if let Some(record) = undoes {
        many = many.undoing(record);
    }
    many.give_reason(asking.reason.as_deref().unwrap_or_default());
    look_at(&mut many, opened).await?;
    let skipped = skipped(&many);
    // There is one unless a box is ticked, which nobody does here.
    let Some(plan) = many.plans().into_iter().next() else { return Ok(Exit::Done) };
    if asking.dry_run {
        opened.performer.rehearse_job(&plan).await?;
        return question::rehearse(&plan, &skipped, &unmatched, &many.words(), form);
    }
    let (count, site) = (plan.targets.len(), opened.site.clone());
    let report = Report::new(plan.act.clone(), skipped, unmatched, site);
    if count == 0 {
        return report.print(&Done::default(), form);
    }
    check(asking, &plan)?;
    if !asking.yes {
        question::ask(&many, input_is_taken)?;
    }
    let done = carry_out(plan, opened).await?;
    report.print(&done, form)
}

/// Tells that there was nobody to do it to, to programs as ever.
pub(in crate::cli) fn nobody(act: JobAct, opened: &Opened, form: FormArguments) -> Result<Exit, Stop> {
    if !form.is_json() {
        return Ok(Exit::Done);
    }
    Report::new(act, Vec::new(), Vec::new(), opened.site.clone()).print(&Done::default(), form)
}

/// Looks how they are, so that nothing is sent about those who are so already, or must not be touched.
async fn look_at(many: &mut Many, opened: &Opened) -> Result<(), Stop> {
    loop {
        let wanted = many.wants();
        if wanted.is_empty() {
            return many.people().failure().map_or(Ok(()), |failure| Err(failure.clone().into()));
        }
        for (place, fetch) in wanted {
            let users = opened.performer.fetch(fetch).await.and_then(|fetched| match fetched {
                Fetched::Users(users) => Ok(users),
                _ => Err(crate::app::Failure::Internal("another answer came than was asked for".to_owned())),
            });
            many.take(place, users, now());
        }
    }
}

fn skipped(many: &Many) -> Vec<Skipped> {
    let others = many.people().iter().filter(|(_, lot)| *lot != Lot::Changed);
    others.map(|(target, lot)| Skipped { target: target.clone(), lot }).collect()
}

/// Whether so many may be changed.
fn check(asking: &AskingArguments, plan: &Plan) -> Result<(), Stop> {
    let count = plan.targets.len();
    if asking.expect.is_none() && asking.yes && count > 1 && matches!(plan.act, JobAct::Delete { .. }) {
        return Err(Stop::usage(format!(
            "nothing was sent: to delete {count} users without being asked, say how many with --expect {count}"
        )));
    }
    asking.check_count(count)
}
