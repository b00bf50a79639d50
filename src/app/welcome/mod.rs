//! The first start: a key is asked for, tried with one request, and kept where that is wanted. As pure as the dashboard,
//! which begins once this is over.

pub mod words;

#[cfg(test)]
mod tests;

use super::{secret::Secret, text_field::TextField};
use crate::clerk::InstanceKind;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Size;
use std::mem;

/// What is known before anything is typed.
#[derive(Clone, Debug, Default)]
pub struct WelcomeGrounds {
    /// The size of the terminal, in cells.
    pub size: Size,
    /// The names of the profiles there are, none of which is the one to open.
    pub profiles: Vec<String>,
    /// Whether a key would be kept in the keyring of this system; in a file else.
    pub has_keyring: bool,
}

/// What a key opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WelcomeInstance {
    /// The id of the instance.
    pub instance: String,
    /// The host of its API.
    pub host: String,
    /// Whether it is production.
    pub kind: InstanceKind,
}

/// Why it is not known what a key opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRefusal {
    /// The reason, as a sentence.
    pub words: String,
    /// Whether it lies with the key. Else it may be tried again.
    pub needs_another_key: bool,
}

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WelcomeStep {
    /// A key is typed.
    Key,
    /// It is tried.
    Trying,
    /// It opens this, and may be kept.
    Keep(WelcomeInstance),
    /// It is being kept.
    Keeping(WelcomeInstance),
    /// It is kept, and this is to be said of that, in sentences.
    Kept(WelcomeInstance, Vec<String>),
}

/// The two ways on from where one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WelcomeChoice {
    /// What is typed: the key, or what to call it.
    #[default]
    Typed,
    /// Without: the demo, or the key for this once.
    Other,
}

/// What happened.
#[derive(Debug)]
pub enum WelcomeEvent {
    /// A key was pressed.
    Key(KeyEvent),
    /// A text was pasted.
    Paste(String),
    /// The terminal has another size, in cells.
    Resize(Size),
    /// What the key opens; or why that is not known.
    Tried(Result<WelcomeInstance, KeyRefusal>),
    /// The key is kept, and what there is to say of that, in sentences; or why not, as one.
    Kept(Result<Vec<String>, String>),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WelcomeEffect {
    /// Ask the instance which it is; answered by [`WelcomeEvent::Tried`].
    Try(Secret),
    /// That is of no interest any more.
    GiveUp,
    /// Keep the key as a profile of this name; answered by [`WelcomeEvent::Kept`].
    Keep(String),
    /// Give the terminal back to the shell until the program is continued.
    Suspend,
    /// Go on elsewhere.
    End(Welcomed),
}

/// How it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Welcomed {
    /// The person wanted to leave.
    Left,
    /// The person wants to see people who do not exist.
    Demo,
    /// The key opens the dashboard, and is kept nowhere.
    Once,
    /// The key is kept as the profile of this name.
    Kept(String),
}

/// The first start.
#[derive(Debug)]
pub struct Welcome {
    grounds: WelcomeGrounds,
    step: WelcomeStep,
    choice: WelcomeChoice,
    key: TextField,
    name: TextField,
    fault: Option<String>,
}

impl Welcome {
    /// Nothing is typed yet.
    #[must_use]
    pub fn new(grounds: WelcomeGrounds) -> Self {
        let mut name = TextField::default();
        name.set(&words::free_name(&grounds.profiles));
        let (step, choice, key) = (WelcomeStep::Key, WelcomeChoice::Typed, TextField::default());
        Self { grounds, step, choice, key, name, fault: None }
    }

    /// What was known before.
    #[must_use]
    pub fn grounds(&self) -> &WelcomeGrounds {
        &self.grounds
    }

    /// How far it has come.
    #[must_use]
    pub fn step(&self) -> &WelcomeStep {
        &self.step
    }

    /// Which of the two ways on is chosen.
    #[must_use]
    pub fn choice(&self) -> WelcomeChoice {
        self.choice
    }

    /// The field that is typed into: the key's, which must not be seen, or what to call it.
    #[must_use]
    pub fn field(&self) -> &TextField {
        if self.is_about_the_key() { &self.key } else { &self.name }
    }

    /// What went wrong last, as a sentence.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Whether a key is what is asked for; else it is what becomes of it.
    #[must_use]
    pub fn is_about_the_key(&self) -> bool {
        matches!(self.step, WelcomeStep::Key | WelcomeStep::Trying)
    }

