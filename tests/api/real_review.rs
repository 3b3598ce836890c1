//! The hundred real customers through a whole review, by six people and two who help: with what goes back, what
//! is changed at the table, a stand-in, a missed close, and two who decide the same at once. It is one story,
//! told from the first day to the third; what must come of each customer is kept beside it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::dto::customer::CustomerPage;
use shared::dto::figures::Agreement;
use shared::dto::page::Page;
use shared::dto::policy::PublishedPolicy;
use shared::dto::review::{Appointment, CycleRow, FormRow, FormView, MovedForm, PublishedGrade};
use shared::grading::{Cohort, Input, grade};
use shared::id::{CustomerId, CycleId, Key, Note};
use shared::problem::Code;
use shared::review::{Content, Phase, Rating, Stage, Step, Writing};
use tests::book::{all, easier, published};
use tests::client::Answer;
use tests::company::{Company, Person};
use tests::review::{each, form, forms, lead, on, overview, take, taken, walk};

use crate::receivables::{invoices, send};

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn rule(answer: &Answer) -> String {
    answer.problem().fields.first().map(|field| field.code.clone()).unwrap_or_default()
}

/// Half of the customers for each unit; the rep looks after the first twelve of unit one.
fn import(company: &Company) {
    let odd = |code: &str| code.bytes().last().is_some_and(|digit| digit % 2 == 1);
    let (one, two): (Vec<_>, Vec<_>) = invoices().into_iter().partition(|invoice| odd(&invoice.customer));
    send(company, "one", &company.one.id, &one);
    send(company, "two", &company.two.id, &two);
    let promotion = &company.promotion.client;
    let customers = all(promotion);
    assert_eq!(customers.len(), 100);
    for customer in customers.iter().filter(|row| row.unit == company.one.id).take(12) {
        let path = format!("/customers/{}", customer.id);
        let version = promotion.get(&path).ok::<CustomerPage>().customer.version;
        let draft = json!({ "code": customer.code, "name": customer.name, "unit": customer.unit,
            "rep": company.rep.user.id });
        promotion.put(&path, version, &draft).ok::<Value>();
    }
}

/// What people know and the ledger does not, read off how the customer pays.
fn judged(view: &FormView) -> Writing {
    let paid = match view.figures.get(&key("collection")).map(|figure| &figure.input) {
        Some(Input::Measured { value }) => *value,
        _ => 0,
    };
    let level = if paid >= 5_000 {
        "A"
    } else if paid >= 3_000 {
        "B"
    } else {
        "C"
    };
    let judged = json!({ "state": "judged", "level": level });
    let price = json!({ "state": "measured", "value": 9_000 + paid / 10 });
    let writing = json!({ "values": { "order_planning": judged, "product_fit": judged, "communication": judged,
        "loyalty": judged, "price_level": price }, "cooperation": "steady", "trend": "steady" });
    serde_json::from_value(writing).unwrap()
}

/// Fills in a form as the page does: with the grade that the same crate yields of it, to the byte.
fn fill(person: &Person, cycle: &CycleId, customer: &CustomerId, policy: &PublishedPolicy) {
    let view = form(&person.client, cycle, customer);
    let writing = judged(&view);
    let figures = view.figures.iter().map(|(key, figure)| (key.clone(), figure.input.clone())).collect();
    let content = Content::default().rewritten(&writing, 0, &person.user.name);
    let inputs = view.ground.inputs(&figures, &content, view.credit.as_ref(), &policy.policy);
    let preview = grade(&policy.policy, &Cohort::default(), &inputs);
    let body = json!({ "content": writing, "preview": preview.to_json() });
    let filled: MovedForm =
        person.client.put(&format!("/reviews/{cycle}/forms/{customer}"), view.version, &body).ok();
    assert_eq!((filled.agreement, &filled.form.assessment), (Agreement::Confirmed, &preview));
}

