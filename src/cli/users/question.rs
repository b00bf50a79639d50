//! What is said and asked before something is done.

use super::outcome::{Skipped, Unmatched};
use crate::{
    app::{
        act::{ManyWords, RequestPreview, Site, requests},
        dialog::Many,
        job::Plan,
    },
    clerk::{InstanceKind, SentBody, Unsent},
    cli::{
        Exit,
        fault::Stop,
        form::{FormArguments, print_json, remark},
    },
    ui::Shown,
};
use serde_json::{Value, json};
use std::io::{self, BufRead, IsTerminal, Write};

/// Names are listed up to so many.
const NAMED: usize = 9;

/// Asks whether to do it, saying what happens, what stays, what undo gives, and what it costs.
///
/// # Errors
///
/// When nobody can be asked, or the answer is no.
pub(super) fn ask(many: &Many, input_is_taken: bool) -> Result<(), Stop> {
    can_ask(input_is_taken)?;
    let (words, tally) = (many.words(), many.people().tally());
    remark(&words.question);
    if tally.changed <= NAMED {
        for target in many.people().to_change() {
            let identifier = target.person.identifier.as_ref().map_or("", |identifier| identifier.as_str());
            remark(&format!("  {}  {}  {identifier}", target.id, target.person.call(&target.id)));
        }
    }
    remark(&format!("  happens  {}", words.now));
    remark(&format!("  stays    {}", words.kept));
    remark(&format!("  undo     in the dashboard: {}", words.undo));
    for (count, how) in [
        (tally.already, many.act().already_words(tally.already)),
        (tally.gone, if tally.gone == 1 { "is gone" } else { "are gone" }),
        (
            tally.protected,
            if tally.protected == 1 { "is protected, and skipped" } else { "are protected, and skipped" },
        ),
    ] {
        if count > 0 {
            remark(&format!("  besides  {count} {how}"));
        }
    }
    remark(&format!("  cost     {}", words.cost));
    match many.expected() {
        Some(expected) => answered(&format!("{}: ", words.ask), |typed| typed == expected),
        None => yes(&words.question, &place(many.site())),
    }
}

/// ` at demo`, ` at api.clerk.com PRODUCTION`.
pub(in crate::cli) fn place(site: &Site) -> String {
    let badge = if site.kind == InstanceKind::Production { " PRODUCTION" } else { "" };
    format!(" at {}{badge}", site.instance)
}

/// Asks for a yes.
pub(in crate::cli) fn yes(question: &str, place: &str) -> Result<(), Stop> {
    answered(&format!("{question}{place}? [y/N] "), |typed| matches!(typed, "y" | "Y" | "yes"))
}

/// Whether somebody sits there who can be asked.
pub(in crate::cli) fn can_ask(input_is_taken: bool) -> Result<(), Stop> {
    if !input_is_taken && io::stdin().is_terminal() && io::stderr().is_terminal() {
        return Ok(());
    }
    Err(Stop::usage("nothing was sent, as nobody can be asked; --yes does it without asking"))
}

/// Asks on standard error: the output may go elsewhere.
fn answered(prompt: &str, is_yes: impl Fn(&str) -> bool) -> Result<(), Stop> {
    let mut out = io::stderr();
    let written = write!(out, "{}", Shown::foreign(prompt).as_str()).and_then(|()| out.flush());
    let mut typed = String::new();
    let read = written.and_then(|()| io::stdin().lock().read_line(&mut typed));
    match read {
        Ok(_) if is_yes(typed.trim()) => Ok(()),
        Ok(_) => Err(Stop::failed("nothing was sent")),
        Err(error) => Err(Stop::failed(format!("nothing was sent, as nobody can be asked: {error}"))),
    }
}

/// Tells each request that would be sent, and who would be skipped; sends none.
pub(super) fn rehearse(
    plan: &Plan,
    skipped: &[Skipped],
    unmatched: &[Unmatched],
    words: &ManyWords,
    form: FormArguments,
) -> Result<Exit, Stop> {
    let requests = requests(&plan.act, &plan.targets);
    if form.is_json() {
        let requests: Vec<Value> = requests
            .map(|RequestPreview { method, path, body }| json!({ "method": method, "path": path, "body": body }))
            .collect();
        let skipped: Vec<Value> = skipped.iter().map(Skipped::to_json).collect();
        let unmatched: Vec<&str> = unmatched.iter().map(|unmatched| unmatched.text.as_str()).collect();
        let told = json!({ "dry_run": true, "requests": requests, "skipped": skipped, "unmatched": unmatched });
        print_json(&told.to_string())?;
    } else {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for request in requests {
            writeln!(out, "{}", Shown::foreign(line(request.method, &request.path, request.body.as_ref())).as_str())?;
        }
        out.flush()?;
        for skipped in skipped {
            remark(&format!("skipped: {}", skipped.sentence()));
        }
        remark(&format!("Nothing was sent. It takes {}.", words.cost.at_share()));
    }
    let is_whole = unmatched.is_empty() && skipped.iter().all(|skipped| skipped.is_as_wanted(&plan.act));
    Ok(if is_whole { Exit::Done } else { Exit::Failed })
}

/// `POST /v1/users/ban {"user_ids":["user_1"]}`.
pub(super) fn line(method: &str, path: &str, body: Option<&Value>) -> String {
    let body = body.map(|body| format!(" {body}")).unwrap_or_default();
    format!("{method} {path}{body}")
}

/// Tells what a rehearsal has not sent.
pub(super) fn tell_unsent(unsent: &[Unsent], form: FormArguments) -> Result<Exit, Stop> {
    let body = |unsent: &Unsent| match &unsent.body {
        SentBody::Json(json) => serde_json::from_str(json).ok(),
        SentBody::Empty | SentBody::File { .. } => None,
    };
    let requests = unsent.iter().map(|unsent| (unsent.method.as_str(), format!("/v1{}", unsent.path), body(unsent)));
    if form.is_json() {
        let requests: Vec<Value> =
            requests.map(|(method, path, body)| json!({ "method": method, "path": path, "body": body })).collect();
        print_json(&json!({ "dry_run": true, "requests": requests }).to_string())?;
        return Ok(Exit::Done);
    }
    for (method, path, body) in requests {
        writeln!(io::stdout(), "{}", Shown::foreign(line(method, &path, body.as_ref())).as_str())?;
    }
    remark("Nothing was sent.");
    Ok(Exit::Done)
}
