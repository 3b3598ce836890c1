//! Public links as people here handle them: who may, what is kept of a day, how large a unit may be.

use serde_json::{Value, json};
use shared::dto::audit::AuditEvent;
use shared::dto::import::{ChunkResult, ImportState};
use shared::dto::page::Page;
use shared::dto::share::{LinkRow, MadeLink};
use shared::dto::unit::Directory;
use shared::problem::Code;
use shared::share::LinkState;
use tests::book::fill;
use tests::client::Client;
use tests::company::Company;
use tests::review::{each, forms, lead, on, opened, walk};
use tests::share::{open, path, share, wanted};

fn listed(client: &Client, query: &str) -> Vec<LinkRow> {
    client.get(&format!("/links{query}")).ok::<Page<LinkRow>>().items
}

#[test]
fn a_link_is_its_owner_s_and_nobody_shares_more_than_they_see() {
    let company = Company::new();
    fill(&company, 2025, 1..20);
    let (one, two) = (&company.one.id, &company.two.id);
    let refused = |client: &Client, unit, terms: Value| {
        let answer = client.post("/links", &wanted(unit, &terms));
        (answer.status >= 400).then(|| answer.problem().code)
    };
    let chief = &company.chief.client;
    assert_eq!(refused(chief, two, json!({})), Some(Code::NotFound), "another's unit");
    for client in [&company.rep.client, &company.finance.client, &company.production.client] {
        assert!([Some(Code::Forbidden), Some(Code::NotFound)].contains(&refused(client, one, json!({}))));
    }
    for ticked in ["names", "figures", "credit"] {
        assert_eq!(refused(&company.admin, one, json!({ ticked: true })), Some(Code::Forbidden), "{ticked}");
    }
    for (terms, field) in [
        (json!({ "as_at": "2026-03-27" }), "as_at"),
        (json!({ "until": "2026-03-25" }), "until"),
        (json!({ "until": "2027-03-27" }), "until"),
        (json!({ "max_views": 0 }), "max_views"),
        (json!({ "passcode": "123456" }), "passcode"),
    ] {
        let problem = chief.post("/links", &wanted(one, &terms)).problem();
        assert_eq!((problem.code, problem.fields[0].field.as_str()), (Code::Invalid, field));
    }
    assert!(listed(&company.admin, "").is_empty(), "what was refused left nothing");

    let mine = share(chief, one, &json!({ "names": true, "figures": true, "credit": true }));
    let of_admin = share(&company.admin, one, &json!({}));
    let other = share(&company.director.client, two, &json!({}));
    let ids = |client: &Client, query: &str| -> Vec<String> {
        listed(client, query).into_iter().map(|row| row.id.to_string()).collect()
    };
    let id = |made: &MadeLink| made.link.id.to_string();
    assert_eq!(ids(chief, ""), [id(&mine)]);
    assert_eq!(ids(&company.admin, ""), [id(&other), id(&of_admin), id(&mine)]);
    assert_eq!(ids(chief, &format!("?unit={one}")), [id(&of_admin), id(&mine)], "the marks on the own unit");
    assert_eq!(chief.get(&format!("/links?unit={two}")).problem().code, Code::NotFound);
    assert_eq!(company.rep.client.get(&format!("/links?unit={one}")).status, 404);
    assert!(ids(&company.rep.client, "").is_empty());
    let page: Page<LinkRow> = company.admin.get("/links?limit=2").ok();
    let rest = format!("?limit=2&cursor={}", page.next.expect("a second page"));
    assert_eq!(ids(&company.admin, &rest), [id(&mine)]);

    // A repetition is the same link, without its address.
    let body = wanted(one, &json!({}));
    let send = || {
        company.director.client.request("POST", "/links").header("idempotency-key", "k").json(&body).send()
    };
    let (first, again): (MadeLink, MadeLink) = (send().ok(), send().ok());
    assert!(first.path.is_some() && again.path.is_none() && first.link.id == again.link.id);

    let step = |client: &Client, made: &MadeLink, what: &str, version: i64| {
        let path = format!("/links/{}/{what}", made.link.id);
        client.request("POST", &path).if_version(version).json(&json!({})).send()
    };
    assert_eq!(step(&company.other_chief.client, &mine, "revoke", 1).problem().code, Code::NotFound);
    assert_eq!(step(&company.director.client, &mine, "revoke", 1).problem().code, Code::Forbidden);
    assert_eq!(step(&company.director.client, &mine, "rotate", 1).problem().code, Code::Forbidden);
    assert_eq!(step(&company.admin, &mine, "rotate", 1).problem().code, Code::Forbidden);
    assert_eq!(step(chief, &mine, "rotate", 7).problem().code, Code::VersionMismatch);
    let turned: MadeLink = step(chief, &mine, "rotate", 1).ok();
    assert_eq!(step(&company.admin, &mine, "revoke", 1).problem().code, Code::VersionMismatch);

    // Everybody who knows the unit sees that it is shared, as long as it is.
    let shared = |client: &Client| client.get("/directory").ok::<Directory>().shared;
    assert!(shared(&company.rep.client).iter().eq([one]));
    assert!(shared(&company.other_rep.client).iter().eq([two]));
    let row: LinkRow = step(&company.admin, &turned, "revoke", turned.link.version).ok();
    assert_eq!((row.state, row.may_revoke, row.may_rotate), (LinkState::Revoked, false, false));
    assert_eq!(open(&company.server.client(), &path(&turned)).status, 404, "at once");
    step(&company.director.client, &other, "revoke", 1).ok::<LinkRow>();
    assert!(shared(&company.other_rep.client).is_empty());

    let events: Page<AuditEvent> = company.admin.get("/audit?limit=200").ok();
    let text = serde_json::to_string(&events.items).unwrap();
    for verb in ["link_made", "link_rotated", "link_revoked"] {
        assert!(text.contains(verb), "{verb}");
    }
    for made in [&mine, &turned, &other] {
        assert!(!text.contains(path(made).trim_start_matches("/s/")), "no secret in the trail");
    }
    assert_eq!(company.admin.get("/audit/verify").ok::<Value>()["intact"], true);
}

