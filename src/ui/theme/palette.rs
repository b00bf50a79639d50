//! The colours of the themes that bring their own, chosen so that all text can be read on the background.
//!
//! Each is given twice: as it is meant, and by name for terminals of sixteen colours. On those of 256 the nearest is taken.

use crate::app::ColorDepth;
use ratatui::style::Color;

/// A colour as it is meant, `0xRRGGBB`, and the one of sixteen in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink(pub(super) u32, pub(super) Color);

/// The colours of a theme. What a name says of hue is how it is used, not a promise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) background: Ink,
    pub(super) text: Ink,
    pub(super) strong: Ink,
    pub(super) dim: Ink,
    pub(super) rule: Ink,
    pub(super) accent: Ink,
    pub(super) red: Ink,
    pub(super) yellow: Ink,
    pub(super) green: Ink,
    pub(super) blue: Ink,
    pub(super) violet: Ink,
    /// Behind the badge of production.
    pub(super) alarm: Ink,
    /// On it.
    pub(super) on_alarm: Ink,
}

pub(super) const DARK: Palette = Palette {
    background: Ink(0x16_181d, Color::Black),
    text: Ink(0xd7_dae0, Color::White),
    strong: Ink(0xff_ffff, Color::White),
    dim: Ink(0x9a_a1ad, Color::Gray),
    rule: Ink(0x5a_616e, Color::DarkGray),
    accent: Ink(0x6c_c7e6, Color::LightCyan),
    red: Ink(0xff_7b72, Color::LightRed),
    yellow: Ink(0xe3_b341, Color::LightYellow),
    green: Ink(0x7e_e083, Color::LightGreen),
    blue: Ink(0x82_b1ff, Color::LightCyan),
    violet: Ink(0xd2_a8ff, Color::LightMagenta),
    alarm: Ink(0xc9_252d, Color::Red),
    on_alarm: Ink(0xff_ffff, Color::White),
};

/// Yellow, green and cyan cannot be read on white where there are sixteen colours.
pub(super) const LIGHT: Palette = Palette {
    background: Ink(0xfb_fbf9, Color::White),
    text: Ink(0x24_292f, Color::Black),
    strong: Ink(0x00_0000, Color::Black),
    dim: Ink(0x5b_636d, Color::Black),
    rule: Ink(0x9a_a1a9, Color::DarkGray),
    accent: Ink(0x0b_6a88, Color::Blue),
    red: Ink(0xb3_261e, Color::Red),
    yellow: Ink(0x7a_5200, Color::Magenta),
    green: Ink(0x1a_6b2d, Color::Blue),
    blue: Ink(0x0a_50b8, Color::Blue),
    violet: Ink(0x7a_3bb5, Color::Magenta),
    alarm: Ink(0xb3_141c, Color::Red),
    on_alarm: Ink(0xff_ffff, Color::White),
};

pub(super) const HIGH_CONTRAST: Palette = Palette {
    background: Ink(0x00_0000, Color::Black),
    text: Ink(0xff_ffff, Color::White),
    strong: Ink(0xff_ffff, Color::White),
    dim: Ink(0xd0_d0d0, Color::White),
    rule: Ink(0xff_ffff, Color::White),
    accent: Ink(0x5c_f0ff, Color::LightCyan),
    red: Ink(0xff_9a94, Color::LightRed),
    yellow: Ink(0xff_e04a, Color::LightYellow),
    green: Ink(0x7d_ff8a, Color::LightGreen),
    blue: Ink(0x9e_c5ff, Color::LightCyan),
    violet: Ink(0xf0_b3ff, Color::LightMagenta),
    alarm: Ink(0x9a_0000, Color::Red),
    on_alarm: Ink(0xff_ffff, Color::White),
};

impl Ink {
    /// The colour, as a terminal of this depth can show it.
    pub(super) fn on(self, depth: ColorDepth) -> Color {
        let [_, red, green, blue] = self.0.to_be_bytes();
        match depth {
            ColorDepth::True => Color::Rgb(red, green, blue),
            ColorDepth::Indexed => Color::Indexed(nearest([red, green, blue])),
            ColorDepth::Sixteen | ColorDepth::None => self.1,
        }
    }
}

/// The levels of a channel in the cube of 216 colours.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The colour with this index from 16 on, as xterm and all that follow it show it.
fn of_index(index: u8) -> [u8; 3] {
    let at = index.saturating_sub(16);
    if at >= 216 {
        return [8 + 10 * (at - 216); 3];
    }
    [at / 36, at / 6 % 6, at % 6].map(|level| LEVELS[usize::from(level)])
}

/// The index of the colour nearest to this one, in the cube or among the greys.
fn nearest(rgb: [u8; 3]) -> u8 {
    let level = |channel: u8| (0..6_u8).min_by_key(|level| channel.abs_diff(LEVELS[usize::from(*level)])).unwrap_or(0);
    let [red, green, blue] = rgb.map(level);
    let in_cube = 16 + 36 * red + 6 * green + blue;
    let lightness = rgb.iter().map(|channel| u16::from(*channel)).sum::<u16>() / 3;
    let step = (lightness.saturating_sub(3) / 10).min(23);
    let grey = 232 + u8::try_from(step).unwrap_or(23);
    let distance = |index: &u8| -> u32 {
        of_index(*index).iter().zip(rgb).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    [in_cube, grey].into_iter().min_by_key(distance).unwrap_or(in_cube)
}

/// What a colour looks like: for the sixteen, as in xterm. None for one that is the terminal's own.
#[cfg(test)]
pub(super) fn seen(color: Color) -> Option<[u8; 3]> {
    let named = [
        (Color::Black, 0x00_0000),
        (Color::Red, 0xcd_0000),
        (Color::Green, 0x00_cd00),
        (Color::Yellow, 0xcd_cd00),
        (Color::Blue, 0x00_00ee),
        (Color::Magenta, 0xcd_00cd),
        (Color::Cyan, 0x00_cdcd),
        (Color::Gray, 0xe5_e5e5),
        (Color::DarkGray, 0x7f_7f7f),
        (Color::LightRed, 0xff_0000),
        (Color::LightGreen, 0x00_ff00),
        (Color::LightYellow, 0xff_ff00),
        (Color::LightBlue, 0x5c_5cff),
        (Color::LightMagenta, 0xff_00ff),
        (Color::LightCyan, 0x00_ffff),
        (Color::White, 0xff_ffff_u32),
    ];
    match color {
        Color::Rgb(red, green, blue) => Some([red, green, blue]),
        Color::Indexed(index) => Some(of_index(index)),
        color => named.iter().find(|(name, _)| *name == color).map(|(_, rgb)| {
            let [_, red, green, blue] = rgb.to_be_bytes();
            [red, green, blue]
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_that_there_is_is_its_own_nearest() {
        for index in 16..=255 {
            assert_eq!(of_index(nearest(of_index(index))), of_index(index), "{index}");
        }
        assert_eq!(nearest([255, 255, 255]), 231);
        assert_eq!(nearest([22, 24, 29]), 234);
    }
}
