//! What is open over the panes, and gets the keys.

mod columns;
mod confirm;
mod filter;
mod form;
mod help;
mod invitations;
mod jobs;
mod link;
mod many;
mod marked;
mod menu;
mod metadata;
mod order;
mod palette;
mod picker;
mod picture;
mod record;
mod requests;
mod restrictions;
mod trash;

pub use columns::ColumnList;
pub use confirm::{CheckBox, Confirm, Extra, Matter, Place, Typing};
pub use filter::FilterForm;
pub use form::{Asked, Form, FormField, Purpose};
pub use help::Help;
pub use invitations::InvitationsPane;
pub use jobs::JobsPane;
pub use link::{Link, LinkView};
pub use many::{Beside, Button, DryRun, Lot, Many, ManyBox, ManyPane, ManyPlace, NAMED, People, Tally};
pub use marked::{Listing, MarkedPane};
pub use menu::{Choice, Menu, MenuItem, MenuKind, VIEW_KEYS};
pub use metadata::{BAG_BYTES, BagField, MetadataForm};
pub use order::{ORDERS, OrderItem};
pub use palette::{Palette, PaletteEntry};
pub use picker::{PickedFor, Picker};
pub use picture::{NAMES as PICTURE_NAMES, PictureForm};
pub use record::{RecordFilter, RecordPane, RecordRow, RecordedChange, RecordedJob};
pub use requests::RequestsPane;
pub use restrictions::{Restriction, Restrictions};
pub use trash::TrashPane;

use super::{Failure, Pulse, action::Scope, change::ChangeId};

/// Rows that a pane wants below the list.
const PANE_ROWS: u16 = 17;
/// Rows that the question about many wants there.
const MANY_ROWS: u16 = 20;

/// Something that gets all the keys until it is closed.
#[derive(Debug)]
pub enum Dialog {
    /// Asks whether to change a user.
    Confirm(Box<Confirm>),
    /// Asks whether to do something to many.
    Many(Box<Many>),
    /// Takes text in fields.
    Form(Box<Form>),
    /// Edits metadata.
    Metadata(Box<MetadataForm>),
    /// Takes everything that the list can be asked for, in fields.
    Filter(Box<FilterForm>),
    /// Picks an organization.
    Picker(Box<Picker>),
    /// Takes the name of a picture's file.
    Picture(Box<PictureForm>),
    /// Chooses one of several.
    Menu(Menu),
    /// Chooses the columns of the list.
    Columns(ColumnList),
    /// Shows what every key does.
    Help(Help),
    /// Names everything that can be asked for.
    Palette(Palette),
    /// Shows the jobs.
    Jobs(JobsPane),
    /// Shows what was changed from here.
    Record(Box<RecordPane>),
    /// Shows the requests that were sent.
    Requests(RequestsPane),
    /// Lists the marked, or the lines that marked nobody.
    Marked(MarkedPane),
    /// Shows counts, and opens the lists behind them.
    Pulse(Pulse),
    /// Shows the blocklist or the allowlist.
    Restrictions(Restrictions),
    /// Shows the invitations to an organization.
    Invitations(InvitationsPane),
    /// Shows the recovery copies.
    Trash(TrashPane),
    /// Shows a link that lets somebody in.
    Link(Box<LinkView>),
    /// Shows what the program runs on.
    About,
}

