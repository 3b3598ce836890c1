//! Both ways of an item and everything that refuses it; records; minutes against a golden file.

use super::*;
use crate::calendar::{Date, Time};
use crate::id::{CustomerCode, CustomerId, ItemId, Label, Name, Note, Reason, UnitId, UserId};
use crate::number::Fen;
use crate::permission::{Action, Actor, Role, Scope};
use crate::problem::Code;
use crate::review::tests::{Time as Point, label, noon, person, take, walk};
use crate::review::{Acting, Move, Refused, Stage, StandIn, StandInFault, State, Step, Terms};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn unit(text: &str) -> UnitId {
    UnitId::parse(text).unwrap()
}

fn reason() -> Reason {
    Reason::parse("长期合作，量大").unwrap()
}

fn policy(text: &str) -> Granted {
    Granted { text: Note::parse(text).ok(), ..Granted::default() }
}

fn settlement(days: u16, limit: i64) -> Granted {
    Granted { terms: Some(Terms::Days { days }), limit: Fen::new(limit).ok(), ..Granted::default() }
}

/// What is tried: of a customer of the unit `north`, something new.
struct Trial {
    kind: ItemKind,
    customer: bool,
    was: Option<Granted>,
    last: Option<Option<Granted>>,
    choice: Choice,
    granted: Option<Granted>,
}

impl Trial {
    fn new(kind: ItemKind, granted: Granted) -> Self {
        let granted = Some(granted);
        Self { kind, customer: true, was: None, last: None, choice: Choice::New, granted }
    }

    fn by(&self, actor: &Actor, at: Point) -> Result<Item, ItemRefused> {
        self.acting(Acting::own(actor), at)
    }

    fn acting(&self, acting: Acting<'_>, at: Point) -> Result<Item, ItemRefused> {
        let (id, unit, why) = (CustomerId::parse("k1").unwrap(), unit("north"), reason());
        let (cycle, by) = (at.cycle(), name("谁"));
        let asked = Asked {
            kind: self.kind,
            customer: self.customer.then_some((&id, &unit, None)),
            was: self.was.as_ref(),
            last: self.last.as_ref().map(Option::as_ref),
            choice: self.choice,
            granted: self.granted.as_ref(),
            reason: &why,
        };
        let scene = ItemScene { cycle: &cycle, by: &by, now: at.now() };
        propose(ItemId::parse("i1").unwrap(), asked, acting, &scene).map(|(item, ..)| item)
    }
}

fn decided(item: &Item, wanted: Decided<'_>, actor: &Actor, at: Point) -> Result<Item, ItemRefused> {
    let (cycle, by) = (at.cycle(), name("谁"));
    let scene = ItemScene { cycle: &cycle, by: &by, now: at.now() };
    decide(item, wanted, Acting::own(actor), &scene).map(|(item, ..)| item)
}

fn withdrawn(item: &Item, actor: &Actor) -> Result<Item, ItemRefused> {
    let (cycle, by) = (Point::Sitting.cycle(), name("谁"));
    let scene = ItemScene { cycle: &cycle, by: &by, now: Point::Sitting.now() };
    withdraw(item, Acting::own(actor), &scene).map(|(item, ..)| item)
}

fn as_proposed(choice: Choice) -> Decided<'static> {
    Decided { choice, granted: None, reason: None }
}

