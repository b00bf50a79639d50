//! The dialog before a change: who, what happens now, what stays, and what undo gives.

mod boxes;
mod place;
mod reads;

pub use boxes::{CheckBox, Extra};
pub use place::Place;

use crate::{
    app::{
        act::{About, Act, Asks, Difference, InvitationAct, RestrictionAct, Words},
        admins::AdminsFound,
        change::{Grounds, RecordId},
        person::{Known, Person},
        protected::Protection,
        restoration::{CopyAct, Deleted},
        slot::Slot,
        text_field::TextField,
        undo::Retrace,
    },
    clerk::model::{Timestamp, UserId},
};
use crossterm::event::KeyEvent;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// What would be done, and to whom or what.
#[derive(Clone, Debug)]
pub enum Matter {
    /// An act on a user.
    User {
        /// What would be done.
        act: Act,
        /// The user as known when the dialog was last drawn up.
        known: Arc<Known>,
    },
    /// A change to a list.
    Restriction {
        /// What would be done.
        act: RestrictionAct,
        /// Because of whom, if it is because of somebody.
        beside: Option<(UserId, Person)>,
    },
    /// An invitation to an organization, made or taken back.
    Invitation {
        /// What would be done.
        act: InvitationAct,
        /// The user who has the address, where that is known.
        beside: Option<(UserId, Person)>,
    },
    /// Something with a recovery copy.
    Copy {
        /// What would be done.
        act: CopyAct,
        /// The copy.
        deleted: Deleted,
    },
}

/// Asks whether to change a user, a list, or something of the recovery copies. It holds what it names: whatever is selected
/// when it is answered, that is meant.
#[derive(Clone, Debug)]
pub struct Confirm {
    matter: Matter,
    also: Vec<CheckBox>,
    undoes: Option<RecordId>,
    /// Whether what it takes back was a taking back.
    retrace: Retrace,
    active_sessions: Slot<usize>,
    other_admins: Slot<AdminsFound>,
    changed_meanwhile: bool,
    typing: Option<Typing>,
    differences: Vec<Difference>,
    scrolled: usize,
    reason: TextField,
    needs_reason: bool,
    place: Place,
    masking: bool,
    protection: Option<Protection>,
}

/// Longer reasons are cut, in characters.
const LONGEST_REASON: usize = 500;

/// A text that has to be typed before the dialog can be answered with yes.
#[derive(Clone, Debug)]
pub struct Typing {
    /// What has to be typed. As it came, unsafe to print.
    pub expected: String,
    /// What has been.
    pub field: TextField,
}

impl Typing {
    /// Whether it is the same, to the letter.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.field.text() == self.expected
    }
}

impl Confirm {
    /// Asks whether to do `act` to `known`, perhaps to take back an earlier change.
    #[must_use]
    pub fn new(act: Act, known: Arc<Known>, undoes: Option<RecordId>) -> Self {
        let is_overtaken = act.is_overtaken(&known);
        let typing = match act.asks(&known) {
            Asks::Key => None,
            Asks::Typing(expected) => Some(Typing { expected, field: TextField::default() }),
        };
        let confirm = Self { typing, ..Self::of(Matter::User { act, known }, undoes) };
        Self { changed_meanwhile: is_overtaken, ..confirm }.at_first_place()
    }

    /// Asks whether to change a list, perhaps because of somebody, perhaps to take back an earlier change.
    #[must_use]
    pub fn of_restriction(act: RestrictionAct, beside: Option<(UserId, Person)>, undoes: Option<RecordId>) -> Self {
        Self::of(Matter::Restriction { act, beside }, undoes)
    }

    /// Asks whether to invite somebody, or to take that back, perhaps to undo or redo it.
    #[must_use]
    pub fn of_invitation(act: InvitationAct, beside: Option<(UserId, Person)>, undoes: Option<RecordId>) -> Self {
        Self::of(Matter::Invitation { act, beside }, undoes)
    }

    /// Asks whether to do something with a recovery copy.
    #[must_use]
    pub fn of_copy(act: CopyAct, deleted: Deleted) -> Self {
        Self::of(Matter::Copy { act, deleted }, None)
    }

    fn of(matter: Matter, undoes: Option<RecordId>) -> Self {
        Self {
            differences: match &matter {
                Matter::User { act, .. } => act.differences(),
                Matter::Restriction { .. } | Matter::Invitation { .. } | Matter::Copy { .. } => Vec::new(),
            },
            also: CheckBox::of(&matter),
            matter,
            undoes,
            retrace: Retrace::Back,
            active_sessions: Slot::default(),
            other_admins: Slot::default(),
            changed_meanwhile: false,
            place: Place::Answer,
            typing: None,
            reason: TextField::with_longest(LONGEST_REASON),
            needs_reason: false,
            scrolled: 0,
            masking: false,
            protection: None,
        }
    }

    /// The same, as what does again what was taken back.
    #[must_use]
    pub fn again(self) -> Self {
        Self { retrace: Retrace::Again, ..self }
    }

    fn at_first_place(self) -> Self {
        let place = if self.typing.is_some() { Place::Typing } else { Place::Answer };
        Self { place, ..self }
    }

    /// The same, calling the user by their id, and asking for it to be typed, if `masking`.
    #[must_use]
    pub fn masking(mut self, masking: bool) -> Self {
        if let (true, Matter::User { known, .. }, Some(typing)) = (masking, &self.matter, &mut self.typing) {
            typing.expected = known.id.to_string();
        }
        Self { masking, ..self }
    }

