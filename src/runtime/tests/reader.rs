//! Reading the terminal beside the loop.

use crate::runtime::reader::Reader;
use crossterm::event::Event;
use futures_util::{StreamExt, stream};
use std::{
    io,
    sync::mpsc::channel,
    time::{Duration, Instant},
};

/// Far longer than any of this takes.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn what_is_typed_comes_in_its_order_and_ends_with_the_terminal() {
    let sizes = (1..=3_000).map(|width| Event::Resize(width, 1)).collect::<Vec<_>>();
    let typed = sizes.clone();
    let reader = Reader::over(move || stream::iter(typed.into_iter().map(Ok)));
    let read = reader.map(Result::unwrap).collect::<Vec<_>>().await;
    assert_eq!(read, sizes, "more than is read ahead, and nothing is lost");
}

#[tokio::test]
async fn what_cannot_be_read_is_told_once() {
    let failing = || stream::repeat_with(|| Err(io::ErrorKind::UnexpectedEof.into()));
    let read = Reader::over(failing).map(|read| read.unwrap_err().kind()).collect::<Vec<_>>().await;
    assert_eq!(read, [io::ErrorKind::UnexpectedEof]);
}

#[test]
fn who_reads_next_finds_the_terminal_let_go_of() {
    let (held, let_go) = channel::<()>();
    let typed = stream::iter([Ok(Event::FocusGained)]).chain(stream::pending());
    let reader = Reader::over(move || {
        let held = held;
        typed.inspect(move |_| _ = &held)
    });
    drop(reader);
    assert!(let_go.try_recv().is_err_and(|error| error == std::sync::mpsc::TryRecvError::Disconnected));
}

#[test]
fn a_terminal_that_never_returns_holds_nobody_up() {
    let (release, released) = channel::<()>();
    let began = Instant::now();
    // As crossterm does it where the terminal is gone.
    let hanging = move || {
        let mut released = Some(released);
        stream::poll_fn(move |_| {
            if let Some(released) = released.take() {
                let _ = released.recv();
            }
            std::task::Poll::Ready(None)
        })
    };
    drop(Reader::over(hanging));
    assert!(began.elapsed() < PATIENCE);
    drop(release);
}
