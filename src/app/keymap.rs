//! From keys to actions.

mod key;

pub use key::Key;

use super::action::{Action, Row, Scope, rows};
use std::collections::HashMap;

/// Why the keys of the table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No such key.
    #[error("there is no key \"{0}\"")]
    Unknown(String),
    /// A terminal sends it as another key.
    #[error("a terminal sends the key \"{key}\" as {other}")]
    SentAsAnother {
        /// As it was written.
        key: String,
        /// What arrives.
        other: &'static str,
    },
    /// One key would mean two things at once.
    #[error("the key \"{key}\" means both {} and {} in {}", .one.name(), .other.name(), <&str>::from(.scope))]
    Clash {
        /// The key.
        key: Key,
        /// One meaning.
        one: Action,
        /// The other.
        other: Action,
        /// Where.
        scope: Scope,
    },
    /// What changes a user would be on a key that hands know for moving, or on ctrl.
    #[error("{} changes a user, so it cannot be on \"{key}\": no change is on ctrl or on a key that moves", .action.name())]
    Moving {
        /// The key.
        key: Key,
        /// What changes a user.
        action: Action,
    },
    /// What is typed would be taken for a command.
    #[error("{} cannot be on \"{key}\": in {} that is text", .action.name(), <&str>::from(.scope))]
    Text {
        /// The key.
        key: Key,
        /// What it would do.
        action: Action,
        /// Where it is text.
        scope: Scope,
    },
}

/// Other keys for an action than the table has; none take its keys away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remapping {
    /// The action.
    pub action: Action,
    /// Its keys, the most usual first.
    pub keys: Vec<Key>,
}

/// Which key means what, where.
#[derive(Clone, Debug)]
pub struct Keymap {
    meanings: HashMap<(Scope, Key), Action>,
    keys: HashMap<Action, Vec<Key>>,
}

/// The scopes that are active together, the first asked first.
pub const ACTIVE: &[&[Scope]] = &[
    &[Scope::List, Scope::Panes, Scope::Always],
    &[Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Memberships, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Invitations, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Sessions, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Security, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::History, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Json, Scope::Detail, Scope::Panes, Scope::Always],
    &[Scope::Find, Scope::Always],
    &[Scope::Search, Scope::Always],
    &[Scope::Confirm, Scope::Always],
    &[Scope::CheckBox, Scope::Confirm, Scope::Always],
    &[Scope::Buttons, Scope::Always],
    &[Scope::Listing, Scope::Always],
    &[Scope::Typing, Scope::Always],
    &[Scope::Restrictions, Scope::Always],
    &[Scope::Trash, Scope::Always],
    &[Scope::Invited, Scope::Always],
    &[Scope::Link, Scope::Always],
    &[Scope::About, Scope::Always],
    &[Scope::Form, Scope::Always],
    &[Scope::Metadata, Scope::Always],
    &[Scope::Path, Scope::Always],
    &[Scope::Menu, Scope::Always],
    &[Scope::Views, Scope::Menu, Scope::Always],
    &[Scope::Columns, Scope::Always],
    &[Scope::Filter, Scope::Always],
    &[Scope::Picker, Scope::Always],
    &[Scope::Help, Scope::Always],
    &[Scope::Palette, Scope::Always],
    &[Scope::Jobs, Scope::Always],
    &[Scope::Record, Scope::Always],
    &[Scope::Requests, Scope::Always],
    &[Scope::Pulse, Scope::Always],
    &[Scope::Marked, Scope::Always],
];

/// Where a key can mean the tab's row instead of the user.
const TABS: &[Scope] = &[Scope::Memberships, Scope::Invitations, Scope::Sessions, Scope::Security, Scope::Json];

/// Keys that move in vim, pagers, lists and shells. What changes a user is on none of them: a slip costs too much.
const MOVING: &[&str] = &[
    "h",
    "j",
    "k",
    "l",
    "g",
    "G",
    "J",
    "K",
    "enter",
    "space",
    "esc",
    "tab",
    "shift-tab",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
];

/// The ways out. What has one of them by default keeps it, whatever else it gets or loses.
const WAYS_OUT: &[&str] = &["esc", "ctrl-c"];

