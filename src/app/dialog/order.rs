//! The order menu.

use crate::clerk::query::{Direction, OrderField, UserOrder};

/// One order that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderItem {
    /// By what.
    pub field: OrderField,
    /// The key that chooses it.
    pub key: char,
    /// What it is called.
    pub label: &'static str,
    /// The way it runs when it is first chosen.
    pub first: Direction,
    /// What it is called in the header, running down and running up.
    pub words: [&'static str; 2],
}

const fn item(
    field: OrderField,
    key: char,
    label: &'static str,
    first: Direction,
    words: [&'static str; 2],
) -> OrderItem {
    OrderItem { field, key, label, first, words }
}

use Direction::{Ascending, Descending};

/// The ten orders that Clerk knows. The first is the default.
pub const ORDERS: &[OrderItem] = &[
    item(OrderField::CreatedAt, 'c', "joined", Descending, ["newest first", "oldest first"]),
    item(OrderField::LastActiveAt, 'a', "last active", Descending, ["last active first", "longest inactive first"]),
    item(OrderField::LastSignInAt, 'i', "last sign-in", Descending, ["last signed in first", "longest away first"]),
    item(OrderField::FirstName, 'n', "first name", Ascending, ["first name Z to A", "first name A to Z"]),
    item(OrderField::LastName, 'l', "last name", Ascending, ["last name Z to A", "last name A to Z"]),
    item(OrderField::EmailAddress, 'e', "email address", Ascending, ["email Z to A", "email A to Z"]),
    item(OrderField::PhoneNumber, 'p', "phone number", Ascending, ["phone 9 to 0", "phone 0 to 9"]),
    item(OrderField::Username, 'u', "username", Ascending, ["username Z to A", "username A to Z"]),
    item(OrderField::Web3Wallet, 'w', "web3 wallet", Ascending, ["wallet Z to A", "wallet A to Z"]),
    item(OrderField::UpdatedAt, 'd', "last changed", Descending, ["last changed first", "longest unchanged first"]),
];

impl OrderItem {
    /// The item of a field.
    #[must_use]
    pub fn of(field: OrderField) -> &'static Self {
        // A test holds that each field has its item; the first is never taken for another.
        ORDERS.iter().find(|item| item.field == field).unwrap_or(&ORDERS[0])
    }

    /// The order that it gives when it is first chosen.
    #[must_use]
    pub fn order(&self) -> UserOrder {
        UserOrder { by: self.field, direction: self.first }
    }

    /// What an order is called in the header.
    #[must_use]
    pub fn words(order: UserOrder) -> &'static str {
        let [down, up] = Self::of(order.by).words;
        match order.direction {
            Direction::Descending => down,
            Direction::Ascending => up,
        }
    }
}

/// The menu, its cursor on the order that the list has.
#[derive(Clone, Debug)]
pub struct OrderMenu {
    current: UserOrder,
    cursor: usize,
}

impl OrderMenu {
    /// The menu for a list that has this order.
    #[must_use]
    pub fn new(current: UserOrder) -> Self {
        let cursor = ORDERS.iter().position(|item| item.field == current.by).unwrap_or(0);
        Self { current, cursor }
    }

    /// The order that the list has.
    #[must_use]
    pub fn current(&self) -> UserOrder {
        self.current
    }

    /// The index of the item under the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts the cursor on an item.
    pub fn place_cursor(&mut self, index: usize) {
        self.cursor = index.min(ORDERS.len() - 1);
    }

    /// The order that the item under the cursor gives.
    #[must_use]
    pub fn chosen(&self) -> UserOrder {
        self.choice(&ORDERS[self.cursor])
    }

    /// The order that the item with this key gives.
    #[must_use]
    pub fn by_key(&self, key: char) -> Option<UserOrder> {
        ORDERS.iter().find(|item| item.key == key).map(|item| self.choice(item))
    }

    /// The order that the list has already is turned round; another begins its usual way.
    fn choice(&self, item: &OrderItem) -> UserOrder {
        if item.field == self.current.by { self.current.reversed() } else { item.order() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{
        action::Scope,
        keymap::{Key, Keymap},
    };
    use std::collections::HashSet;
    use strum::IntoEnumIterator;

    #[test]
    fn each_order_of_the_contract_has_one_item_and_a_key_of_its_own() {
        for field in OrderField::iter() {
            assert_eq!(ORDERS.iter().filter(|item| item.field == field).count(), 1, "{field:?}");
        }
        let keys: HashSet<char> = ORDERS.iter().map(|item| item.key).collect();
        assert_eq!(keys.len(), ORDERS.len());
        for key in keys {
            let key = Key::parse(&key.to_string()).unwrap();
            assert_eq!(Keymap::default().action(&[Scope::Menu, Scope::Always], key), None, "{key} moves in menus");
        }
        assert_eq!(ORDERS[0].field, OrderField::default());
    }

    #[test]
    fn choosing_the_present_order_turns_it_round() {
        let menu = OrderMenu::new(UserOrder::default());
        assert_eq!(menu.by_key('c'), Some(UserOrder::default().reversed()));
        assert_eq!(menu.by_key('n').map(OrderItem::words), Some("first name A to Z"));
        assert_eq!(menu.by_key('?'), None);
    }
}
