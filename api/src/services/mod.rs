//! Services, one file per resource: authorize, load, decide, persist.

pub mod audit;
pub mod directory;
pub mod session;
pub mod setup;
pub mod units;
pub mod users;
