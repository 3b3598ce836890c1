//! The book at a glance: what its numbers open, and its pictures.

use shared::book::{Cell, Order, Point, Way, by_move, needed};
use shared::grading::Policy;
use shared::id::{Label, UnitId};
use shared::number::BasisPoints;

use super::chart::{Curve, Flow, Link, Mark, Node, Picture, Said};
use super::customers::{Tier, View};
use super::format::{count, percent};
use super::look::Look;
use crate::say;

/// The shares of all sales that are asked about.
pub const REACHED: [i128; 4] = [5_000, 8_000, 9_000, 9_500];

/// The one that the curve is told by.
pub const LABELLED: i128 = 8_000;

/// How far apart the rows of a curve's table are at least, of one axis or the other.
pub const APART: i128 = 250;

/// A tier by its name.
#[must_use]
pub fn named(tier: Option<&Label>) -> String {
    tier.map_or_else(|| say!(tier.none).to_owned(), ToString::to_string)
}

/// The customers that had a tier before, have one now, or both: none of the two is asked about where it is
/// absent, and within it an absent tier is that of those without.
#[must_use]
pub fn behind(unit: Option<&UnitId>, before: Option<&Option<Label>>, now: Option<&Option<Label>>) -> View {
    let tier = |of: &Option<Label>| Tier::of(of.as_ref());
    View { unit: unit.cloned(), previous: before.map(tier), tier: now.map(tier), ..View::default() }
}

const fn way_colour(way: Way) -> &'static str {
    match way {
        Way::Up => "--success",
        Way::Down => "--error",
        Way::Same | Way::Gained | Way::Lost | Way::Ungraded | Way::Other => "--hatch",
    }
}

/// Who moved: a column of the tiers before, one of the tiers now, and as many customers between.
#[must_use]
pub fn flow(policy: &Policy, cells: &[Cell], unit: Option<&UnitId>) -> Picture {
    let order = Order::of(policy);
    let moves = by_move(cells.iter().filter(|cell| cell.customers > 0));
    let befores = order.sorted(moves.keys().map(|(before, _)| before));
    let nows = order.sorted(moves.keys().map(|(_, now)| now));
    let many = |before: Option<&Option<Label>>, now: Option<&Option<Label>>| {
        moves
            .iter()
            .filter(|((from, to), _)| before.is_none_or(|one| one == from) && now.is_none_or(|one| one == to))
            .fold(0_u64, |sum, (_, one)| sum.saturating_add(one.customers))
    };
    let node = |is_before: bool, tier: &Option<Label>| {
        let (before, now) = if is_before { (Some(tier), None) } else { (None, Some(tier)) };
        let (name, many) = (named(tier.as_ref()), count(many(before, now)));
        Node {
            before: is_before,
            said: if is_before {
                say!(dashboard.came_from, name, many)
            } else {
                say!(dashboard.are_now, name, many)
            },
            text: format!("{name} · {many}"),
            colour: Look::of(&policy.tiers, tier.as_ref()).property(),
            href: behind(unit, before, now).address(),
        }
    };
    let nodes = befores.iter().map(|one| node(true, one)).chain(nows.iter().map(|one| node(false, one)));
    let place = |among: &[Option<Label>], of: &Option<Label>| among.iter().position(|one| one == of);
    let links = moves.iter().filter_map(|((before, now), sum)| {
        let many = sum.customers;
        Some(Link {
            from: place(&befores, before)?,
            to: place(&nows, now)?.checked_add(befores.len())?,
            many,
            said: say!(dashboard.cell, named(before.as_ref()), named(now.as_ref()), count(many)),
            colour: way_colour(Way::of(&order, before.as_ref(), now.as_ref())),
            href: behind(unit, Some(before), Some(now)).address(),
        })
    });
    Picture::Flow(Flow { nodes: nodes.collect(), links: links.collect() })
}

/// What a point of the concentration says.
#[must_use]
pub fn said(point: &Point) -> String {
    say!(dashboard.point, count(point.customers), percent(point.of_customers), percent(point.of_sales))
}