/// Proposes what the policy yields and, where it yields nothing, C with a reason.
fn propose(row: &FormRow) -> Value {
    match &row.computed {
        Some(grade) => json!({ "move": "submit", "grade": grade }),
        None => json!({ "move": "submit", "grade": "C", "reason": "资料不足，按C级对待" }),
    }
}

/// What must come of the customers.
#[derive(Default)]
struct Wanted(BTreeMap<CustomerId, Option<String>>);

impl Wanted {
    fn be(&mut self, row: &FormRow, grade: Option<&str>) {
        self.0.insert(row.customer.clone(), grade.map(str::to_owned));
    }
}

#[test]
fn a_hundred_real_customers_go_through_a_whole_review() {
    let company = Company::new();
    let promotion = &company.promotion.client;
    let policy = published(promotion, &easier());
    import(&company);
    let opening = json!({ "year": 2013, "opens": "2026-03-26", "closes": "2026-03-26" });
    let id = walk(promotion, promotion.post("/reviews", &opening).ok()).cycle.id;
    let mut wanted = Wanted::default();

    first_day(&company, &id, &policy, &mut wanted);
    meeting(&company, &id, &mut wanted);
    approvals(&company, &id, &mut wanted);
    second_sitting(&company, &id, &mut wanted);
    publication(&company, &id, &wanted);
}

/// The rep and both chiefs fill in a hundred forms, finance rates the worst payers, the chiefs propose; six forms
/// are forgotten.
fn first_day(company: &Company, id: &CycleId, policy: &PublishedPolicy, wanted: &mut Wanted) {
    let (promotion, chief, other) = (&company.promotion.client, &company.chief, &company.other_chief);
    let mine = forms(&company.rep.client, id, "");
    assert_eq!(mine.len(), 12);
    for row in &mine {
        fill(&company.rep, id, &row.customer, policy);
    }
    assert_eq!(forms(promotion, id, "").len(), 100);
    for person in [chief, other] {
        let rows = forms(&person.client, id, "");
        assert!(rows.len() >= 40, "{}", rows.len());
        for row in rows.iter().filter(|row| mine.iter().all(|one| one.customer != row.customer)) {
            fill(person, id, &row.customer, policy);
        }
    }

    // A rating of D caps at C, and the form says so.
    let tops: Vec<FormRow> =
        forms(promotion, id, "").into_iter().filter(|row| is(row, "A")).take(2).collect();
    for row in &tops {
        let credit = json!({ "rating": "D", "limit": 0, "terms": { "kind": "cash" } });
        let body = json!({ "wanted": { "move": "rate", "reason": "诉讼中" }, "credit": credit });
        let rated: MovedForm = take(&company.finance.client, id, &row.customer, row.version, &body).ok();
        assert_eq!(rated.form.credit.map(|credit| credit.rating), Some(Rating::D));
        assert_eq!(rated.form.assessment.tier.map(|tier| tier.to_string()).as_deref(), Some("C"));
    }

    // Six of the second unit's are proposed higher than computed, which takes a reason.
    let rows = forms(&other.client, id, "");
    let higher: Vec<&FormRow> = rows.iter().filter(|row| is(row, "B")).take(6).collect();
    let first = higher[0];
    let bare = json!({ "wanted": { "move": "submit", "grade": "A" } });
    assert_eq!(rule(&take(&other.client, id, &first.customer, first.version, &bare)), "no_reason");
    let lift = json!({ "move": "submit", "grade": "A", "reason": "新签年度框架协议" });
    for row in higher {
        taken(&other.client, id, &row.customer, &lift);
    }
    for person in [chief, other] {
        let drafts = forms(&person.client, id, "&stage=draft");
        each(&person.client, id, &drafts[..drafts.len() - 3], propose);
    }
    assert_eq!(forms(promotion, id, "&stage=submitted").len(), 94);

    // One comes back to its chief, who writes more and proposes again; one the chief takes back.
    taken(promotion, id, &first.customer, &json!({ "move": "return", "reason": "请附框架协议" }));
    let view = form(&other.client, id, &first.customer);
    let mut writing = view.content.writing();
    writing.notes = Note::parse("框架协议编号 FX-2026-11").ok();
    let path = format!("/reviews/{id}/forms/{}", first.customer);
    other.client.put(&path, view.version, &json!({ "content": writing })).ok::<MovedForm>();
    let again = taken(&other.client, id, &first.customer, &lift);
    assert_eq!(
        (again.form.round, again.content.notes.map(|note| note.to_string()).as_deref()),
        (2, Some("框架协议编号 FX-2026-11"))
    );
    let regretted = &forms(&chief.client, id, "&stage=submitted")[0];
    taken(&chief.client, id, &regretted.customer, &json!({ "move": "withdraw" }));
    taken(&chief.client, id, &regretted.customer, &propose(regretted));

    for row in forms(promotion, id, "&stage=submitted") {
        wanted.be(&row, row.grade.as_ref().map(|grade| grade.as_str()));
    }
}

