//! The lazyclerk program.

fn main() {}
