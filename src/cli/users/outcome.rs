//! What came of an act for each, told.

pub(super) use crate::app::marks::Unmatched;

use super::{
    doing::{Done, Ended},
    rows::JsonRow,
};
use crate::{
    app::{
        Identifier,
        act::{Site, Whom},
        counted,
        dialog::Lot,
        job::{Counts, FailureGroup, Fault, JobAct, Outcome, Target},
    },
    cli::{
        Exit,
        fault::Stop,
        form::{Form, FormArguments, Printer, print_json, remark},
    },
};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Somebody about whom nothing was sent.
#[derive(Clone, Debug)]
pub(super) struct Skipped {
    pub(super) target: Target,
    pub(super) lot: Lot,
}

impl Skipped {
    fn word(&self) -> &'static str {
        match self.lot {
            Lot::Already => "unchanged",
            Lot::Gone => "gone",
            Lot::Protected(_) => "protected",
            Lot::Unknown | Lot::Changed => "left",
        }
    }

    /// Whether they are as the act would make them.
    pub(super) fn is_as_wanted(&self, act: &JobAct) -> bool {
        self.lot == Lot::Already || self.lot == Lot::Gone && act.wants_them_gone()
    }

    pub(super) fn to_json(&self) -> Value {
        let reason = match &self.lot {
            Lot::Protected(protection) => Some(protection.to_string()),
            _ => None,
        };
        outcome_json(&self.target, self.word(), None, reason.as_deref())
    }

    /// `user_1 (Ada Lovelace) is protected: ops@acme.example`.
    pub(super) fn sentence(&self) -> String {
        let id = &self.target.id;
        let who = format!("{id} ({})", self.target.person.call(id));
        match &self.lot {
            Lot::Protected(protection) => format!("{who} is protected: {protection}"),
            Lot::Already => format!("{who} is so already"),
            Lot::Gone => format!("{id} is gone"),
            Lot::Unknown | Lot::Changed => who,
        }
    }
}

/// What an act was about, to be told with what came of it.
#[derive(Debug)]
pub(super) struct Report {
    act: JobAct,
    skipped: Vec<Skipped>,
    unmatched: Vec<Unmatched>,
    site: Site,
}

impl Report {
    pub(super) fn new(act: JobAct, skipped: Vec<Skipped>, unmatched: Vec<Unmatched>, site: Site) -> Self {
        Self { act, skipped, unmatched, site }
    }

    /// Prints it. How the program ends.
    pub(super) fn print(&self, done: &Done, form: FormArguments) -> Result<Exit, Stop> {
        let counts = self.counts(done);
        match form.form() {
            Form::Table => self.print_words(counts, done)?,
            Form::Json => print_json(&self.document(counts, done).to_string())?,
            Form::Ndjson => {
                let mut printer = Printer::new(Form::Ndjson);
                let rows: Vec<JsonRow> = self.lines(done).map(JsonRow).collect();
                printer.print(&rows)?;
                printer.end()?;
            }
        }
        Ok(self.exit(counts, done))
    }

    fn counts(&self, done: &Done) -> Counts {
        let mut counts = Counts { total: done.ended.len() + self.skipped.len(), ..Counts::default() };
        for outcome in done.ended.iter().filter_map(|ended| ended.outcome.as_ref()) {
            counts.add(outcome);
        }
        counts.unchanged += self.skipped.iter().filter(|skipped| skipped.lot == Lot::Already).count();
        counts.gone += self.skipped.iter().filter(|skipped| skipped.lot == Lot::Gone).count();
        counts
    }

    fn protected(&self) -> usize {
        self.skipped.iter().filter(|skipped| matches!(skipped.lot, Lot::Protected(_))).count()
    }

    /// Those who are still to be done.
    fn left(&self, counts: Counts) -> usize {
        counts.left() - self.protected()
    }

    fn exit(&self, counts: Counts, done: &Done) -> Exit {
        let gone = if self.act.wants_them_gone() { 0 } else { counts.gone };
        if done.is_interrupted {
            Exit::Interrupted
        } else if gone > 0 && gone == counts.total {
            Exit::NotFound
        } else if counts.failed + gone + self.protected() + self.left(counts) + self.unmatched.len() > 0
            || done.trouble.is_some()
        {
            Exit::Failed
        } else {
            Exit::Done
        }
    }

    /// What was done is output; what was not is said beside it.
    fn print_words(&self, counts: Counts, done: &Done) -> Result<(), Stop> {
        let words = match done.ended.as_slice() {
            [Ended { target, outcome: Some(Outcome::Done { .. }) }] if self.skipped.is_empty() => {
                let called = target.person.call(&target.id);
                self.act.words(&Whom::One { called, identifier: called }, &self.site).done
            }
            _ => self.act.ended_words(&counts, &self.site, ""),
        };
        writeln!(io::stdout(), "{}", crate::ui::Shown::foreign(words).as_str())?;
        for skipped in self.skipped.iter().filter(|skipped| matches!(skipped.lot, Lot::Protected(_))) {
            remark(&format!("Skipped: {}.", skipped.sentence()));
        }
        for FailureGroup { code, reason, count } in
            FailureGroup::of(done.ended.iter().filter_map(|ended| ended.outcome.as_ref()))
        {
            remark(&format!("{}: {reason} ({code})", counted(count, "user", "users")));
        }
        if self.left(counts) > 0 {
            let left = counted(self.left(counts), "user is", "users are");
            remark(&format!("{left} left; the dashboard offers to go on, and to do it again skips who is done."));
        }
        if let Some(trouble) = &done.trouble {
            remark(trouble);
        }
        Ok(())
    }

    fn document(&self, counts: Counts, done: &Done) -> Value {
        json!({
            "action": self.act.name(),
            "job": done.job,
            "done": counts.done,
            "unchanged": counts.unchanged,
            "gone": counts.gone,
            "failed": counts.failed,
            "protected": self.protected(),
            "left": self.left(counts),
            "unmatched": self.unmatched.iter().map(|unmatched| unmatched.text.as_str()).collect::<Vec<_>>(),
            "interrupted": done.is_interrupted,
            "trouble": done.trouble,
            "users": self.lines(done).collect::<Vec<_>>(),
        })
    }

    fn lines<'a>(&'a self, done: &'a Done) -> impl Iterator<Item = Value> + 'a {
        let ended = done.ended.iter().map(|Ended { target, outcome }| {
            let fault = match outcome {
                Some(Outcome::Failed(fault)) => Some(fault),
                _ => None,
            };
            let word = outcome.as_ref().map_or("left", Outcome::name);
            outcome_json(target, word, fault, fault.map(|fault| fault.reason.as_str()))
        });
        ended.chain(self.skipped.iter().map(Skipped::to_json))
    }
}

fn outcome_json(target: &Target, word: &str, fault: Option<&Fault>, reason: Option<&str>) -> Value {
    json!({
        "user_id": target.id,
        "identifier": target.person.identifier.as_ref().map(Identifier::as_str),
        "name": target.person.name,
        "outcome": word,
        "code": fault.map(|fault| fault.code.as_str()),
        "reason": reason,
        "status": fault.and_then(|fault| fault.status),
        "trace_id": fault.and_then(|fault| fault.trace_id.as_deref()),
    })
}
