//! Wire types: what travels between the app, the Worker and programs, one file per resource.
//!
//! All amounts are integers with the unit in the type, all dates `YYYY-MM-DD`, all instants
//! milliseconds since 1970 in UTC. Unknown fields of a request are refused.

pub mod audit;
pub mod customer;
pub mod dashboard;
pub mod draft;
pub mod export;
pub mod figures;
pub mod import;
pub mod page;
pub mod policy;
pub mod quarter;
pub mod regrade;
pub mod rehearsal;
pub mod review;
pub mod session;
pub mod share;
pub mod unit;
pub mod user;
