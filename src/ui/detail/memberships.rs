//! The memberships tab: the organizations that a user belongs to, and what the chosen one allows.

use super::{
    Row,
    rows::{CURSOR, Column, Tabular, Words},
};
use crate::{
    app::{SlotId, layout::Breadth},
    clerk::model::{Metadata, OrganizationMembership},
    ui::{paint::Piece, text::Shown, view::View},
};

/// Room for the age at the right edge.
const SINCE: u16 = 5;
/// From so many columns on, the slug has a column of its own.
const SLUG_FROM: u16 = 68;

/// How memberships are shown.
pub(super) struct MembershipsTab<'a>(pub(super) &'a View<'a>);

impl Tabular for MembershipsTab<'_> {
    type Item = OrganizationMembership;

    fn columns(&self, width: u16) -> Vec<Column> {
        let room = width.saturating_sub(CURSOR + SINCE);
        let slug = if width >= SLUG_FROM { room / 4 } else { 0 };
        let name = (room - slug) / 2;
        let role = room - slug - name;
        let left = |head, x: u16, width: u16| Column {
            head: Shown::fixed(head),
            x: CURSOR + x,
            width: width.saturating_sub(2),
            right: false,
        };
        vec![
            left("organization", 0, name),
            left(if slug > 0 { "slug" } else { "" }, name, slug),
            left("role", name + slug, role),
            Column { head: Shown::fixed("since"), x: CURSOR + room, width: SINCE, right: true },
        ]
    }

    fn cells<'item>(&self, membership: &'item OrganizationMembership) -> Vec<Piece<'item>> {
        let theme = self.0.theme;
        vec![
            (Shown::foreign(&*membership.organization.name), theme.plain),
            (Shown::foreign(&*membership.organization.slug), theme.plain),
            (role_name(membership), theme.plain),
            (self.0.when.age(membership.created_at), theme.dim),
        ]
    }

    fn facts<'item>(&self, membership: &'item OrganizationMembership, width: u16) -> Vec<Row<'item>> {
        facts(self.0, membership, width)
    }

    fn words(&self) -> Words {
        Words {
            slot: SlotId::Memberships,
            reading: "reading memberships",
            none: Shown::fixed("Belongs to no organization."),
            failed: "The memberships could not be read.",
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

fn facts<'item>(view: &View<'_>, membership: &'item OrganizationMembership, width: u16) -> Vec<Row<'item>> {
    let theme = view.theme;
    let organization = &membership.organization;
    let id = Some((Shown::short_id(organization.id.as_str()), theme.dim));
    let row = |label, text, fact| Row { label, value: (text, theme.plain), fact };
    let mut rows = Vec::new();
    if view.layout.breadth == Breadth::Wide {
        let key = Some((Shown::foreign(&*membership.role), theme.dim));
        rows.push(row("Organization", Shown::foreign(&*organization.slug), id));
        rows.push(row("Role", role_name(membership), key));
    } else {
        let role = Shown::join(&[&role_name(membership), &Shown::fixed("  "), &Shown::foreign(&*membership.role)]);
        rows.push(row("Role", role, id));
    }
    let since = Some((view.when.ago(membership.created_at), theme.dim));
    rows.push(row("Since", view.when.minute(membership.created_at), since));
    rows.extend(members_words(membership).map(|members| row("Members", members, None)));
    let room = usize::from(width.saturating_sub(super::value_column(view)));
    for (first, line) in with_first(permission_lines(&membership.permissions, room, view.layout.breadth)) {
        rows.push(row(if first { "Permissions" } else { "" }, line, None));
    }
    for (first, line) in with_first(metadata_lines(membership)) {
        rows.push(row(if first { "Metadata" } else { "" }, line, None));
    }
    rows
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
