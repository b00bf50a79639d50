//! What was meant by a name that there is not.

/// So alike are names of which one is meant for the other.
const ALIKE: f64 = 0.75;

/// The one of `known` that is most like `name`; none when none is much like it.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let alike = |one: &str| strsim::jaro_winkler(&name.to_lowercase(), &one.to_lowercase());
    let scored = known.into_iter().map(|one| (alike(one), one));
    let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|(score, _)| *score >= ALIKE).map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_forgiven_and_another_word_is_not() {
        let known = ["dark", "light", "high-contrast"];
        assert_eq!(nearest("drak", known), Some("dark"));
        assert_eq!(nearest("Light", known), Some("light"));
        assert_eq!(nearest("high contrast", known), Some("high-contrast"));
        assert_eq!(nearest("neon", known), None);
        assert_eq!(nearest("neon", []), None);
    }
}
