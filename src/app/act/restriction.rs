//! Who may sign up: what is put on the blocklist and the allowlist, and what is taken off.

use super::Words;
use crate::app::person::Known;

/// A list of identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RestrictionList {
    /// Who cannot sign up.
    Blocklist,
    /// Who can sign up where others cannot.
    Allowlist,
}

impl RestrictionList {
    /// As a title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Blocklist => "Blocklist",
            Self::Allowlist => "Allowlist",
        }
    }

    /// In a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blocklist => "blocklist",
            Self::Allowlist => "allowlist",
        }
    }
}

/// Something that can be done to one of the lists. Identifiers are as they came, unsafe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestrictionAct {
    /// Put an identifier on it.
    Add {
        /// Which list.
        to: RestrictionList,
        /// An email address, a number, a wallet, or `*@domain`.
        identifier: String,
        /// Whether Clerk tells its owner.
        notify: bool,
    },
    /// Take one off.
    Remove {
        /// Which list.
        from: RestrictionList,
        /// Clerk's id of the entry.
        id: String,
        /// What stands there.
        identifier: String,
    },
}

impl RestrictionAct {
    /// What of a user can be blocked: the email address, everybody at its domain, the phone number.
    #[must_use]
    pub fn blocks_of(known: &Known) -> Vec<Self> {
        let email = known.primary_email_address().map(|email| email.email_address.clone());
        let domain = email.as_deref().and_then(domain_of).map(|domain| format!("*@{domain}"));
        let phone = known.primary_phone_number().map(|phone| phone.phone_number.clone());
        let block = |identifier| Self::Add { to: RestrictionList::Blocklist, identifier, notify: false };
        [email, domain, phone].into_iter().flatten().map(block).collect()
    }

    /// Which list it changes.
    #[must_use]
    pub fn list(&self) -> RestrictionList {
        match self {
            Self::Add { to: list, .. } | Self::Remove { from: list, .. } => *list,
        }
    }

    /// What is put on, or taken off.
    #[must_use]
    pub fn identifier(&self) -> &str {
        match self {
            Self::Add { identifier, .. } | Self::Remove { identifier, .. } => identifier,
        }
    }

    /// The domain, when it is about everybody there.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        self.identifier().strip_prefix("*@")
    }

    /// What the audit log calls it.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match (self, self.list()) {
            (Self::Add { .. }, RestrictionList::Blocklist) => "block",
            (Self::Add { .. }, RestrictionList::Allowlist) => "allow",
            (Self::Remove { .. }, RestrictionList::Blocklist) => "unblock",
            (Self::Remove { .. }, RestrictionList::Allowlist) => "disallow",
        }
    }

    /// What takes it back; `entry` is the id of the entry that it has made.
    #[must_use]
    pub fn inverse(&self, entry: Option<&str>) -> Option<Self> {
        match self {
            Self::Add { to, identifier, .. } => {
                Some(Self::Remove { from: *to, id: entry?.to_owned(), identifier: identifier.clone() })
            }
            Self::Remove { from, identifier, .. } => {
                Some(Self::Add { to: *from, identifier: identifier.clone(), notify: false })
            }
        }
    }

    /// What takes back what the record has under this name; `entry` is the id of the entry that it has made. None where it is
    /// no change to a list.
    #[must_use]
    pub fn way_back(name: &str, identifier: &str, entry: Option<&str>) -> Option<Self> {
        let acts = |list| {
            let (add, remove) = (identifier.to_owned(), identifier.to_owned());
            // The way back from a removal makes another entry: nobody asks for the id of the one before.
            let remove = Self::Remove { from: list, id: String::new(), identifier: remove };
            [Self::Add { to: list, identifier: add, notify: false }, remove]
        };
        let all = [RestrictionList::Blocklist, RestrictionList::Allowlist].into_iter().flat_map(acts);
        all.into_iter().find(|act| act.action() == name)?.inverse(entry)
    }

    /// Every word about it.
    #[must_use]
    pub fn words(&self) -> Words {
        let what = self.identifier();
        let who = self.domain().map_or_else(|| "who uses it".to_owned(), |domain| format!("anybody at {domain}"));
        match (self, self.list()) {
            (Self::Add { .. }, RestrictionList::Blocklist) => Words {
                verb: "block",
                question: format!("Block {what}"),
                now: format!("{who} cannot sign up, where the blocklist is switched on"),
                kept: "who is a user already stays one".to_owned(),
                undo: "u takes it off the list".to_owned(),
                short: "block…",
                doing: "blocking …",
                done: format!("Blocked {what}."),
                failed: format!("{what} was not blocked"),
            },
            (Self::Remove { .. }, RestrictionList::Blocklist) => Words {
                verb: "take off",
                question: format!("Take {what} off the blocklist"),
                now: format!("{who} can sign up again"),
                kept: "everything else on the list".to_owned(),
                undo: "u puts it back".to_owned(),
                short: "unbl…",
                doing: "taking it off the blocklist …",
                done: format!("Took {what} off the blocklist."),
                failed: format!("{what} is still on the blocklist"),
            },
            (Self::Add { notify, .. }, RestrictionList::Allowlist) => Words {
                verb: "allow",
                question: format!("Allow {what}"),
                now: format!("{who} can sign up, also where others cannot"),
                kept: if *notify { "Clerk sends an invitation" } else { "nobody is told" }.to_owned(),
                undo: "u takes it off the list".to_owned(),
                short: "allow…",
                doing: "allowing …",
                done: format!("Put {what} on the allowlist."),
                failed: format!("{what} was not put on the allowlist"),
            },
            (Self::Remove { .. }, RestrictionList::Allowlist) => Words {
                verb: "take off",
                question: format!("Take {what} off the allowlist"),
                now: format!("{who} cannot sign up any more, where the allowlist is switched on"),
                kept: "who is a user already stays one".to_owned(),
                undo: "u puts it back; nobody is told".to_owned(),
                short: "disal…",
                doing: "taking it off the allowlist …",
                done: format!("Took {what} off the allowlist."),
                failed: format!("{what} is still on the allowlist"),
            },
        }
    }
}

