//! The yearly review through the front door: the whole of it with everybody's part, and what is refused. It is
//! long because a review is: its first test is one walk through all of it.

use serde_json::{Value, json};
use shared::dto::customer::CustomerRow;
use shared::dto::figures::Agreement;
use shared::dto::page::Page;
use shared::dto::review::{Appointment, CycleRow, Duties, FormRow, MovedForm, PublishedGrade};
use shared::grading::{Cohort, Input, grade};
use shared::id::{Key, Label};
use shared::problem::Code;
use shared::review::{Content, Correction, CycleStep, Phase, Stage, Step};
use tests::book::{all, easier, fill, published};
use tests::client::Client;
use tests::company::Company;
use tests::review::{DAY, each, form, forms, lead, on, open, opened, overview, step, take, taken, walk};
use tests::server::NOW;

fn rule(answer: &tests::client::Answer) -> (Code, String) {
    let problem = answer.problem();
    (problem.code, problem.fields.first().map(|field| field.code.clone()).unwrap_or_default())
}

fn grade_of(row: &FormRow) -> String {
    row.computed.as_ref().map_or_else(|| "C".to_owned(), ToString::to_string)
}

fn submit(row: &FormRow) -> Value {
    json!({ "move": "submit", "grade": grade_of(row), "reason": "与测算一致或见附件" })
}

/// Everything that waits for somebody's step, but for the steps of the cycle itself.
fn waiting(client: &Client) -> Vec<(Option<Stage>, Step, u64)> {
    let duties: Duties = client.get("/duties").ok();
    duties.items.into_iter().filter_map(|duty| Some((duty.stage, duty.step?, duty.count))).collect()
}

/// The step of the cycle that is due from somebody.
fn due(client: &Client) -> Option<CycleStep> {
    client.get("/duties").ok::<Duties>().items.iter().find_map(|duty| duty.due)
}

