//! Exact quantities with their unit in the type: money, ratios, points.

use serde::{Deserialize, Serialize};

/// Largest integer that survives a JSON number in every browser and in the database, 2^53 − 1.
pub const MAX_SAFE: i64 = 9_007_199_254_740_991;

/// The value lies outside ±(2^53 − 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange;

impl std::fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the number must lie within ±{MAX_SAFE}")
    }
}

impl std::error::Error for OutOfRange {}

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[cfg_attr(test, schemars(extend("minimum" = -MAX_SAFE, "maximum" = MAX_SAFE)))]
        #[serde(try_from = "i64", into = "i64")]
        pub struct $name(i64);

        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0);

            /// Takes the raw integer.
            ///
            /// # Errors
            /// [`OutOfRange`] past ±(2^53 − 1).
            pub const fn new(raw: i64) -> Result<Self, OutOfRange> {
                if raw > MAX_SAFE || raw < -MAX_SAFE { Err(OutOfRange) } else { Ok(Self(raw)) }
            }

            /// The raw integer, clamped into ±(2^53 − 1).
            #[must_use]
            pub const fn clamped(raw: i128) -> Self {
                if raw > MAX_SAFE as i128 {
                    Self(MAX_SAFE)
                } else if raw < -(MAX_SAFE as i128) {
                    Self(-MAX_SAFE)
                } else {
                    Self(raw as i64)
                }
            }

            /// The raw integer.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }

            /// The sum, clamped into the safe range.
            #[must_use]
            pub const fn plus(self, other: Self) -> Self {
                Self::clamped(self.0 as i128 + other.0 as i128)
            }

            /// The difference, clamped into the safe range.
            #[must_use]
            pub const fn minus(self, other: Self) -> Self {
                Self::clamped(self.0 as i128 - other.0 as i128)
            }
        }

        impl TryFrom<i64> for $name {
            type Error = OutOfRange;
            fn try_from(raw: i64) -> Result<Self, OutOfRange> {
                Self::new(raw)
            }
        }

        impl From<$name> for i64 {
            fn from(value: $name) -> i64 {
                value.0
            }
        }
    };
}

quantity! {
    /// An amount of money in fen (分), 1/100 of a yuan; 万元 is 1 000 000 fen.
    Fen
}
quantity! {
    /// Points of a score in hundredths: 3000 is 30.00 points.
    Points
}
quantity! {
    /// A ratio in basis points: 10000 is 100 %, 8250 is 82.50 %.
    BasisPoints
}

/// The one rounding of the project: to the nearest integer, halves away from zero (四舍五入).
///
/// Returns `None` when the divisor is zero.
#[must_use]
pub const fn div_round(numerator: i128, divisor: i128) -> Option<i128> {
    if divisor == 0 {
        return None;
    }
    if let Some((short, by)) = short(numerator, divisor) {
        return Some(rounded(short, by) as i128);
    }
    let (of, by) = (numerator.unsigned_abs(), divisor.unsigned_abs());
    let up = ((of + by / 2) / by) as i128;
    Some(if (numerator < 0) == (divisor < 0) { up } else { up.wrapping_neg() })
}

/// Both numbers of a division in 64 bits, where they fit and the divisor is above zero: few need more, and it takes a
/// fraction of the time.
const fn short(numerator: i128, divisor: i128) -> Option<(i64, i64)> {
    let (short, by) = (numerator as i64, divisor as i64);
    if short as i128 == numerator && by as i128 == divisor && by > 0 { Some((short, by)) } else { None }
}

/// [`div_round`] within 64 bits, by a divisor above zero.
const fn rounded(numerator: i64, divisor: i64) -> i64 {
    // The sizes leave room for half a divisor.
    let (of, by) = (numerator.unsigned_abs(), divisor.unsigned_abs());
    let up = ((of + by / 2) / by) as i64;
    if numerator < 0 { up.wrapping_neg() } else { up }
}

/// The inverse of [`div_round`]: the least integer of which so many times, divided, is rounded to no less than
/// what is wanted. Factor and divisor are above zero; `None` where they are not.
#[must_use]
pub const fn least_rounded(wanted: i128, factor: i128, divisor: i128) -> Option<i128> {
    if factor <= 0 || divisor <= 0 {
        return None;
    }
    // Halves go away from zero: from half of one below on it is rounded up to what is wanted, and where that
    // is zero or less, from just above.
    let halves = wanted.saturating_mul(2).saturating_sub(1).saturating_mul(divisor);
    let by = factor.saturating_mul(2);
    Some(if wanted > 0 { div_ceil(halves, by) } else { div_floor(halves, by) + 1 })
}

