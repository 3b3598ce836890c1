//! The dashboard's sums: always what a count of the customers gives, and for each reader of what the reader sees.

use serde_json::json;
use shared::book::{Order, Overdue, OverdueKind, by_tier, movement};
use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::customer::CustomerList;
use shared::dto::dashboard::{Dashboard, Recount, Recounted};
use shared::dto::page::Page;
use shared::dto::policy::PublishedPolicy;
use shared::dto::review::NewcomerRow;
use shared::id::UnitId;
use shared::problem::Code;
use tests::client::Client;
use tests::company::Company;
use tests::review::{forms, on, opened, taken};

fn wrong(company: &Company, unit: &UnitId) -> u64 {
    let body = Recount { unit: unit.clone() };
    company.promotion.client.post("/dashboard/recount", &body).ok::<Recounted>().wrong
}

/// Every row of a list.
fn all(client: &Client, query: &str) -> Vec<shared::dto::customer::CustomerRow> {
    let mut rows = Vec::new();
    let mut path = format!("/customers?limit=200{query}");
    loop {
        let page: CustomerList = client.get(&path).ok();
        rows.extend(page.items);
        let Some(next) = page.next else { return rows };
        path = format!("/customers?limit=200{query}&cursor={next}");
    }
}

/// Holds what is kept against a count, and each sum against the rows behind it.
pub fn check(company: &Company, step: i32) {
    for unit in [&company.one.id, &company.two.id] {
        assert_eq!(wrong(company, unit), 0, "sums of {unit} after step {step}");
    }
    let promotion = &company.promotion.client;
    let board: Dashboard = promotion.get("/dashboard").ok();
    let mut rows = 0;
    for cell in &board.cells {
        let tier = |tier: &Option<_>| tier.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
        let query =
            format!("&unit={}&tier={}&previous={}", cell.unit, tier(&cell.tier), tier(&cell.previous));
        let behind = all(promotion, &query);
        rows += behind.len();
        assert_eq!(behind.len() as u64, cell.customers, "rows behind {cell:?} after step {step}");
        let sales: i64 = behind.iter().filter_map(|row| row.sales).map(|sales| sales.get()).sum();
        assert_eq!(sales, cell.sales.get(), "sales behind {cell:?} after step {step}");
    }
    assert_eq!(rows, all(promotion, "").len(), "every customer is in one cell");
    let (sold, sales) =
        board.cells.iter().fold((0, 0), |(sold, sales), cell| (sold + cell.sold, sales + cell.sales.get()));
    let sized = board
        .sizes
        .iter()
        .fold((0, 0), |(sold, sales), size| (sold + size.customers, sales + size.sales.get()));
    let order = Order::of(&promotion.get("/policies/current").ok::<PublishedPolicy>().policy);
    let moved = movement(&order, &board.cells);
    for (way, many) in [("up", moved.up), ("down", moved.down)] {
        let behind = all(promotion, &format!("&moved={way}"));
        assert_eq!(behind.len() as u64, many, "rows that went {way} after step {step}");
    }
    for lack in &board.lacks {
        let behind = all(promotion, &format!("&lacks={}", lack.indicator));
        assert_eq!(behind.len() as u64, lack.customers, "rows behind {lack:?} after step {step}");
        assert!(behind.iter().all(|row| row.missing.is_some_and(|missing| missing > 0)));
    }
    assert_eq!((sold, sales), sized, "both add up to the same after step {step}");
    let own: Dashboard = company.chief.client.get("/dashboard").ok();
    let asked: Dashboard = promotion.get(&format!("/dashboard?unit={}", company.one.id)).ok();
    assert_eq!(own, asked, "a chief sees the own unit");
    assert!(own.cells.iter().all(|cell| cell.unit == company.one.id));
    assert!(by_tier(&own.cells).len() <= by_tier(&board.cells).len());
}

