//! What a person prefers, chosen while the program runs: colours, columns, views. What is chosen is remembered.

use super::{
    App, ChosenTheme, Columns, Dialog, Effects, Focus, Memory, Notice, PlacedColumn, Remember, Remembered, SavedView,
    Surroundings, ThemeName, ViewName,
    action::Action,
    dialog::{Choice, ColumnList, Menu, VIEW_KEYS},
    nearest::nearest,
};
use crate::clerk::model::Timestamp;
use strum::IntoEnumIterator;

impl App {
    /// The columns of the list.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The columns that the list has room for, and where they stand in it.
    #[must_use]
    pub fn placed_columns(&self) -> Vec<PlacedColumn> {
        let layout = self.layout();
        let width = layout.list.map_or(0, |list| list.rows.width);
        self.columns.place(width, layout.divider.is_none())
    }

    /// What is remembered from one start to the next.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The colours that were chosen.
    #[must_use]
    pub fn theme(&self) -> ThemeName {
        self.theme
    }
}

impl App {
    /// Does what `action` asks for with what was typed behind its word.
    pub(super) fn run_with(&mut self, action: Action, argument: &str, now: Timestamp, effects: &mut Effects) {
        match action {
            Action::Theme => self.choose_theme_named(argument, now),
            Action::Views => self.show_view_named(argument, now),
            Action::SaveView => self.save_view(argument, now),
            Action::MarkFile => self.mark_file(argument, now),
            Action::Export => self.export_to(argument, now),
            Action::Profiles => self.switch_to_named(argument, now, effects),
            other => self.run(other, now, effects),
        }
    }

    /// The actions that are about what a person prefers.
    pub(super) fn prefer(&mut self, action: Action, now: Timestamp) {
        match action {
            Action::Theme => self.dialogs.open(Dialog::Menu(Menu::of_themes(self.theme))),
            Action::Profiles => {
                let Surroundings { profiles, profile, .. } = &self.settings.surroundings;
                self.dialogs.open(Dialog::Menu(Menu::of_profiles(profiles, profile.as_deref())));
            }
            Action::Columns => self.dialogs.open(Dialog::Columns(ColumnList::default())),
            Action::ToggleColumn | Action::MoveColumnDown | Action::MoveColumnUp | Action::ResetColumns => {
                self.change_columns(action, now);
            }
            Action::Views => self.dialogs.open(Dialog::Menu(Menu::of_views(self.memory.views.keys()))),
            Action::SaveView => self.save_view("", now),
            Action::DeleteView => self.delete_chosen_view(now),
            // The others are done where they are told apart from these.
            _ => {}
        }
    }

    fn remember(&mut self, remember: Remember) {
        self.memory.take(remember.clone());
        self.unwritten.push(remember);
    }

    /// Takes in what is remembered now: another program may have saved something too.
    pub(super) fn take_remembered(&mut self, result: Result<Remembered, String>, now: Timestamp) {
        self.unwritten.end();
        match result {
            Ok(Remembered { mut memory, remark }) => {
                if let Some(remark) = remark {
                    self.notices.show(Notice::remark(remark), now);
                }
                for later in self.unwritten.waiting() {
                    memory.take(later.clone());
                }
                self.memory = memory;
            }
            Err(reason) => {
                let words = format!("That holds until you leave; it could not be written down: {reason}");
                self.notices.show(Notice::remark(words), now);
            }
        }
    }

    /// Whether the program can be left without losing anything.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.changes.is_idle() && self.unwritten.is_empty()
    }
}

/// Colours.
impl App {
    fn choose_theme_named(&mut self, name: &str, now: Timestamp) {
        if let Some(reason) = self.why_not(Action::Theme, now) {
            return self.notices.show(reason.into(), now);
        }
        if let Ok(theme) = name.parse() {
            self.choose_theme(theme);
        } else {
            let words = no_such("theme", name, ThemeName::iter().map(ThemeName::as_str));
            self.notices.show(Notice::remark(words), now);
        }
    }

    pub(super) fn choose_theme(&mut self, theme: ThemeName) {
        self.theme = theme;
        self.remember(Remember::Theme(ChosenTheme { name: theme, instead_of: self.settings.preferences.theme }));
    }
}