fn domain_of(email_address: &str) -> Option<&str> {
    email_address.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !domain.is_empty())
}

/// What is wrong with `typed` as an identifier of a list; none when it is an email address, `*@domain`, a number or a
/// wallet. Clerk looks closer.
#[must_use]
pub fn fault_of_identifier(typed: &str) -> Option<&'static str> {
    let is_email = |text: &str| {
        let domain = domain_of(text).unwrap_or_default();
        let local = &text[..text.len() - domain.len()];
        local.len() > 1 && local.matches('@').count() == 1 && domain.contains('.') && !domain.ends_with('.')
    };
    let is_number = |text: &str| {
        text.strip_prefix('+').is_some_and(|rest| rest.len() >= 7 && rest.chars().all(|char| char.is_ascii_digit()))
    };
    let is_wallet = |text: &str| {
        text.strip_prefix("0x")
            .is_some_and(|rest| rest.len() == 40 && rest.chars().all(|char| char.is_ascii_hexdigit()))
    };
    if typed.is_empty() {
        return Some("Type something here first.");
    }
    let known = !typed.contains(char::is_whitespace) && (is_email(typed) || is_number(typed) || is_wallet(typed));
    (!known).then_some("Type an email address, *@domain or +442079460958.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_names_the_entry() {
        let add =
            RestrictionAct::Add { to: RestrictionList::Allowlist, identifier: "a@b.example".into(), notify: true };
        let remove = RestrictionAct::Remove {
            from: RestrictionList::Allowlist,
            id: "alid_1".into(),
            identifier: "a@b.example".into(),
        };
        assert_eq!(add.inverse(Some("alid_1")), Some(remove.clone()));
        assert_eq!(add.inverse(None), None, "nobody knows which entry");
        let again =
            RestrictionAct::Add { notify: false, to: RestrictionList::Allowlist, identifier: "a@b.example".into() };
        assert_eq!(remove.inverse(None), Some(again));
    }

    #[test]
    fn what_the_record_has_leads_back_as_the_change_itself_does() {
        let identifier = || "a@b.example".to_owned();
        for list in [RestrictionList::Blocklist, RestrictionList::Allowlist] {
            let add = RestrictionAct::Add { to: list, identifier: identifier(), notify: false };
            let remove = RestrictionAct::Remove { from: list, id: "id_1".into(), identifier: identifier() };
            for (act, made) in [(add, Some("id_1")), (remove, None)] {
                assert_eq!(RestrictionAct::way_back(act.action(), &identifier(), made), act.inverse(made));
            }
        }
        assert_eq!(RestrictionAct::way_back("block", "a@b.example", None), None, "nobody knows which entry");
        assert_eq!(RestrictionAct::way_back("ban", "a@b.example", None), None);
    }

    #[test]
    fn identifiers_are_told_from_what_is_none() {
        for good in ["ada@example.com", "*@example.com", "*@*.example.com", "+442079460958"] {
            assert_eq!(fault_of_identifier(good), None, "{good}");
        }
        assert_eq!(fault_of_identifier("0x71C7656EC7ab88b098defB751B7401B5f6d8976F"), None);
        for bad in
            ["", "ada", "@example.com", "a@b@example.com", "ada@example", "ada@example.", "a b@c.d", "+44", "0x7"]
        {
            assert!(fault_of_identifier(bad).is_some(), "{bad}");
        }
    }
}
