//! A review under a policy whose tiers are quotas of the book: every form is placed in the cohort of the cycle's
//! opening, in the Worker and in the page to the same bytes, and moves nobody else when it is corrected.

use serde_json::{Value, json};
use shared::dto::customer::CustomerPage;
use shared::dto::figures::Agreement;
use shared::dto::regrade::Regrade;
use shared::dto::review::{CycleRow, FormRow, MovedForm};
use shared::grading::{Placement, grade};
use shared::id::{Key, Label};
use shared::review::{Content, Phase};
use tests::book::{all, by_quota, fill, finish, published, start};
use tests::company::Company;
use tests::review::{each, form, forms, lead, on, opened, walk};

fn computed(row: &FormRow) -> Option<&str> {
    row.computed.as_ref().map(Label::as_str)
}

/// How many forms the policy puts in each tier, without any last.
fn tiers(rows: &[FormRow]) -> [usize; 4] {
    [Some("A"), Some("B"), Some("C"), None]
        .map(|tier| rows.iter().filter(|row| computed(row) == tier).count())
}

#[test]
fn a_review_by_quota_goes_from_its_opening_to_published_grades() {
    let company = Company::new();
    let (promotion, chief) = (&company.promotion.client, &company.chief.client);
    fill(&company, 2025, 1_000..1_060);
    let policy = published(promotion, &by_quota());
    finish(promotion, start(promotion, &[2025]).ok::<Regrade>());
    let live = all(promotion);
    let id = opened(promotion);

    // The forms are ranked as the run ranked the book: a fifth, three tenths, the rest.
    let rows = forms(promotion, &id, "");
    for row in &rows {
        let customer = live.iter().find(|one| one.id == row.customer).unwrap();
        assert_eq!((&row.computed, row.score), (&customer.tier, customer.score), "{}", row.code);
    }
    let [a, b, c, none] = tiers(&rows);
    let ranked = a + b + c;
    assert_eq!((ranked + none, a), (60, (ranked * 2 + 5) / 10), "{:?}", [a, b, c, none]);
    assert!(b > 0 && c > 0);

    // A correction places the form anew in the same cohort, in the page to the same bytes.
    let low = forms(chief, &id, "").into_iter().find(|row| computed(row) == Some("C")).unwrap();
    let view = form(chief, &id, &low.customer);
    let cohort = view.cohort.clone().expect("the cohort of the opening");
    assert!(matches!(view.assessment.placement, Some(Placement::Quota { .. })), "{:?}", view.assessment);
    assert_eq!(view.assessment, grade(&policy.policy, &cohort, &view.inputs));
    let best = json!({ "values": {
        "annual_sales": { "state": "measured", "value": 900_000_000_000_i64 },
        "price_level": { "state": "measured", "value": 11_000 },
        "collection": { "state": "measured", "value": 10_000 },
        "order_planning": { "state": "judged", "level": "A" },
        "product_fit": { "state": "judged", "level": "A" },
        "communication": { "state": "judged", "level": "A" },
        "loyalty": { "state": "judged", "level": "A" },
    } });
    let figures = view.figures.iter().map(|(key, figure)| (key.clone(), figure.input.clone())).collect();
    let writing = serde_json::from_value(best.clone()).unwrap();
    let content = Content::default().rewritten(&writing, 0, &company.chief.user.name);
    let inputs = view.ground.inputs(&figures, &content, None, &policy.policy);
    let preview = grade(&policy.policy, &cohort, &inputs);
    let path = format!("/reviews/{id}/forms/{}", low.customer);
    let body = json!({ "content": best, "preview": preview.to_json() });
    let filled: MovedForm = chief.put(&path, view.version, &body).ok();
    assert_eq!((filled.agreement, &filled.form.assessment), (Agreement::Confirmed, &preview));
    assert_eq!(preview.tier.as_ref().map(Label::as_str), Some("A"));
    let after = forms(promotion, &id, "");
    let others = |rows: &[FormRow]| -> Vec<Option<Label>> {
        let rest = rows.iter().filter(|row| row.customer != low.customer);
        rest.map(|row| row.computed.clone()).collect()
    };
    assert_eq!(others(&after), others(&rows), "nobody else is moved by it");

    // Everybody hands in what is computed; who could not be ranked needs a reason.
    let bare = after.iter().find(|row| row.computed.is_none() && row.unit == company.one.id).unwrap();
    let body = json!({ "wanted": { "move": "submit", "grade": "C" } });
    let answer = chief
        .request("POST", &format!("/reviews/{id}/forms/{}/moves", bare.customer))
        .if_version(bare.version)
        .json(&body)
        .send();
    assert_eq!(answer.problem().fields[0].code, "no_reason");
    let submit = |row: &FormRow| match computed(row) {
        Some(grade) => json!({ "move": "submit", "grade": grade }),
        None => json!({ "move": "submit", "grade": "C", "reason": "依据不足" }),
    };
    each(chief, &id, &forms(chief, &id, "&stage=draft"), submit);
    let other = &company.other_chief.client;
    each(other, &id, &forms(other, &id, "&stage=draft"), submit);

    // The meeting, the A chain, the publication.
    let promotion = &on(&company, "promotion", 1);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    each(promotion, &id, &forms(promotion, &id, "&stage=submitted"), |_| json!({ "move": "take_up" }));
    let decide = |row: &FormRow| json!({ "move": "decide", "grade": row.grade });
    each(promotion, &id, &forms(promotion, &id, "&stage=in_review"), decide);
    lead(promotion, &id, &json!({ "move": "conclude" })).ok::<Value>();
    let plan = json!({ "service": "专人", "production": "优先", "sales": "价格" });
    for login in ["chief", "other_chief"] {
        let chief = &on(&company, login, 1);
        each(chief, &id, &forms(chief, &id, "&stage=a_listed"), |_| json!({ "move": "apply", "plan": plan }));
    }
    let director = &on(&company, "director", 1);
    each(director, &id, &forms(director, &id, "&stage=a_applied"), |_| json!({ "move": "review" }));
    let manager = &on(&company, "gm", 1);
    each(manager, &id, &forms(manager, &id, "&stage=director_reviewed"), |_| json!({ "move": "approve" }));
    lead(promotion, &id, &json!({ "move": "publish", "effective": "2026-03-28" })).ok::<Value>();
    let promotion = &on(&company, "promotion", 2);
    let row: CycleRow =
        serde_json::from_value(promotion.get("/reviews").ok::<Value>()["items"][0].clone()).unwrap();
    let row = walk(promotion, row);
    assert!(matches!(row.cycle.phase, Phase::Published { .. }));
    let rows = forms(promotion, &id, "");
    for customer in all(promotion) {
        let form = rows.iter().find(|row| row.customer == customer.id).unwrap();
        assert_eq!(customer.tier, form.grade, "{}", customer.code);
    }
    // What was decided keeps the place it was given, whatever the book does later.
    let page: CustomerPage = promotion.get(&format!("/customers/{}", low.customer)).ok();
    assert_eq!(page.decided[0].assessment.as_ref(), Some(&preview));
    let sales = Key::parse("annual_sales").unwrap();
    assert_ne!(page.years[0].detail.as_ref().map(|year| year.inputs.get(&sales)), Some(inputs.get(&sales)));
    let verdict: Value = on(&company, "admin", 2).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}
