use proptest::prelude::*;

use super::*;
use crate::calendar::Date;
use crate::dto::share::NewLink;
use crate::grading::default_policy;
use crate::id::{Label, UnitId, UserId};
use crate::number::Fen;
use crate::permission::{Action, Actor, Denied, Role, Target, authorize};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn wanted() -> NewLink {
    NewLink {
        unit: UnitId::parse("u1").unwrap(),
        as_at: date("2026-03-26"),
        names: false,
        figures: false,
        credit: false,
        sheet: false,
        until: date("2026-06-30"),
        max_views: None,
        passcode: None,
    }
}

#[test]
fn a_link_stands_as_its_terms_say_on_both_sides_of_each_bound() {
    let life = Life { until: date("2026-06-30"), max_views: Some(3), views: 2, revoked: false };
    assert_eq!(life.state(date("2026-06-30")), LinkState::Open);
    assert_eq!(life.state(date("2026-07-01")), LinkState::Expired);
    assert_eq!(Life { views: 3, ..life }.state(date("2026-06-30")), LinkState::Exhausted);
    assert_eq!(Life { views: 3, max_views: None, ..life }.state(date("2026-06-30")), LinkState::Open);
    for day in ["2026-06-30", "2026-07-01"] {
        assert_eq!(Life { views: 3, revoked: true, ..life }.state(date(day)), LinkState::Revoked);
    }
}

#[test]
fn a_link_is_asked_for_within_its_bounds() {
    let today = date("2026-03-26");
    let faults = |change: fn(&mut NewLink)| {
        let mut link = wanted();
        change(&mut link);
        check(&link, today)
    };
    assert_eq!(faults(|_| ()), []);
    assert_eq!(faults(|link| link.as_at = date("2026-03-27")), [LinkFault::AsAt]);
    assert_eq!(faults(|link| link.as_at = date("2016-03-26")), []);
    assert_eq!(faults(|link| link.as_at = date("2016-03-25")), [LinkFault::AsAt]);
    assert_eq!(faults(|link| link.until = date("2026-03-26")), []);
    assert_eq!(faults(|link| link.until = date("2026-03-25")), [LinkFault::Until]);
    assert_eq!(faults(|link| link.until = date("2027-03-26")), []);
    assert_eq!(faults(|link| link.until = date("2027-03-27")), [LinkFault::Until]);
    assert_eq!(faults(|link| link.max_views = Some(0)), [LinkFault::MaxViews]);
    assert_eq!(faults(|link| link.max_views = Some(MAX_VIEWS)), []);
    assert_eq!(faults(|link| link.max_views = Some(MAX_VIEWS + 1)), [LinkFault::MaxViews]);
}

#[test]
fn a_passcode_is_not_one_that_is_tried_first() {
    let fault = |text: &str| {
        let link = NewLink { passcode: Some(text.to_owned()), ..wanted() };
        check(&link, date("2026-03-26")).pop()
    };
    for fine in ["294817", "春天来了我们走", &"xy1".repeat(13)] {
        assert_eq!(fault(fine), None, "{fine}");
    }
    for short in ["", "29481", &"xy1".repeat(14)] {
        assert_eq!(fault(short), Some(LinkFault::PasscodeLength), "{short}");
    }
    for common in ["000000", "121212", "123456", "987654", "abcdef"] {
        assert_eq!(fault(common), Some(LinkFault::PasscodeCommon), "{common}");
    }
}

#[test]
fn nobody_shares_more_than_they_see_and_only_the_owner_turns_the_address() {
    let (unit, other) = (UnitId::parse("u1").unwrap(), UnitId::parse("u2").unwrap());
    let me = UserId::parse("me").unwrap();
    let somebody = UserId::parse("somebody").unwrap();
    for role in Role::ALL {
        let actor = Actor { user: me.clone(), role, unit: Some(unit.clone()) };
        for of in [&unit, &other] {
            let target = Target::Customer { unit: of, rep: None };
            let sees = |action| authorize(&actor, action, target).is_ok();
            for bits in 0..8_u8 {
                let fields = Fields { names: bits & 1 > 0, figures: bits & 2 > 0, credit: bits & 4 > 0 };
                let may = may_make(&actor, of, fields).is_ok();
                let right = sees(Action::ShareUnit)
                    && (!fields.names || sees(Action::ReadCustomer))
                    && (!(fields.figures || fields.credit) || sees(Action::ReadFigures));
                assert_eq!(may, right, "{role:?} {fields:?}");
                assert_eq!(may_rotate(&actor, &me, of, fields).is_ok(), may, "{role:?} {fields:?}");
                assert_eq!(may_rotate(&actor, &somebody, of, fields), Err(Denied::Forbidden));
            }
            assert!(may_revoke(&actor, &me) && may_see(&actor, &me, of), "the own one, come what may");
            assert_eq!(may_revoke(&actor, &somebody), role == Role::Admin);
            assert_eq!(may_see(&actor, &somebody, of), sees(Action::ShareUnit), "{role:?}");
        }
    }
}

