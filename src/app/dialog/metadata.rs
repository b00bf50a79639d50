//! The dialog in which metadata is edited: three bags of JSON, and how what differs is sent.

use crate::{
    app::{
        act::{Act, Bag, BagChange, MetadataAct, Sending},
        change::ChangeId,
        failure::Failure,
        person::Known,
        text_area::TextArea,
    },
    clerk::{self, model::Metadata, users::MetadataBags},
};
use crossterm::event::{KeyCode, KeyEvent};
use serde_json::Value;
use std::sync::Arc;
use strum::IntoEnumIterator;

/// Clerk takes so many bytes of JSON in a bag.
pub const BAG_BYTES: usize = MetadataBags::MOST_BYTES;
/// So many lines of a bag show while another has the keys.
const LINES_AT_REST: usize = 4;

/// A bag under edit.
#[derive(Clone, Debug)]
pub struct BagField {
    /// Which.
    pub bag: Bag,
    /// Its JSON, as it is typed.
    pub text: TextArea,
    /// What is wrong with it. Can be Clerk's words as they came, unsafe to print.
    pub fault: Option<String>,
}

impl BagField {
    fn of(bag: Bag, known: &Known) -> Self {
        let mut text = TextArea::of(&pretty(&bag.read(known)));
        // On what is likeliest to be changed: behind the first value, or inside the braces of an empty bag.
        let first = text.lines().get(1).map(|line| line.trim_end_matches(',').chars().count());
        let (row, column) = first.map_or((0, 1), |end| (1, end));
        text.place_cursor(row, column);
        Self { bag, text, fault: None }
    }

    /// How many of its lines show.
    #[must_use]
    pub fn shown_lines(&self, focused: bool) -> usize {
        let lines = self.text.lines().len();
        if focused || lines <= LINES_AT_REST { lines } else { LINES_AT_REST - 1 }
    }

    /// The bytes that would be sent of it, if it is JSON.
    #[must_use]
    pub fn bytes(&self) -> Option<usize> {
        read_bag(&self.text.text()).ok().map(|bag| bytes_of(&bag))
    }

    /// What it holds; none, its fault told and the cursor where it is, when that cannot be a bag.
    fn read(&mut self) -> Option<Metadata> {
        self.fault = None;
        match read_bag(&self.text.text()) {
            Ok(bag) if bytes_of(&bag) > BAG_BYTES => {
                self.fault = Some(format!("{} bytes are too many: Clerk takes {BAG_BYTES}.", bytes_of(&bag)));
                None
            }
            Ok(bag) => Some(bag),
            Err(Fault { words, place }) => {
                self.fault = Some(words);
                if let Some((row, column)) = place {
                    self.text.place_cursor(row, column);
                }
                None
            }
        }
    }
}

/// The metadata of a user under edit. It stays open until what it asks for is done, so that nothing typed is lost.
#[derive(Clone, Debug)]
pub struct MetadataForm {
    known: Arc<Known>,
    bags: Vec<BagField>,
    sending: Sending,
    cursor: usize,
    sent: Option<ChangeId>,
}

impl MetadataForm {
    /// The dialog about `known`, with what they have in their bags.
    #[must_use]
    pub fn new(known: Arc<Known>, sending: Sending) -> Self {
        let bags = Bag::iter().map(|bag| BagField::of(bag, &known)).collect();
        Self { known, bags, sending, cursor: 0, sent: None }
    }

    /// Whom it is about.
    #[must_use]
    pub fn known(&self) -> &Arc<Known> {
        &self.known
    }

    /// The bags.
    #[must_use]
    pub fn bags(&self) -> &[BagField] {
        &self.bags
    }

    /// How what differs is sent.
    #[must_use]
    pub fn sending(&self) -> Sending {
        self.sending
    }

    /// The index of the bag that is typed into; that behind the last when the keys choose how it is sent.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The bag that is typed into; none when the keys choose how it is sent.
    #[must_use]
    pub fn focused(&self) -> Option<&BagField> {
        self.bags.get(self.cursor)
    }

    /// How many rows it fills, its title apart.
    #[must_use]
    pub fn rows(&self) -> usize {
        let bags = self.bags.iter().enumerate().map(|(index, field)| {
            let shown = field.shown_lines(index == self.cursor);
            let more = usize::from(shown < field.text.lines().len());
            1 + shown + more + usize::from(field.fault.is_some())
        });
        // Below them air, and what is said of the two ways to send it.
        bags.sum::<usize>() + 6
    }

    /// Goes to the next bag; behind the last comes how it is sent, and then the first.
    pub fn next_field(&mut self) {
        self.cursor = (self.cursor + 1) % (self.bags.len() + 1);
    }

    /// Goes to what is before.
    pub fn previous_field(&mut self) {
        self.cursor = (self.cursor + self.bags.len()) % (self.bags.len() + 1);
    }

