//! Routes, one file per resource: decode, call the service, encode.

pub mod health;
pub mod openapi;
