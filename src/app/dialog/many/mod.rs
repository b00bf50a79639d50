//! The question before something is done to many: who, what becomes of each, what happens now, what stays, what undo
//! gives, and what it costs.

mod people;
mod place;
mod plans;

pub use people::{Lot, People, Tally};
pub use place::{Button, ManyPlace};
pub use plans::DryRun;

use crate::{
    app::{
        act::{Asks, ManyWords, Site, Whom},
        change::RecordId,
        cursor::Cursor,
        effect::Fetch,
        failure::Failure,
        job::{Blocking, JobAct, Target},
        person::{Identifier, Known, Person},
        protected::Protected,
        text_field::TextField,
    },
    clerk::model::{Received, Timestamp, User, UserId},
};

/// Longer reasons are cut, in characters.
const LONGEST_REASON: usize = 500;
/// Up to so many are listed by name in the question itself.
pub const NAMED: usize = 9;
/// A wave comes from few domains. Where there are more, to block them all is no sensible offer.
const FEW_DOMAINS: usize = 5;
/// Something that goes with what is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// A copy of each is kept on this machine.
    Copies,
    /// This of each is blocked too.
    Block(Blocking),
    /// They are signed out everywhere too.
    SignOut,
}

/// A box to tick.
#[derive(Clone, Copy, Debug)]
pub struct ManyBox {
    /// What goes with it.
    pub beside: Beside,
    /// Whether it does.
    pub is_ticked: bool,
}

/// What of the question is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ManyPane {
    /// The question.
    #[default]
    Question,
    /// Everybody, with what would become of them.
    Who,
    /// What would be sent.
    DryRun,
}

/// Asks whether to do something to many. It holds the ids that it is about: whoever is marked or selected when it is
/// answered, these are meant.
#[derive(Clone, Debug)]
pub struct Many {
    act: JobAct,
    chosen: String,
    people: People,
    site: Site,
    /// Who is under the cursor, and not among them.
    not_on: Option<(UserId, Person)>,
    boxes: Vec<ManyBox>,
    undoes: Option<RecordId>,
    typed: TextField,
    reason: TextField,
    place: Option<ManyPlace>,
    pane: ManyPane,
    cursor: Cursor,
    masking: bool,
    /// Said first, where it is no answer to what was asked for.
    instead: Option<&'static str>,
}

/// Opening it.
impl Many {
    /// Asks whether to do `act` to `targets`, who were chosen as `chosen` says.
    #[must_use]
    pub fn new(act: JobAct, targets: Vec<Target>, chosen: String, site: Site, protected: Protected) -> Self {
        let people = People::new(targets, &act, protected);
        let boxes = boxes_of(&act, &people);
        Self {
            act,
            chosen,
            people,
            site,
            not_on: None,
            boxes,
            undoes: None,
            typed: TextField::default(),
            reason: TextField::with_longest(LONGEST_REASON),
            place: None,
            pane: ManyPane::default(),
            cursor: Cursor::default(),
            masking: false,
            instead: None,
        }
    }

    /// The same, naming who is under the cursor, if they are not among those it is about.
    #[must_use]
    pub fn not_on(mut self, known: Option<&Known>) -> Self {
        let other = known.filter(|known| !self.people.contains(&known.id));
        self.not_on = other.map(|known| (known.id.clone(), Person::of(known)));
        self
    }

    /// The same, with all that the list knows of them.
    #[must_use]
    pub fn knowing<'a>(mut self, rows: impl IntoIterator<Item = &'a Known>, now: Timestamp) -> Self {
        for known in rows {
            self.people.assume(&self.act, known, now);
        }
        self.people.begin();
        self
    }

    /// The same, as what takes back an earlier change.
    #[must_use]
    pub fn undoing(self, record: RecordId) -> Self {
        Self { undoes: Some(record), ..self }
    }

    /// The same, in the place of something that cannot be done, as these words say; with the box that signs them out too.
    #[must_use]
    pub fn instead(mut self, words: &'static str) -> Self {
        self.boxes.push(ManyBox { beside: Beside::SignOut, is_ticked: true });
        Self { instead: Some(words), ..self }
    }
}

/// What there is to see.
impl Many {
    /// What would be done.
    #[must_use]
    pub fn act(&self) -> JobAct {
        match &self.act {
            JobAct::Delete { .. } => JobAct::Delete { copies: self.is_ticked(Beside::Copies) },
            other => other.clone(),
        }
    }

    /// How they were chosen. Can hold what was typed, unsafe to print.
    #[must_use]
    pub fn chosen(&self) -> &str {
        &self.chosen
    }

