//! Grading the book anew: the same as grading each by itself, step by step, whatever comes between.

use serde_json::{Value, json};
use shared::calendar::Date;
use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::customer::CustomerRow;
use shared::dto::figures::{Agreement, SavedFigures};
use shared::dto::page::Page;
use shared::dto::policy::PublishedPolicy;
use shared::dto::regrade::{Regrade, RegradePhase};
use shared::grading::{Background, Cohort, Input, Inputs, Placement, Policy, derive, grade};
use shared::id::Key;
use shared::problem::Code;
use tests::book::{all, by_quota, by_the_best, easier, fill, finish, page, publish, published, start, step};
use tests::client::Client;
use tests::company::Company;
use tests::server::NOW;

/// What is stored for a year under a policy: every customer's inputs, each graded to the stored bytes.
fn graded_natively(
    client: &Client,
    policy: &PublishedPolicy,
    cohort: &Cohort,
    year: i32,
) -> Vec<(CustomerRow, Inputs)> {
    let mut graded = Vec::new();
    for customer in all(client) {
        let page = page(client, &customer);
        let Some(stored) = page.years.iter().find(|one| one.year == year) else { continue };
        let before = page.years.iter().find(|one| one.year == year - 1);
        let plain = |year: &shared::dto::figures::YearView| {
            let figures = &year.detail.as_ref().expect("figures are shown").figures;
            figures.iter().map(|(key, figure)| (key.clone(), figure.input.clone())).collect()
        };
        let previous = before.map(plain);
        let background = Background {
            previous: previous.as_ref(),
            since: page.customer.since,
            segment: page.customer.segment.as_ref(),
            today: Date::at(NOW).unwrap(),
        };
        let inputs = derive(&plain(stored), year, background);
        let detail = stored.detail.as_ref().expect("figures are shown");
        let native = grade(&policy.policy, cohort, &inputs);
        assert_eq!(detail.inputs, inputs, "{}", customer.code);
        assert_eq!(detail.assessment.to_json(), native.to_json(), "{}", customer.code);
        assert_eq!((&stored.policy, &stored.tier), (&policy.summary.id, &native.tier), "{}", customer.code);
        if page.years[0].year == year {
            let shown = (customer.tier.as_ref(), customer.score, customer.provisional, customer.year);
            assert_eq!(shown, (native.tier.as_ref(), Some(native.score), native.provisional, Some(year)));
            assert_eq!(customer.previous_tier, before.and_then(|before| before.tier.clone()));
        }
        graded.push((customer, inputs));
    }
    graded
}

fn cohort(client: &Client, policy: &PublishedPolicy, year: i32) -> Cohort {
    client.get(&format!("/policies/{}/cohort?year={year}", policy.summary.id)).ok()
}

fn events(company: &Company, verb: Verb) -> Vec<AuditEvent> {
    let mut all = Vec::new();
    let mut path = "/audit?limit=200".to_owned();
    loop {
        let page: Page<AuditEvent> = company.admin.get(&path).ok();
        all.extend(page.items.into_iter().filter(|event| event.verb == verb));
        match page.next {
            Some(next) => path = format!("/audit?limit=200&cursor={next}"),
            None => return all,
        }
    }
}

