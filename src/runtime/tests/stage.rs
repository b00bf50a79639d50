//! A stage for the loop: a terminal that keeps what is written on it, and a server that the test plays.

pub(super) use super::people::{received, user};
use super::{
    fakes::{FakeHost, FakeView},
    people::answer,
    performer::FakePerformer,
};
use crate::{
    app::{
        App, Change, Changed, ColorDepth, Failure, Fetch, Fetched, MouseCapture, Preferences, ReadOnly, Remembered,
        Settings, Surroundings, job::JobReport,
    },
    clerk::{Exchange, InstanceKind, model::User},
    runtime::{Ended, Signal, run},
};
use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent, KeyModifiers};
use futures_util::{Stream, StreamExt, stream};
use jiff::tz::TimeZone;
use ratatui::layout::Size;
use std::{
    io,
    num::NonZeroU16,
    path::PathBuf,
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};
use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
        oneshot,
    },
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

pub(super) const SIZE: Size = Size::new(100, 30);

/// A read that the loop has begun.
pub(super) struct Asked {
    pub(super) fetch: Fetch,
    pub(super) answer: oneshot::Sender<Result<Fetched, Failure>>,
}

impl Asked {
    pub(super) fn answer(self, result: Result<Fetched, Failure>) {
        let _ = self.answer.send(result);
    }

    /// The task ends in a panic.
    pub(super) fn panic(self) {
        drop(self.answer);
    }

    pub(super) fn is_aborted(&self) -> bool {
        self.answer.is_closed()
    }
}

/// A change that the loop has begun.
pub(super) struct Begun {
    pub(super) change: Change,
    pub(super) answer: oneshot::Sender<Result<Changed, Failure>>,
}

impl Begun {
    pub(super) fn answer(self, result: Result<Changed, Failure>) {
        let _ = self.answer.send(result);
    }

    pub(super) fn is_aborted(&self) -> bool {
        self.answer.is_closed()
    }
}

/// All that can be seen from outside.
#[derive(Default)]
pub(super) struct Log {
    pub(super) writes: Vec<(Instant, Vec<u8>)>,
    pub(super) frames: Vec<Instant>,
    pub(super) raw: Vec<bool>,
    pub(super) has_shell: bool,
    pub(super) stopped: Vec<&'static str>,
    pub(super) copied: Vec<String>,
    pub(super) read_only: Vec<bool>,
    pub(super) polls: usize,
    pub(super) asked: Vec<Asked>,
    pub(super) begun: Vec<Begun>,
    pub(super) shown: String,
    /// What writing ends with from now on.
    pub(super) write_error: Option<i32>,
    pub(super) size: Size,
    pub(super) inputs: Vec<UnboundedSender<io::Result<TerminalEvent>>>,
    /// The files that an editor was begun on, and what lets it end.
    pub(super) edited: Vec<(PathBuf, oneshot::Sender<Result<(), String>>)>,
    /// What tells of requests that were sent.
    pub(super) exchanges: Option<UnboundedSender<Exchange>>,
    pub(super) job_reports: Option<UnboundedSender<JobReport>>,
    /// What is under way of jobs when the program ends, if anything.
    pub(super) leaving_jobs: Option<oneshot::Receiver<()>>,
    /// What lets something be written down.
    pub(super) remembering: Vec<oneshot::Sender<Result<Remembered, String>>>,
}

impl Log {
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(code) = self.write_error {
            return Err(io::Error::from_raw_os_error(code));
        }
        self.writes.push((Instant::now(), bytes.to_vec()));
        Ok(())
    }
}

pub(super) type Shared = Arc<Mutex<Log>>;

pub(super) struct Stage {
    pub(super) log: Shared,
    pub(super) begun_at: Instant,
    signals: UnboundedSender<Signal>,
    running: JoinHandle<io::Result<Ended>>,
}

impl Stage {
    /// The loop, running; nothing is answered, and what can happen has.
    pub(super) async fn begin() -> Self {
        Self::prepare(false).await
    }

    /// The loop, running, on a terminal that is gone already.
    pub(super) async fn begin_without_terminal() -> Self {
        Self::prepare(true).await
    }

    async fn prepare(gone: bool) -> Self {
        let log = Shared::default();
        {
            let mut log = log.lock().unwrap();
            log.size = SIZE;
            log.has_shell = true;
            log.write_error = gone.then_some(EIO);
        }
        let (signals, signalled) = unbounded_channel();
        let begun_at = Instant::now();
        let host = FakeHost { log: Arc::clone(&log), begun_at, signals: Some(signalled) };
        let view = FakeView(Arc::clone(&log));
        let performer = FakePerformer(Arc::clone(&log));
        let running = counted(Arc::clone(&log), run(app(), host, view, performer));
        let stage = Self { log, begun_at, signals, running: tokio::spawn(running) };
        stage.settle().await;
        stage
    }

    /// The loop with everything answered that it asks for at first: these users, and nothing else.
    pub(super) async fn begin_with(users: &[User]) -> Self {
        let stage = Self::begin().await;
        stage.answer_all(users).await;
        // Until the notices and the first looks at the details are over.
        sleep(Duration::from_mins(1)).await;
        stage.answer_all(users).await;
        stage
    }