#[test]
fn each_kind_is_proposed_by_its_own_roles_while_the_review_is_open() {
    for role in Role::ALL {
        for kind in ItemKind::ALL {
            let granted = match kind {
                ItemKind::Settlement => settlement(30, 1),
                ItemKind::SpecialPolicy | ItemKind::Other => policy("x"),
            };
            let may = match kind {
                ItemKind::SpecialPolicy => role == Role::SectionChief,
                ItemKind::Settlement => role == Role::Finance,
                ItemKind::Other => matches!(role, Role::SectionChief | Role::Promotion),
            };
            assert_eq!(proposable(&person(role)).any(|one| one == kind), may, "{role:?} {kind:?}");
            for at in Point::ALL {
                let answer = Trial::new(kind, granted.clone()).by(&person(role), at);
                let open = !matches!(at, Point::Opening | Point::Publishing | Point::Published);
                assert_eq!(answer.is_ok(), may && open, "{role:?} {kind:?} {at:?} {answer:?}");
                if !may {
                    let code = answer.unwrap_err().code();
                    assert!(matches!(code, Code::Forbidden | Code::NotFound), "{role:?} {kind:?}");
                }
            }
        }
    }
    let other = Actor { unit: Some(unit("south")), ..person(Role::SectionChief) };
    let answer = Trial::new(ItemKind::SpecialPolicy, policy("x")).by(&other, Point::Sitting);
    assert_eq!(answer, Err(Refused::Hidden.into()));
}

#[test]
fn a_customer_is_named_where_it_is_about_one() {
    let chief = person(Role::SectionChief);
    let without = |kind| Trial { customer: false, ..Trial::new(kind, policy("x")) };
    let answer = without(ItemKind::SpecialPolicy).by(&chief, Point::Sitting);
    assert_eq!(answer, Err(ItemRefused::NoCustomer));
    let of_the_unit = without(ItemKind::Other).by(&chief, Point::Sitting).unwrap();
    assert_eq!((of_the_unit.customer, of_the_unit.unit), (None, Some(unit("north"))));
    let of_all = without(ItemKind::Other).by(&person(Role::Promotion), Point::Sitting).unwrap();
    assert_eq!(of_all.unit, None);
}

#[test]
fn what_was_follows_from_the_last_decision_and_limits_the_choice() {
    let chief = person(Role::SectionChief);
    let trial = |was: Option<Granted>, last, choice: Choice| {
        let granted = choice.grants().then(|| policy("新价"));
        Trial { was, last, choice, granted, ..Trial::new(ItemKind::SpecialPolicy, policy("x")) }
            .by(&chief, Point::Sitting)
    };
    let old = || Some(policy("旧价"));
    assert_eq!(trial(old(), Some(old()), Choice::Stable), Err(ItemRefused::WasKnown));
    assert_eq!(trial(None, Some(old()), Choice::Stable).unwrap().was, old());
    assert_eq!(trial(old(), None, Choice::Adjust).unwrap().was, old());
    for (now, choices) in [(true, [true, true, true, false]), (false, [false, false, false, true])] {
        for (choice, fits) in Choice::ALL.into_iter().zip(choices) {
            let answer = trial(old().filter(|_| now), None, choice);
            let expected = if fits { None } else { Some(ItemRefused::Choice { granted_now: now }) };
            assert_eq!(answer.err(), expected, "{choice:?}");
        }
    }
    let same = Trial {
        was: old(),
        last: None,
        choice: Choice::Adjust,
        granted: old(),
        ..Trial::new(ItemKind::SpecialPolicy, policy("x"))
    };
    assert_eq!(same.by(&chief, Point::Sitting).err(), Some(ItemRefused::Unchanged));
    let over = Granted { until: Some(day("2026-03-31")), ..policy("旧价") };
    let answer = trial(Some(over.clone()), None, Choice::Stable);
    assert_eq!(answer, Err(ItemRefused::Ended { until: day("2026-03-31") }));
    assert!(trial(Some(over), None, Choice::Withdraw).is_ok());
}

