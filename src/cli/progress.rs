//! How far something is, on a line of standard error, where somebody looks at it.

use crate::{app::grouped, ui::Shown};
use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// How wide the bar is, in cells.
const BAR: u64 = 24;

/// The line.
pub(super) struct Progress {
    is_seen: bool,
    begun: Instant,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { is_seen: io::stderr().is_terminal(), begun: Instant::now() }
    }

    /// Tells it in the place of what was told before.
    pub(super) fn tell(&self, words: &str) {
        if self.is_seen {
            // Who does not look any more misses nothing.
            let _ = write!(io::stderr(), "\r{}\u{1b}[K", Shown::foreign(words).as_str());
        }
    }

    /// Tells that so many of so many are done, of which some were done before this began.
    pub(super) fn tell_part(&self, done: u64, before: u64, of: Option<u64>, things: &str) {
        if self.is_seen {
            self.tell(&part(done, before, of, things, self.begun.elapsed()));
        }
    }

    pub(super) fn clear(&self) {
        self.tell("");
    }
}

/// `12,500 of 100,000 users  ━━━─────────────────────  12 %, 8 s left`.
fn part(done: u64, before: u64, of: Option<u64>, things: &str, elapsed: Duration) -> String {
    // There can be more than there were when they were counted.
    let Some(of) = of.filter(|of| *of > 0 && done <= *of) else { return format!("{} {things}", grouped(done)) };
    let full = usize::try_from(done * BAR / of).unwrap_or_default();
    let empty = usize::try_from(BAR).unwrap_or_default().saturating_sub(full);
    let left = match done.saturating_sub(before) {
        0 => String::new(),
        lately => {
            let left = elapsed.as_millis() * u128::from(of - done) / u128::from(lately) / 1000;
            format!(", {left} s left")
        }
    };
    let bar = "━".repeat(full) + &"─".repeat(empty);
    format!("{} of {} {things}  {bar}  {} %{left}", grouped(done), grouped(of), done * 100 / of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_told_with_what_is_left() {
        let told = |done, before, of| part(done, before, of, "users", Duration::from_secs(3));
        assert_eq!(
            told(2_500, 0, Some(10_000)),
            format!("2,500 of 10,000 users  {}{}  25 %, 9 s left", "━".repeat(6), "─".repeat(18))
        );
        assert!(told(5_000, 4_000, Some(10_000)).ends_with(" 50 %, 15 s left"), "what was done before took no time");
        assert!(told(0, 0, Some(10_000)).ends_with(" 0 %"));
        assert_eq!(told(12, 0, None), "12 users");
        assert_eq!(told(12, 0, Some(10)), "12 users");
    }
}
