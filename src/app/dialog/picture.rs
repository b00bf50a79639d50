//! The dialog for a picture to upload: the name of its file, completed on the way, and what the file is.

use crate::app::{
    act::{Act, ImageAct, Picture},
    change::ChangeId,
    effect::Fetch,
    failure::Failure,
    person::Known,
    text_field::TextField,
};
use crate::clerk;
use crossterm::event::KeyEvent;
use std::sync::Arc;

/// Longer names are cut, in characters: no system has any.
const LONGEST: usize = 4_096;
/// So many of the names that it can be completed to are shown.
pub const NAMES: usize = 8;

/// What is to be found out on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// What the name can be completed to.
    Names,
    /// What the file is.
    Look,
}

/// The name of a file under edit. It stays open until the picture is uploaded, so that nothing typed is lost.
#[derive(Clone, Debug)]
pub struct PictureForm {
    known: Arc<Known>,
    path: TextField,
    fault: Option<String>,
    names: Vec<String>,
    asks: Option<Asks>,
    sent: Option<ChangeId>,
}

impl PictureForm {
    /// The dialog about `known`.
    #[must_use]
    pub fn new(known: Arc<Known>) -> Self {
        let path = TextField::with_longest(LONGEST);
        Self { known, path, fault: None, names: Vec::new(), asks: None, sent: None }
    }

    /// Whose picture it will be.
    #[must_use]
    pub fn known(&self) -> &Arc<Known> {
        &self.known
    }

    /// What is typed.
    #[must_use]
    pub fn path(&self) -> &TextField {
        &self.path
    }

    /// What is wrong with it. Can be Clerk's words as they came, unsafe to print.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// What the last part of the name can be completed to, where that is not clear. As they are, unsafe to print.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the file is being looked at.
    #[must_use]
    pub fn is_looking(&self) -> bool {
        self.asks == Some(Asks::Look)
    }

    /// How many rows it fills, its title apart.
    #[must_use]
    pub fn rows(&self) -> usize {
        let more = usize::from(self.names.len() > NAMES);
        self.names.len().min(NAMES) + more + 2 * usize::from(self.fault.is_some()) + 4
    }

    /// What should be found out for it.
    #[must_use]
    pub fn wants(&self) -> Option<Fetch> {
        let path = self.path.text().trim().to_owned();
        Some(match self.asks? {
            Asks::Names => Fetch::FileNames(path),
            Asks::Look => Fetch::Picture(path),
        })
    }

    /// Takes a key that edits the name.
    pub fn edit(&mut self, key: KeyEvent) {
        if self.path.edit(key) {
            self.mark_edited();
        }
    }

    /// Puts another name in the place of what was typed.
    pub fn retype(&mut self, path: &str) {
        self.path.set(path);
        self.mark_edited();
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.path.paste(text);
        self.mark_edited();
    }

    fn mark_edited(&mut self) {
        (self.fault, self.asks) = (None, None);
        self.names.clear();
    }

    /// Asks for the names that this one can be completed to.
    pub fn complete(&mut self) {
        self.fault = None;
        self.asks = Some(Asks::Names);
    }

    /// Asks what the file is, before anything is asked of the person.
    pub fn submit(&mut self) {
        let is_empty = self.path.text().trim().is_empty();
        self.fault = is_empty.then(|| "Type the name of a file first; tab completes it.".to_owned());
        self.asks = (!is_empty).then_some(Asks::Look);
    }

    /// Takes what the last part of the name can be completed to: as far as all agree it is.
    pub fn take_names(&mut self, names: Result<Vec<String>, Failure>) {
        self.asks = None;
        self.names.clear();
        let names = match names {
            Ok(names) => names,
            Err(failure) => return self.refuse(&failure),
        };
        let typed = self.path.text().trim();
        let folder = typed.rfind('/').map_or("", |slash| &typed[..=slash]);
        match common_start(&names) {
            None => self.fault = Some("No file is called so.".to_owned()),
            Some(start) => {
                let completed = format!("{folder}{start}");
                if completed != typed {
                    self.path.set(&completed);
                }
                if names.len() > 1 {
                    self.names = names;
                }
            }
        }
    }

