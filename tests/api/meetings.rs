//! The review meeting through the front door: its record, what is put before it, its minutes.

use serde_json::{Value, json};
use shared::dto::page::Page;
use shared::dto::review::{ItemRow, ItemStanding, MeetingStep, MeetingView, MinutesView};
use shared::id::{CustomerId, CycleId};
use shared::permission::Role;
use shared::problem::Code;
use shared::review::meeting::{Choice, ItemKind, ItemStage};
use tests::client::{Answer, Client};
use tests::company::{Company, PASSWORD, person};
use tests::review::{form, lead, on, opened, taken};

fn rule(answer: &Answer) -> (Code, String, String) {
    let problem = answer.problem();
    let first = problem.fields.first().cloned();
    let (field, code) = first.map(|first| (first.field, first.code)).unwrap_or_default();
    (problem.code, field, code)
}

fn told(code: Code, field: &str, rule: &str) -> (Code, String, String) {
    (code, field.to_owned(), rule.to_owned())
}

pub fn record(date: &str) -> Value {
    json!({ "date": date, "begun": "09:00", "place": "三楼会议室", "chair": "苏婷", "attendance": [
        { "department": "促销科", "person": "苏婷", "presence": "present" },
        { "department": "财务部", "person": "沈会", "presence": "deputy", "deputy": "方明" },
        { "department": "生产部", "person": "田野", "presence": "absent" },
    ] })
}

pub fn keep(client: &Client, id: &CycleId, version: i64, record: &Value) -> Answer {
    client.put(&format!("/reviews/{id}/meeting"), version, &json!({ "record": record }))
}

pub fn meeting(client: &Client, id: &CycleId) -> MeetingView {
    client.get(&format!("/reviews/{id}/meeting")).ok()
}

pub fn propose(client: &Client, id: &CycleId, body: &Value) -> Answer {
    client.post(&format!("/reviews/{id}/meeting/items"), body)
}

pub fn take(client: &Client, id: &CycleId, item: &ItemRow, body: &Value) -> Answer {
    let path = format!("/reviews/{id}/meeting/items/{}/moves", item.item.id);
    client.request("POST", &path).if_version(item.version).json(body).send()
}

pub fn items(client: &Client, id: &CycleId, query: &str) -> Vec<ItemRow> {
    client.get(&format!("/reviews/{id}/meeting/items{query}")).ok::<Page<ItemRow>>().items
}

pub fn minutes(client: &Client, id: &CycleId) -> MinutesView {
    client.get(&format!("/reviews/{id}/meeting/minutes")).ok()
}

fn write(client: &Client, id: &CycleId, version: i64, body: &Value) -> Answer {
    let path = format!("/reviews/{id}/meeting/minutes");
    client.request("POST", &path).if_version(version).json(body).send()
}

pub fn new_policy(customer: &CustomerId) -> Value {
    json!({ "kind": "special_policy", "customer": customer, "choice": "new",
        "granted": { "text": "运费由我方承担", "until": "2027-03-31" }, "reason": "量大" })
}

pub fn new_terms(customer: &CustomerId) -> Value {
    json!({ "kind": "settlement", "customer": customer, "choice": "new",
        "granted": { "terms": { "kind": "days", "days": 60 }, "limit": 50_000_000 }, "reason": "回款及时" })
}

/// Puts a form before the meeting with a grade of the chief's.
pub fn tabled(company: &Company, id: &CycleId, customer: &CustomerId, grade: &str) {
    let submit = json!({ "move": "submit", "grade": grade, "reason": "依据不足，按往年" });
    taken(&company.chief.client, id, customer, &submit);
}

