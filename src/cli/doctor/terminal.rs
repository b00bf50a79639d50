//! The terminal, as far as it tells what it can do.

use super::Finding;
use crate::{app::ColorDepth, config::is_remote, runtime::Multiplexer};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode, supports_keyboard_enhancement};
use std::io::{self, IsTerminal};

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

pub(super) fn look() -> Vec<Finding> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return vec![Finding::ok("terminal", "none here: the dashboard needs one, commands do not")];
    }
    vec![size(), colors(), keyboard(), clipboard(), images()]
}

fn size() -> Finding {
    let term = variable("TERM").unwrap_or_else(|| "none".to_owned());
    let size = rustix::termios::tcgetwinsize(io::stdout()).map(|size| (size.ws_col, size.ws_row)).unwrap_or_default();
    let words = format!("{} × {} cells, TERM={term}", size.0, size.1);
    match (term.as_str(), size) {
        ("dumb" | "none", _) => Finding::warning(
            "terminal",
            words,
            "the dashboard is told line by line here; set TERM to what the terminal is",
        ),
        (_, (width, height)) if width < 40 || height < 10 => {
            Finding::warning("terminal", words, "make the window larger: 80 × 24 has room for all")
        }
        _ => Finding::ok("terminal", words),
    }
}

fn colors() -> Finding {
    let words = match ColorDepth::of(variable) {
        ColorDepth::None if variable("NO_COLOR").is_some() => "none, as NO_COLOR says",
        ColorDepth::None => "none",
        ColorDepth::Sixteen => "16",
        ColorDepth::Indexed => "256",
        ColorDepth::True => "any",
    };
    Finding::ok("colours", words)
}

/// Whether keys can be told apart that send the same bytes else. The terminal is asked.
fn keyboard() -> Finding {
    let asked = enable_raw_mode().and_then(|()| supports_keyboard_enhancement());
    let _ = disable_raw_mode();
    match asked {
        Ok(true) => Finding::ok("keyboard", "the kitty protocol: every key can be told apart"),
        Ok(false) => Finding::ok("keyboard", "as terminals have always sent keys: ctrl-i is tab, ctrl-m is enter"),
        Err(error) => Finding::warning(
            "keyboard",
            format!("the terminal did not tell: {error}"),
            "try another terminal if keys are not understood",
        ),
    }
}

/// Where what is copied goes. Whether a terminal obeys OSC 52 it does not tell.
fn clipboard() -> Finding {
    match (is_remote(variable), Multiplexer::of(variable)) {
        (_, Multiplexer::Tmux) => Finding::ok(
            "clipboard",
            "that of tmux, which hands it to the terminal; secrets only where set-clipboard is on",
        ),
        (_, Multiplexer::Screen) => Finding::ok("clipboard", "through screen, by the terminal (OSC 52)"),
        (true, Multiplexer::None) => {
            Finding::ok("clipboard", "through the terminal (OSC 52), as you sit at another machine")
        }
        (false, Multiplexer::None) => {
            Finding::ok("clipboard", "that of this machine, and through the terminal (OSC 52)")
        }
    }
}

fn images() -> Finding {
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    let term = variable("TERM").unwrap_or_default();
    let words = if variable("KITTY_WINDOW_ID").is_some()
        || term.contains("kitty")
        || program == "ghostty"
        || term.contains("ghostty")
    {
        "kitty's protocol"
    } else if matches!(program.as_str(), "iTerm.app" | "WezTerm") {
        "iTerm's protocol"
    } else {
        "the terminal names no way to show them"
    };
    Finding::ok("images", format!("{words}; pictures of users are opened in the browser"))
}
