//! The audit trail: complete, in order, chained.

use serde_json::Value;
use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::page::Page;
use tests::client::Client;
use tests::company::Company;

fn events(client: &Client) -> Vec<AuditEvent> {
    let mut all = Vec::new();
    let mut path = "/audit?limit=200".to_owned();
    loop {
        let page: Page<AuditEvent> = client.get(&path).ok();
        all.extend(page.items);
        match page.next {
            Some(next) => path = format!("/audit?limit=200&cursor={next}"),
            None => return all,
        }
    }
}

#[test]
fn every_change_leaves_its_event_and_the_chain_holds() {
    let company = Company::new();
    let customer = company.customer("K0001", "东方封头用户有限公司");
    let all = events(&company.admin);
    let mut seqs: Vec<_> = all.iter().map(|event| event.seq).collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=all.len() as i64).collect::<Vec<_>>(), "no gap, no repetition");
    let count = |verb: Verb| all.iter().filter(|event| event.verb == verb).count();
    assert_eq!((count(Verb::SetUp), count(Verb::UnitCreated), count(Verb::UserCreated)), (1, 2, 9));
    let made = all.iter().find(|event| event.verb == Verb::CustomerCreated).unwrap();
    assert_eq!(made.subject, customer.id.as_str());
    assert_eq!(made.actor.as_ref(), Some(&company.promotion.user.id));

    let verdict: Value = company.admin.get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}

#[test]
fn a_refused_change_leaves_no_event() {
    let company = Company::new();
    let before = events(&company.admin).len();
    let body = serde_json::json!({ "name": "x", "kind": "office", "active": true });
    assert_eq!(company.admin.put(&format!("/units/{}", company.two.id), 999, &body).status, 412);
    assert_eq!(company.rep.client.post("/units", &body).status, 403);
    assert_eq!(events(&company.admin).len(), before);
}

#[test]
fn many_writers_at_once_keep_one_chain() {
    let company = Company::new();
    let clients: Vec<Client> = (0..8).map(|_| company.promotion.client.clone()).collect();
    let unit = company.one.id.clone();
    let threads: Vec<_> = clients
        .into_iter()
        .enumerate()
        .map(|(index, client)| {
            let unit = unit.clone();
            std::thread::spawn(move || {
                let draft = serde_json::json!({ "code": format!("T{index}"), "name": "同时", "unit": unit });
                client.post("/customers", &draft).status
            })
        })
        .collect();
    let statuses: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(statuses.iter().all(|status| *status == 201), "{statuses:?}");
    let verdict: Value = company.admin.get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}

#[test]
fn secrets_never_enter_the_trail() {
    let company = Company::new();
    let text = serde_json::to_string(&events(&company.admin)).unwrap();
    assert!(!text.contains(tests::company::PASSWORD));
    assert!(!text.contains("argon2"));
}
