//! The loop around the first start.

use super::{
    fakes::FakeHost,
    stage::{EIO, SIZE, Shared, blank, key, settle},
};
use crate::{
    app::{KeyRefusal, Secret, Welcome, WelcomeGrounds, WelcomeInstance, WelcomeStep, Welcomed},
    clerk::{InstanceKind, model::Timestamp},
    runtime::{Guide, Signal, View, WelcomeEnding, welcome},
};
use crossterm::event::{Event as TerminalEvent, KeyCode, KeyModifiers};
use ratatui::{Frame, text::Line};
use std::{cell::RefCell, io, rc::Rc, sync::Arc};
use tokio::{
    sync::{
        mpsc::{UnboundedSender, unbounded_channel},
        oneshot,
    },
    task::{JoinHandle, LocalSet, spawn_local},
    time::Instant,
};

type Answer = oneshot::Sender<Result<WelcomeInstance, KeyRefusal>>;

/// What was asked of the guide, which the test answers for.
#[derive(Clone, Default)]
struct FakeGuide(Rc<RefCell<Vec<(Secret, Answer)>>>);

impl Guide for FakeGuide {
    async fn try_key(&self, key: Secret) -> Result<WelcomeInstance, KeyRefusal> {
        let (sender, answer) = oneshot::channel();
        self.0.borrow_mut().push((key, sender));
        answer.await.expect("the test answers")
    }

    async fn keep(&self, name: String) -> Result<Vec<String>, String> {
        Ok(vec![format!("kept as {name}")])
    }
}

/// Shows how far it has come.
struct Steps;

impl View for Steps {
    type State = Welcome;

    fn draw(&self, welcome: &Welcome, _: Timestamp, frame: &mut Frame) {
        let step = match welcome.step() {
            WelcomeStep::Key => "key",
            WelcomeStep::Trying => "trying",
            WelcomeStep::Keep(_) => "keep",
            WelcomeStep::Keeping(_) => "keeping",
            WelcomeStep::Kept(..) => "kept",
        };
        let stars = "*".repeat(welcome.field().text().len());
        frame.render_widget(Line::from(format!("{step} {stars}")), frame.area());
    }

    fn title(&self, _: &Welcome) -> String {
        "lazyclerk".to_owned()
    }
}

struct Door {
    log: Shared,
    guide: FakeGuide,
    signals: UnboundedSender<Signal>,
    running: JoinHandle<io::Result<WelcomeEnding>>,
}

impl Door {
    async fn open() -> Self {
        let log = Shared::default();
        {
            let mut log = log.lock().unwrap();
            (log.size, log.has_shell) = (SIZE, true);
        }
        let (signals, signalled) = unbounded_channel();
        let host = FakeHost { log: Arc::clone(&log), begun_at: Instant::now(), signals: Some(signalled) };
        let guide = FakeGuide::default();
        let asked = guide.clone();
        let state = Welcome::new(WelcomeGrounds { size: SIZE, ..WelcomeGrounds::default() });
        let running = spawn_local(async move { welcome(state, host, Steps, &asked).await });
        settle().await;
        Self { log, guide, signals, running }
    }

    async fn send(&self, event: TerminalEvent) {
        self.log.lock().unwrap().inputs.last().unwrap().send(Ok(event)).unwrap();
        settle().await;
    }

    async fn press(&self, code: KeyCode) {
        self.send(key(code, KeyModifiers::NONE)).await;
    }

    async fn try_key(&self) -> Answer {
        self.send(TerminalEvent::Paste("sk_test_1".into())).await;
        self.press(KeyCode::Enter).await;
        let (key, answer) = self.guide.0.borrow_mut().pop().unwrap();
        assert_eq!(key, Secret::from("sk_test_1"));
        answer
    }

    async fn signal(&self, signal: Signal) {
        self.signals.send(signal).unwrap();
        settle().await;
    }

    fn terminal(&self) -> vt100::Parser {
        let mut terminal = blank(SIZE);
        for (_, bytes) in &self.log.lock().unwrap().writes {
            terminal.process(bytes);
        }
        terminal
    }

