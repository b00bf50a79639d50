//! Why a command ends before it has done all of what it was asked for, told to people or to programs.

use super::Exit;
use crate::{app::Failure, clerk, config::ConnectionError, ui::Shown};
use serde_json::json;
use std::io;

/// Why a command ends early.
#[derive(Debug)]
pub(super) enum Stop {
    /// Who reads its output has read enough, and closed the pipe.
    Closed,
    /// This went wrong.
    Fault(Box<Fault>),
}

/// What went wrong.
#[derive(Debug)]
pub(super) struct Fault {
    exit: Exit,
    /// As a sentence without its full stop, perhaps with Clerk's words in it, unsafe to print.
    words: String,
    advice: Option<&'static str>,
    code: Option<String>,
    status: Option<u16>,
    trace_id: Option<String>,
}

impl Stop {
    fn new(exit: Exit, words: impl Into<String>) -> Self {
        let (advice, code, status, trace_id) = (None, None, None, None);
        Self::Fault(Box::new(Fault { exit, words: words.into(), advice, code, status, trace_id }))
    }

    /// It was asked for in a way that cannot be done.
    pub(super) fn usage(words: impl Into<String>) -> Self {
        Self::new(Exit::Usage, words)
    }

    /// There is no key, or one that cannot be used.
    pub(super) fn key(words: impl Into<String>) -> Self {
        Self::new(Exit::Key, words)
    }

    /// What it is about is not there.
    pub(super) fn not_found(words: impl Into<String>) -> Self {
        Self::new(Exit::NotFound, words)
    }

    /// It could not be done.
    pub(super) fn failed(words: impl Into<String>) -> Self {
        Self::new(Exit::Failed, words)
    }

    /// What went wrong, as a sentence without its full stop, unsafe to print.
    pub(super) fn words(self) -> String {
        match self {
            Self::Closed => "the pipe was closed".to_owned(),
            Self::Fault(fault) => fault.words,
        }
    }

    /// The same as a sentence or two, with what to do.
    pub(super) fn sentence(self) -> String {
        match self {
            Self::Closed => "the pipe was closed.".to_owned(),
            Self::Fault(fault) => fault.sentence(),
        }
    }

    /// The HTTP status of the answer that it ends for.
    pub(super) fn status(&self) -> Option<u16> {
        match self {
            Self::Closed => None,
            Self::Fault(fault) => fault.status,
        }
    }

    /// The same, with words before what is said.
    pub(super) fn about(mut self, what: &str) -> Self {
        if let Self::Fault(fault) = &mut self {
            fault.words = format!("{what}: {}", fault.words);
        }
        self
    }

    /// The same, with other advice where Clerk has answered with this status.
    pub(super) fn advising_at(mut self, status: u16, advice: &'static str) -> Self {
        if let Self::Fault(fault) = &mut self
            && fault.status == Some(status)
        {
            fault.advice = Some(advice);
        }
        self
    }

    /// Tells it on standard error, as JSON where that is wanted. How the program ends.
    #[expect(clippy::print_stderr, reason = "this is where a command that ends early tells why")]
    pub(super) fn tell(self, as_json: bool) -> Exit {
        match self {
            Self::Closed => Exit::Done,
            Self::Fault(fault) => {
                if as_json {
                    eprintln!("{}", fault.to_json());
                } else {
                    super::tell(&Shown::foreign(fault.sentence()).as_str());
                }
                fault.exit
            }
        }
    }
}

impl Fault {
    /// `the user is not there (resource_not_found, trace 1a2b). Look again.`
    fn sentence(&self) -> String {
        let trace = self.trace_id.as_ref().map(|trace| format!("trace {trace}"));
        let beside: Vec<&str> = [self.code.as_deref(), trace.as_deref()].into_iter().flatten().collect();
        let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
        let advice = self.advice.map(|advice| format!(" {advice}")).unwrap_or_default();
        format!("{}{beside}.{advice}", self.words.trim_end_matches('.'))
    }

    fn to_json(&self) -> String {
        let error = json!({
            "message": self.words,
            "advice": self.advice,
            "code": self.code,
            "status": self.status,
            "trace_id": self.trace_id,
            "exit": self.exit.code(),
        });
        super::harmless(&json!({ "error": error }).to_string(), io::IsTerminal::is_terminal(&io::stderr())).into_owned()
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        let exit = match failure.status() {
            Some(401) => Exit::Key,
            Some(404) => Exit::NotFound,
            _ => Exit::Failed,
        };
        // On the screen that names a key to press.
        let advice = (!matches!(failure, Failure::Internal(_))).then(|| failure.advice());
        Self::Fault(Box::new(Fault {
            exit,
            words: failure.to_string(),
            advice,
            code: failure.code().map(str::to_owned),
            status: failure.status(),
            trace_id: failure.trace_id().map(str::to_owned),
        }))
    }
}

impl From<clerk::Error> for Stop {
    fn from(error: clerk::Error) -> Self {
        Failure::from(error).into()
    }
}

impl From<ConnectionError> for Stop {
    fn from(error: ConnectionError) -> Self {
        Self::key(error.to_string())
    }
}

/// Of standard output: what is read from files has words of its own.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::failed(format!("standard output cannot be written: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::{Error, ErrorItem, Refusal};

    fn fault(stop: Stop) -> Fault {
        match stop {
            Stop::Fault(fault) => *fault,
            Stop::Closed => panic!("no fault"),
        }
    }

    #[test]
    fn a_refusal_is_a_sentence_with_what_support_asks_for() {
        let item = ErrorItem { code: "resource_not_found".into(), message: "not found".into(), ..ErrorItem::default() };
        let refusal = Refusal { status: 404, errors: vec![item], trace_id: Some("1a2b".into()), ..Refusal::default() };
        let fault = fault(Stop::from(Error::Refused(refusal)).about("user_1"));
        assert_eq!(fault.exit, Exit::NotFound);
        let told = fault.sentence();
        assert!(told.starts_with("user_1: not found (resource_not_found, trace 1a2b). It may have been"), "{told}");
        let json: serde_json::Value = serde_json::from_str(&fault.to_json()).unwrap();
        assert_eq!((&json["error"]["status"], &json["error"]["exit"]), (&json!(404), &json!(4)));
    }

    #[test]
    fn a_closed_pipe_is_no_fault() {
        assert!(matches!(Stop::from(io::Error::from(io::ErrorKind::BrokenPipe)), Stop::Closed));
        assert_eq!(fault(Stop::from(io::Error::from(io::ErrorKind::StorageFull))).exit, Exit::Failed);
    }
}
