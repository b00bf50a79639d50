//! What a request fills.

use super::failure::Failure;

/// A value that is read from Clerk. The old value stays while a new one is under way, and after a failure.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot<T> {
    value: Option<T>,
    failure: Option<Failure>,
    wanted: bool,
}

impl<T> Default for Slot<T> {
    /// Empty, and wanted.
    fn default() -> Self {
        Self { value: None, failure: None, wanted: true }
    }
}

impl<T> Slot<T> {
    /// What was read last.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Why the last attempt failed; none after a success.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Whether it should be read. A failure is not tried again until somebody asks.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Asks for it anew.
    pub fn ask(&mut self) {
        self.wanted = true;
        self.failure = None;
    }

    /// Takes the answer.
    pub fn fill(&mut self, result: Result<T, Failure>) {
        self.wanted = false;
        match result {
            Ok(value) => {
                self.value = Some(value);
                self.failure = None;
            }
            Err(failure) => self.failure = Some(failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_keeps_the_old_value_and_waits_to_be_asked() {
        let mut slot = Slot::default();
        assert!(slot.is_wanted());
        slot.fill(Ok(1));
        slot.ask();
        slot.fill(Err(Failure::Internal("no".into())));
        assert_eq!((slot.value(), slot.failure().is_some(), slot.is_wanted()), (Some(&1), true, false));
        slot.ask();
        assert!(slot.is_wanted() && slot.failure().is_none());
    }
}
