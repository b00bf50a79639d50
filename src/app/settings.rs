//! What is decided before the first frame.

use super::effect::MouseCapture;
use crate::clerk::InstanceKind;
use jiff::tz::TimeZone;
use ratatui::layout::Size;

/// What the program starts with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the instance is called, before it says so itself: `demo`, or the host.
    pub instance_name: String,
    /// Whether it is production, as its key and host say. `GET /v1/instance` can make it production, never less.
    pub instance_kind: InstanceKind,
    /// Who sits here, as sessions in somebody's place tell it.
    pub actor: String,
    /// Where Clerk's dashboard is, without a slash at its end; none for an instance that is not at Clerk.
    pub dashboard: Option<String>,
    /// Whether a browser can be opened where the person sits.
    pub has_browser: bool,
    /// In which the moments are told.
    pub time_zone: TimeZone,
    /// The terminal, in cells.
    pub size: Size,
    /// Who gets the mouse at first.
    pub mouse: MouseCapture,
}
