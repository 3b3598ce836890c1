//! The customer list and the master record.

use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::customer::{Customer, CustomerPage, CustomerRow};
use shared::dto::page::Page;
use shared::problem::Code;
use tests::client::Client;
use tests::company::Company;

fn codes(client: &Client, query: &str) -> Vec<String> {
    let page: Page<CustomerRow> = client.get(&format!("/customers{query}")).ok();
    page.items.into_iter().map(|row| row.code.to_string()).collect()
}

/// Percent-encodes what a query needs.
fn q(text: &str) -> String {
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("?q={encoded}")
}

#[test]
fn a_list_holds_what_the_reader_may_see() {
    let company = Company::new();
    company.customer("K1", "东方封头");
    company.customer_of(&company.one, None, "K2", "西方封头");
    company.customer_of(&company.two, Some(&company.other_rep), "K3", "南方封头");
    let sorted = |client: &Client| codes(client, "?sort=code");
    assert_eq!(sorted(&company.rep.client), ["K1"]);
    assert_eq!(sorted(&company.chief.client), ["K1", "K2"]);
    assert_eq!(sorted(&company.other_chief.client), ["K3"]);
    for client in [&company.promotion.client, &company.production.client, &company.general_manager.client] {
        assert_eq!(sorted(client), ["K1", "K2", "K3"]);
    }
    let unit = &company.two.id;
    assert_eq!(codes(&company.promotion.client, &format!("?unit={unit}")), ["K3"]);
    assert_eq!(codes(&company.rep.client, &format!("?unit={unit}")), Vec::<String>::new());
}

#[test]
fn search_finds_names_codes_and_pinyin_initials() {
    let company = Company::new();
    company.customer("KH-0815", "云泽恒远压力容器有限公司");
    company.customer("KH-0816", "青屿鼎盛化工机械有限公司");
    company.customer_of(&company.two, None, "KH-0917", "Yunze Vessel GmbH");
    let find = |text: &str| {
        let mut found = codes(&company.promotion.client, &q(text));
        found.sort();
        found
    };
    for (text, expected) in [
        ("恒远", vec!["KH-0815"]),
        ("远", vec!["KH-0815"]),
        ("压力容器", vec!["KH-0815"]),
        ("有限公司", vec!["KH-0815", "KH-0816"]),
        ("yzhy", vec!["KH-0815"]),
        ("HYYL", vec!["KH-0815"]),
        ("qyds", vec!["KH-0816"]),
        ("0816", vec!["KH-0816"]),
        ("kh-08", vec!["KH-0815", "KH-0816"]),
        ("vess", vec!["KH-0917"]),
        ("化工 青屿", vec!["KH-0816"]),
        ("没有这家", vec![]),
    ] {
        assert_eq!(find(text), expected, "{text}");
    }
    assert_eq!(codes(&company.rep.client, &q("青屿")), ["KH-0816"]);
    assert_eq!(codes(&company.other_rep.client, &q("青屿")), Vec::<String>::new(), "not beyond one's own");
}

#[test]
fn a_renamed_customer_is_found_by_its_new_name_only() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let mut body = serde_json::to_value(&customer).unwrap();
    let draft = body.as_object_mut().unwrap();
    draft.retain(|key, _| key != "id" && key != "version");
    draft.insert("name".to_owned(), "北海封头".into());
    let path = format!("/customers/{}", customer.id);
    company.promotion.client.put(&path, customer.version, &body).ok::<Customer>();
    assert_eq!(codes(&company.promotion.client, &q("北海")), ["K1"]);
    assert_eq!(codes(&company.promotion.client, &q("东方")), Vec::<String>::new());
}

#[test]
fn pages_join_without_gap_or_repetition() {
    let company = Company::new();
    for number in 0..23 {
        company.customer(&format!("K{number:02}"), &format!("客户{}", number % 4));
    }
    for sort in ["score", "sales", "name", "code"] {
        let mut seen = Vec::new();
        let mut path = format!("/customers?limit=5&sort={sort}");
        loop {
            let page: Page<CustomerRow> = company.promotion.client.get(&path).ok();
            assert!(page.items.len() <= 5);
            seen.extend(page.items.into_iter().map(|row| row.code.to_string()));
            match page.next {
                Some(next) => path = format!("/customers?limit=5&sort={sort}&cursor={next}"),
                None => break,
            }
        }
        let mut unique = seen.clone();
        unique.sort();
        unique.dedup();
        assert_eq!((seen.len(), unique.len()), (23, 23), "{sort}: {seen:?}");
    }
}

#[test]
fn a_bad_query_names_its_parameter() {
    let company = Company::new();
    for query in ["?cursor=nonsense", "?limit=0", "?limit=5000", "?sort=colour", "?colour=red"] {
        let answer = company.promotion.client.get(&format!("/customers{query}"));
        assert_eq!(answer.problem().code, Code::Invalid, "{query}");
    }
}

#[test]
fn a_taken_code_and_a_foreign_rep_are_refused_by_field() {
    let company = Company::new();
    company.customer("K1", "东方封头");
    let post = |code: &str, rep: &str| {
        let body = serde_json::json!({ "code": code, "name": "新", "unit": company.one.id, "rep": rep });
        company.promotion.client.post("/customers", &body).problem()
    };
    let taken = post("K1", company.rep.user.id.as_str());
    assert_eq!((taken.code, taken.fields[0].field.as_str()), (Code::Taken, "code"));
    for rep in [company.other_rep.user.id.as_str(), company.chief.user.id.as_str(), "nobody"] {
        let problem = post("K2", rep);
        assert_eq!((problem.code, problem.fields[0].field.as_str()), (Code::Invalid, "rep"), "{rep}");
    }
}

#[test]
fn of_two_people_editing_one_customer_one_is_told_and_nothing_is_lost() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let path = format!("/customers/{}", customer.id);
    let draft = |title: &str| serde_json::json!({ "code": "K1", "name": title, "unit": customer.unit, "rep": customer.rep });
    let saved: Customer = company.chief.client.put(&path, customer.version, &draft("东方封头一厂")).ok();
    let late = company.promotion.client.put(&path, customer.version, &draft("东方封头二厂"));
    assert_eq!(late.problem().code, Code::VersionMismatch);
    let page = company.promotion.client.get(&path);
    assert_eq!(page.ok::<CustomerPage>().customer, saved);
}

#[test]
fn history_says_who_changed_what() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let path = format!("/customers/{}", customer.id);
    let body = serde_json::json!({ "code": "K1", "name": "东方封头一厂", "unit": customer.unit, "rep": customer.rep });
    company.chief.client.put(&path, customer.version, &body).ok::<Customer>();
    let history: Page<AuditEvent> = company.rep.client.get(&format!("{path}/history")).ok();
    let told: Vec<_> =
        history.items.iter().map(|event| (event.verb, event.actor_name.as_ref().unwrap().as_str())).collect();
    assert_eq!(told, [(Verb::CustomerChanged, "陈志远"), (Verb::CustomerCreated, "苏婷")]);
}

#[test]
fn an_unchanged_customer_page_is_not_sent_twice() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头");
    let path = format!("/customers/{}", customer.id);
    let first = company.rep.client.get(&path);
    let tag = first.header("etag").expect("an ETag").to_owned();
    let again = company.rep.client.request("GET", &path).header("if-none-match", &tag).send();
    assert_eq!((again.status, again.body.len()), (304, 0));
}
