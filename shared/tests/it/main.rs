//! Grading held against data files and against properties that any policy and input must keep.

#[cfg(test)]
mod any;
#[cfg(test)]
mod bounds;
#[cfg(test)]
mod check;
#[cfg(test)]
mod cohort;
#[cfg(test)]
mod example;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod house;
#[cfg(test)]
mod meeting;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod review;
#[cfg(test)]
mod ways;
