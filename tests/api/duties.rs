//! What waits for whom: counted where it stands, whatever moves it, and listed as it is counted.

use serde_json::{Value, json};
use shared::dto::page::Page;
use shared::dto::review::{Colleague, Duties, Duty, DutyKind, FormRow};
use shared::problem::Code;
use shared::review::{Step, disagrees};
use tests::book::fill;
use tests::client::Client;
use tests::company::Company;
use tests::review::{each, forms, lead, on, opened, taken};

/// What waits of a review; the chiefs' quarters wait whether one is on or not.
fn duties(client: &Client) -> Vec<Duty> {
    let all = client.get("/duties").ok::<Duties>().items.into_iter();
    all.filter(|duty| duty.kind != DutyKind::Quarter).collect()
}

/// How many forms wait for a step, as counted and as listed.
fn waits(client: &Client, id: &shared::id::CycleId, step: Step) -> u64 {
    let all = duties(client);
    let Some(duty) = all.iter().find(|duty| duty.step == Some(step)) else { return 0 };
    let query = [
        duty.stage.map(|stage| format!("&stage={stage}")),
        duty.late.map(|late| format!("&late={late}")),
        duty.unrated.map(|unrated| format!("&unrated={unrated}")),
    ];
    let listed = forms(client, id, &query.into_iter().flatten().collect::<String>());
    assert_eq!(u64::try_from(listed.len()).unwrap(), duty.count, "{duty:?}");
    assert!(duty.first.iter().zip(&listed).all(|(one, other)| one == other));
    duty.count
}

#[test]
fn late_drafts_wait_for_their_chief_and_rep_and_go_with_their_customer() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司");
    company.customer("K2", "西方封头用户有限公司");
    let id = opened(&company.promotion.client);
    assert_eq!(waits(&company.chief.client, &id, Step::Submit), 2);
    let until = duties(&company.chief.client)[0].until.map(|day| day.to_string());
    assert_eq!(until.as_deref(), Some("2026-03-26"));

    let at = |login| on(&company, login, 1);
    let (promotion, chief, rep) = (at("promotion"), at("chief"), at("rep"));
    assert!(duties(&chief).is_empty() && duties(&rep).is_empty());
    assert_eq!(waits(&promotion, &id, Step::SetAside), 2);
    taken(&promotion, &id, &customer.id, &json!({ "move": "admit", "reason": "出差" }));
    assert_eq!(waits(&promotion, &id, Step::SetAside), 1);
    assert_eq!((waits(&chief, &id, Step::Submit), waits(&rep, &id, Step::Fill)), (1, 1));

    // Handed over, it waits for the others; handed in, for nobody of them.
    let (two, other) = (&company.two.id, &company.other_rep.user.id);
    let moved = json!({ "code": "K1", "name": "东方封头用户有限公司", "unit": two, "rep": other });
    promotion.put(&format!("/customers/{}", customer.id), 1, &moved).ok::<Value>();
    let (other_chief, other_rep) = (at("other_chief"), at("other_rep"));
    assert!(duties(&chief).is_empty() && duties(&rep).is_empty());
    assert_eq!((waits(&other_chief, &id, Step::Submit), waits(&other_rep, &id, Step::Fill)), (1, 1));
    taken(&other_chief, &id, &customer.id, &json!({ "move": "submit", "grade": "B", "reason": "补交" }));
    assert!(duties(&other_chief).is_empty() && duties(&other_rep).is_empty());
    taken(&other_chief, &id, &customer.id, &json!({ "move": "withdraw" }));
    assert_eq!(waits(&other_chief, &id, Step::Submit), 1, "what was handed in once stays late");
    taken(&promotion, &id, &customer.id, &json!({ "move": "set_aside", "reason": "不再合作" }));
    assert!(duties(&other_chief).is_empty());
}

#[test]
fn finance_is_asked_for_what_it_has_not_rated() {
    let company = Company::new();
    fill(&company, 2025, 0..5);
    let id = opened(&company.promotion.client);
    let finance = &company.finance.client;
    assert_eq!(waits(finance, &id, Step::Rate), 5);
    let row = forms(finance, &id, "&unrated=true").remove(0);
    let credit = json!({ "rating": "AA", "limit": 50_000_000, "terms": { "kind": "cash" } });
    let body = json!({ "wanted": { "move": "rate", "reason": "回款及时" }, "credit": credit });
    tests::review::take(finance, &id, &row.customer, row.version, &body).ok::<Value>();
    assert_eq!(waits(finance, &id, Step::Rate), 4);
    let promotion = &on(&company, "promotion", 1);
    let rows = forms(promotion, &id, "");
    each(promotion, &id, &rows[..2], |_| json!({ "move": "set_aside", "reason": "停止合作" }));
    let left = rows[2..].iter().filter(|row| !row.rated).count();
    assert_eq!(waits(&on(&company, "finance", 1), &id, Step::Rate), u64::try_from(left).unwrap());

    // These conditions are walks of their own.
    for query in ["unrated=true&disagree=true", "late=true&stage=draft", "late=true&unrated=true"] {
        let problem = promotion.get(&format!("/reviews/{id}/forms?{query}")).problem();
        assert_eq!(problem.code, Code::Invalid, "{query}");
    }
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
}

