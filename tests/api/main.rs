//! The API, through the front door of the built Worker in workerd with a real D1.

mod access;
mod audit;
mod budget;
mod counts;
mod customers;
mod dashboard;
mod duties;
mod errors;
mod figures;
mod imports;
mod meetings;
mod newcomers;
mod parity;
mod policies;
mod quarters;
mod real_review;
mod receivables;
mod regrades;
mod rehearsal;
mod reviews;
mod search;
mod session;
mod share;
mod share_rights;
mod users;
