//! What is remembered from one start to the next: the colours that were chosen, the columns, the saved views.

use super::{
    columns::Columns,
    settings::ThemeName,
    views::{SavedView, ViewName},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// A theme that was chosen in the dashboard. It stands until the configuration file names another than it did then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenTheme {
    /// The chosen one.
    pub name: ThemeName,
    /// The one of the configuration file.
    pub instead_of: ThemeName,
}

/// All that is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The chosen theme.
    pub theme: Option<ChosenTheme>,
    /// The columns of the list; none where nobody has changed them.
    pub columns: Option<Columns>,
    /// The saved views.
    pub views: BTreeMap<ViewName, SavedView>,
}

/// What is remembered now, and what has to be said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// As much as could be read.
    pub memory: Memory,
    /// Where something went wrong: a sentence.
    pub remark: Option<String>,
}

/// Something to remember from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remember {
    /// The theme.
    Theme(ChosenTheme),
    /// The columns of the list.
    Columns(Columns),
    /// A view, in the place of the one that has its name.
    View(ViewName, SavedView),
    /// No view of this name any more.
    ForgetView(ViewName),
}

impl Memory {
    /// Takes in what is to be remembered.
    pub fn take(&mut self, remember: Remember) {
        match remember {
            Remember::Theme(theme) => self.theme = Some(theme),
            Remember::Columns(columns) => self.columns = Some(columns),
            Remember::View(name, view) => _ = self.views.insert(name, view),
            Remember::ForgetView(name) => _ = self.views.remove(&name),
        }
    }

    /// The theme, where the configuration file names this one.
    #[must_use]
    pub fn theme_over(&self, configured: ThemeName) -> ThemeName {
        self.theme.filter(|theme| theme.instead_of == configured).map_or(configured, |theme| theme.name)
    }
}

/// What is to be written down, one after the other: two writes at once could end in either order.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    waiting: VecDeque<Remember>,
    is_writing: bool,
}

impl Unwritten {
    /// Puts it last. Of what is overtaken before it was written only the latest is.
    pub fn push(&mut self, remember: Remember) {
        let overtakes = |other: &Remember| {
            matches!(
                (other, &remember),
                (Remember::Theme(_), Remember::Theme(_)) | (Remember::Columns(_), Remember::Columns(_))
            )
        };
        self.waiting.retain(|other| !overtakes(other));
        self.waiting.push_back(remember);
    }

    /// What is to be written now; none while something is being written.
    pub fn next(&mut self) -> Option<Remember> {
        let next = if self.is_writing { None } else { self.waiting.pop_front() };
        self.is_writing |= next.is_some();
        next
    }

    /// What was being written is, or cannot be.
    pub fn end(&mut self) {
        self.is_writing = false;
    }

    /// Whether everything is written.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && !self.is_writing
    }

    /// What is not written yet.
    pub fn waiting(&self) -> impl Iterator<Item = &Remember> {
        self.waiting.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_theme_stands_until_the_file_names_another() {
        let theme = ChosenTheme { name: ThemeName::Light, instead_of: ThemeName::Terminal };
        let memory = Memory { theme: Some(theme), ..Memory::default() };
        assert_eq!(memory.theme_over(ThemeName::Terminal), ThemeName::Light);
        assert_eq!(memory.theme_over(ThemeName::HighContrast), ThemeName::HighContrast);
        assert_eq!(Memory::default().theme_over(ThemeName::Dark), ThemeName::Dark);
    }

    #[test]
    fn one_thing_is_written_at_a_time_and_the_latest_last() {
        let theme = |name| Remember::Theme(ChosenTheme { name, instead_of: ThemeName::Terminal });
        let mut unwritten = Unwritten::default();
        unwritten.push(theme(ThemeName::Dark));
        assert_eq!(unwritten.next(), Some(theme(ThemeName::Dark)));
        unwritten.push(theme(ThemeName::Light));
        unwritten.push(theme(ThemeName::NoColor));
        assert_eq!(unwritten.next(), None);
        unwritten.end();
        assert_eq!(unwritten.next(), Some(theme(ThemeName::NoColor)));
        assert!(!unwritten.is_empty());
        unwritten.end();
        assert!(unwritten.next().is_none() && unwritten.is_empty());
    }
}
