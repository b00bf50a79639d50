//! How far an act of several requests has come.

use super::sessions;
use std::fmt;

/// What of an act was done when one of its requests failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Halfway {
    /// Whether a link was taken back.
    pub link: bool,
    /// How many sessions were ended.
    pub sessions: usize,
    /// How many were still to be ended, the one whose request failed among them; none where they could not be listed.
    pub left: Option<usize>,
}

impl Halfway {
    /// Whether nothing was done yet.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        !self.link && self.sessions == 0
    }
}

/// In words: `the link was taken back and 1 of 3 sessions ended`.
impl fmt::Display for Halfway {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let link = self.link.then(|| "the link was taken back".to_owned());
        let ended = match (self.sessions, self.left) {
            (0, None) => None,
            (done, None) => Some(format!("{} ended", sessions(done))),
            (done, Some(left)) => Some(format!("{done} of {} ended", sessions(done + left))),
        };
        let done: Vec<String> = link.into_iter().chain(ended).collect();
        formatter.write_str(&done.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(false, 1, Some(2), "1 of 3 sessions ended")]
    #[case(false, 500, None, "500 sessions ended")]
    #[case(true, 0, None, "the link was taken back")]
    #[case(true, 0, Some(1), "the link was taken back and 0 of 1 session ended")]
    #[case(true, 1, Some(1), "the link was taken back and 1 of 2 sessions ended")]
    fn it_says_what_was_done_and_what_was_not(
        #[case] link: bool,
        #[case] sessions: usize,
        #[case] left: Option<usize>,
        #[case] words: &str,
    ) {
        assert_eq!(Halfway { link, sessions, left }.to_string(), words);
    }
}
