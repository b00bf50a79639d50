//! What the organizations are that the search line names: looked up at Clerk once, and remembered for the session.

use super::part::{quoted, unquoted};
use crate::{
    app::failure::Failure,
    clerk::model::{Organization, OrganizationId, Page},
};
use std::collections::BTreeMap;

/// So many are told when a name does not fit exactly one.
const CANDIDATES: usize = 4;

/// A name that is longer, in characters, is not written in the line.
const LONGEST: usize = 80;

/// What names mean, as far as they have been looked up. Case does not matter.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    meanings: BTreeMap<String, Meaning>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This organization.
    One(OrganizationId),
    /// Not one: as a sentence, what would be right. Can hold names as they came, unsafe to print.
    NotOne(String),
}

impl Directory {
    pub(super) fn meaning(&self, name: &str) -> Option<&Meaning> {
        self.meanings.get(&folded(name))
    }

    /// Takes the organizations that Clerk finds by `name`.
    pub fn take(&mut self, name: &str, result: Result<&Page<Organization>, &Failure>) {
        let meaning = match result {
            Ok(page) => meaning_among(name, page),
            Err(_) => Meaning::NotOne(format!("{name} could not be looked up; r tries again")),
        };
        self.meanings.insert(folded(name), meaning);
    }

    /// A name that means this organization, in small letters.
    #[must_use]
    pub fn name_of(&self, organization: &OrganizationId) -> Option<&str> {
        let means = |meaning: &Meaning| matches!(meaning, Meaning::One(id) if id == organization);
        self.meanings.iter().find(|(_, meaning)| means(meaning)).map(|(name, _)| name.as_str())
    }

    /// Forgets which names meant no organization: they are looked up again.
    pub fn forget_failures(&mut self) {
        self.meanings.retain(|_, meaning| matches!(meaning, Meaning::One(_)));
    }

    /// Notes an organization that is known already. How the line names it: by its slug, else by its name, else by its id.
    #[must_use]
    pub fn remember(&mut self, organization: &Organization) -> String {
        let written = written(organization);
        let meaning = Meaning::One(organization.id.clone());
        let known = self.meanings.entry(folded(&unquoted(&written))).or_insert_with(|| meaning.clone());
        if matches!(known, Meaning::NotOne(_)) {
            known.clone_from(&meaning);
        }
        // Another one is called the same.
        if *known == meaning { written } else { organization.id.to_string() }
    }
}

/// The one that has this slug or id, or else this name.
fn meaning_among(name: &str, page: &Page<Organization>) -> Meaning {
    let wanted = folded(name);
    let is_it = |it: &&Organization| folded(&it.slug) == wanted || it.id.as_str() == name;
    if let Some(organization) = page.data.iter().find(is_it) {
        return Meaning::One(organization.id.clone());
    }
    let namesakes: Vec<_> = page.data.iter().filter(|it| folded(&it.name) == wanted).collect();
    let is_all = page.total_count <= page.data.len() as u64;
    match namesakes.as_slice() {
        [one] if is_all => Meaning::One(one.id.clone()),
        [] if page.data.is_empty() => Meaning::NotOne(format!("no organization is called {name}")),
        [] => {
            let alike = page.data.iter().map(written).collect();
            Meaning::NotOne(format!("no organization is called {name}; there is {}", told(alike, is_all)))
        }
        several => {
            let unique = |it: &&Organization| if it.slug.is_empty() { it.id.to_string() } else { it.slug.clone() };
            let all = several.iter().map(unique).collect();
            Meaning::NotOne(format!("several are called {name}: {}", told(all, is_all)))
        }
    }
}