#[test]
fn a_day_s_grades_stay_as_they_were() {
    let company = Company::new();
    fill(&company, 2024, 2..8);
    fill(&company, 2025, 2..8);
    let stranger = &company.server.client();
    let names = json!({ "names": true, "figures": true });
    let computed = path(&share(&company.promotion.client, &company.one.id, &names));
    let before = open(stranger, &computed).text();
    let earlier = json!({ "as_at": "2026-03-25", "names": true });
    let unknown = path(&share(&company.promotion.client, &company.one.id, &earlier));
    let text = open(stranger, &unknown).text();
    assert!(text.contains("未评级") && text.contains("客户归属以 2026-03-26 为准"), "{text}");

    // All of them are published as C three days later.
    let id = opened(&company.promotion.client);
    for (chief, unit) in [(&company.chief, &company.one), (&company.other_chief, &company.two)] {
        let own = forms(&company.promotion.client, &id, &format!("&unit={}", unit.id));
        each(&chief.client, &id, &own, |_| json!({ "move": "submit", "grade": "C", "reason": "试" }));
    }
    let promotion = &on(&company, "promotion", 3);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    each(promotion, &id, &forms(promotion, &id, ""), |_| json!({ "move": "take_up" }));
    each(
        promotion,
        &id,
        &forms(promotion, &id, ""),
        |_| json!({ "move": "decide", "grade": "C", "reason": "试" }),
    );
    lead(promotion, &id, &json!({ "move": "conclude" })).ok::<Value>();
    lead(promotion, &id, &json!({ "move": "publish", "effective": "2026-03-29" })).ok::<Value>();
    let row = promotion.get("/reviews").ok::<Page<shared::dto::review::CycleRow>>().items.remove(0);
    walk(promotion, row);

    let day = |as_at: &str| {
        let terms = json!({ "as_at": as_at, "names": true, "figures": true });
        open(stranger, &path(&share(promotion, &company.one.id, &terms))).text()
    };
    let grades = |text: &str| -> Vec<String> {
        text.split("</small></th><td><b>").skip(1).map(|rest| rest.chars().take(1).collect()).collect()
    };
    assert_eq!(grades(&day("2026-03-28")), ["—", "—", "—"], "nothing was in force yet");
    let published = day("2026-03-29");
    assert_eq!(grades(&published), ["C", "C", "C"]);
    assert!(
        published.contains("4.00") && published.contains("6.00"),
        "the figures of the forms: {published}"
    );
    assert_eq!(open(stranger, &computed).text(), before, "what was made before reads as it did");
    assert!(!grades(&before).contains(&"—".to_owned()), "{before}");
}