#[test]
fn a_run_grades_every_customer_as_each_is_graded_by_itself() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2024, 0..90);
    fill(&company, 2025, 50..230);
    let before = all(client);
    let policy = published(client, &easier());
    let answer = start(client, &[2025, 2024]);
    let run: Regrade = answer.ok();
    assert_eq!(
        (answer.status, run.phase, run.years.as_slice()),
        (201, RegradePhase::Grade, &[2024, 2025][..])
    );
    assert_eq!((run.total, run.position), (230, 0), "one pass: nothing is taken from other customers");
    let run = finish(client, run);
    assert_eq!((run.phase, run.done, run.total, run.position), (RegradePhase::Done, 230, 230, 2));
    assert!(run.finished_at.is_some());
    assert_eq!(run.started_by.as_ref().map(|name| name.as_str()), Some("苏婷"));

    let none = Cohort::default();
    assert_eq!(graded_natively(client, &policy, &none, 2024).len(), 90);
    assert_eq!(graded_natively(client, &policy, &none, 2025).len(), 180);
    let path = format!("/policies/{}/cohort?year=2025", policy.summary.id);
    assert_eq!(client.get(&path).problem().code, Code::NotFound);

    let moved = before.iter().zip(all(client)).filter(|(one, other)| one.tier != other.tier).count();
    assert!(moved > 10 && run.changed >= moved as u64, "{moved} of {}", run.changed);
    let told = events(&company, Verb::Regraded);
    let subjects: Vec<&str> = told.iter().map(|event| event.subject.as_str()).collect();
    for (one, other) in before.iter().zip(all(client)) {
        let has_moved = one.tier != other.tier || one.score != other.score;
        assert!(!has_moved || subjects.contains(&one.id.as_str()), "{}", one.code);
    }
    assert!(told.len() < 230, "who keeps their grade is not in the trail: {}", told.len());
    let moved_tier = told[0].detail["years"]["2025"]["grade"].clone();
    assert_eq!(moved_tier["before"]["score"], moved_tier["after"]["score"]);
    assert_eq!(
        (events(&company, Verb::RegradeStep).len(), events(&company, Verb::RegradeCompleted).len()),
        (2, 1)
    );
    let verdict: Value = company.admin.get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");

    let again = finish(client, start(&client.at(NOW + 60_000), &[2025]).ok());
    assert_eq!(again.changed, 0, "nothing changes a second time");
    assert_eq!(events(&company, Verb::Regraded).len(), told.len());
    let listed: Page<Regrade> = company.director.client.get("/regrades?limit=1").ok();
    assert_eq!(listed.items, [again]);
    let cursor = listed.next.expect("a second page");
    let older: Page<Regrade> = client.get(&format!("/regrades?limit=1&cursor={cursor}")).ok();
    assert_eq!((older.items.as_slice(), older.next), (&[run][..], None));
}

#[test]
fn a_quota_is_found_in_the_whole_book_and_then_holds_for_one_customer() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2025, 0..320);
    let policy = published(client, &by_quota());
    let run: Regrade = start(client, &[2025]).ok();
    assert_eq!((run.phase, run.total), (RegradePhase::Survey, 3 * 320));
    let run = finish(client, run);
    assert_eq!((run.done, run.total, run.position), (960, 960, 6));

    let kept = cohort(client, &policy, 2025);
    let graded = graded_natively(client, &policy, &kept, 2025);
    let native = Cohort::of(&policy.policy, graded.iter().map(|(_, inputs)| inputs));
    assert_eq!(kept, native, "what the steps counted is what one pass over all counts");
    let in_tier = |tier: &str| {
        graded.iter().filter(|(row, _)| row.tier.as_ref().is_some_and(|one| one.as_str() == tier)).count()
    };
    let ranked = usize::try_from(kept.ranked).unwrap();
    assert!(ranked > 200 && ranked < 320, "{ranked}");
    assert_eq!(in_tier("A"), (ranked * 2_000 + 5_000) / 10_000);

    // The next save is previewed by the browser in the cohort that the page came with.
    let (customer, inputs) = &graded[17];
    let shown = page(client, customer);
    assert_eq!(shown.cohorts.keys().copied().collect::<Vec<_>>(), [2025]);
    assert_eq!(shown.years[0].detail.as_ref().and_then(|detail| detail.cohort.as_ref()), Some(&kept));
    let mut after = inputs.clone();
    after.values.insert(Key::parse("collection").unwrap(), Input::Measured { value: 9_900 });
    let preview = grade(&policy.policy, &shown.cohorts[&2025], &after);
    assert!(matches!(preview.placement, Some(Placement::Quota { .. })), "{:?}", preview.placement);
    let body = json!({ "values": { "collection": { "state": "measured", "value": 9_900 } },
        "preview": preview.to_json() });
    let path = format!("/customers/{}/years/2025/figures", customer.id);
    let saved: SavedFigures = client.put(&path, shown.years[0].version, &body).ok();
    assert_eq!(saved.agreement, Agreement::Confirmed);
    assert_eq!(saved.year.detail.as_ref().and_then(|detail| detail.cohort.as_ref()), Some(&kept));

    // So are imports and the calculator.
    fill(&company, 2025, 320..330);
    let imported = page(client, &all(client)[325]);
    let detail = imported.years[0].detail.as_ref().unwrap();
    assert_eq!(detail.assessment, grade(&policy.policy, &kept, &detail.inputs));
    let tried = |body: Value| client.request("POST", "/assessments/preview").json(&body).send().text();
    let in_book = grade(&policy.policy, &kept, inputs).to_json();
    let alone = grade(&policy.policy, &Cohort::default(), inputs).to_json();
    assert_eq!(tried(json!({ "inputs": inputs, "year": 2025 })), in_book);
    assert_eq!(tried(json!({ "inputs": inputs, "policy": policy.policy, "cohort": kept })), in_book);
    assert_eq!(tried(json!({ "inputs": inputs })), alone, "this year has no cohort yet");
    assert_eq!(tried(json!({ "inputs": inputs, "year": 2025, "cohort": {} })), alone);

    assert_eq!(
        company.production.client.get(&format!("/customers/{}", customer.id)).ok::<Value>()["cohorts"],
        Value::Null
    );
}