#[test]
fn what_is_granted_is_checked_by_its_kind_on_both_sides_of_every_bound() {
    let check = |kind, granted: Granted| -> Option<GrantedFault> {
        let faults = granted.faults(kind);
        assert!(faults.len() < 2, "{faults:?}");
        faults.first().copied()
    };
    let words = [ItemKind::SpecialPolicy, ItemKind::Other];
    for kind in words {
        assert_eq!(check(kind, policy("x")), None);
        assert_eq!(check(kind, Granted::default()), Some(GrantedFault::Text));
        let terms = Granted { terms: Some(Terms::Cash), ..policy("x") };
        assert_eq!(check(kind, terms), Some(GrantedFault::Terms));
        let limit = Granted { limit: Some(Fen::ZERO), ..policy("x") };
        assert_eq!(check(kind, limit), Some(GrantedFault::Limit));
    }
    let settles = ItemKind::Settlement;
    assert_eq!(policy("x").faults(settles), [GrantedFault::Terms, GrantedFault::Limit]);
    for (days, limit, fault) in [
        (0, 0, Some(GrantedFault::Days)),
        (1, 0, None),
        (730, 0, None),
        (731, 0, Some(GrantedFault::Days)),
        (1, -1, Some(GrantedFault::Limit)),
    ] {
        assert_eq!(check(settles, settlement(days, limit)), fault, "{days} {limit}");
    }
    let wrong =
        Granted { from: Some(day("2026-04-02")), until: Some(day("2026-04-01")), ..settlement(0, -1) };
    assert_eq!(wrong.faults(settles), [GrantedFault::Days, GrantedFault::Limit, GrantedFault::Until]);
    let no_limit = Granted { terms: Some(Terms::Cash), ..Granted::default() };
    assert_eq!(check(settles, no_limit), Some(GrantedFault::Limit));
    let from = |from, until| Granted { from: Some(day(from)), until: Some(day(until)), ..policy("x") };
    assert_eq!(check(words[0], from("2026-04-02", "2026-04-02")), None);
    assert_eq!(check(words[0], from("2026-04-02", "2026-04-01")), Some(GrantedFault::Until));
    // The meeting is on 1 April: what ends before it is not granted any more.
    for (until, fits) in [("2026-04-01", true), ("2026-03-31", false)] {
        let granted = Granted { until: Some(day(until)), ..policy("x") };
        let answer = Trial::new(words[0], granted).by(&person(Role::SectionChief), Point::Sitting);
        assert_eq!(answer.is_ok(), fits, "{until}: {answer:?}");
    }
}

#[test]
fn everything_wrong_with_what_was_and_what_is_to_be_granted_is_said_at_once() {
    let finance = person(Role::Finance);
    let wrong = Granted { until: Some(day("2026-03-31")), ..settlement(0, -1) };
    let trial = |was: Granted, granted: Granted| {
        let trial = Trial::new(ItemKind::Settlement, granted);
        let answer = Trial { was: Some(was), choice: Choice::Adjust, ..trial }.by(&finance, Point::Sitting);
        let refused = answer.unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
        let told = refused.fields().into_iter().map(|one| format!("{} {}", one.field, one.code));
        told.collect::<Vec<_>>()
    };
    let of_granted = ["granted.terms.days term_days", "granted.limit negative", "granted.until until"];
    assert_eq!(trial(settlement(30, 1), wrong.clone()), of_granted);
    // What was granted may have ended; what is wrong with it is said together with the rest.
    let of_was = ["was.terms.days term_days", "was.limit negative"];
    assert_eq!(trial(wrong.clone(), settlement(30, 1)), of_was);
    assert_eq!(trial(wrong.clone(), wrong.clone()), [&of_was[..], &of_granted[..]].concat());

    // A last day that is before the first and has passed is said once.
    let backwards = Granted { from: Some(day("2026-04-02")), ..wrong.clone() };
    assert_eq!(trial(settlement(30, 1), backwards), of_granted);

    // The meeting's own words are read by the same rule.
    let item = Trial::new(ItemKind::Settlement, settlement(30, 1)).by(&finance, Point::Sitting).unwrap();
    let (why, promotion) = (reason(), person(Role::Promotion));
    let wanted = Decided { choice: Choice::New, granted: Some(&wrong), reason: Some(&why) };
    let refused = decided(&item, wanted, &promotion, Point::Sitting).unwrap_err();
    assert_eq!(refused.fields().len(), 3, "{refused}");
}

