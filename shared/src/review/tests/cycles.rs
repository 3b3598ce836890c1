//! The cycle, stand-ins, and what a publication leaves behind.

use super::{Time, noon, person, reason, samples, stand_in};
use crate::calendar::Date;
use crate::id::{CustomerId, CycleId, PolicyId};
use crate::permission::{Action, Role};
use crate::review::{
    Acting, Cycle, CycleKind, CycleMove, CycleNext, CycleStep, Phase, Published, PublishedCycle, Refused,
    Stage, StandIn, StandInFault, Tally, advance, cycle_in_force, finish, gather, grade_in_force, publish,
};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn by_promotion(cycle: &Cycle, wanted: &CycleMove, tally: Tally, time: Time) -> Result<CycleNext, Refused> {
    advance(cycle, wanted, Acting::own(&person(Role::Promotion)), tally, time.now())
}

fn publish_from(day: &str) -> CycleMove {
    CycleMove::Publish { effective: date(day) }
}

#[test]
fn promotion_opens_a_window_that_has_not_passed() {
    let open = |role, opens, closes| {
        let (id, policy) = (CycleId::parse("y2026").unwrap(), PolicyId::parse("p1").unwrap());
        let days = (date(opens), date(closes));
        Cycle::open(id, CycleKind::Yearly, 2025, policy, days, Acting::own(&person(role)), noon("2026-03-20"))
    };
    let cycle = open(Role::Promotion, "2026-03-25", "2026-03-30").unwrap().cycle;
    assert!(cycle.is_open_on(date("2026-03-25")) && cycle.is_open_on(date("2026-03-30")));
    assert!(!cycle.is_open_on(date("2026-03-24")) && !cycle.is_open_on(date("2026-03-31")));
    assert!(cycle.has_closed_by(date("2026-03-31")) && !cycle.has_closed_by(date("2026-03-30")));
    let refused = open(Role::Promotion, "2026-03-25", "2026-03-24");
    assert_eq!(refused, Err(Refused::Day { earliest: date("2026-03-25") }));
    let refused = open(Role::Promotion, "2026-03-01", "2026-03-19");
    assert_eq!(refused, Err(Refused::Day { earliest: date("2026-03-20") }));
    let refused = open(Role::Director, "2026-03-25", "2026-03-30");
    assert_eq!(refused, Err(Refused::Role { asks: Action::RunReview }));
}

#[test]
fn forms_come_in_once_every_customer_has_one() {
    let cycle = Time::Opening.cycle();
    for wanted in [CycleMove::Convene, CycleMove::Conclude, publish_from("2026-04-10")] {
        let early = by_promotion(&cycle, &wanted, Tally::default(), Time::Concluded);
        assert_eq!(early, Err(Refused::Phase), "{wanted:?}");
    }
    let opened = gather(&cycle, Time::Opening.now()).unwrap();
    assert_eq!(opened.cycle, Time::BeforeWindow.cycle());
    assert_eq!((opened.entry.step, opened.entry.hand.role), (CycleStep::Gather, Role::Promotion));
    assert_eq!(gather(&opened.cycle, Time::Opening.now()), Err(Refused::Phase), "it happens once");
}

#[test]
fn the_meeting_convenes_after_the_close_and_ends_when_all_before_it_are_decided() {
    let cycle = Time::Window.cycle();
    let none = Tally::default();
    let early = by_promotion(&cycle, &CycleMove::Convene, none, Time::Window);
    assert_eq!(early, Err(Refused::BeforeClose { closes: cycle.closes }));
    let open = by_promotion(&cycle, &CycleMove::Convene, none, Time::AfterClose).unwrap().cycle;
    assert_eq!(open.phase, Phase::Meeting { sitting: 1 });
    for stage in [Stage::Submitted, Stage::InReview] {
        let tally = none.with(stage, 1);
        let refused = by_promotion(&open, &CycleMove::Conclude, tally, Time::Sitting);
        assert_eq!(refused, Err(Refused::Open { tally }));
    }
    let late = none.with(Stage::Draft, 3).with(Stage::Refused, 1).with(Stage::AListed, 2);
    let ended = by_promotion(&open, &CycleMove::Conclude, late, Time::Sitting).unwrap().cycle;
    assert_eq!(ended.phase, Phase::Concluded { sittings: 1 });
    // What turns up afterwards is decided at a further sitting.
    let again = by_promotion(&ended, &CycleMove::Convene, late, Time::Concluded).unwrap().cycle;
    assert_eq!(again.phase, Phase::Meeting { sitting: 2 });
}