#[test]
fn the_record_is_kept_by_promotion_over_its_version_and_closed_with_its_minutes() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司").id;
    let id = opened(&company.promotion.client);
    let seen = meeting(&company.promotion.client, &id);
    assert_eq!((seen.sitting, seen.version, seen.record.is_none(), seen.may_record), (1, 0, true, true));
    let seats: Vec<(Role, &str)> = seen.seats.iter().map(|seat| (seat.role, seat.person.as_str())).collect();
    assert_eq!(
        seats,
        [
            (Role::Promotion, "苏婷"),
            (Role::SectionChief, "陈志远"),
            (Role::SectionChief, "刘建国"),
            (Role::Finance, "沈会"),
            (Role::Production, "田野"),
            (Role::Director, "丁建平"),
            (Role::GeneralManager, "傅国栋"),
        ]
    );
    assert_eq!(seen.seats[1].unit_name.as_ref().map(|name| name.as_str()), Some("销售一科"));

    // It can be prepared before the meeting; everything that is wrong is said at once.
    let promotion = &company.promotion.client;
    let mut wrong = record("2026-03-26");
    wrong["ended"] = json!("08:00");
    wrong["attendance"][1]["deputy"] = Value::Null;
    wrong["attendance"][2]["person"] = json!("苏婷");
    wrong["attendance"][2]["department"] = json!("促销科");
    let problem = keep(promotion, &id, 0, &wrong).problem();
    let fields: Vec<_> = problem.fields.iter().map(|one| (one.field.as_str(), one.code.as_str())).collect();
    assert_eq!(
        fields,
        [
            ("record.date", "too_early"),
            ("record.ended", "range"),
            ("record.attendance.1.deputy", "required"),
            ("record.attendance.2.person", "taken"),
        ]
    );
    let answer = keep(promotion, &id, 0, &json!({ "date": "x" }));
    assert_eq!((answer.status, rule(&answer).1.as_str()), (422, "record.date"));
    let kept: MeetingView = keep(promotion, &id, 0, &record("2026-03-27")).ok();
    assert_eq!((kept.version, kept.record.is_some()), (1, true));
    assert_eq!(keep(promotion, &id, 0, &record("2026-03-27")).problem().code, Code::VersionMismatch);
    let mut later = record("2026-03-27");
    later["ended"] = json!("11:00");
    let kept: MeetingView = keep(promotion, &id, 1, &later).ok();
    assert_eq!(kept.version, 2);
    assert_eq!(kept.trail[0].changes["ended"]["after"], "11:00");
    assert_eq!(kept.trail.len(), 2);

    // Everybody who may read the review reads it, and nobody else writes it.
    for (who, client, role) in company.everyone() {
        let reads = role != Role::Admin;
        assert_eq!(
            client.get(&format!("/reviews/{id}/meeting")).status,
            if reads { 200 } else { 403 },
            "{who}"
        );
        if role != Role::Promotion {
            assert_eq!(keep(client, &id, 2, &later).problem().code, Code::Forbidden, "{who}");
        }
    }
    let seen = meeting(&company.chief.client, &id);
    assert!(!seen.may_record && seen.seats.is_empty() && seen.record.is_some());

    // Minutes are confirmed once the sitting is over, and close the record.
    tabled(&company, &id, &customer, "B");
    let promotion = &on(&company, "promotion", 1);
    let version = minutes(promotion, &id).version;
    assert_eq!(
        rule(&write(promotion, &id, version, &json!({}))),
        told(Code::Conflict, "step", "not_concluded")
    );
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    taken(promotion, &id, &customer, &json!({ "move": "take_up" }));
    let answer = write(promotion, &id, version, &json!({}));
    assert_eq!(rule(&answer), told(Code::Conflict, "step", "not_concluded"));
    taken(promotion, &id, &customer, &json!({ "move": "decide", "grade": "B" }));
    lead(promotion, &id, &json!({ "move": "conclude" })).ok::<Value>();
    let open = minutes(promotion, &id);
    assert!(open.may_confirm && !open.may_supplement && open.confirmed.is_none());
    assert!(!open.lacks_record);
    let early = json!({ "supplement": "更正" });
    assert_eq!(
        rule(&write(promotion, &id, version, &early)),
        told(Code::Conflict, "supplement", "not_confirmed")
    );
    assert_eq!(write(promotion, &id, version + 1, &json!({})).problem().code, Code::VersionMismatch);
    let confirmed: MinutesView = write(promotion, &id, version, &json!({})).ok();
    assert_eq!(confirmed.confirmed.as_ref().map(|one| one.by.as_str()), Some("苏婷"));
    assert_eq!(confirmed.minutes, open.minutes);
    let again = write(promotion, &id, confirmed.version, &json!({}));
    assert_eq!(rule(&again), told(Code::Conflict, "record", "confirmed"));
    assert_eq!(rule(&keep(promotion, &id, 2, &later)), told(Code::Conflict, "record", "confirmed"));

    // What moves later does not move them; a correction is added.
    let director = &on(&company, "director", 1);
    taken(promotion, &id, &customer, &json!({ "move": "withdraw" }));
    assert_eq!(minutes(promotion, &id).minutes, confirmed.minutes);
    let added: MinutesView =
        write(promotion, &id, confirmed.version, &json!({ "supplement": "出席人员有误" })).ok();
    assert_eq!(added.supplements.len(), 1);
    assert_eq!(added.supplements[0].text.as_str(), "出席人员有误");
    assert_eq!(minutes(director, &id).supplements, added.supplements);
    assert!(!minutes(director, &id).may_supplement);
    let steps: Vec<MeetingStep> = meeting(promotion, &id).trail.iter().map(|row| row.step).collect();
    assert_eq!(
        steps,
        [MeetingStep::Supplement, MeetingStep::Confirm, MeetingStep::Record, MeetingStep::Record]
    );

    // Another sitting has a record and minutes of its own; the first ones stay as they are.
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    let second = meeting(promotion, &id);
    assert_eq!((second.sitting, second.version, second.earlier.len()), (2, 0, 1));
    assert!(minutes(promotion, &id).lacks_record);
    assert!(!minutes(director, &id).lacks_record, "it is not for the director to keep one");
    keep(promotion, &id, 0, &record("2026-03-28")).ok::<Value>();
    let recorded = minutes(promotion, &id);
    assert_eq!((recorded.minutes.sittings.len(), recorded.lacks_record), (2, false));
    let first: MinutesView = promotion.get(&format!("/reviews/{id}/meeting/minutes?sitting=1")).ok();
    assert_eq!(first.minutes, confirmed.minutes);
    assert_eq!(promotion.get(&format!("/reviews/{id}/meeting/minutes?sitting=3")).status, 404);
    let verdict: Value = on(&company, "admin", 1).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}

