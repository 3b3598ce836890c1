//! The review meeting (复评, 5.1.2): who was there, what was put before it besides the grades, and its
//! minutes.
//!
//! The grades themselves move by [`step`](super::step). What the meeting decides besides is an [`Item`]:
//! the special policy of a customer (5.1.2-B), its settlement (5.1.2-C), or another matter (5.1.2-E). An
//! item has one way, and [`propose`], [`decide`] and [`withdraw`] are all of it:
//!
//! ```text
//!   propose ▶ proposed ─ decide, at the meeting, by another person ▶ decided
//!                 └───── withdraw, by whoever proposed it ─────────▶ withdrawn
//! ```
//!
//! What is decided or withdrawn is never changed; the next item about the same customer begins with what
//! was decided last.

mod item;
mod item_step;
mod minutes;
mod record;

pub use item::{Choice, Granted, GrantedFault, Item, ItemKind, ItemStage, Said};
pub use item_step::{Asked, Decided, ItemRefused, ItemScene, decide, proposable, propose, withdraw};
pub use minutes::{Case, Count, Minutes, Section, Source, Sums, Tabled, Whose, minutes};
pub use record::{Attendance, KeptIn, MAX_ATTENDANCE, Presence, Record, RecordFault, Seat, kept_in, sitting};

#[cfg(test)]
mod tests;
