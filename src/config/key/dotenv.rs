//! The format of `.env` files, as far as a key needs it.
//!
//! Read line by line, as Clerk's own command line does: a line that some other tool understands, and this does not, is no
//! reason to pass over the key in the next.

/// The value that the last line of this name gives it, unless that is empty.
pub(super) fn value<'text>(text: &'text str, name: &str) -> Option<&'text str> {
    let (_, value) = text.lines().filter_map(entry).rfind(|(found, _)| *found == name)?;
    Some(value).filter(|value| !value.is_empty())
}

/// `NAME=value`, perhaps behind `export`.
fn entry(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let line = line.strip_prefix("export ").map_or(line, str::trim_start);
    let (name, value) = line.split_once('=')?;
    Some((name.trim_end(), unquoted(value.trim())))
}

/// Without the quotes around it, or without the comment behind it.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\'', '`'] {
        let inside = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote));
        if let Some((inside, _)) = inside {
            return inside;
        }
    }
    let comment = value.match_indices('#').map(|(at, _)| at).find(|at| *at == 0 || value[..*at].ends_with([' ', '\t']));
    comment.map_or(value, |at| value[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("KEY=sk_test_1")]
    #[case("  KEY = sk_test_1  ")]
    #[case("export KEY=\"sk_test_1\" # of the shop")]
    #[case("KEY='sk_test_1'\r\n")]
    #[case("KEY=`sk_test_1`")]
    #[case("\u{feff}KEY=sk_test_1 # of the shop")]
    #[case("# KEY=sk_test_0\nOTHER=\"a\nb\nthis is no entry\nKEY=sk_test_0\nKEY=sk_test_1")]
    fn a_value_is_found_as_the_tools_write_it(#[case] text: &str) {
        assert_eq!(value(text, "KEY"), Some("sk_test_1"));
    }

    #[rstest]
    #[case("")]
    #[case("KEY=")]
    #[case("KEY=\"\"")]
    #[case("KEY= # not yet")]
    #[case("#KEY=sk_test_1")]
    #[case("NEXT_PUBLIC_KEY=sk_test_1\nKEYS=sk_test_1\nKEY")]
    fn what_is_not_there_is_not_found(#[case] text: &str) {
        assert_eq!(value(text, "KEY"), None);
    }

    #[test]
    fn a_sign_within_a_value_begins_no_comment() {
        assert_eq!(value("KEY=sk#1", "KEY"), Some("sk#1"));
    }
}