    /// Takes a key: it edits the bag, or chooses how it is sent. What is edited is not any more what has been sent.
    pub fn edit(&mut self, key: KeyEvent) {
        let Some(field) = self.bags.get_mut(self.cursor) else { return self.choose(key.code) };
        let (row, _) = field.text.cursor();
        match key.code {
            KeyCode::Up if row == 0 => self.previous_field(),
            KeyCode::Down if row + 1 == field.text.lines().len() => self.next_field(),
            _ if field.text.edit(key) => self.mark_edited(),
            _ => {}
        }
    }

    /// Chooses how what differs is sent.
    pub fn send_by(&mut self, sending: Sending) {
        self.sending = sending;
    }

    fn choose(&mut self, key: KeyCode) {
        match key {
            KeyCode::Char(' ') | KeyCode::Left | KeyCode::Right => {
                self.sending = match self.sending {
                    Sending::Merge => Sending::Replace,
                    Sending::Replace => Sending::Merge,
                };
            }
            KeyCode::Up => self.previous_field(),
            KeyCode::Down => self.next_field(),
            _ => {}
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.bags.get_mut(self.cursor)
            && field.text.paste(text)
        {
            self.mark_edited();
        }
    }

    fn mark_edited(&mut self) {
        self.sent = None;
        if let Some(field) = self.bags.get_mut(self.cursor) {
            field.fault = None;
        }
    }

    /// Takes what came back from an editor outside; where nothing did, the text stays, and the bag says why.
    pub fn take_edited(&mut self, edited: Result<String, Failure>) {
        let Some(field) = self.bags.get_mut(self.cursor) else { return };
        match edited {
            Ok(text) => {
                let text = text.trim_end();
                if text == field.text.text() {
                    return;
                }
                field.text = TextArea::of(text);
                self.mark_edited();
                // What is wrong is said at once, while the text is still fresh in mind.
                let field = &mut self.bags[self.cursor];
                if let Some(bag) = field.read() {
                    field.text = TextArea::of(&pretty(&bag));
                }
            }
            Err(failure) => field.fault = Some(format!("Nothing was taken over: {failure}.")),
        }
    }

    /// What it asks for. None while a bag is wrong, or nothing differs; the bag then says so.
    #[must_use]
    pub fn submit(&mut self) -> Option<Act> {
        let mut changes = Vec::new();
        for field in &mut self.bags {
            let Some(to) = field.read() else { continue };
            let change = BagChange { bag: field.bag, from: field.bag.read(&self.known), to };
            if self.sending == Sending::Merge && !change.can_be_merged() {
                field.fault = Some("A null cannot be merged in: replace the whole bag instead.".to_owned());
            }
            if change.from != change.to {
                changes.push(change);
            }
        }
        if self.bags.iter().any(|field| field.fault.is_some()) {
            self.go_to_fault();
            return None;
        }
        if changes.is_empty() {
            let place = self.cursor.min(self.bags.len() - 1);
            self.bags[place].fault = Some("Nothing differs from what it was.".to_owned());
            return None;
        }
        Some(Act::Metadata(MetadataAct { sending: self.sending, bags: changes }))
    }

    /// Notes under which name what it asks for was sent.
    pub fn mark_sent(&mut self, id: ChangeId) {
        self.sent = Some(id);
    }

    /// Under which name it was sent last, if it has not been edited since.
    #[must_use]
    pub fn sent(&self) -> Option<ChangeId> {
        self.sent
    }

    /// Puts what Clerk says of a bag at its field. What it says of none is told elsewhere.
    pub fn take_failure(&mut self, failure: &Failure) {
        let Failure::Clerk(clerk::Error::Refused(refusal)) = failure else { return };
        for item in &refusal.errors {
            let named = |field: &&mut BagField| item.param_name() == Some(field.bag.parameter());
            if let Some(field) = self.bags.iter_mut().find(named) {
                field.fault = Some(item.text().to_owned());
            }
        }
        self.go_to_fault();
    }

    fn go_to_fault(&mut self) {
        if let Some(wrong) = self.bags.iter().position(|field| field.fault.is_some()) {
            self.cursor = wrong;
        }
    }
}

/// Why a text is no bag, and where: line and character, counted from zero.
struct Fault {
    words: String,
    place: Option<(usize, usize)>,
}

fn pretty(bag: &Metadata) -> String {
    serde_json::to_string_pretty(bag).unwrap_or_else(|_| "{}".to_owned())
}

fn bytes_of(bag: &Metadata) -> usize {
    serde_json::to_vec(bag).map_or(0, |json| json.len())
}

/// The object that was typed; nothing is an empty one.
fn read_bag(typed: &str) -> Result<Metadata, Fault> {
    if typed.trim().is_empty() {
        return Ok(Metadata::new());
    }
    match serde_json::from_str(typed) {
        Ok(Value::Object(bag)) => Ok(bag),
        Ok(_) => Err(Fault { words: "It has to be an object, in braces.".to_owned(), place: None }),
        Err(error) => Err(fault_of(typed, &error)),
    }
}

fn fault_of(typed: &str, error: &serde_json::Error) -> Fault {
    // A text that nobody has closed runs into the end of its line.
    if error.column() == 0 && error.line() > 1 {
        let row = error.line() - 2;
        let column = typed.split('\n').nth(row).map_or(0, |line| line.chars().count());
        let words = format!("Line {}, column {}: a text on this line is not closed.", row + 1, column + 1);
        return Fault { words, place: Some((row, column)) };
    }
    let row = error.line().saturating_sub(1);
    // The library counts bytes; people, and the cursor, count characters.
    let line = typed.split('\n').nth(row).unwrap_or_default();
    let bytes = error.column().saturating_sub(1);
    let column = line.char_indices().take_while(|(index, _)| *index < bytes).count();
    let told = error.to_string();
    let what = told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what);
    let words = format!("Line {}, column {}: {what}.", row + 1, column + 1);
    Fault { words, place: Some((row, column)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::model::{Received, Timestamp, User};
    use rstest::rstest;
    use serde_json::json;

    fn form(public: &Value) -> MetadataForm {
        let user = User { public_metadata: public.as_object().cloned().unwrap(), ..User::default() };
        let known = Known::new(Received::from_value(user).unwrap(), Timestamp::default());
        MetadataForm::new(Arc::new(known), Sending::Merge)
    }

    fn fault(form: &MetadataForm) -> &str {
        form.bags()[0].fault.as_deref().unwrap_or_default()
    }

    #[rstest]
    #[case("{\n  \"é\": ,\n}", "Line 2, column 8: expected value.", (1, 7))]
    #[case("{\"a\": 1", "Line 1, column 7: EOF while parsing an object.", (0, 6))]
    #[case("{\n  \"a\": \"b\n}", "Line 2, column 10: a text on this line is not closed.", (1, 9))]
    #[case("[]", "It has to be an object, in braces.", (0, 0))]
    fn what_is_wrong_is_said_where_it_is(#[case] typed: &str, #[case] words: &str, #[case] place: (usize, usize)) {
        let mut form = form(&json!({}));
        form.take_edited(Ok(typed.to_owned()));
        assert_eq!((fault(&form), form.bags()[0].text.cursor()), (words, place));
        assert_eq!(form.bags()[0].text.text(), typed, "nothing typed is lost");
        assert_eq!(form.submit(), None);
    }

    #[test]
    fn a_bag_that_is_too_large_is_said_to_be() {
        let mut form = form(&json!({}));
        form.take_edited(Ok(json!({ "a": "x".repeat(BAG_BYTES) }).to_string()));
        assert_eq!(fault(&form), "8200 bytes are too many: Clerk takes 8192.");
        let whole = json!({ "a": "x".repeat(BAG_BYTES - 8) });
        form.take_edited(Ok(serde_json::to_string_pretty(&whole).unwrap()));
        assert_eq!((fault(&form), form.bags()[0].bytes()), ("", Some(BAG_BYTES)), "blanks are not sent");
    }

    #[test]
    fn an_editor_that_fails_takes_nothing_away() {
        let mut form = form(&json!({ "plan": "pro" }));
        form.take_edited(Err(Failure::Editor("vi ended with exit status: 1".to_owned())));
        assert_eq!(fault(&form), "Nothing was taken over: vi ended with exit status: 1.");
        assert_eq!(form.bags()[0].text.text(), "{\n  \"plan\": \"pro\"\n}");
        form.take_edited(Ok("{\n  \"plan\": \"pro\"\n}\n".to_owned()));
        assert_eq!(form.submit(), None, "an editor's last line end is no difference");
    }

    #[test]
    fn the_way_it_is_sent_is_chosen_in_its_place() {
        let mut form = form(&json!({}));
        form.edit(KeyEvent::from(KeyCode::Char(' ')));
        assert_eq!(form.sending(), Sending::Merge, "a blank is text in a bag");
        form.previous_field();
        assert!(form.focused().is_none());
        form.edit(KeyEvent::from(KeyCode::Char(' ')));
        assert_eq!(form.sending(), Sending::Replace);
        form.edit(KeyEvent::from(KeyCode::Down));
        assert_eq!(form.cursor(), 0);
    }

    #[test]
    fn what_has_been_edited_since_it_was_sent_waits_for_no_answer() {
        let mut form = form(&json!({}));
        form.mark_sent(ChangeId(7));
        form.edit(KeyEvent::from(KeyCode::Right));
        assert_eq!(form.sent(), Some(ChangeId(7)));
        form.paste("\"a\": 1");
        assert_eq!(form.sent(), None);
    }
}