#[test]
fn a_decision_is_made_at_the_meeting_by_another_person_and_stands() {
    let promotion = person(Role::Promotion);
    let granted = Granted { until: Some(day("2027-03-31")), ..settlement(60, 5_000) };
    let item =
        Trial::new(ItemKind::Settlement, granted).by(&person(Role::Finance), Point::AfterClose).unwrap();
    for at in Point::ALL {
        let answer = decided(&item, as_proposed(Choice::New), &promotion, at);
        match at {
            Point::Sitting => {
                let after = answer.unwrap();
                assert_eq!(
                    (after.stage(), after.outcome()),
                    (ItemStage::Decided, item.proposal.granted.as_ref())
                );
                assert_eq!(after.effective_from, Some(day("2026-04-01")));
                assert_eq!(after.effective_until, Some(day("2027-03-31")));
            }
            _ => assert_eq!(answer, Err(Refused::NoMeeting.into()), "{at:?}"),
        }
    }
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Promotion) {
        let answer = decided(&item, as_proposed(Choice::New), &person(role), Point::Sitting);
        assert_eq!(answer, Err(Refused::Role { asks: Action::RunReview }.into()), "{role:?}");
    }
    let refused = decided(&item, as_proposed(Choice::Withdraw), &promotion, Point::Sitting);
    assert_eq!(refused, Err(ItemRefused::NoReason));
    let (why, less) = (reason(), settlement(30, 5_000));
    let with = |choice, granted, reason| {
        decided(&item, Decided { choice, granted, reason }, &promotion, Point::Sitting)
    };
    assert_eq!(with(Choice::New, Some(&less), None), Err(ItemRefused::NoReason));
    assert_eq!(with(Choice::Stable, None, Some(&why)), Err(ItemRefused::Choice { granted_now: false }));
    assert_eq!(with(Choice::New, Some(&less), Some(&why)).unwrap().outcome(), Some(&less));
    let none = with(Choice::Withdraw, None, Some(&why)).unwrap();
    assert_eq!((none.outcome(), none.effective_until), (None, None));
    for wanted in [as_proposed(Choice::New), as_proposed(Choice::Withdraw)] {
        let again = decided(&none, wanted, &promotion, Point::Sitting);
        assert_eq!(again, Err(ItemRefused::Settled { stage: ItemStage::Decided }));
    }
    let back = withdrawn(&none, &person(Role::Finance));
    assert_eq!(back, Err(ItemRefused::Settled { stage: ItemStage::Decided }));
}

#[test]
fn nobody_decides_what_they_proposed_under_whatever_name() {
    let promotion = person(Role::Promotion);
    let trial = Trial { customer: false, ..Trial::new(ItemKind::Other, policy("统一包装")) };
    let own = trial.by(&promotion, Point::Sitting).unwrap();
    let answer = decided(&own, as_proposed(Choice::New), &promotion, Point::Sitting);
    assert_eq!(answer, Err(ItemRefused::OwnProposal));
    assert!(ItemRefused::OwnProposal.to_string().contains("another person of the promotion section"));
    let colleague = Actor { user: UserId::parse("colleague").unwrap(), ..promotion.clone() };
    assert!(decided(&own, as_proposed(Choice::New), &colleague, Point::Sitting).is_ok());

    // In the chief's place it is promotion's own all the same.
    let stand_in = StandIn {
        absent: person(Role::SectionChief),
        by: promotion.user.clone(),
        from: day("2026-04-01"),
        until: day("2026-04-01"),
    };
    let acting = Acting { actor: &promotion, stand_in: Some(&stand_in) };
    let lent = trial.acting(acting, Point::Sitting).unwrap();
    let answer = decided(&lent, as_proposed(Choice::New), &promotion, Point::Sitting);
    assert_eq!(answer, Err(ItemRefused::OwnProposal));
    let late = trial.acting(acting, Point::Concluded);
    assert_eq!(late, Err(Refused::StandIn { fault: StandInFault::OutOfDays }.into()));
}