impl Dialog {
    /// The scope of its keys.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self {
            Self::Confirm(confirm) => match confirm.place() {
                Place::Answer => Scope::Confirm,
                Place::Typing | Place::Reason => Scope::Typing,
                Place::CheckBox(_) => Scope::CheckBox,
            },
            Self::Many(many) => many.scope(),
            Self::Form(_) => Scope::Form,
            Self::Metadata(_) => Scope::Metadata,
            Self::Menu(menu) if menu.kind() == MenuKind::View => Scope::Views,
            Self::Picture(_) => Scope::Path,
            Self::Filter(_) => Scope::Filter,
            Self::Menu(_) => Scope::Menu,
            Self::Columns(_) => Scope::Columns,
            Self::Help(help) if help.is_finding() => Scope::Find,
            Self::Picker(_) => Scope::Picker,
            Self::Help(_) => Scope::Help,
            Self::Palette(_) => Scope::Palette,
            Self::Jobs(_) => Scope::Jobs,
            Self::Record(pane) if pane.is_typing() => Scope::Find,
            Self::Record(_) => Scope::Record,
            Self::Requests(_) => Scope::Requests,
            Self::Marked(_) => Scope::Marked,
            Self::Pulse(_) => Scope::Pulse,
            Self::Restrictions(_) => Scope::Restrictions,
            Self::Invitations(_) => Scope::Invited,
            Self::Trash(_) => Scope::Trash,
            Self::Link(_) => Scope::Link,
            Self::About => Scope::About,
        }
    }

    /// How many rows it wants below the list, its title included. The help page has the screen to itself, and the palette
    /// floats.
    #[must_use]
    pub fn rows(&self) -> Option<u16> {
        match self {
            // What differs has a row each, and some are longer.
            Self::Confirm(confirm) => {
                let listed = confirm.differences().len();
                let listed = if listed > 0 { listed + 3 } else { 0 };
                // Two rows of words, also while they are awaited.
                let admins = if confirm.admin_words().is_some() { 2 } else { 0 };
                let asked = if confirm.typing().is_some() { 12 } else { 9 };
                Some(rows(listed + confirm.also().len() + admins + asked))
            }
            Self::Metadata(form) => Some(rows(form.rows() + 2)),
            Self::Picture(form) => Some(rows(form.rows() + 2)),
            Self::Menu(menu) => Some(rows(menu.items().len() + 2)),
            Self::Many(_) => Some(MANY_ROWS),
            Self::Jobs(_) | Self::Requests(_) | Self::Pulse(_) | Self::Marked(_) => Some(PANE_ROWS),
            // Title, heads, air, and the note in two rows; some rows also while there are none.
            Self::Restrictions(open) => Some(rows(open.entries().value().map_or(0, Vec::len).max(4) + 5)),
            Self::Invitations(pane) => Some(rows(pane.rows().len().max(4) + 5)),
            Self::Trash(pane) => Some(rows(pane.copies().value().map_or(0, Vec::len).max(4) + 5)),
            Self::Form(form) => Some(rows_of(form.fields())),
            Self::Filter(form) => Some(rows_of(form.fields())),
            // Of a picker: title, field, heads, a few rows, and how many there are. Long paths go on in a second row.
            Self::Link(_) | Self::Picker(_) | Self::About => Some(12),
            Self::Columns(_) => Some(ColumnList::ROWS),
            Self::Help(_) | Self::Palette(_) | Self::Record(_) => None,
        }
    }
}

impl Dialog {
    /// Notes under which name what it asked for was sent. Only what takes text is to be kept until the answer.
    pub fn mark_sent(&mut self, id: ChangeId) {
        match self {
            Self::Form(form) => form.mark_sent(id),
            Self::Metadata(form) => form.mark_sent(id),
            Self::Picture(form) => form.mark_sent(id),
            _ => {}
        }
    }

    /// Whether it waits for the answer to this change.
    fn has_sent(&self, id: ChangeId) -> bool {
        match self {
            Self::Form(form) => form.sent() == Some(id),
            Self::Metadata(form) => form.sent() == Some(id),
            Self::Picture(form) => form.sent() == Some(id),
            _ => false,
        }
    }

    fn take_failure(&mut self, failure: &Failure) {
        match self {
            Self::Form(form) => form.take_failure(failure),
            Self::Metadata(form) => form.take_failure(failure),
            Self::Picture(form) => form.take_failure(failure),
            _ => {}
        }
    }
}

