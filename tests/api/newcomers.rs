//! New customers: graded deal by deal while they are young, asked for when they are due, taken into an open
//! review, and reviewed by themselves when none is open.

use serde_json::{Value, json};
use shared::dto::customer::{Customer, CustomerRow};
use shared::dto::page::Page;
use shared::dto::review::{
    CycleRow, DealGrade, Duties, FormView, MOST_NEWCOMERS, Newcomer, NewcomerRow, PublishedGrade,
};
use shared::id::CycleId;
use shared::problem::Code;
use shared::review::{CycleKind, Phase, Stage, Youth};
use tests::book::all;
use tests::client::{Answer, Client};
use tests::company::Company;
use tests::review::{DAY, each, forms, lead, on, opened, overview, step, taken, walk};
use tests::server::NOW;

/// A customer of unit one that the company has worked with since a day.
fn since(company: &Company, code: &str, day: &str) -> Customer {
    added(&company.promotion.client, company, code, day)
}

fn added(promotion: &Client, company: &Company, code: &str, day: &str) -> Customer {
    let body = json!({ "code": code, "name": format!("新客户{code}"), "unit": company.one.id,
        "rep": company.rep.user.id, "since": day });
    promotion.post("/customers", &body).ok()
}

fn standing(client: &Client, customer: &Customer) -> Newcomer {
    client.get(&format!("/customers/{}/newcomer", customer.id)).ok()
}

fn give(client: &Client, customer: &Customer, grade: &str, day: &str) -> Answer {
    let body = json!({ "deal": "合同 2026-017", "day": day, "grade": grade, "reason": "首单，现款" });
    client.post(&format!("/customers/{}/deal-grades", customer.id), &body)
}

fn wrong(answer: &Answer) -> (Code, String, String) {
    let problem = answer.problem();
    (problem.code, problem.fields[0].field.clone(), problem.fields[0].code.clone())
}

fn told(code: Code, field: &str, rule: &str) -> (Code, String, String) {
    (code, field.to_owned(), rule.to_owned())
}

/// How many new customers wait for somebody, as counted and as shown.
fn waiting(client: &Client) -> u64 {
    let duties: Duties = client.get("/duties").ok();
    let all: Vec<_> = duties.items.iter().filter(|duty| !duty.newcomers.is_empty()).collect();
    assert!(all.iter().all(|duty| u64::try_from(duty.newcomers.len()).unwrap() == duty.count));
    all.iter().map(|duty| duty.count).sum()
}

fn listed(client: &Client, state: &str) -> Vec<String> {
    let page: Page<NewcomerRow> = client.get(&format!("/newcomers?state={state}")).ok();
    page.items.iter().map(|row| row.code.to_string()).collect()
}

#[test]
fn a_deal_is_graded_while_its_customer_is_new() {
    let company = Company::new();
    let young = since(&company, "Y1", "2025-10-01");
    let due = since(&company, "D1", "2025-09-20");
    let old = since(&company, "O1", "2015-05-01");
    let (chief, promotion) = (&company.chief.client, &company.promotion.client);
    let seen = standing(chief, &young);
    assert_eq!((seen.state, seen.months, seen.may_grade), (Youth::Young, Some(5), true));
    assert_eq!(seen.due_on.map(|day| day.to_string()).as_deref(), Some("2026-04-01"));
    assert!(!standing(&company.rep.client, &young).may_grade);
    assert_eq!(standing(chief, &old).state, Youth::Graded);

    give(chief, &young, "B", "2026-03-20").ok::<DealGrade>();
    give(chief, &young, "C", "2026-03-26").ok::<DealGrade>();
    let path = format!("/customers/{}/deal-grades", young.id);
    let deals: Page<DealGrade> = company.rep.client.get(&path).ok();
    let grades: Vec<_> = deals.items.iter().map(|deal| (deal.grade.as_str(), deal.by.as_str())).collect();
    assert_eq!(grades, [("C", "陈志远"), ("B", "陈志远")], "newest first, and none over another");
    let one: Page<DealGrade> = chief.get(&format!("{path}?limit=1")).ok();
    let next: Page<DealGrade> = chief.get(&format!("{path}?cursor={}", one.next.unwrap())).ok();
    assert_eq!(next.items, deals.items[1..]);

    assert_eq!(wrong(&give(chief, &young, "Z", "2026-03-20")), told(Code::Invalid, "grade", "unknown"));
    assert_eq!(wrong(&give(chief, &young, "B", "2026-03-27")), told(Code::Invalid, "day", "deal_day"));
    assert_eq!(wrong(&give(chief, &young, "B", "2025-09-30")), told(Code::Invalid, "day", "deal_day"));
    assert_eq!(wrong(&give(chief, &old, "B", "2026-03-20")), told(Code::Conflict, "customer", "not_new"));
    assert_eq!(give(&company.rep.client, &young, "B", "2026-03-20").problem().code, Code::Forbidden);
    assert_eq!(give(&company.other_chief.client, &young, "B", "2026-03-20").problem().code, Code::NotFound);
    assert_eq!(give(promotion, &young, "B", "2026-03-20").problem().code, Code::Forbidden);

    // Six months are over: still a grade per deal, for thirty days.
    give(chief, &due, "B", "2026-03-26").ok::<DealGrade>();
    assert_eq!((waiting(chief), waiting(promotion), waiting(&company.other_chief.client)), (1, 1, 0));
    assert_eq!(
        (listed(chief, "due"), listed(chief, "young")),
        (vec!["D1".to_owned()], vec!["Y1".to_owned()])
    );
    assert!(listed(&company.other_chief.client, "due").is_empty() && listed(chief, "graded").is_empty());
    let last = &on(&company, "chief", 24);
    give(last, &due, "B", "2026-04-19").ok::<DealGrade>();
    let late = &on(&company, "chief", 25);
    assert_eq!(wrong(&give(late, &due, "B", "2026-04-19")), told(Code::Conflict, "customer", "overdue"));
    assert_eq!((listed(late, "overdue"), waiting(late)), (vec!["D1".to_owned()], 2));

    // A start that is corrected moves the day; without one nobody can say that it is new.
    let promotion = on(&company, "promotion", 25);
    let put = |customer: &Customer, version: i64, day: Option<&str>| {
        let body =
            json!({ "code": customer.code, "name": customer.name, "unit": customer.unit, "since": day });
        promotion.put(&format!("/customers/{}", customer.id), version, &body).ok::<Customer>()
    };
    put(&due, 1, Some("2025-11-05"));
    assert_eq!(standing(late, &due).state, Youth::Young);
    put(&due, 2, Some("2025-01-05"));
    assert_eq!(standing(late, &due).state, Youth::Overdue, "who was new stays asked for");
    put(&old, 1, Some("2016-05-01"));
    assert_eq!(standing(late, &old).state, Youth::Graded);
    put(&young, 1, None);
    assert_eq!(standing(late, &young).state, Youth::Graded);
}

