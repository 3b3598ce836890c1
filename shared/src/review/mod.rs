//! The yearly review (5.1): the way of a customer's evaluation form from draft to publication.
//!
//! [`step`] is the one function by which a person moves a form, and every guard is in it: who may, when,
//! for what reason, and that nobody judges their own step. The whole of it is printed in
//! `transitions.txt`.
//!
//! ```text
//!            admit ┐                      decide (not the top grade)
//!   draft ─────────┘─ submit ▶ submitted ─ take up ▶ in_review ─────────────────────▶ confirmed ─┐
//!     │                                              │ decide (top)       decide ▲                │
//!     │                                              ▼                           │                │
//!     │                                           a_listed    refuse ┌──────▶ refused             ▼
//!     │                                              │ apply         │           ▲            effective
//!     │                                              ▼               │           │ refuse         ▲
//!     │                                           a_applied ─────────┘           │                │
//!     │                                              └─ review ▶ director_reviewed ─ approve ▶ approved
//!     └─ set aside (after the close) ▶ set_aside ─────────────────────────────────────────────────┘
//! ```
//!
//! From every stage but the first and the last, whoever brought a form there can withdraw it and whoever
//! it waits for can return it with a reason, each to the stage before. No live grade is touched before
//! [`publish`], so neither restores anything.
//!
//! What is left to whoever stores it: a form is written only over the version that was read, its [`Entry`]
//! in the same transaction, and only while the cycle is the one that was read with it. A [`Tally`] is
//! counted in the transaction that moves the cycle by it. So no form slips past a publication. The leave
//! to write comes with what is to be written, see [`Next::permit`].

mod arrow;
mod asked;
mod content;
mod credit;
mod cycle;
mod form;
mod grade;
mod hand;
mod look;
pub mod meeting;
mod moves;
mod newcomer;
mod possible;
mod refused;
mod stage;
mod state;
mod step;
mod tally;

pub use asked::{Asked, Waiting, asked_of, asked_of_cycle, disagrees};
pub use content::{Content, Cooperation, Correction, Ground, Trend, Writing};
pub use credit::{Credit, CreditFault, Rating, Terms};
pub use cycle::{
    Cycle, CycleEntry, CycleKind, CycleMove, CycleNext, CycleStep, Phase, advance, finish, gather,
};
pub use form::{Entry, Form, Ladder, Next, Scene};
pub use grade::{Published, PublishedCycle, cycle_in_force, grade_in_force};
pub use hand::{Acting, Hand, Moment, Signature, StandIn};
pub use look::{Look, LookFault, Mark, Stability};
pub use moves::{Move, Plan, Step};
pub use newcomer::{DealFault, GRACE_DAYS, YOUNG_MONTHS, Youth, deal_grade, due_on, is_full, is_new};
pub use possible::{lacks_reason, possible, possible_of_cycle};
pub use refused::{Refused, StandInFault};
pub use stage::Stage;
pub use state::{
    Application, Approval, Closure, Confirmable, Confirmation, Decision, Draft, Endorsement, Entrance,
    Listing, Proposal, Publication, Publishable, Refusable, Refusal, Review, State, Submission,
};
pub use step::{publish, step};
pub use tally::Tally;

#[cfg(test)]
mod tests;