#[test]
fn a_review_goes_from_its_opening_to_published_grades() {
    let company = Company::new();
    let (promotion, chief) = (&company.promotion.client, &company.chief.client);
    let policy = published(promotion, &easier());
    fill(&company, 2024, 1_000..1_040);
    fill(&company, 2025, 1_000..1_060);
    let before = all(promotion);
    let row = open(promotion);
    assert!(matches!(row.cycle.phase, Phase::Opening { .. }));
    assert_eq!((row.version, row.progress.position, row.progress.total), (1, 0, 60));
    let row = walk(promotion, row);
    assert_eq!((&row.cycle.phase, row.progress.done, row.version), (&Phase::Gathering, 60, 2));
    let id = row.cycle.id;

    // Everybody sees a part of it.
    let seen = overview(promotion, &id);
    assert_eq!(seen.tally.map(|tally| tally.drafts), Some(60));
    assert_eq!(seen.units.len(), 2);
    assert_eq!(seen.may, [CycleStep::MoveClose]);
    assert_eq!(overview(chief, &id).units.len(), 1);
    assert_eq!(forms(chief, &id, "").len(), 30);
    assert_eq!(forms(promotion, &id, "").len(), 60);
    assert_eq!(waiting(chief), [(Some(Stage::Draft), Step::Submit, 30)]);
    assert_eq!(waiting(&company.finance.client), [(None, Step::Rate, 60)]);
    assert_eq!(due(promotion), None);
    assert!(waiting(promotion).is_empty());

    // A form as it was opened: the stored grade, graded anew to the same bytes.
    let rows = forms(chief, &id, "");
    let top = rows.iter().find(|row| row.computed.as_ref().is_some_and(|one| one.as_str() == "A")).unwrap();
    let view = form(chief, &id, &top.customer);
    assert_eq!(view.may, [Step::Fill, Step::Submit]);
    assert_eq!(view.assessment, grade(&policy.policy, &Cohort::default(), &view.inputs));
    let live = before.iter().find(|row| row.id == top.customer).unwrap();
    assert_eq!(
        (view.assessment.tier.as_ref(), Some(view.assessment.score)),
        (live.tier.as_ref(), live.score)
    );

    // It is filled in with a preview out of the same crate.
    let figures = view.figures.iter().map(|(key, figure)| (key.clone(), figure.input.clone())).collect();
    let loyalty = Key::parse("loyalty").unwrap();
    let input = Input::Judged { level: Label::parse("C").unwrap() };
    let mut content = Content::default();
    let by = company.chief.user.name.clone();
    content.values.insert(loyalty.clone(), Correction { input: input.clone(), at: 0, by });
    let inputs = view.ground.inputs(&figures, &content, None, &policy.policy);
    let preview = grade(&policy.policy, &Cohort::default(), &inputs);
    let path = format!("/reviews/{id}/forms/{}", top.customer);
    let body = json!({ "content": { "values": { "loyalty": input }, "trend": "rising" }, "preview": preview.to_json() });
    let filled: MovedForm = chief.put(&path, view.version, &body).ok();
    assert_eq!((filled.agreement, filled.form.version), (Agreement::Confirmed, view.version + 1));
    assert_eq!(filled.form.assessment, preview);
    assert_eq!(filled.form.figures, view.figures, "what was imported stays beside it");
    assert_eq!(filled.form.trail[0].changes["values.loyalty"]["after"]["level"], "C");
    assert_eq!(chief.put(&path, view.version, &body).problem().code, Code::VersionMismatch);
    let wrong = json!({ "content": { "values": { "loyalty": { "state": "judged", "level": "Z" } } } });
    let problem = chief.put(&path, filled.form.version, &wrong).problem();
    assert_eq!((problem.code, problem.fields[0].field.as_str()), (Code::Invalid, "content.values.loyalty"));

    // Finance rates it.
    let credit = json!({ "rating": "AA", "limit": 50_000_000, "terms": { "kind": "days", "days": 30 } });
    let rate = json!({ "move": "rate", "reason": "回款及时" });
    let body = json!({ "wanted": rate, "credit": credit });
    let finance = &company.finance.client;
    let rated: MovedForm = take(finance, &id, &top.customer, filled.form.version, &body).ok();
    assert_eq!(
        rated.form.inputs.get(&Key::parse("credit_rating").unwrap()),
        &Input::Judged { level: Label::parse("AA").unwrap() }
    );
    let bare = take(finance, &id, &top.customer, rated.form.version, &json!({ "wanted": rate })).problem();
    assert_eq!((bare.code, bare.fields[0].field.as_str()), (Code::Invalid, "credit"));

    // Both chiefs hand everything in, but for one form.
    each(chief, &id, &forms(chief, &id, "&stage=draft"), submit);
    let other = forms(&company.other_chief.client, &id, "&stage=draft");
    each(&company.other_chief.client, &id, &other[1..], submit);
    assert_eq!(forms(promotion, &id, "&stage=submitted").len(), 59);

    // The next day the window has closed.
    let promotion = &on(&company, "promotion", 1);
    let late = &on(&company, "other_chief", 1);
    let answer =
        take(late, &id, &other[0].customer, other[0].version, &json!({ "wanted": submit(&other[0]) }));
    assert_eq!(rule(&answer), (Code::Conflict, "window".to_owned()));
    // What nobody but the promotion section can bring on waits for nobody else.
    assert!(waiting(late).is_empty());
    assert_eq!(waiting(promotion), [(None, Step::SetAside, 1)]);
    assert_eq!(forms(promotion, &id, "&late=false").len(), 1);
    assert_eq!(due(promotion), Some(CycleStep::Convene));
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    let submitted = (Some(Stage::Submitted), Step::TakeUp, 59);
    assert_eq!(waiting(promotion), [(None, Step::SetAside, 1), submitted]);
    taken(promotion, &id, &other[0].customer, &json!({ "move": "set_aside", "reason": "已停止合作" }));
    each(promotion, &id, &forms(promotion, &id, "&stage=submitted"), |_| json!({ "move": "take_up" }));
    let answer = lead(promotion, &id, &json!({ "move": "conclude" }));
    assert_eq!(rule(&answer), (Code::Conflict, "open".to_owned()));

    // One is amended up to A, one decided down; the rest as they are.
    let before_meeting = forms(promotion, &id, "&stage=in_review");
    let up = before_meeting.iter().find(|row| grade_of(row) == "B").unwrap();
    let amend = json!({ "move": "amend", "grade": "A", "raised_by": "生产部", "reason": "战略客户" });
    let content = json!({ "values": {}, "notes": "复评补充" });
    let body = json!({ "wanted": amend, "content": content });
    let amended: MovedForm = take(promotion, &id, &up.customer, up.version, &body).ok();
    assert_eq!(amended.form.content.notes.as_ref().map(|note| note.as_str()), Some("复评补充"));
    assert!(forms(promotion, &id, "&disagree=true").iter().any(|row| row.customer == up.customer));
    each(
        promotion,
        &id,
        &forms(promotion, &id, "&stage=in_review"),
        |row| json!({ "move": "decide", "grade": row.grade }),
    );
    lead(promotion, &id, &json!({ "move": "conclude" })).ok::<Value>();
    let listed = forms(promotion, &id, "&stage=a_listed");
    assert!(listed.iter().any(|row| row.customer == up.customer));
    let publish = json!({ "move": "publish", "effective": "2026-03-28" });
    assert_eq!(rule(&lead(promotion, &id, &publish)), (Code::Conflict, "open".to_owned()));

    // The A cases go to the director and to the general manager.
    let plan = json!({ "service": "专人", "production": "优先", "sales": "价格" });
    for login in ["chief", "other_chief"] {
        let chief = &on(&company, login, 1);
        each(chief, &id, &forms(chief, &id, "&stage=a_listed"), |_| json!({ "move": "apply", "plan": plan }));
    }
    let director = &on(&company, "director", 1);
    assert_eq!(waiting(director), [(Some(Stage::AApplied), Step::Review, listed.len() as u64)]);
    each(director, &id, &forms(director, &id, "&stage=a_applied"), |_| json!({ "move": "review" }));
    let manager = &on(&company, "gm", 1);
    each(manager, &id, &forms(manager, &id, "&stage=director_reviewed"), |_| json!({ "move": "approve" }));

    // Published, it counts from its day on.
    assert_eq!(due(promotion), Some(CycleStep::Publish));
    lead(promotion, &id, &publish).ok::<Value>();
    assert_eq!(due(promotion), None, "until its day");
    let row: CycleRow = promotion.get("/reviews").ok::<Page<CycleRow>>().items.remove(0);
    let early: CycleRow = step(promotion, &row).ok();
    assert_eq!(early, row, "not before its day");
    let answer = take(manager, &id, &up.customer, 1, &json!({ "wanted": { "move": "withdraw" } }));
    assert_eq!(answer.problem().code, Code::VersionMismatch);
    let version = form(promotion, &id, &up.customer).version;
    let answer = take(
        promotion,
        &id,
        &up.customer,
        version,
        &json!({ "wanted": { "move": "return", "reason": "再议" } }),
    );
    assert_eq!(rule(&answer), (Code::Conflict, "frozen".to_owned()));
    let promotion = &on(&company, "promotion", 2);
    assert_eq!(due(promotion), Some(CycleStep::Finish));
    let row = walk(promotion, row);
    assert_eq!((row.progress.done, row.progress.total), (60, 60));
    assert!(matches!(row.cycle.phase, Phase::Published { .. }));

    let rows = forms(promotion, &id, "");
    let after: Vec<CustomerRow> = all(promotion);
    for customer in &after {
        let form = rows.iter().find(|row| row.customer == customer.id).unwrap();
        assert_eq!((form.stage, &customer.tier), (Stage::Effective, &form.grade), "{}", customer.code);
        let grades: Page<PublishedGrade> = promotion.get(&format!("/customers/{}/grades", customer.id)).ok();
        assert_eq!((grades.items.len(), &grades.items[0].grade), (1, &form.grade));
    }
    let lifted = after.iter().find(|row| row.id == up.customer).unwrap();
    assert_eq!(lifted.tier.as_ref().map(Label::as_str), Some("A"));
    assert_eq!(lifted.computed.as_ref().map(Label::as_str), Some("B"));
    let aside = after.iter().find(|row| row.id == other[0].customer).unwrap();
    assert_eq!(aside.tier, None);
    // Figures that come later change what is computed, and no published grade.
    let path = format!("/customers/{}", up.customer);
    let page: shared::dto::customer::CustomerPage = promotion.get(&path).ok();
    let body = json!({ "values": { "collection": { "state": "measured", "value": 0 }, "price_level": { "state": "measured", "value": 0 } } });
    promotion.put(&format!("{path}/years/2025/figures"), page.years[0].version, &body).ok::<Value>();
    let after = all(promotion);
    let lifted = after.iter().find(|row| row.id == up.customer).unwrap();
    assert_eq!(
        (lifted.tier.as_ref().map(Label::as_str), lifted.computed.as_ref().map(Label::as_str)),
        (Some("A"), Some("C"))
    );
    let verdict: Value = on(&company, "admin", 2).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
    assert!(waiting(promotion).is_empty());
    open_again(promotion);
}

