//! Yearly figures: saved by people, graded by the Worker, raced and refused.

use shared::calendar::Date;
use shared::dto::customer::CustomerPage;
use shared::dto::figures::{Agreement, SavedFigures};
use shared::dto::policy::PublishedPolicy;
use shared::grading::{Background, Cohort, Input, derive, grade};
use shared::id::{Key, Label};
use shared::problem::Code;
use tests::client::{Answer, Client};
use tests::company::Company;

fn save(client: &Client, customer: &str, version: i64, values: serde_json::Value) -> Answer {
    client.put(
        &format!("/customers/{customer}/years/2025/figures"),
        version,
        &serde_json::json!({ "values": values }),
    )
}

fn measured(value: i64) -> serde_json::Value {
    serde_json::json!({ "state": "measured", "value": value })
}

fn judged(level: &str) -> serde_json::Value {
    serde_json::json!({ "state": "judged", "level": level })
}

fn full() -> serde_json::Value {
    serde_json::json!({
        "annual_sales": measured(600_000_000), "price_level": measured(9_800), "collection": measured(8_200),
        "potential": measured(500), "order_planning": judged("A"), "product_fit": judged("A"),
        "communication": judged("B"), "loyalty": judged("A"),
    })
}

#[test]
fn saved_figures_are_graded_and_explained() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let saved: SavedFigures = save(&company.rep.client, customer.id.as_str(), 0, full()).ok();
    assert_eq!(saved.agreement, Agreement::Unchecked);
    assert_eq!(saved.year.tier.as_ref().map(Label::as_str), Some("A"));
    let page: CustomerPage = company.chief.client.get(&format!("/customers/{}", customer.id)).ok();
    assert_eq!(page.years, std::slice::from_ref(&saved.year));
    let detail = saved.year.detail.unwrap();
    assert_eq!(detail.assessment.lines.len(), 8);
    assert_eq!(detail.assessment.score.get(), 8050);
    assert!(detail.figures.values().all(|figure| figure.by.as_str() == "李晓梅"));
}

#[test]
fn the_browsers_preview_is_compared_to_the_byte() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let policy: PublishedPolicy = company.rep.client.get("/policies/current").ok();
    let figures = serde_json::from_value(full()).unwrap();
    let background = Background {
        previous: None,
        since: customer.since,
        segment: None,
        today: Date::at(tests::server::NOW).unwrap(),
    };
    let preview = grade(&policy.policy, &Cohort::default(), &derive(&figures, 2025, background)).to_json();
    let put = |version: i64, preview: &str| -> SavedFigures {
        let body = serde_json::json!({ "values": full(), "preview": preview });
        company.rep.client.put(&format!("/customers/{}/years/2025/figures", customer.id), version, &body).ok()
    };
    let first = put(0, &preview);
    assert_eq!(first.agreement, Agreement::Confirmed);
    let forged = put(first.year.version, &preview.replace("8050", "9050"));
    assert_eq!(forged.agreement, Agreement::Differs);
    assert_eq!(forged.year.score.map(|score| score.get()), Some(8050), "the Worker's own result is kept");
}

#[test]
fn of_two_saves_racing_one_wins_and_the_other_is_told() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let first: SavedFigures = save(&company.rep.client, customer.id.as_str(), 0, full()).ok();
    let version = first.year.version;
    let racers: Vec<_> = [7_000, 9_000]
        .into_iter()
        .map(|value| {
            let (client, id) = (company.chief.client.clone(), customer.id.to_string());
            std::thread::spawn(move || {
                let answer =
                    save(&client, &id, version, serde_json::json!({ "collection": measured(value) }));
                (value, answer.status)
            })
        })
        .map(|thread| thread.join().unwrap())
        .collect();
    let won: Vec<_> = racers.iter().filter(|(_, status)| *status == 200).collect();
    let lost: Vec<_> = racers.iter().filter(|(_, status)| [409, 412].contains(status)).collect();
    assert_eq!((won.len(), lost.len()), (1, 1), "{racers:?}");
    let page: CustomerPage = company.chief.client.get(&format!("/customers/{}", customer.id)).ok();
    let detail = page.years[0].detail.clone().unwrap();
    let key = |text| Key::parse(text).unwrap();
    assert_eq!(detail.figures[&key("collection")].input, Input::Measured { value: won[0].0 });
    assert_eq!(
        detail.figures[&key("price_level")].input,
        Input::Measured { value: 9_800 },
        "nothing else is lost"
    );
}

