//! Where revenue sits: how few customers make how much of it.

use super::Size;
use crate::number::{BasisPoints, Fen, ratio};

/// A point of the curve: the largest customers, so many of them, have so much of all sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// How many of the largest.
    pub customers: u64,
    /// Their share of the customers whose sales are known.
    pub of_customers: BasisPoints,
    /// What they bought.
    pub sales: Fen,
    /// Its share of all sales.
    pub of_sales: BasisPoints,
}

/// The fewest of the largest customers that are known to have such a share of all sales: the first point of
/// a curve that reaches it.
#[must_use]
pub fn needed(curve: &[Point], of_sales: BasisPoints) -> Option<Point> {
    curve.iter().find(|point| point.of_sales >= of_sales).copied()
}

/// The curve from the largest customers to all of them. Each point is at the end of a class of size, where it is exact.
/// Empty when nobody bought anything.
#[must_use]
pub fn concentration(sizes: &[Size]) -> Vec<Point> {
    let mut sizes = sizes.to_vec();
    sizes.sort_by_key(|size| std::cmp::Reverse(size.class));
    let (all, total) = sizes.iter().fold((0_u64, Fen::ZERO), |(all, total), size| {
        (all.saturating_add(size.customers), total.plus(size.sales))
    });
    let mut points = Vec::with_capacity(sizes.len());
    let (mut customers, mut sales) = (0_u64, Fen::ZERO);
    for size in sizes {
        customers = customers.saturating_add(size.customers);
        sales = sales.plus(size.sales);
        let (Some(of_customers), Some(of_sales)) = (ratio(customers, all), ratio(sales.get(), total.get()))
        else {
            return Vec::new();
        };
        points.push(Point { customers, of_customers, sales, of_sales });
    }
    points
}

/// A curve with fewer points, each still one of its own: the first, the last, and between them those that lie
/// at least `step` beyond the one before, in customers or in sales. At most 20,000 / `step` + 2 are left.
#[must_use]
pub fn thinned(curve: &[Point], step: BasisPoints) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in curve {
        let far = |from: BasisPoints, to: BasisPoints| to.get().saturating_sub(from.get()) >= step.get();
        if kept.last().is_none_or(|last| {
            far(last.of_customers, point.of_customers) || far(last.of_sales, point.of_sales)
        }) {
            kept.push(*point);
        }
    }
    if let Some(last) = curve.last().filter(|last| kept.last() != Some(last)) {
        kept.push(*last);
    }
    kept
}
