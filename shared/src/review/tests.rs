//! People, forms and days to test with; the golden table; the rules that a table does not show.

use super::*;
use crate::calendar::Date;
use crate::id::{CustomerId, CycleId, Label, Name, Note, PolicyId, Reason, UnitId, UserId};
use crate::permission::{Action, Actor, Reach, Role, reach};

mod asked;
mod cycles;
mod reasons;
mod table;

pub(super) fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

pub(super) fn reason() -> Reason {
    Reason::parse("agreed at the table").unwrap()
}

fn user(text: &str) -> UserId {
    UserId::parse(text).unwrap()
}

/// The person of each role, named after it; rep and chief belong to the unit of the form.
pub(super) fn person(role: Role) -> Actor {
    Actor {
        user: user(&role.code().replace('_', "-")),
        role,
        unit: role.needs_unit().then(|| UnitId::parse("north").unwrap()),
    }
}

pub(super) fn noon(text: &str) -> Moment {
    let days = Date::parse("1970-01-01").unwrap().days_until(Date::parse(text).unwrap());
    Moment::new(days * 86_400_000 + 4 * 3_600_000).unwrap()
}

pub(super) fn ladder() -> Ladder {
    Ladder::new(vec![label("A"), label("B"), label("C")])
}

/// A time in the life of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    Opening,
    BeforeWindow,
    Window,
    AfterClose,
    Sitting,
    Concluded,
    Publishing,
    Published,
}

impl Time {
    pub(super) const ALL: [Self; 8] = [
        Self::Opening,
        Self::BeforeWindow,
        Self::Window,
        Self::AfterClose,
        Self::Sitting,
        Self::Concluded,
        Self::Publishing,
        Self::Published,
    ];

    pub(super) fn now(self) -> Moment {
        noon(match self {
            Self::Opening | Self::BeforeWindow => "2026-03-24",
            Self::Window => "2026-03-30",
            Self::AfterClose => "2026-03-31",
            Self::Sitting => "2026-04-01",
            Self::Concluded => "2026-04-02",
            Self::Publishing | Self::Published => "2026-04-03",
        })
    }

    pub(super) fn cycle(self) -> Cycle {
        let effective = Date::parse("2026-04-10").unwrap();
        let hand = Acting::own(&person(Role::Promotion)).authority(self.now().day()).unwrap().1;
        let signed = Signature { hand, at: self.now().at() };
        Cycle {
            id: CycleId::parse("y2026").unwrap(),
            kind: CycleKind::Yearly,
            year: 2025,
            policy: PolicyId::parse("p1").unwrap(),
            opens: Date::parse("2026-03-25").unwrap(),
            closes: Date::parse("2026-03-30").unwrap(),
            phase: match self {
                Self::Opening => Phase::Opening { signed },
                Self::BeforeWindow | Self::Window | Self::AfterClose => Phase::Gathering,
                Self::Sitting => Phase::Meeting { sitting: 1 },
                Self::Concluded => Phase::Concluded { sittings: 1 },
                Self::Publishing => Phase::Publishing { effective, signed },
                Self::Published => Phase::Published { effective, signed },
            },
        }
    }
}

/// A step at a time at which the policy yields B.
pub(super) fn take(form: &Form, wanted: &Move, by: Acting<'_>, time: Time) -> Result<Next, Refused> {
    let (cycle, ladder, computed) = (time.cycle(), ladder(), label("B"));
    let scene = Scene { cycle: &cycle, ladder: &ladder, computed: Some(&computed), now: time.now() };
    step(form, wanted, by, &scene)
}

/// One move of each kind, and of those that name a grade one for each way it leads.
pub(super) fn moves() -> Vec<(&'static str, Move)> {
    let note = || Note::parse("as promised").unwrap();
    let plan = Plan { service: note(), production: note(), sales: note() };
    let raised_by = Name::parse("生产部").unwrap();
    vec![
        ("fill", Move::Fill),
        ("rate", Move::Rate { reason: reason() }),
        ("submit", Move::Submit { grade: label("B"), reason: None }),
        ("admit", Move::Admit { reason: reason() }),
        ("set_aside", Move::SetAside { reason: reason() }),
        ("take_up", Move::TakeUp),
        ("amend", Move::Amend { grade: label("A"), raised_by, reason: reason() }),
        ("decide top", Move::Decide { grade: label("A"), reason: Some(reason()) }),
        ("decide other", Move::Decide { grade: label("C"), reason: Some(reason()) }),
        ("apply", Move::Apply { plan }),
        ("review", Move::Review { reason: None }),
        ("approve", Move::Approve { reason: None }),
        ("refuse", Move::Refuse { reason: reason() }),
        ("return", Move::Return { reason: reason() }),
        ("withdraw", Move::Withdraw { reason: None }),
    ]
}

