//! One key, from the event to the finished frame, with a full list at 200×60. Budget: 500 µs.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent};
use jiff::tz::TimeZone;
use lazyclerk::{
    app::{
        App, ColorDepth, Effect, Effects, Event, Fetch, Fetched, MouseCapture, Preferences, ReadOnly, Reply, Settings,
        Surroundings, Work,
    },
    clerk::{
        InstanceKind,
        model::{Page, Received, Timestamp, User, UserId},
    },
    ui::{self, Theme},
};
use ratatui::{Terminal, backend::TestBackend, layout::Size};
use std::time::Duration;

const SIZE: Size = Size::new(200, 60);
const NOW: Timestamp = Timestamp::from_millis(1_795_453_200_000);

fn user(number: u32) -> Received<User> {
    let name = ["Ada", "Adélaïde", "山田太郎", "Екатерина", "श्रेया"][number as usize % 5];
    let user = User {
        id: UserId::from(format!("user_{number:027}")),
        first_name: Some(name.to_owned()),
        last_name: Some(format!("Number {number}")),
        username: Some(format!("ada{number}")),
        banned: number.is_multiple_of(7),
        created_at: NOW.minus(Duration::from_hours(u64::from(number))),
        last_active_at: Some(NOW.minus(Duration::from_hours(u64::from(number) / 2))),
        ..User::default()
    };
    Received::from_value(user).expect("a user is JSON")
}

/// The state, and a terminal that keeps its cells in memory.
struct Dashboard {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Dashboard {
    fn open() -> Self {
        let settings = Settings {
            instance_name: "acme".into(),
            instance_kind: InstanceKind::Production,
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
        };
        let terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("memory does not fail");
        let mut dashboard = Self { app: App::new(settings), terminal };
        let effects = dashboard.app.start(NOW);
        dashboard.answer(effects);
        dashboard
    }

    /// Answers what is asked for, and whatever that leads to.
    fn answer(&mut self, mut effects: Effects) {
        while let Some(effect) = effects.pop() {
            let Effect::Work(work) = effect else { continue };
            let Work::Fetch { slot, generation, fetch } = *work else { continue };
            let fetched = match fetch {
                Fetch::Users { .. } => Fetched::Users((0..100).map(user).collect()),
                Fetch::Count(_) => Fetched::Count(1_000_000),
                Fetch::Memberships { .. } => Fetched::Memberships(Page::default()),
                _ => continue,
            };
            let reply = Reply::Fetched { slot, generation, result: Ok(fetched) };
            effects.extend(self.app.update(NOW, Event::Reply(reply)));
        }
    }

    fn press(&mut self, key: KeyCode) {
        let effects = self.app.update(NOW, Event::Key(KeyEvent::from(key)));
        drop(effects);
    }

    fn draw(&mut self) {
        let app = &self.app;
        let theme = Theme::colored();
        self.terminal.draw(|frame| ui::draw(app, NOW, &theme, frame)).expect("memory does not fail");
        let effects = self.app.update(NOW, Event::Drawn);
        drop(effects);
    }
}

fn dashboard(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dashboard");
    let mut open = Dashboard::open();
    open.draw();
    // Down and up again, so that the list stays as it is.
    let mut down = false;
    group.bench_function("one key down, updated and drawn", |bencher| {
        bencher.iter(|| {
            down = !down;
            open.press(KeyCode::Char(if down { 'j' } else { 'k' }));
            open.draw();
        });
    });
    group.bench_function("one key, updated", |bencher| {
        bencher.iter(|| {
            down = !down;
            open.press(KeyCode::Char(if down { 'j' } else { 'k' }));
        });
    });
    group.bench_function("the first frame", |bencher| {
        bencher.iter_batched_ref(Dashboard::open, Dashboard::draw, BatchSize::SmallInput);
    });
    group.finish();
}

criterion_group!(benches, dashboard);
criterion_main!(benches);
