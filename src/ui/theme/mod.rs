//! What things look like, by what they mean. The only place with colours.
//!
//! By default, colours are the sixteen of the terminal's own palette, which its owner has chosen to be legible, and never
//! the background: so it looks right on dark and on light. The other themes bring their background along. Colour is never
//! the only sign: every state is a word.

mod palette;

use crate::app::{ColorDepth, InstanceColor, ThemeName};
use palette::{DARK, HIGH_CONTRAST, LIGHT, Palette};
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

    /// The name of an instance, in the colour that was chosen for it: the nearest that is legible in this theme.
    #[must_use]
    pub fn instance(&self, color: Option<InstanceColor>) -> Style {
        let like = match color {
            None => self.strong,
            Some(InstanceColor::Red) => self.banned,
            Some(InstanceColor::Yellow) => self.locked,
            Some(InstanceColor::Green) => self.done,
            Some(InstanceColor::Cyan) => self.accent,
            Some(InstanceColor::Blue) => self.json_key,
            Some(InstanceColor::Magenta) => self.json_literal,
        };
        like.fg.map_or(self.strong, |ink| self.strong.fg(ink))
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

    /// The theme of this name, on a terminal of this depth. Where there are no colours, none has any.
    #[must_use]
    pub fn of(name: ThemeName, depth: ColorDepth) -> Self {
        match name {
            _ if depth == ColorDepth::None => Self::colorless(),
            ThemeName::NoColor => Self::colorless(),
            ThemeName::Terminal => Self::colored(),
            ThemeName::Dark => Self::painted(&DARK, depth),
            ThemeName::Light => Self::painted(&LIGHT, depth),
            ThemeName::HighContrast => Self::painted(&HIGH_CONTRAST, depth),
        }
    }

    /// With the colours of a palette, its background included. Nothing is dimmed by the terminal: how much that takes away
    /// nobody knows.
    fn painted(palette: &Palette, depth: ColorDepth) -> Self {
        let ink = |ink: palette::Ink| Style::new().fg(ink.on(depth));
        let background = palette.background.on(depth);
        let alarm = palette.alarm.on(depth);
        let strong = ink(palette.strong).add_modifier(Modifier::BOLD);
        let red = ink(palette.red);
        Self {
            plain: ink(palette.text).bg(background),
            accent: ink(palette.accent).add_modifier(Modifier::BOLD),
            // One bar, not as many colours as there are in the row.
            cursor: Style::new().fg(background).bg(palette.text.on(depth)),
            cursor_elsewhere: Style::new().add_modifier(Modifier::BOLD),
            strong,
            dim: ink(palette.dim),
            rule: ink(palette.rule),
            production: ink(palette.on_alarm).bg(alarm).add_modifier(Modifier::BOLD),
            production_edge: Style::new().fg(alarm).bg(background).add_modifier(Modifier::REVERSED),
            development: ink(palette.dim),
            banned: red,
            locked: ink(palette.yellow),
            pending: ink(palette.yellow),
            done: ink(palette.green),
            failed: red.add_modifier(Modifier::BOLD),
            warning: ink(palette.yellow),
            filter: ink(palette.accent).add_modifier(Modifier::REVERSED),
            wrong: red.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            json_key: ink(palette.blue),
            json_string: ink(palette.green),
            json_literal: ink(palette.violet),
            found: ink(palette.yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            ..Self::colorless()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use strum::IntoEnumIterator;

    fn styles(theme: &Theme) -> [Style; 23] {
        let Theme { plain, accent, cursor, cursor_elsewhere, strong, dim, rule, production, production_edge, .. } =
            theme;
        let Theme { development, banned, locked, pending, done, failed, warning, field, .. } = theme;
        let Theme { filter, wrong, json_key, json_string, json_literal, found, .. } = theme;
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
            *filter,
            *wrong,
            *json_key,
            *json_string,
            *json_literal,
            *found,
        ]
    }

    const DEPTHS: [ColorDepth; 3] = [ColorDepth::Sixteen, ColorDepth::Indexed, ColorDepth::True];

    /// How light a colour is to the eye, as WCAG 2 defines it.
    fn luminance(rgb: [u8; 3]) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = rgb.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let [one, other] = [one, other].map(|color| luminance(palette::seen(color).expect("a colour of a palette")));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn contrast_is_measured_as_wcag_does() {
        let (black, white, grey) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255), Color::Rgb(118, 118, 118));
        assert!((contrast(black, white) - 21.0).abs() < 0.01);
        assert!((contrast(white, grey) - 4.54).abs() < 0.01);
    }

    /// Reversed text has the contrast of text that is not.
    #[rstest]
    #[case(ThemeName::Dark, 4.5)]
    #[case(ThemeName::Light, 4.5)]
    #[case(ThemeName::HighContrast, 7.0)]
    fn all_text_can_be_read(#[case] name: ThemeName, #[case] least: f64) {
        for depth in DEPTHS {
            let theme = Theme::of(name, depth);
            // Sixteen colours have no more to give.
            let least = if depth == ColorDepth::Sixteen { 4.5 } else { least };
            let [text, background] = [theme.plain.fg, theme.plain.bg].map(Option::unwrap);
            for style in styles(&theme).into_iter().filter(|style| *style != theme.rule) {
                let (over, under) = (style.fg.unwrap_or(text), style.bg.unwrap_or(background));
                let contrast = contrast(over, under);
                // The badge's edge is no text.
                assert!(
                    contrast >= least || style == theme.production_edge,
                    "{name:?} {depth:?}: {contrast:.2} {style:?}"
                );
                assert!(!style.add_modifier.contains(Modifier::DIM), "{name:?} {depth:?}: {style:?}");
            }
            assert!(contrast(theme.rule.fg.unwrap(), background) >= 2.2, "{name:?} {depth:?}");
        }
    }

    #[test]
    fn production_stands_out_in_every_theme() {
        for (name, depth) in ThemeName::iter().flat_map(|name| DEPTHS.map(|depth| (name, depth))) {
            let theme = Theme::of(name, depth);
            assert!(theme.production.add_modifier.contains(Modifier::BOLD), "{name:?}");
            let others =
                styles(&theme).into_iter().filter(|style| style.bg == theme.production.bg && style.bg.is_some());
            match theme.production.bg {
                None => assert!(theme.production.add_modifier.contains(Modifier::REVERSED), "{name:?}"),
                Some(alarm) => {
                    assert_eq!(others.count(), 1, "nothing else is on that colour in {name:?}");
                    let [red, green, blue] = palette::seen(alarm).unwrap();
                    assert!(red >= 0x80 && green < 0x40 && blue < 0x40, "{name:?} {depth:?}: {alarm} is no red");
                }
            }
        }
    }

    #[test]
    fn a_theme_shows_no_colour_that_the_terminal_has_not() {
        for name in ThemeName::iter() {
            for style in styles(&Theme::of(name, ColorDepth::Sixteen)) {
                let colors = [style.fg, style.bg].into_iter().flatten();
                assert!(
                    colors.into_iter().all(|color| !matches!(color, Color::Rgb(..) | Color::Indexed(_))),
                    "{name:?}"
                );
            }
            for style in styles(&Theme::of(name, ColorDepth::Indexed)) {
                assert!(!matches!(style.fg.or(style.bg), Some(Color::Rgb(..))), "{name:?}");
            }
            assert_eq!(Theme::of(name, ColorDepth::None), Theme::colorless());
        }
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