pub(super) fn move_named(name: &str) -> Move {
    moves().into_iter().find(|(one, _)| *one == name).unwrap().1
}

pub(super) fn fresh() -> Form {
    let id = |text| CustomerId::parse(text).unwrap();
    Form::new(
        CycleId::parse("y2026").unwrap(),
        id("k1"),
        UnitId::parse("north").unwrap(),
        Some(user("rep")),
        Time::BeforeWindow.now().at(),
    )
}

/// Walks a form along moves, each made by the role's own person at a time when it can be made.
pub(super) fn walk(way: &[(Role, &str)]) -> Form {
    way.iter().fold(fresh(), |form, (role, name)| {
        let (actor, wanted) = (person(*role), move_named(name));
        let mut tries = Time::ALL.into_iter().map(|time| take(&form, &wanted, Acting::own(&actor), time));
        tries.find_map(Result::ok).unwrap_or_else(|| panic!("{role:?} {name} from {:?}", form.state)).form
    })
}

/// A form at every stage, and at those that differ by how they were reached, in each way.
pub(super) fn samples() -> Vec<(&'static str, Form)> {
    use Role::{Director, GeneralManager, Promotion, SectionChief};
    let submit = [(SectionChief, "submit")];
    let review = [&submit[..], &[(Promotion, "take_up")]].concat();
    let listed = [&review[..], &[(Promotion, "decide top")]].concat();
    let applied = [&listed[..], &[(SectionChief, "apply")]].concat();
    let endorsed = [&applied[..], &[(Director, "review")]].concat();
    let and = |way: &[(Role, &'static str)], role, name| walk(&[way, &[(role, name)]].concat());
    let refused = and(&endorsed, GeneralManager, "refuse");
    let confirmed = and(&review, Promotion, "decide other");
    let published = publish(&confirmed, &Time::Publishing.cycle(), Time::Publishing.now()).unwrap().form;
    vec![
        ("draft", fresh()),
        ("draft, admitted late", walk(&[(Promotion, "admit")])),
        ("draft, returned", and(&submit, Promotion, "return")),
        ("submitted", walk(&submit)),
        ("in_review", walk(&review)),
        ("confirmed", confirmed),
        ("a_listed", walk(&listed)),
        ("a_applied", walk(&applied)),
        ("director_reviewed", walk(&endorsed)),
        ("approved", and(&endorsed, GeneralManager, "approve")),
        ("refused, by the director", and(&applied, Director, "refuse")),
        ("refused, by the general manager", refused.clone()),
        (
            "confirmed, after a refusal",
            take(&refused, &move_named("decide other"), Acting::own(&person(Promotion)), Time::Sitting)
                .unwrap()
                .form,
        ),
        ("set_aside", walk(&[(Promotion, "set_aside")])),
        ("effective", published),
    ]
}

/// The person of a role standing in for that of another.
pub(super) fn stand_in(by: Role, absent: Role) -> (Actor, StandIn) {
    let appointed = StandIn {
        absent: person(absent),
        by: person(by).user,
        from: Date::parse("2026-03-01").unwrap(),
        until: Date::parse("2026-04-30").unwrap(),
    };
    (person(by), appointed)
}

#[test]
fn the_table_is_the_one_agreed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/review/transitions.txt");
    let printed = table::transitions();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &printed).unwrap();
    }
    let agreed = std::fs::read_to_string(path).unwrap();
    assert_eq!(printed, agreed, "rerun with UPDATE_GOLDEN=1 after agreeing on it");
}

