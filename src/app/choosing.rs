//! Menus, the palette and the help page: opening those that depend on the state, and what is done with what was chosen.

use super::{
    App, Copyable, Dialog, Effects, Notice,
    detail::Tab,
    dialog::{Choice, Help, Menu, Palette},
};
use crate::clerk::model::Timestamp;

impl App {
    /// The menu of what the open tab can be narrowed to.
    pub(super) fn open_statuses(&mut self) {
        let is_list = self.dialogs.invitations().is_some();
        let menu = match self.detail.tab() {
            tab if is_list || tab == Tab::Invitations => Menu::of_invitations(self.invitation_status()),
            _ => Menu::of_sessions(self.detail.session_status()),
        };
        self.dialogs.open(Dialog::Menu(menu));
    }

    /// Opens the palette, with something in its field already.
    pub(super) fn open_palette(&mut self, typed: &str, now: Timestamp) {
        // From the help page, on what the help page is about.
        self.close_help();
        let mut palette = Palette::of(|action| self.why_not(action, now).is_none());
        if !typed.is_empty() {
            palette.paste(typed);
        }
        self.dialogs.open(Dialog::Palette(palette));
    }

    pub(super) fn in_palette(&mut self, act: impl FnOnce(&mut Palette)) {
        if let Some(Dialog::Palette(palette)) = self.dialogs.top_mut() {
            act(palette);
        }
    }

    pub(super) fn in_help(&mut self, act: impl FnOnce(&mut Help)) {
        if let Some(Dialog::Help(help)) = self.dialogs.top_mut() {
            act(help);
        }
    }

    pub(super) fn close_help(&mut self) {
        if matches!(self.dialogs.top(), Some(Dialog::Help(_))) {
            self.close_dialog();
        }
    }

    pub(super) fn run_chosen(&mut self, now: Timestamp, effects: &mut Effects) {
        match self.dialogs.top() {
            Some(Dialog::Menu(menu)) => {
                let choice = menu.chosen().map(|item| item.choice.clone());
                self.choose(choice, now, effects);
            }
            Some(Dialog::Help(help)) => {
                let chosen = help.chosen();
                self.close_dialog();
                if let Some(action) = chosen {
                    self.run(action, now, effects);
                }
            }
            Some(Dialog::Palette(palette)) => {
                let chosen = palette.chosen().map(|entry| (entry.choice.clone(), palette.argument().to_owned()));
                if let Some((choice, argument)) = chosen {
                    self.run_command(choice, &argument, now, effects);
                }
            }
            _ => {}
        }
    }

    /// Does what was chosen in the palette; `argument` is what was typed behind its word, if it takes anything.
    pub(super) fn run_command(&mut self, choice: Choice, argument: &str, now: Timestamp, effects: &mut Effects) {
        match choice {
            Choice::Action(action) if action.takes_argument() && !argument.is_empty() => {
                self.close_dialog();
                self.run_with(action, argument, now, effects);
            }
            choice => self.choose(Some(choice), now, effects),
        }
    }

    /// Closes the menu, and does what was chosen in it.
    pub(super) fn choose(&mut self, choice: Option<Choice>, now: Timestamp, effects: &mut Effects) {
        let Some(choice) = choice else { return };
        let about = match self.dialogs.close() {
            Some(Dialog::Menu(menu)) => menu.known().cloned(),
            _ => None,
        };
        match choice {
            Choice::Order(order) => self.list.order(order),
            Choice::Invitations(status) => match self.dialogs.top_mut() {
                Some(Dialog::Invitations(pane)) => pane.narrow(status),
                _ => self.detail.show_invitations(status),
            },
            Choice::Restriction(act) => self.open_block(act),
            Choice::Sessions(status) => self.detail.show_sessions(status),
            Choice::Theme(theme) => self.choose_theme(theme),
            Choice::View(name) => self.show_view(&name, now),
            Choice::Leave => effects.push(self.way_out()),
            Choice::Profile(name) => self.switch_to(name, now, effects),
            Choice::Stay => {}
            Choice::Action(action) => self.run(action, now, effects),
            Choice::Copy(copyable) => self.put_into_clipboard(copyable, now, effects),
            Choice::Act(act) => {
                if let Some(known) = about {
                    self.ask_about_choice(act, known, now);
                }
            }
        }
    }

    /// Copies the chosen request, or opens the menu of what can be copied of the user.
    pub(super) fn copy(&mut self, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Requests(pane)) = self.dialogs.top() else {
            return self.dialogs.open(Dialog::Menu(Menu::of_copyables(self.copyables())));
        };
        let copyable = self.request_log.exchanges().get(pane.cursor()).map(Copyable::of_exchange);
        if let Some(copyable) = copyable {
            self.put_into_clipboard(copyable, now, effects);
        }
    }

    fn put_into_clipboard(&mut self, copyable: Copyable, now: Timestamp, effects: &mut Effects) {
        let words = format!("Copied the {}, if the terminal allows it.", copyable.what);
        self.notices.show(Notice::remark(words), now);
        effects.push(copyable.effect());
    }
}