fn label(text: &str) -> Option<Label> {
    Label::parse(text).ok()
}

fn ladder() -> Vec<Rung> {
    Rung::all(&default_policy().unwrap())
}

fn group(tier: &str, before: &str, rating: &str, customers: u32) -> Group {
    let (tier, before, rating) = (label(tier), label(before), label(rating));
    Group { tier, before, rating, customers, sales: None, lacking: 0 }
}

#[test]
fn a_summary_names_every_grade_of_the_policy_then_former_ones_then_those_without() {
    let groups = [
        group("", "B", "", 1),
        group("A", "B", "AA", 2),
        group("B", "B", "AAA", 3),
        group("C", "A", "D", 4),
        group("优", "C", "?", 5),
        group("B", "", "D", 6),
        group("", "", "", 7),
    ];
    let summary = Summary::of(&ladder(), &groups);
    let tiers: Vec<_> = summary
        .tiers
        .iter()
        .map(|line| (line.tier.as_ref().map_or("", |rung| rung.tier.as_str()), line.customers, line.before))
        .collect();
    assert_eq!(tiers, [("A", 2, 4), ("B", 9, 6), ("C", 4, 5), ("优", 5, 0), ("", 8, 0)]);
    let ratings: Vec<_> = summary
        .ratings
        .iter()
        .map(|line| (line.rating.as_ref().map_or("", Label::as_str), line.customers))
        .collect();
    assert_eq!(ratings, [("AAA", 3), ("AA", 2), ("D", 10), ("?", 5), ("", 8)]);
    assert_eq!(summary.moves, Moves { up: 2, down: 4, same: 10, fresh: 6, lost: 1, other: 5 });
    assert_eq!((summary.customers, summary.pages()), (28, 1));
    let none = Summary::of(&ladder(), &[]);
    assert_eq!((none.tiers.len(), none.customers, none.pages()), (3, 0, 0));
}

#[test]
fn sales_add_up_as_far_as_they_are_known() {
    let some = |sales: Option<i64>, customers, lacking| Group {
        sales: sales.and_then(|sales| Fen::new(sales).ok()),
        lacking,
        ..group("A", "A", "", customers)
    };
    let first = |groups: &[Group]| {
        let line = Summary::of(&ladder(), groups).tiers.remove(0);
        (line.sales.map(Fen::get), line.lacking)
    };
    assert_eq!(first(&[some(None, 2, 2)]), (None, 2));
    assert_eq!(first(&[some(None, 2, 2), some(Some(-5), 3, 1), some(Some(7), 1, 0)]), (Some(2), 3));
    let most = crate::number::MAX_SAFE;
    assert_eq!(first(&[some(Some(most), 1, 0), some(Some(1), 1, 0)]), (Some(most), 0));
}

fn any_group() -> impl Strategy<Value = Group> {
    let tier = || prop::sample::select(vec!["", "A", "B", "C", "X", "Y"]);
    (tier(), tier(), prop::sample::select(vec!["", "AAA", "D", "Z"]), 0_u32..2_000)
        .prop_map(|(tier, before, rating, customers)| group(tier, before, rating, customers))
}

proptest! {
    #[test]
    fn every_customer_is_counted_once_in_each_way_of_counting(groups in prop::collection::vec(any_group(), 0..60)) {
        let summary = Summary::of(&ladder(), &groups);
        let all: u32 = groups.iter().map(|group| group.customers).sum();
        prop_assert_eq!(summary.customers, all);
        prop_assert_eq!(summary.tiers.iter().map(|line| line.customers).sum::<u32>(), all);
        prop_assert_eq!(summary.ratings.iter().map(|line| line.customers).sum::<u32>(), all);
        let Moves { up, down, same, fresh, lost, other } = summary.moves;
        prop_assert_eq!(up + down + same + fresh + lost + other, all);
        let before: u32 = groups.iter().filter(|one| one.before.is_some()).map(|one| one.customers).sum();
        prop_assert_eq!(summary.tiers.iter().map(|line| line.before).sum::<u32>(), before);
        let mut turned = groups;
        turned.reverse();
        prop_assert_eq!(Summary::of(&ladder(), &turned), summary);
    }
}
