//! The filter form over the list: opened on the search line, and written back into it.

use super::{
    App, Dialog,
    dialog::{FilterForm, PickedFor, Picker},
};
use crate::clerk::model::Timestamp;

impl App {
    pub(super) fn open_filter(&mut self, now: Timestamp) {
        let time_zone = &self.settings.time_zone;
        let mut form = FilterForm::new(self.search.text(), now, time_zone);
        let line = self.search.read_text(&form.text(), now, time_zone);
        form.show_faults(&line, now, time_zone);
        self.dialogs.open(Dialog::Filter(Box::new(form)));
    }

    /// Does something in the open filter form.
    pub(super) fn in_filter(&mut self, act: impl FnOnce(&mut FilterForm)) {
        if let Some(Dialog::Filter(form)) = self.dialogs.top_mut() {
            act(form);
        }
    }

    pub(super) fn filter_form(&self) -> Option<&FilterForm> {
        match self.dialogs.top() {
            Some(Dialog::Filter(form)) => Some(form),
            _ => None,
        }
    }

    /// Puts what the form asks for into the search line, and asks for it. While something in it is wrong, or a name
    /// has to be looked up, the form stays.
    pub(super) fn submit_filter(&mut self, now: Timestamp) {
        let Some(Dialog::Filter(form)) = self.dialogs.top_mut() else { return };
        let (text, time_zone) = (form.text(), &self.settings.time_zone);
        let line = self.search.read_text(&text, now, time_zone);
        if form.take_line(&line, now, time_zone) {
            self.close_dialog();
            self.search.set(&text);
            self.ask_search(now);
        }
    }

    /// Opens the picker for the organization that the list is narrowed to.
    pub(super) fn pick_for_filter(&mut self) {
        self.dialogs.open(Dialog::Picker(Box::new(Picker::new(PickedFor::Filter))));
    }

    /// Takes the organization that was picked into the form below.
    pub(super) fn take_picked(&mut self, now: Timestamp) {
        let chosen = self.picker().and_then(Picker::chosen).cloned();
        let Some(organization) = chosen else {
            return self.notices.show(super::Reason::from("There is no such organization to choose.").into(), now);
        };
        self.close_dialog();
        let name = self.search.name_of(&organization);
        self.in_filter(|form| form.add_organization(&name));
    }
}
