//! What a page may cost, in statements and rows read, however many customers there are.

use serde_json::{Value, json};
use shared::dto::customer::{CustomerList, CustomerRow};
use shared::dto::import::{ChunkResult, ImportState};
use shared::dto::page::Page;
use tests::client::Client;
use tests::company::Company;

/// Statements a page may run, the session's among them, and rows it may read for 50 rows shown.
const BUDGET: [(&str, u64, u64); 22] = [
    ("/dashboard", 4, 300),
    ("/dashboard/overdue", 6, 300),
    ("/newcomers?state=overdue", 4, 60),
    ("/newcomers?state=young", 4, 60),
    ("/newcomers?state=due", 4, 60),
    ("/session", 3, 10),
    ("/directory", 6, 60),
    ("/customers", 6, 300),
    ("/customers?sort=sales", 6, 300),
    ("/customers?sort=name", 6, 300),
    ("/customers?sort=code", 6, 300),
    ("/customers?tier=B", 6, 300),
    ("/customers?missing=true", 6, 300),
    ("/customers?q=%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8", 6, 500),
    ("/customers?q=khyx", 6, 500),
    ("/audit", 6, 200),
    ("/policies", 4, 60),
    ("/policies/current", 3, 20),
    ("/policy-drafts", 3, 60),
    ("/regrades", 3, 60),
    ("/reviews", 3, 60),
    ("/duties", 12, 300),
];

fn fill(company: &Company, from: u32, to: u32) {
    let rows: Vec<Value> = (from..to)
        .map(|number| {
            let unit = if number % 2 == 0 { "销售一科" } else { "销售二科" };
            let mut values = json!({ "annual_sales": { "state": "measured", "value": 1_000_000 * i64::from(number) },
                "collection": { "state": "measured", "value": 5_000 + number % 5_000 },
                "price_level": { "state": "measured", "value": 9_000 + number % 1_500 } });
            if number % 3 != 0 {
                for key in ["order_planning", "product_fit", "communication", "loyalty"] {
                    values[key] = json!({ "state": "judged", "level": "B" });
                }
                values["potential"] = json!({ "state": "measured", "value": 300 });
            }
            json!({ "code": format!("K{number:06}"), "year": 2025, "name": format!("客户{number}有限公司"), "unit": unit, "values": values })
        })
        .collect();
    let chunks: Vec<&[Value]> = rows.chunks(200).collect();
    let id = format!("fill-{from}");
    let start = json!({ "id": id, "shape": "annual", "file_name": "a.csv", "as_of": "2025-12-31",
        "default_unit": company.one.id, "chunks": chunks.len(), "rows": rows.len() });
    company.promotion.client.post("/imports", &start).ok::<ImportState>();
    for (n, rows) in chunks.iter().enumerate() {
        let body = json!({ "shape": "annual", "rows": rows });
        let path = format!("/imports/{id}/chunks/{n}");
        company.promotion.client.request("PUT", &path).json(&body).send().ok::<ChunkResult>();
    }
}

fn over(client: &Client, extra: &[String]) -> Vec<String> {
    let pages = BUDGET.iter().map(|(path, statements, rows)| ((*path).to_owned(), *statements, *rows));
    let extra = extra.iter().map(|path| (path.clone(), 6, 300));
    pages
        .chain(extra)
        .filter_map(|(path, statements, rows)| {
            let answer = client.get(&path);
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            let cost = answer.cost();
            (cost.0 > statements || cost.1 > rows)
                .then(|| format!("{path}: {cost:?}, allowed ({statements}, {rows})"))
        })
        .collect()
}

/// Pages of a search past the budget: first those that are ranked, then those that are not.
fn dear_pages_of_a_search(client: &Client) -> Vec<String> {
    let mut dear = Vec::new();
    let mut path = "/customers?q=khyx".to_owned();
    for page in 0..7 {
        let answer = client.get(&path);
        let cost = answer.cost();
        if cost.0 > 6 || cost.1 > 500 {
            dear.push(format!("page {page} of a search: {cost:?}"));
        }
        let Some(next) = answer.ok::<CustomerList>().next else { break };
        path = format!("/customers?q=khyx&cursor={next}");
    }
    dear
}

#[test]
fn pages_stay_within_their_budget_as_the_book_grows() {
    let company = Company::new();
    let mut from = 0;
    for to in [400, 4_000] {
        fill(&company, from, to);
        from = to;
        let first: Page<CustomerRow> = company.promotion.client.get("/customers").ok();
        let one = &first.items[0].id;
        let extra = [
            format!("/customers/{one}"),
            format!("/customers/{one}/history"),
            format!("/customers?unit={}", company.two.id),
            format!("/customers?unit={}&sort=code", company.two.id),
            format!("/customers?unit={}&tier=C", company.two.id),
            format!("/customers?cursor={}", first.next.as_deref().expect("more than a page")),
        ];
        let wrong = over(&company.promotion.client, &extra);
        assert!(wrong.is_empty(), "with {to} customers:\n{}", wrong.join("\n"));
        let wrong = dear_pages_of_a_search(&company.promotion.client);
        assert!(wrong.is_empty(), "with {to} customers:\n{}", wrong.join("\n"));
        let wrong: Vec<_> = [&company.chief.client, &company.rep.client]
            .into_iter()
            .flat_map(|client| {
                ["/customers", "/customers?tier=C", "/customers?q=%E6%9C%89%E9%99%90", "/customers?sort=name"]
                    .into_iter()
                    .filter_map(move |path| {
                        let cost = client.get(path).cost();
                        (cost.0 > 6 || cost.1 > 500).then(|| format!("{path}: {cost:?}"))
                    })
            })
            .collect();
        assert!(wrong.is_empty(), "a chief or rep with {to} customers:\n{}", wrong.join("\n"));
    }
}