impl Keymap {
    /// The keymap of a table.
    ///
    /// # Errors
    ///
    /// When a key does not exist, or must not mean what it would.
    pub fn of<'a>(table: impl IntoIterator<Item = &'a Row>) -> Result<Self, KeymapError> {
        Self::remapped(table, &[])
    }

    /// The keymap of a table with other keys for some of its actions.
    ///
    /// # Errors
    ///
    /// When a key does not exist, means two things in scopes that are active together, changes a user where a key must
    /// not, or would be text.
    pub fn remapped<'a>(
        table: impl IntoIterator<Item = &'a Row>,
        remappings: &[Remapping],
    ) -> Result<Self, KeymapError> {
        let mut keymap = Self { meanings: HashMap::new(), keys: HashMap::new() };
        for row in table {
            let keys = keys_of(row, remappings)?;
            for (scope, key) in row.scopes.iter().flat_map(|scope| keys.iter().map(move |key| (*scope, *key))) {
                check_place(scope, key, row.action)?;
                keymap.check_clash(scope, key, row.action)?;
                keymap.meanings.insert((scope, key), row.action);
            }
            keymap.keys.insert(row.action, keys);
        }
        Ok(keymap)
    }

    /// What `key` means in these scopes, the first asked first. Where shift says nothing, it does not matter.
    #[must_use]
    pub fn action(&self, scopes: &[Scope], key: Key) -> Option<Action> {
        let meaning = |key: Key| scopes.iter().find_map(|scope| self.meanings.get(&(*scope, key)).copied());
        meaning(key).or_else(|| meaning(key.without_shift()))
    }

    /// The keys of an action, the most usual first.
    #[must_use]
    pub fn keys(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    fn check_clash(&self, scope: Scope, key: Key, action: Action) -> Result<(), KeymapError> {
        let together = ACTIVE.iter().filter(|active| active.contains(&scope)).flat_map(|active| active.iter());
        let shadows = |other: &Scope| match (scope, *other) {
            (Scope::Panes, place) | (place, Scope::Panes) => place == Scope::Detail || TABS.contains(&place),
            _ => false,
        };
        let together = together.filter(|other| !shadows(other));
        for other in together.filter_map(|scope| self.meanings.get(&(*scope, key)).copied()) {
            if other != action {
                return Err(KeymapError::Clash { key, one: other, other: action, scope });
            }
        }
        Ok(())
    }
}

