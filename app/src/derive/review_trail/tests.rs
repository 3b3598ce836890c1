use serde_json::json;
use shared::dto::figures::Source;
use shared::grading::default_policy;
use shared::permission::Role;
use shared::review::Stage;

use super::*;

fn user(text: &str) -> UserId {
    UserId::parse(text).unwrap()
}

fn label(text: &str) -> Option<Label> {
    Some(Label::parse(text).unwrap())
}

fn people() -> People {
    let name = |text| Name::parse(text).unwrap();
    [(user("li"), name("李晓梅")), (user("wang"), name("王建国"))].into()
}

fn entry(step: Step) -> Entry {
    Entry {
        round: 1,
        at: 0,
        hand: Hand { user: user("li"), on_behalf_of: None, role: Role::SectionChief },
        step,
        from: Stage::Draft,
        to: Stage::Submitted,
        computed: label("B"),
        grade: None,
        reason: None,
        raised_by: None,
    }
}

fn both(entry: &Entry) -> (String, String) {
    let policy = default_policy().unwrap();
    let said = |lang| sentence(lang, entry, &people(), &policy);
    (said(Lang::Zh), said(Lang::En))
}

#[test]
fn a_proposal_says_whether_it_differs() {
    let mut one = Entry { grade: label("B"), ..entry(Step::Submit) };
    assert_eq!(both(&one).0, "李晓梅提交初评，建议评为 B 级");
    one.grade = label("A");
    assert_eq!(both(&one).0, "李晓梅提交初评，建议评为 A 级，政策计算为 B 级");
    assert_eq!(both(&one).1, "李晓梅 submitted it, proposing grade A; the policy yields B");
    one.computed = None;
    assert!(both(&one).0.contains("依据不足"));
}

#[test]
fn who_acts_for_whom_is_said_and_an_unknown_person_is_somebody() {
    let mut one = entry(Step::Approve);
    one.hand.on_behalf_of = Some(user("wang"));
    assert_eq!(both(&one).0, "李晓梅（代王建国）批准 A 级");
    assert_eq!(both(&one).1, "李晓梅 (for 王建国) approved grade A");
    one.hand = Hand { user: user("gone"), on_behalf_of: None, role: Role::Promotion };
    assert_eq!(both(&one).1, "Somebody approved grade A");
}

#[test]
fn every_step_has_its_sentence_in_both_languages() {
    for step in Step::ALL {
        let one = Entry { grade: label("B"), raised_by: Name::parse("生产部").ok(), ..entry(step) };
        let (zh, en) = both(&one);
        assert!(zh.starts_with("李晓梅") && en.starts_with("李晓梅 "), "{step}: {zh} / {en}");
    }
    let published = both(&entry(Step::Publish));
    assert_eq!(published.0, "李晓梅公布：本年不评");
}

#[test]
fn changes_are_told_by_name_and_with_their_units() {
    let policy = default_policy().unwrap();
    let after = serde_json::to_value(Input::Measured { value: 9_000 }).unwrap();
    let before = serde_json::to_value(Input::Measured { value: 8_200 }).unwrap();
    let changed: BTreeMap<String, Value> = [
        ("values.collection".to_owned(), json!({ "before": before, "after": after })),
        ("values.price_level".to_owned(), json!({ "before": null, "after": after })),
        ("values.potential".to_owned(), json!({ "before": after, "after": null })),
        ("trend".to_owned(), json!({ "before": null, "after": "rising" })),
        ("notes".to_owned(), json!({ "before": "旧", "after": null })),
    ]
    .into();
    // A first correction stands against the figure, and one taken back gives way to it.
    let figure = |value| Figure {
        input: Input::Measured { value },
        source: Source::Annual,
        at: 1,
        by: Name::parse("苏婷").unwrap(),
    };
    let key = |text| Key::parse(text).unwrap();
    let figures = [(key("collection"), figure(1)), (key("potential"), figure(500))].into();
    let zh = changes(Lang::Zh, &policy, &figures, &changed);
    assert_eq!(
        zh,
        [
            "删去其他说明",
            "发展趋势：无 → 上升",
            "货款回收：82 % → 90 %",
            "发展潜力：90 % → 5 %",
            "销售价格：无 → 90 %",
        ]
    );
    let en = changes(Lang::En, &policy, &figures, &changed);
    assert!(en.contains(&"Trend: none → Rising".to_owned()), "{en:?}");
}

#[test]
fn what_was_applied_with_is_told_part_by_part() {
    let plan = json!({ "service": "专人", "production": "优先排产", "sales": "年度返利" });
    let changed = [("plan".to_owned(), json!({ "before": null, "after": plan }))].into();
    let told = |lang| changes(lang, &default_policy().unwrap(), &BTreeMap::new(), &changed);
    assert_eq!(told(Lang::Zh), ["服务计划：专人", "生产计划：优先排产", "销售计划：年度返利"]);
    assert_eq!(told(Lang::En)[0], "Service plan: 专人");
}

#[test]
fn of_a_credit_only_what_changed_is_told() {
    let policy = default_policy().unwrap();
    let credit = |rating: &str, days: u16| json!({ "rating": rating, "limit": 50_000_000, "terms": { "kind": "days", "days": days } });
    let told = |before: Value, after: Value| {
        let changed = [("credit".to_owned(), json!({ "before": before, "after": after }))].into();
        changes(Lang::Zh, &policy, &BTreeMap::new(), &changed)
    };
    assert_eq!(told(credit("B", 30), credit("AA", 30)), ["资信等级：B → AA"]);
    assert_eq!(told(Value::Null, credit("B", 30)).len(), 4);
    assert_eq!(told(credit("B", 30), credit("B", 60)), ["结算方式：30 天账期 → 60 天账期"]);
}
