use proptest::prelude::*;

use super::*;
use crate::grading::default_policy;
use crate::number::BasisPoints;

fn cell(previous: &str, tier: &str, customers: u64) -> Cell {
    let label = |text: &str| Label::parse(text).ok();
    let unit = UnitId::parse("u1").unwrap();
    let sales = Fen::clamped(i128::from(customers) * 1_000);
    Cell { unit, previous: label(previous), tier: label(tier), customers, lacking: 1, sold: customers, sales }
}

#[test]
fn every_customer_went_one_way() {
    let order = Order::of(&default_policy().unwrap());
    let cells = [
        cell("B", "A", 3),
        cell("A", "C", 5),
        cell("B", "B", 7),
        cell("", "C", 11),
        cell("C", "", 13),
        cell("", "", 17),
        cell("优", "A", 19),
    ];
    let found = movement(&order, &cells);
    let expected = Movement { up: 3, down: 5, same: 7, gained: 11, lost: 13, ungraded: 17, other: 19 };
    assert_eq!(found, expected);
    assert_eq!(found.total(), cells.iter().map(|cell| cell.customers).sum::<u64>());
    let tiers = by_tier(&cells);
    assert_eq!(tiers[&Label::parse("A").ok()].customers, 22);
    assert_eq!(tiers[&None].lacking, 2);
    assert_eq!(by_unit(&cells).len(), 1);
    let moves = by_move(cells.iter().chain([&cell("B", "A", 4)]));
    let pair = |before: &str, now: &str| (Label::parse(before).ok(), Label::parse(now).ok());
    assert_eq!((moves.len(), moves[&pair("B", "A")].customers, moves[&pair("", "")].customers), (7, 7, 17));
    let told = order.sorted(cells.iter().map(|cell| &cell.previous));
    let named: Vec<_> = told.iter().map(|tier| tier.as_ref().map_or("", |tier| tier.as_str())).collect();
    assert_eq!(named, ["A", "B", "C", "优", ""]);
}

#[test]
fn the_largest_come_first() {
    let size = |class, customers, sales| Size { class, customers, sales: Fen::new(sales).unwrap() };
    let curve = concentration(&[size(0, 5, 0), size(710, 3, 3_100_000), size(812, 2, 25_000_000)]);
    let said: Vec<_> =
        curve.iter().map(|point| (point.customers, point.of_customers.get(), point.of_sales.get())).collect();
    let half = |share| needed(&curve, BasisPoints::clamped(share)).map(|point| point.customers);
    assert_eq!((half(5_000), half(9_000), half(10_001)), (Some(2), Some(5), None));
    assert_eq!(said, [(2, 2_000, 8_897), (5, 5_000, 10_000), (10, 10_000, 10_000)]);
    assert_eq!(concentration(&[]), []);
    assert_eq!(concentration(&[size(0, 5, 0)]), [], "nobody bought anything");
}

#[test]
fn a_thinned_curve_keeps_its_ends_and_only_points_of_its_own() {
    let point = |customers: u64, of_customers: i128, of_sales: i128| Point {
        customers,
        of_customers: BasisPoints::clamped(of_customers),
        sales: Fen::ZERO,
        of_sales: BasisPoints::clamped(of_sales),
    };
    let curve = [
        point(1, 100, 900),
        point(2, 200, 1_399),
        point(3, 300, 1_400),
        point(4, 600, 1_899),
        point(5, 800, 1_899),
        point(6, 9_990, 9_990),
        point(7, 10_000, 10_000),
    ];
    let kept = |step| {
        thinned(&curve, BasisPoints::clamped(step)).iter().map(|one| one.customers).collect::<Vec<_>>()
    };
    assert_eq!(kept(500), [1, 3, 5, 6, 7]);
    assert_eq!(kept(0), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(kept(20_000), [1, 7]);
    assert_eq!(thinned(&[], BasisPoints::clamped(500)), []);
    assert_eq!(thinned(&curve[..1], BasisPoints::clamped(500)), [curve[0]]);
}

proptest! {
    #[test]
    fn a_curve_rises_to_everything_and_never_faster_than_before(
        amounts in proptest::collection::vec(0_i64..1_000_000_000_000, 1..200),
    ) {
        prop_assume!(amounts.iter().any(|amount| *amount > 0));
        let mut sizes: std::collections::BTreeMap<u32, Size> = std::collections::BTreeMap::new();
        for amount in &amounts {
            let digits = amount.to_string();
            let class = if *amount == 0 {
                0
            } else {
                u32::try_from(digits.len()).unwrap() * 100 + format!("{digits}0")[..2].parse::<u32>().unwrap()
            };
            let size = sizes.entry(class).or_insert(Size { class, customers: 0, sales: Fen::ZERO });
            size.customers += 1;
            size.sales = size.sales.plus(Fen::new(*amount).unwrap());
        }
        let curve = concentration(&sizes.into_values().collect::<Vec<_>>());
        let last = curve.last().unwrap();
        prop_assert_eq!(last.customers, amounts.len() as u64);
        prop_assert_eq!(last.sales.get(), amounts.iter().sum::<i64>());
        prop_assert_eq!((last.of_customers.get(), last.of_sales.get()), (10_000, 10_000));
        let thin = thinned(&curve, BasisPoints::clamped(250));
        prop_assert!(thin.len() <= 82 && thin.first() == curve.first() && thin.last() == curve.last());
        prop_assert!(thin.iter().all(|point| curve.contains(point)));
        let mut sorted = amounts;
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        for point in &curve {
            let most: i64 = sorted.iter().take(usize::try_from(point.customers).unwrap()).sum();
            prop_assert_eq!(point.sales.get(), most, "the largest so many have exactly that");
        }
    }
}
