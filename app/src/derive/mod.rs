//! Pure logic of views, tested natively.

pub mod customers;
pub mod format;
pub mod measure;
pub mod people;
pub mod problem;
pub mod sentences;
pub mod spacing;
pub mod what_if;
pub mod words;