/// The division rounded up, by a divisor above zero.
pub(crate) const fn div_ceil(numerator: i128, divisor: i128) -> i128 {
    -div_floor(numerator.saturating_neg(), divisor)
}

/// The division rounded down, by a divisor above zero.
const fn div_floor(numerator: i128, divisor: i128) -> i128 {
    match short(numerator, divisor) {
        Some((short, by)) => short.div_euclid(by) as i128,
        None => numerator.div_euclid(divisor),
    }
}

/// The nearest integer of 64 bits.
pub(crate) fn nearest(exact: i128) -> i64 {
    i64::try_from(exact).unwrap_or(if exact < 0 { i64::MIN } else { i64::MAX })
}

/// `part` of `whole` in basis points, rounded by [`div_round`]; `None` when the whole is zero.
#[must_use]
#[inline]
pub fn ratio(part: impl Into<i128>, whole: impl Into<i128>) -> Option<BasisPoints> {
    let (part, whole) = (part.into(), whole.into());
    if let Some((short, by)) = short(part, whole)
        && let Some(numerator) = short.checked_mul(10_000)
    {
        return Some(BasisPoints::clamped(rounded(numerator, by).into()));
    }
    div_round(part.saturating_mul(10_000), whole).map(BasisPoints::clamped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_that_is_rounded_to_so_much_is_the_first_that_is() {
        for (factor, divisor) in [(1, 1), (1, 2), (2, 3), (3, 2), (7, 4), (1, 10)] {
            let rounded = |n: i128| div_round(n * factor, divisor).unwrap();
            for wanted in -9..=9 {
                let least = least_rounded(wanted, factor, divisor).unwrap();
                assert!(rounded(least) >= wanted, "{least} × {factor}/{divisor}");
                assert!(rounded(least - 1) < wanted, "{least} × {factor}/{divisor}");
            }
        }
        assert_eq!((least_rounded(1, 0, 1), least_rounded(1, 1, 0)), (None, None));
        // Where 64 bits end, the division is another.
        let far = i128::from(i64::MAX);
        assert_eq!(least_rounded(far, 1, 3), Some(far * 3 - 1));
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (numerator, divisor, expected) in
            [(5, 2, 3), (-5, 2, -3), (5, -2, -3), (4, 3, 1), (-4, 3, -1), (0, 7, 0), (7, 7, 1)]
        {
            assert_eq!(div_round(numerator, divisor), Some(expected), "{numerator}/{divisor}");
        }
        assert_eq!(div_round(1, 0), None);
        // Of every integer the nearest, and of two as near the one farther from zero.
        for (numerator, divisor) in (-40..=40).flat_map(|n| (1..=9).flat_map(move |d| [(n, d), (n, -d)])) {
            let given = div_round(numerator, divisor).unwrap();
            let off = (given * divisor).abs() - numerator.abs();
            assert!(2 * off.abs() <= divisor.abs() && 2 * off != -divisor.abs(), "{numerator}/{divisor}");
        }
        assert_eq!(div_round(i128::MAX, i128::MAX), Some(1));
        assert_eq!(div_round(i128::MIN, 1), Some(i128::MIN));
        // On both sides of where 64 bits end.
        let end = i128::from(i64::MIN);
        for numerator in [end, end - 1] {
            assert_eq!(div_round(numerator, 1), Some(numerator));
            assert_eq!(div_round(numerator, -1), Some(-numerator));
            assert_eq!(div_round(numerator, numerator), Some(1));
        }
    }

    #[test]
    fn ratios_are_basis_points() {
        assert_eq!(ratio(1, 3), Some(BasisPoints(3333)));
        assert_eq!(ratio(2, 3), Some(BasisPoints(6667)));
        assert_eq!(ratio(1, 0), None);
    }

    #[test]
    fn safe_range_is_kept() {
        assert_eq!(Fen::new(MAX_SAFE + 1), Err(OutOfRange));
        assert_eq!(Fen::clamped(i128::MAX).get(), MAX_SAFE);
        assert_eq!(serde_json::from_str::<Fen>("9007199254740992").ok(), None);
    }
}