/// The keys of a row: those it has been given, and the ways out that it has by default; else all that it has by default.
fn keys_of(row: &Row, remappings: &[Remapping]) -> Result<Vec<Key>, KeymapError> {
    let default = row.keys.iter().map(|name| Key::parse(name));
    let Some(given) = remappings.iter().rfind(|remapping| remapping.action == row.action) else {
        return default.collect();
    };
    let mut keys = given.keys.clone();
    for way_out in row.keys.iter().filter(|name| WAYS_OUT.contains(name)) {
        let key = Key::parse(way_out)?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// Whether the key can mean the action there at all.
fn check_place(scope: Scope, key: Key, action: Action) -> Result<(), KeymapError> {
    if scope.takes_text() && key.is_text() {
        return Err(KeymapError::Text { key, action, scope });
    }
    let moves = MOVING.iter().any(|name| Key::parse(name).is_ok_and(|moving| moving == key.without_shift()));
    if action.changes_a_user() && (moves || key.is_ctrl()) {
        return Err(KeymapError::Moving { key, action });
    }
    Ok(())
}

impl Default for Keymap {
    /// The keymap of [`rows`].
    fn default() -> Self {
        Self::of(rows()).expect("the table is constant, and a test holds that it is sound")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use strum::IntoEnumIterator;

    #[test]
    fn the_table_is_sound() {
        Keymap::of(rows()).unwrap();
    }

    fn remapped(remappings: &[(Action, &[&str])]) -> Result<Keymap, KeymapError> {
        let remapping = |(action, keys): &(Action, &[&str])| Remapping {
            action: *action,
            keys: keys.iter().map(|key| Key::parse(key).unwrap()).collect(),
        };
        Keymap::remapped(rows(), &remappings.iter().map(remapping).collect::<Vec<_>>())
    }

    fn refused(action: Action, key: &str) -> String {
        remapped(&[(action, &[key])]).unwrap_err().to_string()
    }

    fn in_list(keymap: &Keymap, key: &str) -> Option<Action> {
        keymap.action(&[Scope::List, Scope::Panes, Scope::Always], Key::parse(key).unwrap())
    }

    #[test]
    fn a_clash_names_both_the_key_and_the_place() {
        assert_eq!(refused(Action::Ban, "r"), "the key \"r\" means both ban and refresh in the list and the detail");
        // Keys that are never looked up together do not clash.
        assert!(remapped(&[(Action::NextTab, &["f12"]), (Action::Open, &["f12"])]).is_ok());
    }

    #[test]
    fn an_action_has_the_keys_that_it_is_given_and_no_other() {
        let keymap = remapped(&[(Action::Ban, &["f2", "V"])]).unwrap();
        assert_eq!(keymap.keys(Action::Ban).len(), 2);
        assert_eq!(["f2", "V", "b"].map(|key| in_list(&keymap, key)), [Some(Action::Ban), Some(Action::Ban), None]);
        let swapped = remapped(&[(Action::Ban, &["x"]), (Action::SignOut, &["b"])]).unwrap();
        assert_eq!(["x", "b"].map(|key| in_list(&swapped, key)), [Some(Action::Ban), Some(Action::SignOut)]);
    }

    #[test]
    fn keys_can_be_taken_away() {
        let keymap = remapped(&[(Action::Delete, &[])]).unwrap();
        assert_eq!((in_list(&keymap, "d"), keymap.keys(Action::Delete)), (None, &[][..]));
    }

    #[test]
    fn the_ways_out_stay() {
        let taken = [Action::Interrupt, Action::Cancel, Action::Dismiss, Action::Back, Action::ClearSearch];
        let keymap = remapped(&taken.map(|action| (action, &[][..]))).unwrap();
        let esc = Key::parse("esc").unwrap();
        for scope in [Scope::Confirm, Scope::Typing, Scope::Form, Scope::Menu, Scope::Help, Scope::Panes, Scope::Search]
        {
            assert!(keymap.action(&[scope], esc).is_some(), "{scope:?}");
        }
        let interrupt = Key::parse("ctrl-c").unwrap();
        assert_eq!(keymap.action(&[Scope::Always], interrupt), Some(Action::Interrupt));
        assert!(refused(Action::Quit, "ctrl-c").contains("both"));
        assert!(refused(Action::Submit, "esc").contains("both"));
    }

    #[test]
    fn nothing_that_changes_a_user_is_on_a_key_that_moves_or_on_ctrl() {
        for key in MOVING.iter().copied().chain(["ctrl-b", "ctrl-t"]) {
            // The moving keys themselves are freed first, so that it is no clash.
            let freed = [Action::HalfPageDown, Action::PageUp].map(|action| (action, &[][..]));
            let error = remapped(&[&freed[..], &[(Action::Ban, &[key])]].concat()).unwrap_err();
            let told = matches!(error, KeymapError::Moving { .. } | KeymapError::Clash { .. });
            assert!(told, "{key}: {error}");
        }
        assert_eq!(
            refused(Action::RemoveItem, "ctrl-t"),
            "remove-item changes a user, so it cannot be on \"ctrl-t\": no change is on ctrl or on a key that moves"
        );
    }

    #[test]
    fn each_place_has_a_word_of_its_own() {
        for scope in Scope::iter() {
            let word = <&str>::from(scope);
            assert!(word.contains(' ') || word.ends_with('s'), "\"in {word}\" tells nobody where {scope:?} is");
        }
    }

    #[test]
    fn no_letter_is_a_command_where_text_is_typed() {
        for (action, place) in [(Action::Submit, "questions that are"), (Action::Redraw, "all places")] {
            let error = refused(action, "x");
            assert!(error.contains("that is text") && error.contains(place), "{error}");
        }
        assert!(remapped(&[(Action::Submit, &["f10"]), (Action::Redraw, &["alt-l"])]).is_ok());
    }

    #[test]
    fn shift_beside_a_capital_changes_nothing() {
        let keymap = Keymap::default();
        for modifiers in [KeyModifiers::NONE, KeyModifiers::SHIFT] {
            let key = Key::of(KeyEvent::new(KeyCode::Char('B'), modifiers));
            assert_eq!(keymap.action(&[Scope::List, Scope::Panes], key), Some(Action::Unban));
        }
    }

    #[test]
    fn ctrl_and_a_letter_is_not_the_letter() {
        let key = Key::of(KeyEvent::new(KeyCode::Char('b'), KeyModifiers::CONTROL));
        assert_eq!(Keymap::default().action(&[Scope::Panes], key), Some(Action::PageUp));
    }
}