fn rows(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Title, a row for each field and each fault, air, and the note.
fn rows_of(fields: &[FormField]) -> u16 {
    let faults = fields.iter().filter(|field| field.fault.is_some()).count();
    let headings = fields.iter().filter(|field| field.heading.is_some()).count();
    rows(fields.len() + faults + 2 * headings + 4)
}

/// The open dialogs, the topmost last.
#[derive(Debug, Default)]
pub struct Dialogs {
    stack: Vec<Dialog>,
    drawn: bool,
}

impl Dialogs {
    /// The one that gets the keys.
    #[must_use]
    pub fn top(&self) -> Option<&Dialog> {
        self.stack.last()
    }

    /// The one that gets the keys, to change it.
    pub fn top_mut(&mut self) -> Option<&mut Dialog> {
        self.stack.last_mut()
    }

    /// Opens one over the others. It takes keys once it has been drawn: what was typed ahead was not meant for it.
    pub fn open(&mut self, dialog: Dialog) {
        self.stack.push(dialog);
        self.drawn = false;
    }

    /// Closes the topmost.
    pub fn close(&mut self) -> Option<Dialog> {
        self.stack.pop()
    }

    /// What this change asked for is done, or is not: the dialog that sent it closes, or says what is wrong where it is.
    pub fn end_sent(&mut self, id: ChangeId, failure: Option<&Failure>) {
        let Some(failure) = failure else { return self.stack.retain(|dialog| !dialog.has_sent(id)) };
        if let Some(dialog) = self.stack.iter_mut().find(|dialog| dialog.has_sent(id)) {
            dialog.take_failure(failure);
        }
    }

    /// The open list, also while something is asked about it.
    #[must_use]
    pub fn restrictions(&self) -> Option<&Restrictions> {
        self.stack.iter().rev().find_map(|dialog| match dialog {
            Dialog::Restrictions(open) => Some(open),
            _ => None,
        })
    }

    /// The same, to change it.
    pub fn restrictions_mut(&mut self) -> Option<&mut Restrictions> {
        self.stack.iter_mut().rev().find_map(|dialog| match dialog {
            Dialog::Restrictions(open) => Some(open),
            _ => None,
        })
    }

    /// The open list of invitations, also while something is asked about it.
    #[must_use]
    pub fn invitations(&self) -> Option<&InvitationsPane> {
        self.stack.iter().rev().find_map(|dialog| match dialog {
            Dialog::Invitations(pane) => Some(pane),
            _ => None,
        })
    }

    /// The same, to change it.
    pub fn invitations_mut(&mut self) -> Option<&mut InvitationsPane> {
        self.stack.iter_mut().rev().find_map(|dialog| match dialog {
            Dialog::Invitations(pane) => Some(pane),
            _ => None,
        })
    }

    /// The open list of recovery copies, also while something is asked about it.
    pub fn trash_mut(&mut self) -> Option<&mut TrashPane> {
        self.stack.iter_mut().find_map(|dialog| match dialog {
            Dialog::Trash(pane) => Some(pane),
            _ => None,
        })
    }

    /// The same, to look at it.
    #[must_use]
    pub fn trash(&self) -> Option<&TrashPane> {
        self.stack.iter().find_map(|dialog| match dialog {
            Dialog::Trash(pane) => Some(pane),
            _ => None,
        })
    }

    /// Closes the link with this id: it works no longer.
    pub fn close_link(&mut self, id: &str) {
        self.stack.retain(|dialog| !matches!(dialog, Dialog::Link(view) if view.link().id == id));
    }

    /// Closes what a question about many was reached by: what was picked and typed there is being done.
    pub fn close_what_led_here(&mut self) {
        self.stack.retain(|dialog| match dialog {
            Dialog::Picker(_) => false,
            Dialog::Form(form) => form.purpose() != Purpose::SetKey,
            _ => true,
        });
    }

    /// Closes the picker: what was picked in it is being done.
    pub fn close_picker(&mut self) {
        self.stack.retain(|dialog| !matches!(dialog, Dialog::Picker(_)));
    }

    /// A frame stands on the screen.
    pub fn mark_drawn(&mut self) {
        self.drawn = true;
    }

    /// The topmost says something else than before: what was typed was not meant for that.
    pub fn redraw(&mut self) {
        self.drawn = false;
    }

    /// Whether the topmost has been seen, and so takes keys. The palette takes what is typed ahead: it was meant for it,
    /// and what it runs asks for itself.
    #[must_use]
    pub fn takes_keys(&self) -> bool {
        self.drawn || matches!(self.top(), Some(Dialog::Palette(_)))
    }
}