fn is(row: &FormRow, grade: &str) -> bool {
    row.computed.as_ref().is_some_and(|one| one.as_str() == grade)
}

fn proposed_as_computed<'a>(rows: &'a [FormRow], grade: &str) -> Vec<&'a FormRow> {
    rows.iter().filter(|row| is(row, grade) && row.grade == row.computed).collect()
}

/// After the close: who forgot is listed and dealt with. At the table three are amended, one is handed back and
/// taken up again, one decision is taken back; everything else is decided as proposed.
fn meeting(company: &Company, id: &CycleId, wanted: &mut Wanted) {
    let promotion = &on(company, "promotion", 1);
    let (chief, other) = (&on(company, "chief", 1), &on(company, "other_chief", 1));
    let late = forms(promotion, id, "&stage=draft");
    assert_eq!((late.len(), overview(promotion, id).tally.map(|tally| tally.drafts)), (6, Some(6)));
    let refused =
        take(chief, id, &late[0].customer, late[0].version, &json!({ "wanted": propose(&late[0]) }));
    assert_eq!(rule(&refused), "window");
    let (admitted, forgotten) = late.split_at(4);
    let is_admitted = |row: &&FormRow| admitted.iter().any(|one| one.customer == row.customer);
    each(promotion, id, admitted, |_| json!({ "move": "admit", "reason": "科长出差，补交" }));
    for chief in [chief, other] {
        let drafts: Vec<FormRow> =
            forms(chief, id, "&stage=draft").iter().filter(is_admitted).cloned().collect();
        each(chief, id, &drafts, propose);
    }
    for row in forms(promotion, id, "&stage=submitted").iter().filter(is_admitted) {
        wanted.be(row, row.grade.as_ref().map(|grade| grade.as_str()));
    }
    lead(promotion, id, &json!({ "move": "convene" })).ok::<Value>();
    each(promotion, id, &forms(promotion, id, "&stage=submitted"), |_| json!({ "move": "take_up" }));
    assert_eq!(rule(&lead(promotion, id, &json!({ "move": "conclude" }))), "open");
    each(promotion, id, forgotten, |_| json!({ "move": "set_aside", "reason": "两年无往来" }));
    for row in forgotten {
        wanted.be(row, None);
    }

    // Amended at the table: one up to A, one down, and what was proposed higher without good reason.
    let table = forms(promotion, id, "&stage=in_review");
    assert_eq!(table.len(), 98);
    let (plain_b, plain_c) = (proposed_as_computed(&table, "B"), proposed_as_computed(&table, "C"));
    let disagreeing =
        |row: &&FormRow| is(row, "B") && row.grade.as_ref().is_some_and(|grade| grade.as_str() == "A");
    let lifted = table.iter().filter(disagreeing).nth(1).unwrap();
    for (row, grade, raised_by) in
        [(plain_b[0], "A", "生产部"), (plain_c[0], "B", "销售部长"), (lifted, "B", "财务部")]
    {
        let amend = json!({ "move": "amend", "grade": grade, "raised_by": raised_by, "reason": "会议意见" });
        let amended = taken(promotion, id, &row.customer, &amend);
        let seen = amended.trail.last().unwrap();
        assert_eq!(
            (seen.entry.step, amended.form.state.grade().map(|one| one.as_str())),
            (Step::Amend, Some(grade))
        );
        wanted.be(row, Some(grade));
    }

    // Handed back to the section and taken up again; decided and decided anew.
    let handed = plain_c[1];
    taken(promotion, id, &handed.customer, &json!({ "move": "return", "reason": "数据待核" }));
    taken(promotion, id, &handed.customer, &json!({ "move": "take_up" }));
    let rows = forms(promotion, id, "&stage=in_review");
    each(promotion, id, &rows, |row| json!({ "move": "decide", "grade": row.grade }));
    let undone = plain_c[2];
    taken(promotion, id, &undone.customer, &json!({ "move": "withdraw" }));
    let bare = json!({ "wanted": { "move": "decide", "grade": "B" } });
    let version = form(promotion, id, &undone.customer).version;
    assert_eq!(rule(&take(promotion, id, &undone.customer, version, &bare)), "no_reason");
    taken(promotion, id, &undone.customer, &json!({ "move": "decide", "grade": "B", "reason": "重新表决" }));
    wanted.be(undone, Some("B"));
    lead(promotion, id, &json!({ "move": "conclude" })).ok::<Value>();
}

