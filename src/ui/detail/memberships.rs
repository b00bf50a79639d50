//! The memberships tab: the organizations that a user belongs to, and what the chosen one allows.

use super::{Hidden, Row, draw_row};
use crate::{
    app::{
        Focus, Known, SlotId,
        detail::Memberships,
        layout::{Breadth, DetailArea},
    },
    clerk::model::{Metadata, OrganizationMembership},
    ui::{failure, inset, paint::Canvas, row_of, text::Shown, view::View},
};
use ratatui::layout::Rect;

/// Room for the cursor before the names.
const CURSOR: u16 = 2;
/// Room for the age at the right edge.
const SINCE: u16 = 5;
/// From so many columns on, the slug has a column of its own.
const SLUG_FROM: u16 = 68;

pub(super) fn draw(view: &View<'_>, known: &Known, area: DetailArea, canvas: &mut Canvas<'_>) -> Hidden {
    let body = inset(area.body);
    // The cursor has not rested here yet.
    let Some(memberships) = view.app.detail().memberships_of(&known.id) else { return Hidden::default() };
    if memberships.rows().is_empty() {
        draw_none(view, memberships, body, canvas);
        return Hidden::default();
    }
    let parts = area.memberships(memberships.rows().len(), view.layout.breadth);
    let columns = Columns::of(inset(parts.rows));
    draw_heads(view, &columns, inset(parts.heads), canvas);
    draw_rows(view, memberships, &columns, inset(parts.rows), canvas);
    if parts.rule.height > 0 {
        canvas.rule(if view.layout.divider.is_some() { inset(parts.rule) } else { parts.rule }, view.theme.rule);
    }
    if let Some(cause) = memberships.failure() {
        failure::draw(view, "The rest could not be read.", cause, inset(parts.chosen), canvas);
    } else if let Some(chosen) = memberships.chosen() {
        draw_chosen(view, chosen, inset(parts.chosen), canvas);
    }
    let shown = memberships.top() + usize::from(parts.rows.height);
    let total = memberships.total().and_then(|total| usize::try_from(total).ok());
    Hidden { above: memberships.top() > 0, below: total.unwrap_or(0).max(memberships.rows().len()) > shown }
}

fn draw_none(view: &View<'_>, memberships: &Memberships, body: Rect, canvas: &mut Canvas<'_>) {
    let first = row_of(body, 0);
    if let Some(cause) = memberships.failure() {
        failure::draw(view, "The memberships could not be read.", cause, body, canvas);
    } else if memberships.total().is_some() {
        canvas.put(first.x, first.y, first.width, &Shown::fixed("Belongs to no organization."), view.theme.dim);
    } else if let Some(spinner) = view.spinner(SlotId::Memberships) {
        let text = Shown::join(&[&spinner, &Shown::fixed(" reading memberships")]);
        canvas.put(first.x, first.y, first.width, &text, view.theme.dim);
    }
}

/// Where the columns begin, counted from the left, and how wide they are.
struct Columns {
    name: (u16, u16),
    slug: Option<(u16, u16)>,
    role: (u16, u16),
    since: (u16, u16),
}

impl Columns {
    fn of(area: Rect) -> Self {
        let room = area.width.saturating_sub(CURSOR + SINCE);
        let slug = if area.width >= SLUG_FROM { room / 4 } else { 0 };
        let name = (room - slug) / 2;
        let role = room - slug - name;
        let column = |x: u16, width: u16| (CURSOR + x, width.saturating_sub(2));
        Self {
            name: column(0, name),
            slug: (slug > 0).then(|| column(name, slug)),
            role: column(name + slug, role),
            since: (CURSOR + room, SINCE.min(area.width.saturating_sub(CURSOR + room))),
        }
    }
}

fn draw_heads(view: &View<'_>, columns: &Columns, row: Rect, canvas: &mut Canvas<'_>) {
    let heads = [("organization", Some(columns.name)), ("slug", columns.slug), ("role", Some(columns.role))];
    for (head, column) in heads {
        if let Some((x, width)) = column {
            canvas.put(row.x + x, row.y, width, &Shown::fixed(head), view.theme.dim);
        }
    }
    let (x, width) = columns.since;
    canvas.put_right(row.x + x, row.y, width, &Shown::fixed("since"), view.theme.dim);
}

fn draw_rows(view: &View<'_>, memberships: &Memberships, columns: &Columns, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let focused = view.focus() == Some(Focus::Detail);
    let shown = memberships.rows().iter().enumerate().skip(memberships.top());
    for (offset, (index, membership)) in (0..area.height).zip(shown) {
        let row = row_of(area, offset);
        let chosen = index == memberships.cursor();
        let texts = [
            (Some(columns.name), Shown::foreign(&*membership.organization.name)),
            (columns.slug, Shown::foreign(&*membership.organization.slug)),
            (Some(columns.role), role_name(membership)),
        ];
        for (column, text) in texts {
            if let Some((x, width)) = column {
                canvas.put(row.x + x, row.y, width, &text, theme.plain);
            }
        }
        let (x, width) = columns.since;
        let past = if chosen && focused { theme.plain } else { theme.dim };
        canvas.put_right(row.x + x, row.y, width, &view.when.age(membership.created_at), past);
        if chosen {
            canvas.put(row.x, row.y, 1, &Shown::fixed("›"), theme.accent);
            canvas.restyle(row, if focused { theme.cursor } else { theme.cursor_elsewhere });
            if focused {
                canvas.place_cursor(row.x, row.y);
            }
        }
    }
}

