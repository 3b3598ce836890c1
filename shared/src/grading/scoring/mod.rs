//! How an input becomes points: a closed family, one file per kind.
//!
//! A new kind is a file with a type that implements [`Kind`] and a line in the list below.

mod bands;
mod levels;
mod linear;

pub use bands::{Band, Bands};
pub use levels::{Level, Levels};
pub use linear::{End, Linear};

use serde::{Deserialize, Serialize};

use super::{Input, Matched};
use crate::number::Points;

/// What every way of scoring can do. All of it is total: any rule, any input.
pub(super) trait Kind {
    /// Points for an input, and what of the rule applied; `None` for an input of the wrong sort
    /// or one that falls through the rule.
    fn score(&self, input: &Input) -> Option<(Points, Matched)>;

    /// The most points that any input earns.
    fn full(&self) -> Points;

    /// Inputs worth moving to from here.
    fn moves(&self, from: &Input) -> Moves;

    /// Where an input stands on the rule's own scale: the value, or the level's position.
    /// `None` for one that the rule cannot place.
    fn place(&self, input: &Input) -> Option<i64>;

    /// Where a customer stands of whom nothing is known: where least is earned.
    fn worst(&self) -> i64;

    /// The length of the scale.
    fn span(&self) -> i128;
}

/// Inputs worth moving to.
pub(super) enum Moves {
    /// Each of these.
    Each(Vec<Input>),
    /// Every value from the first on towards the second.
    Towards(i64, i64),
}

macro_rules! kinds {
    ($($name:ident),+ $(,)?) => {
        /// A way of scoring.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Scoring {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        impl Scoring {
            pub(super) fn kind(&self) -> &dyn Kind {
                match self {
                    $(Self::$name(kind) => kind,)+
                }
            }
        }
    };
}

kinds! { Bands, Levels, Linear }
