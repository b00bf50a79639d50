//! `lazyclerk import`: users from the file of another system.

mod asked;
mod asking;
mod carrying;
mod runs;
mod told;
mod undoing;

use super::{
    Exit,
    fault::Stop,
    form::{FormArguments, remark},
    instance::{InstanceArguments, Opened},
    users::{AskingArguments, can_ask, now, place, yes},
};
use crate::{
    app::{act::Site, counted, grouped, nearest},
    config::state_directory,
    import::{FirebaseHash, Header, Journal, Mapping, Source, Survey, Told, fingerprint, report, rows, survey},
};
use clap::{Args, builder::PossibleValuesParser};
use std::{
    fs::{self, File},
    io::Seek,
    ops::ControlFlow,
    path::{Path, PathBuf},
};
use strum::VariantNames;
use tokio::{runtime::Runtime, task::spawn_blocking};

#[derive(Debug, Args)]
#[command(after_help = "\
The file is a table with commas, a JSON array, or a JSON object a line. It is all checked before anything is sent, and \
nothing is sent while rows are faulty, unless --skip-faulty says so. A password comes as its digest, with the hasher that \
the system uses, or in the clear in a column called password. What is no column of such a system is left out, and said; \
--map says what a column is: COLUMN=PART, as Mail=email_address or aud=ignored. --map help lists the parts.

Who exists already is asked before anybody is created, also by --dry-run, which without a key checks the file alone. Whose \
email address, phone number, username, wallet or external id a user has already is not created, and that user is left as is: \
the report says exists, and who it is.

Each user is created once: the same command goes on with an import that broke off, and tries again what was refused. \
--undo deletes whom an import has created, with a copy of each in the trash.

Exit codes: 0 done, 1 not all of it, as where some exist already, 2 wrong usage, 3 no key or a wrong one, 4 no such \
import, 130 interrupted.")]
pub(super) struct ImportArguments {
    #[command(flatten)]
    what: WhatArguments,
    #[command(flatten)]
    asking: AskingArguments,
    #[command(flatten)]
    form: FormArguments,
    #[command(flatten)]
    instance: InstanceArguments,
}

#[derive(Debug, Args)]
struct WhatArguments {
    /// The file
    #[arg(value_name = "FILE", required_unless_present_any = ["undo", "runs", "map"])]
    file: Option<PathBuf>,
    /// The system that it is from [default: as its columns tell]
    #[arg(long, value_name = "SYSTEM", value_parser = PossibleValuesParser::new(Source::VARIANTS))]
    source: Option<String>,
    /// What a column holds; once for each
    #[arg(long, value_name = "COLUMN=PART")]
    map: Vec<String>,
    /// The password hash parameters of the Firebase project, as its console shows them
    #[arg(long, value_name = "FILE")]
    firebase_hash: Option<PathBuf>,
    /// Create the others where rows are faulty
    #[arg(long)]
    skip_faulty: bool,
    /// Import a file once more whose users were all created
    #[arg(long)]
    anew: bool,
    /// Write what came of each row into this file, a table [default: beside the record of the import]
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Delete whom this import has created
    #[arg(long, value_name = "IMPORT", conflicts_with_all = ["file", "runs"])]
    undo: Option<String>,
    /// List the imports of this machine
    #[arg(long, conflicts_with = "file")]
    runs: bool,
}

pub(super) fn run(runtime: &Runtime, arguments: ImportArguments) -> Exit {
    let form = arguments.form;
    runtime.block_on(arguments.run()).unwrap_or_else(|stop| stop.tell(form.is_json()))
}

/// A file that was read, and what it holds.
struct Read {
    path: PathBuf,
    file: File,
    content: String,
    mapping: Mapping,
    survey: Survey,
}

impl Read {
    /// `users.csv`.
    fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// How many users it makes who do not exist already, as far as that is known.
    fn to_create(&self, told: Option<&Told>) -> u64 {
        self.survey.users.saturating_sub(told.map_or(0, |told| told.existing.len() as u64))
    }
}

impl ImportArguments {
    async fn run(self) -> Result<Exit, Stop> {
        let state = state_directory().map_err(|error| Stop::failed(error.to_string()))?;
        if self.what.map.iter().any(|text| text == "help") {
            return told::parts();
        }
        if self.what.runs {
            return runs::list(&state, self.form);
        }
        if let Some(run) = &self.what.undo {
            let mut opened = self.instance.open()?;
            return undoing::undo(run, &state, &self.asking, self.form, &mut opened).await;
        }
        let read = self.what.read().await?;
        self.what.check_report()?;
        let opened = if self.asking.dry_run { self.instance.open_with_any_key()? } else { Some(self.instance.open()?) };
        let Some(mut opened) = opened else { return self.rehearse(read, None, None) };
        opened.prepare(self.asking.dry_run).await?;
        let instance_id = opened.clerk().await?.instance().get().await?.value.id.as_str().to_owned();
        let (journal, mut told) = match self.before(&state, &read, &instance_id)? {
            Some((path, told)) => (Some(path), told),
            None => (None, Told::new(header(&read, &instance_id, &opened))),
        };
        if self.asking.dry_run {
            told.note_existing(asking::ask(&read, &told, &opened).await?);
            return self.rehearse(read, Some(&told), Some(&opened.site));
        }
        if read.survey.users > 0 && told.is_over(read.survey.users) {
            return self.over(read, &told);
        }
        self.check_rows(&read)?;
        told.note_existing(asking::ask(&read, &told, &opened).await?);
        if told.is_over(read.survey.users) {
            return self.over(read, &told);
        }
        self.create(&state, read, journal, told, &opened).await
    }

