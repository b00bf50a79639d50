//! Keys, and the actions that they ask for.

use super::{
    Action, App, Dialog, Effect, Effects, Focus, Key, Known,
    act::Sending,
    action::Scope,
    detail::Tab,
    dialog::{
        Confirm, FilterForm, Help, JobsPane, Listing, Many, Menu, MetadataForm, Palette, PictureForm, RequestsPane,
    },
    json::JsonView,
    marks::Purpose,
    movement::Move,
};
use crate::clerk::model::Timestamp;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use std::sync::Arc;

/// How many points of the rate limit a key gives or takes.
const SHARE_STEP: i8 = 10;

impl App {
    pub(super) fn take_key(&mut self, event: KeyEvent, now: Timestamp, effects: &mut Effects) {
        if event.kind == KeyEventKind::Release {
            return;
        }
        let key = Key::of(event);
        // What always works does so also before a dialog has been drawn.
        if let Some(action) = self.keymap.action(&[Scope::Always], key) {
            return self.run(action, now, effects);
        }
        if self.dialogs.top().is_some() && !self.dialogs.takes_keys() {
            return;
        }
        if let Some(action) = self.keymap.action(self.scopes(), key) {
            return self.run(action, now, effects);
        }
        match (self.dialogs.top(), self.focus) {
            (Some(Dialog::Menu(menu)), _) => {
                let choice = plain_char(event).and_then(|char| menu.by_key(char));
                self.choose(choice, now, effects);
            }
            (Some(Dialog::Confirm(_)), _) => {
                if let Some(Dialog::Confirm(confirm)) = self.dialogs.top_mut() {
                    confirm.edit(event);
                }
            }
            (Some(Dialog::Many(_)), _) => self.in_many(|many| many.edit(event)),
            (Some(Dialog::Form(_)), _) => self.in_form(|form| form.edit(event)),
            (Some(Dialog::Filter(_)), _) => self.in_filter(|form| form.edit(event)),
            (Some(Dialog::Palette(_)), _) => self.in_palette(|palette| palette.edit(event)),
            (Some(Dialog::Help(_)), _) => self.in_help(|help| help.edit(event)),
            (Some(Dialog::Record(_)), _) => self.in_record(|pane| pane.edit(event)),
            (Some(Dialog::Metadata(form)), _) if form.focused().is_none() && event.code == KeyCode::Enter => {
                self.submit_metadata(now);
            }
            (Some(Dialog::Metadata(_)), _) => self.in_metadata(|form| form.edit(event)),
            (Some(Dialog::Picture(_)), _) => self.in_picture(|form| form.edit(event)),
            (Some(Dialog::Picker(_)), _) => self.in_picker(|picker| picker.edit(event, now)),
            (None, Focus::Detail) => {
                if let Some(json) = self.detail.json_mut().filter(|json| json.is_finding()) {
                    json.edit_find(|field| {
                        field.edit(event);
                    });
                }
            }
            (
                Some(
                    Dialog::Columns(_)
                    | Dialog::Jobs(_)
                    | Dialog::Requests(_)
                    | Dialog::Pulse(_)
                    | Dialog::Marked(_)
                    | Dialog::Restrictions(_)
                    | Dialog::Trash(_)
                    | Dialog::Invitations(_)
                    | Dialog::Link(_)
                    | Dialog::About,
                ),
                _,
            )
            | (None, Focus::List) => {}
            (None, Focus::Search) => match event.code {
                // The list can be moved in without leaving the text.
                KeyCode::Up => self.move_cursor(Move::By(-1), now),
                KeyCode::Down => self.move_cursor(Move::By(1), now),
                _ => self.search.edit(event, now, &self.settings.time_zone),
            },
        }
    }

