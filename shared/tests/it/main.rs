//! Grading held against data files and against properties that any policy and input must keep.

mod bounds;
mod check;
mod fixtures;
mod house;
mod properties;
