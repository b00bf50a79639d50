//! The requests that were sent, for the pane that shows them.

use crate::clerk::Exchange;
use std::collections::VecDeque;

/// So many are kept, the latest.
const KEPT: usize = 500;

/// The requests that were sent, the latest first.
#[derive(Debug, Default)]
pub struct RequestLog {
    exchanges: VecDeque<Exchange>,
}

impl RequestLog {
    /// Notes one that has ended.
    pub(super) fn note(&mut self, exchange: Exchange) {
        self.exchanges.truncate(KEPT - 1);
        self.exchanges.push_front(exchange);
    }

    /// The latest first.
    #[must_use]
    pub fn exchanges(&self) -> &VecDeque<Exchange> {
        &self.exchanges
    }

    /// The one that was sent last.
    #[must_use]
    pub fn last(&self) -> Option<&Exchange> {
        self.exchanges.front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests::stage::exchange;

    #[test]
    fn the_oldest_go_first() {
        let mut log = RequestLog::default();
        for number in 0..KEPT + 2 {
            log.note(exchange(number));
        }
        assert_eq!((log.exchanges().len(), log.last()), (KEPT, Some(&exchange(KEPT + 1))));
        assert_eq!(log.exchanges().back(), Some(&exchange(2)));
    }
}
