//! Routes, one file per resource: decode, call the service, encode.

pub mod assessments;
pub mod audit;
pub mod customers;
pub mod directory;
pub mod drafts;
pub mod figures;
pub mod health;
pub mod imports;
pub mod openapi;
pub mod policies;
pub mod regrades;
pub mod session;
pub mod setup;
pub mod units;
pub mod users;
