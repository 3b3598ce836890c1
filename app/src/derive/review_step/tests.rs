use serde_json::json;
use shared::dto::review::{ActingFor, TrailRow};
use shared::id::UserId;
use shared::permission::Role;

use super::super::review_form::tests::view;
use super::*;

fn own(step: Step) -> Offer {
    Offer { step, acting: None }
}

fn today() -> Date {
    Date::parse("2026-03-26").unwrap()
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn said(pairs: &[(&str, &str)]) -> Touched {
    pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
}

fn wrong(told: Result<MoveForm, Vec<FieldProblem>>) -> Vec<String> {
    told.unwrap_err().into_iter().map(|one| one.field).collect()
}

#[test]
fn what_brings_the_form_on_comes_first_and_others_steps_last() {
    let mut view = view();
    view.may = vec![Step::Fill, Step::Rate, Step::Submit];
    view.acting_for = vec![ActingFor {
        stand_in: StandInId::parse("s1").unwrap(),
        absent: UserId::parse("wang").unwrap(),
        name: Name::parse("王建国").unwrap(),
        may: vec![Step::Submit, Step::Withdraw],
    }];
    let all = offers(&view);
    assert_eq!(
        all.iter().map(|one| one.step).collect::<Vec<_>>(),
        [Step::Submit, Step::Rate, Step::Withdraw]
    );
    assert!(all[0].acting.is_none(), "what one can do oneself is not offered for another");
    assert_eq!(filling(&view), Some(None));
    view.may.clear();
    assert_eq!(filling(&view), None);
    view.acting_for[0].may.push(Step::Fill);
    assert!(matches!(filling(&view), Some(Some((_, name))) if name.as_str() == "王建国"));
}

#[test]
fn the_computed_grade_is_proposed_and_another_needs_a_reason() {
    let view = view();
    let computed = label("B");
    assert_eq!(beginning(Step::Submit, &view, Some(&computed)), said(&[(field::GRADE, "B")]));
    let asker = Asker {
        hand: Hand { user: UserId::parse("chief").unwrap(), on_behalf_of: None, role: Role::SectionChief },
        now: Moment::new(1_774_400_000_000).unwrap(),
        ladder: Ladder::new(vec![label("A"), label("B"), label("C")]),
    };
    let needs = |step, grade| needs_reason(step, Some(&label(grade)), &view, Some(&computed), &asker);
    assert!(!needs(Step::Submit, "B"));
    assert!(needs(Step::Submit, "A"));
    assert!(needs(Step::Return, "B") && !needs(Step::Withdraw, "B"));
    let offer = own(Step::Submit);
    let form = said(&[(field::GRADE, "A"), (field::REASON, " ")]);
    assert_eq!(wrong(told(&offer, &form, today(), true, None)), [field::REASON]);
    let sent = told(&offer, &said(&[(field::GRADE, "B")]), today(), false, None).unwrap();
    assert_eq!(sent.wanted, Move::Submit { grade: label("B"), reason: None });
}

#[test]
fn all_that_is_missing_is_said_at_once() {
    assert_eq!(
        wrong(told(&own(Step::Apply), &said(&[(field::SALES, "一年两次回访")]), today(), false, None)),
        [field::SERVICE, field::PRODUCTION]
    );
    assert_eq!(
        wrong(told(&own(Step::Rate), &Touched::new(), today(), true, None)),
        [field::RATING, field::LIMIT, field::TERMS, field::REASON]
    );
    let form = said(&[(field::GRADE, "B"), (field::REASON, "会上议定")]);
    assert_eq!(wrong(told(&own(Step::Amend), &form, today(), true, None)), [field::RAISED_BY]);
}

#[test]
fn a_credit_is_read_in_wan_yuan_and_comes_with_the_move() {
    let form = |days: &str, limit: &str| {
        said(&[
            (field::RATING, "AA"),
            (field::LIMIT, limit),
            (field::TERMS, "days"),
            (field::DAYS, days),
            (field::UNTIL, "2027-03-31"),
            (field::REASON, "按期付款"),
        ])
    };
    let offer = Offer {
        step: Step::Rate,
        acting: Some((StandInId::parse("s1").unwrap(), Name::parse("王建国").unwrap())),
    };
    let sent = told(&offer, &form("60", "50"), today(), true, None).unwrap();
    let credit = sent.credit.unwrap();
    assert_eq!((credit.limit.get(), credit.terms), (50_000_000, Terms::Days { days: 60 }));
    assert_eq!(sent.stand_in.unwrap().as_str(), "s1");
    for days in ["0", "731", "x"] {
        assert_eq!(wrong(told(&offer, &form(days, "50"), today(), true, None)), [field::DAYS], "{days}");
    }
    for limit in ["-1", "x"] {
        assert_eq!(wrong(told(&offer, &form("60", limit), today(), true, None)), [field::LIMIT], "{limit}");
    }
    let past = said(&[
        (field::LIMIT, "-1"),
        (field::TERMS, "cash"),
        (field::UNTIL, "2026-03-25"),
        (field::REASON, "x"),
    ]);
    assert_eq!(
        wrong(told(&offer, &past, today(), true, None)),
        [field::RATING, field::LIMIT, field::UNTIL],
        "all at once, though the rating is not there"
    );
    // What it begins with next time is what was set.
    let mut view = view();
    view.credit = told(&offer, &form("60", "50"), today(), true, None).unwrap().credit;
    let again = beginning(Step::Rate, &view, None);
    assert_eq!(again.get(field::LIMIT).map(String::as_str), Some("50"));
    assert_eq!(again.get(field::DAYS).map(String::as_str), Some("60"));
}

#[test]
fn an_application_begins_with_the_plan_it_had() {
    let mut view = view();
    assert!(beginning(Step::Apply, &view, None).is_empty(), "there was none");
    let row = |step: Step, changes: serde_json::Value| -> TrailRow {
        let hand = json!({ "user": "chief", "role": "section_chief" });
        let entry =
            json!({ "round": 1, "at": 0, "hand": hand, "step": step, "from": "a_listed", "to": "a_applied" });
        serde_json::from_value(json!({ "entry": entry, "changes": changes })).unwrap()
    };
    let plan = |service: &str| {
        let after = json!({ "service": service, "production": "优先排产", "sales": "年度返利" });
        row(Step::Apply, json!({ "plan": { "before": null, "after": after } }))
    };
    let back = row(Step::Return, json!({}));
    view.trail = vec![plan("专人"), back.clone(), plan("专人，每月回访"), back.clone()];
    let begun = beginning(Step::Apply, &view, None);
    let last =
        [(field::SERVICE, "专人，每月回访"), (field::PRODUCTION, "优先排产"), (field::SALES, "年度返利")];
    assert_eq!(begun, said(&last));
    assert!(told(&own(Step::Apply), &begun, today(), false, None).is_ok());
    assert!(beginning(Step::Withdraw, &view, None).is_empty(), "no other step asks for one");
    // A trail from before it kept plans.
    view.trail = vec![row(Step::Apply, json!({})), back];
    assert!(beginning(Step::Apply, &view, None).is_empty());
}

#[test]
fn every_rule_that_refuses_has_its_words() {
    for rule in ["role", "stage", "window", "own_step", "stand_in", "no_reason", "top_refused", "day"] {
        assert!(refusal(rule).is_some(), "{rule}");
    }
    assert_eq!(refusal("empty"), None);
}
