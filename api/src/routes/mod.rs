//! Routes, one file per resource: decode, call the service, encode.

pub mod audit;
pub mod directory;
pub mod health;
pub mod openapi;
pub mod session;
pub mod setup;
pub mod units;
pub mod users;
