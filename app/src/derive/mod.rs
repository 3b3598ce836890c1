//! Pure logic of views, tested natively.

pub mod format;
pub mod problem;
pub mod words;