/// Where revenue sits: the share of sales over the share of customers, the largest first.
#[must_use]
pub fn curve(points: &[Point]) -> Picture {
    let origin = Said { at: (BasisPoints::ZERO, BasisPoints::ZERO), said: String::new() };
    let at = |point: &Point| (point.of_customers, point.of_sales);
    let marks = REACHED.into_iter().filter_map(|reached| {
        let reached = BasisPoints::clamped(reached);
        let point = needed(points, reached)?;
        Some(Mark { at: at(&point), text: say!(dashboard.mark, percent(reached), count(point.customers)) })
    });
    Picture::Curve(Curve {
        points: std::iter::once(origin)
            .chain(points.iter().map(|point| Said { at: at(point), said: said(point) }))
            .collect(),
        marks: marks.collect(),
        across: say!(dashboard.across).to_owned(),
        up: say!(dashboard.of_sales).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use shared::book::{Size, concentration};
    use shared::grading::{Colour, default_policy};
    use shared::number::Fen;

    use super::*;

    fn cell(previous: &str, tier: &str, customers: u64) -> Cell {
        let label = |text: &str| Label::parse(text).ok();
        let unit = UnitId::parse("u1").unwrap();
        Cell {
            unit,
            previous: label(previous),
            tier: label(tier),
            customers,
            lacking: 0,
            sold: 0,
            sales: Fen::ZERO,
        }
    }

    #[test]
    fn a_flow_has_each_customer_once_on_each_side_and_opens_them() {
        let mut policy = default_policy().unwrap();
        policy.tiers[2].colour = Some(Colour::Plum);
        let cells = [
            cell("B", "A", 3),
            cell("A", "B", 5),
            cell("A", "A", 7),
            cell("", "C", 11),
            cell("C", "B", 0),
            cell("B", "A", 2),
        ];
        let unit = UnitId::parse("u1").unwrap();
        let Picture::Flow(flow) = flow(&policy, &cells, Some(&unit)) else { panic!("a flow") };
        let nodes: Vec<_> =
            flow.nodes.iter().map(|one| (one.before, one.text.as_str(), one.colour.as_str())).collect();
        let expected = [
            (true, "A · 12", "--tier-1"),
            (true, "B · 5", "--tier-2"),
            (true, "未评级 · 11", "--hatch"),
            (false, "A · 12", "--tier-1"),
            (false, "B · 5", "--tier-2"),
            (false, "C · 11", "--tier-6"),
        ];
        assert_eq!(nodes, expected);
        let link = |from, to| flow.links.iter().find(|one| (one.from, one.to) == (from, to)).unwrap();
        assert_eq!((flow.links.len(), flow.links.iter().map(|one| one.many).sum::<u64>()), (4, 28));
        assert_eq!((link(1, 3).many, link(1, 3).colour), (5, "--success"));
        assert_eq!((link(0, 4).many, link(0, 4).colour), (5, "--error"));
        assert_eq!(link(0, 4).href, "/customers?tier=B&previous=A&unit=u1");
        assert_eq!(link(2, 5).href, "/customers?tier=C&previous=none&unit=u1");
        assert_eq!(flow.nodes.first().unwrap().href, "/customers?previous=A&unit=u1");
    }

    #[test]
    fn a_curve_begins_at_nothing_and_marks_what_is_asked_about() {
        let size = |class, customers, sales| Size { class, customers, sales: Fen::new(sales).unwrap() };
        let points = concentration(&[size(0, 5, 0), size(710, 3, 3_100_000), size(812, 2, 25_000_000)]);
        let Picture::Curve(curve) = curve(&points) else { panic!("a curve") };
        let places: Vec<_> = curve.points.iter().map(|one| (one.at.0.get(), one.at.1.get())).collect();
        assert_eq!(places, [(0, 0), (2_000, 8_897), (5_000, 10_000), (10_000, 10_000)]);
        let marks: Vec<_> = curve.marks.iter().map(|one| (one.at.0.get(), one.text.as_str())).collect();
        assert_eq!(
            marks,
            [(2_000, "50 %：2 家"), (2_000, "80 %：2 家"), (5_000, "90 %：5 家"), (5_000, "95 %：5 家")]
        );
        assert_eq!(serde_json::to_value(curve.points[1].at).unwrap(), serde_json::json!([2_000, 8_897]));
    }
}
