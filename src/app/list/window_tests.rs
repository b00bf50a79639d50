use super::*;
use crate::clerk::{
    model::{Received, Timestamp, User},
    query::{Direction, OrderField},
};
use proptest::prelude::*;

fn user(number: usize) -> Arc<Known> {
    let user = User { id: UserId::from(format!("user_{number}")), ..User::default() };
    Arc::new(Known::new(Received::from_value(user).unwrap(), Timestamp::default()))
}

/// A server that has so many users, in the order asked for, and answers as Clerk does.
struct Server {
    users: Vec<usize>,
}

impl Server {
    fn with(count: usize) -> Self {
        Self { users: (0..count).collect() }
    }

    fn answer(&self, plan: &Plan) -> Vec<Arc<Known>> {
        let mut users = self.users.clone();
        if plan.turned {
            users.reverse();
        }
        let skip = match &plan.page.start {
            PageStart::Offset(offset) => usize::try_from(*offset).unwrap(),
            PageStart::After(id) => {
                1 + users.iter().position(|number| format!("user_{number}") == id.as_str()).expect("the cursor exists")
            }
        };
        users.into_iter().skip(skip).take(usize::from(plan.page.limit.get())).map(user).collect()
    }
}

fn numbers(window: &Window) -> Vec<usize> {
    window.rows().iter().map(|row| row.id.as_str().trim_start_matches("user_").parse().unwrap()).collect()
}

fn by(by: OrderField) -> UserOrder {
    UserOrder { by, direction: Direction::Descending }
}

#[test]
fn the_end_is_one_request_away() {
    let server = Server::with(1_000_000);
    let stretch = Stretch::end();
    let rows = server.answer(&stretch.plan);
    let window = stretch.into_window(rows);
    assert_eq!(numbers(&window), (999_900..1_000_000).collect::<Vec<_>>());
    assert_eq!((window.is_at_start(), window.is_at_end()), (false, true));
    assert_eq!(window.number(99, Some(1_000_000)), Some(1_000_000));
    assert_eq!(window.number(0, None), None);
}

#[test]
fn a_row_that_moved_is_not_loaded_twice() {
    let mut server = Server::with(150);
    let stretch = Stretch::start();
    let rows = server.answer(&stretch.plan);
    let mut window = stretch.into_window(rows);
    server.users.insert(0, 999);
    let plan = window.plan(Side::After, by(OrderField::FirstName)).unwrap();
    let rows = server.answer(&plan);
    window.extend(Side::After, &plan, rows, 0);
    assert_eq!(numbers(&window), (0..150).collect::<Vec<_>>());
}

#[test]
fn a_page_that_brings_nothing_new_ends_the_walk() {
    let server = Server::with(150);
    let stretch = Stretch::start();
    let rows = server.answer(&stretch.plan);
    let mut window = stretch.into_window(rows);
    let plan = window.plan(Side::After, by(OrderField::CreatedAt)).unwrap();
    window.extend(Side::After, &plan, (0..100).map(user).collect(), 0);
    assert_eq!(window.plan(Side::After, by(OrderField::CreatedAt)), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// However one walks, the rows are one stretch of the result without a gap, numbered right, and not too many.
    #[test]
    fn the_window_is_always_one_stretch_of_the_result(
        count in 0_usize..2_000,
        cursor_order: bool,
        from_end: bool,
        steps in prop::collection::vec((0_u8..3, 0.0_f64..1.0), 0..40),
    ) {
        let order = by(if cursor_order { OrderField::CreatedAt } else { OrderField::Username });
        let server = Server::with(count);
        let total = Some(u64::try_from(count).unwrap());
        let stretch = if from_end { Stretch::end() } else { Stretch::start() };
        let rows = server.answer(&stretch.plan);
        let mut window = stretch.into_window(rows);
        for (step, at) in steps {
            let length = window.rows().len();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a small index")]
            let cursor = ((length as f64) * at) as usize;
            let side = match step {
                0 => Side::Before,
                1 => Side::After,
                _ => {
                    let seen = window.rows().get(cursor).map(|row| row.id.clone());
                    let bottom = (cursor + 20).min(length.saturating_sub(1));
                    let stretch = window.again(cursor, bottom, order);
                    let rows = server.answer(&stretch.plan);
                    window = stretch.into_window(rows);
                    if let Some(seen) = seen {
                        prop_assert!(window.rows().iter().any(|row| row.id == seen), "{seen} was on the screen");
                    }
                    continue;
                }
            };
            let Some(plan) = window.plan(side, order) else { continue };
            let rows = server.answer(&plan);
            let near = match side { Side::After => length, Side::Before => 0 };
            window.extend(side, &plan, rows, near);
        }
        let numbers = numbers(&window);
        prop_assert!(numbers.len() <= MOST + usize::from(PAGE));
        prop_assert!(numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]));
        prop_assert_eq!(window.is_at_start() && numbers.is_empty(), count == 0);
        for (index, number) in numbers.iter().enumerate() {
            prop_assert_eq!(window.number(index, total), Some(u64::try_from(*number).unwrap() + 1));
        }
        if window.is_at_end() && count > 0 {
            prop_assert_eq!(numbers.last(), Some(&(count - 1)));
        }
        if window.is_at_start() && count > 0 {
            prop_assert_eq!(numbers.first(), Some(&0));
        }
    }
}