    pub(super) fn take_paste(&mut self, text: &str, now: Timestamp) {
        match self.dialogs.top_mut() {
            Some(Dialog::Confirm(confirm)) => confirm.paste(text),
            Some(Dialog::Many(many)) => many.paste(text),
            Some(Dialog::Form(form)) => form.paste(text),
            Some(Dialog::Filter(form)) => form.paste(text),
            Some(Dialog::Palette(palette)) => palette.paste(text),
            Some(Dialog::Help(help)) => help.paste(text),
            Some(Dialog::Record(pane)) => pane.paste(text),
            Some(Dialog::Metadata(form)) => form.paste(text),
            Some(Dialog::Picture(form)) => form.paste(text),
            Some(Dialog::Picker(picker)) => picker.paste(text),
            None if self.focus == Focus::Search => {
                self.search.paste(text);
                self.ask_search(now);
            }
            None if self.focus == Focus::Detail => {
                if let Some(json) = self.detail.json_mut().filter(|json| json.is_finding()) {
                    json.edit_find(|field| field.paste(text));
                }
            }
            Some(
                Dialog::Menu(_)
                | Dialog::Columns(_)
                | Dialog::Jobs(_)
                | Dialog::Requests(_)
                | Dialog::Pulse(_)
                | Dialog::Marked(_)
                | Dialog::Restrictions(_)
                | Dialog::Trash(_)
                | Dialog::Invitations(_)
                | Dialog::Link(_)
                | Dialog::About,
            )
            | None => {}
        }
    }

    /// Does what `action` asks for, or says why not.
    pub(super) fn run(&mut self, action: Action, now: Timestamp, effects: &mut Effects) {
        if let Some(reason) = self.why_not(action, now) {
            return self.notices.show(reason.into(), now);
        }
        self.end_range_before(action);
        if self.run_on_marked(action, now) || self.run_on_record(action, now) {
            return;
        }
        if self.run_on_link(action, now, effects)
            || self.run_on_restrictions(action, now, effects)
            || self.run_on_copies(action)
            || self.run_on_invitations(action, now)
        {
            return;
        }
        if let Some(act) = self.act_of(action) {
            return self.open_confirm(act);
        }
        if let Some(purpose) = action.form() {
            return self.open_form(purpose);
        }
        match action {
            Action::Down => self.move_cursor(Move::By(1), now),
            Action::Up => self.move_cursor(Move::By(-1), now),
            Action::HalfPageDown => self.move_cursor(Move::By(self.page() / 2), now),
            Action::HalfPageUp => self.move_cursor(Move::By(-(self.page() / 2)), now),
            Action::PageDown => self.move_cursor(Move::By(self.page()), now),
            Action::PageUp => self.move_cursor(Move::By(-self.page()), now),
            Action::First => self.move_cursor(Move::First, now),
            Action::Last => self.move_cursor(Move::Last, now),
            Action::MarkUser => self.mark_user(now),
            Action::MarkRange => self.toggle_range(),
            Action::MarkDown => self.mark_by(1, now),
            Action::MarkUp => self.mark_by(-1, now),
            Action::MarkAll => self.mark_all(Purpose::Mark, now),
            Action::InvertMarks => self.mark_all(Purpose::Invert, now),
            Action::DropMarks => self.drop_marks(now),
            Action::MarkFile => self.mark_file("", now),
            Action::Export => self.ask_where_to(now),
            Action::Marked => self.open_marked(Listing::Marked),
            Action::Unmatched => self.open_marked(Listing::Unmatched),
            Action::ScrollDetailDown => self.move_in_detail(Move::By(1), now),
            Action::ScrollDetailUp => self.move_in_detail(Move::By(-1), now),
            Action::Copy => self.copy(now, effects),
            Action::Redo => self.redo(),
            Action::Undo => self.undo(now),
            Action::Submit if matches!(self.dialogs.top(), Some(Dialog::Form(_))) => self.submit_form(now, effects),
            Action::Submit if matches!(self.dialogs.top(), Some(Dialog::Picture(_))) => {
                self.in_picture(PictureForm::submit);
            }
            Action::Submit if self.filter_form().is_some() => self.submit_filter(now),
            Action::Confirm | Action::Submit | Action::Press if self.is_asking_about_many() => self.press(now, effects),
            Action::Confirm | Action::Submit => self.confirm(now, effects),
            Action::SetImage => self.open_picture(),
            Action::EditMetadata => self.open_metadata(Sending::Merge),
            Action::ReplaceMetadata => self.open_metadata(Sending::Replace),
            Action::GoOn => self.submit_metadata(now),
            Action::NextBag => self.in_metadata(MetadataForm::next_field),
            Action::PreviousBag => self.in_metadata(MetadataForm::previous_field),
            Action::Editor => self.edit_outside(effects),
            Action::NextPlace if self.is_asking_about_many() => self.in_many(Many::next_place),
            Action::PreviousPlace if self.is_asking_about_many() => self.in_many(Many::previous_place),
            Action::NextPlace => self.in_question(Confirm::next_place),
            Action::PreviousPlace => self.in_question(Confirm::previous_place),
            Action::NextField => self.step_field(1),
            Action::PreviousField => self.step_field(-1),
            Action::Choose => self.choose_organization(now),
            Action::Cancel => self.close_dialog(),
            Action::Dismiss if self.is_asking_about_many() => self.leave_many(),
            Action::Dismiss => self.dismiss(),
            Action::Mouse => self.toggle_mouse(now, effects),
            Action::ReadOnly => self.toggle_read_only(now, effects),
            Action::Redraw => effects.push(Effect::Redraw),
            Action::ShowToken => self.toggle_token(now),
            Action::Suspend => self.suspend(effects),
            Action::Quit | Action::Interrupt => self.quit(now, effects),
            Action::Run => self.run_chosen(now, effects),
            Action::PauseJob => self.pause_job(effects),
            Action::CancelJob => self.cancel_job(effects),
            Action::RetryJob => self.retry_job(effects),
            Action::MoreShare => self.shift_share(SHARE_STEP, effects),
            Action::LessShare => self.shift_share(-SHARE_STEP, effects),
            Action::SaveOutcomes => self.save_outcomes(effects),
            Action::MarkFailed => self.mark_failed(),
            Action::NextEntry => self.step_entry(1),
            Action::PreviousEntry => self.step_entry(-1),
            Action::OpenDashboard => self.open_dashboard(now, effects),
            Action::Complete if matches!(self.dialogs.top(), Some(Dialog::Picture(_))) => {
                self.in_picture(PictureForm::complete);
            }
            Action::Complete => self.in_palette(Palette::complete),
            other => self.navigate(other, now),
        }
    }