#[test]
fn everybody_sees_the_sums_of_what_they_see_as_a_whole() {
    let company = Company::new();
    company.customer("K1", "客户一");
    let empty = Dashboard::default();
    let other = format!("/dashboard?unit={}", company.two.id);
    for (client, path, expected) in [
        (&company.rep.client, "/dashboard", 0),
        (&company.chief.client, "/dashboard", 1),
        (&company.chief.client, other.as_str(), 0),
        (&company.other_chief.client, "/dashboard", 0),
        (&company.director.client, "/dashboard", 1),
        (&company.finance.client, other.as_str(), 0),
    ] {
        let board: Dashboard = client.get(path).ok();
        assert_eq!(board.cells.iter().map(|cell| cell.customers).sum::<u64>(), expected, "{path}");
        assert!(expected > 0 || board == empty);
    }
    assert_eq!(company.production.client.get("/dashboard").problem().code, Code::Forbidden);
    let refused = company.promotion.client.get("/customers?q=K1&previous=A").problem();
    assert_eq!(refused.fields[0].field, "previous");
    let refused = company.promotion.client.get("/customers?q=K1&lacks=loyalty").problem();
    assert_eq!(refused.fields[0].field, "lacks");
    assert_eq!(wrong(&company, &company.one.id), 0);
    let nobody = Recount { unit: UnitId::parse("nobody").unwrap() };
    let gone = company.promotion.client.post("/dashboard/recount", &nobody).problem();
    assert_eq!(gone.code, Code::NotFound);
    let trail: Page<AuditEvent> = company.promotion.client.get("/audit?limit=1").ok();
    assert_eq!(trail.items[0].verb, Verb::BookRecounted);
}

/// What is overdue, as kind, unit, first day and count.
fn late(client: &Client, query: &str) -> Vec<(OverdueKind, UnitId, String, u64)> {
    let rows: Vec<Overdue> = client.get(&format!("/dashboard/overdue{query}")).ok();
    rows.into_iter().map(|row| (row.kind, row.unit, row.since.to_string(), row.count)).collect()
}

#[test]
fn what_is_overdue_counts_the_rows_of_its_lists_and_is_seen_by_those_who_see_the_unit() {
    let company = Company::new();
    let promotion = &company.promotion.client;
    let (one, two) = (company.one.id.clone(), company.two.id.clone());
    let handed_in = company.customer("K1", "客户一");
    company.customer("K2", "客户二");
    let young = json!({ "code": "N1", "name": "新客户", "unit": one, "since": "2025-09-10" });
    promotion.post("/customers", &young).ok::<shared::dto::customer::Customer>();
    let looks = |unit: &UnitId| (OverdueKind::Quarters, unit.clone(), "2026-02-01".to_owned(), 1);
    let of_one = late(&company.chief.client, "");
    assert_eq!(of_one, [looks(&one)], "the window is open, and nobody new is late");
    let mut both = late(promotion, "");
    both.sort();
    let mut expected = [looks(&one), looks(&two)];
    expected.sort();
    assert_eq!(both, expected);

    let id = opened(promotion);
    let submit = json!({ "move": "submit", "grade": "B", "reason": "年度评定" });
    taken(&company.chief.client, &id, &handed_in.id, &submit);
    assert_eq!(late(&company.chief.client, ""), of_one, "it is still the last day");

    let (chief, promotion) = (on(&company, "chief", 20), on(&company, "promotion", 20));
    let expected = [
        looks(&one),
        (OverdueKind::Forms, one.clone(), "2026-03-27".to_owned(), 2),
        (OverdueKind::Decisions, one.clone(), "2026-03-27".to_owned(), 1),
        (OverdueKind::Newcomers, one.clone(), "2026-04-10".to_owned(), 1),
    ];
    assert_eq!(late(&chief, ""), expected);
    assert_eq!(late(&promotion, &format!("?unit={one}")), expected);
    assert_eq!(late(&promotion, &format!("?unit={two}")), [looks(&two)]);
    assert_eq!(late(&promotion, "").len(), 5);
    assert!(late(&chief, &format!("?unit={two}")).is_empty(), "another's unit");
    assert!(late(&on(&company, "rep", 20), "").is_empty(), "a rep sees no unit as a whole");
    assert_eq!(on(&company, "production", 20).get("/dashboard/overdue").problem().code, Code::Forbidden);

    let rows: Vec<Overdue> = promotion.get("/dashboard/overdue").ok();
    for row in rows.iter().filter(|row| row.kind != OverdueKind::Quarters) {
        let behind = match (&row.cycle, row.stage) {
            (Some(cycle), Some(stage)) => {
                forms(&promotion, cycle, &format!("&unit={}&stage={stage}", row.unit)).len()
            }
            _ => {
                let path = format!("/newcomers?state=overdue&unit={}", row.unit);
                promotion.get(&path).ok::<Page<NewcomerRow>>().items.len()
            }
        };
        assert_eq!(behind as u64, row.count, "rows behind {row:?}");
    }
    let other = format!("/newcomers?state=overdue&unit={two}");
    for client in [&promotion, &chief] {
        assert!(client.get(&other).ok::<Page<NewcomerRow>>().items.is_empty());
    }
}
