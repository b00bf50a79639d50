//! What can be done beside what is asked about: boxes to tick.

use super::{Confirm, Matter, Place};
use crate::app::act::{Act, RestrictionAct};

/// Something that can be done beside what is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extra {
    /// A list is changed too.
    Restriction(RestrictionAct),
    /// A copy of the deleted user is kept.
    Copy,
}

impl Extra {
    /// What it does: `Block *@spam.example`. Can hold what came, unsafe to print.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Restriction(act) => act.words().question,
            Self::Copy => "Keep a copy here for 30 days".to_owned(),
        }
    }
}

/// The box for it.
#[derive(Clone, Debug)]
pub struct CheckBox {
    /// What.
    pub extra: Extra,
    /// Whether it is done.
    pub is_ticked: bool,
}

impl CheckBox {
    /// Those that belong to an act by itself.
    pub(super) fn of(matter: &Matter) -> Vec<Self> {
        match matter {
            Matter::User { act: Act::Delete { copy }, .. } => {
                vec![Self { extra: Extra::Copy, is_ticked: *copy }]
            }
            _ => Vec::new(),
        }
    }
}

impl Confirm {
    /// The same, offering to change these lists beside it.
    #[must_use]
    pub fn offering(mut self, also: Vec<RestrictionAct>) -> Self {
        let box_of = |act| CheckBox { extra: Extra::Restriction(act), is_ticked: false };
        self.also.extend(also.into_iter().map(box_of));
        self
    }

    /// What can be done beside it.
    #[must_use]
    pub fn also(&self) -> &[CheckBox] {
        &self.also
    }

    /// The changes to lists that are ticked.
    #[must_use]
    pub fn ticked(&self) -> Vec<RestrictionAct> {
        let ticked = self.also.iter().filter(|option| option.is_ticked);
        let restriction = |option: &CheckBox| match &option.extra {
            Extra::Restriction(act) => Some(act.clone()),
            Extra::Copy => None,
        };
        ticked.filter_map(restriction).collect()
    }

    /// Ticks the box that has the keys, or takes its tick away.
    pub fn toggle(&mut self) {
        if let Place::CheckBox(index) = self.place {
            self.toggle_box(index);
        }
    }

    /// The same with the box of this index. Whether there is one.
    pub fn toggle_box(&mut self, index: usize) -> bool {
        let Some(option) = self.also.get_mut(index) else { return false };
        option.is_ticked = !option.is_ticked;
        if let (Extra::Copy, Matter::User { act: Act::Delete { copy }, .. }) = (&option.extra, &mut self.matter) {
            *copy = option.is_ticked;
        }
        true
    }
}