/// Columns.
impl App {
    fn change_columns(&mut self, action: Action, now: Timestamp) {
        let Some(Dialog::Columns(list)) = self.dialogs.top_mut() else { return };
        match action {
            Action::ToggleColumn => {
                if !self.columns.toggle(list.cursor()) {
                    let words = "Name and state are always shown: who is who, and who is banned, has to be seen.";
                    return self.notices.show(Notice::remark(words), now);
                }
            }
            Action::MoveColumnDown => list.place_cursor(self.columns.shift(list.cursor(), 1)),
            Action::MoveColumnUp => list.place_cursor(self.columns.shift(list.cursor(), -1)),
            _ => self.columns = Columns::default(),
        }
        let columns = self.columns.clone();
        if self.memory.columns.as_ref() != Some(&columns) {
            self.remember(Remember::Columns(columns));
        }
    }
}

/// Saved views.
impl App {
    fn show_view_named(&mut self, name: &str, now: Timestamp) {
        let known = ViewName::parse(name).ok().filter(|name| self.memory.views.contains_key(name));
        if let Some(name) = known {
            return self.show_view(&name, now);
        }
        let words = match self.why_not(Action::Views, now) {
            Some(reason) => reason.as_str().to_owned(),
            None => no_such("view", name, self.memory.views.keys().map(ViewName::as_str)),
        };
        self.notices.show(Notice::remark(words), now);
    }

    /// Shows the users as a view does.
    pub(super) fn show_view(&mut self, name: &ViewName, now: Timestamp) {
        let Some(SavedView { search, order, columns }) = self.memory.views.get(name).cloned() else { return };
        self.focus_list();
        self.columns = columns;
        self.list.order(order);
        self.search.set(&search);
        self.ask_search(now);
        if self.search.line().fault().is_some() {
            // What has become wrong, such as a filter that there is no more, is mended where it stands.
            self.focus = Focus::Search;
        }
    }

    fn save_view(&mut self, name: &str, now: Timestamp) {
        let words = match ViewName::parse(name) {
            Err(error) => error.to_string(),
            Ok(_) if self.search.line().fault().is_some() => {
                "Not saved: a part of the search line is wrong.".to_owned()
            }
            Ok(name) => self.save_view_as(name),
        };
        self.notices.show(Notice::remark(words), now);
    }

    fn save_view_as(&mut self, name: ViewName) -> String {
        let most = VIEW_KEYS.len();
        let search = self.search.text().trim().to_owned();
        let view = SavedView { search, order: self.list.query().order, columns: self.columns.clone() };
        let words = match self.memory.views.get(&name) {
            None if self.memory.views.len() >= most => {
                return format!("Not saved: there are {most} views, and no more keys for them. Delete one first.");
            }
            None => format!("View {name} saved."),
            Some(same) if *same == view => return format!("View {name} is saved so already."),
            Some(_) => format!("View {name} saved in the place of the one that had this name."),
        };
        self.remember(Remember::View(name, view));
        words
    }

    fn delete_chosen_view(&mut self, now: Timestamp) {
        let Some(Dialog::Menu(menu)) = self.dialogs.top() else { return };
        let (cursor, chosen) = (menu.cursor(), menu.chosen().map(|item| item.choice.clone()));
        let Some(Choice::View(name)) = chosen else { return };
        let words = format!("View {name} deleted.");
        self.remember(Remember::ForgetView(name));
        self.notices.show(Notice::remark(words), now);
        self.close_dialog();
        if !self.memory.views.is_empty() {
            let mut menu = Menu::of_views(self.memory.views.keys());
            menu.place_cursor(cursor);
            self.dialogs.open(Dialog::Menu(menu));
        }
    }
}

/// That there is no such thing, and what was meant or what there is.
pub(super) fn no_such<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(meant) => format!("There is no {kind} \"{name}\"; did you mean {meant}?"),
        None => format!("There is no {kind} \"{name}\"; there are {}.", known.collect::<Vec<_>>().join(", ")),
    }
}
