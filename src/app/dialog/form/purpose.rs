//! What forms there are, and the fields of each.

use super::FormField;
use crate::app::{act::ProfileField, new_user::NewUserField, person::Known};
use strum::{EnumIter, IntoEnumIterator};

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Purpose {
    /// Creating a user.
    Create,
    /// Changing who a user is.
    Edit,
    /// Putting one email address in the place of all.
    ReplaceEmailAddress,
    /// Putting one phone number in the place of all.
    ReplacePhoneNumber,
    /// Setting a password.
    SetPassword,
    /// Asking whether a password is the user's.
    VerifyPassword,
    /// Asking whether a code is the user's.
    VerifyCode,
    /// Keeping a private note.
    Note,
    /// Giving one key of the metadata of many a value.
    SetKey,
    /// Putting an identifier on the blocklist.
    Block,
    /// Putting an identifier on the allowlist.
    Allow,
    /// Inviting somebody to an organization.
    Invite,
    /// Naming the instance, to change things again.
    LeaveReadOnly,
}

impl Purpose {
    /// Whether it is about a user that there is.
    #[must_use]
    pub fn is_about_user(self) -> bool {
        !matches!(self, Self::Create | Self::SetKey | Self::Block | Self::Allow | Self::Invite | Self::LeaveReadOnly)
    }

    /// What the form is called, before the user's name if it is about one: "Edit".
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Create => "New user",
            Self::Edit => "Edit",
            Self::ReplaceEmailAddress => "Replace the email addresses of",
            Self::ReplacePhoneNumber => "Replace the phone numbers of",
            Self::SetPassword => "Set the password of",
            Self::VerifyPassword => "Verify the password of",
            Self::VerifyCode => "Verify a code of",
            Self::Note => "Note on",
            Self::SetKey => "Set a metadata key of the marked",
            Self::Block => "Block",
            Self::Allow => "Allow",
            Self::Invite => "Invite to",
            Self::LeaveReadOnly => "Leave read-only",
        }
    }

    /// What enter does, at most 12 columns.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Note => "keep",
            Self::Block => "block",
            Self::Allow => "allow",
            Self::LeaveReadOnly => "leave it",
            _ => "go on",
        }
    }

    /// What is said below the fields.
    #[must_use]
    pub fn note(self) -> &'static str {
        match self {
            Self::Create => "What is left empty is left out. enter creates at once.",
            Self::Edit => "Only what differs is sent. An emptied field is cleared.",
            Self::ReplaceEmailAddress | Self::ReplacePhoneNumber => {
                "It takes the place of all, and counts as verified."
            }
            Self::SetPassword => "Type a password, or what another system has stored of it.",
            Self::VerifyPassword => "It is compared at Clerk, and kept nowhere.",
            Self::Note => "Kept on this machine only, and never sent. Emptied, it goes.",
            Self::SetKey => "Every other key stays. null takes the key away.",
            Self::Block => "Nobody can sign up with it, where the blocklist is switched on. enter blocks at once.",
            Self::Allow => {
                "It can sign up where others cannot. With yes, Clerk sends an invitation. enter allows at once."
            }
            Self::Invite => "Whoever has the link can join, once. It is asked before anything is sent.",
            Self::LeaveReadOnly => {
                "Type what the instance is called, as it stands above. What changes users then does so again."
            }
            Self::VerifyCode => "Of the authenticator application, or a backup code, which is used up by it.",
        }
    }

    pub(super) fn fields(self, known: Option<&Known>) -> Vec<FormField> {
        match self {
            Self::Create => NewUserField::iter().map(FormField::of_new_user).collect(),
            Self::Edit => {
                let open = |user| ProfileField::iter().filter(move |field: &ProfileField| field.is_open(user));
                let fields = |user| open(user).map(|field| FormField::of_profile(field, user)).collect();
                known.map(|known| fields(known)).unwrap_or_default()
            }
            Self::ReplaceEmailAddress => {
                vec![FormField::new("email address", "email_address", "such as ada@example.com")]
            }
            Self::ReplacePhoneNumber => vec![FormField::new("phone number", "phone_number", "such as +442079460958")],
            Self::Note => vec![FormField::new("note", "note", "what to remember")],
            Self::SetKey => vec![
                FormField::new("bag", "bag", "public, private or unsafe")
                    .with_choices(&["public", "private", "unsafe"]),
                FormField::new("key", "key", "such as plan"),
                FormField::new("value", "value", "JSON, such as \"team\", 12 or null"),
            ],
            Self::Block => vec![identifier()],
            Self::Allow => vec![identifier(), FormField::new("notify", "notify", "yes or no")],
            Self::Invite => super::invitation::fields(),
            Self::LeaveReadOnly => vec![FormField::new("instance", "name", "its name")],
            Self::SetPassword => super::password::fields(),
            Self::VerifyPassword => vec![FormField::new("password", "password", "").secret()],
            Self::VerifyCode => vec![FormField::new("code", "code", "such as 123456").secret()],
        }
    }
}

/// The field of an identifier on a list.
fn identifier() -> FormField {
    FormField::new("identifier", "identifier", "ada@example.com, *@example.com, +442079460958")
}
