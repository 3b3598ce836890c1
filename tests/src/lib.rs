//! Drives the built product over HTTP, as a browser or a program of a customer would.

pub mod book;
pub mod client;
pub mod company;
pub mod review;
pub mod server;
pub mod share;
