//! What the minutes list and where an item of the meeting belongs, whatever becomes of its customer.

use serde_json::{Value, json};
use shared::dto::review::{Appointment, CycleOverview, ItemRow, MeetingView, MinutesView};
use shared::problem::Code;
use shared::review::CycleStep;
use shared::review::meeting::{ItemKind, ItemStage};
use tests::book::{all, fill};
use tests::company::Company;
use tests::review::{lead, on, opened, taken};

use crate::meetings::{items, keep, minutes, new_policy, new_terms, propose, record, tabled, take};

#[test]
fn minutes_list_a_decision_that_is_as_computed_but_not_as_proposed() {
    let company = Company::new();
    fill(&company, 2025, 1_000..1_006);
    let promotion = &company.promotion.client;
    let id = opened(promotion);
    let own = |row: &shared::dto::customer::CustomerRow| row.unit == company.one.id && row.tier.is_some();
    let rows: Vec<_> = all(promotion).into_iter().filter(own).collect();
    let [doubted, agreed] = [&rows[0], &rows[1]];
    let grade = |row: &shared::dto::customer::CustomerRow| row.tier.clone().unwrap().to_string();
    let other = if grade(doubted) == "B" { "C" } else { "B" };
    tabled(&company, &id, &doubted.id, other);
    tabled(&company, &id, &agreed.id, &grade(agreed));
    let promotion = &on(&company, "promotion", 1);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    for row in [doubted, agreed] {
        taken(promotion, &id, &row.id, &json!({ "move": "take_up" }));
    }
    let decide = json!({ "move": "decide", "grade": grade(doubted), "reason": "按政策" });
    taken(promotion, &id, &doubted.id, &decide);
    taken(promotion, &id, &agreed.id, &json!({ "move": "decide", "grade": grade(agreed) }));

    let cases = minutes(promotion, &id).minutes.overruled;
    assert_eq!(cases.len(), 1, "what everybody agreed on is no case: {cases:?}");
    let case = &cases[0];
    assert_eq!((&case.customer.id, &case.grade, &case.computed), (&doubted.id, &doubted.tier, &doubted.tier));
    assert_eq!(case.proposed.as_ref().map(|one| one.as_str()), Some(other));
    assert_eq!(case.reason.as_ref().map(|why| why.as_str()), Some("按政策"));
    // Taken back, it is undecided.
    taken(promotion, &id, &doubted.id, &json!({ "move": "withdraw" }));
    assert!(minutes(promotion, &id).minutes.overruled.is_empty());
}

#[test]
fn an_item_goes_with_its_customer_until_it_is_settled() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司");
    let id = opened(&company.promotion.client);
    let policy: ItemRow = propose(&company.chief.client, &id, &new_policy(&customer.id)).ok();
    let terms: ItemRow = propose(&company.finance.client, &id, &new_terms(&customer.id)).ok();
    let promotion = &on(&company, "promotion", 1);
    lead(promotion, &id, &json!({ "move": "convene" })).ok::<Value>();
    let decided: ItemRow = take(promotion, &id, &terms, &json!({ "choice": "new" })).ok();

    let moved = json!({ "code": "K1", "name": customer.name, "unit": company.two.id });
    promotion.put(&format!("/customers/{}", customer.id), 1, &moved).ok::<Value>();
    let all = items(promotion, &id, "");
    let of = |kind| all.iter().find(|row| row.item.kind == kind).unwrap();
    let (open, settled) = (of(ItemKind::SpecialPolicy), of(ItemKind::Settlement));
    assert_eq!((open.item.unit.as_ref(), open.version), (Some(&company.two.id), policy.version + 1));
    assert_eq!(settled, &decided, "what is settled stays where it was");
    let kinds = |login: &str| -> Vec<ItemKind> {
        items(&on(&company, login, 1), &id, "").iter().map(|row| row.item.kind).collect()
    };
    assert_eq!(
        (kinds("chief"), kinds("other_chief")),
        (vec![ItemKind::Settlement], vec![ItemKind::SpecialPolicy])
    );

    // Whoever saw it before it moved is told; then it is decided like any other.
    let stale = take(promotion, &id, &policy, &json!({ "choice": "new" }));
    assert_eq!(stale.problem().code, Code::VersionMismatch);
    let done: ItemRow = take(promotion, &id, open, &json!({ "choice": "new" })).ok();
    assert_eq!((done.stage, done.item.unit.as_ref()), (ItemStage::Decided, Some(&company.two.id)));
}

#[test]
fn a_meeting_is_read_and_held_in_the_place_of_who_is_absent() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司").id;
    let id = opened(&company.promotion.client);
    tabled(&company, &id, &customer, "B");
    propose(&company.chief.client, &id, &new_policy(&customer)).ok::<ItemRow>();
    // A rep, who sees only the own customers, acts for the promotion section.
    let days = json!({ "by": company.other_rep.user.id, "from": "2026-03-26", "until": "2026-03-27" });
    let appointed: Appointment = company.promotion.client.post("/stand-ins", &days).ok();
    let helper = &on(&company, "other_rep", 1);
    let place = format!("?stand_in={}", appointed.id);
    let path = |part: &str, seen: &str| format!("/reviews/{id}{part}{seen}");

    let own: CycleOverview = helper.get(&path("", "")).ok();
    assert!(own.may.is_empty() && own.tally.is_none());
    let seen: CycleOverview = helper.get(&path("", &place)).ok();
    assert!(seen.may.contains(&CycleStep::Convene) && seen.tally.is_some());
    let wanted = json!({ "wanted": { "move": "convene" }, "stand_in": appointed.id });
    let held: CycleOverview =
        helper.request("POST", &path("/moves", "")).if_version(seen.version).json(&wanted).send().ok();
    assert!(held.tally.is_some(), "answered as it was asked");

    let own: MeetingView = helper.get(&path("/meeting", "")).ok();
    assert!(!own.may_record && !own.may_decide && own.seats.is_empty());
    let seen: MeetingView = helper.get(&path("/meeting", &place)).ok();
    assert!(seen.may_record && seen.may_decide && !seen.seats.is_empty());
    let refused = keep(helper, &id, 0, &record("2026-03-27"));
    assert_eq!(refused.problem().code, Code::Forbidden);
    let body = json!({ "record": record("2026-03-27"), "stand_in": appointed.id });
    let kept: MeetingView = helper.put(&path("/meeting", ""), 0, &body).ok();
    assert!(kept.may_record && kept.trail[0].hand.on_behalf_of.is_some());

    assert!(items(helper, &id, "").is_empty());
    let open = items(helper, &id, &place).remove(0);
    let body = json!({ "choice": "new", "stand_in": appointed.id });
    assert_eq!(take(helper, &id, &open, &body).ok::<ItemRow>().stage, ItemStage::Decided);
    assert!(minutes(helper, &id).partial);
    let whole: MinutesView = helper.get(&path("/meeting/minutes", &place)).ok();
    assert!(!whole.partial && whole.minutes.special_policies.len() == 1);

    let none = helper.get(&path("/meeting", "?stand_in=nobody"));
    assert_eq!((none.status, none.problem().fields[0].field.as_str()), (422, "stand_in"));
    // Nobody else reads by it, and nobody on another day.
    let stranger = on(&company, "other_chief", 1).get(&path("/meeting", &place));
    assert_eq!(stranger.problem().code, Code::Forbidden);
    let late = on(&company, "other_rep", 2).get(&path("/meeting", &place));
    assert_eq!(late.problem().code, Code::Forbidden);
}
