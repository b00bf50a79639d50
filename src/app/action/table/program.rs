//! The program itself.

use super::{PANES, Row, row};
use crate::app::action::{Action, Group::Program, Scope};

pub(super) const ALL: &[Row] = &[
    row(Action::Palette, &[":"], &[Scope::Panes, Scope::Help], Program, "everything, by name")
        .footer("all")
        .about("Finds everything that can be asked for by its name, and runs it."),
    row(Action::Record, &["!"], &[Scope::Panes, Scope::Record], Program, "all changes from here")
        .command("changes")
        .about("Shows what was changed from here, the latest first: whom, by whom, why, and what came of it."),
    row(Action::Requests, &["@"], &[Scope::Panes, Scope::Requests], Program, "requests sent")
        .command("requests")
        .about("Shows the requests sent to Clerk: path, status, time and trace id; y copies one for curl."),
    row(Action::Jobs, &["w"], &[Scope::Panes, Scope::Jobs], Program, "work: jobs")
        .command("jobs")
        .about("Shows the jobs on many users: how far each is, what failed and why, and how long it takes still."),
    row(Action::Pulse, &[], PANES, Program, "pulse: counts and bars")
        .command("pulse")
        .about("Counts who is there, banned and active, and who signed up each day; enter opens the list behind."),
    row(Action::About, &[], PANES, Program, "about: key, files")
        .command("about")
        .about("Shows the version, the instance, where the key was found, and the files that are used."),
    row(Action::Help, &["?"], &[Scope::Panes, Scope::Help], Program, "help")
        .footer("help")
        .about("Shows what every key does here."),
    row(Action::Trash, &[], PANES, Program, "copies of the deleted").command("trash").about(
        "Opens the recovery copies of who was deleted from here: a new user can be made of each, for thirty days.",
    ),
    row(Action::Blocklist, &[], PANES, Program, "who cannot sign up")
        .command("blocklist")
        .about("Opens the blocklist: addresses, domains and numbers that cannot be used to sign up."),
    row(Action::Allowlist, &[], PANES, Program, "who else can sign up")
        .command("allowlist")
        .about("Opens the allowlist: addresses, domains and numbers that can sign up where others cannot."),
    row(Action::Mask, &["M"], &[Scope::Panes, Scope::Record], Program, "mask personal data")
        .command("mask")
        .about("Shows stars in the place of names, addresses, numbers and metadata, for a screen that others see too."),
    row(Action::ReadOnly, &["ctrl-t"], PANES, Program, "only read; or change")
        .command("read-only")
        .about("Lets nothing be changed, whatever is pressed; again, it leaves that. On production it asks for the instance's name."),
    row(Action::Profiles, &["p"], PANES, Program, "profile: instance …")
        .command("profile")
        .about("Switches to another instance that has a name: nothing of this one is taken along, and its jobs stand still."),
    row(Action::Theme, &[], PANES, Program, "colours …")
        .command("theme")
        .about("Chooses the colours: the terminal's own, dark, light, of high contrast, or none."),
    row(Action::Mouse, &["%"], PANES, Program, "mouse: yours, ours")
        .about("Gives the mouse back to the terminal, so that dragging selects text; or takes it again."),
    row(Action::Redraw, &["ctrl-l"], &[Scope::Always], Program, "draw again").about("Paints the whole screen anew."),
    row(Action::Suspend, &["ctrl-z"], &[Scope::Always], Program, "suspend; fg comes back")
        .about("Gives the terminal back to the shell; fg comes back."),
    row(Action::Quit, &["q"], PANES, Program, "quit")
        .command("q")
        .footer("quit")
        .about("Leaves, once the change under way has ended."),
    row(Action::Interrupt, &["ctrl-c"], &[Scope::Always], Program, "quit, from anywhere")
        .about("Leaves from anywhere, also from a dialog."),
];
