//! The OAuth token of an account, in the facts of the security tab: masked, shown, or why there is none.

use super::{Row, moment, text, wrapped};
use crate::{
    app::{
        Action, Failure, Secret,
        detail::{FetchedToken, OAuthToken},
    },
    clerk::model::Timestamp,
    ui::{failure, text::Shown, view::View},
};

/// As long for every token: not even its length is told.
const MASK: &str = "****************";
/// A token that is shown gets so many rows; the whole of it can be copied.
const ROWS: usize = 4;

/// What has come of fetching it, in rows of this width.
pub(super) fn rows(view: &View<'_>, fetched: &FetchedToken, width: u16) -> Vec<Row<'static>> {
    match fetched.token() {
        Err(cause) => failed(view, cause, width),
        Ok(None) => wrapped(view, "Token", "Clerk has none for this account.", width),
        Ok(Some(token)) => told(view, token, fetched.is_shown(view.now), width),
    }
}

fn failed(view: &View<'_>, cause: &Failure, width: u16) -> Vec<Row<'static>> {
    let mut rows = wrapped(view, "Token", &format!("Not fetched: {}", failure::sentence(&cause.to_string())), width);
    for row in &mut rows {
        row.value.1 = view.theme.failed;
    }
    rows.extend(wrapped(view, "", cause.advice(), width));
    rows.extend(wrapped(view, "", failure::facts(cause.code(), cause.trace_id()).as_str(), width));
    rows
}

fn told(view: &View<'_>, token: &OAuthToken, shown: bool, width: u16) -> Vec<Row<'static>> {
    let mut rows = secret(view, "Token", Some(&token.token), shown, width);
    rows.extend(secret(view, "Secret", token.secret.as_ref(), shown, width));
    let words = if shown { "masks it, and so does time" } else { "shows it for half a minute" };
    let hint = Shown::join(&[&view.key(Action::ShowToken), &Shown::fixed(" "), &Shown::fixed(words)]);
    rows.push(Row { label: "", value: (hint, view.theme.dim), fact: None });
    rows.push(expiry(view, token.expires_at));
    rows.extend(wrapped(view, "Allows", &token.scopes.join(" "), width));
    rows
}

fn secret(view: &View<'_>, label: &'static str, secret: Option<&Secret>, shown: bool, width: u16) -> Vec<Row<'static>> {
    match secret {
        None => Vec::new(),
        Some(_) if !shown => vec![text(view, label, Shown::fixed(MASK))],
        Some(secret) => {
            let mut rows = wrapped(view, label, secret.expose(), width);
            if rows.len() > ROWS {
                rows.truncate(ROWS - 1);
                rows.push(Row { label: "", value: (Shown::fixed("…"), view.theme.dim), fact: None });
            }
            rows
        }
    }
}

fn expiry(view: &View<'_>, expires_at: Option<Timestamp>) -> Row<'static> {
    match expires_at {
        None => text(view, "Expires", Shown::fixed("never, or the provider does not tell")),
        Some(at) if at <= view.now => moment(view, "Expired", Some(at)),
        Some(at) => {
            Row { fact: Some((view.when.left(at), view.theme.dim)), ..text(view, "Expires", view.when.minute(at)) }
        }
    }
}
