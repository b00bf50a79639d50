//! A terminal to run the program in. Every wait is for something that is to be seen.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::{
    fs,
    io::{Read, Write},
    num::NonZero,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Nothing that is waited for takes so long, not even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program in a terminal of its own.
pub struct Terminal {
    screen: vt100::Parser,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    is_hung_up: Arc<AtomicBool>,
    /// What the terminal was like before the program began, as the system tells it.
    settings_before: String,
    home: TempDir,
    /// Everything that the program has written.
    pub written: Vec<u8>,
}

/// What to run, and where.
pub struct Setting {
    pub program: PathBuf,
    pub arguments: Vec<String>,
    pub environment: Vec<(String, String)>,
    /// What stands in the configuration file; none where there is no file.
    pub configuration: Option<String>,
    pub width: u16,
    pub height: u16,
}

impl Setting {
    pub fn lazyclerk(arguments: &[&str]) -> Self {
        Self {
            program: PathBuf::from(env!("CARGO_BIN_EXE_lazyclerk")),
            arguments: arguments.iter().map(ToString::to_string).collect(),
            environment: Vec::new(),
            configuration: None,
            width: 120,
            height: 36,
        }
    }

    /// The demo with a few hundred people, always the same.
    pub fn demo() -> Self {
        Self::lazyclerk(&["--demo", "--users", "300", "--seed", "7"])
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn configured(mut self, configuration: &str) -> Self {
        self.configuration = Some(configuration.to_owned());
        self
    }

    pub fn sized(mut self, width: u16, height: u16) -> Self {
        (self.width, self.height) = (width, height);
        self
    }

    pub fn start(self) -> Terminal {
        self.start_in(TempDir::new().unwrap())
    }

    fn start_in(self, home: TempDir) -> Terminal {
        let size = PtySize { rows: self.height, cols: self.width, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.arguments);
        command.env_clear();
        command.cwd(home.path());
        for (name, value) in [("TERM", "xterm-256color"), ("TZ", "UTC"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")]
        {
            command.env(name, value);
        }
        command.env("HOME", home.path());
        command.env("XDG_STATE_HOME", home.path().join("state"));
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        if let Some(configuration) = &self.configuration {
            let directory = home.path().join(".config/lazyclerk");
            fs::create_dir_all(&directory).unwrap();
            fs::write(directory.join("config.toml"), configuration).unwrap();
        }
        let settings_before = settings(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        let is_hung_up = Arc::new(AtomicBool::new(false));
        let hung_up = Arc::clone(&is_hung_up);
        thread::spawn(move || {
            let mut bytes = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if hung_up.load(Ordering::Acquire) || sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Terminal {
            screen: vt100::Parser::new(cells(self.height), cells(self.width), 0),
            master: Some(pair.master),
            writer: Some(writer),
            child,
            output,
            is_hung_up,
            settings_before,
            home,
            written: Vec::new(),
        }
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

/// Echo, line mode, signals and the rest, in words that can be compared.
fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

impl Terminal {
    /// What is on the screen, a line for each row, without the blanks at its end.
    pub fn text(&self) -> String {
        self.rows().collect::<Vec<String>>().join("\n")
    }

    /// One row of the screen.
    pub fn row(&self, index: usize) -> String {
        self.rows().nth(index).unwrap_or_default()
    }

    /// The row that holds the cursor of the list, without the blanks at its end: a longer row there before leaves some.
    pub fn selected(&self) -> String {
        self.rows().find(|row| row.starts_with(" ›")).map(|row| row.trim_end().to_owned()).unwrap_or_default()
    }

    /// Without the blanks at their ends: whether those were ever painted is nobody's business.
    fn rows(&self) -> impl Iterator<Item = String> {
        let (_, width) = self.screen.screen().size();
        self.screen.screen().rows(0, width.get()).map(|row| row.trim_end().to_owned())
    }

    /// The background of a cell.
    pub fn background(&self, column: u16, row: u16) -> vt100::Color {
        self.screen.screen().cell(row, column).unwrap().bgcolor()
    }

    /// Whether clicks go to the program.
    pub fn takes_mouse(&self) -> bool {
        self.screen.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    /// Waits until what is on the screen is so.
    pub fn wait_until(&mut self, what: &str, mut is_so: impl FnMut(&Self) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !is_so(self) {
            let rest = end.saturating_duration_since(Instant::now());
            match self.read(rest) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => panic!("waited for {what}:\n{}", self.text()),
                Err(RecvTimeoutError::Disconnected) => panic!("ended before {what}:\n{}", self.text()),
            }
        }
        self
    }

    /// Waits until these words are on the screen.
    pub fn wait_for(&mut self, words: &str) -> &mut Self {
        self.wait_until(&format!("\"{words}\""), |terminal| terminal.text().contains(words))
    }

    /// Waits until users are in the list.
    pub fn wait_for_users(&mut self) -> &mut Self {
        self.wait_until("the users", |terminal| !terminal.selected().is_empty() && terminal.text().contains(" users"))
    }

    /// Reads what comes next, if it comes in time.
    pub fn read(&mut self, patience: Duration) -> Result<(), RecvTimeoutError> {
        let bytes = self.output.recv_timeout(patience)?;
        self.take(&bytes);
        Ok(())
    }

    /// Starts another program where this one has ended, with what it has left at home.
    pub fn start_again(&mut self, setting: Setting) {
        let home = std::mem::replace(&mut self.home, TempDir::new().unwrap());
        *self = setting.start_in(home);
    }

    /// Waits until a program beside this one has made a file.
    pub fn wait_for_file(&mut self, file: &Path) {
        let end = Instant::now() + PATIENCE;
        while !file.exists() {
            assert!(Instant::now() < end, "waited for {}", file.display());
            // What this program writes meanwhile is read, so that it is not held up.
            let _ = self.read(Duration::from_millis(10));
        }
    }

    /// Where the program is at home.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn process_id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    fn take(&mut self, bytes: &[u8]) {
        self.written.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// Types characters or escape sequences.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.screen.screen_mut().set_size(cells(height), cells(width));
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self
    }

    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        let id = rustix::process::Pid::from_raw(self.process_id().cast_signed()).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
        self
    }

    /// Takes the terminal away, as when its window is closed.
    pub fn hang_up(&mut self) {
        self.is_hung_up.store(true, Ordering::Release);
        // What the key makes the program write wakes the thread that reads, so that it lets go of the terminal too.
        self.send("j");
        self.writer = None;
        self.master = None;
    }

    /// Waits for the end of the program; its exit code.
    pub fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.read(end.saturating_duration_since(Instant::now())) {
                Ok(()) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it did not end:\n{}", self.text()),
            }
        }
        // A terminal that was taken away tells nothing of the end.
        while Instant::now() < end {
            match self.child.try_wait().unwrap() {
                Some(status) => return status.exit_code(),
                None => thread::park_timeout(Duration::from_millis(5)),
            }
        }
        panic!("it did not end though its terminal is closed:\n{}", self.text());
    }

    /// Panics unless the terminal is as it was before the program began.
    pub fn assert_restored(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pastes come as they are");
        let last = |mode: &[u8]| self.written.windows(mode.len()).rposition(|bytes| bytes == mode);
        assert!(last(b"\x1b[?1004l") >= last(b"\x1b[?1004h"), "nobody is told who has the focus");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is given back");
        let settings = settings(self.master.as_ref().unwrap().as_ref());
        assert_eq!(settings, self.settings_before, "echo and line mode are as before");
    }

    /// The lines of the audit log.
    pub fn audit(&self) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.audit_file()).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn audit_file(&self) -> PathBuf {
        self.state().join("audit.jsonl")
    }

    /// Where the program keeps what it writes.
    pub fn state(&self) -> PathBuf {
        self.home.path().join("state/lazyclerk")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