#[test]
fn who_is_added_after_the_opening_is_taken_in_once_while_forms_come_in() {
    let company = Company::new();
    since(&company, "K1", "2015-05-01");
    let promotion = &company.promotion.client;
    let id = opened(promotion);
    let chief = &company.chief.client;
    let later = since(&company, "D1", "2025-09-20");
    assert_eq!(standing(chief, &later).may_join.as_ref(), Some(&id));
    assert_eq!(standing(&company.rep.client, &later).may_join, None);
    assert_eq!(waiting(chief), 1);
    let path = format!("/reviews/{id}/forms/{}", later.id);
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let (client, path) = (chief.clone(), path.clone());
            std::thread::spawn(move || client.request("POST", &path).send())
        })
        .collect();
    let answers: Vec<_> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    let (made, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((made.len(), refused.len()), (1, 3));
    assert!(refused.iter().all(|answer| answer.problem().code == Code::Taken));
    let view: FormView = made[0].ok();
    assert_eq!((view.version, view.form.state.stage(), view.ground.since), (1, Stage::Draft, later.since));

    // It counts like all others, and waits as a form and no longer as a new customer.
    assert_eq!(overview(promotion, &id).tally.map(|tally| tally.drafts), Some(2));
    assert_eq!(forms(chief, &id, "&unrated=true").len(), 2);
    assert_eq!((waiting(chief), standing(chief, &later).may_join), (0, None));
    let third = since(&company, "D2", "2025-09-20");
    let promotion = &on(&company, "promotion", 1);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    let path = format!("/reviews/{id}/forms/{}", third.id);
    let answer = on(&company, "chief", 1).request("POST", &path).send();
    assert_eq!((answer.problem().code, answer.problem().fields[0].code.as_str()), (Code::Conflict, "phase"));
}

/// Publishes a cycle whose forms are all before the meeting or set aside, three days after the opening.
fn concluded(company: &Company, id: &CycleId, day: i64) {
    let promotion = &on(company, "promotion", day);
    lead(promotion, id, &json!({ "move": "convene" })).ok::<Value>();
    each(promotion, id, &forms(promotion, id, "&stage=submitted"), |_| json!({ "move": "take_up" }));
    let before = forms(promotion, id, "&stage=in_review");
    each(promotion, id, &before, |row| json!({ "move": "decide", "grade": row.grade }));
    lead(promotion, id, &json!({ "move": "conclude" })).ok::<Value>();
    let effective = shared::calendar::Date::at(NOW + day * DAY).unwrap();
    lead(promotion, id, &json!({ "move": "publish", "effective": effective })).ok::<Value>();
    let row: CycleRow = promotion.get("/reviews").ok::<Page<CycleRow>>().items.remove(0);
    assert!(matches!(walk(promotion, row).cycle.phase, Phase::Published { .. }));
}

