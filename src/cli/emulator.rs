//! `lazyclerk emulator`: the Backend API on this machine, until it is stopped.

use super::Exit;
use crate::{
    clerk::InstanceKind,
    emulator::{Database, Emulator, Fault, Misbehaviour, Options, RateLimit},
};
use clap::{Args, ValueEnum};
use color_eyre::eyre::WrapErr;
use std::{
    io::{self, Write},
    net::SocketAddr,
    path::PathBuf,
    time::Duration,
};
use tokio::signal::unix::{SignalKind, signal};
use tracing::Level;
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

#[derive(Debug, Args)]
pub(super) struct EmulatorArguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4100")]
    listen: SocketAddr,
    /// Keep the data in this file; without one it is gone when the emulator stops
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// How many people to invent, in an empty database
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    users: u32,
    /// Which people: the same seed invents the same
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// What kind of instance to be, in an empty database
    #[arg(long, value_enum, default_value_t = Kind::Development)]
    instance: Kind,
    /// How many requests to take: off, development (100 in 10 s), production (1000 in 10 s), or NUMBER/SECONDS
    #[arg(long, value_name = "LIMIT", default_value_t = RateLimit::OFF)]
    rate_limit: RateLimit,
    /// How many milliseconds to hold each answer back
    #[arg(long, value_name = "MS", default_value_t = 0)]
    latency: u32,
    /// Fail on purpose: reset, timeout, 429, 500, 503, truncated or garbage, and a rate from 0 to 1; can be repeated
    #[arg(long = "fault", value_name = "KIND:RATE")]
    faults: Vec<Fault>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Development,
    Production,
}

/// Says what it does on standard error: what `LAZYCLERK_LOG` asks for, `warn` or `lazyclerk=debug,hyper=info`.
fn log_to_standard_error() {
    let asked = std::env::var("LAZYCLERK_LOG").ok().and_then(|asked| asked.parse::<Targets>().ok());
    let targets = asked.unwrap_or_else(|| Targets::new().with_target("lazyclerk", Level::INFO));
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_target(false);
    tracing_subscriber::registry().with(lines).with(targets).init();
}

/// Serves until a signal comes. Ready is when the two lines are on standard output.
pub(super) async fn run(arguments: EmulatorArguments) -> color_eyre::Result<Exit> {
    log_to_standard_error();
    let latency = Duration::from_millis(arguments.latency.into());
    let misbehaviour = Misbehaviour::new(latency, arguments.faults)?;
    // Before the database is opened, so that a signal meanwhile is not missed.
    let stopped = stop_signal()?;
    let options = Options {
        listen: arguments.listen,
        database: arguments.db.map_or(Database::Memory, Database::File),
        users: arguments.users,
        seed: arguments.seed,
        instance: match arguments.instance {
            Kind::Development => InstanceKind::Development,
            Kind::Production => InstanceKind::Production,
        },
        rate_limit: arguments.rate_limit,
        misbehaviour,
        ..Options::default()
    };
    let emulator = Emulator::start(options).await.wrap_err("the emulator cannot start")?;
    let lines = format!("CLERK_API_URL={}\nCLERK_SECRET_KEY={}\n", emulator.url(), emulator.secret_key().expose());
    // Who reads them may have gone; the emulator is still of use to whoever knows the lines.
    if let Err(error) = io::stdout().write_all(lines.as_bytes()).and_then(|()| io::stdout().flush()) {
        tracing::warn!(%error, "nobody reads the address and the key");
    }
    stopped.await;
    emulator.stop().await;
    Ok(Exit::Done)
}

/// Ends when the program is asked to stop.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}