    /// What is said first, where it is no answer to what was asked for.
    #[must_use]
    pub fn introduction(&self) -> Option<&'static str> {
        self.instead
    }

    /// Where it would be done.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Whom it is about.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Who is under the cursor, and not among them.
    #[must_use]
    pub fn spared(&self) -> Option<(&UserId, &Person)> {
        self.not_on.as_ref().map(|(id, person)| (id, person))
    }

    /// What goes with it.
    #[must_use]
    pub fn boxes(&self) -> &[ManyBox] {
        &self.boxes
    }

    /// What of it is shown.
    #[must_use]
    pub fn pane(&self) -> ManyPane {
        self.pane
    }

    /// The first row of a list of it that is on the screen.
    #[must_use]
    pub fn top(&self) -> usize {
        self.cursor.top
    }

    /// The chosen row of a list of it.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor.at
    }

    /// What is typed where something has to be.
    #[must_use]
    pub fn typed(&self) -> &TextField {
        &self.typed
    }

    /// The reason, as far as it is typed. It is recorded, and not sent.
    #[must_use]
    pub fn reason(&self) -> &TextField {
        &self.reason
    }

    /// Every word about it, for as many as would be changed; for those too who are still being looked up.
    #[must_use]
    pub fn words(&self) -> ManyWords {
        let tally = self.people.tally();
        let one = self.people.to_change().next().filter(|_| tally.changed == 1 && tally.unknown == 0);
        match one {
            Some(target) => {
                let id = &target.id;
                let called = if self.masking { id.as_str() } else { target.person.call(id) };
                self.act().words(&Whom::One { called, identifier: self.identifier_of(target) }, &self.site)
            }
            None => self.act().words(&Whom::Many(tally.changed + tally.unknown), &self.site),
        }
    }

    /// What has to be typed for one: their identifier, unless it is masked or not every keyboard has it.
    fn identifier_of<'a>(&self, target: &'a Target) -> &'a str {
        let identifier = target.person.identifier.as_ref().map(Identifier::as_str);
        let typeable = |text: &&str| !self.masking && text.chars().all(|char| char.is_ascii_graphic());
        identifier.filter(typeable).unwrap_or(target.id.as_str())
    }

    /// The question as a title: "Ban 209 users". Can hold a name as it came, unsafe to print.
    #[must_use]
    pub fn title(&self, words: &ManyWords) -> String {
        match self.undoes {
            Some(_) => format!("Undo: {}", words.title),
            None => words.question.clone(),
        }
    }

    /// What has to be typed, if anything has.
    #[must_use]
    pub fn expected(&self) -> Option<String> {
        match self.words().asks {
            Asks::Key => None,
            Asks::Typing(text) => Some(text),
        }
    }

    /// Whether what has to be typed is typed, to the letter.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        self.expected().is_none_or(|expected| self.typed.text() == expected)
    }

    /// Why it cannot be done whatever is typed, as a sentence.
    #[must_use]
    pub fn why_not(&self) -> Option<&'static str> {
        let tally = self.people.tally();
        if self.people.failure().is_some() && tally.unknown > 0 {
            Some("Not everybody could be looked up; once more on the button tries again.")
        } else if tally.unknown > 0 {
            Some("Wait until everybody has been looked up.")
        } else if tally.changed == 0 {
            Some("Nobody would be changed.")
        } else {
            None
        }
    }

    /// Whether it can be answered with yes now.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.why_not().is_none() && self.is_typed()
    }

    fn is_ticked(&self, beside: Beside) -> bool {
        self.boxes.iter().any(|option| option.beside == beside && option.is_ticked)
    }

    /// The reason that was typed; none when there are only blanks.
    #[must_use]
    pub fn given_reason(&self) -> Option<&str> {
        Some(self.reason.text().trim()).filter(|reason| !reason.is_empty())
    }
}

/// Answering it.
impl Many {
    /// Takes what may have changed around it: the kind of the instance, the share, the mask.
    pub fn follow(&mut self, site: Site, masking: bool) {
        (self.site, self.masking) = (site, masking);
    }

    /// Ticks the box that has the keys, or takes its tick away.
    pub fn toggle(&mut self) {
        if let ManyPlace::CheckBox(index) = self.place() {
            self.toggle_box(index);
        }
    }

    /// The same with the box of this index. Whether there is one.
    pub fn toggle_box(&mut self, index: usize) -> bool {
        let option = self.boxes.get_mut(index);
        option.map(|option| option.is_ticked = !option.is_ticked).is_some()
    }

    /// Puts a reason in the place of what was typed.
    pub fn give_reason(&mut self, reason: &str) {
        self.reason.set(reason);
    }

    /// Puts a text in the place of what was typed.
    pub fn retype(&mut self, text: &str) {
        self.typed.set(text);
    }

    /// Shows another part of it.
    pub fn show(&mut self, pane: ManyPane) {
        (self.pane, self.cursor) = (pane, Cursor::default());
    }

    /// Chooses a row of `count` in the list that is shown, `height` of them being on the screen.
    pub fn place_cursor(&mut self, index: usize, count: usize, height: usize) {
        self.cursor.place(index, count, height);
    }

    /// What should be loaded for it.
    #[must_use]
    pub fn wants(&self) -> Vec<(usize, Fetch)> {
        self.people.wants(&self.act)
    }

    /// Takes those who were found. Whether that changes what was said of somebody.
    pub fn take(&mut self, place: usize, result: Result<Vec<Received<User>>, Failure>, now: Timestamp) -> bool {
        let before = self.people.changed_meanwhile();
        self.people.take(place, &self.act, result, now);
        self.people.changed_meanwhile() != before
    }

    /// Takes newer knowledge of somebody. Whether it matters for what is asked.
    pub fn replace(&mut self, known: &Known, now: Timestamp) -> bool {
        self.people.replace(&self.act, known, now)
    }

    /// Looks up those who could not be, again.
    pub fn look_again(&mut self) {
        self.people.look_again();
    }
}

fn boxes_of(act: &JobAct, people: &People) -> Vec<ManyBox> {
    let unticked = |what| ManyBox { beside: Beside::Block(what), is_ticked: false };
    match act {
        JobAct::Delete { copies } => vec![ManyBox { beside: Beside::Copies, is_ticked: *copies }],
        JobAct::Ban => {
            let domains = people.domains().len();
            let addresses = (domains > 0).then(|| unticked(Blocking::EmailAddress));
            let domains = (1..=FEW_DOMAINS).contains(&domains).then(|| unticked(Blocking::Domain));
            addresses.into_iter().chain(domains).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