/// The A cases: the chiefs apply, the director hands one back and refuses one and goes on leave; finance stands
/// in; two decide the same at once; the general manager hands one back and approves the rest.
fn approvals(company: &Company, id: &CycleId, wanted: &mut Wanted) {
    let plan = json!({ "service": "专人对接", "production": "优先排产", "sales": "年度返利" });
    let apply = json!({ "move": "apply", "plan": plan });
    for login in ["chief", "other_chief"] {
        let chief = &on(company, login, 1);
        each(chief, id, &forms(chief, id, "&stage=a_listed"), |_| apply.clone());
    }
    let director = &on(company, "director", 1);
    let applied = forms(director, id, "&stage=a_applied");
    let listed = wanted.0.values().filter(|grade| grade.as_deref() == Some("A")).count();
    assert!(applied.len() == listed && listed >= 6, "{} of {listed}", applied.len());

    let (weak, refused) = (&applied[0], &applied[1]);
    let back = taken(director, id, &weak.customer, &json!({ "move": "return", "reason": "支持计划不具体" }));
    let [.., first, _] = &back.trail[..] else { panic!("{:?}", back.trail) };
    assert_eq!((first.entry.step, &first.changes["plan"]["after"]), (Step::Apply, &plan), "among many");
    let chief = if weak.unit == company.one.id { "chief" } else { "other_chief" };
    let again = taken(&on(company, chief, 1), id, &weak.customer, &apply);
    assert_eq!(again.trail.last().unwrap().changes["plan"]["after"], plan, "and by itself");
    taken(director, id, &refused.customer, &json!({ "move": "refuse", "reason": "毛利过低" }));
    wanted.be(refused, Some("B"));
    let own = &applied[2..listed / 2 + 1];
    each(director, id, own, |_| json!({ "move": "review" }));

    // On leave from now on: who stands in decides in the director's name, and one decision counts once.
    let days = json!({ "by": company.finance.user.id, "from": "2026-03-27", "until": "2026-03-27" });
    let leave: Appointment = director.post("/stand-ins", &days).ok();
    let finance = &on(company, "finance", 1);
    let contested = form(director, id, &applied[listed / 2 + 1].customer);
    let review = |stand_in: Option<&Appointment>| json!({ "wanted": { "move": "review" }, "stand_in": stand_in.map(|one| &one.id) });
    let racers: Vec<_> = [(director.clone(), review(None)), (finance.clone(), review(Some(&leave)))]
        .into_iter()
        .map(|(client, body)| {
            let (id, customer, version) = (id.clone(), contested.form.customer.clone(), contested.version);
            std::thread::spawn(move || take(&client, &id, &customer, version, &body))
        })
        .collect();
    let answers: Vec<Answer> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert!(answers.iter().any(|answer| answer.status == 412));
    for row in forms(director, id, "&stage=a_applied") {
        let moved: MovedForm = take(finance, id, &row.customer, row.version, &review(Some(&leave))).ok();
        let hand = &moved.form.trail.last().unwrap().entry.hand;
        assert_eq!(
            (&hand.user, hand.on_behalf_of.as_ref()),
            (&company.finance.user.id, Some(&company.director.user.id))
        );
    }
    assert_eq!(form(director, id, &contested.form.customer).trail.last().unwrap().entry.step, Step::Review);

    let manager = &on(company, "gm", 1);
    let reviewed = forms(manager, id, "&stage=director_reviewed");
    assert_eq!(reviewed.len(), listed - 1);
    let back = &reviewed[0];
    taken(manager, id, &back.customer, &json!({ "move": "return", "reason": "请部长说明产能" }));
    let version = form(manager, id, &back.customer).version;
    take(finance, id, &back.customer, version, &review(Some(&leave))).ok::<MovedForm>();
    each(manager, id, &forms(manager, id, "&stage=director_reviewed"), |_| json!({ "move": "approve" }));
    taken(manager, id, &reviewed[1].customer, &json!({ "move": "withdraw" }));
    taken(manager, id, &reviewed[1].customer, &json!({ "move": "approve" }));
}

