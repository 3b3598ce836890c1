//! What a draft is rehearsed with: every customer, as it would be graded today.

use std::collections::BTreeMap;

use shared::dto::policy::PublishedPolicy;
use shared::dto::rehearsal::{RehearsalPage, Rehearsed};
use shared::grading::{Cohort, Customer, simulate};
use shared::problem::Code;
use tests::book::{all, by_quota, fill, finish, page, published, start};
use tests::company::Company;

#[test]
fn the_whole_book_comes_with_the_inputs_it_is_graded_by() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2024, 0..20);
    fill(&company, 2025, 10..30);
    let book: RehearsalPage = client.get("/rehearsal").ok();
    assert_eq!((book.years, book.next), (vec![2026, 2025], None));
    let by_id: BTreeMap<_, &Rehearsed> =
        book.customers.iter().map(|one| (one.customer.id.clone(), one)).collect();
    for customer in all(client) {
        let found = by_id[&customer.id];
        assert_eq!((&found.code, &found.name), (&customer.code, &customer.name));
        assert_eq!(found.customer.unit.as_ref(), Some(&customer.unit));
        let years: BTreeMap<i32, _> = page(client, &customer)
            .years
            .into_iter()
            .filter(|year| year.year >= 2025)
            .map(|year| (year.year, year.detail.unwrap().inputs))
            .collect();
        assert_eq!(found.customer.years, years, "{}: growth and cooperation as they were graded", found.code);
    }
    assert_eq!(client.get("/rehearsal?cursor=nonsense").problem().code, Code::Invalid);
}

#[test]
fn what_was_rehearsed_is_what_becomes_of_the_book() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2025, 0..300);
    let current: PublishedPolicy = client.get("/policies/current").ok();
    let book: RehearsalPage = client.get("/rehearsal").ok();
    let customers: Vec<Customer> = book.customers.into_iter().map(|one| one.customer).collect();
    let rehearsal = simulate(&by_quota(), &current.policy, &customers);
    let year = rehearsal.years.iter().find(|one| one.year == 2025).expect("the year");
    assert!(year.movers.len() > 20, "{} movers", year.movers.len());

    let before: BTreeMap<_, _> = all(client).into_iter().map(|row| (row.id, row.tier)).collect();
    let policy = published(client, &by_quota());
    let run = finish(client, start(client, &[2025]).ok());
    assert_eq!(run.changed, year.movers.len() as u64);
    let path = format!("/policies/{}/cohort?year=2025", policy.summary.id);
    assert_eq!(client.get(&path).ok::<Cohort>(), year.cohort);
    let movers: BTreeMap<_, _> =
        year.movers.iter().map(|mover| (&mover.customer, (&mover.from, &mover.to))).collect();
    for row in all(client) {
        let from = &before[&row.id];
        match movers.get(&row.id) {
            Some(mover) => assert_eq!((from, &row.tier), *mover, "{}", row.code),
            None => assert_eq!(*from, row.tier, "{}", row.code),
        }
    }
}

#[test]
fn a_page_goes_on_where_the_last_one_ended_and_reads_its_customers_alone() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2025, 0..2_100);
    let answer = client.get("/rehearsal");
    let first: RehearsalPage = answer.ok();
    let next = first.next.expect("a second page");
    let (statements, rows) = answer.cost();
    assert!(statements <= 4 && rows < 60_000, "{statements} statements, {rows} rows");
    let rest = client.get(&format!("/rehearsal?cursor={next}"));
    let (_, fewer) = rest.cost();
    assert!(fewer < rows / 10, "a short page reads little: {fewer}");
    let rest: RehearsalPage = rest.ok();
    assert_eq!((first.customers.len(), rest.customers.len(), rest.next), (2_000, 100, None));
    let mut ids: Vec<_> = first.customers.iter().chain(&rest.customers).map(|one| &one.customer.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 2_100);
}
