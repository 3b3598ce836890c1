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
pub mod policy_curve;
pub mod policy_difference;
pub mod policy_edit;
pub mod policy_figure;
pub mod policy_history;
pub mod policy_mistake;
pub mod policy_path;
pub mod policy_scoring;
pub mod policy_words;
pub mod problem;
pub mod rehearsal;
pub mod scale;
pub mod sentences;
pub mod sheet;
pub mod spacing;
pub mod what_if;
pub mod words;