#[test]
fn only_whoever_proposed_it_takes_it_back_and_once() {
    let chief = person(Role::SectionChief);
    let item = Trial::new(ItemKind::SpecialPolicy, policy("x")).by(&chief, Point::Sitting).unwrap();
    let other = Actor { user: UserId::parse("other").unwrap(), ..chief.clone() };
    assert_eq!(withdrawn(&item, &other), Err(ItemRefused::NotOwn));
    let role = withdrawn(&item, &person(Role::Finance));
    assert_eq!(role, Err(Refused::Role { asks: Action::SubmitForm }.into()));
    let back = withdrawn(&item, &chief).unwrap();
    assert_eq!((back.stage(), back.outcome()), (ItemStage::Withdrawn, None));
    let settled = ItemRefused::Settled { stage: ItemStage::Withdrawn };
    assert_eq!(withdrawn(&back, &chief), Err(settled.clone()));
    let answer = decided(&back, as_proposed(Choice::New), &person(Role::Promotion), Point::Sitting);
    assert_eq!(answer, Err(settled));
}

fn record() -> Record {
    let one = |department: &str, person: &str, presence, deputy: Option<&str>| Attendance {
        department: name(department),
        person: name(person),
        presence,
        deputy: deputy.map(name),
    };
    Record {
        date: day("2026-04-01"),
        begun: Time::parse("09:00").ok(),
        ended: Time::parse("11:30").ok(),
        place: name("三楼会议室"),
        chair: name("苏婷"),
        attendance: vec![
            one("促销科", "苏婷", Presence::Present, None),
            one("财务部", "沈会", Presence::Deputy, Some("方明")),
            one("生产部", "田野", Presence::Absent, None),
        ],
    }
}

#[test]
fn every_fault_of_a_record_has_its_field() {
    let cycle = Point::Sitting.cycle();
    assert!(record().faults(&cycle).is_empty());
    let fields = |change: fn(&mut Record)| {
        let mut record = record();
        change(&mut record);
        let faults = record.faults(&cycle).into_iter();
        faults.map(|fault| format!("{} {}", fault.field(), fault.code())).collect::<Vec<_>>()
    };
    assert!(fields(|record| record.date = day("2026-03-31")).is_empty(), "the day after the close");
    assert_eq!(fields(|record| record.date = day("2026-03-30")), ["date too_early"]);
    assert_eq!(fields(|record| record.ended = Time::parse("08:59").ok()), ["ended range"]);
    assert!(fields(|record| record.ended = record.begun).is_empty());
    assert_eq!(fields(|record| record.begun = None), ["ended range"]);
    assert_eq!(fields(|record| record.attendance.clear()), ["attendance range"]);
    assert_eq!(fields(|record| record.attendance[1].deputy = None), ["attendance.1.deputy required"]);
    assert_eq!(
        fields(|record| record.attendance[2].deputy = Some(name("代表"))),
        ["attendance.2.deputy unknown"]
    );
    assert_eq!(
        fields(|record| record.attendance.push(record.attendance[0].clone())),
        ["attendance.3.person taken"]
    );
    assert_eq!(sitting(0), 1);
    assert_eq!(sitting(2), 2);
}

fn whose(code: &str, at: &str) -> Whose {
    Whose {
        id: CustomerId::parse(&code.to_lowercase()).unwrap(),
        code: CustomerCode::parse(code).unwrap(),
        name: name(&format!("客户{code}")),
        unit: unit(at),
        unit_name: name(if at == "north" { "销售一科" } else { "销售二科" }),
        rep: UserId::parse("rep").ok().filter(|_| at == "north"),
    }
}

