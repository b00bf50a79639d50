//! The pulse: how many users there are, how many of them are active, and how many sign up, by counts alone.
//!
//! Each figure is a line of filters: what is counted and the list that opens behind it cannot differ. Clerk cannot count
//! locked users, and has no filter for those who never signed in: these are all that are not among those who ever did.

use super::{App, Dialog, Failure, Fetch, Notice, SlotId, search::read_line, slot::Slot};
use crate::clerk::{
    model::Timestamp,
    query::{Direction, OrderField, UserOrder},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};

/// Days of sign-ups.
const DAYS: i32 = 30;
/// So many counts are asked for at once: the rest of the limit is for others.
const AT_ONCE: usize = 4;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Everybody.
    All,
    /// The banned.
    Banned,
    /// Those who were active in the last so many days.
    Active(u8),
    /// Those who never signed in.
    NeverSignedIn,
    /// Those who signed up on this day.
    SignedUp(Date),
}

impl FigureKind {
    /// The line of filters that counts them; of those who never signed in, that of those who did.
    fn line(self) -> String {
        match self {
            Self::All => String::new(),
            Self::Banned => "banned:yes".to_owned(),
            Self::Active(days) => format!("active:<{days}d"),
            Self::NeverSignedIn => "signed-in:>1970".to_owned(),
            Self::SignedUp(day) => format!("created:{day}"),
        }
    }
}

/// A figure, and what has been counted for it.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it counts.
    pub kind: FigureKind,
    count: Slot<u64>,
}

/// The pulse of an instance, its cursor on one of the figures.
#[derive(Clone, Debug)]
pub struct Pulse {
    /// What the ages in the lines are counted from: it stays while the counts are read.
    as_of: Timestamp,
    figures: Vec<Figure>,
    cursor: usize,
}

impl Pulse {
    /// The figures as of `now`, nothing counted yet. The newest day is the one that `now` is in.
    #[must_use]
    pub fn at(now: Timestamp, time_zone: &TimeZone) -> Self {
        let people = [FigureKind::All, FigureKind::Banned, FigureKind::NeverSignedIn];
        let active = [1, 7, 30].map(FigureKind::Active);
        let today = now.to_jiff().map(|now| time_zone.to_datetime(now).date());
        let day = |back: i32| today?.checked_sub(back.days()).ok().map(FigureKind::SignedUp);
        let kinds = people.into_iter().chain(active).chain((0..DAYS).filter_map(day));
        Self { as_of: now, figures: kinds.map(|kind| Figure { kind, count: Slot::default() }).collect(), cursor: 0 }
    }

    /// The figures, the days last and the newest of these first.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// The index of the chosen one.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Chooses a figure.
    pub fn place_cursor(&mut self, index: usize) {
        self.cursor = index.min(self.figures.len().saturating_sub(1));
    }

    /// How many; none while nobody has counted, or where it failed.
    #[must_use]
    pub fn count(&self, figure: &Figure) -> Option<u64> {
        let counted = figure.count.value().copied();
        if figure.kind == FigureKind::NeverSignedIn { Some(self.all()?.saturating_sub(counted?)) } else { counted }
    }

    /// How many users there are in all.
    #[must_use]
    pub fn all(&self) -> Option<u64> {
        self.figures.first().and_then(|all| all.count.value().copied())
    }

    /// Why one of the counts could not be read.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.figures.iter().find_map(|figure| figure.count.failure())
    }

    /// Asks for all of them anew, as of `now`.
    pub fn refresh(&mut self, now: Timestamp) {
        self.as_of = now;
        for figure in &mut self.figures {
            figure.count.ask();
        }
    }

    /// What should be counted next.
    pub(super) fn wants(&self, time_zone: &TimeZone) -> Vec<(SlotId, Fetch)> {
        let wanted = (0_u8..).zip(&self.figures).filter(|(_, figure)| figure.count.is_wanted()).take(AT_ONCE);
        let fetch = |(index, figure): (u8, &Figure)| {
            let line = read_line(&figure.kind.line(), self.as_of, time_zone);
            (SlotId::Pulse(index), Fetch::CountInBackground(line.filter))
        };
        wanted.map(fetch).collect()
    }

    /// The slot of the figure with this index.
    pub(super) fn slot_mut(&mut self, index: u8) -> Option<&mut Slot<u64>> {
        self.figures.get_mut(usize::from(index)).map(|figure| &mut figure.count)
    }
}

impl App {
    pub(super) fn open_pulse(&mut self, now: Timestamp) {
        self.dialogs.open(Dialog::Pulse(Pulse::at(now, &self.settings.time_zone)));
    }

    /// Opens the list behind the chosen figure.
    pub(super) fn open_figure(&mut self, now: Timestamp) {
        let Some(Dialog::Pulse(pulse)) = self.dialogs.top() else { return };
        let Some(kind) = pulse.figures.get(pulse.cursor).map(|figure| figure.kind) else { return };
        self.close_dialog();
        self.focus_list();
        if kind == FigureKind::NeverSignedIn {
            self.search.set("");
            self.list.order(UserOrder { by: OrderField::LastSignInAt, direction: Direction::Ascending });
            let words = "Clerk has no filter for those who never signed in: here are the longest away first.";
            self.notices.show(Notice::remark(words), now);
        } else {
            self.search.set(&kind.line());
        }
        self.ask_search(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests::stage::NOW;

    #[test]
    fn every_figure_is_a_line_that_can_be_read() {
        let pulse = Pulse::at(NOW, &TimeZone::UTC);
        assert_eq!(pulse.figures().len(), 36);
        for figure in pulse.figures() {
            let line = read_line(&figure.kind.line(), NOW, &TimeZone::UTC);
            assert!(line.fault().is_none() && line.filter.query.is_none(), "{figure:?}");
        }
    }

    #[test]
    fn the_days_end_with_today_where_the_person_is() {
        let east = TimeZone::fixed(jiff::tz::offset(12));
        let pulse = Pulse::at(NOW, &east);
        let days: Vec<_> = pulse.figures().iter().map(|figure| figure.kind).collect();
        assert_eq!(days[6], FigureKind::SignedUp(Date::constant(2026, 11, 24)));
        assert_eq!(days[35], FigureKind::SignedUp(Date::constant(2026, 10, 26)));
    }

    #[test]
    fn only_a_few_are_counted_at_once() {
        let mut pulse = Pulse::at(NOW, &TimeZone::UTC);
        let slots = |pulse: &Pulse| pulse.wants(&TimeZone::UTC).into_iter().map(|(slot, _)| slot).collect::<Vec<_>>();
        assert_eq!(slots(&pulse), [0, 1, 2, 3].map(SlotId::Pulse));
        pulse.slot_mut(1).unwrap().fill(Ok(5));
        assert_eq!(slots(&pulse), [0, 2, 3, 4].map(SlotId::Pulse));
    }

    #[test]
    fn who_never_signed_in_are_all_but_those_who_did() {
        let mut pulse = Pulse::at(NOW, &TimeZone::UTC);
        let never = pulse.figures()[2].clone();
        assert_eq!((never.kind, pulse.count(&never)), (FigureKind::NeverSignedIn, None));
        pulse.slot_mut(0).unwrap().fill(Ok(10));
        pulse.slot_mut(2).unwrap().fill(Ok(7));
        assert_eq!(pulse.count(&pulse.figures()[2].clone()), Some(3));
    }
}
