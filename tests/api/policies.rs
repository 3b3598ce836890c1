//! Versions of the policy: drafted, raced, published with a date, withdrawn.

use serde_json::{Value, json};
use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::customer::CustomerPage;
use shared::dto::draft::{Draft, DraftSummary, NewDraft, SaveDraft};
use shared::dto::figures::SavedFigures;
use shared::dto::page::Page;
use shared::dto::policy::{PolicyState, PolicyVersion, PublishedPolicy};
use shared::grading::{Policy, check};
use shared::problem::Code;
use tests::book::{draft, easier, publish, published};
use tests::client::Client;
use tests::company::Company;
use tests::server::NOW;

const DAY: i64 = 86_400_000;

fn versions(client: &Client) -> Vec<PolicyVersion> {
    client.get("/policies").ok::<Page<PolicyVersion>>().items
}

fn states(client: &Client) -> Vec<(i64, PolicyState)> {
    versions(client).iter().map(|one| (one.summary.version, one.state)).collect()
}

fn save(client: &Client, draft: &Draft, policy: &Policy) -> tests::client::Answer {
    client.put(&format!("/policy-drafts/{}", draft.id), draft.version, &SaveDraft { policy })
}

fn newest_event(company: &Company) -> AuditEvent {
    company.admin.get("/audit?limit=1").ok::<Page<AuditEvent>>().items.remove(0)
}

#[test]
fn a_draft_is_a_copy_until_it_is_saved_and_its_trail_says_what_changed() {
    let company = Company::new();
    let client = &company.promotion.client;
    let current: PublishedPolicy = client.get("/policies/current").ok();
    let body = NewDraft::<Policy> { based_on: current.summary.id.clone(), policy: None };
    let answer = client.request("POST", "/policy-drafts").header("idempotency-key", "one").json(&body).send();
    let made: Draft = answer.ok();
    assert_eq!((answer.status, answer.version()), (201, 1));
    assert_eq!((&made.policy, made.mistakes.len()), (&current.policy, 0));
    let again = client.request("POST", "/policy-drafts").header("idempotency-key", "one").json(&body).send();
    assert_eq!(again.ok::<Draft>(), made, "the same request is the same draft");

    let saved: Draft = save(client, &made, &easier()).ok();
    assert_eq!((saved.version, &saved.policy), (2, &easier()));
    let answer = client.get(&format!("/policy-drafts/{}", made.id));
    assert_eq!((answer.version(), answer.ok::<Draft>()), (2, saved.clone()));
    let event = newest_event(&company);
    assert_eq!((event.verb, event.subject.as_str()), (Verb::DraftSaved, made.id.as_str()));
    assert_eq!(event.detail["changes"]["tiers.0.from"], json!({ "before": 8_000, "after": 7_000 }));
    assert_eq!(event.detail["changes"].as_object().map(serde_json::Map::len), Some(2), "{}", event.detail);

    let list: Page<DraftSummary> = client.get("/policy-drafts").ok();
    assert_eq!(list.items.len(), 1);
    assert_eq!((&list.items[0].title, list.items[0].mistakes), (&easier().title, 0));
    let path = format!("/policy-drafts/{}", made.id);
    assert_eq!(client.request("DELETE", &path).if_version(1).send().problem().code, Code::VersionMismatch);
    assert_eq!(client.request("DELETE", &path).if_version(2).send().status, 204);
    assert_eq!(client.get(&path).problem().code, Code::NotFound);
    assert_eq!(client.get("/policy-drafts").ok::<Page<DraftSummary>>().items, []);
    assert_eq!(newest_event(&company).verb, Verb::DraftDiscarded);
}

#[test]
fn of_two_saves_of_a_draft_one_wins_and_the_other_is_told() {
    let company = Company::new();
    let made = draft(&company.promotion.client, &easier());
    let racers: Vec<_> = (0..4)
        .map(|number| {
            let (client, made) = (company.promotion.client.clone(), made.clone());
            std::thread::spawn(move || {
                let mut policy = easier();
                policy.document = format!("第{number}稿");
                save(&client, &made, &policy).status
            })
        })
        .collect();
    let mut statuses: Vec<u16> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412, 412]);
    let stale = publish(&company.promotion.client, &made, "2026-04-01");
    assert_eq!(stale.problem().code, Code::VersionMismatch, "nobody publishes what they have not seen");
}

