//! The statistics of a book: alike however it is split, and giving everybody the place that sorting does.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use shared::grading::method::{Quota, Rounding, TieBreak, Ties};
use shared::grading::scoring::Better;
use shared::grading::{Bests, Cohort, Compiled, Input, Inputs, Method, Policy, Ranking, grade_plain, parse};
use shared::id::Key;
use shared::number::BasisPoints;

use super::any::{inputs, policy};

/// Counts a book in two parts that are merged.
fn in_parts(policy: &Policy, book: &[Inputs], cut: usize) -> Cohort {
    let (one, other) = book.split_at(cut.min(book.len()));
    let count = |part: &[Inputs]| {
        let mut bests = Bests::default();
        part.iter().for_each(|inputs| bests.add(policy, inputs));
        // As it would be kept between two parts of a run.
        serde_json::from_str::<Bests>(&serde_json::to_string(&bests).unwrap()).unwrap()
    };
    let mut bests = count(other);
    bests.merge(count(one));
    let first = bests.cohort();
    let compiled = Compiled::new(policy, &first);
    let rank = |part: &[Inputs]| {
        let mut ranking = Ranking::default();
        part.iter().for_each(|inputs| ranking.add_by(&compiled, inputs));
        serde_json::from_str::<Ranking>(&serde_json::to_string(&ranking).unwrap()).unwrap()
    };
    let mut ranking = rank(other);
    ranking.merge(rank(one));
    ranking.cohort(policy, first.clone())
}

/// The policy of one indicator that earns what is counted, with some shares.
fn by_quota(shares: &[i64], quota: Quota) -> Policy {
    let text = include_str!("../data/policies/quota-all-down.json");
    let mut policy = parse(text).unwrap();
    for (tier, share) in policy.tiers.iter_mut().zip(shares) {
        tier.share = Some(BasisPoints::new(*share).unwrap());
    }
    policy.method = Method::Quota(quota);
    policy
}

fn customer(points: i64, tie: Option<i64>) -> Inputs {
    let values = [("points", Some(points)), ("tie", tie)]
        .into_iter()
        .filter_map(|(name, value)| Some((Key::parse(name).unwrap(), Input::Measured { value: value? })));
    Inputs { segment: None, values: values.collect() }
}

/// What a customer is sorted by, greater first.
fn order(inputs: &Inputs, ties: &Ties) -> (i64, Option<i64>) {
    let value = |name: &str| inputs.get(&Key::parse(name).unwrap()).value();
    let tie = match ties {
        Ties::By(TieBreak { better: Better::Higher, .. }) => value("tie"),
        Ties::By(TieBreak { better: Better::Lower, .. }) => value("tie").map(|value| -value),
        Ties::AllUp | Ties::AllDown => None,
    };
    (value("points").unwrap(), tie)
}

/// The position of each customer's tier by sorting them all.
fn sorted(book: &[Inputs], shares: &[i64], quota: &Quota) -> Vec<usize> {
    let keys: Vec<_> = book.iter().map(|one| order(one, &quota.ties)).collect();
    let mut falling = keys.clone();
    falling.sort_by(|one, other| other.cmp(one));
    let places = |position: usize| -> usize {
        let share: i64 = shares[..=position].iter().sum();
        let exact = share * book.len() as i64;
        let whole = match quota.rounding {
            Rounding::Nearest => (exact + 5_000) / 10_000,
            Rounding::Up => (exact + 9_999) / 10_000,
            Rounding::Down => exact / 10_000,
        };
        whole as usize
    };
    let fits = |key: &(i64, Option<i64>), position: usize| {
        let places = places(position);
        let better = falling.iter().filter(|other| *other > key).count();
        let alike = falling.iter().filter(|other| *other == key).count();
        match quota.ties {
            Ties::AllDown => better + alike <= places,
            Ties::AllUp | Ties::By(_) => better < places,
        }
    };
    let last = shares.len() - 1;
    keys.iter().map(|key| (0..last).find(|position| fits(key, *position)).unwrap_or(last)).collect()
}

/// Any policy whose indicators have keys of their own, as the check demands: of two that share one, the
/// best would be that of whichever was counted first.
fn distinct() -> impl Strategy<Value = Policy> {
    policy().prop_map(|mut policy| {
        let mut seen = BTreeSet::new();
        policy.indicators.retain(|one| seen.insert(one.key.clone()));
        policy
    })
}

fn quota() -> impl Strategy<Value = Quota> {
    let by = |better| Ties::By(TieBreak { input: Key::parse("tie").unwrap(), better });
    let ties = prop::sample::select(vec![Ties::AllUp, Ties::AllDown, by(Better::Higher), by(Better::Lower)]);
    let rounding = prop::sample::select(vec![Rounding::Nearest, Rounding::Up, Rounding::Down]);
    (rounding, ties).prop_map(|(rounding, ties)| Quota { rounding, ties })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_book_comes_to_the_same_in_parts(policy in distinct(), book in vec(inputs(), 0..8), cut in 0..8_usize) {
        prop_assert_eq!(in_parts(&policy, &book, cut), Cohort::of(&policy, book.iter()));
    }

    #[test]
    fn a_cohort_gives_everybody_the_place_that_sorting_does(
        book in vec((0..12_i64, prop::option::of(-3..4_i64)), 1..40),
        quota in quota(),
        first in 0..10_000_i64,
        second in 0..10_000_i64,
    ) {
        let second = second.min(10_000 - first);
        let shares = [first, second, 10_000 - first - second];
        let book: Vec<Inputs> = book.into_iter().map(|(points, tie)| customer(points * 50, tie)).collect();
        let policy = by_quota(&shares, quota.clone());
        let cohort = Cohort::of(&policy, book.iter());
        // Kept with the run and read again, alone in a browser.
        let kept: Cohort = serde_json::from_str(&serde_json::to_string(&cohort).unwrap()).unwrap();
        prop_assert_eq!(&kept, &cohort);
        let expected = sorted(&book, &shares, &quota);
        for (inputs, position) in book.iter().zip(expected) {
            let tier = grade_plain(&policy, &kept, inputs).tier;
            prop_assert_eq!(tier.as_ref(), Some(&policy.tiers[position].key), "{:?} of {:?}", inputs, cohort);
        }
        let taken = |position: usize| {
            let within = |inputs: &&Inputs| {
                let tier = grade_plain(&policy, &kept, inputs).tier.unwrap();
                policy.tiers.iter().position(|one| one.key == tier).unwrap() <= position
            };
            book.iter().filter(within).count() as u64
        };
        for (position, cut) in kept.cuts.iter().flatten().enumerate() {
            prop_assert_eq!(cut.taken, taken(position));
        }
    }
}
