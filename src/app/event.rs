//! Everything that reaches the program from outside, in one order.

use super::{
    change::{ChangeId, Changed},
    effect::Fetched,
    failure::Failure,
    job::{JobAnswer, JobReport},
    memory::Remembered,
    requests::{Generation, SlotId},
};
use crate::clerk::Exchange;
use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;

/// Something that happened. [`App::update`](super::App::update) takes it together with the time.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed or repeats.
    Key(KeyEvent),
    /// A button or the wheel, while the mouse is ours.
    Mouse(MouseEvent),
    /// A line was typed where there is no screen: a command, or the answer to what was told last.
    Line(String),
    /// Text was pasted, in brackets.
    Paste(String),
    /// The terminal has another size now, in cells.
    Resize(Size),
    /// Another window gets the keys now: whoever looks at this one may be anybody.
    Unfocused,
    /// A frame of the present state stands on the screen. From then on an open dialog takes keys.
    Drawn,
    /// A timer that the state asked for has run out.
    Due(Timer),
    /// The editor that [`Effect::Edit`](super::Effect::Edit) asked for has ended: the text as it left it, or why there
    /// is none.
    Edited(Result<String, Failure>),
    /// Something has gone wrong on this machine that no request is about: a sentence. Can hold names, unsafe to print.
    Remark(String),
    /// A request has been sent and has ended: what went over the wire. Decides nothing, but can be looked at.
    Sent(Box<Exchange>),
    /// How far a job is. Comes when that changes, and not more often than ten times a second.
    Job(Box<JobReport>),
    /// A request has ended. Exactly one for each that was asked for and not cancelled, also when its task panicked.
    Reply(Reply),
}

/// How a request ended.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Of [`Work::Fetch`](super::Work::Fetch).
    Fetched {
        /// The place that it fills.
        slot: SlotId,
        /// Which of that place's requests it answers.
        generation: Generation,
        /// What came.
        result: Result<Fetched, Failure>,
    },
    /// Of [`Work::KeepNote`](super::Work::KeepNote).
    Noted {
        /// Which note.
        id: ChangeId,
        /// Whether it is on the disk.
        result: Result<(), Failure>,
    },
    /// Of [`Work::Job`](super::Work::Job).
    Job {
        /// Which question.
        id: ChangeId,
        /// What came of it.
        result: Result<JobAnswer, Failure>,
    },
    /// Of [`Work::Purge`](super::Work::Purge).
    Purged {
        /// Which.
        id: ChangeId,
        /// Whether it is gone from the disk.
        result: Result<(), Failure>,
    },
    /// Of [`Work::Change`](super::Work::Change) and [`Work::Create`](super::Work::Create).
    Changed {
        /// Which change.
        id: ChangeId,
        /// The user as it is now.
        result: Result<Changed, Failure>,
    },
    /// Of [`Work::Remember`](super::Work::Remember): all that is remembered now, also by other programs; or why it
    /// could not be written down.
    Remembered(Result<Remembered, String>),
    /// Of [`Effect::Browse`](super::Effect::Browse).
    Browsed {
        /// The address.
        url: String,
        /// Whether a browser has it.
        is_open: bool,
    },
}

/// A moment that the state waits for. At most one of each is armed; arming it again moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, strum::EnumIter)]
pub enum Timer {
    /// The search text has rested: ask for it.
    Search,
    /// The text of a picker has rested: ask for it.
    Picker,
    /// The cursor has rested: load what the detail shows of the user under it.
    Rest,
    /// What is on the screen is to be read again by itself.
    Watch,
    /// The next step of the spinner.
    Spinner,
    /// A notice that reports success has been up long enough.
    Notice,
    /// A secret has been on the screen long enough.
    Mask,
    /// A label that tells how long ago something was changes its words.
    Clock,
}
