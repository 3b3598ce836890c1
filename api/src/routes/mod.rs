//! Routes, one file per resource: decode, call the service, encode.

pub mod assessments;
pub mod audit;
pub mod customers;
pub mod dashboard;
pub mod directory;
pub mod drafts;
pub mod duties;
pub mod figures;
pub mod forms;
pub mod grades;
pub mod health;
pub mod imports;
pub mod meetings;
pub mod newcomers;
#[cfg(not(target_arch = "wasm32"))]
pub mod openapi;
pub mod policies;
pub mod quarters;
pub mod regrades;
pub mod reviews;
pub mod session;
pub mod setup;
pub mod share;
pub mod stand_ins;
pub mod units;
pub mod users;
