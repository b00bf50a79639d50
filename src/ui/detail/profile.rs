//! The profile tab: who the user is, when they came, and what they may do.

use super::{Hidden, Row};
use crate::{
    app::{
        Known, LockEnd,
        detail::{ProfileFact, profile_facts},
    },
    clerk::model::{Timestamp, Verification},
    ui::{
        paint::{Canvas, Piece},
        row_of,
        text::Shown,
        user,
        view::View,
        when::NEVER,
    },
};
use ratatui::layout::Rect;

pub(super) fn draw(view: &View<'_>, known: &Known, area: Rect, canvas: &mut Canvas<'_>) -> Hidden {
    let facts = profile_facts(known, view.app.note(&known.id), view.app.history_of(known), view.now);
    let height = usize::from(area.height);
    // A taller screen than when it was scrolled shows the end, and no air below it.
    let top = view.app.detail().scroll().min(facts.len().saturating_sub(height));
    for (index, fact) in (0..area.height).zip(facts.iter().skip(top)) {
        if let Some(row) = words(view, known, fact) {
            super::draw_row(view, row_of(area, index), &row, canvas);
        }
    }
    Hidden { above: top > 0, below: facts.len() > top + height }
}

/// The words of a fact; none for a gap.
fn words<'a>(view: &View<'_>, known: &Known, fact: &ProfileFact<'a>) -> Option<Row<'a>> {
    let theme = view.theme;
    let plain = |text: Shown<'a>| (text, theme.plain);
    let row = |label, value, fact: Option<Shown<'a>>| {
        Some(Row { label, value, fact: fact.filter(|fact| !fact.is_empty()).map(|fact| (fact, theme.dim)) })
    };
    match fact {
        ProfileFact::Gap => None,
        ProfileFact::Note { line, first } => Some(Row {
            label: if *first { "Note" } else { "" },
            value: (view.personal(line), theme.strong),
            fact: None,
        }),
        ProfileFact::Email { email, primary, first } => {
            let several = known.email_addresses.len() > 1;
            let fact = identification_fact(*primary && several, email.verification.as_ref(), false);
            row(if *first { "Email" } else { "" }, plain(Shown::foreign(&*email.email_address)), Some(fact))
        }
        ProfileFact::Phone { phone, primary, first } => {
            let several = known.phone_numbers.len() > 1;
            let second_factor = phone.reserved_for_second_factor;
            let fact = identification_fact(*primary && several, phone.verification.as_ref(), second_factor);
            row(if *first { "Phone" } else { "" }, plain(Shown::foreign(&*phone.phone_number)), Some(fact))
        }
        ProfileFact::Wallet { wallet, primary, first } => {
            let several = known.web3_wallets.len() > 1;
            let fact = identification_fact(*primary && several, wallet.verification.as_ref(), false);
            row(if *first { "Wallet" } else { "" }, plain(Shown::foreign(&*wallet.web3_wallet)), Some(fact))
        }
        ProfileFact::Username(text) => row("Username", plain(Shown::foreign(*text)), None),
        ProfileFact::ExternalId(text) => row("External id", plain(Shown::foreign(*text)), None),
        ProfileFact::Locale(text) => row("Language", plain(Shown::foreign(*text)), None),
        ProfileFact::Joined(then) => Some(moment_row(view, "Joined", Some(*then))),
        ProfileFact::SignedIn(then) => Some(moment_row(view, "Signed in", *then)),
        ProfileFact::Active(then) => match then {
            Some(moment) => row("Active", plain(view.when.day(*moment)), Some(view.when.day_ago(*then))),
            None => Some(moment_row(view, "Active", None)),
        },
        other => row_of_account(view, other),
    }
}

