//! Asking the user list who has one of some identifiers, and reading what it answers.

use super::{Identifier, drafts::Numbered};
use crate::clerk::{
    model::{User, UserId},
    query::{PageLimit, PageStart, UserPage, UserQuery},
};
use std::{collections::HashMap, ops::Deref};
use strum::IntoEnumIterator;

/// Clerk takes so many values of a filter.
const MOST: usize = 100;

/// Who has one of these? Of one kind only, as what is asked for by two has to hold of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    identifier: Identifier,
    /// Each with the row that it stands in.
    values: Vec<(String, u64)>,
}

/// A row, somebody who is there, and what the two share.
pub(super) type Match = (u64, UserId, Identifier);

impl Question {
    /// All that is to be asked about some rows. Each value is asked for as it stands and as it compares: Clerk does not say
    /// which of the two it takes.
    pub(super) fn all_of(rows: &[&Numbered]) -> Vec<Self> {
        let values_of = |identifier: Identifier| -> Vec<(String, u64)> {
            let mut values = Vec::new();
            for (row, draft) in rows {
                for value in identifier.of_new(&draft.user) {
                    let folded = identifier.folded(value);
                    if folded != value {
                        values.push((value.to_owned(), *row));
                    }
                    values.push((folded, *row));
                }
            }
            values
        };
        let questions = Identifier::iter().flat_map(|identifier| {
            let values = values_of(identifier);
            let batches: Vec<_> = values.chunks(MOST).map(<[_]>::to_vec).collect();
            batches.into_iter().map(move |values| Self { identifier, values })
        });
        questions.collect()
    }

    pub(super) fn query(&self) -> UserQuery {
        let values = self.values.iter().map(|(value, _)| value.clone()).collect();
        UserQuery { filter: self.identifier.filter(values), ..UserQuery::default() }
    }

    /// The longest page: without a limit ten come, and more than can be found would be seen.
    pub(super) fn page() -> UserPage {
        UserPage { start: PageStart::FIRST, limit: PageLimit::MAX }
    }

    /// Whom of an answer which row is.
    ///
    /// # Errors
    ///
    /// The first who has nothing of what was asked for: then nothing that the answer says can be trusted.
    pub(super) fn matches<U: Deref<Target = User>>(&self, users: &[U]) -> Result<Vec<Match>, UserId> {
        let rows: HashMap<String, u64> =
            self.values.iter().map(|(value, row)| (self.identifier.folded(value), *row)).collect();
        let mut matches = Vec::new();
        for user in users {
            let before = matches.len();
            let values = self.identifier.of(user).into_iter();
            let found = values.filter_map(|value| rows.get(&self.identifier.folded(value)));
            matches.extend(found.map(|row| (*row, user.id.clone(), self.identifier)));
            if matches.len() == before {
                return Err(user.id.clone());
            }
        }
        Ok(matches)
    }

    /// The same in two; none where it is about one value.
    pub(super) fn halves(mut self) -> Option<[Self; 2]> {
        let middle = self.values.len() / 2;
        let values = self.values.split_off(middle);
        let identifier = self.identifier;
        (middle > 0).then_some([self, Self { identifier, values }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clerk::model::{EmailAddress, Timestamp},
        import::{Draft, Mapping, Source},
    };
    use serde_json::{Value, json};

    fn drafts(rows: &[Value]) -> Vec<Numbered> {
        let mapping = Mapping::new(Source::Clerk, &[], None).unwrap();
        let now = Timestamp::from_millis(0);
        let draft = |row: &Value| Draft::read(row.as_object().unwrap(), &mapping, now).unwrap().unwrap();
        (1..).zip(rows).map(|(number, row)| (number, Box::new(draft(row)))).collect()
    }

    fn asked(drafts: &[Numbered]) -> Vec<Question> {
        Question::all_of(&drafts.iter().collect::<Vec<_>>())
    }

    fn user(id: &str, email: &str) -> Box<User> {
        let email = EmailAddress { email_address: email.to_owned(), ..EmailAddress::default() };
        Box::new(User { id: id.into(), email_addresses: vec![email], ..User::default() })
    }

    fn values(question: &Question) -> Vec<(&str, u64)> {
        question.values.iter().map(|(value, row)| (value.as_str(), *row)).collect()
    }

    #[test]
    fn each_kind_is_asked_for_by_itself_a_hundred_at_a_time() {
        let row = |number| json!({ "external_id": number, "email_address": format!("user{number}@x.yz") });
        let mut rows: Vec<Value> = (1..=101).map(row).collect();
        rows[0]["username"] = json!("Ada");
        let drafts = drafts(&rows);
        let questions = asked(&drafts);
        let told: Vec<_> = questions.iter().map(|question| (question.identifier, question.values.len())).collect();
        let (id, email) = (Identifier::ExternalId, Identifier::EmailAddress);
        assert_eq!(told, [(id, 100), (id, 1), (email, 100), (email, 1), (Identifier::Username, 2)]);
        assert_eq!(values(&questions[4]), [("Ada", 1), ("ada", 1)]);
        for question in questions {
            let parameters = question.query().filter.to_parameters();
            assert!(parameters.iter().all(|(name, _)| *name == question.identifier.name()), "{parameters:?}");
        }
    }

    #[test]
    fn an_answer_tells_which_row_is_whom_and_a_stranger_spoils_it() {
        let drafts = drafts(&[json!({ "email_address": "Ada@X.yz" }), json!({ "email_address": "bob@x.yz" })]);
        let [question] = &asked(&drafts)[..] else { panic!() };
        let known = user("user_1", "ADA@x.yz");
        let found = question.matches(std::slice::from_ref(&known)).unwrap();
        assert_eq!(found, [(1, "user_1".into(), Identifier::EmailAddress)]);
        assert_eq!(question.matches(&[known, user("user_2", "eve@x.yz")]), Err("user_2".into()));
    }

    #[test]
    fn a_question_is_divided_down_to_one_value() {
        let rows = ["a@x.yz", "b@x.yz", "c@x.yz"].map(|email| json!({ "email_address": email }));
        let question = asked(&drafts(&rows)).remove(0);
        let [one, rest] = question.halves().unwrap();
        assert_eq!((values(&one), values(&rest)), (vec![("a@x.yz", 1)], vec![("b@x.yz", 2), ("c@x.yz", 3)]));
        assert_eq!(one.halves(), None);
    }
}
