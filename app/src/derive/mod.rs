//! Pure logic of views, tested natively.

pub mod customer_compare;
pub mod customer_form;
pub mod customers;
pub mod edit;
pub mod format;
pub mod import;
pub mod master;
pub mod measure;
pub mod people;
pub mod problem;
pub mod scale;
pub mod sentences;
pub mod sheet;
pub mod spacing;
pub mod what_if;
pub mod words;
