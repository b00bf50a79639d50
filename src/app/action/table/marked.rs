//! What is done to the marked by a letter in the menu `.`, beside what has a key of its own.

use super::{PANES, Row, row};
use crate::app::action::{Action, Group::Marked};

/// An action that has a letter in the menu `.` while somebody is marked.
const fn marked(action: Action, letter: char, help: &'static str) -> Row {
    Row { more: Some(letter), ..row(action, &[], PANES, Marked, help) }
}

pub(super) const ALL: &[Row] = &[
    marked(Action::SetMetadataKey, 'm', "set a metadata key").about(
        "Gives one key of the metadata of everybody marked a value, or takes it away; every other key stays. Asks before \
        it does.",
    ),
    marked(Action::BlockAddresses, 'a', "block their addresses").about(
        "Puts the email address of everybody marked on the blocklist, for new sign-ups. Asks before it does.",
    ),
    marked(Action::BlockDomains, 'd', "block their domains").about(
        "Puts the domains of the email addresses of everybody marked on the blocklist, for new sign-ups. Asks before it \
        does.",
    ),
    marked(Action::BlockNumbers, 'p', "block their numbers").about(
        "Puts the phone number of everybody marked on the blocklist, for new sign-ups. Asks before it does.",
    ),
    marked(Action::RemoveMembers, 'r', "remove from this org").about(
        "Ends the membership of everybody marked in the organization whose members the list shows. Asks before it does.",
    ),
    marked(Action::RemoveFromOrganization, 'o', "remove from an org …").about(
        "Asks for an organization, and ends the membership of everybody marked there. Asks before it does.",
    ),
];