#[test]
fn an_item_is_proposed_by_one_office_and_decided_by_another_person_once() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司").id;
    let id = opened(&company.promotion.client);
    let (promotion, chief, finance) =
        (&company.promotion.client, &company.chief.client, &company.finance.client);
    assert_eq!(meeting(chief, &id).may_propose, [ItemKind::SpecialPolicy, ItemKind::Other]);
    assert_eq!(meeting(finance, &id).may_propose, [ItemKind::Settlement]);

    // Whoever may not, and whatever is missing, is told by field.
    assert_eq!(rule(&propose(finance, &id, &new_policy(&customer))), told(Code::Forbidden, "step", "role"));
    assert_eq!(rule(&propose(chief, &id, &new_terms(&customer))), told(Code::Forbidden, "step", "role"));
    let other = propose(&company.other_chief.client, &id, &new_policy(&customer));
    assert_eq!(other.status, 404, "another unit's");
    let bare = json!({ "kind": "special_policy", "customer": customer, "choice": "new", "reason": "x" });
    assert_eq!(rule(&propose(chief, &id, &bare)), told(Code::Invalid, "granted", "required"));
    let mut nobody = new_policy(&customer);
    nobody["customer"] = Value::Null;
    assert_eq!(rule(&propose(chief, &id, &nobody)), told(Code::Invalid, "customer", "required"));
    let mut over = new_policy(&customer);
    over["granted"]["until"] = json!("2026-03-25");
    assert_eq!(rule(&propose(chief, &id, &over)), told(Code::Invalid, "granted.until", "until"));
    let mut wrong = new_terms(&customer);
    wrong["was"] = json!({ "terms": { "kind": "cash" }, "limit": -1 });
    wrong["choice"] = json!("adjust");
    wrong["granted"] = json!({ "terms": { "kind": "days", "days": 0 }, "limit": -1, "until": "2026-03-25" });
    let problem = propose(finance, &id, &wrong).problem();
    let fields: Vec<_> = problem.fields.iter().map(|wrong| wrong.field.as_str()).collect();
    let all = ["was.limit", "granted.terms.days", "granted.limit", "granted.until"];
    assert_eq!((problem.code, &fields[..]), (Code::Invalid, &all[..]), "all at once");
    let mut stable = new_policy(&customer);
    (stable["choice"], stable["granted"]) = (json!("stable"), Value::Null);
    assert_eq!(rule(&propose(chief, &id, &stable)), told(Code::Invalid, "choice", "choice"));

    // Sent twice under one key it is one; about the customer another of the kind waits its turn.
    let path = format!("/reviews/{id}/meeting/items");
    let sent =
        || chief.request("POST", &path).header("idempotency-key", "one").json(&new_policy(&customer)).send();
    let (b, again): (ItemRow, ItemRow) = (sent().ok(), sent().ok());
    assert_eq!((&b, b.stage, b.version), (&again, ItemStage::Proposed, 1));
    assert_eq!(
        rule(&propose(chief, &id, &new_policy(&customer))),
        told(Code::Taken, "customer", "before_meeting")
    );
    let c: ItemRow = propose(finance, &id, &new_terms(&customer)).ok();
    let e =
        json!({ "kind": "other", "choice": "new", "granted": { "text": "评定提前一周" }, "reason": "太赶" });
    let e: ItemRow = propose(promotion, &id, &e).ok();
    assert_eq!(items(promotion, &id, "").len(), 3);
    assert_eq!(items(chief, &id, "").len(), 2, "those of the unit");
    assert_eq!(items(&company.rep.client, &id, "").len(), 2, "those of the own customer");
    assert!(items(&company.other_chief.client, &id, "").is_empty());
    assert!(items(promotion, &id, "?stage=decided").is_empty());
    assert_eq!(company.production.client.get(&path).status, 403);

    // They are decided at the meeting.
    let decide = |choice: &str| json!({ "choice": choice });
    assert_eq!(rule(&take(promotion, &id, &b, &decide("new"))), told(Code::Conflict, "step", "no_meeting"));
    let promotion = &on(&company, "promotion", 1);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    let late_chief = &on(&company, "chief", 1);
    assert_eq!(rule(&take(late_chief, &id, &b, &decide("new"))), told(Code::Forbidden, "step", "role"));
    let refuse = take(promotion, &id, &b, &decide("withdraw"));
    assert_eq!(rule(&refuse), told(Code::Invalid, "reason", "no_reason"));
    let done: ItemRow = take(promotion, &id, &b, &decide("new")).ok();
    assert_eq!((done.stage, done.version), (ItemStage::Decided, 2));
    assert_eq!(done.item.effective_from.map(|day| day.to_string()).as_deref(), Some("2026-03-27"));
    assert_eq!(done.item.effective_until.map(|day| day.to_string()).as_deref(), Some("2027-03-31"));
    assert_eq!(take(promotion, &id, &b, &decide("new")).problem().code, Code::VersionMismatch);
    assert_eq!(rule(&take(promotion, &id, &done, &decide("new"))), told(Code::Conflict, "step", "settled"));
    let less = json!({ "choice": "new", "granted": { "terms": { "kind": "days", "days": 30 },
        "limit": 30_000_000 }, "reason": "额度偏高" });
    let c: ItemRow = take(promotion, &id, &c, &less).ok();
    assert_eq!(c.item.decision.as_ref().map(|one| one.by.as_str()), Some("苏婷"));

    // Promotion proposed E: another person of promotion decides it.
    let own = take(promotion, &id, &e, &decide("new"));
    assert_eq!(rule(&own), told(Code::Forbidden, "step", "own_proposal"));
    assert!(own.problem().detail.contains("another person of the promotion section"));
    let admin = &on(&company, "admin", 1);
    let colleague = person(admin, "promotion2", "何静", Role::Promotion, None, PASSWORD);
    let e: ItemRow = take(&colleague.client, &id, &e, &decide("new")).ok();
    assert_eq!(e.item.decision.as_ref().map(|one| one.by.as_str()), Some("何静"));

    // One's own is taken back before it is decided, and what was decided is what is granted.
    let standing: ItemStanding = late_chief.get(&format!("/reviews/{id}/meeting/standing/{customer}")).ok();
    assert!(standing.special_policy_known && standing.settlement_known);
    assert_eq!(standing.settlement.as_ref(), c.item.outcome());
    let known = json!({ "kind": "special_policy", "customer": customer, "was": { "text": "旧" },
        "choice": "stable", "reason": "续" });
    assert_eq!(rule(&propose(late_chief, &id, &known)), told(Code::Invalid, "was", "was_known"));
    let mut stable = known.clone();
    stable["was"] = Value::Null;
    let stable: ItemRow = propose(late_chief, &id, &stable).ok();
    assert_eq!(
        (stable.item.was.as_ref(), stable.item.proposal.choice),
        (done.item.outcome(), Choice::Stable)
    );
    let stranger = take(promotion, &id, &stable, &json!({}));
    assert_eq!(rule(&stranger), told(Code::Forbidden, "step", "role"));
    let back: ItemRow = take(late_chief, &id, &stable, &json!({})).ok();
    assert_eq!(back.stage, ItemStage::Withdrawn);
    assert_eq!(rule(&take(late_chief, &id, &back, &json!({}))), told(Code::Conflict, "step", "settled"));

    // Of two who decide at once one does, and the other is told.
    let fresh: ItemRow = propose(
        late_chief,
        &id,
        &json!({ "kind": "special_policy", "customer": customer,
        "choice": "withdraw", "reason": "不再需要" }),
    )
    .ok();
    let racers: Vec<_> = (0..3)
        .map(|_| {
            let (client, id, row) = (promotion.clone(), id.clone(), fresh.clone());
            std::thread::spawn(move || take(&client, &id, &row, &json!({ "choice": "withdraw" })))
        })
        .collect();
    let answers: Vec<_> = racers.into_iter().map(|racer| racer.join().unwrap().status).collect();
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    let standing: ItemStanding = late_chief.get(&format!("/reviews/{id}/meeting/standing/{customer}")).ok();
    assert!(standing.special_policy_known && standing.special_policy.is_none());
}

