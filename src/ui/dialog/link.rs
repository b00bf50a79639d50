//! A link that lets somebody in: masked until it is asked for, with what whoever opens it can do.

use crate::{
    app::{
        act::{IMPERSONATION_SESSION, LinkKind},
        dialog::LinkView,
    },
    ui::{paint::Canvas, text::Shown, user, view::View},
};
use ratatui::layout::Rect;
use secrecy::ExposeSecret;

/// Where what a label names begins, in cells behind the label's start.
const VALUES: u16 = 8;
/// What stands for a link that is masked: it does not tell how long it is.
const MASK: &str = "••••••••••••••••";

pub(super) fn draw(view: &View<'_>, open: &LinkView, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let what = match open.kind() {
        LinkKind::Impersonation => "Link to impersonate ",
        LinkKind::SignIn => "Sign-in link of ",
    };
    let title = Shown::join(&[&Shown::fixed(what), &user::title(view, open.known()).0]);
    let body = super::draw_frame(view, &(title, theme.strong), area, canvas);
    canvas.place_cursor(body.x, area.y);
    let indent = VALUES.min(body.width);
    let width = usize::from(body.width - indent);
    let mut y = body.y;
    for (label, text) in facts(view, open) {
        let style = if label == "Link" { theme.strong } else { theme.plain };
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        for (label, line) in labels.zip(text.wrap(width)) {
            if y >= body.bottom() {
                return;
            }
            canvas.put(body.x, y, indent, &Shown::fixed(label), theme.dim);
            canvas.put(body.x + indent, y, body.width - indent, &line, style);
            y += 1;
        }
    }
}

/// What there is to say, each with its label.
fn facts(view: &View<'_>, open: &LinkView) -> [(&'static str, Shown<'static>); 5] {
    let known = open.known();
    let who = user::title(view, known).0;
    let link = if open.is_shown() {
        Shown::foreign(open.link().url.inner().expose_secret().to_owned())
    } else {
        Shown::fixed(MASK)
    };
    let works = Shown::join(&[&Shown::fixed("once, until "), &view.when.minute(open.link().expires_at)]);
    let minutes = IMPERSONATION_SESSION.as_secs() / 60;
    let (then, end) = match open.kind() {
        LinkKind::Impersonation => (
            Shown::join(&[
                &Shown::fixed("whoever opens it is signed in as "),
                &who,
                &Shown::foreign(format!(" for at most {minutes} min, and can do all that they can")),
            ]),
            Shown::fixed("takes the link back; once it was used, ends the session"),
        ),
        LinkKind::SignIn => (
            Shown::join(&[&Shown::fixed("whoever opens it is signed in as "), &who, &Shown::fixed(" and stays so")]),
            Shown::fixed("takes the link back, while nobody has used it"),
        ),
    };
    let end = Shown::join(&[&view.key(crate::app::Action::EndLink), &Shown::fixed(" "), &end]);
    [("As", user::identifier(view, known)), ("Link", link), ("Works", works), ("Then", then), ("End", end)]
}