fn open_again(promotion: &Client) {
    let body = json!({ "year": 2025, "opens": "2026-03-28", "closes": "2026-03-30" });
    let row: CycleRow = promotion.post("/reviews", &body).ok();
    let id = walk(promotion, row).cycle.id;
    let last: Vec<FormRow> = forms(promotion, &id, "");
    for customer in all(promotion) {
        let form = last.iter().find(|row| row.customer == customer.id).unwrap();
        assert_eq!(form.last, customer.tier, "the grade before is the published one");
    }
}

#[test]
fn there_is_one_cycle_at_a_time() {
    let company = Company::new();
    let promotion = &company.promotion.client;
    let row = open(promotion);
    let body = json!({ "year": 2024, "opens": "2026-03-26", "closes": "2026-03-30" });
    assert_eq!(rule(&promotion.post("/reviews", &body)), (Code::Conflict, "cycle_open".to_owned()));
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let (client, row) = (promotion.clone(), row.clone());
            std::thread::spawn(move || step(&client, &row).ok::<CycleRow>())
        })
        .collect();
    for racer in racers {
        assert_eq!(racer.join().unwrap().progress.position, 1);
    }
    assert_eq!(overview(promotion, &row.cycle.id).trail.len(), 2);
}

#[test]
fn of_two_at_once_one_moves_a_form_and_the_other_is_told() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司");
    let id = opened(&company.promotion.client);
    let chief = &company.chief.client;
    let body = json!({ "wanted": { "move": "submit", "grade": "B", "reason": "新客户" } });
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let (client, id, customer, body) = (chief.clone(), id.clone(), customer.id.clone(), body.clone());
            std::thread::spawn(move || take(&client, &id, &customer, 1, &body))
        })
        .collect();
    let answers: Vec<_> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((won.len(), lost.len()), (1, 3));
    assert!(lost.iter().all(|answer| answer.problem().code == Code::VersionMismatch));
    let view = form(chief, &id, &customer.id);
    assert_eq!((view.trail.len(), view.version, view.form.state.stage()), (1, 2, Stage::Submitted));
    let seen = overview(chief, &id);
    assert_eq!(seen.tally.map(|tally| (tally.drafts, tally.submitted)), Some((0, 1)));

    // Of many moves, each is answered by itself.
    let other = company.customer("K2", "后来的客户有限公司");
    let moves = json!({ "moves": [
        { "customer": customer.id, "version": 2, "wanted": { "move": "withdraw" } },
        { "customer": other.id, "version": 1, "wanted": { "move": "withdraw" } },
        { "customer": "nobody", "version": 1, "wanted": { "move": "take_up" } },
    ] });
    let path = format!("/reviews/{id}/forms/moves");
    let outcomes: Value = chief.request("POST", &path).json(&moves).send().ok();
    assert_eq!(outcomes[0]["outcome"], json!({ "outcome": "done", "stage": "draft", "version": 3 }));
    assert_eq!(outcomes[1]["outcome"]["problem"]["code"], "not_found", "who came later has no form");
    assert_eq!(outcomes[2]["outcome"]["problem"]["code"], "not_found");
    let outcomes: Value = chief.request("POST", &path).json(&moves).send().ok();
    assert_eq!(outcomes[0]["outcome"]["problem"]["code"], "version_mismatch");
}

