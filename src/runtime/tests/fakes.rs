//! The terminal and the looks that the stage puts in the place of the real ones.

use super::stage::{Shared, Streamed, streamed};
use crate::{
    app::App,
    clerk::model::Timestamp,
    runtime::{Host, Signal, View},
};
use crossterm::event::Event as TerminalEvent;
use ratatui::{Frame, layout::Size, text::Line};
use std::{io, path::Path};
use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, unbounded_channel},
        oneshot,
    },
    time::Instant,
};

pub(super) struct FakeHost {
    pub(super) log: Shared,
    pub(super) begun_at: Instant,
    pub(super) signals: Option<UnboundedReceiver<Signal>>,
}

impl Host for FakeHost {
    type Input = Streamed<io::Result<TerminalEvent>>;
    type Signals = Streamed<Signal>;

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_795_453_200_000).plus(self.begun_at.elapsed())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.log.lock().unwrap().size)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.log.lock().unwrap().write(bytes)
    }

    fn copy(&mut self, text: &str) {
        self.log.lock().unwrap().copied.push(text.to_owned());
    }

    fn set_raw(&mut self, raw: bool) -> io::Result<()> {
        self.log.lock().unwrap().raw.push(raw);
        Ok(())
    }

    fn input(&mut self) -> Self::Input {
        let (sender, receiver) = unbounded_channel();
        self.log.lock().unwrap().inputs.push(sender);
        streamed(receiver)
    }

    fn signals(&mut self) -> io::Result<Self::Signals> {
        Ok(streamed(self.signals.take().expect("asked for once")))
    }

    fn browse(&mut self, _: &str) -> impl Future<Output = io::Result<()>> + Send + 'static {
        std::future::ready(Err(io::ErrorKind::NotFound.into()))
    }

    fn has_shell(&self) -> bool {
        self.log.lock().unwrap().has_shell
    }

    fn stop_others(&mut self) -> io::Result<()> {
        self.log.lock().unwrap().stopped.push("others");
        Ok(())
    }

    fn edit(&mut self, file: &Path) -> impl Future<Output = Result<(), String>> + 'static {
        let (end, ended) = oneshot::channel();
        self.log.lock().unwrap().edited.push((file.to_owned(), end));
        async { ended.await.expect("the test ends it") }
    }

    fn stop(&mut self) -> io::Result<()> {
        self.log.lock().unwrap().stopped.push("itself");
        Ok(())
    }
}

/// Shows what is searched for and who is selected.
pub(super) struct FakeView(pub(super) Shared);

impl View for FakeView {
    type State = App;

    fn draw(&self, app: &App, _now: Timestamp, frame: &mut Frame) {
        let selected = app.list().selected().and_then(|user| user.first_name.clone()).unwrap_or_default();
        let text = format!("search [{}] selected [{selected}] {:?}", app.search().text(), frame.area());
        frame.render_widget(Line::from(text.clone()), frame.area());
        let mut log = self.0.lock().unwrap();
        log.frames.push(Instant::now());
        log.shown = text;
    }

    fn title(&self, app: &App) -> String {
        format!("lazyclerk {}", app.instance_name())
    }
}
