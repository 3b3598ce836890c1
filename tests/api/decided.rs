//! What was decided of a customer, year by year, with the explanation saved at each decision.

use serde_json::{Value, json};
use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::customer::CustomerPage;
use shared::dto::page::Page;
use shared::dto::review::{CycleRow, GradedYear, MovedForm};
use shared::id::{CustomerId, CycleId, Label};
use shared::review::Step;
use tests::book::{all, fill};
use tests::client::Client;
use tests::company::Company;
use tests::review::{each, form, forms, lead, on, open, opened, take, taken, walk};

fn decided(client: &Client, customer: &CustomerId) -> Vec<GradedYear> {
    client.get(&format!("/customers/{customer}")).ok::<CustomerPage>().decided
}

/// The steps of a form that say a grade, each with the score computed at the time.
fn scores(client: &Client, cycle: &CycleId, customer: &CustomerId) -> Vec<(Step, i64)> {
    let trail = form(client, cycle, customer).trail;
    trail.into_iter().filter_map(|row| Some((row.entry.step, row.assessment?.score.get()))).collect()
}

/// Sets everybody else aside, so that the cycle can be published.
fn publish(company: &Company, cycle: &CycleId) {
    let promotion = &on(company, "promotion", 1);
    let aside = json!({ "move": "set_aside", "reason": "试" });
    each(promotion, cycle, &forms(promotion, cycle, "&stage=draft"), |_| aside.clone());
    lead(promotion, cycle, &json!({ "move": "conclude" })).ok::<Value>();
    let row: CycleRow = lead(promotion, cycle, &json!({ "move": "publish", "effective": "2026-03-28" })).ok();
    walk(&on(company, "promotion", 2), row);
}

#[test]
fn each_decision_keeps_its_explanation_and_last_year_stands_beside_this_one() {
    let company = Company::new();
    fill(&company, 2024, 1_000..1_004);
    fill(&company, 2025, 1_000..1_004);
    let customer = all(&company.promotion.client)[2].id.clone();
    let id = opened(&company.promotion.client);
    let chief = &company.chief.client;

    // Before the first publication, the year before is as its figures gave it.
    let opening = form(chief, &id, &customer);
    let before = opening.before.clone().unwrap();
    let page: CustomerPage = chief.get(&format!("/customers/{customer}")).ok();
    let year = page.years.iter().find(|view| view.year == 2024).unwrap();
    assert_eq!((before.year, &before.cycle, before.at), (2024, &None, year.graded_at));
    assert_eq!(before.assessment.as_ref(), year.detail.as_ref().map(|detail| &detail.assessment));
    assert!(page.decided.is_empty());

    // Proposed, amended at the table, decided: each with what was computed then.
    taken(chief, &id, &customer, &json!({ "move": "submit", "grade": "B", "reason": "稳定" }));
    let promotion = &on(&company, "promotion", 1);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    let view = taken(promotion, &id, &customer, &json!({ "move": "take_up" }));
    let amend = json!({ "move": "amend", "grade": "B", "raised_by": "生产部", "reason": "回款有误" });
    let content = json!({ "values": { "collection": { "state": "measured", "value": 0 } } });
    let body = json!({ "wanted": amend, "content": content });
    let amended: MovedForm = take(promotion, &id, &customer, view.version, &body).ok();
    let (proposed, computed) = (view.assessment.score.get(), amended.form.assessment.score.get());
    assert!(computed < proposed);
    let decide = json!({ "move": "decide", "grade": "B", "reason": "维持" });
    let view = taken(promotion, &id, &customer, &decide);
    let said = [(Step::Submit, proposed), (Step::Amend, computed), (Step::Decide, computed)];
    assert_eq!(scores(promotion, &id, &customer), said);

    // It is on the customer's page while it stands; who sees no figures sees the grade.
    let one = decided(promotion, &customer).pop().unwrap();
    assert_eq!((one.year, one.cycle.as_ref(), one.effective), (2025, Some(&id), None));
    assert_eq!(
        (one.grade.as_ref().map(Label::as_str), one.at),
        (Some("B"), view.trail.last().unwrap().entry.at)
    );
    assert_eq!(one.assessment.as_ref(), Some(&view.assessment));
    let hidden = decided(&on(&company, "production", 1), &customer).pop().unwrap();
    assert_eq!((&hidden.grade, &hidden.assessment), (&one.grade, &None));
    taken(promotion, &id, &customer, &json!({ "move": "withdraw" }));
    assert!(decided(promotion, &customer).is_empty());
    assert_eq!(scores(promotion, &id, &customer), said, "what was decided once stays told");
    taken(promotion, &id, &customer, &decide);

    // Published, it is the year before of the next form, and of no earlier one.
    publish(&company, &id);
    let promotion = &on(&company, "promotion", 2);
    let one = decided(promotion, &customer).pop().unwrap();
    assert_eq!(one.effective.map(|day| day.to_string()).as_deref(), Some("2026-03-28"));
    let body = json!({ "year": 2026, "opens": "2026-03-28", "closes": "2026-03-30" });
    let next = walk(promotion, promotion.post("/reviews", &body).ok::<CycleRow>()).cycle.id;
    assert_eq!(form(promotion, &next, &customer).before, Some(one));
    assert_eq!(form(promotion, &id, &customer).before, Some(before));

    // Every event of a customer's history is one that has a sentence.
    let history: Page<AuditEvent> = promotion.get(&format!("/customers/{customer}/history?limit=200")).ok();
    let strange: Vec<_> = history
        .items
        .iter()
        .map(|event| event.verb)
        .filter(|verb| !Verb::OF_CUSTOMERS.contains(verb))
        .collect();
    assert!(history.items.len() > 5 && strange.is_empty(), "{strange:?}");

    let cost = promotion.get(&format!("/customers/{customer}")).cost();
    assert!(cost.0 <= 7 && cost.1 <= 60, "{cost:?}");
}

#[test]
fn who_was_no_customer_last_year_has_no_year_before() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司").id;
    let row = open(&company.promotion.client);
    let id = walk(&company.promotion.client, row).cycle.id;
    assert_eq!(form(&company.chief.client, &id, &customer).before, None);
}