#[test]
fn a_form_goes_with_its_customer_and_stays_with_whom_may_see_it() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司");
    let id = opened(&company.promotion.client);
    let path = format!("/reviews/{id}/forms/{}", customer.id);
    assert_eq!(waiting(&company.rep.client), [(Some(Stage::Draft), Step::Fill, 1)]);
    assert_eq!(overview(&company.rep.client, &id).mine.map(|mine| mine.len()), Some(1));
    assert_eq!(company.other_chief.client.get(&path).status, 404);
    assert_eq!(company.production.client.get(&path).status, 403);
    assert!(forms(&company.production.client, &id, "").iter().all(|row| row.score.is_none()));
    let moved = json!({ "code": "K1", "name": "东方封头用户有限公司", "unit": company.two.id, "rep": company.other_rep.user.id });
    company.promotion.client.put(&format!("/customers/{}", customer.id), 1, &moved).ok::<Value>();
    assert_eq!(company.chief.client.get(&path).status, 404);
    assert_eq!(form(&company.other_chief.client, &id, &customer.id).version, 2);
    assert!(waiting(&company.rep.client).is_empty());
    assert_eq!(waiting(&company.other_rep.client), [(Some(Stage::Draft), Step::Fill, 1)]);
    assert_eq!(overview(&company.other_chief.client, &id).units[0].standing.stages[0].forms, 1);
}

