//! The API, through the front door of the built Worker in workerd with a real D1.

mod access;
mod audit;
mod budget;
mod counts;
mod customers;
mod decided;
mod duties;
mod errors;
mod figures;
mod imports;
mod meeting_cases;
mod meetings;
mod newcomers;
mod parity;
mod policies;
mod quarters;
mod quota_review;
mod real_review;
mod receivables;
mod regrades;
mod rehearsal;
mod reviews;
mod search;
mod session;
mod users;