#[test]
fn wrong_figures_name_their_key_and_change_nothing() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let cases = [
        (serde_json::json!({ "colour": measured(1) }), "values.colour"),
        (serde_json::json!({ "collection": judged("A") }), "values.collection"),
        (serde_json::json!({ "loyalty": measured(1) }), "values.loyalty"),
        (serde_json::json!({ "loyalty": judged("Z") }), "values.loyalty"),
        (serde_json::json!({ "credit_rating": judged("E") }), "values.credit_rating"),
        (serde_json::json!({ "overdue_days": measured(-1) }), "values.overdue_days"),
        (serde_json::json!({ "annual_sales": measured(i64::MAX) }), "values.annual_sales"),
    ];
    for (values, field) in cases {
        let problem = save(&company.rep.client, customer.id.as_str(), 0, values).problem();
        assert_eq!(problem.code, Code::Invalid, "{field}");
        assert!(problem.fields.iter().any(|one| one.field == field), "{field}: {:?}", problem.fields);
    }
    let future = format!("/customers/{}/years/2031/figures", customer.id);
    let answer = company.rep.client.put(&future, 0, &serde_json::json!({ "values": {} }));
    assert_eq!(answer.problem().code, Code::Invalid);
    let page: CustomerPage = company.rep.client.get(&format!("/customers/{}", customer.id)).ok();
    assert_eq!(page.years.len(), 0);
}

#[test]
fn figures_are_hidden_from_a_role_that_may_not_see_them() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    save(&company.rep.client, customer.id.as_str(), 0, full()).ok::<SavedFigures>();
    let answer = company.production.client.get(&format!("/customers/{}", customer.id));
    let page: CustomerPage = answer.ok();
    assert_eq!(page.years[0].tier.as_ref().map(Label::as_str), Some("A"));
    assert_eq!(page.years[0].detail, None);
    for secret in ["600000000", "9800", "8050"] {
        assert!(!answer.text().contains(secret), "{secret}");
        let list = company.production.client.get("/customers").text();
        assert!(!list.contains(secret), "{secret} in the list");
        let history = company.production.client.get(&format!("/customers/{}/history", customer.id)).text();
        assert!(!history.contains(secret), "{secret} in the history");
    }
    assert_eq!(company.production.client.get("/customers?sort=sales").problem().code, Code::Forbidden);
}

#[test]
fn growth_follows_from_the_year_before_and_a_corrected_year_regrades_the_next() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let put = |year: i32, version: i64, sales: i64| -> SavedFigures {
        let body = serde_json::json!({ "values": { "annual_sales": measured(sales) } });
        company
            .rep
            .client
            .put(&format!("/customers/{}/years/{year}/figures", customer.id), version, &body)
            .ok()
    };
    let growth = || {
        let page: CustomerPage = company.rep.client.get(&format!("/customers/{}", customer.id)).ok();
        let detail = page.years[0].detail.clone().unwrap();
        detail.inputs.get(&Key::parse("potential").unwrap()).clone()
    };
    let before = put(2024, 0, 100_000_000);
    put(2025, 0, 110_000_000);
    assert_eq!(growth(), Input::Measured { value: 1_000 });
    put(2024, before.year.version, 88_000_000);
    assert_eq!(growth(), Input::Measured { value: 2_500 });
}