#[test]
fn nobody_judges_their_own_step_and_a_stand_in_acts_for_their_days() {
    let company = Company::new();
    let (promotion, chief) = (&company.promotion.client, &company.chief.client);
    let customer = company.customer("K1", "东方封头用户有限公司").id;
    let id = opened(promotion);
    let appoint = |client: &Client, body: Value| client.post("/stand-ins", &body);
    let (finance, director) = (&company.finance.user.id, &company.director.user.id);
    let days = |by| json!({ "by": by, "from": "2026-03-26", "until": "2026-03-27" });
    let made: Appointment = appoint(&company.director.client, days(finance)).ok();
    assert_eq!((&made.absent, &made.by), (director, finance));
    let other = json!({ "absent": director, "by": finance, "from": "2026-03-26", "until": "2026-03-27" });
    assert_eq!(rule(&appoint(chief, other.clone())).0, Code::Forbidden);
    assert_eq!(appoint(&company.admin, other).status, 201);
    let own: Page<Appointment> = company.finance.client.get("/stand-ins").ok();
    assert_eq!((own.items.len(), own.items[0].may_end), (2, false));
    assert!(chief.get("/stand-ins").ok::<Page<Appointment>>().items.is_empty());

    // The chief of the other unit stands in for this one, and for the director as well.
    let helper = &company.other_chief.user.id;
    let for_chief: Appointment = appoint(chief, days(helper)).ok();
    let for_director: Appointment = appoint(&company.director.client, days(helper)).ok();
    let helper = &company.other_chief.client;
    let view = form(helper, &id, &customer);
    assert!(view.may.is_empty() && view.acting_for.iter().any(|one| one.may == [Step::Fill, Step::Submit]));
    let duties: Duties = helper.get("/duties").ok();
    let acting: Vec<_> = duties.items.iter().filter_map(|duty| duty.stand_in.as_ref()).collect();
    assert_eq!(acting, [&for_chief.id]);
    let path = format!("/reviews/{id}/forms?stand_in={}", for_chief.id);
    assert_eq!(helper.get(&path).ok::<Page<FormRow>>().items.len(), 1);
    let submit = json!({ "wanted": { "move": "submit", "grade": "A", "reason": "战略客户" }, "stand_in": for_chief.id });
    let view: MovedForm = take(helper, &id, &customer, 1, &submit).ok();
    let hand = &view.form.trail[0].entry.hand;
    assert_eq!(
        (hand.user.as_str(), hand.on_behalf_of.as_ref()),
        (company.other_chief.user.id.as_str(), Some(&company.chief.user.id))
    );
    assert!(view.form.people.len() >= 3, "both names and the rep's");

    let promotion = &on(&company, "promotion", 1);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    taken(promotion, &id, &customer, &json!({ "move": "take_up" }));
    taken(promotion, &id, &customer, &json!({ "move": "decide", "grade": "A" }));
    let plan = json!({ "service": "专人", "production": "优先", "sales": "价格" });
    let version =
        taken(&on(&company, "chief", 1), &id, &customer, &json!({ "move": "apply", "plan": plan })).version;
    let review = json!({ "wanted": { "move": "review" }, "stand_in": for_director.id });
    let answer = take(&on(&company, "other_chief", 1), &id, &customer, version, &review);
    assert_eq!(rule(&answer), (Code::Forbidden, "own_step".to_owned()));
    let review = json!({ "wanted": { "move": "review" }, "stand_in": made.id });
    let finance = &on(&company, "finance", 1);
    let ended: Appointment = on(&company, "director", 1)
        .request("POST", &format!("/stand-ins/{}/end", for_director.id))
        .send()
        .ok();
    assert!(ended.ended_at.is_some() && !ended.may_end);
    let path = format!("/stand-ins/{}/end", made.id);
    assert_eq!(finance.request("POST", &path).send().problem().code, Code::Forbidden);
    let chief = &on(&company, "chief", 1);
    assert_eq!(chief.request("POST", &path).send().problem().code, Code::NotFound);
    take(finance, &id, &customer, version, &review).ok::<MovedForm>();
    let ended = json!({ "wanted": { "move": "withdraw" }, "stand_in": for_director.id });
    assert_eq!(
        rule(&take(finance, &id, &customer, version + 1, &ended)),
        (Code::Invalid, "unknown".to_owned())
    );
    let late = json!({ "wanted": { "move": "withdraw" }, "stand_in": made.id });
    let answer = take(&on(&company, "finance", 2), &id, &customer, version + 1, &late);
    assert_eq!(rule(&answer), (Code::Forbidden, "stand_in".to_owned()));
}

