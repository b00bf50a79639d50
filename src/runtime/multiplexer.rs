//! What may stand between this program and the terminal, and takes for itself what is meant for that.

/// So many bytes of a sequence GNU Screen passes on at once, at most.
const SCREEN_TAKES: usize = 240;

/// A terminal multiplexer that the program runs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Multiplexer {
    /// None: what is written goes to the terminal itself.
    #[default]
    None,
    /// tmux. It hears what is to be copied, and obeys where its `set-clipboard` is `on`; asked by its own command it does
    /// so also where that is as it comes.
    Tmux,
    /// GNU Screen, which passes on what is wrapped for it.
    Screen,
}

impl Multiplexer {
    /// What the environment tells of.
    #[must_use]
    pub fn of(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name: &str| lookup(name).is_some_and(|value| !value.is_empty());
        match (is_set("TMUX"), is_set("STY")) {
            (true, _) => Self::Tmux,
            (false, true) => Self::Screen,
            (false, false) => Self::None,
        }
    }

    /// A sequence that is meant for the terminal, so that it gets there.
    pub(super) fn passed_on(self, sequence: String) -> String {
        match self {
            Self::None | Self::Tmux => sequence,
            Self::Screen => {
                let chars: Vec<char> = sequence.chars().collect();
                let mut wrapped = String::new();
                for part in chars.chunks(SCREEN_TAKES) {
                    wrapped.push_str("\x1bP");
                    wrapped.extend(part);
                    wrapped.push_str("\x1b\\");
                }
                wrapped
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_is_told_by_the_environment() {
        let of = |set: &[&str]| Multiplexer::of(|name| set.contains(&name).then(|| "x".to_owned()));
        assert_eq!(
            [of(&[]), of(&["STY"]), of(&["TMUX", "STY"])],
            [Multiplexer::None, Multiplexer::Screen, Multiplexer::Tmux]
        );
        assert_eq!(Multiplexer::of(|_| Some(String::new())), Multiplexer::None);
    }

    #[test]
    fn screen_is_given_no_more_than_it_takes() {
        let sequence = format!("\x1b]52;c;{}\x07", "A".repeat(600));
        assert_eq!(Multiplexer::Tmux.passed_on(sequence.clone()), sequence);
        let wrapped = Multiplexer::Screen.passed_on(sequence.clone());
        let parts: Vec<&str> = wrapped.split("\x1b\\").filter(|part| !part.is_empty()).collect();
        assert!(parts.len() == 3 && parts.iter().all(|part| part.starts_with("\x1bP") && part.len() <= 242));
        let together: String = parts.iter().map(|part| part.trim_start_matches("\x1bP")).collect();
        assert_eq!(together, sequence);
    }
}
