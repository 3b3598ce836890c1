//! Public links: what a section or an office is shown without an account (the branch offices of 1.).
//!
//! A link shows one unit as it stood on a day, and of it only what was ticked. What it shows is kept with the
//! link when it is made, so that whoever opens it later reads the same numbers.

mod link;
mod rights;
mod summary;

pub use link::{Fields, Life, LinkFault, LinkState, MAX_VIEWS, PASSCODE_MAX, PASSCODE_MIN, check};
pub use rights::{may_make, may_revoke, may_rotate, may_see};
pub use summary::{Group, Moves, RatingLine, Rung, SharedRow, Summary, TierLine};

/// Most customers of a unit that can be shared: more than any section looks after, and few enough that what
/// a link shows is kept in one statement.
pub const MAX_CUSTOMERS: u32 = 5_000;

/// Customers on a page of the list: such a page is small for an old phone even where every name is long.
pub const PAGE_CUSTOMERS: u32 = 50;

#[cfg(test)]
mod tests;