#[test]
fn nothing_is_published_while_a_customer_has_not_been_dealt_with() {
    let cycle = Time::Concluded.cycle();
    let ready = Tally::default().with(Stage::Confirmed, 90).with(Stage::Approved, 9).with(Stage::SetAside, 1);
    for stage in Stage::ALL {
        let tally = ready.with(stage, 1);
        let answer = by_promotion(&cycle, &publish_from("2026-04-10"), tally, Time::Concluded);
        let fits = matches!(stage, Stage::Confirmed | Stage::Approved | Stage::SetAside | Stage::Effective);
        assert_eq!(answer.is_ok(), fits, "{stage}");
        if !fits {
            assert_eq!(answer, Err(Refused::Open { tally }));
        }
    }
    let past = by_promotion(&cycle, &publish_from("2026-04-01"), ready, Time::Concluded);
    assert_eq!(past, Err(Refused::Day { earliest: date("2026-04-02") }));
    let meeting = by_promotion(&Time::Sitting.cycle(), &publish_from("2026-04-10"), ready, Time::Sitting);
    assert_eq!(meeting, Err(Refused::Phase));
}

#[test]
fn a_publication_ends_with_its_last_form_and_publishes_each_once() {
    let (cycle, now) = (Time::Publishing.cycle(), Time::Publishing.now());
    let (_, form) = samples().into_iter().find(|(name, _)| *name == "approved").unwrap();
    let left = Tally::from_iter([form.state.stage()]);
    assert_eq!(finish(&cycle, left, now), Err(Refused::Open { tally: left }));
    let published = publish(&form, &cycle, now).unwrap();
    assert_eq!(published.entry.hand.user, person(Role::Promotion).user);
    let again = publish(&published.form, &cycle, now);
    assert!(matches!(again, Err(Refused::Stage { stage: Stage::Effective, .. })));
    let done = finish(&cycle, Tally::from_iter([Stage::Effective]), now).unwrap().cycle;
    assert!(matches!(done.phase, Phase::Published { .. }));
    assert_eq!(finish(&done, Tally::default(), now), Err(Refused::NotPublishing));
}

#[test]
fn the_close_moves_for_a_reason_and_only_while_forms_come_in() {
    let later = |day| CycleMove::MoveClose { closes: date(day), reason: reason() };
    let cycle = Time::Window.cycle();
    let none = Tally::default();
    let moved = by_promotion(&cycle, &later("2026-04-03"), none, Time::AfterClose).unwrap();
    assert_eq!((moved.cycle.closes, moved.entry.reason), (date("2026-04-03"), Some(reason())));
    let past = by_promotion(&cycle, &later("2026-03-29"), none, Time::Window);
    assert_eq!(past, Err(Refused::Day { earliest: date("2026-03-30") }));
    let meeting = by_promotion(&Time::Sitting.cycle(), &later("2026-04-03"), none, Time::Sitting);
    assert_eq!(meeting, Err(Refused::Phase));
}

#[test]
fn a_stand_in_is_appointed_by_the_absent_person_or_the_admin_for_days_and_for_another() {
    let (from, until) = (date("2026-03-25"), date("2026-04-05"));
    let director = person(Role::Director);
    let finance = person(Role::Finance);
    let appoint = |appointer: Role, by: Role| {
        StandIn::appoint(&person(appointer), director.clone(), person(by).user, from, until)
    };
    let fault = |fault| Err(Refused::StandIn { fault });
    assert!(appoint(Role::Director, Role::Finance).is_ok());
    assert!(appoint(Role::Admin, Role::Finance).is_ok());
    assert_eq!(appoint(Role::Finance, Role::Finance), fault(StandInFault::Unasked));
    assert_eq!(appoint(Role::Director, Role::Director), fault(StandInFault::ForOneself));
    assert_eq!(appoint(Role::Promotion, Role::Finance), Err(Refused::Role { asks: Action::ManageUsers }));
    let backwards = StandIn::appoint(&director, director.clone(), finance.user.clone(), until, from);
    assert_eq!(backwards, fault(StandInFault::NoDays));
}