#[test]
fn every_stage_has_a_sample_and_every_code_is_its_wire_name() {
    for stage in Stage::ALL {
        assert!(samples().iter().any(|(_, form)| form.state.stage() == stage), "{stage}");
        assert_eq!(serde_json::to_string(&stage).unwrap(), format!("\"{stage}\""));
        assert_eq!(Stage::from_code(stage.code()), Some(stage));
    }
    for step in Step::ALL {
        assert_eq!(serde_json::to_string(&step).unwrap(), format!("\"{step}\""));
    }
    for (_, wanted) in moves() {
        let json = serde_json::to_value(&wanted).unwrap();
        assert_eq!(json["move"], wanted.step().code());
        assert_eq!(serde_json::from_value::<Move>(json).unwrap(), wanted);
    }
}

#[test]
fn a_form_is_stored_and_read_back_as_it_was() {
    for (name, form) in samples() {
        let json = serde_json::to_value(&form).unwrap();
        assert_eq!(json["state"]["state"], form.state.stage().code(), "{name}");
        assert_eq!(serde_json::from_value::<Form>(json).unwrap(), form, "{name}");
    }
}

#[test]
fn a_form_waits_for_who_can_bring_it_on() {
    for (name, form) in samples() {
        let Some(asks) = form.state.stage().waits_for() else { continue };
        let role = Role::ALL.into_iter().rfind(|role| reach(*role, asks) != Reach::None).unwrap();
        let actor = person(role);
        let leads = |wanted: &Move, time| match take(&form, wanted, Acting::own(&actor), time) {
            Ok(next) => !matches!(wanted.step(), Step::Return | Step::Withdraw) && next.form != form,
            Err(_) => false,
        };
        let on = moves().iter().any(|(_, wanted)| Time::ALL.iter().any(|time| leads(wanted, *time)));
        assert!(on, "{name} waits for {role:?}");
    }
}

#[test]
fn a_refusal_says_its_rule_its_clause_and_what_to_do() {
    let tally = Tally::default().with(Stage::Draft, 2);
    let day = Date::parse("2026-03-30").unwrap();
    for refused in [
        Refused::Hidden,
        Refused::Role { asks: Action::RunReview },
        Refused::Stage { stage: Stage::Draft, step: Step::Decide },
        Refused::OtherCycle,
        Refused::Window { opens: day, closes: day },
        Refused::BeforeClose { closes: day },
        Refused::NoMeeting,
        Refused::Frozen,
        Refused::NotPublishing,
        Refused::OwnStep { signed: Step::Submit },
        Refused::StandIn { fault: StandInFault::OutOfDays },
        Refused::NoReason { otherwise: None },
        Refused::UnknownGrade { grade: label("X") },
        Refused::TopRefused,
        Refused::Open { tally },
        Refused::Phase,
        Refused::Day { earliest: day },
    ] {
        let json = serde_json::to_value(&refused).unwrap();
        assert_eq!(json["rule"], refused.rule());
        assert_eq!(serde_json::from_value::<Refused>(json).unwrap(), refused);
        assert!(!refused.clause().is_empty() && refused.to_string().is_ascii());
    }
    let text = Refused::Open { tally }.to_string();
    assert_eq!(text, "still open: 2 without a form, 0 before the meeting, 0 in approval, 0 refused");
}

#[test]
fn another_grade_than_the_computed_one_needs_a_reason() {
    let chief = person(Role::SectionChief);
    let submit = |grade, reason| {
        take(&fresh(), &Move::Submit { grade: label(grade), reason }, Acting::own(&chief), Time::Window)
    };
    assert!(submit("B", None).is_ok());
    assert_eq!(submit("A", None), Err(Refused::NoReason { otherwise: Some(label("B")) }));
    assert!(submit("A", Some(reason())).is_ok());
    assert_eq!(submit("E", Some(reason())), Err(Refused::UnknownGrade { grade: label("E") }));
}

#[test]
fn without_enough_evidence_any_grade_needs_a_reason() {
    let (cycle, ladder, chief) = (Time::Window.cycle(), ladder(), person(Role::SectionChief));
    let scene = Scene { cycle: &cycle, ladder: &ladder, computed: None, now: Time::Window.now() };
    let submit = Move::Submit { grade: label("C"), reason: None };
    let answer = step(&fresh(), &submit, Acting::own(&chief), &scene);
    assert_eq!(answer, Err(Refused::NoReason { otherwise: None }));
}

