//! Numbers in sentences.

/// A number with its thousands set apart: `12,481`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// So many things, the word for one of them and for several given: `1 mark`, `3,214 marks`.
#[must_use]
pub fn counted(count: usize, one: &str, several: &str) -> String {
    let number = grouped(u64::try_from(count).unwrap_or(u64::MAX));
    format!("{number} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_told_in_the_singular() {
        assert_eq!([0, 1, 3_214].map(|count| counted(count, "mark", "marks")), ["0 marks", "1 mark", "3,214 marks"]);
    }
}
