//! Lines that are typed where there is no screen: what each means, in the dialog that is open or in the panes.
//!
//! The actions are those of the table, by name, key or palette word; the dialogs are the same, answered in words.

use super::{
    Action, App, Dialog, Effects, Focus, Key, Notice,
    act::Sending,
    action::rows,
    detail::Tab,
    dialog::{ManyPane, Palette},
    movement::Move,
};
use crate::clerk::model::Timestamp;
use std::str::FromStr;

/// Leaves any dialog.
const CANCEL: &str = "cancel";
/// Goes on with a form before its last field.
const DONE: &str = "done";
/// Empties a field, where an empty line keeps what is in it.
const EMPTY: &str = "-";

impl App {
    /// Takes a line; whoever typed it has been told where they are.
    pub(super) fn take_line(&mut self, line: &str, now: Timestamp, effects: &mut Effects) {
        let line = line.trim();
        self.notices.clear();
        match self.dialogs.top() {
            // Typed ahead, and not meant for what was not told yet.
            Some(_) if !self.dialogs.takes_keys() => {}
            Some(Dialog::Help(_) | Dialog::Palette(_)) => {
                self.close_dialog();
                self.take_command(line, now, effects);
            }
            Some(Dialog::Confirm(_)) => self.answer(line, now, effects),
            Some(Dialog::Many(_)) => self.answer_about_many(line, now, effects),
            Some(_) if line == CANCEL => self.leave(now),
            Some(Dialog::Menu(_)) => self.choose_by(line, now, effects),
            Some(Dialog::Form(_)) => self.fill_in(line, now, effects),
            Some(Dialog::Metadata(_)) => self.fill_in_metadata(line, now),
            Some(Dialog::Picture(_)) => self.in_picture(|form| {
                form.retype(literal(line));
                form.submit();
            }),
            Some(
                Dialog::Restrictions(_)
                | Dialog::Trash(_)
                | Dialog::Invitations(_)
                | Dialog::Link(_)
                | Dialog::About
                | Dialog::Columns(_)
                | Dialog::Filter(_)
                | Dialog::Picker(_)
                | Dialog::Jobs(_)
                | Dialog::Record(_)
                | Dialog::Requests(_)
                | Dialog::Marked(_)
                | Dialog::Pulse(_),
            ) => self.take_command_of_dialog(line, now, effects),
            None => self.take_command(line, now, effects),
        }
    }

    /// Does what a line asks for in a dialog that has actions of its own, on the row of its number.
    fn take_command_of_dialog(&mut self, line: &str, now: Timestamp, effects: &mut Effects) {
        let row = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let (Some(row), Some(Dialog::Restrictions(open))) = (row, self.dialogs.top_mut()) {
            return open.place_cursor(row);
        }
        if let (Some(row), Some(Dialog::Invitations(pane))) = (row, self.dialogs.top_mut()) {
            return pane.place_cursor(row);
        }
        if let (Some(row), Some(Dialog::Trash(pane))) = (row, self.dialogs.top_mut()) {
            return pane.place_cursor(row);
        }
        match self.action_called(line) {
            Some(action) => self.run(action, now, effects),
            None => self.notices.show(Notice::remark("That cannot be done here. Or cancel."), now),
        }
    }

    fn leave(&mut self, now: Timestamp) {
        self.close_dialog();
        self.notices.show(Notice::remark("Nothing was sent."), now);
    }

    /// An answer to a question. Only yes is one, or the text that is asked for: an empty line is none.
    fn answer(&mut self, line: &str, now: Timestamp, effects: &mut Effects) {
        let time_zone = self.settings.time_zone.clone();
        let Some(Dialog::Confirm(confirm)) = self.dialogs.top_mut() else { return };
        if let Some(reason) = line.strip_prefix("reason ") {
            return confirm.give_reason(reason.trim());
        }
        if let Some(number) = line.strip_prefix("also ").and_then(|number| number.trim().parse::<usize>().ok()) {
            if !number.checked_sub(1).is_some_and(|index| confirm.toggle_box(index)) {
                self.notices.show(Notice::remark("There is no such offer."), now);
            }
            return;
        }
        let verb = confirm.words(now, &time_zone).verb;
        let is_typed = confirm.typing().is_some();
        confirm.retype(line);
        match line {
            _ if is_typed && confirm.is_ready() => self.confirm(now, effects),
            "yes" | "y" if !is_typed => self.confirm(now, effects),
            _ if line == verb && !is_typed => self.confirm(now, effects),
            "" | "no" | "n" | CANCEL => self.leave(now),
            _ if is_typed => self.notices.show(Notice::remark("That is not what has to be typed. Or cancel."), now),
            _ => self.notices.show(Notice::remark("Answer yes or no."), now),
        }
    }

