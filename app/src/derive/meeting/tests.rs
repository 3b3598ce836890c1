use shared::grading::default_policy;
use shared::id::{CustomerCode, Name, UnitId};

use super::*;

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn row(id: &str, stage: Stage, disagrees: bool) -> FormRow {
    FormRow {
        customer: CustomerId::parse(id).unwrap(),
        code: CustomerCode::parse(id).unwrap(),
        name: Name::parse(id).unwrap(),
        unit: UnitId::parse("u").unwrap(),
        rep: None,
        stage,
        round: 1,
        since: 0,
        computed: None,
        provisional: false,
        score: None,
        grade: None,
        last: None,
        disagrees,
        rated: false,
        version: 1,
    }
}

fn form(id: &str) -> Place {
    Place::Form(CustomerId::parse(id).unwrap())
}

#[test]
fn disagreements_come_first_and_what_is_decided_moves_down() {
    let rows = [
        row("a", Stage::Confirmed, true),
        row("b", Stage::InReview, false),
        row("c", Stage::Submitted, true),
        row("d", Stage::InReview, true),
        row("e", Stage::Refused, false),
    ];
    let order = order(&rows, &[]);
    assert_eq!(order, ["d", "e", "b", "c", "a"].map(form));
    assert_eq!(beside(&order, None, false), Some(form("d")));
    assert_eq!(beside(&order, Some(&form("d")), false), Some(form("e")));
    assert_eq!(beside(&order, Some(&form("d")), true), None);
    assert_eq!(beside(&order, Some(&form("a")), false), None);
    let open = |place: &Place| *place == form("b") || *place == form("d");
    assert_eq!(next_open(&order, &form("d"), open), Some(form("b")));
    assert_eq!(next_open(&order, &form("b"), open), Some(form("d")), "from the beginning again");
    assert_eq!(next_open(&order, &form("b"), |_| false), None);
    let mut rows = rows.to_vec();
    add(&mut rows, vec![row("d", Stage::Confirmed, false), row("f", Stage::InReview, false)]);
    assert_eq!((rows.len(), rows[3].stage), (6, Stage::InReview), "each once, as it was first");
}

#[test]
fn a_grade_has_its_letter_or_its_place() {
    let tiers = ["A", "B", "C"].map(label);
    let keys = tier_keys(&tiers);
    assert_eq!(keys.iter().map(|(key, _)| *key).collect::<String>(), "abc");
    assert_eq!(tier_of(&keys, "B"), Some(&tiers[1]));
    assert_eq!(tier_of(&keys, "Enter"), None);
    let others = ["战略", "A", "a", "J"].map(label);
    assert_eq!(tier_keys(&others).iter().map(|(key, _)| *key).collect::<String>(), "1a34");
    let many: Vec<Label> = (0..12).map(|n| label(&format!("级{n}"))).collect();
    assert_eq!(tier_keys(&many).iter().filter(|(key, _)| *key == ' ').count(), 3);
    assert_eq!(tier_of(&tier_keys(&many), " "), None);
}

#[test]
fn it_is_said_what_disagrees_with_what() {
    let policy = default_policy().unwrap();
    let (a, b, c, old) = (label("A"), label("B"), label("C"), label("特级"));
    let said = |computed, table, last| why(Lang::Zh, &policy, Grades { computed, table, last });
    assert!(said(Some(&b), Some(&b), Some(&b)).is_empty());
    assert_eq!(said(Some(&c), Some(&b), Some(&b)), ["政策算得 C 级，提出 B 级"]);
    assert_eq!(said(Some(&a), None, Some(&b)), ["比上年的 B 级上升"]);
    assert_eq!(said(Some(&c), Some(&c), Some(&b)), ["比上年的 B 级下降"]);
    assert_eq!(said(Some(&c), Some(&c), Some(&old)), ["上年为特级级"]);
    assert_eq!(said(None, Some(&b), None), ["依据不足，政策没有算出等级"]);
}
