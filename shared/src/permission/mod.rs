//! Who may do what: roles, actions, and the one [`authorize`].

mod action;
mod authorize;
mod role;

pub use action::Action;
pub use authorize::{Actor, Denied, Permit, Reach, Scope, Target, authorize, reach, scope};
pub use role::Role;

#[cfg(test)]
mod tests;