#[test]
fn writing_a_chunk_stays_below_fifty_statements() {
    let company = Company::new();
    let rows: Vec<Value> = (0..200)
        .map(|number| json!({ "code": format!("K{number}"), "year": 2025, "values": { "annual_sales": { "state": "measured", "value": number } } }))
        .collect();
    let start = json!({ "id": "one", "shape": "annual", "file_name": "a.csv", "as_of": "2025-12-31",
        "default_unit": company.one.id, "chunks": 1, "rows": 200 });
    company.promotion.client.post("/imports", &start).ok::<ImportState>();
    let body = json!({ "shape": "annual", "rows": rows });
    let answer = company.promotion.client.request("PUT", "/imports/one/chunks/0").json(&body).send();
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.cost().0 < 50, "{:?}", answer.cost());
}

#[test]
fn a_review_stays_within_its_budget_however_many_forms_it_has() {
    let company = Company::new();
    fill(&company, 0, 4_000);
    let promotion = &company.promotion.client;
    let mut row = tests::review::open(promotion);
    while row.progress.done < 4_000 {
        let answer = tests::review::step(promotion, &row);
        let cost = answer.cost();
        assert!(cost.0 < 20 && cost.1 < 8_000, "a step of opening: {cost:?}");
        row = answer.ok();
    }
    let row = tests::review::walk(promotion, row);
    let id = row.cycle.id;
    let one = tests::review::forms(promotion, &id, "&stage=draft").remove(0);
    let two = &company.two.id;
    let within = |client: &Client, path: &str, statements: u64, rows: u64| {
        let answer = client.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let cost = answer.cost();
        assert!(cost.0 <= statements && cost.1 <= rows, "{path}: {cost:?}, allowed ({statements}, {rows})");
    };
    for query in [
        String::new(),
        "?stage=draft".to_owned(),
        "?disagree=true".to_owned(),
        "?disagree=true&stage=submitted".to_owned(),
        format!("?unit={two}"),
        format!("?unit={two}&stage=draft"),
        format!("?unit={two}&disagree=true"),
        format!("?unit={two}&disagree=true&stage=draft"),
    ] {
        within(promotion, &format!("/reviews/{id}/forms{query}"), 4, 200);
        within(&company.chief.client, &format!("/reviews/{id}/forms{query}"), 4, 200);
    }
    within(promotion, "/reviews", 3, 60);
    within(promotion, &format!("/reviews/{id}"), 6, 100);
    within(&company.chief.client, &format!("/reviews/{id}"), 6, 100);
    within(&company.chief.client, &format!("/reviews/{id}/forms/{}", one.customer), 9, 60);
    within(&company.chief.client, "/duties", 10, 100);
    within(promotion, &format!("/customers/{}/grades", one.customer), 4, 20);
    within(promotion, &format!("/reviews/{id}/meeting"), 6, 60);
    within(promotion, &format!("/reviews/{id}/meeting/items"), 4, 60);
    within(&company.chief.client, &format!("/reviews/{id}/meeting/standing/{}", one.customer), 5, 20);
    within(promotion, &format!("/reviews/{id}/meeting/minutes"), 16, 300);

    // Writing costs what is written.
    let later = &tests::review::on(&company, "promotion", 5);
    within(later, "/duties", 10, 100);
    let rows = tests::review::forms(later, &id, "");
    let moves: Vec<Value> = rows[..50]
        .iter()
        .map(|row| {
            json!({ "customer": row.customer, "version": row.version,
            "wanted": { "move": "set_aside", "reason": "试" } })
        })
        .collect();
    let path = format!("/reviews/{id}/forms/moves");
    let answer = later.request("POST", &path).json(&json!({ "moves": moves })).send();
    let cost = answer.cost();
    assert!(answer.status == 200 && cost.0 < 20 && cost.1 < 3_000, "fifty moves: {cost:?} {}", answer.text());
    // Minutes cost what they list: fifty rows, of four thousand forms.
    within(later, &format!("/reviews/{id}/meeting/minutes"), 16, 600);
    let answer = tests::review::lead(later, &id, &json!({ "move": "convene" }));
    assert!(answer.status == 200 && answer.cost().0 < 25 && answer.cost().1 < 300, "{:?}", answer.cost());
}
