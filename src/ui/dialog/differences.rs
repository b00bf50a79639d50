//! What a change changes, place by place: a sign, the path, and the value before and after.

use crate::{
    app::{act::Difference, dialog::Confirm},
    ui::{
        paint::{Canvas, Piece, pieces_width},
        text::Shown,
        view::View,
    },
};
use ratatui::{layout::Rect, style::Style};

/// A value takes so many rows at most; the rest is told by an ellipsis.
const VALUE_ROWS: usize = 6;
/// Where a value on rows of its own begins, in cells.
const INDENT: u16 = 2;

/// Draws them from the first that is not scrolled past; how many rows they take.
pub(super) fn draw(view: &View<'_>, confirm: &Confirm, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let all = confirm.differences();
    let before = confirm.scrolled();
    let mut lines = Vec::new();
    let mut fits = 0;
    for difference in &all[before..] {
        let more = told(view, difference, area.width);
        // The last row tells of the others, unless there are none.
        let is_last = before + fits + 1 == all.len();
        let reserve = usize::from(!is_last || before > 0);
        if fits > 0 && lines.len() + more.len() + reserve > usize::from(area.height) {
            break;
        }
        lines.extend(more);
        fits += 1;
    }
    let after = all.len() - before - fits;
    let hint = (before + after > 0).then(|| hint(before, after));
    lines.truncate(usize::from(area.height).saturating_sub(usize::from(hint.is_some())).max(1));
    lines.extend(hint.map(|words| vec![(words, view.theme.dim)]));
    let mut drawn = 0;
    for (y, pieces) in (area.y..area.bottom()).zip(&lines) {
        canvas.put_pieces(area.x, y, area.width, pieces);
        drawn += 1;
    }
    drawn
}

/// How many are out of sight, and on which side.
fn hint(before: usize, after: usize) -> Shown<'static> {
    let number = |count: usize| Shown::number(u64::try_from(count).unwrap_or(u64::MAX));
    let parts = match (before, after) {
        (0, after) => vec![number(after), Shown::fixed(" more below  ↓")],
        (before, 0) => vec![number(before), Shown::fixed(" more above  ↑")],
        (before, after) => {
            vec![number(before), Shown::fixed(" more above, "), number(after), Shown::fixed(" below  ↑ ↓")]
        }
    };
    Shown::join(&parts.iter().collect::<Vec<_>>())
}

/// One of them: on a row if there is room, else the values on rows of their own.
fn told(view: &View<'_>, difference: &Difference, width: u16) -> Vec<Vec<Piece<'static>>> {
    let theme = view.theme;
    let (sign, style) = match (&difference.from, &difference.to) {
        (Some(_), Some(_)) => ("~ ", theme.pending),
        (Some(_), None) => ("- ", theme.failed),
        (None, _) => ("+ ", theme.done),
    };
    let shown = |value: &Option<String>| value.as_ref().map(|value| view.personal_owned(value.clone()));
    let (from, to) = (shown(&difference.from), shown(&difference.to));
    let head = [(Shown::fixed(sign), style), (Shown::foreign(difference.path.clone()), theme.strong)];
    let mut row = head.to_vec();
    row.push((Shown::fixed("  "), theme.plain));
    row.extend(from.clone().map(|from| (from, if to.is_some() { theme.dim } else { style })));
    if from.is_some() && to.is_some() {
        row.push((Shown::fixed(" → "), theme.plain));
    }
    row.extend(to.clone().map(|to| (to, theme.done)));
    if pieces_width(&row) <= width {
        return vec![row];
    }
    let mut rows = vec![head.to_vec()];
    rows.extend(value_rows("- ", from, theme.failed, width));
    rows.extend(value_rows("+ ", to, theme.done, width));
    rows
}

fn value_rows(sign: &'static str, value: Option<Shown<'_>>, style: Style, width: u16) -> Vec<Vec<Piece<'static>>> {
    let Some(value) = value else { return Vec::new() };
    let mut lines = value.wrap(usize::from(width.saturating_sub(2 * INDENT)));
    if lines.len() > VALUE_ROWS {
        lines.truncate(VALUE_ROWS - 1);
        lines.push(Shown::fixed("…"));
    }
    let signs = std::iter::once(sign).chain(std::iter::repeat("  "));
    let row = |(sign, line)| vec![(Shown::fixed("  "), style), (Shown::fixed(sign), style), (line, style)];
    signs.zip(lines).map(row).collect()
}
