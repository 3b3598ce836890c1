//! The policy studio: drafts of the grading policy, written, tried, rehearsed and published; and any two
//! versions held against each other.

mod compare;
mod editor;
mod facts;
mod fields;
mod gates;
mod general;
mod indicators;
mod method;
mod publish;
mod question;
mod rehearsal;
mod rows;
mod scoring;
mod section;
mod segments;
mod store;
mod tiers;
mod treatment;

pub use compare::ComparePage;
pub use editor::EditorPage;
pub use rehearsal::RehearsalPage;
