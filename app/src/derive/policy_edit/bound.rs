//! Bounds of bands: two bands that meet at a value go on meeting when it moves.

use shared::grading::Bound;
use shared::grading::scoring::{Band, Bands};

/// An end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The lower one.
    Low,
    /// The upper one.
    High,
}

impl Side {
    const fn other(self) -> Self {
        match self {
            Self::Low => Self::High,
            Self::High => Self::Low,
        }
    }

    /// The bound of a band on this side.
    #[must_use]
    pub fn of(self, band: &Band) -> Option<Bound> {
        match self {
            Self::Low => band.low(),
            Self::High => band.high(),
        }
    }

    fn put(self, band: &mut Band, bound: Option<Bound>) {
        let (closed, open) = match bound {
            Some(Bound { value, inclusive: true }) => (Some(value), None),
            Some(Bound { value, inclusive: false }) => (None, Some(value)),
            None => (None, None),
        };
        match self {
            Self::Low => (band.at_least, band.above) = (closed, open),
            Self::High => (band.at_most, band.below) = (closed, open),
        }
    }
}

/// The bound at which a band ends that begins beyond this one.
const fn complement(bound: Bound) -> Bound {
    Bound { value: bound.value, inclusive: !bound.inclusive }
}

/// Moves an end of a band, and the end of the band that meets it there.
pub fn set_bound(rule: &mut Bands, at: usize, side: Side, bound: Option<Bound>) {
    let Some(band) = rule.bands.get_mut(at) else { return };
    let was = side.of(band);
    side.put(band, bound);
    let (Some(was), Some(now)) = (was, bound) else { return };
    let meets = |band: &Band| side.other().of(band) == Some(complement(was));
    let neighbour = rule.bands.iter_mut().enumerate().find(|(index, band)| *index != at && meets(band));
    if let Some((_, neighbour)) = neighbour {
        side.other().put(neighbour, Some(complement(now)));
    }
}

#[cfg(test)]
mod tests {
    use shared::grading::{Scoring, default_policy};

    use super::*;

    #[test]
    fn bands_that_meet_go_on_meeting() {
        let policy = default_policy().unwrap();
        let Scoring::Bands(first) = &policy.indicators[0].scoring else { panic!("bands") };
        let mut rule = first.clone();
        set_bound(&mut rule, 1, Side::Low, Some(Bound { value: 400_000_000, inclusive: false }));
        assert_eq!((rule.bands[1].at_least, rule.bands[1].above), (None, Some(400_000_000)));
        assert_eq!((rule.bands[2].below, rule.bands[2].at_most), (None, Some(400_000_000)));
        set_bound(&mut rule, 2, Side::High, Some(Bound { value: 500_000_000, inclusive: false }));
        assert_eq!(rule, *first);
        // An end that is given up leaves the neighbour where it was.
        set_bound(&mut rule, 1, Side::Low, None);
        assert_eq!(rule.bands[2], first.bands[2]);
        set_bound(&mut rule, 99, Side::Low, None);
    }
}
