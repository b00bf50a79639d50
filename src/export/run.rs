//! An export, carried out: while a page is written, the next is on its way.

use super::{Part, Position, Source};
use crate::{
    app::export::Sheet,
    clerk::{
        self, Clerk,
        model::{UserId, UserText},
    },
};
use std::{
    fmt,
    io::{self, Write},
    time::{Duration, Instant},
};
use tokio::{
    sync::{mpsc, watch},
    task::spawn_blocking,
};
use tokio_util::sync::CancellationToken;

/// How far it is, is noted so often: waiting for the disk takes longer than a page does.
const SAVED_EVERY: Duration = Duration::from_secs(1);

/// Where the rows go.
pub enum Output {
    /// A file that is there at the end.
    File(Part),
    /// Whoever reads at the same time.
    Stream(Box<dyn Write + Send>),
}

/// Something to export.
#[derive(Debug)]
pub struct Export {
    /// Which users.
    pub source: Source,
    /// How they are written.
    pub sheet: Sheet,
    /// Where to.
    pub output: Output,
    /// How far it is.
    pub position: Position,
}

/// How an export ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It is there, with so many users.
    Whole(u64),
    /// Somebody stopped it after so many; what is written stays beside, for whoever goes on.
    Stopped(u64),
}

/// Why it broke off.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The users could not be read.
    #[error("{0}")]
    Clerk(#[from] clerk::Error),
    /// A user could not be understood.
    #[error("a user could not be read: {0}")]
    Row(#[from] serde_json::Error),
    /// They could not be written.
    #[error("{0}")]
    Output(#[from] io::Error),
}

/// It broke off.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub struct ExportError {
    /// Why.
    pub why: Broken,
    /// After so many users.
    pub rows: u64,
}

/// What the writer is given.
struct Page {
    rows: Vec<UserText>,
    recent: Vec<UserId>,
    is_last: bool,
}

impl Export {
    /// Carries it out to its end, or until it is stopped. Tells how many users are written. What is left of a file, is
    /// kept beside it where `keeps`.
    ///
    /// # Errors
    ///
    /// When it broke off.
    pub async fn run(
        self,
        clerk: &Clerk,
        stop: &CancellationToken,
        told: watch::Sender<u64>,
        keeps: bool,
    ) -> Result<Ended, ExportError> {
        let Self { mut source, sheet, output, position } = self;
        let before = position.rows;
        // One is written, one waits, one is on its way.
        let (pages, from_pages) = mpsc::channel(1);
        let writer = Writer { sheet, output, position, saved: Instant::now(), text: String::new(), keeps };
        let writing = spawn_blocking(move || writer.write_all(from_pages, &told));
        let mut read = Ok(());
        while !source.is_over() {
            let rows = tokio::select! {
                biased;
                () = stop.cancelled() => break,
                rows = source.next(clerk) => rows,
            };
            match rows {
                Ok(rows) => {
                    let page = Page { rows, recent: source.recent().to_vec(), is_last: source.is_over() };
                    // Where nobody takes it any more, writing tells why.
                    if pages.send(page).await.is_err() {
                        break;
                    }
                }
                Err(error) => {
                    read = Err(error);
                    break;
                }
            }
        }
        drop(pages);
        let written = writing.await.unwrap_or_else(|lost| Err((Broken::Output(io::Error::other(lost)), before)));
        match (written, read) {
            (Err((why, rows)), _) => Err(ExportError { why, rows }),
            (Ok(Ended::Stopped(rows) | Ended::Whole(rows)), Err(error)) => Err(ExportError { why: error.into(), rows }),
            (Ok(ended), Ok(())) => Ok(ended),
        }
    }
}

struct Writer {
    sheet: Sheet,
    output: Output,
    position: Position,
    saved: Instant,
    text: String,
    keeps: bool,
}

impl Writer {
    fn write_all(mut self, mut pages: mpsc::Receiver<Page>, told: &watch::Sender<u64>) -> Result<Ended, (Broken, u64)> {
        let mut is_whole = false;
        let written = self.write_pages(&mut pages, told, &mut is_whole);
        let rows = self.position.rows;
        let ended = match written {
            Ok(()) => self.end(is_whole).map_err(Broken::from),
            Err(why) => {
                self.leave();
                Err(why)
            }
        };
        ended.map(|()| if is_whole { Ended::Whole(rows) } else { Ended::Stopped(rows) }).map_err(|why| (why, rows))
    }

    fn write_pages(
        &mut self,
        pages: &mut mpsc::Receiver<Page>,
        told: &watch::Sender<u64>,
        is_whole: &mut bool,
    ) -> Result<(), Broken> {
        if self.position.bytes == 0 {
            self.text = self.sheet.head();
            self.put()?;
        }
        while let Some(page) = pages.blocking_recv() {
            self.text.clear();
            for (before, row) in (self.position.rows..).zip(&page.rows) {
                self.sheet.write(&row.line(), before, &mut self.text)?;
            }
            self.put()?;
            self.position.rows += page.rows.len() as u64;
            self.position.read += page.rows.len() as u64;
            self.position.recent = page.recent;
            told.send_replace(self.position.rows);
            if page.is_last {
                *is_whole = true;
                break;
            }
            if self.saved.elapsed() >= SAVED_EVERY {
                self.save()?;
                self.saved = Instant::now();
            }
        }
        Ok(())
    }

    fn put(&mut self) -> io::Result<()> {
        self.position.bytes += self.text.len() as u64;
        let out: &mut dyn Write = match &mut self.output {
            Output::File(part) => part,
            Output::Stream(out) => out,
        };
        out.write_all(self.text.as_bytes())?;
        out.flush()
    }

    fn save(&mut self) -> io::Result<()> {
        match &mut self.output {
            Output::File(part) if self.keeps => part.save(&self.position),
            Output::File(_) | Output::Stream(_) => Ok(()),
        }
    }

    fn end(mut self, is_whole: bool) -> io::Result<()> {
        if is_whole {
            self.text.clear();
            self.text.push_str(self.sheet.foot(self.position.rows));
            self.put()?;
        } else {
            self.save()?;
        }
        match self.output {
            Output::File(part) if is_whole => part.finish(),
            _ => {
                self.leave();
                Ok(())
            }
        }
    }

    /// Leaves what there is to whoever goes on; where nobody can, it is taken away.
    fn leave(self) {
        if let (Output::File(part), false) = (self.output, self.keeps) {
            part.discard();
        }
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(part) => formatter.debug_tuple("File").field(part).finish(),
            Self::Stream(_) => formatter.write_str("Stream"),
        }
    }
}