    /// Answers until nothing is asked any more.
    pub(super) async fn answer_all(&self, users: &[User]) {
        answer_all(&self.log, users).await;
    }

    pub(super) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap()
    }

    pub(super) fn writes(&self) -> usize {
        self.log().writes.len()
    }

    pub(super) fn frames(&self) -> usize {
        self.log().frames.len()
    }

    pub(super) fn polls(&self) -> usize {
        self.log().polls
    }

    pub(super) async fn settle(&self) {
        settle().await;
    }

    pub(super) fn send(&self, event: TerminalEvent) {
        let sent = self.log().inputs.last().expect("the terminal is read").send(Ok(event));
        sent.expect("the terminal is read");
    }

    pub(super) fn fail_input(&self) {
        let error = io::Error::other("no terminal");
        self.log().inputs.last().expect("the terminal is read").send(Err(error)).expect("the terminal is read");
    }

    pub(super) fn end_input(&self) {
        self.log().inputs.clear();
    }

    /// Whether the stream that was given out last is still read.
    pub(super) fn is_read(&self) -> bool {
        self.log().inputs.last().is_some_and(|input| !input.is_closed())
    }

    /// How often somebody began to read.
    pub(super) fn readers(&self) -> usize {
        self.log().inputs.len()
    }

    pub(super) fn type_text(&self, text: &str) {
        for char in text.chars() {
            self.send(key(KeyCode::Char(char), KeyModifiers::NONE));
        }
    }

    pub(super) fn press(&self, code: KeyCode) {
        self.send(key(code, KeyModifiers::NONE));
    }

    pub(super) fn ctrl(&self, char: char) {
        self.send(key(KeyCode::Char(char), KeyModifiers::CONTROL));
    }

    pub(super) fn signal(&self, signal: Signal) {
        self.signals.send(signal).expect("the loop listens");
    }

    /// How the loop ends, within an hour.
    pub(super) async fn end(self) -> io::Result<Ended> {
        let ended = timeout(Duration::from_hours(1), self.running).await;
        ended.expect("the loop ends").expect("the loop does not panic")
    }

    pub(super) fn is_over(&self) -> bool {
        self.running.is_finished()
    }

    /// All bytes so far, as a terminal understands them.
    pub(super) fn terminal(&self) -> vt100::Parser {
        let mut terminal = blank(SIZE);
        for (_, bytes) in &self.log().writes {
            terminal.process(bytes);
        }
        terminal
    }

    /// Takes the only read that `which` picks.
    pub(super) fn take_asked(&self, which: impl Fn(&Fetch) -> bool) -> Asked {
        let asked = &mut self.log().asked;
        let index = asked.iter().rposition(|asked| which(&asked.fetch)).expect("it was asked for");
        asked.remove(index)
    }
}

/// The state that the loop begins with.
pub(super) fn app() -> App {
    App::new(Settings {
        instance_name: "acme".into(),
        instance_kind: InstanceKind::Development,
        actor: "kim".into(),
        dashboard: Some("https://dashboard.clerk.com".into()),
        has_browser: true,
        time_zone: TimeZone::UTC,
        size: SIZE,
        mouse: MouseCapture::Ours,
        read_only: ReadOnly::Off,
        dry_run: false,
        colors: ColorDepth::default(),
        preferences: Preferences::default(),
        surroundings: Surroundings::default(),
    })
}

/// Lets everything happen that does not wait for time. The clock moves only once all else waits.
pub(super) async fn settle() {
    sleep(Duration::from_millis(20)).await;
}

/// Answers until nothing is asked any more.
pub(super) async fn answer_all(log: &Shared, users: &[User]) {
    loop {
        let asked = std::mem::take(&mut log.lock().unwrap().asked);
        if asked.is_empty() {
            break;
        }
        for asked in asked {
            let answer = answer(&asked.fetch, users);
            asked.answer(Ok(answer));
        }
        settle().await;
    }
}

/// A terminal that nothing has been written to.
pub(super) fn blank(size: Size) -> vt100::Parser {
    let cells = |count| NonZeroU16::new(count).expect("a terminal has cells");
    vt100::Parser::new(cells(size.height), cells(size.width), 0)
}

pub(super) const EIO: i32 = 5;

pub(super) fn key(code: KeyCode, modifiers: KeyModifiers) -> TerminalEvent {
    TerminalEvent::Key(KeyEvent::new(code, modifiers))
}

pub(super) fn is_list(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::Users { .. })
}

/// Counts how often the loop is woken.
async fn counted<T>(log: Shared, inner: impl Future<Output = T>) -> T {
    let mut inner = pin!(inner);
    std::future::poll_fn(|context| {
        log.lock().unwrap().polls += 1;
        inner.as_mut().poll(context)
    })
    .await
}

pub(super) type Streamed<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

pub(super) fn streamed<T: Send + 'static>(mut receiver: UnboundedReceiver<T>) -> Streamed<T> {
    stream::poll_fn(move |context| receiver.poll_recv(context)).boxed()
}