    /// An answer to a question about many: yes, the text that is asked for, or what else is to be told.
    fn answer_about_many(&mut self, line: &str, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Many(many)) = self.dialogs.top_mut() else { return };
        if let Some(reason) = line.strip_prefix("reason ") {
            return many.give_reason(reason.trim());
        }
        if let Some(number) = line.strip_prefix("also ").and_then(|number| number.trim().parse::<usize>().ok()) {
            if !number.checked_sub(1).is_some_and(|index| many.toggle_box(index)) {
                self.notices.show(Notice::remark("There is no such offer."), now);
            }
            return;
        }
        let (verb, is_typed) = (many.words().verb, many.expected().is_some());
        many.retype(line);
        match line {
            "who" => many.show(ManyPane::Who),
            "dry run" => many.show(ManyPane::DryRun),
            "back" => many.show(ManyPane::Question),
            _ if is_typed && many.is_typed() => self.begin_jobs(now, effects),
            "yes" | "y" if !is_typed => self.begin_jobs(now, effects),
            _ if line == verb && !is_typed => self.begin_jobs(now, effects),
            "" | "no" | "n" | CANCEL => self.leave(now),
            _ if is_typed => self.notices.show(Notice::remark("That is not what has to be typed. Or cancel."), now),
            _ => self.notices.show(Notice::remark("Answer yes or no."), now),
        }
    }

    /// Chooses in a menu, by number, letter or name.
    fn choose_by(&mut self, line: &str, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Menu(menu)) = self.dialogs.top() else { return };
        let items = menu.items();
        let number = line.parse::<usize>().ok().and_then(|number| items.get(number.checked_sub(1)?));
        let named = || items.iter().find(|item| item.label.eq_ignore_ascii_case(line));
        let by_letter = || items.iter().find(|item| line.chars().eq([item.key]));
        match number.or_else(by_letter).or_else(named).map(|item| item.choice.clone()) {
            Some(choice) => self.choose(Some(choice), now, effects),
            None if line.is_empty() => self.leave(now),
            None => self.notices.show(Notice::remark("There is no such choice. Or cancel."), now),
        }
    }

    /// Fills in the field that was asked for, and goes to the next; behind the last, the form is sent.
    fn fill_in(&mut self, line: &str, now: Timestamp, effects: &mut Effects) {
        let Some(Dialog::Form(form)) = self.dialogs.top_mut() else { return };
        match line {
            "" | DONE => {}
            EMPTY => form.retype(""),
            text => form.retype(literal(text)),
        }
        if line == DONE || form.cursor() + 1 == form.fields().len() {
            self.submit_form(now, effects);
        } else {
            form.next_field();
        }
    }

    /// The same for the bags, each as JSON on one line, and for how they are sent.
    fn fill_in_metadata(&mut self, line: &str, now: Timestamp) {
        let Some(Dialog::Metadata(form)) = self.dialogs.top_mut() else { return };
        let is_way = form.focused().is_none();
        match line {
            "" | DONE => {}
            "1" | "merge" if is_way => form.send_by(Sending::Merge),
            "2" | "replace" if is_way => form.send_by(Sending::Replace),
            _ if is_way => return self.notices.show(Notice::remark("Answer 1 or 2. Or cancel."), now),
            text => form.take_edited(Ok(text.to_owned())),
        }
        if is_way || line == DONE {
            self.submit_metadata(now);
        } else if form.focused().is_some_and(|field| field.fault.is_none()) {
            form.next_field();
        }
    }

    /// Does what a line asks for where no dialog is open.
    fn take_command(&mut self, line: &str, now: Timestamp, effects: &mut Effects) {
        if line.is_empty() {
            return;
        }
        if let Some(text) = line.strip_prefix('/').or_else(|| line.strip_prefix("search ")) {
            return self.look_for(text.trim(), now, effects);
        }
        let (word, argument) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let row = |text: &str| text.trim().parse::<usize>().ok();
        if let Some(number) = row(line) {
            return self.choose_row(number, now);
        }
        match self.action_called(word) {
            Some(action) if action.takes_argument() => self.run_command_line(line, now, effects),
            Some(action) if argument.is_empty() => self.run_named(action, now, effects),
            Some(action) if row(argument).is_some() => {
                self.choose_row(row(argument).unwrap_or_default(), now);
                if self.notices.current().is_none() {
                    self.run_named(action, now, effects);
                }
            }
            _ => self.run_command_line(line, now, effects),
        }
    }

    fn run_named(&mut self, action: Action, now: Timestamp, effects: &mut Effects) {
        match action {
            Action::Palette => self.run(Action::Help, now, effects),
            Action::Search | Action::Find => {
                self.notices.show(Notice::remark("Type a slash and what to look for: /ada."), now);
            }
            other => self.run(other, now, effects),
        }
    }

    /// The action of this name, palette word or key; a letter of the menu of further actions stands behind a dot.
    fn action_called(&self, word: &str) -> Option<Action> {
        let behind_colon = word.strip_prefix(':').filter(|rest| !rest.is_empty());
        let word = behind_colon.unwrap_or(word);
        let further = || {
            let mut letters = word.strip_prefix('.')?.chars();
            let letter = letters.next().filter(|_| letters.next().is_none())?;
            rows().find(|row| row.more == Some(letter)).map(|row| row.action)
        };
        let aliased = match word {
            "next" => Some(Action::PageDown),
            "previous" => Some(Action::PageUp),
            _ => None,
        };
        let named = Action::from_str(word).or_else(|_| Action::from_str(&format!("{word}-tab"))).ok();
        let commanded = || rows().find(|row| row.command == Some(word)).map(|row| row.action);
        let keyed = || self.keymap.action(self.scopes(), Key::parse(word).ok()?);
        // Behind a colon it is a word of the palette before it is a tab.
        let command = behind_colon.and_then(|_| commanded());
        aliased.or(command).or(named).or_else(commanded).or_else(further).or_else(keyed)
    }

    /// Runs a line as the palette would, if its first word is a command there.
    fn run_command_line(&mut self, line: &str, now: Timestamp, effects: &mut Effects) {
        let line = line.strip_prefix(':').unwrap_or(line);
        let mut palette = Palette::default();
        palette.paste(line);
        let word = line.split_whitespace().next();
        let chosen = palette.chosen().filter(|entry| entry.command.is_some() && entry.command == word);
        if let Some(choice) = chosen.map(|entry| entry.choice.clone()) {
            return self.run_command(choice, palette.argument(), now, effects);
        }
        self.notices.show(Notice::remark(format!("There is no command \"{line}\"; help tells them all.")), now);
    }

    /// Looks for a text: in the JSON that is open, else among the users.
    fn look_for(&mut self, text: &str, now: Timestamp, effects: &mut Effects) {
        if self.focus == Focus::Detail
            && let Some(json) = self.detail.json_mut()
        {
            json.begin_find();
            json.edit_find(|field| field.set(text));
            return json.end_find();
        }
        self.run(Action::ClearSearch, now, effects);
        self.run(Action::Search, now, effects);
        self.search.paste(text);
        self.run(Action::EndSearch, now, effects);
        if let Some(fault) = self.search.line().fault() {
            let words = format!("Not looked for: {fault}");
            self.focus = Focus::List;
            self.notices.show(Notice::remark(words), now);
        }
    }

    /// Puts the cursor on the row of that number, as they were told.
    fn choose_row(&mut self, number: usize, now: Timestamp) {
        let in_list = self.focus != Focus::Detail;
        let shown = if in_list { self.layout().list_rows() } else { usize::MAX };
        let Some(index) = number.checked_sub(1).filter(|index| *index < shown && *index < self.row_count()) else {
            return self.notices.show(Notice::remark(format!("There is no number {number} here.")), now);
        };
        if in_list {
            self.list.place_cursor(self.list.top() + index, shown);
        } else {
            self.move_cursor(Move::First, now);
            self.move_cursor(Move::By(isize::try_from(index).unwrap_or(isize::MAX)), now);
        }
    }

    /// How many rows can be chosen by number.
    fn row_count(&self) -> usize {
        if self.focus != Focus::Detail {
            return self.list.window().rows().len().saturating_sub(self.list.top());
        }
        let Some(known) = self.subject() else { return 0 };
        match self.detail.tab() {
            Tab::Security => self.security_items().len(),
            tab => self.detail.parts_of(&known.id).and_then(|parts| parts.place(tab)).map_or(0, |(_, count)| count),
        }
    }
}

/// A backslash lets a word be text that would mean something else.
fn literal(line: &str) -> &str {
    line.strip_prefix('\\').unwrap_or(line)
}