/// What was refused as A goes back to the table, where it cannot become A again.
fn second_sitting(company: &Company, id: &CycleId, wanted: &mut Wanted) {
    let promotion = &on(company, "promotion", 1);
    let refused = forms(promotion, id, "&stage=refused");
    let [refused] = &refused[..] else { panic!("{refused:?}") };
    let publish = json!({ "move": "publish", "effective": "2026-03-28" });
    assert_eq!(rule(&lead(promotion, id, &publish)), "open");
    lead(promotion, id, &json!({ "move": "convene" })).ok::<Value>();
    let version = refused.version;
    let again = json!({ "wanted": { "move": "decide", "grade": "A", "reason": "再议" } });
    assert_eq!(rule(&take(promotion, id, &refused.customer, version, &again)), "top_refused");
    taken(promotion, id, &refused.customer, &json!({ "move": "decide", "grade": "B", "reason": "部长意见" }));
    assert_eq!(wanted.0[&refused.customer].as_deref(), Some("B"));
    lead(promotion, id, &json!({ "move": "conclude" })).ok::<Value>();
    lead(promotion, id, &publish).ok::<Value>();
}

/// Every customer has the grade that was decided, once, and no other.
fn publication(company: &Company, id: &CycleId, wanted: &Wanted) {
    let promotion = &on(company, "promotion", 2);
    let row: CycleRow = promotion.get("/reviews").ok::<Page<CycleRow>>().items.remove(0);
    let row = walk(promotion, row);
    assert!(matches!(row.cycle.phase, Phase::Published { .. }));
    assert_eq!((row.progress.done, wanted.0.len()), (100, 100));
    for customer in all(promotion) {
        let tier = customer.tier.as_ref().map(ToString::to_string);
        assert_eq!(tier, wanted.0[&customer.id], "{}", customer.code);
        let grades: Page<PublishedGrade> = promotion.get(&format!("/customers/{}/grades", customer.id)).ok();
        assert_eq!((grades.items.len(), &grades.items[0].grade), (1, &customer.tier), "{}", customer.code);
        let view = form(promotion, id, &customer.id);
        assert_eq!(view.form.state.stage(), Stage::Effective);
        assert_eq!(view.trail.last().map(|row| row.entry.step), Some(Step::Publish), "{}", customer.code);
    }
    let refused = take(
        &on(company, "chief", 2),
        id,
        &all(promotion)[0].id,
        1,
        &json!({ "wanted": { "move": "withdraw" } }),
    );
    assert!(matches!(refused.problem().code, Code::VersionMismatch | Code::NotFound));
    let verdict: Value = on(company, "admin", 2).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}