#[test]
fn the_best_of_the_book_is_found_in_one_pass_more() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2025, 0..230);
    let policy = published(client, &by_the_best());
    let run = finish(client, start(client, &[2025]).ok());
    assert_eq!((run.total, run.position), (2 * 230, 4));
    let kept = cohort(client, &policy, 2025);
    assert_eq!((kept.customers, kept.bests[0].value), (230, 229_000_000 + 2_025));
    let graded = graded_natively(client, &policy, &kept, 2025);
    assert_eq!(Cohort::of(&policy.policy, graded.iter().map(|(_, inputs)| inputs)), kept);
}

#[test]
fn a_step_sent_twice_is_taken_once() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2025, 0..250);
    published(client, &by_quota());
    let run: Regrade = start(client, &[2025]).ok();
    let first: Regrade = step(client, &run).ok();
    assert_eq!((first.position, first.done), (1, 200));
    assert_eq!(step(client, &run).ok::<Regrade>(), first, "the answer is how far it has come");
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let (client, first) = (client.clone(), first.clone());
            std::thread::spawn(move || step(&client, &first).ok::<Regrade>())
        })
        .collect();
    for racer in racers {
        assert_eq!(racer.join().unwrap().position, 2);
    }
    let run = finish(client, client.get(&format!("/regrades/{}", run.id)).ok());
    assert_eq!((run.done, run.total, run.position), (750, 750, 6));
    assert_eq!(step(client, &run).ok::<Regrade>(), run, "and so after the end");
    assert_eq!(events(&company, Verb::RegradeStep).len(), 6);
}

/// Takes steps until the server is gone; says of each that it was answered, and of the last what it was.
fn step_until_broken(client: Client, run: Regrade, answered: std::sync::mpsc::Sender<u32>) -> Regrade {
    let mut run = run;
    while run.phase.is_open() {
        let path = format!("/regrades/{}/step", run.id);
        let request = client.request("POST", &path).json(&json!({ "at": run.position }));
        let Ok(answer) = request.try_send() else { break };
        run = answer.ok();
        let _ = answered.send(run.position);
    }
    run
}

