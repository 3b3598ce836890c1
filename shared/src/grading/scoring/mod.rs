//! How an input becomes points: a closed family, one file per kind.
//!
//! A new kind is a file with a type that implements [`Kind`] and a line in the list below.

mod bands;
mod best;
mod growth;
mod levels;
mod linear;
mod target;

pub use bands::{Band, Bands};
pub use best::{Best, Better};
pub use growth::Growth;
pub use levels::{Level, Levels};
pub use linear::{End, Linear};
pub use target::{Goal, Target};

use serde::Serialize;

use super::context::Context;
use super::{Input, Lack, Matched};
use crate::id::{Key, Label};
use crate::json::tagged;
use crate::number::Points;

/// What every way of scoring can do. All of it is total: any rule, any input.
pub(super) trait Kind: Sync {
    /// Points for an input; `None` for an input of the wrong sort, one that falls through the rule, or
    /// when what it is compared with is not known.
    fn points(&self, input: &Input, context: Context<'_>) -> Option<Points>;

    /// The points with what of the rule applied.
    fn explained(&self, input: &Input, context: Context<'_>) -> Option<(Points, Matched)>;

    /// What an input that could be scored is to be compared with and is not known.
    fn lacks(&self, _: Context<'_>) -> Option<Lack> {
        None
    }

    /// The most points that any input earns.
    fn full(&self) -> Points;

    /// The fewest points that any input earns.
    fn least(&self) -> Points;

    /// Whether some marks are the full marks of this rule, extra points aside.
    fn is_worth(&self, weight: Points) -> bool {
        self.full() == weight
    }

    /// The values at which earning points begins, ends or turns.
    fn stops(&self, context: Context<'_>) -> Vec<i64>;

    /// The first value, towards the best, that earns so many points, where not all earn them and some do.
    fn first_with(&self, _: i64, _: Context<'_>) -> Option<i64> {
        None
    }

    /// Inputs worth moving to.
    fn moves(&self, context: Context<'_>) -> Moves;

    /// Where an input stands on the rule's own scale: the value, or the level's position.
    /// `None` for one that the rule cannot place.
    fn place(&self, input: &Input) -> Option<i64>;

    /// Where a customer stands of whom nothing is known: where least is earned.
    fn worst(&self, context: Context<'_>) -> i64;

    /// The length of the scale.
    fn span(&self, context: Context<'_>) -> u64;
}

/// Inputs worth moving to.
pub(super) enum Moves {
    /// Each of these levels.
    Levels(Vec<Label>),
    /// Of each of these stretches the value that is nearest to where one stands.
    Stretches(Vec<(i64, i64)>),
    /// Every value from where one stands towards this one, which earns no fewer points with any step;
    /// `None` is where one stands.
    Towards(Option<i64>),
}

/// The division rounded away from zero, for the first value at which some points are reached.
fn div_away(numerator: i128, divisor: i128) -> Option<i128> {
    let (quotient, remainder) = (numerator.checked_div(divisor)?, numerator.checked_rem(divisor)?);
    let away = if (numerator < 0) == (divisor < 0) { 1 } else { -1 };
    Some(if remainder == 0 { quotient } else { quotient.saturating_add(away) })
}

macro_rules! kinds {
    ($($name:ident),+ $(,)?) => {
        /// A way of scoring.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Scoring {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        tagged! { exact Scoring, "kind": $($name(_)),+ }

        impl Scoring {
            pub(super) fn kind(&self) -> &dyn Kind {
                match self {
                    $(Self::$name(kind) => kind,)+
                }
            }
        }
    };
}

kinds! { Bands, Levels, Linear, Target, Best, Growth }

impl Scoring {
    /// The other input by which it measures, if there is one.
    pub(super) const fn measured_by(&self) -> Option<&Key> {
        match self {
            Self::Target(Target { target: Goal::Input(key), .. }) => Some(key),
            Self::Target(Target { target: Goal::Value(_), .. })
            | Self::Bands(_)
            | Self::Levels(_)
            | Self::Linear(_)
            | Self::Best(_)
            | Self::Growth(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
