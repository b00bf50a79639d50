//! A menu: choices, each with the key that chooses it.

use super::order::ORDERS;
use crate::{
    app::{
        act::{Act, OrganizationAct, RestrictionAct, RoleName},
        action::{Action, Group, rows},
        copy::Copyable,
        detail::{INVITATION_STATUSES, SESSION_STATUSES},
        person::Known,
        settings::ThemeName,
        views::ViewName,
    },
    clerk::{
        model::{InvitationStatus, Role, SessionStatus},
        query::UserOrder,
    },
};
use std::{borrow::Cow, sync::Arc};

/// The keys of the roles: an instance has at most ten.
const ROLE_KEYS: &str = "1234567890";

/// The themes, each with its key and what it is called.
const THEMES: &[(char, &str, ThemeName)] = &[
    ('t', "the terminal's own", ThemeName::Terminal),
    ('d', "dark", ThemeName::Dark),
    ('i', "light", ThemeName::Light),
    ('c', "high contrast", ThemeName::HighContrast),
    ('n', "no colour", ThemeName::NoColor),
];

/// The keys of the saved views: those that mean nothing else in their menu. There are no more views than these.
pub const VIEW_KEYS: &str = "1234567890abcefimnopqrstuvwxyz";

/// What is done once an item is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The list takes this order.
    Order(UserOrder),
    /// What this action asks for.
    Action(Action),
    /// This is done to the user that the menu is about, once that has been asked.
    Act(Act),
    /// This is put into the clipboard.
    Copy(Copyable),
    /// The invitations tab shows those that stand so, or all.
    Invitations(Option<InvitationStatus>),
    /// This is done to a list, because of the user.
    Restriction(RestrictionAct),
    /// The sessions tab shows those that stand so, or all.
    Sessions(Option<SessionStatus>),
    /// Everything is coloured so.
    Theme(ThemeName),
    /// The list is as this view has it.
    View(ViewName),
    /// The instance of this profile is opened instead.
    Profile(String),
    /// The program ends, and jobs go on at the next start.
    Leave,
    /// It does not.
    Stay,
}

/// What a menu is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuKind {
    /// Orders of the list, which has this one.
    Order(UserOrder),
    /// What can be done to the user beside what has a key of its own.
    More,
    /// What can be done to the marked beside what has a key of its own.
    Marked,
    /// What a tab can be narrowed to.
    Status,
    /// Roles of a membership.
    Role,
    /// What can be copied.
    Copy,
    /// What of the user can be blocked.
    Block,
    /// What everything can be coloured like.
    Theme,
    /// Saved views.
    View,
    /// Instances that have a name.
    Profile,
    /// Whether to leave while a job goes on.
    Leave,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// The key that chooses it.
    pub key: char,
    /// What it is called. Can be as it came, unsafe to print.
    pub label: Cow<'static, str>,
    /// What is done then.
    pub choice: Choice,
}

/// A menu, its cursor on one of its items.
#[derive(Clone, Debug)]
pub struct Menu {
    kind: MenuKind,
    items: Vec<MenuItem>,
    cursor: usize,
    known: Option<Arc<Known>>,
}

impl Menu {
    /// The orders, the cursor on the one that the list has. To choose that one turns it round; another begins its usual way.
    #[must_use]
    pub fn of_orders(current: UserOrder) -> Self {
        let item = |order: &super::OrderItem| {
            let chosen = if order.field == current.by { current.reversed() } else { order.order() };
            MenuItem { key: order.key, label: order.label.into(), choice: Choice::Order(chosen) }
        };
        let cursor = ORDERS.iter().position(|item| item.field == current.by).unwrap_or(0);
        Self { kind: MenuKind::Order(current), items: ORDERS.iter().map(item).collect(), cursor, known: None }
    }

    /// The actions that have no key but a letter in the menu `.`.
    #[must_use]
    pub fn of_more() -> Self {
        Self::of_letters(MenuKind::More, Group::More)
    }

    /// The same for the marked.
    #[must_use]
    pub fn of_marked() -> Self {
        Self::of_letters(MenuKind::Marked, Group::Marked)
    }

    fn of_letters(kind: MenuKind, group: Group) -> Self {
        let item = |row: &crate::app::action::Row| {
            let key = row.more.filter(|_| row.group == group)?;
            Some(MenuItem { key, label: row.help.into(), choice: Choice::Action(row.action) })
        };
        Self { kind, items: rows().filter_map(item).collect(), cursor: 0, known: None }
    }

