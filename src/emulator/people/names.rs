//! What people are called, in many scripts.

use super::random::Random;

const LIST: &str = include_str!("../../../assets/people/names.txt");

/// The names of the people who speak a language.
#[derive(Debug)]
struct Language {
    tag: &'static str,
    first: Vec<&'static str>,
    last: Vec<&'static str>,
    family_first: bool,
}

/// All names, and how often each language is heard.
#[derive(Debug)]
pub(super) struct Names {
    languages: Vec<Language>,
    /// The index of a language for each share of it.
    shares: Vec<usize>,
}

/// What one person is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) language: &'static str,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
}

impl Names {
    /// The list that comes with the program.
    pub(super) fn read() -> Self {
        let lines = LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut names = Self { languages: Vec::new(), shares: Vec::new() };
        for line in lines {
            let mut parts = line.split('|').map(str::trim);
            let mut part = || parts.next().unwrap_or_default();
            let (tag, share) = (part(), part().parse().unwrap_or(1));
            let (first, last) = (part().split(',').collect(), part().split(',').collect());
            names.shares.extend(std::iter::repeat_n(names.languages.len(), share));
            names.languages.push(Language { tag, first, last, family_first: part() == "family first" });
        }
        names
    }

    /// A name; a few people have half of one, and a few none.
    pub(super) fn name(&self, random: &mut Random) -> Name {
        let language = &self.languages[*random.pick(&self.shares)];
        let (mut first, last) = ((*random.pick(&language.first)).to_owned(), (*random.pick(&language.last)).to_owned());
        if random.chance(6) {
            let space = if language.tag.starts_with("zh") || language.tag.starts_with("ja") { "" } else { " " };
            first = format!("{first}{space}{}", random.pick(&language.first));
        }
        let (first, last) = match random.below(100) {
            0..3 => (None, None),
            3..6 => (Some(first), None),
            6 => (None, Some(last)),
            // Some type the family name into the first field, as they are used to.
            7..10 if language.family_first => (Some(last), Some(first)),
            _ => (Some(first), Some(last)),
        };
        Name { language: language.tag, first, last }
    }
}

/// A name as it can stand in an email address: Latin letters without their marks, and none for other scripts.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter_map(|char| match char {
            'a'..='z' | '0'..='9' => Some(char),
            'A'..='Z' => Some(char.to_ascii_lowercase()),
            'à'..='å' | 'À'..='Å' | 'ā' | 'ą' | 'ă' => Some('a'),
            'æ' | 'è'..='ë' | 'È'..='Ë' | 'ē' | 'ę' | 'ẹ' => Some('e'),
            'ç' | 'Ç' | 'ć' | 'č' => Some('c'),
            'ì'..='ï' | 'Ì'..='Ï' | 'ı' | 'İ' => Some('i'),
            'ñ' | 'ń' => Some('n'),
            'ò'..='ö' | 'ø' | 'Ò'..='Ö' | 'Ø' | 'ọ' => Some('o'),
            'ù'..='ü' | 'Ù'..='Ü' => Some('u'),
            'ł' | 'Ł' => Some('l'),
            'ś' | 'Ś' | 'ş' | 'Ş' | 'ß' | 'ṣ' => Some('s'),
            'ż' | 'ź' | 'Ż' => Some('z'),
            'ğ' => Some('g'),
            'đ' | 'Đ' => Some('d'),
            'ý' => Some('y'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        let names = Names::read();
        assert!(names.languages.len() >= 20);
        for language in &names.languages {
            assert!(language.first.len() >= 10 && language.last.len() >= 5, "{}", language.tag);
            assert!(language.first.iter().chain(&language.last).all(|name| !name.is_empty()), "{}", language.tag);
        }
    }

    #[test]
    fn marks_are_dropped_for_addresses() {
        assert_eq!(plain("Adélaïde O'Brien-Łódź"), "adelaideobrienlodz");
        assert_eq!(plain("山田"), "");
    }
}
