//! Inviting somebody to an organization by an email address, whoever has it.

use super::{Place, RoleName, Words};
use crate::app::mask::masked;
use serde_json::{Map, Value, json};

/// How long an invitation is good that does not say, in days.
const DAYS: u16 = 30;

/// An invitation to an organization. Texts as they came or were typed, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// Where to.
    pub place: Place,
    /// Who is invited.
    pub email_address: String,
    /// The role that they get.
    pub role: RoleName,
    /// Where they come to once they have accepted.
    pub redirect_url: Option<String>,
    /// After how many days it expires, 1 to 365; 30 unless said.
    pub expires_in_days: Option<u16>,
    /// Whether Clerk sends an email.
    pub notify: bool,
}

/// Something that can be done to an invitation to an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationAct {
    /// Make it.
    Create(NewInvitation),
    /// Take it back.
    Revoke {
        /// Which, `orginv_…`.
        id: String,
        /// How it was made.
        invitation: NewInvitation,
    },
}

impl InvitationAct {
    /// The invitation.
    #[must_use]
    pub fn invitation(&self) -> &NewInvitation {
        match self {
            Self::Create(invitation) | Self::Revoke { invitation, .. } => invitation,
        }
    }

    /// What the audit log calls it.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::Create(_) => CREATE,
            Self::Revoke { .. } => REVOKE,
        }
    }

    /// What the audit log has beside who is invited: where to, and in which role, or which invitation.
    #[must_use]
    pub fn part(&self) -> String {
        match self {
            Self::Create(NewInvitation { place, role, .. }) => format!("{} {}", place.id, role.key),
            Self::Revoke { id, invitation } => format!("{} {id}", invitation.place.id),
        }
    }

    /// What takes it back; `made` is the id of the invitation that it has made. One that was taken back is made anew, as it
    /// was made before.
    #[must_use]
    pub fn inverse(&self, made: Option<&str>) -> Option<Self> {
        match self {
            Self::Create(invitation) => Some(Self::Revoke { id: made?.to_owned(), invitation: invitation.clone() }),
            Self::Revoke { invitation, .. } => Some(Self::Create(invitation.clone())),
        }
    }

    /// All of it, so that a later start can take it back.
    #[must_use]
    pub fn parameters(&self) -> Value {
        let NewInvitation { place, email_address, role, redirect_url, expires_in_days, notify } = self.invitation();
        let id = match self {
            Self::Create(_) => None,
            Self::Revoke { id, .. } => Some(id),
        };
        json!({
            "organization": { "id": place.id, "name": place.name },
            "email_address": email_address,
            "role": { "key": role.key, "name": role.name },
            "redirect_url": redirect_url,
            "expires_in_days": expires_in_days,
            "notify": notify,
            "id": id,
        })
    }

    /// The act that the record tells of by its name and parameters; none where it is another, or another version has written
    /// it in another way.
    #[must_use]
    pub fn recorded(name: &str, parameters: Option<&Value>) -> Option<Self> {
        let told = parameters.filter(|_| [CREATE, REVOKE].contains(&name))?.as_object()?;
        let (organization, role) = (told.get("organization")?.as_object()?, told.get("role")?.as_object()?);
        let invitation = NewInvitation {
            place: Place { id: text(organization, "id")?.into(), name: text(organization, "name")? },
            email_address: text(told, "email_address")?,
            role: RoleName { key: text(role, "key")?, name: text(role, "name")? },
            redirect_url: text(told, "redirect_url"),
            expires_in_days: told.get("expires_in_days")?.as_u64().and_then(|days| days.try_into().ok()),
            notify: told.get("notify")?.as_bool()?,
        };
        if name == CREATE {
            return Some(Self::Create(invitation));
        }
        Some(Self::Revoke { id: text(told, "id")?, invitation })
    }

    /// Every word about it; with stars in the address if `masking`.
    #[must_use]
    pub fn words(&self, masking: bool) -> Words {
        let invitation = self.invitation();
        let email = &invitation.email_address;
        let who = if masking { masked(email) } else { email.clone() };
        match self {
            Self::Create(_) => invite(&who, invitation),
            Self::Revoke { .. } => revoke(&who, invitation),
        }
    }
}

const CREATE: &str = "create_organization_invitation";
const REVOKE: &str = "revoke_organization_invitation";

fn text(of: &Map<String, Value>, name: &str) -> Option<String> {
    of.get(name)?.as_str().map(str::to_owned)
}