#[test]
fn a_draft_may_be_wrong_but_must_have_the_shape_of_a_policy() {
    let company = Company::new();
    let client = &company.promotion.client;
    let mut policy = easier();
    policy.tiers[1].key = policy.tiers[0].key.clone();
    policy.gates[0].when.input = shared::id::Key::parse("colour").unwrap();
    let found = check(&policy);
    assert!(found.len() >= 2);
    let made = draft(client, &policy);
    assert_eq!(made.mistakes, found);
    let listed: Page<DraftSummary> = client.get("/policy-drafts").ok();
    assert_eq!(listed.items[0].mistakes as usize, found.len());

    let refused = publish(client, &made, "2026-03-01").problem();
    assert_eq!(refused.code, Code::Invalid);
    let fields: Vec<&str> = refused.fields.iter().map(|one| one.field.as_str()).collect();
    for mistake in &found {
        assert!(fields.contains(&format!("policy.{}", mistake.path).as_str()), "{mistake} in {fields:?}");
    }
    assert!(fields.contains(&"effective_from"), "the day has passed, which is said as well: {fields:?}");
    assert_eq!(states(client).len(), 1);

    let mut shapeless = serde_json::to_value(&policy).unwrap();
    shapeless["colour"] = json!("red");
    shapeless["tiers"] = json!("none");
    let body = json!({ "policy": shapeless });
    let refused = client.put(&format!("/policy-drafts/{}", made.id), 1, &body).problem();
    assert_eq!(refused.code, Code::Invalid);
    let fields: Vec<(&str, &str)> =
        refused.fields.iter().map(|one| (one.field.as_str(), one.code.as_str())).collect();
    assert_eq!(fields, [("policy.colour", "unknown_key"), ("policy.tiers", "type")]);
    let large = json!({ "policy": { "title": "x".repeat(400_000) } });
    let request = client.request("PUT", &format!("/policy-drafts/{}", made.id)).if_version(1).json(&large);
    assert_eq!(request.send_too_large().problem().code, Code::TooLarge);
    assert_eq!(client.get(&format!("/policy-drafts/{}", made.id)).ok::<Draft>(), made);
}

#[test]
fn publishing_twice_with_one_key_publishes_once_and_ends_the_draft() {
    let company = Company::new();
    let client = &company.promotion.client;
    let made = draft(client, &easier());
    let path = format!("/policy-drafts/{}/publish", made.id);
    let body = json!({ "effective_from": "2026-04-01", "reason": " 年度修订 " });
    let senders: Vec<_> = (0..3)
        .map(|_| {
            let (client, path, body) = (client.clone(), path.clone(), body.clone());
            std::thread::spawn(move || {
                let request = client.request("POST", &path).if_version(1).header("idempotency-key", "twice");
                request.json(&body).send().ok::<PublishedPolicy>()
            })
        })
        .collect();
    let answers: Vec<_> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
    assert!(answers.iter().all(|one| *one == answers[0]));
    let published = &answers[0];
    assert_eq!((published.summary.version, &published.policy), (2, &easier()));
    assert_eq!(
        client.get(&format!("/policies/{}", published.summary.id)).ok::<PublishedPolicy>(),
        *published
    );
    assert_eq!(client.get(&format!("/policy-drafts/{}", made.id)).problem().code, Code::NotFound);
    let event = newest_event(&company);
    assert_eq!((event.verb, event.reason.as_deref()), (Verb::PolicyPublished, Some("年度修订")));
    assert_eq!(event.detail["changes"]["tiers.0.from"], json!({ "before": 8_000, "after": 7_000 }));
    assert_eq!(states(client), [(2, PolicyState::Scheduled), (1, PolicyState::InForce)]);
    let other = json!({ "effective_from": "2026-05-01", "reason": "年度修订" });
    let request = client.request("POST", &path).if_version(1).header("idempotency-key", "twice");
    assert_eq!(request.json(&other).send().problem().code, Code::Conflict);
}

