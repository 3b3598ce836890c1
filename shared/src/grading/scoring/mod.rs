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
use crate::number::{BasisPoints, Points};

/// What every way of scoring can do. All of it is total: any rule, any input.
pub(super) trait Kind {
    /// Points for an input, and what of the rule applied; `None` for an input of the wrong sort
    /// or one that falls through the rule.
    fn score(&self, input: &Input) -> Option<(Points, Matched)>;

    /// The most points that any input earns.
    fn full(&self) -> Points;

    /// Inputs worth moving to from here.
    fn moves(&self, from: &Input) -> Moves;

    /// How far one input is from another as a share of the rule's own scale;
    /// from missing data it is the whole scale.
    fn effort(&self, from: &Input, to: &Input) -> BasisPoints;
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

/// A distance between two values as a share of a scale, never zero for a distance that is not.
pub(super) fn distance(from: i64, to: i64, span: i128) -> BasisPoints {
    let apart = (i128::from(from) - i128::from(to)).abs();
    let share = crate::number::div_round(apart.saturating_mul(10_000), span.max(1)).unwrap_or(0);
    BasisPoints::clamped(if apart > 0 { share.max(1) } else { 0 })
}

/// The effort of supplying data that is missing: the whole scale.
pub(super) const WHOLE: i128 = 10_000;