fn invite(who: &str, invitation: &NewInvitation) -> Words {
    let (place, role) = (&invitation.place.name, &invitation.role.name);
    let days = match invitation.expires_in_days.unwrap_or(DAYS) {
        1 => "for 1 day".to_owned(),
        days => format!("for {days} days"),
    };
    let (sent, undo) = if invitation.notify {
        ("Clerk sends an email", "u revokes it; the email does not come back")
    } else {
        ("no email is sent", "u revokes it")
    };
    Words {
        verb: "invite",
        question: format!("Invite {who} to {place}"),
        now: format!("{sent}; with its link they can join as {role}, {days}"),
        kept: "who belongs there; nobody joins before the link is used".to_owned(),
        undo: undo.to_owned(),
        short: "inv…",
        doing: "inviting …",
        done: format!("Invited {who} to {place} as {role}."),
        failed: format!("{who} was not invited to {place}"),
    }
}

fn revoke(who: &str, invitation: &NewInvitation) -> Words {
    let place = &invitation.place.name;
    let email = if invitation.notify { " and another email" } else { "" };
    let redirect = if invitation.redirect_url.is_some() { "" } else { ", nor where the link led to" };
    Words {
        verb: "revoke",
        question: format!("Revoke the invitation of {who} to {place}"),
        now: "its link cannot be used any more".to_owned(),
        kept: "every membership; they can be invited again".to_owned(),
        undo: format!("a new one is made, with another link{email}; its metadata does not come back{redirect}"),
        short: "inv…",
        doing: "revoking the invitation …",
        done: format!("Revoked the invitation of {who} to {place}."),
        failed: format!("The invitation of {who} to {place} was not revoked"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invitation() -> NewInvitation {
        NewInvitation {
            place: Place { id: "org_1".into(), name: "Acme".into() },
            email_address: "grace@example.com".into(),
            role: RoleName { key: "org:member".into(), name: "Member".into() },
            redirect_url: Some("https://example.com/welcome".into()),
            expires_in_days: Some(7),
            notify: true,
        }
    }

    #[test]
    fn what_the_record_has_is_read_again_to_the_letter() {
        let plain = NewInvitation { redirect_url: None, expires_in_days: None, notify: false, ..invitation() };
        let revoke = InvitationAct::Revoke { id: "orginv_1".into(), invitation: invitation() };
        for act in [InvitationAct::Create(invitation()), InvitationAct::Create(plain), revoke] {
            let told = act.parameters();
            assert_eq!(InvitationAct::recorded(act.action(), Some(&told)), Some(act));
        }
        // As the tab of invitations revokes them, of which nothing but the id is known.
        assert_eq!(InvitationAct::recorded(REVOKE, None), None);
        let told = InvitationAct::Create(invitation()).parameters();
        assert_eq!(InvitationAct::recorded("add_membership", Some(&told)), None);
    }

    #[test]
    fn an_invitation_is_taken_back_by_its_id_and_made_anew() {
        let create = InvitationAct::Create(invitation());
        let revoke = InvitationAct::Revoke { id: "orginv_1".into(), invitation: invitation() };
        assert_eq!(create.inverse(Some("orginv_1")), Some(revoke.clone()));
        assert_eq!((create.inverse(None), revoke.inverse(None)), (None, Some(create)));
    }

    #[test]
    fn the_question_says_whether_anybody_is_written_to_and_masks_the_address() {
        let words = InvitationAct::Create(invitation()).words(false);
        assert_eq!(words.now, "Clerk sends an email; with its link they can join as Member, for 7 days");
        let quiet = NewInvitation { notify: false, expires_in_days: None, ..invitation() };
        let words = InvitationAct::Create(quiet).words(true);
        assert_eq!(words.now, "no email is sent; with its link they can join as Member, for 30 days");
        assert_eq!(words.question, "Invite g****@e******.c** to Acme");
    }

    #[test]
    fn the_question_before_a_revocation_says_what_does_not_come_back() {
        let undo = |invitation| InvitationAct::Revoke { id: "orginv_1".into(), invitation }.words(false).undo;
        let (email, metadata) = ("a new one is made, with another link", "its metadata does not come back");
        assert_eq!(undo(invitation()), format!("{email} and another email; {metadata}"));
        let quiet = NewInvitation { notify: false, redirect_url: None, ..invitation() };
        assert_eq!(undo(quiet), format!("{email}; {metadata}, nor where the link led to"));
    }
}
