//! What things look like, by what they mean. The only place with colours.
//!
//! Colours are the sixteen of the terminal's own palette, which its owner has chosen to be legible, and never
//! the background: so it looks right on dark and on light. Colour is never the only sign: every state is a word.

use ratatui::style::{Color, Modifier, Style};

/// The styles by meaning. Where two coincide, such as banned and failed, they still are two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Everything that nothing else applies to.
    pub plain: Style,
    /// The one accent: a key that works, the mark of the cursor, the rule below the open tab.
    pub accent: Style,
    /// The row under the cursor where keys go to.
    pub cursor: Style,
    /// The row under the cursor where keys go elsewhere.
    pub cursor_elsewhere: Style,
    /// What the eye shall find first: a person's name, a title.
    pub strong: Style,
    /// Labels, column heads, units, the past, and what is about to be replaced.
    pub dim: Style,
    /// Rules between regions.
    pub rule: Style,
    /// The badge of a production instance.
    pub production: Style,
    /// The half cells on both sides of that badge.
    pub production_edge: Style,
    /// The badge of a development instance.
    pub development: Style,
    /// The word `banned`.
    pub banned: Style,
    /// The word `locked`.
    pub locked: Style,
    /// A change that Clerk has not confirmed yet.
    pub pending: Style,
    /// A change that Clerk has confirmed.
    pub done: Style,
    /// What went wrong.
    pub failed: Style,
    /// What a dialog warns of.
    pub warning: Style,
    /// A filter in the search line, set apart from the words.
    pub filter: Style,
    /// What is typed and cannot be read.
    pub wrong: Style,
    /// A text field that is typed into.
    pub field: Style,
    /// A key of a JSON object.
    pub json_key: Style,
    /// A text in JSON.
    pub json_string: Style,
    /// A number, `true`, `false` or `null` in JSON.
    pub json_literal: Style,
    /// What was looked for.
    pub found: Style,
}

impl Theme {
    /// With the colours of the terminal's palette.
    #[must_use]
    pub const fn colored() -> Self {
        let plain = Style::new();
        let strong = plain.add_modifier(Modifier::BOLD);
        Self {
            accent: plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            production: plain.fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD),
            production_edge: plain.fg(Color::Red).add_modifier(Modifier::REVERSED),
            banned: plain.fg(Color::Red),
            locked: plain.fg(Color::Yellow),
            pending: plain.fg(Color::Yellow),
            done: plain.fg(Color::Green),
            failed: strong.fg(Color::Red),
            warning: plain.fg(Color::Yellow),
            filter: plain.fg(Color::Cyan).add_modifier(Modifier::REVERSED),
            wrong: strong.fg(Color::Red).add_modifier(Modifier::REVERSED),
            json_key: plain.fg(Color::Blue),
            json_string: plain.fg(Color::Green),
            json_literal: plain.fg(Color::Magenta),
            found: strong.fg(Color::Yellow).add_modifier(Modifier::UNDERLINED),
            ..Self::colorless()
        }
    }

    /// With bold, dim, underlined and reversed only.
    #[must_use]
    pub const fn colorless() -> Self {
        let plain = Style::new();
        let strong = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        Self {
            plain,
            accent: strong,
            cursor: reversed,
            cursor_elsewhere: strong,
            strong,
            dim,
            rule: dim,
            production: reversed.add_modifier(Modifier::BOLD),
            production_edge: reversed,
            development: dim,
            banned: plain,
            locked: plain,
            pending: plain,
            done: plain,
            failed: strong,
            warning: plain,
            filter: strong.add_modifier(Modifier::UNDERLINED),
            wrong: reversed,
            field: plain.add_modifier(Modifier::UNDERLINED),
            json_key: plain,
            json_string: plain,
            json_literal: plain,
            found: strong.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// As the environment wishes: `NO_COLOR`, unless it is empty, and `TERM=dumb` take the colours away.
    #[must_use]
    pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let no_color = lookup("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = lookup("TERM").is_some_and(|term| term == "dumb");
        if no_color || dumb { Self::colorless() } else { Self::colored() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn styles(theme: &Theme) -> [Style; 22] {
        let Theme { plain, accent, cursor, cursor_elsewhere, strong, dim, rule, production, production_edge, .. } =
            theme;
        let Theme { development, banned, locked, pending, done, failed, warning, field, .. } = theme;
        let Theme { wrong, json_key, json_string, json_literal, found, .. } = theme;
        [
            *plain,
            *accent,
            *cursor,
            *cursor_elsewhere,
            *strong,
            *dim,
            *rule,
            *production,
            *production_edge,
            *development,
            *banned,
            *locked,
            *pending,
            *done,
            *failed,
            *warning,
            *field,
            *wrong,
            *json_key,
            *json_string,
            *json_literal,
            *found,
        ]
    }

    #[rstest]
    #[case(&[], Theme::colored())]
    #[case(&[("TERM", "xterm-256color")], Theme::colored())]
    #[case(&[("NO_COLOR", "")], Theme::colored())]
    #[case(&[("NO_COLOR", "1")], Theme::colorless())]
    #[case(&[("NO_COLOR", "0")], Theme::colorless())]
    #[case(&[("TERM", "dumb")], Theme::colorless())]
    fn the_environment_decides(#[case] variables: &[(&str, &str)], #[case] expected: Theme) {
        let lookup = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(Theme::from_environment(lookup), expected);
    }

    #[test]
    fn without_colour_there_is_none() {
        for style in styles(&Theme::colorless()) {
            assert_eq!((style.fg, style.bg, style.underline_color), (None, None, None));
        }
    }

    #[test]
    fn colours_are_those_of_the_palette_and_suit_any_background() {
        for style in styles(&Theme::colored()) {
            for color in [style.fg, style.bg].into_iter().flatten() {
                assert!(!matches!(color, Color::Rgb(..) | Color::Indexed(_)), "{color} is not the terminal's own");
            }
            // White, black and grey vanish on one background or the other, unless the background is given too.
            let neutral = [Color::White, Color::Black, Color::Gray, Color::DarkGray];
            assert!(style.bg.is_some() || style.fg.is_none_or(|color| !neutral.contains(&color)));
        }
    }

    #[test]
    fn what_must_be_told_apart_is_so_without_colour() {
        let theme = Theme::colorless();
        assert_ne!(theme.production, theme.development);
        assert_ne!(theme.cursor, theme.cursor_elsewhere);
        assert_ne!(theme.cursor_elsewhere, theme.plain);
        assert_ne!(theme.accent, theme.dim);
    }
}