#[test]
fn new_customers_that_are_due_are_reviewed_by_themselves_and_nobody_else_is_touched() {
    let company = Company::new();
    let promotion = &company.promotion.client;
    let body =
        json!({ "kind": "supplementary", "year": 2026, "opens": "2026-03-26", "closes": "2026-03-26" });
    assert_eq!(wrong(&promotion.post("/reviews", &body)), told(Code::Conflict, "kind", "nobody_due"));
    for code in ["K1", "K2", "K3"] {
        since(&company, code, "2015-05-01");
    }
    let young = since(&company, "Y1", "2025-10-01");
    let id = opened(promotion);
    let submit = |_: &_| json!({ "move": "submit", "grade": "B", "reason": "年度评定" });
    each(&company.chief.client, &id, &forms(&company.chief.client, &id, ""), submit);
    concluded(&company, &id, 1);
    let tiers = |client: &Client| -> Vec<(String, Option<String>)> {
        let rows: Vec<CustomerRow> = all(client);
        rows.iter().map(|row| (row.code.to_string(), row.tier.as_ref().map(ToString::to_string))).collect()
    };
    let b = |code: &str| (code.to_owned(), Some("B".to_owned()));
    let promotion = &on(&company, "promotion", 10);
    assert_eq!(tiers(promotion), [b("K1"), b("K2"), b("K3"), b("Y1")]);

    // What the yearly review gave it before its six months was provisional: now it is due.
    let chief = &on(&company, "chief", 10);
    assert_eq!((standing(chief, &young).state, waiting(chief), waiting(promotion)), (Youth::Due, 1, 1));
    let body =
        json!({ "kind": "supplementary", "year": 2026, "opens": "2026-04-05", "closes": "2026-04-05" });
    let row: CycleRow = promotion.post("/reviews", &body).ok();
    assert_eq!((row.cycle.kind, row.progress.total), (CycleKind::Supplementary, 1));
    let row: CycleRow = step(promotion, &row).ok();
    let id = row.cycle.id;
    let rows = forms(promotion, &id, "");
    let own: Vec<_> =
        rows.iter().map(|row| (row.code.as_str(), row.last.as_ref().map(ToString::to_string))).collect();
    assert_eq!(own, [("Y1", Some("B".to_owned()))], "exactly who is due, with the grade before");
    assert_eq!(waiting(chief), 0);
    // Nobody else is taken in.
    let late = added(promotion, &company, "K9", "2015-05-01");
    let path = format!("/reviews/{id}/forms/{}", late.id);
    assert_eq!(promotion.request("POST", &path).send().problem().fields[0].code, "phase");
    taken(chief, &id, &young.id, &json!({ "move": "submit", "grade": "C", "reason": "半年评定" }));
    concluded(&company, &id, 11);

    let promotion = &on(&company, "promotion", 11);
    let none = ("K9".to_owned(), None);
    assert_eq!(tiers(promotion), [b("K1"), b("K2"), b("K3"), none, ("Y1".to_owned(), Some("C".to_owned()))]);
    let grades: Page<PublishedGrade> = promotion.get(&format!("/customers/{}/grades", young.id)).ok();
    assert_eq!(grades.items.len(), 2);
    let chief = &on(&company, "chief", 11);
    assert_eq!((standing(chief, &young).state, waiting(chief)), (Youth::Graded, 0));
    assert_eq!(wrong(&give(chief, &young, "B", "2026-04-06")), told(Code::Conflict, "customer", "not_new"));
    let verdict: Value = on(&company, "admin", 11).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}

#[test]
fn a_duty_counts_no_more_than_a_hundred_and_costs_no_more() {
    let company = Company::new();
    let promotion = &company.promotion.client;
    let rows: Vec<Value> = (0..150)
        .map(|at| json!({ "code": format!("N{at:03}"), "year": 2025, "since": "2025-09-20", "values": {} }))
        .collect();
    let start = json!({ "id": "new", "shape": "annual", "file_name": "a.csv", "as_of": "2025-12-31",
        "default_unit": company.one.id, "chunks": 1, "rows": rows.len() });
    assert!(promotion.post("/imports", &start).status < 300);
    let sent =
        promotion.request("PUT", "/imports/new/chunks/0").json(&json!({ "shape": "annual", "rows": rows }));
    let sent = sent.send();
    assert_eq!(sent.status, 200, "{}", sent.text());
    let answer = promotion.get("/duties");
    let cost = answer.cost();
    let duties: Duties = answer.ok();
    let counts: Vec<(u64, usize)> =
        duties.items.iter().map(|duty| (duty.count, duty.newcomers.len())).collect();
    assert_eq!(counts, [(u64::from(MOST_NEWCOMERS), 10)]);
    assert!(cost.0 <= 12 && cost.1 <= 150, "{cost:?}");
    assert_eq!(listed(promotion, "due&limit=200").len(), 150, "the list has them all");
}
