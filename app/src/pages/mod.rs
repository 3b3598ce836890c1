//! One module per page. Pages load and save; what they show is made of components.

pub mod customer;
pub mod customers;
pub mod dashboard;
pub mod home;
pub mod import;
pub mod links;
pub mod meeting;
pub mod minutes;
pub mod newcomers;
pub mod not_found;
pub mod parts;
pub mod password;
pub mod policy;
pub mod quarters;
pub mod review;
pub mod review_form;
pub mod setup;
pub mod shell;
pub mod sign_in;
pub mod stand_ins;
pub mod studio;
pub mod units;
pub mod users;
