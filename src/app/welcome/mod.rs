//! The first start: a key is asked for, tried with one request, and kept where that is wanted. As pure as the dashboard,
//! which begins once this is over.

#[cfg(test)]
mod tests;

use super::{secret::Secret, text_field::TextField};
use crate::clerk::InstanceKind;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Size;
use std::mem;

/// What a profile is called that nobody has named.
const NAME: &str = "main";

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
pub struct Opens {
    /// The id of the instance.
    pub instance: String,
    /// The host of its API.
    pub host: String,
    /// Whether it is production.
    pub kind: InstanceKind,
}

/// Why it is not known what a key opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
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
    Keep(Opens),
    /// It is being kept.
    Keeping(Opens),
}

/// The two ways on from where one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
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
    Tried(Result<Opens, Untold>),
    /// The key is kept, or why not, as a sentence.
    Kept(Result<(), String>),
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
    choice: Choice,
    key: TextField,
    name: TextField,
    fault: Option<String>,
}

impl Welcome {
    /// Nothing is typed yet.
    #[must_use]
    pub fn new(grounds: WelcomeGrounds) -> Self {
        let mut name = TextField::default();
        name.set(&free_name(&grounds.profiles));
        let (step, choice, key) = (WelcomeStep::Key, Choice::Typed, TextField::default());
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
    pub fn choice(&self) -> Choice {
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
            (WelcomeStep::Key, Choice::Typed) => &[("enter", "try it"), ("tab", "other way"), ("esc", "leave")],
            (WelcomeStep::Key, Choice::Other) => &[("enter", "look around"), ("tab", "other way"), ("esc", "leave")],
            (WelcomeStep::Trying, _) => &[("esc", "another key"), ("ctrl-c", "leave")],
            (WelcomeStep::Keep(_), Choice::Typed) => {
                &[("enter", "keep it"), ("tab", "other way"), ("esc", "another key"), ("ctrl-c", "leave")]
            }
            (WelcomeStep::Keep(_), Choice::Other) => {
                &[("enter", "go on"), ("tab", "other way"), ("esc", "another key"), ("ctrl-c", "leave")]
            }
            (WelcomeStep::Keeping(_), _) => &[("ctrl-c", "leave")],
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
                if self.is_open() {
                    self.choice = Choice::Typed;
                    self.fault = None;
                    self.typed().paste(&text);
                }
                None
            }
            WelcomeEvent::Key(key) if key.kind == KeyEventKind::Release => None,
            WelcomeEvent::Key(key) => self.press(key),
            // An answer to a key that was given up is dropped before it comes here.
            WelcomeEvent::Tried(result) => {
                match result {
                    Ok(opens) => self.step_to(WelcomeStep::Keep(opens)),
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
            WelcomeEvent::Kept(Ok(())) => Some(WelcomeEffect::End(Welcomed::Kept(self.typed_name()))),
            WelcomeEvent::Kept(Err(fault)) => {
                if let WelcomeStep::Keeping(opens) = mem::replace(&mut self.step, WelcomeStep::Key) {
                    self.step = WelcomeStep::Keep(opens);
                }
                self.fault = Some(fault);
                None
            }
        }
    }

    fn press(&mut self, key: KeyEvent) -> Option<WelcomeEffect> {
        match (key.modifiers, key.code) {
            (KeyModifiers::CONTROL, KeyCode::Char('c')) => return Some(WelcomeEffect::End(Welcomed::Left)),
            (KeyModifiers::CONTROL, KeyCode::Char('z')) => return Some(WelcomeEffect::Suspend),
            (_, KeyCode::Esc) => return self.back(),
            (_, KeyCode::Enter) => return self.go_on(),
            (_, KeyCode::Tab | KeyCode::BackTab | KeyCode::Up | KeyCode::Down) if self.is_open() => {
                self.choice = if self.choice == Choice::Typed { Choice::Other } else { Choice::Typed };
                self.fault = None;
            }
            _ if self.is_open() && self.choice == Choice::Typed && self.typed().edit(key) => self.fault = None,
            _ => {}
        }
        None
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
        }
    }

    fn go_on(&mut self) -> Option<WelcomeEffect> {
        match (&self.step, self.choice) {
            (WelcomeStep::Key, Choice::Other) => Some(WelcomeEffect::End(Welcomed::Demo)),
            (WelcomeStep::Key, Choice::Typed) if self.key.text().trim().is_empty() => {
                self.fault = Some("Type or paste the key first: it begins with sk_test_ or sk_live_.".to_owned());
                None
            }
            (WelcomeStep::Key, Choice::Typed) => {
                self.step_to(WelcomeStep::Trying);
                Some(WelcomeEffect::Try(Secret::from(self.key.text().trim())))
            }
            (WelcomeStep::Keep(_), Choice::Other) => Some(WelcomeEffect::End(Welcomed::Once)),
            (WelcomeStep::Keep(opens), Choice::Typed) => {
                let opens = opens.clone();
                self.step_to(WelcomeStep::Keeping(opens));
                Some(WelcomeEffect::Keep(self.typed_name()))
            }
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
        self.choice = Choice::Typed;
        self.fault = None;
    }

    /// Asks for another key.
    fn start_over(&mut self) {
        self.key.clear();
        self.step_to(WelcomeStep::Key);
    }
}

/// Something that nothing is called yet.
fn free_name(profiles: &[String]) -> String {
    let is_free = |name: &String| !profiles.contains(name);
    let numbered = (2..).map(|number| format!("{NAME}-{number}"));
    std::iter::once(NAME.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