/// The facts that are not about who it is and when.
fn row_of_account<'a>(view: &View<'_>, fact: &ProfileFact<'a>) -> Option<Row<'a>> {
    let theme = view.theme;
    let plain = |text: Shown<'a>| (text, theme.plain);
    let none = || (Shown::fixed("none"), theme.dim);
    let (label, value, fact) = match fact {
        ProfileFact::Ban(false) => ("Ban", none(), None),
        ProfileFact::Ban(true) => ("Ban", (Shown::fixed("banned"), theme.banned), None),
        ProfileFact::Lock { end, attempts } => ("Lock", lock_words(view, *end), attempts.map(attempts_words)),
        ProfileFact::Password { enabled: false, .. } => ("Password", none(), None),
        ProfileFact::Password { updated_at, reset, .. } => {
            let changed = updated_at.map(|at| Shown::join(&[&Shown::fixed("changed "), &view.when.day(at)]));
            let value = if *reset { Some(Shown::fixed("new one asked for")) } else { changed };
            ("Password", plain(value.unwrap_or(Shown::fixed("set"))), updated_at.map(|at| view.when.ago(at)))
        }
        ProfileFact::SecondFactors(factors) if factors.is_empty() => ("MFA", none(), None),
        ProfileFact::SecondFactors(factors) => {
            let factors: Vec<_> = factors.iter().map(|factor| Shown::foreign(factor.to_string())).collect();
            ("MFA", plain(user::listed(&factors)), None)
        }
        ProfileFact::Passkeys(count) => ("Passkeys", plain(number(*count)), None),
        ProfileFact::Connected(accounts) => {
            let accounts: Vec<_> = accounts.iter().map(|account| user::provider(&account.provider)).collect();
            ("Connected", plain(user::listed(&accounts)), None)
        }
        ProfileFact::Enterprise(count) => ("Enterprise", plain(number(*count)), Some(Shown::fixed("accounts"))),
        ProfileFact::Allowed { delete_self, create_organizations, limit } => {
            ("Allowed", plain(allowed_words(*delete_self, *create_organizations, *limit)), None)
        }
        ProfileFact::Terms(None) => ("Terms", (Shown::fixed("not accepted"), theme.dim), None),
        ProfileFact::Terms(Some(at)) => {
            ("Terms", plain(Shown::join(&[&Shown::fixed("accepted "), &view.when.day(*at)])), None)
        }
        ProfileFact::Directory { removed: true } => {
            ("Directory", (Shown::fixed("has removed the user"), theme.warning), None)
        }
        ProfileFact::Done { entry, first } => (
            if *first { "Done here" } else { "" },
            plain(Shown::foreign(format!("{} by {}", entry.words(), entry.by))),
            entry.at.map(|at| view.when.ago(at)),
        ),
        ProfileFact::DoneUnknown => ("Done here", (Shown::fixed("cannot be read"), theme.dim), None),
        ProfileFact::Directory { removed: false } => ("Directory", plain(Shown::fixed("manages the user")), None),
        // Told by `words`.
        ProfileFact::Gap
        | ProfileFact::Note { .. }
        | ProfileFact::Email { .. }
        | ProfileFact::Phone { .. }
        | ProfileFact::Wallet { .. }
        | ProfileFact::Username(_)
        | ProfileFact::ExternalId(_)
        | ProfileFact::Locale(_)
        | ProfileFact::Joined(_)
        | ProfileFact::SignedIn(_)
        | ProfileFact::Active(_) => return None,
    };
    Some(Row { label, value, fact: fact.map(|fact| (fact, theme.dim)) })
}

fn moment_row(view: &View<'_>, label: &'static str, then: Option<Timestamp>) -> Row<'static> {
    let theme = view.theme;
    let Some(then) = then else {
        return Row { label, value: (Shown::fixed("never"), theme.dim), fact: None };
    };
    let minute = view.when.minute(then);
    let style = if minute.as_str() == NEVER { theme.dim } else { theme.plain };
    Row { label, value: (minute, style), fact: Some((view.when.ago(then), theme.dim)) }
}

/// What sets an identification apart; verified and the only one is how it should be, and silent.
fn identification_fact(primary: bool, verification: Option<&Verification>, second_factor: bool) -> Shown<'static> {
    let unverified = !verification.is_some_and(Verification::is_verified);
    let facts = [(primary, "primary"), (second_factor, "2nd factor"), (unverified, "unverified")];
    let facts: Vec<_> = facts.into_iter().filter(|(holds, _)| *holds).map(|(_, word)| Shown::fixed(word)).collect();
    user::listed(&facts)
}

fn lock_words(view: &View<'_>, end: Option<LockEnd>) -> Piece<'static> {
    match end {
        None => (Shown::fixed("none"), view.theme.dim),
        Some(LockEnd::Never) => (Shown::fixed("no end"), view.theme.locked),
        Some(LockEnd::At(end)) => (Shown::join(&[&Shown::fixed("until "), &view.when.clock(end)]), view.theme.locked),
    }
}

fn attempts_words(attempts: i64) -> Shown<'static> {
    match attempts {
        ..=0 => Shown::fixed("no attempts left"),
        1 => Shown::fixed("1 attempt left"),
        many => Shown::foreign(format!("{many} attempts left")),
    }
}

fn allowed_words(delete_self: bool, create_organizations: bool, limit: Option<i64>) -> Shown<'static> {
    let organizations = match limit {
        _ if !create_organizations => None,
        None | Some(..=0) => Some(Shown::fixed("make orgs")),
        Some(1) => Some(Shown::fixed("make 1 org")),
        Some(limit) => Some(Shown::foreign(format!("make {limit} orgs"))),
    };
    let words: Vec<_> =
        delete_self.then(|| Shown::fixed("delete own account")).into_iter().chain(organizations).collect();
    if words.is_empty() { Shown::fixed("nothing special") } else { user::listed(&words) }
}

fn number(count: usize) -> Shown<'static> {
    Shown::number(u64::try_from(count).unwrap_or(u64::MAX))
}