/// A cycle with that many forms, all set aside and its publication begun for the day after tomorrow.
fn ready(company: &Company, customers: u32) -> shared::id::CycleId {
    fill(company, 2025, 0..customers);
    let id = opened(&company.promotion.client);
    let promotion = &on(company, "promotion", 1);
    let aside = json!({ "move": "set_aside", "reason": "试" });
    each(promotion, &id, &forms(promotion, &id, ""), |_| aside.clone());
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    lead(promotion, &id, &json!({ "move": "conclude" })).ok::<Value>();
    lead(promotion, &id, &json!({ "move": "publish", "effective": "2026-03-28" })).ok::<Value>();
    id
}

#[test]
fn killed_in_mid_publication_each_grade_is_published_once() {
    let mut company = Company::new();
    let id = ready(&company, 450);
    let mut row: CycleRow =
        on(&company, "promotion", 2).get("/reviews").ok::<Page<CycleRow>>().items.remove(0);
    for at in 1..=2 {
        let client = on(&company, "promotion", 2);
        let seen = row.clone();
        let stepper = std::thread::spawn(move || {
            let path = format!("/reviews/{}/step", seen.cycle.id);
            let body = json!({ "at": seen.progress.position });
            drop(client.request("POST", &path).json(&body).try_send());
        });
        std::thread::sleep(std::time::Duration::from_millis(30 * at));
        company.server.kill();
        stepper.join().unwrap();
        company.server.restart();
        row = on(&company, "promotion", 2).get("/reviews").ok::<Page<CycleRow>>().items.remove(0);
        assert_eq!(row.progress.done % 200, 0, "a step is whole or absent");
    }
    // What is left is done by the clock.
    company.server.tick(NOW + 2 * DAY);
    let promotion = &on(&company, "promotion", 2);
    let seen = overview(promotion, &id);
    assert!(matches!(seen.cycle.phase, Phase::Published { .. }), "{:?}", seen.cycle.phase);
    assert_eq!((seen.progress.done, seen.tally.map(|tally| tally.effective)), (450, Some(450)));
    for customer in all(promotion).iter().step_by(37) {
        let grades: Page<PublishedGrade> = promotion.get(&format!("/customers/{}/grades", customer.id)).ok();
        assert_eq!((grades.items.len(), &customer.tier), (1, &None), "{}", customer.code);
    }
    let steps: Vec<Step> =
        form(promotion, &id, &all(promotion)[0].id).trail.iter().map(|row| row.entry.step).collect();
    assert_eq!(steps, [Step::SetAside, Step::Publish]);
    let verdict: Value = on(&company, "admin", 2).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}