    /// The actions that only change what is on the screen.
    fn navigate(&mut self, action: Action, now: Timestamp) {
        match action {
            Action::Pulse => self.open_pulse(now),
            Action::Open if matches!(self.dialogs.top(), Some(Dialog::Pulse(_))) => self.open_figure(now),
            Action::Open if matches!(self.dialogs.top(), Some(Dialog::Marked(_))) => self.open_chosen_mark(),
            Action::OtherPane if self.focus == Focus::Detail => self.focus_list(),
            Action::Open | Action::OtherPane => self.focus_detail(),
            Action::Back => self.back(now),
            Action::Mask => self.toggle_mask(),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::ViewBefore => self.go_back(now),
            Action::ViewAfter => self.go_forward(now),
            Action::Watch => self.toggle_watch(now),
            Action::ProfileTab => self.detail.open_tab(Tab::Profile),
            Action::MembershipsTab => self.detail.open_tab(Tab::Memberships),
            Action::InvitationsTab => self.detail.open_tab(Tab::Invitations),
            Action::SessionsTab => self.detail.open_tab(Tab::Sessions),
            Action::MetadataTab => self.detail.open_tab(Tab::Metadata),
            Action::HistoryTab => self.detail.open_tab(Tab::History),
            Action::RawTab => self.detail.open_tab(Tab::Raw),
            Action::Fold
            | Action::Find
            | Action::NextMatch
            | Action::PreviousMatch
            | Action::EndFind
            | Action::ClearFind => self.find(action),
            Action::SecurityTab => self.detail.open_tab(Tab::Security),
            Action::NextTab => self.detail.open_tab(self.detail.tab().next()),
            Action::PreviousTab => self.detail.open_tab(self.detail.tab().previous()),
            Action::Leftward => match self.detail.tab() {
                Tab::Profile => self.focus_list(),
                tab => self.detail.open_tab(tab.previous()),
            },
            Action::Search => {
                self.focus_list();
                self.focus = Focus::Search;
                self.search.begin();
            }
            Action::EndSearch => {
                self.ask_search(now);
                // What is wrong has to be mended where it stands.
                if self.search.line().fault().is_none() {
                    self.focus = Focus::List;
                }
            }
            Action::ClearSearch => {
                self.clear_search(now);
                self.focus = Focus::List;
            }
            Action::Order => self.dialogs.open(Dialog::Menu(Menu::of_orders(self.list.query().order))),
            Action::More => self.dialogs.open(Dialog::Menu(Menu::of_more())),
            Action::Filter => self.open_filter(now),
            Action::PickOrganization => self.pick_for_filter(),
            Action::ClearFilters => self.in_filter(FilterForm::clear),
            Action::OpenOrganization => self.open_organization(now),
            Action::AddMembership => self.open_picker(),
            Action::ChangeRole => self.open_roles(),
            Action::Narrow => self.open_statuses(),
            Action::Toggle => self.toggle_option(),
            Action::ReverseOrder => self.list.order(self.list.query().order.reversed()),
            Action::Refresh => self.refresh(now),
            Action::Palette => self.open_palette("", now),
            Action::About => self.dialogs.open(Dialog::About),
            Action::Jobs if matches!(self.dialogs.top(), Some(Dialog::Jobs(_))) => self.close_dialog(),
            Action::Jobs => self.dialogs.open(Dialog::Jobs(JobsPane::default())),
            Action::Requests if matches!(self.dialogs.top(), Some(Dialog::Requests(_))) => self.close_dialog(),
            Action::Requests => self.dialogs.open(Dialog::Requests(RequestsPane::default())),
            Action::Help if matches!(self.dialogs.top(), Some(Dialog::Help(_))) => self.close_dialog(),
            Action::Help => self.dialogs.open(Dialog::Help(Help::default())),
            other => self.prefer(other, now),
        }
    }