    /// The same, about somebody whom no act on many would touch.
    #[must_use]
    pub fn protected(self, protection: Option<Protection>) -> Self {
        Self { protection, ..self }
    }

    /// Why no act on many would touch the user, if none would.
    #[must_use]
    pub fn protection(&self) -> Option<&Protection> {
        self.protection.as_ref()
    }

    /// The same, but not to be answered with yes without a reason. That is what is typed first then.
    #[must_use]
    pub fn needing_reason(self) -> Self {
        Self { needs_reason: true, place: Place::Reason, ..self }
    }

    /// What would be done, and to whom or what.
    #[must_use]
    pub fn matter(&self) -> &Matter {
        &self.matter
    }

    /// Puts a reason in the place of what was typed.
    pub fn give_reason(&mut self, reason: &str) {
        self.reason.set(reason);
    }

    /// What has to be typed, if anything has.
    #[must_use]
    pub fn typing(&self) -> Option<&Typing> {
        self.typing.as_ref()
    }

    /// Whether it can be answered with yes now.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.lacks_typing().is_none()
    }

    /// What has to be typed, and is not.
    #[must_use]
    pub fn lacks_typing(&self) -> Option<&str> {
        self.typing.as_ref().filter(|typing| !typing.is_right()).map(|typing| typing.expected.as_str())
    }

    /// The reason, as far as it is typed. It is recorded, and not sent.
    #[must_use]
    pub fn reason(&self) -> &TextField {
        &self.reason
    }

    /// The reason that was typed; none when there are only blanks.
    #[must_use]
    pub fn given_reason(&self) -> Option<&str> {
        Some(self.reason.text().trim()).filter(|reason| !reason.is_empty())
    }

    /// Whether it is not answered with yes without a reason.
    #[must_use]
    pub fn needs_reason(&self) -> bool {
        self.needs_reason
    }

    /// Whether it needs a reason, and has none.
    #[must_use]
    pub fn lacks_reason(&self) -> bool {
        self.needs_reason && self.given_reason().is_none()
    }

    /// Puts a text in the place of what was typed.
    pub fn retype(&mut self, text: &str) {
        if let Some(typing) = &mut self.typing {
            typing.field.set(text);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.field_mut() {
            field.paste(text);
        }
    }

    /// Takes a key that edits the text.
    pub fn edit(&mut self, key: KeyEvent) {
        if let Some(field) = self.field_mut() {
            field.edit(key);
        }
    }

    /// The field that is typed into.
    fn field_mut(&mut self) -> Option<&mut TextField> {
        match self.place {
            Place::Answer | Place::CheckBox(_) => None,
            Place::Typing => self.typing.as_mut().map(|typing| &mut typing.field),
            Place::Reason => Some(&mut self.reason),
        }
    }

    /// The places that it changes, where they are listed.
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// How many of them are scrolled past.
    #[must_use]
    pub fn scrolled(&self) -> usize {
        self.scrolled
    }

    /// Scrolls past so many of them, but never past the last.
    pub fn scroll_to(&mut self, count: usize) {
        self.scrolled = count.min(self.differences.len().saturating_sub(1));
    }

    /// Why it would be done.
    #[must_use]
    pub fn grounds(&self) -> Grounds {
        Grounds { undoes: self.undoes.clone(), reason: self.given_reason().map(str::to_owned) }
    }

    /// Whether the user has been changed by somebody else since the dialog opened.
    #[must_use]
    pub fn changed_meanwhile(&self) -> bool {
        self.changed_meanwhile
    }

    /// Takes newer knowledge of the user. Whether it matters for what is asked.
    pub fn replace(&mut self, known: &Arc<Known>) -> bool {
        let Matter::User { act, known: before } = &mut self.matter else { return false };
        if known.id != before.id {
            return false;
        }
        let differs = known.banned != before.banned
            || known.locked != before.locked
            || act.is_overtaken(known) && !act.is_overtaken(before);
        *before = Arc::clone(known);
        self.changed_meanwhile |= differs;
        differs
    }

    /// Every word about it at `now`, with times of day in `time_zone`.
    #[must_use]
    pub fn words(&self, now: Timestamp, time_zone: &TimeZone) -> Words {
        let mut words = match &self.matter {
            Matter::User { act, known } => {
                let person = Person::of(known);
                let who = if self.masking { known.id.as_str() } else { person.call(&known.id) };
                act.words(&About { who, known, now, time_zone, active_sessions: self.active_sessions() })
            }
            Matter::Restriction { act, .. } => act.words(),
            Matter::Invitation { act, .. } => act.words(self.masking),
            Matter::Copy { act, deleted } => act.words(deleted, self.masking),
        };
        // What takes a change back is done again with another key.
        if self.undoes.is_some()
            && self.retrace == Retrace::Back
            && let Some(rest) = words.undo.strip_prefix("u ")
        {
            words.undo = format!("ctrl-r {rest}");
        }
        words
    }

    /// The question as a title, "Ban Ada Lovelace?". Holds the person's name as it came.
    #[must_use]
    pub fn title(&self, words: &Words) -> String {
        let question = &words.question;
        if self.undoes.is_none() {
            return format!("{question}?");
        }
        let mut letters = question.chars();
        let first = letters.next().map(char::to_lowercase).into_iter().flatten();
        format!(
            "{}: {}{}?",
            if self.retrace == Retrace::Again { "Redo" } else { "Undo" },
            first.collect::<String>(),
            letters.as_str()
        )
    }
}

#[cfg(test)]
mod tests;