#[test]
fn the_meeting_says_why_where_it_differs_from_the_proposal_and_where_nobody_has_yet() {
    use Role::{Promotion, SectionChief};
    let promotion = person(Promotion);
    let decide = |form: &Form, grade, reason, computed| {
        let (cycle, ladder, computed) = (Time::Sitting.cycle(), ladder(), label(computed));
        let now = Time::Sitting.now();
        let scene = Scene { cycle: &cycle, ladder: &ladder, computed: Some(&computed), now };
        step(form, &Move::Decide { grade: label(grade), reason }, Acting::own(&promotion), &scene)
    };
    let form = walk(&[(SectionChief, "submit"), (Promotion, "take_up")]);
    assert!(decide(&form, "B", None, "B").is_ok());
    assert_eq!(decide(&form, "C", None, "B"), Err(Refused::NoReason { otherwise: Some(label("B")) }));
    // An amended figure moved the computed grade away from what was proposed without a reason.
    assert_eq!(decide(&form, "B", None, "C"), Err(Refused::NoReason { otherwise: Some(label("C")) }));
    assert!(decide(&form, "B", Some(reason()), "C").is_ok());
    // An amendment has given its reason, which the decision takes over.
    let amended = walk(&[(SectionChief, "submit"), (Promotion, "take_up"), (Promotion, "amend")]);
    let State::AListed(listing) = decide(&amended, "A", None, "B").unwrap().form.state else { panic!() };
    assert_eq!(listing.decision.decided.reason, Some(reason()));
}

#[test]
fn a_form_taken_back_after_the_close_is_late() {
    let chief = person(Role::SectionChief);
    let at = |form: &Form, name, time| take(form, &move_named(name), Acting::own(&chief), time);
    let submitted = walk(&[(Role::SectionChief, "submit")]);
    let taken_back = at(&submitted, "withdraw", Time::AfterClose).unwrap().form;
    assert_eq!(taken_back.round, 2);
    assert!(matches!(at(&taken_back, "submit", Time::AfterClose), Err(Refused::Window { .. })));
    let promotion = person(Role::Promotion);
    let returned = take(&submitted, &move_named("return"), Acting::own(&promotion), Time::Sitting).unwrap();
    assert!(at(&returned.form, "submit", Time::Sitting).is_ok());
}

#[test]
fn others_customers_stay_hidden_and_own_ones_are_filled_but_not_submitted_by_the_rep() {
    let at = |actor: &Actor, name| take(&fresh(), &move_named(name), Acting::own(actor), Time::Window);
    let mut chief = person(Role::SectionChief);
    chief.unit = Some(UnitId::parse("south").unwrap());
    assert_eq!(at(&chief, "submit"), Err(Refused::Hidden));
    let rep = person(Role::Rep);
    assert!(at(&rep, "fill").is_ok());
    assert!(matches!(at(&rep, "submit"), Err(Refused::Role { .. })));
    assert_eq!(at(&Actor { user: user("other"), ..rep }, "fill"), Err(Refused::Hidden));
}

#[test]
fn what_is_possible_is_what_the_table_says() {
    let by_trying = |form: &Form, actor: &Actor, time: Time| {
        let (cycle, ladder, computed) = (time.cycle(), ladder(), label("B"));
        let scene = Scene { cycle: &cycle, ladder: &ladder, computed: Some(&computed), now: time.now() };
        possible(form, Acting::own(actor), &scene)
    };
    for (name, form) in samples() {
        for role in Role::ALL {
            for time in Time::ALL {
                let actor = person(role);
                let open = |kind| {
                    let mut each = moves().into_iter().filter(|(_, wanted)| wanted.step() == kind);
                    each.any(|(_, wanted)| take(&form, &wanted, Acting::own(&actor), time).is_ok())
                };
                let expected: Vec<Step> = Step::ALL.into_iter().filter(|kind| open(*kind)).collect();
                assert_eq!(by_trying(&form, &actor, time), expected, "{name} {role:?} {time:?}");
            }
        }
    }
}