    /// Takes what the file is; what follows from it.
    #[must_use]
    pub fn take_picture(&mut self, picture: Result<Picture, Failure>) -> Option<Act> {
        self.asks = None;
        self.names.clear();
        match picture {
            Ok(picture) => {
                let path = self.path.text().trim().to_owned();
                Some(Act::Image(ImageAct::Set { path, picture }))
            }
            Err(failure) => {
                self.refuse(&failure);
                None
            }
        }
    }

    /// Notes under which name what it asks for was sent.
    pub fn mark_sent(&mut self, id: ChangeId) {
        self.sent = Some(id);
    }

    /// Under which name it was sent last.
    #[must_use]
    pub fn sent(&self) -> Option<ChangeId> {
        self.sent
    }

    /// Puts what is said of the file at its field.
    pub fn take_failure(&mut self, failure: &Failure) {
        if let Failure::File { .. } = failure {
            return self.refuse(failure);
        }
        let Failure::Clerk(clerk::Error::Refused(refusal)) = failure else { return };
        if let Some(item) = refusal.errors.iter().find(|item| item.param_name() == Some("file")) {
            self.fault = Some(item.text().to_owned());
        }
    }

    fn refuse(&mut self, failure: &Failure) {
        self.fault = Some(match failure {
            Failure::File { reason, .. } => format!("Not taken: {reason}."),
            other => format!("Not taken: {other}."),
        });
    }
}

/// What all of them begin with; none when there are none.
fn common_start(names: &[String]) -> Option<&str> {
    let (first, others) = names.split_first()?;
    let agree = |end: &usize| others.iter().all(|name| name.starts_with(&first[..*end]));
    let ends = first.char_indices().map(|(index, _)| index).chain([first.len()]);
    ends.take_while(agree).last().map(|end| &first[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::{Received, Timestamp, User};
    use rstest::rstest;

    fn form(typed: &str) -> PictureForm {
        let known = Known::new(Received::from_value(User::default()).unwrap(), Timestamp::default());
        let mut form = PictureForm::new(Arc::new(known));
        form.paste(typed);
        form
    }

    #[rstest]
    #[case("~/p", &["pictures/"], "~/pictures/", 0)]
    #[case("~/p", &["pictures/", "piano.png"], "~/pi", 2)]
    #[case("a", &["añb.png", "añc.png"], "añ", 2)]
    #[case("/", &["bin/", "tmp/"], "/", 2)]
    #[case("~", &["~/"], "~/", 0)]
    fn a_name_is_completed_as_far_as_all_agree(
        #[case] typed: &str,
        #[case] names: &[&str],
        #[case] completed: &str,
        #[case] shown: usize,
    ) {
        let mut form = form(typed);
        form.complete();
        assert_eq!(form.wants(), Some(Fetch::FileNames(typed.to_owned())));
        form.take_names(Ok(names.iter().map(ToString::to_string).collect()));
        assert_eq!((form.path().text(), form.names().len(), form.wants()), (completed, shown, None));
    }

    #[test]
    fn what_cannot_be_completed_says_so() {
        let mut form = form("/nowhere/x");
        form.take_names(Ok(Vec::new()));
        assert_eq!(form.fault(), Some("No file is called so."));
        form.take_names(Err(Failure::File { path: "/nowhere".into(), reason: "No such file or directory".into() }));
        assert_eq!(form.fault(), Some("Not taken: No such file or directory."));
        form.edit(KeyEvent::from(crossterm::event::KeyCode::Backspace));
        assert_eq!(form.fault(), None);
    }

    #[test]
    fn nothing_is_no_file() {
        let mut form = form("  ");
        form.submit();
        assert!(form.fault().is_some() && form.wants().is_none());
    }
}
