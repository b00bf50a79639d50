//! How a failed read is told where the data would be: why, what to do, and what Clerk's support will ask for.

use super::{paint::Canvas, text::Shown, view::View};
use crate::app::{Action, Failure};
use ratatui::layout::Rect;

pub(super) fn draw(view: &View<'_>, title: &'static str, failure: &Failure, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let again = Shown::join(&[&view.key(Action::Refresh), &Shown::fixed(" tries again.")]);
    let mut paragraphs = vec![
        Some((Shown::fixed(title), theme.failed)),
        None,
        Some((Shown::foreign(sentence(&failure.to_string())), theme.plain)),
        Some((Shown::fixed(failure.advice()), theme.plain)),
        None,
        Some((again, theme.plain)),
    ];
    let facts = facts(failure.code(), failure.trace_id());
    if !facts.is_empty() {
        paragraphs.extend([None, Some((facts, theme.dim))]);
    }
    canvas.put_paragraphs(area, &paragraphs);
}

/// Clerk's code, and the id of the request there.
pub(super) fn facts(code: Option<&str>, trace_id: Option<&str>) -> Shown<'static> {
    let facts = [("code", code), ("trace", trace_id)];
    let facts: Vec<String> = facts.iter().filter_map(|(label, fact)| Some(format!("{label} {}", (*fact)?))).collect();
    Shown::foreign(facts.join(" · "))
}

/// With a capital, unless it begins with something that is not a word, and with a full stop.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    let is_word = text.split(' ').next().is_some_and(|word| word.chars().all(char::is_alphabetic));
    let mut characters = text.chars();
    let first = if is_word { characters.next() } else { None };
    let capital: String = first.into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.is_empty() || text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{capital}{}{end}", characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_becomes_a_sentence() {
        assert_eq!(sentence("api.clerk.com cannot be reached: refused"), "api.clerk.com cannot be reached: refused.");
        assert_eq!(sentence(" no answer within 10 s "), "No answer within 10 s.");
        assert_eq!(sentence("The key is wrong."), "The key is wrong.");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn facts_that_are_missing_leave_no_hole() {
        assert_eq!(facts(Some("rate_limited"), Some("t1")).as_str(), "code rate_limited · trace t1");
        assert_eq!(facts(None, Some("t1")).as_str(), "trace t1");
        assert!(facts(None, None).is_empty());
    }
}