#[test]
fn of_two_drafts_published_at_once_each_becomes_a_version_or_is_refused_whole() {
    let company = Company::new();
    let client = &company.promotion.client;
    let racers: Vec<_> = (0..3)
        .map(|_| {
            let (client, made) = (client.clone(), draft(client, &easier()));
            std::thread::spawn(move || publish(&client, &made, "2026-04-01").status)
        })
        .collect();
    let statuses: Vec<u16> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    let won = statuses.iter().filter(|status| **status == 201).count();
    assert!(won >= 1 && statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    assert_eq!(versions(client).len(), 1 + won);
    let left = client.get("/policy-drafts").ok::<Page<DraftSummary>>().items.len();
    assert_eq!(left, 3 - won, "a draft that was refused is still there");
}

#[test]
fn a_version_takes_effect_on_its_day_and_old_grades_keep_theirs() {
    let company = Company::new();
    let client = &company.promotion.client;
    let save = |client: &Client, customer: &str, year: i32, version: i64| -> SavedFigures {
        let body = json!({ "values": { "collection": { "state": "measured", "value": 8_000 + version } } });
        client.put(&format!("/customers/{customer}/years/{year}/figures"), version, &body).ok()
    };
    let customer = company.customer("K1", "东方封头").id.to_string();
    let first = save(client, &customer, 2024, 0).year;
    let next = publish(client, &draft(client, &easier()), "2026-03-28").ok::<PublishedPolicy>().summary;

    let eve = &company.promotion_at(NOW + DAY);
    assert_eq!(states(eve), [(2, PolicyState::Scheduled), (1, PolicyState::InForce)]);
    assert_eq!(save(eve, &customer, 2025, 0).year.policy, first.policy);
    let day = &company.promotion_at(NOW + 2 * DAY);
    assert_eq!(states(day), [(2, PolicyState::InForce), (1, PolicyState::Superseded)]);
    assert_eq!(day.get("/policies/current").ok::<PublishedPolicy>().summary, next);
    assert_eq!(save(day, &customer, 2025, 1).year.policy, next.id);

    let page: CustomerPage = day.get(&format!("/customers/{customer}")).ok();
    let policies: Vec<_> = page.years.iter().map(|year| (year.year, year.policy.clone())).collect();
    assert_eq!(policies, [(2025, next.id.clone()), (2024, first.policy.clone())]);
    assert_eq!(page.years[1], first, "what was decided stays as it was explained");
    assert_eq!(page.policy, next.id);

    let early = publish(day, &draft(day, &easier()), "2026-03-27").problem();
    assert_eq!(
        (early.fields[0].field.as_str(), early.fields[0].code.as_str()),
        ("effective_from", "too_early")
    );
}

#[test]
fn only_a_version_that_has_not_taken_effect_is_withdrawn_and_then_never_does() {
    let company = Company::new();
    let client = &company.promotion.client;
    let second = publish(client, &draft(client, &easier()), "2026-04-01").ok::<PublishedPolicy>().summary;
    let before = publish(client, &draft(client, &easier()), "2026-03-31").problem();
    assert_eq!(before.fields[0].field, "effective_from", "not before the version it follows");

    let retire = |client: &Client, id: &str| {
        client.request("POST", &format!("/policies/{id}/retire")).json(&json!({ "reason": "有误" })).send()
    };
    let first = versions(client)[1].summary.id.to_string();
    assert_eq!(retire(client, &first).problem().code, Code::Conflict, "in force");
    assert_eq!(retire(client, "nowhere").problem().code, Code::NotFound);
    let racers: Vec<_> = (0..2)
        .map(|_| {
            let (client, id) = (client.clone(), second.id.to_string());
            std::thread::spawn(move || retire(&client, &id).status)
        })
        .collect();
    let mut statuses: Vec<u16> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let retired = versions(client).remove(0);
    assert_eq!((retired.state, retired.summary.clone()), (PolicyState::Retired, second));
    let retirement = retired.retirement.unwrap();
    assert_eq!((retirement.by.as_str(), retirement.reason.as_str()), ("苏婷", "有误"));
    assert_eq!(newest_event(&company).verb, Verb::PolicyRetired);

    let third = published(client, &easier()).summary;
    assert_eq!(third.version, 3, "numbers are not used twice");
    assert_eq!(client.get("/policies/current").ok::<PublishedPolicy>().summary, third);
    let verdict: Value = company.admin.get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
    let later = company.promotion_at(NOW + 6 * DAY);
    let expected = [(3, PolicyState::InForce), (2, PolicyState::Retired), (1, PolicyState::Superseded)];
    assert_eq!(states(&later), expected, "the day of what was withdrawn passes like any other");
}