    /// What the invitations can be narrowed to, the cursor on what they are.
    #[must_use]
    pub fn of_invitations(current: Option<&InvitationStatus>) -> Self {
        Self::of_statuses(INVITATION_STATUSES, current, Choice::Invitations)
    }

    /// What the sessions can be narrowed to, the cursor on what they are.
    #[must_use]
    pub fn of_sessions(current: Option<&SessionStatus>) -> Self {
        Self::of_statuses(SESSION_STATUSES, current, Choice::Sessions)
    }

    /// The roles that `known` can get by an act, but the one that they have: to choose that one would change nothing.
    #[must_use]
    pub fn of_roles(
        roles: &[Role],
        current: Option<&str>,
        known: &Arc<Known>,
        act: impl Fn(RoleName) -> OrganizationAct,
    ) -> Self {
        let others = roles.iter().filter(|role| Some(role.key.as_str()) != current);
        let items = ROLE_KEYS.chars().zip(others).map(|(key, role)| {
            let to = RoleName { key: role.key.clone(), name: role.name.clone() };
            let choice = Choice::Act(Act::Organization(act(to)));
            MenuItem { key, label: Cow::Owned(role.name.clone()), choice }
        });
        Self { kind: MenuKind::Role, items: items.collect(), cursor: 0, known: Some(Arc::clone(known)) }
    }

    /// What of a user can be blocked.
    #[must_use]
    pub fn of_blocks(acts: Vec<RestrictionAct>) -> Self {
        let item = |act: RestrictionAct| {
            let (key, label) = match (act.domain(), act.identifier().starts_with('+')) {
                (Some(domain), _) => ('d', format!("everybody at {domain}")),
                (None, true) => ('p', act.identifier().to_owned()),
                (None, false) => ('e', act.identifier().to_owned()),
            };
            MenuItem { key, label: label.into(), choice: Choice::Restriction(act) }
        };
        Self { kind: MenuKind::Block, items: acts.into_iter().map(item).collect(), cursor: 0, known: None }
    }

    /// What can be copied.
    #[must_use]
    pub fn of_copyables(copyables: Vec<Copyable>) -> Self {
        let item = |copyable: Copyable| MenuItem {
            key: copyable.key,
            label: copyable.what.into(),
            choice: Choice::Copy(copyable),
        };
        Self { kind: MenuKind::Copy, items: copyables.into_iter().map(item).collect(), cursor: 0, known: None }
    }

    /// The themes, the cursor on the present one.
    #[must_use]
    pub fn of_themes(current: ThemeName) -> Self {
        let items = THEMES.iter().map(|(key, label, theme)| MenuItem {
            key: *key,
            label: (*label).into(),
            choice: Choice::Theme(*theme),
        });
        let cursor = THEMES.iter().position(|(_, _, theme)| *theme == current).unwrap_or(0);
        Self { kind: MenuKind::Theme, items: items.collect(), cursor, known: None }
    }