    fn shows(&self) -> String {
        self.terminal().screen().contents().trim().to_owned()
    }

    fn has_terminal(&self) -> bool {
        let is_raw = self.log.lock().unwrap().raw.last() == Some(&true);
        assert_eq!(is_raw, self.terminal().screen().alternate_screen());
        is_raw
    }

    async fn end(self) -> WelcomeEnding {
        assert!(self.running.is_finished());
        self.running.await.unwrap().unwrap()
    }
}

fn instance() -> WelcomeInstance {
    WelcomeInstance { instance: "ins_1".into(), host: "api.clerk.com".into(), kind: InstanceKind::Development }
}

async fn at_the_door(test: impl AsyncFnOnce(Door)) {
    LocalSet::new().run_until(async { test(Door::open().await).await }).await;
}

#[tokio::test(start_paused = true)]
async fn a_key_is_tried_and_kept_and_the_terminal_given_back() {
    at_the_door(async |door| {
        assert!(door.has_terminal());
        let answer = door.try_key().await;
        assert_eq!(door.shows(), "trying *********");
        answer.send(Ok(instance())).unwrap();
        settle().await;
        assert_eq!(door.shows(), "keep ****");
        door.press(KeyCode::Enter).await;
        assert_eq!(door.shows(), "kept ****");
        door.press(KeyCode::Enter).await;
        assert!(!door.has_terminal());
        assert_eq!(door.end().await, WelcomeEnding::Decided(Welcomed::Kept("main".into())));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_is_given_up_is_not_waited_for() {
    at_the_door(async |door| {
        let answer = door.try_key().await;
        door.press(KeyCode::Esc).await;
        assert!(answer.is_closed());
        assert_eq!(door.shows(), "key *********");
        door.press(KeyCode::Esc).await;
        assert_eq!(door.end().await, WelcomeEnding::Decided(Welcomed::Left));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_comes_while_it_is_stopped_waits_for_the_terminal() {
    at_the_door(async |door| {
        let answer = door.try_key().await;
        door.send(key(KeyCode::Char('z'), KeyModifiers::CONTROL)).await;
        assert!(!door.has_terminal());
        assert_eq!(door.log.lock().unwrap().stopped, ["others", "itself"]);
        let written = door.log.lock().unwrap().writes.len();
        answer.send(Ok(instance())).unwrap();
        settle().await;
        assert_eq!(door.log.lock().unwrap().writes.len(), written, "the terminal is the shell's");
        // The signal that it has sent itself, and the one to go on.
        door.signal(Signal::Stop).await;
        door.signal(Signal::Continue).await;
        assert!(door.has_terminal());
        assert_eq!((door.shows().as_str(), door.log.lock().unwrap().stopped.len()), ("keep ****", 2));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_stop_from_outside_gives_the_terminal_back_and_takes_it_again() {
    at_the_door(async |door| {
        door.signal(Signal::Stop).await;
        assert!(!door.has_terminal());
        door.signal(Signal::Continue).await;
        assert!(door.has_terminal());
        // Stopped by one that cannot be heard.
        door.signal(Signal::Continue).await;
        assert!(door.has_terminal());
        door.log.lock().unwrap().has_shell = false;
        door.send(key(KeyCode::Char('z'), KeyModifiers::CONTROL)).await;
        assert!(door.has_terminal(), "nobody could continue it");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_signal_ends_it_also_while_a_key_is_tried() {
    at_the_door(async |door| {
        let answer = door.try_key().await;
        door.signal(Signal::Terminate).await;
        assert!(answer.is_closed() && !door.has_terminal());
        assert_eq!(door.end().await, WelcomeEnding::Signal(Signal::Terminate));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_terminal_that_is_gone_ends_it() {
    at_the_door(async |door| {
        door.log.lock().unwrap().inputs.clear();
        settle().await;
        assert_eq!(door.end().await, WelcomeEnding::Lost);
    })
    .await;
    at_the_door(async |door| {
        door.log.lock().unwrap().write_error = Some(EIO);
        door.press(KeyCode::Char('x')).await;
        assert_eq!(door.end().await, WelcomeEnding::Lost);
    })
    .await;
}
