//! The essence of the detail below the list, where there is room for one pane only: triage needs no second screen.

use super::{
    detail::facts_of_role,
    inset,
    paint::{Canvas, Piece},
    row_of,
    text::Shown,
    user,
    view::View,
};
use crate::{
    app::{Identifier, Known},
    clerk::model::{Verification, primary_first},
};
use ratatui::layout::Rect;

/// Cells between two facts.
const GAP: &str = "   ";
/// Characters of a private note that are told.
const NOTE: usize = 30;
/// So many memberships are named; of more, the number is told.
const MEMBERSHIPS: usize = 3;

pub(super) fn draw(view: &View<'_>, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(known) = view.app.subject().map(|known| view.seen(known)) else {
        return canvas.rule(row_of(area, 0), view.theme.rule);
    };
    let theme = view.theme;
    let state: Vec<_> = user::state_in_words(view, known).into_iter().collect();
    canvas.titled_rule(row_of(area, 0), &[user::title(view, known)], &state, theme.rule);
    let inner = inset(inset(area));
    let note = view.app.note(&known.id).map(|note| Shown::foreign(beginning(note)));
    let note: Vec<_> =
        note.map(|note| (Shown::join(&[&Shown::fixed("* "), &note]), theme.strong)).into_iter().collect();
    canvas.put_row(row_of(inner, 1), &spaced(view, addresses(known)), &note);
    canvas.put_row(row_of(inner, 2), &spaced(view, other_names(known)), &[]);
    canvas.put_row(row_of(inner, 3), &memberships(view, known), &spaced(view, ways_in(known)));
}

fn spaced<'a>(view: &View<'_>, facts: Vec<Shown<'a>>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(2 * facts.len());
    for fact in facts.into_iter().filter(|fact| !fact.is_empty()) {
        if !pieces.is_empty() {
            pieces.push((Shown::fixed(GAP), view.theme.plain));
        }
        pieces.push((fact, view.theme.plain));
    }
    pieces
}

/// The beginning of a note, so that it leaves room for the addresses.
fn beginning(note: &str) -> String {
    note.char_indices().nth(NOTE).map_or_else(|| note.to_owned(), |(end, _)| format!("{}…", &note[..end]))
}

/// A fact with what sets it apart in brackets.
fn with_mark(text: &str, marks: &[(bool, &'static str)]) -> Shown<'static> {
    let marks: Vec<_> = marks.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect();
    Shown::foreign(if marks.is_empty() { text.to_owned() } else { format!("{text} ({})", marks.join(", ")) })
}

fn is_unverified(verification: Option<&Verification>) -> bool {
    !verification.is_some_and(Verification::is_verified)
}

/// The email addresses, the primary one first.
fn addresses(known: &Known) -> Vec<Shown<'static>> {
    let primary = |id: &Option<String>| id.is_some() && *id == known.primary_email_address_id;
    let mut emails: Vec<_> = known.email_addresses.iter().collect();
    primary_first(&mut emails, |email| primary(&email.id));
    let several = emails.len() > 1;
    let words = emails.into_iter().map(|email| {
        let marks =
            [(several && primary(&email.id), "primary"), (is_unverified(email.verification.as_ref()), "unverified")];
        with_mark(&email.email_address, &marks)
    });
    let words: Vec<_> = words.collect();
    if words.is_empty() && Identifier::of(known).is_none() { vec![Shown::fixed("no identifier")] } else { words }
}

fn other_names(known: &Known) -> Vec<Shown<'static>> {
    let phones = known.phone_numbers.iter().map(|phone| {
        let marks =
            [(phone.reserved_for_second_factor, "2FA"), (is_unverified(phone.verification.as_ref()), "unverified")];
        with_mark(&phone.phone_number, &marks)
    });
    let wallets = known.web3_wallets.iter().map(|wallet| Shown::short_wallet(&wallet.web3_wallet));
    let username = known.username.as_deref().map(user::username);
    let external_id = known.external_id.clone().map(Shown::foreign);
    let id = Shown::short_id(known.id.as_str());
    phones.chain(wallets).chain(username).chain(external_id).chain([id]).collect()
}

/// The memberships, as far as they have been read.
fn memberships(view: &View<'_>, known: &Known) -> Vec<Piece<'static>> {
    let theme = view.theme;
    let Some(memberships) = view.app.detail().parts_of(&known.id).map(|parts| &parts.memberships) else {
        return Vec::new();
    };
    let Some(total) = memberships.total() else { return Vec::new() };
    if total == 0 {
        return vec![(Shown::fixed("no organization"), theme.dim)];
    }
    let named = memberships.loaded().iter().take(MEMBERSHIPS);
    let mut pieces = Vec::new();
    for membership in named {
        if !pieces.is_empty() {
            pieces.push((Shown::fixed(" · "), theme.dim));
        }
        pieces.push((facts_of_role(membership), theme.plain));
    }
    let more = total.saturating_sub(u64::try_from(MEMBERSHIPS).unwrap_or(u64::MAX));
    if more > 0 {
        pieces.push((Shown::join(&[&Shown::fixed(" · +"), &Shown::number(more)]), theme.dim));
    }
    pieces
}

fn ways_in(known: &Known) -> Vec<Shown<'static>> {
    let totp = known.totp_enabled.then(|| Shown::fixed("TOTP"));
    let passkey = (!known.passkeys.is_empty()).then(|| Shown::fixed("passkey"));
    let accounts = known.external_accounts.iter().map(|account| user::provider(&account.provider));
    totp.into_iter().chain(passkey).chain(accounts).collect()
}