#[test]
fn the_store_disagrees_where_the_rule_says_so() {
    let company = Company::new();
    fill(&company, 2024, 0..40);
    fill(&company, 2025, 0..60);
    let id = opened(&company.promotion.client);
    let chief = &company.chief.client;
    let rows = forms(chief, &id, "");
    each(
        chief,
        &id,
        &rows[..rows.len() / 2],
        |row| json!({ "move": "submit", "grade": if is_even(row) { "A" } else { "C" }, "reason": "试" }),
    );
    let rows: Vec<FormRow> = forms(&company.promotion.client, &id, "");
    let expected = |row: &FormRow| disagrees(row.computed.as_ref(), row.grade.as_ref(), row.last.as_ref());
    assert!(rows.iter().all(|row| row.disagrees == expected(row)));
    let (some, all) = (rows.iter().filter(|row| row.disagrees).count(), rows.len());
    assert!(0 < some && some < all, "{some} of {all}");
    assert_eq!(forms(&company.promotion.client, &id, "&disagree=true").len(), some);
}

/// Something to tell rows apart by.
fn is_even(row: &FormRow) -> bool {
    row.code.as_str().bytes().next_back().is_some_and(|last| last % 2 == 0)
}

#[test]
fn a_wrong_appointment_is_told_at_its_field() {
    let company = Company::new();
    let director = &company.director;
    let (own, finance) = (&director.user.id, &company.finance.user.id);
    let appoint = |client: &Client, absent: Option<&shared::id::UserId>, by, from: &str, until: &str| {
        client.post("/stand-ins", &json!({ "absent": absent, "by": by, "from": from, "until": until }))
    };
    let wrong = |answer: tests::client::Answer| {
        let problem = answer.problem();
        (problem.code, problem.fields[0].field.clone(), problem.fields[0].code.clone())
    };
    let told = |field: &str, code: &str| (Code::Invalid, field.to_owned(), code.to_owned());
    let (today, before) = ("2026-03-26", "2026-03-25");
    assert_eq!(wrong(appoint(&director.client, None, own, today, today)), told("by", "for_oneself"));
    assert_eq!(wrong(appoint(&director.client, None, finance, today, before)), told("until", "no_days"));
    assert_eq!(wrong(appoint(&director.client, None, finance, before, before)), told("until", "too_early"));
    let problem = appoint(&company.finance.client, Some(own), finance, today, today).problem();
    assert_eq!(problem.fields[0].code, "unasked");
    let people: Page<Colleague> = director.client.get("/colleagues?limit=3").ok();
    assert_eq!(people.items.len(), 3);
    let next = people.next.expect("more than three work here");
    let more: Page<Colleague> = director.client.get(&format!("/colleagues?cursor={next}")).ok();
    assert_eq!(more.items.len(), 7);
}

#[test]
fn a_chief_is_asked_for_the_quarter_that_ended_last_until_it_is_closed() {
    let company = Company::new();
    let quarters = |client: &Client| -> Vec<Duty> {
        let all = client.get("/duties").ok::<Duties>().items.into_iter();
        all.filter(|duty| duty.kind == DutyKind::Quarter).collect()
    };
    let told = |duty: &Duty| {
        [
            duty.quarter.map(String::from),
            duty.from.map(|day| day.to_string()),
            duty.until.map(|day| day.to_string()),
        ]
    };
    let said = |texts: [&str; 3]| texts.map(|text| Some(text.to_owned()));
    let chief = &company.chief.client;
    let duty = quarters(chief).pop().unwrap();
    assert_eq!(told(&duty), said(["2025Q4", "2026-01-01", "2026-01-31"]));
    assert_eq!((duty.count, &duty.stand_in), (1, &None));
    for client in [
        &company.rep.client,
        &company.promotion.client,
        &company.director.client,
        &company.general_manager.client,
    ] {
        assert!(quarters(client).is_empty());
    }

    // Begun it is due still; closed no more, and the other section's is its own.
    let path = format!("/quarters/2025Q4/units/{}", company.one.id);
    let look = json!({ "typed": 5_000, "stability": "steady", "cause": "老客户稳定", "room": "无", "conclusion": "保A" });
    chief.put(&path, 0, &json!({ "look": look })).ok::<Value>();
    assert_eq!(quarters(chief).len(), 1);
    chief.put(&path, 1, &json!({ "look": look, "close": true })).ok::<Value>();
    assert!(quarters(chief).is_empty());
    assert_eq!(quarters(&company.other_chief.client).len(), 1);
    // With the next quarter's end the next one is asked for.
    let later = quarters(&on(&company, "chief", 7)).pop().unwrap();
    assert_eq!(told(&later), said(["2026Q1", "2026-04-01", "2026-04-30"]));
}