#[test]
fn killed_in_the_middle_each_step_is_whole_or_absent_and_going_on_completes_it() {
    let mut company = Company::new();
    fill(&company, 2025, 0..600);
    let policy = published(&company.promotion.client, &by_quota());
    let mut run: Regrade = start(&company.promotion.client, &[2025]).ok();
    let mut client = company.promotion.client.clone();
    // Once in each pass over the book, while the step after that one is under way.
    for at in [2, 6, 9] {
        let (answered, answers) = std::sync::mpsc::channel();
        let stepper = std::thread::spawn(move || step_until_broken(client, run, answered));
        while answers.recv().is_ok_and(|position| position < at) {}
        std::thread::sleep(std::time::Duration::from_millis(40));
        company.server.kill();
        let last = stepper.join().unwrap();
        company.server.restart();
        client = company.promotion.client.moved(company.server.url());
        run = client.get(&format!("/regrades/{}", last.id)).ok();
        assert!([last.position, last.position + 1].contains(&run.position), "{last:?} {run:?}");
    }
    let run = finish(&client, run);
    // The last step of each pass finds nobody left.
    assert_eq!((run.phase, run.done, run.position), (RegradePhase::Done, 1_800, 12), "nothing is done twice");
    let kept = cohort(&client, &policy, 2025);
    let graded = graded_natively(&client, &policy, &kept, 2025);
    assert_eq!(Cohort::of(&policy.policy, graded.iter().map(|(_, inputs)| inputs)), kept);
    let verdict: Value = company.admin.moved(company.server.url()).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}

#[test]
fn there_is_one_run_at_a_time_and_a_stopped_one_leaves_what_it_graded() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2025, 0..250);
    let policy = published(client, &easier());
    let racers: Vec<_> = (0..3)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || start(&client, &[2025]))
        })
        .collect();
    let answers: Vec<_> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((won.len(), lost.len()), (1, 2));
    for answer in lost {
        let problem = answer.problem();
        assert_eq!((problem.code, problem.fields[0].code.as_str()), (Code::Conflict, "regrade_running"));
    }
    let run: Regrade = step(client, &won[0].ok()).ok();
    let path = format!("/regrades/{}/cancel", run.id);
    let cancelled: Regrade = client.request("POST", &path).send().ok();
    assert_eq!((cancelled.phase, cancelled.done), (RegradePhase::Cancelled, 200));
    assert_eq!(client.request("POST", &path).send().ok::<Regrade>(), cancelled);
    assert_eq!(step(client, &cancelled).ok::<Regrade>(), cancelled);
    let by_new = |client: &Client| {
        let rows = all(client);
        rows.iter().filter(|row| page(client, row).years[0].policy == policy.summary.id).count()
    };
    assert_eq!(by_new(client), 200);
    assert_eq!(events(&company, Verb::RegradeCancelled).len(), 1);
    finish(client, start(client, &[2025]).ok());
    assert_eq!(by_new(client), 250);
}

#[test]
fn a_run_asks_for_years_that_there_are() {
    let company = Company::new();
    let client = &company.promotion.client;
    for years in [&[][..], &[1999], &[2027], &[2020, 2021, 2022, 2023, 2024, 2025]] {
        let problem = start(client, years).problem();
        assert_eq!((problem.code, problem.fields[0].field.as_str()), (Code::Invalid, "years"), "{years:?}");
    }
    let request = || client.request("POST", "/regrades").header("idempotency-key", "one");
    let run: Regrade = request().json(&json!({ "years": [2025, 2025] })).send().ok();
    assert_eq!(run.years, [2025]);
    assert_eq!(request().json(&json!({ "years": [2025, 2025] })).send().ok::<Regrade>(), run);
    let run = finish(client, run);
    assert_eq!((run.phase, run.done), (RegradePhase::Done, 0), "an empty book is graded at once");
}

#[test]
fn whoever_saves_between_two_steps_is_graded_too() {
    let company = Company::new();
    let client = &company.promotion.client;
    fill(&company, 2025, 0..250);
    let policy = published(client, &by_quota());
    let run: Regrade = start(client, &[2025]).ok();
    let run: Regrade = step(client, &run).ok();
    // One who was counted changes, and others come in.
    let first = &all(client)[0];
    let body = json!({ "values": { "collection": { "state": "measured", "value": 9_999 } } });
    client.put(&format!("/customers/{}/years/2025/figures", first.id), 1, &body).ok::<SavedFigures>();
    fill(&company, 2025, 250..330);
    let run = finish(client, run);
    assert_eq!((run.phase, run.done, run.total), (RegradePhase::Done, 330 * 3, 330 * 3));
    let graded = graded_natively(client, &policy, &cohort(client, &policy, 2025), 2025);
    assert_eq!(graded.len(), 330);
    let unranked = graded.iter().filter(|(row, _)| row.tier.is_none()).count();
    assert!(unranked < 60, "whoever has the evidence has a tier: {unranked}");
}

