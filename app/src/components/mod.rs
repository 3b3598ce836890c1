//! What pages are made of. Components take values and callbacks and load nothing.

pub mod admin_tabs;
pub mod area;
pub mod breadcrumb;
pub mod button;
pub mod copy;
pub mod curve;
pub mod customer;
pub mod dialog;
pub mod differences;
pub mod edit;
pub mod empty;
pub mod field;
pub mod form;
pub mod guarded;
pub mod icon;
pub mod load;
pub mod menu;
pub mod notice;
pub mod page_header;
pub mod progress;
pub mod select;
pub mod skeleton;
pub mod stamp;
pub mod toasts;
pub mod toggle;
pub mod toggles;
