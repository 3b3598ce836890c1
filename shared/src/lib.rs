//! Customer grading (客户分级管理): the policy, the engine and every rule of the domain,
//! written once and compiled into both the browser and the Worker.
//!
//! Nothing here reads a clock, a random source, a file or a network: time, ids and
//! randomness are passed in, and no float takes part in a score, an amount or a date.
#![deny(missing_docs)]

pub mod book;
pub mod calendar;
pub mod dto;
pub mod format;
pub mod gather;
pub mod grading;
pub mod id;
pub mod json;
pub mod ledger;
pub mod number;
pub mod permission;
pub mod problem;
pub mod quarter;
pub mod review;
pub mod share;
