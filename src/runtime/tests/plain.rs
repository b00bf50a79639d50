//! The loop without a screen.

use super::{
    performer::FakePerformer,
    requests::banned,
    stage::{Begun, EIO, Log, Shared, answer_all, app, settle, streamed, user},
    ways_out::ended,
};
use crate::{
    app::{Memory, Remembered, tests::stage::exchange},
    clerk::model::User,
    runtime::{Ended, Ending, Signal, run_plain},
};
use std::{
    io::{self, Write},
    sync::{Arc, MutexGuard},
    time::Duration,
};
use tokio::{
    sync::mpsc::{UnboundedSender, unbounded_channel},
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

/// The cursor has rested after so long.
const RESTED: Duration = Duration::from_millis(500);

/// The loop, with lines that the test types and reads.
struct Plain {
    log: Shared,
    lines: UnboundedSender<io::Result<String>>,
    signals: UnboundedSender<Signal>,
    running: JoinHandle<io::Result<Ended>>,
}

impl Plain {
    /// The loop with everything answered that it asks for at first: these users, and nothing else.
    async fn begin_with(users: &[User]) -> Self {
        let log = Shared::default();
        let (lines, typed) = unbounded_channel();
        let (signals, signalled) = unbounded_channel();
        let (performer, paper) = (FakePerformer(Arc::clone(&log)), Paper(Arc::clone(&log)));
        let running = run_plain(app(), performer, streamed(typed), streamed(signalled), paper);
        let plain = Self { log, lines, signals, running: tokio::spawn(running) };
        plain.answer(users).await;
        plain
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap()
    }

    /// Types a line, and answers what it asks for.
    async fn say(&self, line: &str, users: &[User]) {
        self.lines.send(Ok(line.to_owned())).expect("lines are read");
        self.answer(users).await;
    }

    /// Answers what is asked for at once, and once the cursor has rested.
    async fn answer(&self, users: &[User]) {
        settle().await;
        answer_all(&self.log, users).await;
        sleep(RESTED).await;
        answer_all(&self.log, users).await;
    }

    /// All that was told.
    fn told(&self) -> String {
        let bytes: Vec<u8> = self.log().writes.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
        String::from_utf8(bytes).expect("text is told")
    }

    /// How the loop ends, within an hour.
    async fn end(self) -> io::Result<Ended> {
        let ended = timeout(Duration::from_hours(1), self.running).await;
        ended.expect("the loop ends").expect("the loop does not panic")
    }
}

/// What is told is kept.
struct Paper(Shared);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn the_requests_that_were_sent_are_told_and_none_of_them_piles_up() {
    let users = [user("Ada")];
    let plain = Plain::begin_with(&users).await;
    let sender = plain.log().exchanges.clone().expect("somebody listens");
    sender.send(exchange(7)).unwrap();
    plain.say("requests", &users).await;
    assert!(plain.told().contains("/users/user_7"), "{}", plain.told());
    sender.send(exchange(8)).unwrap();
    settle().await;
    assert!(plain.told().contains("/users/user_8"), "{}", plain.told());
    plain.say("cancel", &users).await;
    plain.say("quit", &users).await;
    assert_eq!(plain.end().await.unwrap(), ended(Ending::Quit));
}

/// With a ban that has no answer yet.
async fn begin_ban() -> (Plain, Begun) {
    let users = [user("Ada")];
    let plain = Plain::begin_with(&users).await;
    plain.say("ban", &users).await;
    plain.say("yes", &[]).await;
    let begun = plain.log().begun.remove(0);
    (plain, begun)
}

#[tokio::test(start_paused = true)]
async fn a_signal_waits_for_the_change_under_way() {
    for signal in [Signal::Hangup, Signal::Interrupt, Signal::Terminate] {
        let (plain, begun) = begin_ban().await;
        plain.signals.send(signal).unwrap();
        sleep(Duration::from_secs(1)).await;
        assert!(!begun.is_aborted() && !plain.running.is_finished());
        assert!(plain.told().ends_with("Ctrl-c leaves without its outcome.\n"), "{}", plain.told());
        begun.answer(Ok(banned()));
        assert_eq!(plain.end().await.unwrap(), ended(Ending::Signal(signal)));
    }
}

#[tokio::test(start_paused = true)]
async fn that_nobody_listens_any_more_aborts_no_change() {
    let (plain, begun) = begin_ban().await;
    plain.log().write_error = Some(EIO);
    // That somebody waits cannot be told any more.
    sleep(Duration::from_secs(5)).await;
    assert!(!begun.is_aborted() && !plain.running.is_finished());
    begun.answer(Ok(banned()));
    assert_eq!(plain.end().await.unwrap(), ended(Ending::Lost));
}

#[tokio::test(start_paused = true)]
async fn a_change_that_never_ends_is_told_of_as_unfinished() {
    let (plain, _begun) = begin_ban().await;
    let since = Instant::now();
    plain.signals.send(Signal::Terminate).unwrap();
    let ended = plain.end().await.unwrap();
    assert_eq!(ended, Ended { ending: Ending::Signal(Signal::Terminate), unfinished_changes: 1 });
    assert_eq!(since.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_the_lines_leaves_once_all_that_was_chosen_is_written_down() {
    let users = [user("Ada")];
    let plain = Plain::begin_with(&users).await;
    plain.say("theme light", &users).await;
    let Plain { log, lines, signals: _signals, running } = plain;
    drop(lines);
    sleep(Duration::from_mins(1)).await;
    assert!(!running.is_finished());
    let remembering = log.lock().unwrap().remembering.pop().expect("the theme is written down");
    remembering.send(Ok(Remembered { memory: Memory::default(), remark: None })).expect("nothing aborts it");
    let end = timeout(Duration::from_secs(1), running).await;
    assert_eq!(end.expect("it ends").unwrap().unwrap(), ended(Ending::Quit));
}

#[tokio::test(start_paused = true)]
async fn a_line_that_cannot_be_read_is_an_error_and_one_from_a_terminal_that_is_gone_is_none() {
    let plain = Plain::begin_with(&[user("Ada")]).await;
    plain.lines.send(Err(io::ErrorKind::InvalidData.into())).unwrap();
    plain.lines.send(Ok("quit".to_owned())).unwrap();
    assert_eq!(plain.end().await.unwrap_err().kind(), io::ErrorKind::InvalidData);

    let plain = Plain::begin_with(&[user("Ada")]).await;
    plain.lines.send(Err(io::Error::from_raw_os_error(EIO))).unwrap();
    assert_eq!(plain.end().await.unwrap(), ended(Ending::Lost));
}
