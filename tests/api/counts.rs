//! How many customers are in each tier: kept as customers change, and always what a recount gives.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::dto::customer::{Customer, CustomerList, CustomerPage};
use shared::dto::figures::SavedFigures;
use tests::client::Client;
use tests::company::Company;

type Counts = BTreeMap<Option<String>, u32>;

/// What the list says, and what its rows come to.
fn said_and_counted(client: &Client, query: &str) -> (Counts, Counts) {
    let first: CustomerList = client.get(&format!("/customers?limit=50{query}")).ok();
    let said = first.tiers.clone().expect("counts on the first page").into_iter();
    let said = said.map(|one| (one.tier.map(String::from), one.customers)).collect();
    let (mut counted, mut page) = (Counts::new(), first);
    loop {
        for row in page.items {
            *counted.entry(row.tier.map(String::from)).or_default() += 1;
        }
        let Some(next) = page.next else { return (said, counted) };
        page = client.get(&format!("/customers?limit=50{query}&cursor={next}")).ok();
        assert_eq!(page.tiers, None, "only the first page counts");
    }
}

/// Random enough, and the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn counts_are_what_a_recount_gives_whatever_was_done() {
    let company = Company::new();
    let promotion = &company.promotion.client;
    let mut dice = Dice(7);
    let mut all: Vec<Customer> = Vec::new();
    let place = |dice: &mut Dice| match dice.roll(4) {
        0 => (&company.one.id, Some(&company.rep.user.id)),
        1 => (&company.one.id, None),
        2 => (&company.two.id, Some(&company.other_rep.user.id)),
        _ => (&company.two.id, None),
    };
    for step in 0..90 {
        let act = if all.len() < 8 { 0 } else { dice.roll(4) };
        let picked = usize::try_from(dice.roll(all.len().max(1) as u64)).unwrap();
        let (unit, rep) = place(&mut dice);
        match act {
            0 => {
                let draft = json!({ "code": format!("K{step}"), "name": "客户", "unit": unit, "rep": rep });
                all.push(promotion.post("/customers", &draft).ok());
            }
            1 => {
                let old = &all[picked];
                let draft = json!({ "code": old.code, "name": old.name, "unit": unit, "rep": rep });
                all[picked] = promotion.put(&format!("/customers/{}", old.id), old.version, &draft).ok();
            }
            _ => {
                let path = format!("/customers/{}", all[picked].id);
                let page: CustomerPage = promotion.get(&path).ok();
                let year = 2024 + i32::try_from(dice.roll(2)).unwrap();
                let version = page.years.iter().find(|view| view.year == year).map_or(0, |view| view.version);
                let body = json!({ "values": figures(&mut dice) });
                promotion.put(&format!("{path}/years/{year}/figures"), version, &body).ok::<SavedFigures>();
            }
        }
        if step % 15 == 14 {
            check(&company, step);
            crate::dashboard::check(&company, step);
        }
    }
    let (said, _) = said_and_counted(promotion, "");
    assert!(said.len() >= 3, "the steps lead to several tiers: {said:?}");
}

/// Figures that give one tier or another, or none.
fn figures(dice: &mut Dice) -> Value {
    let level = ["A", "B", "C"][usize::try_from(dice.roll(3)).unwrap()];
    let judged = json!({ "state": "judged", "level": level });
    let measured = |value: i64| json!({ "state": "measured", "value": value });
    let good = i64::try_from(dice.roll(3)).unwrap();
    let mut values = json!({ "annual_sales": measured(100_000_000 * (1 + 4 * good)), "collection": measured(7_000 + 1_400 * good),
        "price_level": measured(9_000 + 500 * good), "potential": measured(500) });
    for key in ["order_planning", "product_fit", "communication", "loyalty"] {
        values[key] = judged.clone();
    }
    if dice.roll(4) == 0 {
        for key in ["annual_sales", "collection", "price_level"] {
            values[key] = json!({ "state": "missing" });
        }
    }
    values
}

fn check(company: &Company, step: i32) {
    let (one, two) = (&company.one.id, &company.two.id);
    let (rep, other) = (&company.rep.user.id, &company.other_rep.user.id);
    let queries = [
        String::new(),
        format!("&unit={one}"),
        format!("&unit={two}"),
        format!("&rep={rep}"),
        format!("&rep={other}&unit={two}"),
        format!("&rep={rep}&unit={two}"),
    ];
    let people = [
        ("promotion", &company.promotion.client),
        ("chief", &company.chief.client),
        ("rep", &company.rep.client),
        ("other rep", &company.other_rep.client),
        ("production", &company.production.client),
    ];
    for (who, client) in people {
        for query in &queries {
            let (said, counted) = said_and_counted(client, query);
            assert_eq!(said, counted, "after step {step}, {who} asking {query:?}");
        }
    }
}

#[test]
fn what_narrows_the_list_otherwise_does_not_narrow_the_counts() {
    let company = Company::new();
    for number in 0..3 {
        company.customer(&format!("K{number}"), &format!("客户{number}"));
    }
    for query in ["?tier=A", "?missing=true", "?q=%E5%AE%A2%E6%88%B72", "?q=%E3%80%82"] {
        let list: CustomerList = company.rep.client.get(&format!("/customers{query}")).ok();
        let tiers = list.tiers.expect("counts on the first page");
        assert_eq!(tiers.iter().map(|one| one.customers).collect::<Vec<_>>(), [3], "{query}");
        assert_eq!(tiers[0].tier, None);
    }
}
