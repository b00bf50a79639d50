//! The metadata and raw tabs: JSON, folded, and the whole of the chosen value where it is cut.

use super::{Hidden, rows::draw_cursor};
use crate::{
    app::{
        Focus,
        detail::Tab,
        json::{Entry, JsonRow, JsonView, Kind},
        layout::DetailArea,
    },
    ui::{
        field, inset,
        paint::{Canvas, Piece, pieces_width},
        row_of,
        text::Shown,
        view::View,
    },
};
use ratatui::{layout::Rect, style::Style};

/// Room for the cursor before a line.
const CURSOR: u16 = 2;
/// What a level moves to the right, in cells.
const INDENT: u16 = 2;
/// Further to the right a line does not begin: its inside would have no room.
const DEEPEST: u16 = 20;

pub(super) fn draw(view: &View<'_>, json: &JsonView, area: DetailArea, canvas: &mut Canvas<'_>) -> Hidden {
    let parts = area.document();
    let rows = inset(parts.rows);
    let focused = view.focus() == Some(Focus::Detail);
    let mut cut = false;
    for (offset, (index, line)) in (0..rows.height).zip(json.lines().iter().enumerate().skip(json.top())) {
        let row = row_of(rows, offset);
        let fits = draw_line(view, json, *line, row, canvas);
        if index == json.cursor() {
            cut = !fits;
            draw_cursor(view, row, focused, canvas);
        }
    }
    if parts.rule.height > 0 {
        canvas.rule(if view.layout.divider.is_some() { inset(parts.rule) } else { parts.rule }, view.theme.rule);
        draw_chosen(view, json, cut, inset(parts.chosen), canvas);
    }
    let height = usize::from(rows.height);
    Hidden { above: json.top() > 0, below: json.lines().len() > json.top() + height }
}

/// Whether the whole line had room.
fn draw_line(view: &View<'_>, json: &JsonView, line: JsonRow, row: Rect, canvas: &mut Canvas<'_>) -> bool {
    let Some(entry) = json.entries().get(line.entry()) else { return true };
    let depth = u16::try_from(entry.depth).unwrap_or(u16::MAX).saturating_mul(INDENT).min(DEEPEST);
    let indent = CURSOR.saturating_add(depth).min(row.width);
    let inner = Rect { x: row.x + indent, width: row.width - indent, ..row };
    let left = pieces(view, json, line, json.matches().binary_search(&line.entry()).is_ok());
    let right: Vec<_> = size(view, entry, line).into_iter().collect();
    let fits = pieces_width(&left) <= inner.width;
    canvas.put_row(inner, &left, &right);
    fits
}

fn pieces<'a>(view: &View<'_>, json: &'a JsonView, line: JsonRow, found: bool) -> Vec<Piece<'a>> {
    let Some(entry) = json.entries().get(line.entry()) else { return Vec::new() };
    let theme = view.theme;
    let or_found = |style: Style| if found { theme.found } else { style };
    let mut pieces = Vec::new();
    if let (Some(key), JsonRow::Open(_) | JsonRow::Folded(_)) = (&entry.key, line) {
        pieces.push((Shown::foreign(key.as_str()), or_found(theme.json_key)));
        pieces.push((Shown::fixed(": "), theme.dim));
    }
    let (open, close) = if matches!(entry.kind, Kind::Object(_)) { ("{", "}") } else { ("[", "]") };
    match (line, entry.kind) {
        (JsonRow::Close(_), _) => pieces.push((Shown::fixed(close), theme.dim)),
        (JsonRow::Folded(_), kind) => pieces.push((count(kind), or_found(theme.dim))),
        (JsonRow::Open(_), kind) if kind.is_foldable() => pieces.push((Shown::fixed(open), theme.dim)),
        (JsonRow::Open(_), kind) => {
            let style = if kind == Kind::String { theme.json_string } else { theme.json_literal };
            pieces.push((Shown::foreign(json.text(entry)), or_found(style)));
        }
    }
    pieces
}

/// What is hidden: `{ 5 keys }`, `[ 1 item ]`.
fn count(kind: Kind) -> Shown<'static> {
    let (count, words) = match kind {
        Kind::Object(1) => (1, ["{ ", " key }"]),
        Kind::Object(count) => (count, ["{ ", " keys }"]),
        Kind::Array(1) => (1, ["[ ", " item ]"]),
        Kind::Array(count) => (count, ["[ ", " items ]"]),
        Kind::String | Kind::Number | Kind::Literal => return Shown::default(),
    };
    let count = Shown::number(u64::try_from(count).unwrap_or(u64::MAX));
    Shown::join(&[&Shown::fixed(words[0]), &count, &Shown::fixed(words[1])])
}

/// How much of the room for it a bag of metadata takes.
fn size(view: &View<'_>, entry: &Entry, line: JsonRow) -> Option<Piece<'static>> {
    let is_bag = view.app.detail().tab() == Tab::Metadata && entry.depth == 1;
    if !is_bag || matches!(line, JsonRow::Close(_)) {
        return None;
    }
    let bytes = Shown::number(u64::try_from(entry.span.len()).unwrap_or(u64::MAX));
    Some((Shown::join(&[&bytes, &Shown::fixed(" of 8,192 bytes")]), view.theme.dim))
}

/// What is looked for, else the path of the chosen value; and the value where its line is cut.
fn draw_chosen(view: &View<'_>, json: &JsonView, cut: bool, area: Rect, canvas: &mut Canvas<'_>) {
    let (theme, first) = (view.theme, row_of(area, 0));
    let Some(entry) = json.chosen() else { return };
    if let Some(find) = json.find_field() {
        let used = canvas.put(first.x, first.y, first.width, &Shown::fixed("/ "), theme.accent);
        let rest = Rect { x: first.x + used, width: first.width - used, ..first };
        if json.is_finding() {
            field::draw_focused(view, find, rest, canvas);
        } else {
            canvas.put(rest.x, rest.y, rest.width, &Shown::foreign(find.text()), theme.plain);
        }
        let found = Shown::number(u64::try_from(json.matches().len()).unwrap_or(u64::MAX));
        let words = Shown::join(&[&Shown::fixed(" "), &found, &Shown::fixed(" found")]);
        canvas.put_right(first.x, first.y, first.width, &words, theme.dim);
    } else {
        canvas.put(first.x, first.y, first.width, &Shown::foreign(entry.path.as_str()), theme.dim);
    }
    if cut && !entry.kind.is_foldable() {
        let lines = Shown::foreign(json.text(entry)).wrap(usize::from(area.width.max(1)));
        for (offset, line) in (1..area.height).zip(lines) {
            let row = row_of(area, offset);
            canvas.put(row.x, row.y, row.width, &line, theme.plain);
        }
    }
}
