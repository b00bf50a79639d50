//! A whole file, read and checked before anything is sent.

use super::{
    Draft, Fault, Mapping, Part, ReadError,
    check::{Checked, Checker},
    rows,
};
use crate::clerk::{model::Timestamp, users::NewPassword};
use std::{collections::BTreeMap, fs::File, ops::ControlFlow};

/// What a file holds.
#[derive(Debug, Default)]
pub struct Survey {
    /// How many rows it has.
    pub rows: u64,
    /// How many of them make users.
    pub users: u64,
    /// How many are of nobody who is to be created.
    pub absent: u64,
    /// What is wrong with the others, by their numbers, in the order of the file.
    pub faults: Vec<(u64, Fault)>,
    /// How many rows something is wrong with.
    pub faulty: u64,
    /// The columns that are taken along, and as what.
    pub taken: BTreeMap<String, Part>,
    /// The columns that are not.
    pub left_out: BTreeMap<String, u64>,
    /// How many users bring a password, by how it is made; in the clear it is `plain`.
    pub passwords: BTreeMap<&'static str, u64>,
}

/// Reads all of a file as `mapping` says, at `now`.
///
/// # Errors
///
/// When it cannot be read to its end.
pub fn survey(file: &mut File, mapping: &Mapping, now: Timestamp) -> Result<Survey, ReadError> {
    let (mut survey, mut checker) = (Survey::default(), Checker::new(mapping, now));
    rows(file, mapping.heads(), &mut |row| {
        if let Ok(fields) = &row.fields {
            survey.see_columns(fields.keys(), mapping);
        }
        survey.rows += 1;
        match checker.check(&row) {
            Checked::Absent => survey.absent += 1,
            Checked::Faulty(faults) => {
                survey.faulty += 1;
                survey.faults.extend(faults.into_iter().map(|fault| (row.number, fault)));
            }
            Checked::Create(draft) => survey.see(&draft),
        }
        ControlFlow::Continue(())
    })?;
    Ok(survey)
}

impl Survey {
    fn see_columns<'a>(&mut self, columns: impl Iterator<Item = &'a String>, mapping: &Mapping) {
        for column in columns {
            // Most rows have the columns of the first.
            if self.taken.contains_key(column) {
                continue;
            }
            if let Some(rows) = self.left_out.get_mut(column) {
                *rows += 1;
                continue;
            }
            match mapping.part_of(column) {
                Some(part) => _ = self.taken.insert(column.clone(), part),
                None => _ = self.left_out.insert(column.clone(), 1),
            }
        }
    }

    fn see(&mut self, draft: &Draft) {
        self.users += 1;
        if let Some(password) = &draft.user.password {
            let how = match password {
                NewPassword::Plain { .. } => "plain",
                NewPassword::Digest { hasher, .. } => hasher.as_str(),
            };
            *self.passwords.entry(how).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Source;
    use std::io::Write;

    #[test]
    fn a_file_is_told_before_anything_is_sent() {
        let mut file = tempfile::tempfile().unwrap();
        let rows = "id,email,aud,encrypted_password,deleted_at\n\
                    1,a@x.y,x,,\n\
                    2,A@X.Y,x,,\n\
                    1,b@x.y,x,,\n\
                    4,c@x.y,x,,2024-01-15\n\
                    5,c@x.y,x,$2b$10$U4C0ZY8OG8y41F9LusfKyu3HRMBL0rCZcKBVsXhgr.n8Ou6FPhzO2,\n";
        file.write_all(rows.as_bytes()).unwrap();
        let mapping = Mapping::new(Source::Supabase, &[], None).unwrap();
        let told = survey(&mut file, &mapping, Timestamp::from_millis(0)).unwrap();
        assert_eq!((told.rows, told.users, told.absent, told.faulty), (5, 2, 1, 2));
        let faults: Vec<_> = told.faults.iter().map(|(row, fault)| (*row, fault.to_string())).collect();
        let clash = |row, what: &str| (row, format!("the {what} stands in row 1 too"));
        assert_eq!(faults, [clash(2, "email address a@x.y"), clash(3, "external id 1")]);
        assert_eq!(told.left_out.into_iter().collect::<Vec<_>>(), [("aud".to_owned(), 5)]);
        assert_eq!(told.taken.get("email"), Some(&Part::EmailAddress));
        assert_eq!(told.passwords.into_iter().collect::<Vec<_>>(), [("bcrypt", 1)]);
    }
}