#[test]
fn minutes_say_what_was_recorded_and_each_reader_sees_the_own_part() {
    let company = Company::new();
    let one = company.customer("K1", "东方封头用户有限公司").id;
    let other = company.customer_of(&company.two, None, "K2", "西北压力容器有限公司").id;
    let absent = company.customer("K3", "停产客户有限公司").id;
    let id = opened(&company.promotion.client);
    tabled(&company, &id, &one, "B");
    let submit = json!({ "move": "submit", "grade": "C", "reason": "规模小" });
    taken(&company.other_chief.client, &id, &other, &submit);
    propose(&company.chief.client, &id, &new_policy(&one)).ok::<ItemRow>();
    propose(&company.finance.client, &id, &new_terms(&one)).ok::<ItemRow>();
    let promotion = &on(&company, "promotion", 1);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    keep(promotion, &id, 0, &record("2026-03-27")).ok::<Value>();
    taken(promotion, &id, &absent, &json!({ "move": "set_aside", "reason": "已停产" }));
    for customer in [&one, &other] {
        taken(promotion, &id, customer, &json!({ "move": "take_up" }));
    }
    let amend = json!({ "move": "amend", "grade": "A", "raised_by": "生产部", "reason": "战略客户" });
    taken(promotion, &id, &one, &amend);
    let on_the_way = minutes(promotion, &id);
    assert_eq!(on_the_way.minutes.sections[0].undecided, 2);
    assert_eq!(on_the_way.minutes.amended.len(), 1);
    taken(promotion, &id, &one, &json!({ "move": "decide", "grade": "A" }));
    taken(promotion, &id, &other, &json!({ "move": "decide", "grade": "C" }));
    lead(promotion, &id, &json!({ "move": "conclude" })).ok::<Value>();
    let plan = json!({ "service": "专人", "production": "优先", "sales": "价格" });
    taken(&on(&company, "chief", 1), &id, &one, &json!({ "move": "apply", "plan": plan }));

    let seen = minutes(promotion, &id).minutes;
    let forms = |section: &shared::review::meeting::Section, grade: Option<&str>| {
        let of = section.counts.iter().find(|count| count.grade.as_ref().map(|one| one.as_str()) == grade);
        of.map(|count| count.forms)
    };
    assert_eq!(seen.sections.len(), 3);
    assert_eq!(
        [Some("A"), Some("B"), Some("C"), None].map(|grade| forms(&seen.sections[0], grade)),
        [Some(1), Some(0), Some(1), Some(1)]
    );
    assert_eq!((seen.sections[0].undecided, seen.sittings.len()), (0, 1));
    let a = &seen.a_list[0];
    assert_eq!(
        (a.customer.name.as_str(), a.customer.unit_name.as_str()),
        ("东方封头用户有限公司", "销售一科")
    );
    assert_eq!(a.plan.as_ref().map(|plan| plan.production.as_str()), Some("优先"));
    assert_eq!(seen.amended[0].raised_by.as_ref().map(|name| name.as_str()), Some("生产部"));
    assert_eq!(seen.overruled.len(), 2, "too little evidence for any grade");
    assert_eq!(seen.set_aside[0].reason.as_ref().map(|why| why.as_str()), Some("已停产"));
    assert_eq!((seen.special_policies.len(), seen.settlements.len(), seen.left_out), (1, 1, 0));
    assert!(seen.special_policies[0].item.decision.is_none(), "what is undecided says so");

    // Confirmed minutes say what was; the A list goes on as applications come in.
    let version = minutes(promotion, &id).version;
    let frozen: MinutesView = write(promotion, &id, version, &json!({})).ok();
    taken(&on(&company, "chief", 1), &id, &one, &json!({ "move": "withdraw" }));
    assert_eq!(minutes(promotion, &id).minutes, frozen.minutes);
    let live: MinutesView = promotion.get(&format!("/reviews/{id}/meeting/minutes?now=true")).ok();
    assert!(live.minutes.a_list[0].plan.is_none() && frozen.minutes.a_list[0].plan.is_some());
    assert!(live.confirmed.is_none() && !live.may_confirm);

    let of = |login: &str| minutes(&on(&company, login, 1), &id);
    assert!(!of("gm").partial);
    let chief = of("other_chief");
    assert!(chief.partial && chief.minutes.a_list.is_empty() && chief.minutes.settlements.is_empty());
    assert_eq!((chief.minutes.sections.len(), chief.minutes.overruled.len()), (2, 1));
    let rep = of("rep");
    assert_eq!((rep.minutes.sections.len(), rep.minutes.a_list.len()), (0, 1));
    let production = of("production");
    assert_eq!((production.minutes.a_list.len(), production.minutes.settlements.len()), (1, 0));
    assert!(form(promotion, &id, &one).trail.len() >= 4);
}