    /// Folds and finds, on the help page or in the JSON of the open tab.
    fn find(&mut self, action: Action) {
        if let Some(Dialog::Help(help)) = self.dialogs.top_mut() {
            match action {
                Action::Find => help.begin_find(),
                Action::EndFind => help.end_find(),
                _ => help.clear_find(),
            }
            return;
        }
        let Some(json) = self.detail.json_mut() else { return };
        match action {
            Action::Fold => json.fold(),
            Action::Find => json.begin_find(),
            Action::NextMatch => json.next_match(),
            Action::PreviousMatch => json.previous_match(),
            Action::EndFind => json.end_find(),
            _ => {
                json.clear_find();
            }
        }
    }

    /// One step back: dialog, then notice, then detail, then what is being marked, then organization, then search text, then the marks.
    fn back(&mut self, now: Timestamp) {
        if let Some(Dialog::Help(help)) =
            self.dialogs.top_mut().filter(|dialog| matches!(dialog, Dialog::Help(help) if help.is_narrowed()))
        {
            help.clear_find();
        } else if self.dialogs.top().is_some() {
            self.close_dialog();
        } else if self.notices.dismiss() {
        } else if self.focus == Focus::Detail {
            if !self.detail.json_mut().is_some_and(JsonView::clear_find) {
                self.focus_list();
            }
        } else if self.marks.cancel_range()
            || self.stop_marking(now)
            || self.stop_export(now)
            || self.leave_organization(now)
        {
        } else if self.search.text().is_empty() {
            self.drop_marks(now);
        } else {
            self.clear_search(now);
        }
    }

    fn focus_detail(&mut self) {
        if let Some(user) = self.list.selected().cloned() {
            self.open_detail_of(user);
        }
    }

    /// Opens the detail of a user, whoever the cursor is on.
    pub(super) fn open_detail_of(&mut self, user: Arc<Known>) {
        self.detail.pin(user);
        self.focus = Focus::Detail;
    }

    pub(super) fn focus_list(&mut self) {
        self.detail.unpin();
        self.focus = Focus::List;
    }
}

/// The character of a key without modifiers that change its meaning.
fn plain_char(event: KeyEvent) -> Option<char> {
    match (Key::of(event) == Key::of(KeyEvent::from(event.code)), event.code) {
        (true, KeyCode::Char(char)) => Some(char),
        _ => None,
    }
}