    /// The saved views.
    #[must_use]
    pub fn of_views<'a>(names: impl IntoIterator<Item = &'a ViewName>) -> Self {
        let items = VIEW_KEYS.chars().zip(names).map(|(key, name)| MenuItem {
            key,
            label: name.to_string().into(),
            choice: Choice::View(name.clone()),
        });
        Self { kind: MenuKind::View, items: items.collect(), cursor: 0, known: None }
    }

    /// The profiles, the cursor on the open one. Those without a key are reached by the cursor.
    #[must_use]
    pub fn of_profiles(names: &[String], open: Option<&str>) -> Self {
        let keys = VIEW_KEYS.chars().chain(std::iter::repeat(' '));
        let items = keys.zip(names).map(|(key, name)| MenuItem {
            key,
            label: name.clone().into(),
            choice: Choice::Profile(name.clone()),
        });
        let cursor = names.iter().position(|name| Some(name.as_str()) == open).unwrap_or(0);
        Self { kind: MenuKind::Profile, items: items.collect(), cursor, known: None }
    }

    /// Whether to leave while a job goes on, the cursor on staying.
    #[must_use]
    pub fn of_leaving() -> Self {
        let item = |key, label: &'static str, choice| MenuItem { key, label: label.into(), choice };
        let items = vec![
            item('s', "stay", Choice::Stay),
            item('p', "pause the job and leave; the next start offers to go on", Choice::Leave),
        ];
        Self { kind: MenuKind::Leave, items, cursor: 0, known: None }
    }

    fn of_statuses<S: Clone + PartialEq>(
        statuses: &[(char, &'static str, Option<S>)],
        current: Option<&S>,
        choice: fn(Option<S>) -> Choice,
    ) -> Self {
        let items = statuses.iter().map(|(key, label, status)| MenuItem {
            key: *key,
            label: (*label).into(),
            choice: choice(status.clone()),
        });
        let cursor = statuses.iter().position(|(_, _, status)| status.as_ref() == current).unwrap_or(0);
        Self { kind: MenuKind::Status, items: items.collect(), cursor, known: None }
    }

    /// What it is of.
    #[must_use]
    pub fn kind(&self) -> MenuKind {
        self.kind
    }

    /// Whom it is about, where its choices name acts.
    #[must_use]
    pub fn known(&self) -> Option<&Arc<Known>> {
        self.known.as_ref()
    }

    /// The choices.
    #[must_use]
    pub fn items(&self) -> &[MenuItem] {
        &self.items
    }

    /// The index of the item under the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor on an item.
    pub fn place_cursor(&mut self, index: usize) {
        self.cursor = index.min(self.items.len().saturating_sub(1));
    }

    /// The item under the cursor.
    #[must_use]
    pub fn chosen(&self) -> Option<&MenuItem> {
        self.items.get(self.cursor)
    }

    /// The choice that has this key.
    #[must_use]
    pub fn by_key(&self, key: char) -> Option<Choice> {
        self.items.iter().find(|item| item.key == key).map(|item| item.choice.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{
            action::Scope,
            keymap::{Key, Keymap},
        },
        clerk::query::OrderField,
    };
    use std::collections::HashSet;
    use strum::IntoEnumIterator;

    #[test]
    fn each_item_has_a_key_of_its_own_that_does_not_move_in_the_menu() {
        let views: Vec<_> = (0..40).map(|number| ViewName::parse(&format!("view-{number}")).unwrap()).collect();
        let menus = [
            Menu::of_orders(UserOrder::default()),
            Menu::of_more(),
            Menu::of_marked(),
            Menu::of_invitations(None),
            Menu::of_sessions(Some(&SessionStatus::Active)),
            Menu::of_themes(ThemeName::default()),
            Menu::of_views(&views),
            Menu::of_leaving(),
            Menu::of_profiles(&["acme".to_owned(), "shop".to_owned()], None),
        ];
        for menu in menus {
            let keys: HashSet<char> = menu.items().iter().map(|item| item.key).collect();
            assert_eq!(keys.len(), menu.items().len());
            for key in keys {
                let key = Key::parse(&key.to_string()).unwrap();
                assert_eq!(Keymap::default().action(&[Scope::Menu, Scope::Always], key), None, "{key} moves in menus");
            }
        }
    }

    #[test]
    fn each_order_of_the_contract_has_one_item() {
        let menu = Menu::of_orders(UserOrder::default());
        for field in OrderField::iter() {
            let of_field = |item: &&MenuItem| matches!(item.choice, Choice::Order(order) if order.by == field);
            assert_eq!(menu.items().iter().filter(of_field).count(), 1, "{field:?}");
        }
    }

    #[test]
    fn each_theme_has_one_item() {
        let menu = Menu::of_themes(ThemeName::Light);
        let themes: Vec<_> = menu.items().iter().map(|item| item.choice.clone()).collect();
        assert_eq!(themes, ThemeName::iter().map(Choice::Theme).collect::<Vec<_>>());
        assert_eq!(menu.chosen().map(|item| &*item.label), Some("light"));
    }

    #[test]
    fn choosing_the_present_order_turns_it_round() {
        let menu = Menu::of_orders(UserOrder::default());
        assert_eq!(menu.by_key('c'), Some(Choice::Order(UserOrder::default().reversed())));
        assert!(matches!(menu.by_key('n'), Some(Choice::Order(order)) if order.by == OrderField::FirstName));
        assert_eq!(menu.by_key('?'), None);
    }
}
