//! A search has what is most likely meant first, however many customers are found.

use serde_json::{Value, json};
use shared::dto::customer::CustomerList;
use shared::dto::import::{ChunkResult, ImportState};
use tests::client::Client;
use tests::company::Company;

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The codes on every page, in order.
fn walk(client: &Client, q: &str, rest: &str) -> Vec<String> {
    let path = format!("/customers?q={}{rest}", encoded(q));
    let mut page: CustomerList = client.get(&path).ok();
    let mut codes = Vec::new();
    for _ in 0..40 {
        codes.extend(page.items.into_iter().map(|row| row.code.to_string()));
        let Some(next) = page.next else { return codes };
        page = client.get(&format!("{path}&cursor={next}")).ok();
    }
    panic!("no end: {codes:?}");
}

#[test]
fn the_very_code_comes_first_then_what_begins_so_then_the_rest_by_name() {
    let company = Company::new();
    for (code, name) in [
        ("A1", "西山东方厂"),
        ("A2", "北海东方厂"),
        ("东方-7", "南山厂"),
        ("A3", "东方乙厂"),
        ("A4", "东方甲厂"),
        ("东方", "最后加入的厂"),
    ] {
        company.customer(code, name);
    }
    let find = |q: &str| walk(&company.promotion.client, q, "");
    // 最后加入的厂 by its code; 东方甲, 东方乙 by their names' initials (jc, yc); 东方-7 by its code; the rest by name.
    assert_eq!(find("东方"), ["东方", "A4", "A3", "东方-7", "A2", "A1"]);
    assert_eq!(find("a3")[0], "A3");
    assert_eq!(find("dfyc"), ["A3"]);
    assert_eq!(find("df")[..2], ["A4", "A3"]);
    assert_eq!(walk(&company.promotion.client, "东方", "&limit=2"), find("东方"));
}

fn fill(company: &Company, count: u32) {
    let rows: Vec<Value> = (1..=count)
        .map(|number| json!({ "code": format!("K{number:05}"), "year": 2025, "name": format!("客户{number}有限公司"), "values": {} }))
        .collect();
    let chunks: Vec<&[Value]> = rows.chunks(200).collect();
    let start = json!({ "id": "fill", "shape": "annual", "file_name": "a.csv", "as_of": "2025-12-31",
        "default_unit": company.one.id, "chunks": chunks.len(), "rows": rows.len() });
    company.promotion.client.post("/imports", &start).ok::<ImportState>();
    for (n, rows) in chunks.iter().enumerate() {
        let body = json!({ "shape": "annual", "rows": rows });
        let path = format!("/imports/fill/chunks/{n}");
        company.promotion.client.request("PUT", &path).json(&body).send().ok::<ChunkResult>();
    }
}

#[test]
fn of_very_many_the_nearest_are_still_first_and_each_comes_once() {
    let company = Company::new();
    fill(&company, 500);
    company.customer("Z-1", "有限公司管理中心");
    company.customer("YXGS", "别的厂");
    let promotion = &company.promotion.client;
    let all = walk(promotion, "有限公司", "&limit=37");
    assert_eq!(all[0], "Z-1", "added last, but its name begins so");
    let mut unique = all.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((all.len(), unique.len()), (501, 501));
    assert_eq!(walk(promotion, "yxgs", "&limit=200")[..2], ["YXGS", "Z-1"]);
    assert_eq!(walk(promotion, "k00499", "")[0], "K00499");
    // Conditions hold for what is near as for all others.
    assert_eq!(walk(promotion, "有限公司", &format!("&unit={}", company.two.id)), Vec::<String>::new());
    assert_eq!(walk(&company.rep.client, "有限公司", ""), ["Z-1"]);
    assert_eq!(walk(promotion, "有限公司", "&tier=A"), Vec::<String>::new());
    assert_eq!(walk(promotion, "有限公司", "&missing=true").len(), 501);
}

#[test]
fn a_cursor_of_a_list_is_none_of_a_search() {
    let company = Company::new();
    for number in 0..3 {
        company.customer(&format!("K{number}"), "客户");
    }
    let client = &company.promotion.client;
    let of = |query: &str| {
        client.get(&format!("/customers?limit=1{query}")).ok::<CustomerList>().next.expect("more")
    };
    let (list, search) = (of("&sort=code"), of("&q=k"));
    assert_eq!(client.get(&format!("/customers?q=k&cursor={list}")).status, 422);
    assert_eq!(client.get(&format!("/customers?sort=code&cursor={search}")).status, 422);
}