/// A small meeting: an A with its plan, one amended, one refused an A and decided anew, one set aside.
fn source(cycle: &crate::review::Cycle, tiers: &[Label]) -> Source<'static> {
    use Role::{Director, Promotion, SectionChief};
    let cycle: &'static _ = Box::leak(Box::new(cycle.clone()));
    let tiers: &'static [Label] = Box::leak(tiers.to_vec().into_boxed_slice());
    let before = [(SectionChief, "submit"), (Promotion, "take_up")];
    let way = |more: &[(Role, &'static str)]| walk(&[&before[..], more].concat()).state;
    let applied = way(&[(Promotion, "amend"), (Promotion, "decide top"), (SectionChief, "apply")]);
    let down = way(&[(Promotion, "decide other")]);
    let refused = way(&[
        (Promotion, "decide top"),
        (SectionChief, "apply"),
        (Director, "refuse"),
        (Promotion, "decide other"),
    ]);
    let aside = walk(&[(Promotion, "set_aside")]).state;
    let case = |code, at, state: &State, last| Case::of(whose(code, at), state, Some(label("B")), last);
    let top = case("K-1", "north", &applied, Some(label("B")));
    let overruled = vec![
        case("K-3", "south", &refused, Some(label("A"))),
        case("K-2", "north", &down, None),
        top.clone(),
    ];
    let amended = Case {
        raised_by: Some(name("生产部")),
        at: Some(Point::Sitting.now().at()),
        grade: Some(label("A")),
        plan: None,
        ..top.clone()
    };
    let sums = Sums {
        now: vec![
            (unit("north"), Stage::AApplied, Some(label("A")), 1),
            (unit("north"), Stage::Confirmed, Some(label("C")), 2),
            (unit("south"), Stage::Confirmed, Some(label("C")), 1),
            (unit("south"), Stage::InReview, Some(label("B")), 1),
            (unit("south"), Stage::SetAside, None, 1),
        ],
        before: vec![
            (unit("north"), Some(label("B")), 2),
            (unit("north"), None, 1),
            (unit("south"), Some(label("A")), 1),
            (unit("south"), Some(label("S")), 2),
        ],
    };
    let chief = person(SectionChief);
    let b = Trial::new(ItemKind::SpecialPolicy, policy("运费由我方承担")).by(&chief, Point::Sitting).unwrap();
    let b = decided(&b, as_proposed(Choice::New), &person(Promotion), Point::Sitting).unwrap();
    let c = Trial::new(ItemKind::Settlement, settlement(60, 50_000_000));
    let c = c.by(&person(Role::Finance), Point::Sitting).unwrap();
    let gone = Trial::new(ItemKind::SpecialPolicy, policy("x")).by(&chief, Point::Sitting).unwrap();
    let gone = withdrawn(&gone, &chief).unwrap();
    let e = Trial { customer: false, ..Trial::new(ItemKind::Other, policy("下年评定提前一周")) };
    let e = e.by(&person(Promotion), Point::Sitting).unwrap();
    let tabled =
        |item: Item| Tabled { customer: item.customer.is_some().then(|| whose("K-1", "north")), item };
    Source {
        cycle,
        tiers,
        records: vec![record()],
        units: vec![
            (unit("south"), name("销售二科")),
            (unit("north"), name("销售一科")),
            (unit("idle"), name("空")),
        ],
        sums,
        a_list: vec![top.clone()],
        amended: vec![amended],
        overruled,
        without: vec![case("K-4", "south", &aside, Some(label("A")))],
        provisional: vec![Case { since: Some(day("2026-01-01")), ..case("K-2", "north", &down, None) }],
        items: [b, c, gone, e].map(tabled).to_vec(),
        left_out: 0,
    }
}

fn written() -> Minutes {
    let cycle = Point::Concluded.cycle();
    minutes(source(&cycle, &[label("A"), label("B"), label("C")]))
}

#[test]
fn the_minutes_of_a_small_meeting_are_those_agreed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/review/meeting/minutes.expected.json");
    let text = serde_json::to_string_pretty(&written()).unwrap() + "\n";
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert_eq!(text, kept, "rerun with UPDATE_GOLDEN=1 after agreeing on it");
    assert_eq!(
        serde_json::from_str::<Minutes>(&kept).unwrap(),
        written(),
        "they are read as they were written"
    );
}