    /// Creates who is not there, once that is wanted.
    async fn create(
        self,
        state: &Path,
        read: Read,
        journal: Option<PathBuf>,
        told: Told,
        opened: &Opened,
    ) -> Result<Exit, Stop> {
        self.check_count(read.to_create(Some(&told)))?;
        if !self.asking.yes {
            can_ask(self.instance.key().takes_input())?;
            for line in &asked::lines(&read, Some(&told), Some(&opened.site)) {
                remark(line);
            }
            yes(&asked::question(&read, Some(&told)), &place(&opened.site))?;
        }
        let Told { header, existing, .. } = told;
        // Another import of the file may have gone on meanwhile: whom it made are no strangers then.
        let (journal, mut told) = match journal {
            Some(path) => taken_up(&path)?,
            None => begin(state, header)?,
        };
        told.note_existing(existing);
        carrying::carry_out(self, read, journal, told, opened).await
    }

    /// What was imported of this file before, to this instance; of the demo's, which end with it, nothing.
    fn before(&self, state: &Path, read: &Read, instance_id: &str) -> Result<Option<(PathBuf, Told)>, Stop> {
        if self.instance.is_demo() || self.what.anew {
            return Ok(None);
        }
        let all = Journal::all(state).map_err(|error| Stop::failed(error.to_string()))?;
        let is_it = |header: &Header| header.content == read.content && header.instance_id == instance_id;
        Ok(all.into_iter().rev().find(|(_, told)| is_it(&told.header)))
    }

    /// Tells what would be done; without an instance nobody was asked who exists already.
    fn rehearse(&self, mut read: Read, told: Option<&Told>, site: Option<&Site>) -> Result<Exit, Stop> {
        if let Some(path) = &self.what.report {
            write_report(path, &mut read, told)?;
        }
        told::rehearsal(&read, told, site, self.form)?;
        let is_all = read.survey.faulty == 0 && told.is_none_or(|told| told.existing.is_empty());
        Ok(if is_all { Exit::Done } else { Exit::Failed })
    }

    /// Tells that all of them are there, whoever has created them.
    fn over(&self, mut read: Read, told: &Told) -> Result<Exit, Stop> {
        if let Some(path) = &self.what.report {
            write_report(path, &mut read, Some(told))?;
        }
        told::over(told, self.form)?;
        Ok(if told.existing.is_empty() { Exit::Done } else { Exit::Failed })
    }

    /// Whether there are users to create, and nothing is wrong with the other rows.
    fn check_rows(&self, read: &Read) -> Result<(), Stop> {
        let Survey { users, faulty, .. } = read.survey;
        if faulty > 0 && !self.what.skip_faulty {
            if !self.form.is_json() {
                told::faults(&read.survey);
            }
            let rows = if faulty == 1 { "1 row is".to_owned() } else { format!("{} rows are", grouped(faulty)) };
            return Err(Stop::failed(format!("nothing was sent: {rows} faulty; --skip-faulty creates the others")));
        }
        if users == 0 { Err(Stop::failed("nothing was sent: no row makes a user")) } else { Ok(()) }
    }

    /// Whether so many may be created.
    fn check_count(&self, users: u64) -> Result<(), Stop> {
        match self.asking.expect {
            Some(expected) if expected as u64 != users => {
                Err(Stop::failed(format!("nothing was sent: {users} would be created, and not {expected}")))
            }
            _ => Ok(()),
        }
    }
}

