//! `lazyclerk users`: what the dashboard does, for scripts.

mod act;
mod create;
mod doing;
mod fields;
mod filter;
mod get;
mod list;
mod metadata;
mod outcome;
mod question;
mod rows;
mod update;
mod whom;

use super::{Exit, fault::Stop, form::FormArguments};
use clap::{Args, Subcommand};
use tokio::runtime::Runtime;

pub(super) use act::{AskingArguments, act_on_meant, nobody};
pub(super) use filter::{FilterArguments, OrderArguments};
pub(super) use question::{can_ask, place, yes};
pub(super) use rows::now;
pub(super) use whom::{Meant, look_up};

use whom::WhomArguments;

#[derive(Debug, Args)]
#[command(after_help = "\
A USER is named by an id, an email address, or a username; with @ before it, surely by a username. What changes something \
asks first, unless --yes; whom the configuration protects nothing here touches.

To act on more than one user is a job: written down before it is sent, held to a share of the rate limit, undone in the \
dashboard like any other. Ctrl-c lets what is under way end, and leaves the rest.

Exit codes: 0 done, 1 not all of it, 2 wrong usage, 3 no key or a wrong one, 4 not there, 130 interrupted.")]
pub(super) struct UsersArguments {
    #[command(subcommand)]
    command: UsersCommand,
}

#[derive(Debug, Subcommand)]
enum UsersCommand {
    /// Print users, the newest first unless another order is asked for
    #[command(visible_alias = "ls")]
    List(Box<list::ListArguments>),
    /// Print all about some users
    Get(get::GetArguments),
    /// Print how many users there are
    Count(Box<list::CountArguments>),
    /// Print where a user belongs
    Memberships(list::MembershipsArguments),
    /// Print where a user is invited to
    Invitations(list::InvitationsArguments),
    /// Print where a user is signed in, and was
    Sessions(list::SessionsArguments),
    /// Print metadata, or change one key of it, of one user or many
    Metadata(Box<metadata::MetadataArguments>),
    /// Make a user, and print the id; what they sign in by counts as verified
    Create(Box<create::CreateArguments>),
    /// Change fields of a user
    Update(Box<update::UpdateArguments>),
    #[command(flatten)]
    Act(act::ActCommand),
}

pub(super) fn run(runtime: &Runtime, arguments: UsersArguments) -> Exit {
    let form = arguments.command.form();
    let done = runtime.block_on(arguments.command.run());
    done.unwrap_or_else(|stop| stop.tell(form.is_json()))
}

impl UsersCommand {
    fn form(&self) -> FormArguments {
        match self {
            Self::List(asked) => asked.form,
            Self::Get(asked) => asked.form,
            Self::Count(asked) => asked.form,
            Self::Memberships(asked) => asked.form,
            Self::Invitations(asked) => asked.form,
            Self::Sessions(asked) => asked.form,
            Self::Metadata(asked) => asked.form,
            Self::Create(asked) => asked.form,
            Self::Update(asked) => asked.form,
            Self::Act(asked) => asked.form(),
        }
    }

    async fn run(self) -> Result<Exit, Stop> {
        match self {
            Self::List(asked) => asked.run().await,
            Self::Get(asked) => asked.run().await,
            Self::Count(asked) => asked.run().await,
            Self::Memberships(asked) => asked.run().await,
            Self::Invitations(asked) => asked.run().await,
            Self::Sessions(asked) => asked.run().await,
            Self::Metadata(asked) => asked.run().await,
            Self::Create(asked) => asked.run().await,
            Self::Update(asked) => asked.run().await,
            Self::Act(asked) => asked.run().await,
        }
    }
}