#[test]
fn totals_of_the_units_are_the_companys_and_nobody_is_missing() {
    let minutes = written();
    let [company, units @ ..] = &minutes.sections[..] else { panic!("the company") };
    let sum = |of: fn(&Section) -> u64, sections: &[Section]| sections.iter().map(of).sum::<u64>();
    for of in [
        (|one| one.undecided) as fn(&Section) -> u64,
        |one| one.counts.iter().map(|count| count.forms).sum(),
        |one| one.counts.iter().map(|count| count.last).sum(),
    ] {
        assert_eq!(of(company), sum(of, units));
    }
    assert_eq!(company.counts.iter().map(|one| one.forms).sum::<u64>() + company.undecided, 6);
    let names: Vec<_> = units.iter().map(|one| one.name.as_ref().unwrap().as_str()).collect();
    assert_eq!(names, ["销售一科", "销售二科"], "by name, without those that have no form");
    let grades: Vec<_> = company.counts.iter().map(|one| one.grade.as_ref().map(Label::as_str)).collect();
    assert_eq!(grades, [Some("A"), Some("B"), Some("C"), Some("S"), None], "a grade of before comes after");
}

#[test]
fn everybody_sees_the_rows_of_their_own_customers() {
    let all = written().narrowed(&Scope::All, true);
    assert_eq!(all, written());
    let chief = written().narrowed(&Scope::Unit(unit("south")), true);
    assert_eq!(chief.sections.len(), 2, "the company's and the own");
    assert!(chief.a_list.is_empty() && chief.amended.is_empty() && chief.special_policies.is_empty());
    assert_eq!((chief.overruled.len(), chief.set_aside.len(), chief.others.len()), (1, 1, 1));
    let rep = written().narrowed(&Scope::Rep(UserId::parse("rep").unwrap()), true);
    assert_eq!((rep.sections.len(), rep.a_list.len(), rep.overruled.len()), (0, 1, 2));
    let blind = written().narrowed(&Scope::All, false);
    assert!(blind.settlements.is_empty() && blind.special_policies.is_empty());
    assert_eq!(blind.a_list, all.a_list);
}

#[test]
fn what_is_read_out_of_a_state_is_what_was_said_in_it() {
    let minutes = written();
    let a = &minutes.a_list[0];
    assert_eq!(
        (a.stage, a.proposed.as_ref(), a.grade.as_ref()),
        (Stage::AApplied, Some(&label("B")), Some(&label("A")))
    );
    assert!(a.plan.is_some() && a.reason.is_some());
    let again = minutes.overruled.iter().find(|case| case.customer.code.as_str() == "K-3").unwrap();
    assert_eq!((again.grade.as_ref(), again.proposed.as_ref()), (Some(&label("C")), Some(&label("B"))));
    assert!(again.plan.is_none(), "a refused A has no plan");
    assert!(minutes.set_aside[0].reason.is_some());
    // An approved and published A keeps its plan and its decision.
    let form = walk(&[
        (Role::SectionChief, "submit"),
        (Role::Promotion, "take_up"),
        (Role::Promotion, "decide top"),
        (Role::SectionChief, "apply"),
        (Role::Director, "review"),
        (Role::GeneralManager, "approve"),
    ]);
    let published = crate::review::publish(&form, &Point::Publishing.cycle(), noon("2026-04-10")).unwrap();
    for state in [&form.state, &published.form.state] {
        assert_eq!(state.decision().map(|one| &one.decided.grade), Some(&label("A")));
        assert!(state.plan().is_some() && state.review().is_some());
    }
    assert!(take(&form, &Move::TakeUp, Acting::own(&person(Role::Promotion)), Point::Sitting).is_err());
    assert_eq!(Step::TakeUp.code(), "take_up");
}
