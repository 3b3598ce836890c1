//! Bands: every integer must fall in exactly one.

use super::{Fix, Found, MistakeKind};
use crate::grading::scoring::{Band, Bands};

/// Holes, overlaps, and bands into which nothing falls.
pub(super) fn bands(rule: &Bands, path: &str, found: &mut Found) {
    let at = |index: usize| format!("{path}.bands.{index}");
    if rule.bands.is_empty() {
        found.add(format!("{path}.bands"), MistakeKind::Empty, Fix::AddOne);
    }
    for (index, band) in rule.bands.iter().enumerate() {
        if band.at_least.is_some() && band.above.is_some() {
            found.add(format!("{}.above", at(index)), MistakeKind::Unused, Fix::Remove);
        }
        if band.at_most.is_some() && band.below.is_some() {
            found.add(format!("{}.below", at(index)), MistakeKind::Unused, Fix::Remove);
        }
    }
    let mut order: Vec<(usize, &Band)> = rule.bands.iter().enumerate().collect();
    order.sort_by_key(|(_, band)| band.ends());
    // The next integer not yet in a band; past the last one there is none.
    let mut next = Some(i64::MIN);
    for (index, band) in &order {
        let (low, high) = band.ends();
        if low > high {
            found.add(at(*index), MistakeKind::Impossible, Fix::SwapBounds);
            continue;
        }
        match next {
            Some(expected) if low > expected => {
                let mistake = found.add(at(*index), MistakeKind::Hole, Fix::Widen);
                let _ = mistake.given(span(expected, low.saturating_sub(1)));
            }
            Some(expected) if low == expected => {}
            Some(_) | None => {
                let end = next.map_or(i64::MAX, |expected| expected.saturating_sub(1));
                let mistake = found.add(at(*index), MistakeKind::Overlap, Fix::Narrow);
                let _ = mistake.given(span(low, end.min(high)));
            }
        }
        next = next.and_then(|expected| high.max(expected.saturating_sub(1)).checked_add(1));
    }
    if let (Some(expected), Some((last, _))) = (next, order.last()) {
        let mistake = found.add(at(*last), MistakeKind::Hole, Fix::Widen);
        let _ = mistake.given(span(expected, i64::MAX));
    }
}

/// Values from one to another; past the ends of what can be counted they are open.
fn span(low: i64, high: i64) -> String {
    match (low, high) {
        (i64::MIN, i64::MAX) => "…".to_owned(),
        (i64::MIN, high) => format!("≤ {high}"),
        (low, i64::MAX) => format!("≥ {low}"),
        (low, high) if low == high => low.to_string(),
        (low, high) => format!("{low} … {high}"),
    }
}
