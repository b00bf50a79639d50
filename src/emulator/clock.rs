//! The emulator's time, which a test can set.

use crate::clerk::model::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// What time it is.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The system's.
    #[default]
    System,
    /// What was set last, in milliseconds since the epoch.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands until it is set.
    #[must_use]
    pub fn standing_at(now: Timestamp) -> Self {
        Self::Set(Arc::new(AtomicI64::new(now.as_millis())))
    }

    /// Sets a standing clock; the system's goes its own way.
    pub fn set(&self, now: Timestamp) {
        if let Self::Set(time) = self {
            time.store(now.as_millis(), Ordering::SeqCst);
        }
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::from(jiff::Timestamp::now()),
            Self::Set(time) => Timestamp::from_millis(time.load(Ordering::SeqCst)),
        }
    }
}