#[test]
fn a_stand_in_counts_on_its_days_and_for_its_person() {
    let (actor, appointed) = stand_in(Role::Finance, Role::Director);
    let on =
        |actor, day| Acting { actor, stand_in: Some(&appointed) }.authority(date(day)).map(|(_, hand)| hand);
    let hand = on(&actor, "2026-04-30").unwrap();
    assert_eq!((hand.user, hand.on_behalf_of), (actor.user.clone(), Some(person(Role::Director).user)));
    assert_eq!(hand.role, Role::Director);
    for day in ["2026-02-28", "2026-05-01"] {
        assert_eq!(on(&actor, day), Err(Refused::StandIn { fault: StandInFault::OutOfDays }));
    }
    let other = person(Role::Promotion);
    assert_eq!(on(&other, "2026-04-01"), Err(Refused::StandIn { fault: StandInFault::Another }));
}

fn published(cycle: &PublishedCycle, grade: Option<&str>) -> Published {
    Published {
        customer: CustomerId::parse("k1").unwrap(),
        cycle: cycle.id.clone(),
        effective: cycle.effective,
        grade: grade.map(super::label),
    }
}

fn publication(id: &str, effective: &str, kind: CycleKind) -> PublishedCycle {
    PublishedCycle { id: CycleId::parse(id).unwrap(), effective: date(effective), kind }
}

#[test]
fn a_grade_lapses_with_the_next_publication_unless_earned_again() {
    let y2025 = publication("y2025", "2025-04-01", CycleKind::Yearly);
    let y2026 = publication("y2026", "2026-04-01", CycleKind::Yearly);
    let cycles = [y2025.clone(), y2026.clone()];
    let old = published(&y2025, Some("A"));
    let grade = |grades: &[Published], on| {
        grade_in_force(grades, &cycles, date(on)).map(|label| label.as_str().to_owned())
    };
    let only_old = [old.clone()];
    assert_eq!(grade(&only_old, "2025-03-31"), None);
    assert_eq!(grade(&only_old, "2026-03-31"), Some("A".to_owned()));
    assert_eq!(grade(&only_old, "2026-04-01"), None);
    let both = [old.clone(), published(&y2026, Some("B"))];
    assert_eq!(grade(&both, "2026-04-01"), Some("B".to_owned()));
    let aside = [old, published(&y2026, None)];
    assert_eq!(grade(&aside, "2026-04-01"), None);
    assert_eq!(cycle_in_force(&cycles, date("2025-12-31")), Some(&y2025.id));
}

#[test]
fn a_supplementary_publication_counts_for_its_own_customers_until_the_next_yearly_one() {
    use CycleKind::{Supplementary, Yearly};
    let days = ["2026-04-01", "2026-10-01", "2026-10-01", "2027-04-01"];
    // What a publication does to the grade that counts: a yearly one sets everybody's, a supplementary one
    // its own customers'.
    for bits in 0..(1 << 8_u32) {
        let bit = |at: usize| bits & (1 << at) > 0;
        let cycles: Vec<_> = (0..4)
            .map(|at| publication(&format!("c{at}"), days[at], if bit(at) { Supplementary } else { Yearly }))
            .collect();
        let grades: Vec<_> = (0..4)
            .filter(|at| bit(at + 4))
            .map(|at| published(&cycles[at], Some(["A", "B", "C", "A"][at])))
            .collect();
        let mut live = None;
        for (at, cycle) in cycles.iter().enumerate() {
            let own = grades.iter().find(|one| one.cycle == cycle.id);
            live = match own {
                Some(own) => own.grade.clone(),
                None if cycle.kind == Yearly => None,
                None => live,
            };
            let known = cycles.get(..=at).unwrap();
            assert_eq!(grade_in_force(&grades, known, cycle.effective), live.as_ref(), "{bits:b} {at}");
        }
    }
}

#[test]
fn who_is_added_later_is_taken_into_a_yearly_cycle_while_its_forms_come_in() {
    for time in Time::ALL {
        let cycle = time.cycle();
        let gathers = matches!(cycle.phase, Phase::Gathering);
        assert_eq!(cycle.takes_in().is_ok(), gathers, "{time:?}");
        let other = Cycle { kind: CycleKind::Supplementary, ..cycle };
        assert_eq!(other.takes_in(), Err(Refused::Phase));
    }
}
