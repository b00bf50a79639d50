//! The orders of the list: their keys in the menu, and their names.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_the_default() {
        assert_eq!(ORDERS[0].field, OrderField::default());
        assert_eq!(OrderItem::words(OrderItem::of(OrderField::FirstName).order()), "first name A to Z");
    }
}