#[test]
fn the_clock_grades_the_book_when_a_version_comes_into_force() {
    const DAY: i64 = 86_400_000;
    let mut company = Company::new();
    fill(&company, 2025, 0..450);
    let client = &company.promotion.client.clone();
    let runs = |client: &Client| client.get("/regrades").ok::<Page<Regrade>>().items;
    company.server.tick(NOW);
    assert_eq!(runs(client), [], "everything was graded by the first version");

    let draft = tests::book::draft(client, &by_quota());
    let policy: PublishedPolicy = publish(client, &draft, "2026-03-28").ok();
    company.server.tick(NOW + DAY);
    assert_eq!(runs(client), [], "the day has not come");
    company.server.tick(NOW + 2 * DAY);
    let run = runs(client).remove(0);
    assert_eq!(
        (run.years.as_slice(), &run.policy, run.started_by),
        (&[2025, 2026][..], &policy.summary.id, None)
    );
    assert_eq!((run.phase, run.position), (RegradePhase::Done, 9));
    company.server.tick(NOW + 2 * DAY + 60_000);
    assert_eq!(runs(client).len(), 1, "once");
    let step = &events(&company, Verb::RegradeStep)[0];
    assert_eq!((&step.actor, &step.actor_name), (&None, &None), "nobody did it");

    // A run whose policy is no longer in force is stopped, and the next version has its own.
    let client = &company.promotion_at(NOW + 2 * DAY);
    let run: Regrade = start(client, &[2025]).ok();
    publish(client, &tests::book::draft(client, &easier()), "2026-03-28").ok::<PublishedPolicy>();
    company.server.tick(NOW + 2 * DAY + 120_000);
    let stopped: Regrade = client.get(&format!("/regrades/{}", run.id)).ok();
    assert_eq!((stopped.phase, stopped.done), (RegradePhase::Cancelled, 0));
    company.server.tick(NOW + 2 * DAY + 180_000);
    let newest = runs(client).remove(0);
    assert_eq!((newest.phase, newest.position), (RegradePhase::Done, 3));
}

#[test]
fn a_step_stays_below_fifty_statements_and_reads_its_customers_alone() {
    let company = Company::new();
    let client = &company.promotion.client;
    let mut costs: Vec<Vec<(u64, u64)>> = Vec::new();
    for (from, to) in [(0, 400), (400, 1_400)] {
        fill(&company, 2024, from..to);
        fill(&company, 2025, from..to);
        published(client, &by_quota());
        let mut run: Regrade = start(client, &[2024, 2025]).ok();
        let mut of_run = Vec::new();
        while run.phase.is_open() {
            let answer = step(client, &run);
            of_run.push(answer.cost());
            run = answer.ok();
        }
        costs.push(of_run);
    }
    for (run, costs) in costs.iter().enumerate() {
        for (at, (statements, rows)) in costs.iter().enumerate() {
            assert!(
                *statements < 50 && *rows < 20_000,
                "run {run}, step {at}: {statements} statements, {rows} rows"
            );
        }
    }
    let most = |costs: &[(u64, u64)]| costs.iter().map(|(_, rows)| *rows).max().unwrap();
    assert!(most(&costs[1]) < most(&costs[0]) * 3 / 2, "no step grows with the book: {costs:?}");
}

/// Written out so that a change of what a policy needs is seen here.
#[test]
fn the_policies_of_these_tests_have_no_mistakes() {
    let policies: [Policy; 3] = [easier(), by_quota(), by_the_best()];
    for policy in policies {
        assert_eq!(shared::grading::check(&policy), []);
    }
}
