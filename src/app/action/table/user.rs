//! What is done to a user, by a key of its own or by a letter in the menu `.`.

use super::{PANES, Row, more, row};
use crate::app::action::{Action, Group::User};

pub(super) const ALL: &[Row] = &[
    row(Action::Ban, &["b"], PANES, User, "ban").footer("ban").about(
        "Signs the user out everywhere and lets nobody sign in as them until the ban is lifted. \
        Asks before it does.",
    ),
    row(Action::Unban, &["B"], PANES, User, "lift the ban")
        .footer("unban")
        .about("Lets the user sign in again. Sessions that the ban ended stay ended. Asks before it does."),
    row(Action::Lock, &["L"], PANES, User, "lock").footer("lock").about(
        "Lets nobody sign in as the user for as long as the instance's lock lasts; open sessions \
        go on. Asks before it does.",
    ),
    row(Action::Unlock, &["U"], PANES, User, "end the lock")
        .footer("unlock")
        .about("Ends the lock, so that the user can sign in again. Asks before it does."),
    row(Action::SignOut, &["x", "X"], PANES, User, "sign out everywhere").footer("sign out").about(
        "Ends every session of the user, one request each. They can sign in again. No undo. Asks \
        before it does.",
    ),
    row(Action::Delete, &["d"], PANES, User, "delete; asks to type")
        .footer("delete")
        .about("Deletes the user for good. No undo. Asks for their identifier to be typed."),
    row(Action::Impersonate, &["i"], PANES, User, "impersonate").about(
        "Makes a link with which whoever opens it is signed in as the user, for half an hour. Asks for a reason before it \
        does. Again, it shows the link and offers to end it.",
    ),
    row(Action::More, &["."], PANES, User, "more …")
        .footer("more")
        .about("Opens a menu of what has no key of its own."),
    more(Action::EndImpersonation, 'x', "end impersonation")
        .about("Takes your link back, and ends every session that you have opened as the user. Asks before it does."),
    more(Action::LinkSignIn, 'l', "sign-in link")
        .about("Makes a link with which the user signs in once, within a day. Asks before it does."),
    more(Action::Block, 'a', "block address or domain").about(
        "Puts an address of the user, its domain or their number on the blocklist, for new sign-ups. Asks before it \
        does.",
    ),
    more(Action::ReplaceEmailAddress, 'e', "replace email address")
        .about("Puts one email address in the place of all that the user has."),
    more(Action::ReplacePhoneNumber, 'n', "replace phone number")
        .about("Puts one phone number in the place of all that the user has."),
    more(Action::ReplaceMetadata, 'r', "replace metadata")
        .about("Puts whole bags of metadata in the place of those there are, whatever is there by then."),
    more(Action::SetImage, 'i', "upload a picture").about("Uploads a picture from this machine as the user's."),
    more(Action::DeleteImage, 'd', "remove the picture").about("Removes the user's picture. Asks before it does."),
    more(Action::SetPassword, 's', "set a password").about("Gives the user a new password."),
    more(Action::VerifyPassword, 'v', "verify a password").about("Asks Clerk whether a password is the user's."),
    more(Action::VerifyCode, 'o', "verify a code").about(
        "Asks Clerk whether a code of the authenticator or a backup code is the user's. A backup \
        code is used up by it.",
    ),
    more(Action::RemovePassword, 'p', "remove the password")
        .about("Takes the password away; the user signs in by other means. No undo. Asks before it does."),
    more(Action::SetPasswordCompromised, 'c', "password compromised")
        .about("Lets nobody sign in with the password until it has been changed. Asks before it does."),
    more(Action::UnsetPasswordCompromised, 'u', "not compromised")
        .about("Lets the password be used again. Asks before it does."),
    more(Action::DisableMfa, 'm', "remove second factors")
        .about("Removes every second factor: TOTP, backup codes, numbers for it. No undo. Asks before it does."),
    more(Action::DeleteTotp, 't', "remove TOTP")
        .about("Removes the authenticator application. No undo. Asks before it does."),
    more(Action::DeleteBackupCodes, 'b', "remove backup codes")
        .about("Removes all backup codes. No undo. Asks before it does."),
];