impl WhatArguments {
    /// Whether a report can be written where it is wanted, before anybody is created; never over the file itself.
    fn check_report(&self) -> Result<(), Stop> {
        let Some(report) = &self.report else { return Ok(()) };
        let cannot = |why: &str| Stop::usage(format!("nothing was sent: --report {}: {why}", report.display()));
        let is_file = self.file.as_deref().is_some_and(|file| is_the_same(file, report));
        if is_file {
            return Err(cannot("that is the file that is imported"));
        }
        let folder = report.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(cannot("there is no such folder"));
        }
        if report.is_dir() { Err(cannot("that is a folder")) } else { Ok(()) }
    }

    /// Reads the file, and checks every row of it.
    async fn read(&self) -> Result<Read, Stop> {
        let path = self.file.clone().ok_or_else(|| Stop::usage("which file? Name it: lazyclerk import FILE"))?;
        let failed = |words: String| Stop::usage(format!("{}: {words}", path.display()));
        if path.as_os_str() == "-" {
            return Err(Stop::usage("an import reads its file more than once, and standard input can be read once"));
        }
        let mut file = File::open(&path).map_err(|error| failed(error.to_string()))?;
        if !file.metadata().is_ok_and(|metadata| metadata.is_file()) {
            return Err(failed("it is no file".to_owned()));
        }
        let firebase = self.firebase_hash.as_deref().map(firebase_hash).transpose()?;
        let chosen = self.source.as_deref().and_then(|source| source.parse().ok());
        let own = self.map.clone();
        let read = spawn_blocking(move || {
            let source = chosen.map_or_else(|| source_of(&mut file), Ok)?;
            let mapping = Mapping::new(source, &own, firebase).map_err(|error| error.to_string())?;
            let content = fingerprint(&mut file).map_err(|error| error.to_string())?;
            let survey = survey(&mut file, &mapping, now()).map_err(|error| error.to_string())?;
            Ok::<_, String>((file, content, mapping, survey))
        });
        let read = read.await.map_err(|lost| Stop::failed(format!("the program failed: {lost}")))?;
        let (file, content, mapping, survey) = read.map_err(failed)?;
        if survey.rows == 0 {
            return Err(failed("it has no rows".to_owned()));
        }
        // Where no row can be understood, that is told with all else that is wrong with them.
        if survey.taken.is_empty() && survey.left_out.is_empty() {
            return Ok(Read { path, file, content, mapping, survey });
        }
        let is_column = |name: &str| survey.taken.contains_key(name) || survey.left_out.contains_key(name);
        if let Some(name) = mapping.unseen(is_column) {
            let nearest = nearest(name, survey.taken.keys().chain(survey.left_out.keys()).map(String::as_str));
            let meant = nearest.map(|column| format!("; {column} is one that has")).unwrap_or_default();
            return Err(failed(format!("--map {name}: no row has anything in a column {name}{meant}")));
        }
        if survey.taken.is_empty() {
            let has = survey.left_out.keys().take(5).cloned().collect::<Vec<_>>().join(", ");
            let words = format!("no column of it is known ({has}); --source and --map say what they are");
            return Err(Stop::usage(format!("{}: {words}", path.display())));
        }
        Ok(Read { path, file, content, mapping, survey })
    }
}

/// Which system a file is from, by its first row.
fn source_of(file: &mut File) -> Result<Source, String> {
    let mut columns: Vec<String> = Vec::new();
    rows(file, None, &mut |row| {
        columns = row.fields.map(|fields| fields.keys().cloned().collect()).unwrap_or_default();
        ControlFlow::Break(())
    })
    .map_err(|error| error.to_string())?;
    file.rewind().map_err(|error| error.to_string())?;
    Ok(Source::of_columns(&columns))
}

fn firebase_hash(path: &Path) -> Result<FirebaseHash, Stop> {
    let failed = |words: String| Stop::usage(format!("{}: {words}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
    FirebaseHash::read(&text).map_err(|error| failed(error.to_string()))
}

fn is_the_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn taken_up(path: &Path) -> Result<(Journal, Told), Stop> {
    let taken = Journal::take_up(path).map_err(|error| Stop::failed(format!("nothing was sent: {error}")))?;
    taken.ok_or_else(|| Stop::failed(format!("nothing was sent: {} says nothing", path.display())))
}

/// What an import is that is not begun yet.
fn header(read: &Read, instance_id: &str, opened: &Opened) -> Header {
    let begun_at = now();
    Header {
        v: Header::VERSION,
        run: crate::audit::EntryId::new(begun_at).as_str().to_owned(),
        instance: opened.site.instance.clone(),
        instance_id: instance_id.to_owned(),
        file: read.name(),
        content: read.content.clone(),
        source: read.mapping.source.to_string(),
        begun_at,
        users: read.survey.users,
    }
}

/// Begins the journal of an import.
fn begin(state: &Path, header: Header) -> Result<(Journal, Told), Stop> {
    let journal = Journal::begin(state, &header);
    let journal =
        journal.map_err(|error| Stop::failed(format!("nothing was sent, as it cannot be recorded: {error}")))?;
    Ok((journal, Told::new(header)))
}

fn write_report(path: &Path, read: &mut Read, told: Option<&Told>) -> Result<(), Stop> {
    let written = report(path, &mut read.file, &read.mapping, told);
    written.map_err(|error| Stop::failed(format!("the report {} cannot be written: {error}", path.display())))
}

/// `1 user`, `3,214 users`.
fn users(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "user", "users")
}