#[test]
fn names_are_text_on_the_page_and_in_the_file() {
    let company = Company::new();
    company.customer("K1", "<img src=x onerror=alert(1)>");
    company.customer("K2", "=HYPERLINK(\"http://x\")");
    company.customer("K3", "'); DROP TABLE customers; --");
    let terms = json!({ "names": true, "figures": true, "credit": true, "sheet": true });
    let at = path(&share(&company.promotion.client, &company.one.id, &terms));
    let stranger = company.server.client();
    let text = open(&stranger, &at).text();
    assert!(text.contains("&lt;img src=x onerror=alert(1)&gt;") && !text.contains("<img"), "{text}");
    let book = open(&stranger, &format!("{at}?file=xlsx")).text();
    assert!(
        book.contains("<t xml:space=\"preserve\">=HYPERLINK(&quot;http://x&quot;)</t>")
            && !book.contains("<f")
    );
}

/// Imports customers of unit one.
fn crowd(company: &Company, from: u32, to: u32) {
    let values = |number: u32| {
        json!({ "annual_sales": { "state": "measured", "value": 1_000_000 * i64::from(number) },
            "credit_rating": { "state": "judged", "level": "A" },
            "collection": { "state": "measured", "value": 5_000 + number % 5_000 } })
    };
    let rows: Vec<Value> = (from..to)
        .map(|number| {
            json!({ "code": format!("K{number:06}"), "year": 2025, "name": format!("客户{number}有限公司"),
                "values": values(number) })
        })
        .collect();
    let chunks: Vec<&[Value]> = rows.chunks(200).collect();
    let id = format!("crowd-{from}");
    let start = json!({ "id": id, "shape": "annual", "file_name": "a.csv", "as_of": "2025-12-31",
        "default_unit": company.one.id, "chunks": chunks.len(), "rows": rows.len() });
    let client = &company.promotion.client;
    client.post("/imports", &start).ok::<ImportState>();
    for (n, rows) in chunks.iter().enumerate() {
        let body = json!({ "shape": "annual", "rows": rows });
        client.request("PUT", &format!("/imports/{id}/chunks/{n}")).json(&body).send().ok::<ChunkResult>();
    }
}

#[test]
fn a_large_unit_is_shared_in_one_request_and_opened_by_a_page() {
    let company = Company::new();
    crowd(&company, 0, 4_000);
    let terms = json!({ "names": true, "figures": true, "credit": true, "sheet": true });
    let made = company.promotion.client.post("/links", &wanted(&company.one.id, &terms));
    let cost = made.cost();
    // Some twenty rows for each customer, once; every opening then reads a page.
    assert!(made.status == 201 && cost.0 < 15 && cost.1 < 80_000, "{cost:?} {}", made.text());
    let (at, stranger) = (path(&made.ok()), company.server.client());
    for query in ["", "?page=80", "?lang=en&page=41"] {
        let answer = open(&stranger, &format!("{at}{query}"));
        let cost = answer.cost();
        assert!(answer.status == 200 && cost.0 <= 5 && cost.1 <= 30, "{query}: {cost:?}");
        assert!(answer.body.len() < 20_000, "{query}: {}", answer.body.len());
        assert!(answer.text().contains("4,000"));
    }
    let book = open(&stranger, &format!("{at}?file=xlsx"));
    assert!(book.cost().1 < 8_500 && book.text().contains("K003999"), "{:?}", book.cost());
    let list = company.admin.get("/links");
    assert!(list.cost().0 <= 3 && list.cost().1 <= 10, "{:?}", list.cost());

    crowd(&company, 4_000, 5_001);
    let problem = company.promotion.client.post("/links", &wanted(&company.one.id, &json!({}))).problem();
    assert_eq!((problem.code, problem.fields[0].code.as_str()), (Code::Conflict, "too_many"));
}