    /// The keys that do something now, each with what it does.
    #[must_use]
    pub fn hints(&self) -> &'static [(&'static str, &'static str)] {
        match (&self.step, self.choice) {
            (WelcomeStep::Key, WelcomeChoice::Typed) => &[("enter", "try it"), ("tab", "other way"), ("esc", "leave")],
            (WelcomeStep::Key, WelcomeChoice::Other) => {
                &[("enter", "look around"), ("tab", "other way"), ("esc", "leave")]
            }
            (WelcomeStep::Trying, _) => &[("esc", "another key"), ("ctrl-c", "leave")],
            (WelcomeStep::Keep(_), WelcomeChoice::Typed) => {
                &[("enter", "keep it"), ("tab", "other way"), ("esc", "another key"), ("ctrl-c", "leave")]
            }
            (WelcomeStep::Keep(_), WelcomeChoice::Other) => {
                &[("enter", "go on"), ("tab", "other way"), ("esc", "another key"), ("ctrl-c", "leave")]
            }
            (WelcomeStep::Keeping(_), _) => &[],
            (WelcomeStep::Kept(..), _) => &[("enter", "go on")],
        }
    }

    /// Takes what happened; what is to be done.
    pub fn update(&mut self, event: WelcomeEvent) -> Option<WelcomeEffect> {
        match event {
            WelcomeEvent::Resize(size) => {
                self.grounds.size = size;
                None
            }
            WelcomeEvent::Paste(text) => {
                self.paste(&text);
                None
            }
            WelcomeEvent::Key(key) if key.kind == KeyEventKind::Release => None,
            WelcomeEvent::Key(key) => self.press(key),
            // An answer to a key that was given up is dropped before it comes here.
            WelcomeEvent::Tried(result) => {
                match result {
                    Ok(instance) => self.step_to(WelcomeStep::Keep(instance)),
                    Err(untold) => {
                        self.step_to(WelcomeStep::Key);
                        if untold.needs_another_key {
                            self.key.clear();
                        }
                        self.fault = Some(untold.words);
                    }
                }
                None
            }
            WelcomeEvent::Kept(kept) => {
                if let WelcomeStep::Keeping(instance) = mem::replace(&mut self.step, WelcomeStep::Key) {
                    self.step_to(match &kept {
                        Ok(words) => WelcomeStep::Kept(instance, words.clone()),
                        Err(_) => WelcomeStep::Keep(instance),
                    });
                }
                self.fault = kept.err();
                None
            }
        }
    }

    fn paste(&mut self, text: &str) {
        if !self.is_open() {
            return;
        }
        self.choice = WelcomeChoice::Typed;
        // A name is shown, and stands in a file: a key that was pasted once more has no business there.
        if !self.is_about_the_key() && text.contains("sk_") {
            self.fault = Some("That is a key, and no name: it was not taken.".to_owned());
            return;
        }
        self.fault = None;
        self.typed().paste(text);
    }

    fn press(&mut self, key: KeyEvent) -> Option<WelcomeEffect> {
        match (key.modifiers, key.code) {
            (KeyModifiers::CONTROL, KeyCode::Char('c')) => return self.leave(),
            (KeyModifiers::CONTROL, KeyCode::Char('z')) => return Some(WelcomeEffect::Suspend),
            (_, KeyCode::Esc) => return self.back(),
            (_, KeyCode::Enter) => return self.go_on(),
            (_, KeyCode::Tab | KeyCode::BackTab | KeyCode::Up | KeyCode::Down) if self.is_open() => {
                self.choice =
                    if self.choice == WelcomeChoice::Typed { WelcomeChoice::Other } else { WelcomeChoice::Typed };
                self.fault = None;
            }
            _ if self.is_open() && self.choice == WelcomeChoice::Typed && self.typed().edit(key) => self.fault = None,
            _ => {}
        }
        None
    }

    /// Leaves at once; while the key is being kept only when that is asked for again, as it may be there all the same.
    fn leave(&mut self) -> Option<WelcomeEffect> {
        if matches!(self.step, WelcomeStep::Keeping(_)) && self.fault.is_none() {
            self.fault = Some("It is being kept, perhaps the keyring asks something: ctrl-c leaves anyway.".to_owned());
            return None;
        }
        Some(WelcomeEffect::End(Welcomed::Left))
    }

    fn back(&mut self) -> Option<WelcomeEffect> {
        match self.step {
            WelcomeStep::Key => Some(WelcomeEffect::End(Welcomed::Left)),
            WelcomeStep::Trying => {
                self.step_to(WelcomeStep::Key);
                Some(WelcomeEffect::GiveUp)
            }
            WelcomeStep::Keep(_) => {
                self.start_over();
                None
            }
            // What is being written is not left half-written.
            WelcomeStep::Keeping(_) => None,
            WelcomeStep::Kept(..) => self.go_on(),
        }
    }

    fn go_on(&mut self) -> Option<WelcomeEffect> {
        match (&self.step, self.choice) {
            (WelcomeStep::Key, WelcomeChoice::Other) => Some(WelcomeEffect::End(Welcomed::Demo)),
            (WelcomeStep::Key, WelcomeChoice::Typed) if self.key.text().trim().is_empty() => {
                self.fault = Some("Type or paste the key first: it begins with sk_test_ or sk_live_.".to_owned());
                None
            }
            (WelcomeStep::Key, WelcomeChoice::Typed) => {
                self.step_to(WelcomeStep::Trying);
                Some(WelcomeEffect::Try(Secret::from(self.key.text().trim())))
            }
            (WelcomeStep::Keep(_), WelcomeChoice::Other) => Some(WelcomeEffect::End(Welcomed::Once)),
            (WelcomeStep::Keep(instance), WelcomeChoice::Typed) => {
                let instance = instance.clone();
                self.step_to(WelcomeStep::Keeping(instance));
                Some(WelcomeEffect::Keep(self.typed_name()))
            }
            (WelcomeStep::Kept(..), _) => Some(WelcomeEffect::End(Welcomed::Kept(self.typed_name()))),
            (WelcomeStep::Trying | WelcomeStep::Keeping(_), _) => None,
        }
    }

    /// Whether something can be typed now.
    fn is_open(&self) -> bool {
        matches!(self.step, WelcomeStep::Key | WelcomeStep::Keep(_))
    }

    fn typed(&mut self) -> &mut TextField {
        if self.is_about_the_key() { &mut self.key } else { &mut self.name }
    }

    fn typed_name(&self) -> String {
        self.name.text().trim().to_owned()
    }

    fn step_to(&mut self, step: WelcomeStep) {
        self.step = step;
        self.choice = WelcomeChoice::Typed;
        self.fault = None;
    }

    /// Asks for another key.
    fn start_over(&mut self) {
        self.key.clear();
        self.step_to(WelcomeStep::Key);
    }
}