/// The role's name, else its key without the prefix.
fn role_name(membership: &OrganizationMembership) -> Shown<'_> {
    let key = || membership.role.strip_prefix("org:").unwrap_or(&membership.role);
    Shown::foreign(membership.role_name.as_deref().filter(|name| !name.is_empty()).unwrap_or_else(key))
}

/// The organization and the role in it, in a few words: `Acme admin`.
pub(in crate::ui) fn facts_of_role(membership: &OrganizationMembership) -> Shown<'static> {
    let role = Shown::foreign(role_name(membership).as_str().to_lowercase());
    Shown::join(&[&Shown::foreign(&*membership.organization.name).cut(24), &Shown::fixed(" "), &role.cut(16)])
}

/// All about the chosen membership.
fn draw_chosen(view: &View<'_>, membership: &OrganizationMembership, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = view.theme;
    let organization = &membership.organization;
    let id = Some((Shown::short_id(organization.id.as_str()), theme.dim));
    let plain = |text| (text, theme.plain);
    let mut index = 0;
    let mut put = |row: &Row<'_>| {
        draw_row(view, row_of(area, index), row, canvas);
        index += 1;
    };
    if view.layout.breadth == Breadth::Wide {
        let key = Some((Shown::foreign(&*membership.role), theme.dim));
        put(&Row { label: "Organization", value: plain(Shown::foreign(&*organization.slug)), fact: id });
        put(&Row { label: "Role", value: plain(role_name(membership)), fact: key });
    } else {
        let role = Shown::join(&[&role_name(membership), &Shown::fixed("  "), &Shown::foreign(&*membership.role)]);
        put(&Row { label: "Role", value: plain(role), fact: id });
    }
    let since = view.when.minute(membership.created_at);
    put(&Row { label: "Since", value: plain(since), fact: Some((view.when.ago(membership.created_at), theme.dim)) });
    if let Some(members) = members_words(membership) {
        put(&Row { label: "Members", value: plain(members), fact: None });
    }
    let room = usize::from(area.width.saturating_sub(super::value_column(view)));
    for (first, line) in with_first(permission_lines(&membership.permissions, room, view.layout.breadth)) {
        put(&Row { label: if first { "Permissions" } else { "" }, value: plain(line), fact: None });
    }
    for (first, line) in with_first(metadata_lines(membership)) {
        put(&Row { label: if first { "Metadata" } else { "" }, value: plain(line), fact: None });
    }
}

fn with_first<T>(items: Vec<T>) -> impl Iterator<Item = (bool, T)> {
    items.into_iter().enumerate().map(|(index, item)| (index == 0, item))
}

fn members_words(membership: &OrganizationMembership) -> Option<Shown<'static>> {
    let count = u64::try_from(membership.organization.members_count?).ok()?;
    Some(match u64::try_from(membership.organization.max_allowed_memberships).unwrap_or(0) {
        0 => Shown::number(count),
        most => Shown::join(&[&Shown::number(count), &Shown::fixed(" of "), &Shown::number(most)]),
    })
}

/// The permissions by what they are about: `sys_profile: manage, delete`. One subject a line where lines are short.
fn permission_lines(permissions: &[String], room: usize, breadth: Breadth) -> Vec<Shown<'static>> {
    let mut subjects: Vec<(&str, Vec<&str>)> = Vec::new();
    for permission in permissions {
        let permission = permission.strip_prefix("org:").unwrap_or(permission);
        let (subject, verb) = permission.rsplit_once(':').unwrap_or((permission, ""));
        match subjects.iter_mut().find(|(known, _)| *known == subject) {
            Some((_, verbs)) => verbs.push(verb),
            None => subjects.push((subject, vec![verb])),
        }
    }
    let words = subjects.into_iter().map(|(subject, verbs)| {
        let verbs: Vec<_> = verbs.into_iter().filter(|verb| !verb.is_empty()).collect();
        if verbs.is_empty() { subject.to_owned() } else { format!("{subject}: {}", verbs.join(", ")) }
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        return vec![Shown::fixed("none")];
    }
    if breadth == Breadth::Wide {
        return words.iter().flat_map(|line| Shown::foreign(line.as_str()).wrap(room)).collect();
    }
    joined_lines(&words, room)
}

/// As many on a line as have room, a dot between them.
fn joined_lines(words: &[String], room: usize) -> Vec<Shown<'static>> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} · {word}");
            if Shown::foreign(longer.as_str()).width() <= room {
                *line = longer;
                continue;
            }
        }
        lines.push(word.clone());
    }
    lines.into_iter().map(Shown::foreign).collect()
}

/// The bags of metadata that hold something, each on a line.
fn metadata_lines(membership: &OrganizationMembership) -> Vec<Shown<'static>> {
    let bags = [("public", Some(&membership.public_metadata)), ("private", membership.private_metadata.as_ref())];
    let filled = bags.into_iter().filter_map(|(name, bag)| Some((name, bag.filter(|bag| !bag.is_empty())?)));
    filled.map(|(name, bag)| Shown::foreign(format!("{name} {}", json(bag)))).collect()
}

fn json(bag: &Metadata) -> String {
    serde_json::to_string(bag).unwrap_or_default()
}
