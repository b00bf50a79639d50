//! What came of each row, as a table.

use super::{
    Existing, Mapping, Outcome, ReadError, Told,
    check::{Checked, Checker},
    rows,
};
use crate::{cells, clerk::model::Timestamp, private};
use std::{fs::File, io, ops::ControlFlow, path::Path};

/// A row of the table.
#[derive(Default)]
struct Line {
    outcome: &'static str,
    user: String,
    external_id: String,
    identifier: String,
    code: String,
    reason: String,
}

/// Writes what came of each row of a file, with what `told` knows of it; nothing where nothing was sent. The table is its
/// owner's alone, and holds no secret.
///
/// # Errors
///
/// When it cannot be written, or the file cannot be read.
pub fn report(path: &Path, file: &mut File, mapping: &Mapping, told: Option<&Told>) -> io::Result<()> {
    let now = Timestamp::from(jiff::Timestamp::now());
    let mut checker = Checker::new(mapping, now);
    let mut table = cells::row(["row", "outcome", "user_id", "external_id", "identifier", "code", "reason"]);
    let read = rows(file, mapping.heads(), &mut |row| {
        let line = Line::of(checker.check(&row), told, row.number);
        let Line { outcome, user, external_id, identifier, code, reason } = &line;
        let number = row.number.to_string();
        table += &cells::row([number.as_str(), *outcome, user, external_id, identifier, code, reason]);
        ControlFlow::Continue(())
    });
    match read {
        Ok(()) => private::replace(path, table.as_bytes()),
        Err(ReadError::Io(error)) => Err(error),
        Err(other) => Err(io::Error::other(other)),
    }
}

impl Line {
    fn of(checked: Checked, told: Option<&Told>, row: u64) -> Self {
        let draft = match checked {
            Checked::Absent => return Self { outcome: "left_out", ..Self::default() },
            Checked::Faulty(faults) => {
                let reason: Vec<String> = faults.iter().map(ToString::to_string).collect();
                return Self { outcome: "faulty", reason: reason.join("; "), ..Self::default() };
            }
            Checked::Create(draft) => draft,
        };
        let who = Self {
            identifier: draft.identifier().unwrap_or_default().to_owned(),
            external_id: draft.user.external_id.unwrap_or_default(),
            ..Self::default()
        };
        if let Some(existing) = told.and_then(|told| told.existing.get(&row)) {
            let user = existing.users().first().map(|(user, _)| user.to_string()).unwrap_or_default();
            let (code, reason) = (Existing::CODE.to_owned(), existing.to_string());
            return Self { outcome: "exists", user, code, reason, ..who };
        }
        let Some(sent) = told.and_then(|told| told.rows.get(&row)) else { return Self { outcome: "to_do", ..who } };
        match &sent.outcome {
            Some(Outcome::Created { user }) => Self { outcome: "created", user: user.to_string(), ..who },
            Some(Outcome::Failed { code, reason }) => {
                Self { outcome: "failed", code: code.clone(), reason: reason.clone(), ..who }
            }
            Some(Outcome::Unknown { user, reason }) => {
                let user = user.as_ref().map(ToString::to_string).unwrap_or_default();
                Self { outcome: "unknown", user, reason: reason.clone(), ..who }
            }
            None => Self { outcome: "unknown", ..who },
        }
    }
}
