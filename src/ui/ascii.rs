//! ASCII in the place of the signs that the program draws itself, for terminals and fonts that lack them.

/// What stands for `sign`; none where it is no sign of the program's.
pub(super) fn instead_of(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "›" | "→" | "▸" => ">",
        "←" | "‹" => "<",
        "↑" => "^",
        "↓" | "▾" => "v",
        "─" | "–" => "-",
        "━" => "=",
        "│" => "|",
        "┬" | "┴" | "┤" | "├" | "┼" | "╭" | "╮" | "╰" | "╯" => "+",
        "▌" | "▏" => "[",
        "▐" | "▕" => "]",
        "█" => "#",
        "░" | "·" | "•" => ".",
        "…" => "~",
        "✓" => "*",
        _ => return None,
    })
}
