//! What is open over the panes, and gets the keys.

mod confirm;
mod form;
mod help;
mod menu;
mod order;
mod palette;

pub use confirm::{Confirm, Typing};
pub use form::{Asked, Form, FormField, Purpose};
pub use help::Help;
pub use menu::{Choice, Menu, MenuItem, MenuKind};
pub use order::{ORDERS, OrderItem};
pub use palette::{Palette, PaletteEntry};

use super::{action::Scope, change::ChangeId};

/// Something that gets all the keys until it is closed.
#[derive(Debug)]
pub enum Dialog {
    /// Asks whether to change a user.
    Confirm(Box<Confirm>),
    /// Takes text in fields.
    Form(Box<Form>),
    /// Chooses one of several.
    Menu(Menu),
    /// Shows what every key does.
    Help(Help),
    /// Names everything that can be asked for.
    Palette(Palette),
}

impl Dialog {
    /// The scope of its keys.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self {
            Self::Confirm(confirm) if confirm.typing().is_some() => Scope::Typing,
            Self::Confirm(_) => Scope::Confirm,
            Self::Form(_) => Scope::Form,
            Self::Menu(_) => Scope::Menu,
            Self::Help(help) if help.is_finding() => Scope::Find,
            Self::Help(_) => Scope::Help,
            Self::Palette(_) => Scope::Palette,
        }
    }

    /// How many rows it wants below the list, its title included. The help page has the screen to itself, and the palette
    /// floats.
    #[must_use]
    pub fn rows(&self) -> Option<u16> {
        match self {
            Self::Confirm(confirm) if confirm.typing().is_some() => Some(11),
            Self::Confirm(_) => Some(8),
            // Title, a row for each field and each fault, air, and the note.
            Self::Form(form) => {
                let faults = form.fields().iter().filter(|field| field.fault.is_some()).count();
                Some(u16::try_from(form.fields().len() + faults).unwrap_or(u16::MAX).saturating_add(4))
            }
            Self::Menu(menu) => Some(u16::try_from(menu.items().len()).unwrap_or(u16::MAX).saturating_add(2)),
            Self::Help(_) | Self::Palette(_) => None,
        }
    }
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

    /// The form that sent this change.
    pub fn form_mut(&mut self, id: ChangeId) -> Option<&mut Form> {
        self.stack.iter_mut().find_map(|dialog| match dialog {
            Dialog::Form(form) if form.sent() == Some(id) => Some(&mut **form),
            _ => None,
        })
    }

    /// Closes the form that sent this change.
    pub fn close_form(&mut self, id: ChangeId) {
        self.stack.retain(|dialog| !matches!(dialog, Dialog::Form(form) if form.sent() == Some(id)));
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
