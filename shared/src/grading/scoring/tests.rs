use super::*;
use crate::grading::Inputs;

fn points(raw: i64) -> Points {
    Points::clamped(raw.into())
}

fn lines() -> Vec<(Scoring, Option<i64>)> {
    let mut all = Vec::new();
    let end = |value, earned| End { value, points: points(earned) };
    for (from, to) in
        [((0, 0), (10, 7)), ((10, 7), (0, 0)), ((-3, 9), (8, -4)), ((5, 1), (5, 3)), ((2, 4), (9, 4))]
    {
        let (from, to) = (end(from.0, from.1), end(to.0, to.1));
        all.push((Scoring::Linear(Linear { from, to }), None));
    }
    for (full, target, cap) in [(7, 3, None), (3, 10, Some(5)), (0, 4, None), (5, 0, None)] {
        let (full, target, cap) = (points(full), Goal::Value(target), cap.map(points));
        all.push((Scoring::Target(Target { full, target, cap }), None));
    }
    for better in [Better::Higher, Better::Lower] {
        for best in [-4, 0, 3, 9] {
            all.push((Scoring::Best(Best { full: points(8), better }), Some(best)));
        }
    }
    for (per_unit, unit, whole_units) in [
        (3, 2, true),
        (3, 2, false),
        (-3, 2, true),
        (-3, 2, false),
        (2, 7, false),
        (0, 2, true),
        (3, 0, true),
    ] {
        let (base, floor, ceiling) = (points(5), points(-4), points(11));
        let per_unit = points(per_unit);
        all.push((
            Scoring::Growth(Growth { base, origin: 1, unit, per_unit, whole_units, floor, ceiling }),
            None,
        ));
    }
    all
}

#[test]
fn the_first_value_of_a_line_that_earns_so_much_is_the_first() {
    let inputs = Inputs::default();
    for (scoring, best) in lines() {
        let (kind, context) = (scoring.kind(), Context { inputs: &inputs, best });
        let earned = |value: i64| kind.points(&Input::Measured { value }, context).map(|points| points.get());
        let values = -200..=200;
        for wanted in -6..=13 {
            let enough = |value: &i64| earned(*value).is_some_and(|earned| earned >= wanted);
            let (some, all) =
                (values.clone().any(|value| enough(&value)), values.clone().all(|value| enough(&value)));
            let found = kind.first_with(wanted, context);
            assert_eq!(found.is_some(), some && !all, "{wanted} by {scoring:?}: {found:?}");
            if let Some(value) = found {
                // What is next to it, on one side, is not enough.
                let sides = [value - 1, value + 1].map(|value| enough(&value));
                assert!(enough(&value) && sides != [true, true], "{wanted} by {scoring:?}: {value}");
            }
        }
    }
}