/// The first few.
fn told(mut names: Vec<String>, is_all: bool) -> String {
    if names.len() > CANDIDATES || !is_all {
        names.truncate(CANDIDATES);
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// How an organization is named in the line.
fn written(organization: &Organization) -> String {
    let Organization { slug, name, id, .. } = organization;
    let is_plain = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.');
    let is_id = |text: &str| text.starts_with("org_");
    let can_be_typed =
        |name: &str| name.chars().count() <= LONGEST && name.chars().all(|char| char != '"' && !char.is_control());
    if !slug.is_empty() && slug.chars().all(is_plain) && !is_id(slug) {
        slug.clone()
    } else if !name.trim().is_empty() && can_be_typed(name) && !is_id(name) {
        quoted(name)
    } else {
        id.to_string()
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organization(id: &str, name: &str, slug: &str) -> Organization {
        Organization { id: id.into(), name: name.into(), slug: slug.into(), ..Organization::default() }
    }

    fn page(data: Vec<Organization>) -> Page<Organization> {
        Page { total_count: data.len() as u64, data }
    }

    fn acme() -> Organization {
        organization("org_1", "Acme", "acme")
    }

    fn meaning(name: &str, page: &Page<Organization>) -> Meaning {
        let mut directory = Directory::default();
        directory.take(name, Ok(page));
        directory.meaning(&name.to_uppercase()).unwrap().clone()
    }

    #[test]
    fn a_slug_weighs_more_than_a_name_and_a_name_more_than_a_part_of_it() {
        let found =
            page(vec![organization("org_2", "acme", "acme-2"), acme(), organization("org_3", "Acme Labs", "labs")]);
        assert_eq!(meaning("ACME", &found), Meaning::One("org_1".into()));
        assert_eq!(meaning("acme labs", &found), Meaning::One("org_3".into()));
    }

    #[test]
    fn what_is_not_one_says_what_would_be_right() {
        let told = |name: &str, found: Vec<Organization>| match meaning(name, &page(found)) {
            Meaning::NotOne(words) => words,
            Meaning::One(id) => panic!("{id}"),
        };
        assert_eq!(told("xyz", Vec::new()), "no organization is called xyz");
        let labs = || organization("org_2", "Acme Labs", "");
        assert_eq!(told("acm", vec![acme(), labs()]), "no organization is called acm; there is acme, \"Acme Labs\"");
        let twins = vec![organization("org_1", "Acme", "acme-1"), organization("org_2", "Acme", "")];
        assert_eq!(told("acme", twins), "several are called acme: acme-1, org_2");
        assert!(told("a", vec![acme(); 6]).ends_with("acme, acme, acme, acme, …"));
    }

    #[test]
    fn a_name_may_be_another_ones_where_not_all_have_been_read() {
        let found = Page { total_count: 900, data: vec![organization("org_1", "Acme", "one")] };
        assert!(matches!(meaning("acme", &found), Meaning::NotOne(_)));
    }

    #[test]
    fn failures_are_forgotten_and_what_is_known_is_not() {
        let mut directory = Directory::default();
        directory.take("acme", Ok(&page(vec![acme()])));
        directory.take("globex", Err(&Failure::Internal("no".into())));
        let Some(Meaning::NotOne(words)) = directory.meaning("globex") else { panic!() };
        assert_eq!(words, "globex could not be looked up; r tries again");
        directory.forget_failures();
        assert_eq!((directory.meaning("globex"), directory.meaning("acme").is_some()), (None, true));
    }

    #[test]
    fn an_organization_is_named_by_what_means_it_and_no_other() {
        let mut directory = Directory::default();
        assert_eq!(directory.remember(&acme()), "acme");
        assert_eq!(directory.meaning("acme"), Some(&Meaning::One("org_1".into())));
        let mut named = |id: &str, name: &str, slug: &str| directory.remember(&organization(id, name, slug));
        assert_eq!(named("org_2", "Acme, Inc", ""), "\"Acme, Inc\"");
        assert_eq!(named("org_3", "Globex", ""), "Globex");
        assert_eq!(named("org_4", "globex", ""), "org_4", "the name means another one");
        assert_eq!(named("org_5", "A \"quoted\" name", ""), "org_5");
        assert_eq!(named("org_6", "", "org_1"), "org_6");
    }
}
