//! What holds of the yearly review whatever is tried, by whomever, in whosever place, in any order.

use proptest::prelude::*;
use shared::id::{Label, UserId};
use shared::permission::Role;
use shared::review::{
    CycleStep, Entry, Form, Move, Phase, Published, Refused, Stage, State, Step, finish, publish,
};

use super::any::label;
use world::{Try, World, moment, plan, reason, tries};

mod world;

/// Whose names a row bears.
fn people(entry: &Entry) -> Vec<&UserId> {
    [Some(&entry.hand.user), entry.hand.on_behalf_of.as_ref()].into_iter().flatten().collect()
}

/// Reads a trail again without the states, by what the paper policy says, and returns the steps that
/// stand at its end.
fn audit(trail: &[Entry]) -> Vec<&Entry> {
    let mut standing: Vec<&Entry> = Vec::new();
    let (mut stage, mut round) = (Stage::Draft, 1);
    for entry in trail {
        assert_eq!((entry.from, entry.round), (stage, round), "no row is lost");
        assert_ne!(stage, Stage::Effective, "nothing follows a publication");
        let judged: &[&Entry] = match entry.step {
            Step::Decide | Step::Review | Step::Approve | Step::Refuse => &standing,
            Step::Return => {
                let signed = |one: &&&Entry| one.step != Step::TakeUp;
                standing.iter().rfind(signed).map_or(&[][..], std::slice::from_ref)
            }
            Step::Fill
            | Step::Rate
            | Step::Submit
            | Step::Admit
            | Step::SetAside
            | Step::TakeUp
            | Step::Amend
            | Step::Apply
            | Step::Withdraw
            | Step::Publish => &[],
        };
        for one in judged.iter().filter(|one| one.step != entry.step && one.step != Step::TakeUp) {
            for person in people(entry) {
                assert!(!people(one).contains(&person), "{entry:?} judges {one:?}");
            }
        }
        match entry.step {
            Step::Return | Step::Withdraw => {
                let undone = standing.pop().expect("something to go back on");
                assert_eq!(undone.from, entry.to, "back to the stage before");
                assert!(entry.step == Step::Withdraw || entry.reason.is_some());
            }
            Step::Fill | Step::Rate | Step::Admit | Step::Amend => assert_eq!(entry.from, entry.to),
            Step::Submit
            | Step::SetAside
            | Step::TakeUp
            | Step::Decide
            | Step::Apply
            | Step::Review
            | Step::Approve
            | Step::Refuse
            | Step::Publish => standing.push(entry),
        }
        if entry.to == Stage::Draft && entry.from != Stage::Draft {
            round += 1;
        }
        stage = entry.to;
    }
    standing
}

/// What must hold of a form and its trail at any time.
fn sound(form: &Form, trail: &[Entry]) {
    let standing = audit(trail);
    assert_eq!(trail.last().map_or(Stage::Draft, |entry| entry.to), form.state.stage());
    let signed: Vec<Step> = form.state.signatures().into_iter().map(|(step, _)| step).collect();
    let of_trail = standing.iter().map(|entry| entry.step).filter(|step| *step != Step::TakeUp);
    assert_eq!(signed, of_trail.collect::<Vec<_>>(), "the state says what the trail says");
    for (step, role) in [
        (Step::Submit, Role::SectionChief),
        (Step::Decide, Role::Promotion),
        (Step::Apply, Role::SectionChief),
        (Step::Review, Role::Director),
        (Step::Approve, Role::GeneralManager),
    ] {
        assert!(standing.iter().filter(|entry| entry.step == step).all(|entry| entry.hand.role == role));
    }
    if let State::Submitted(of) = &form.state {
        let proposal = &of.proposal;
        assert!(proposal.reason.is_some() || proposal.computed.as_ref() == Some(&proposal.grade));
    }
    if let State::AListed(of) = &form.state {
        let decided = &of.decision.decided;
        assert!(decided.reason.is_some() || decided.computed.as_ref() == Some(&decided.grade));
    }
    if let Some(published) = Published::of(form) {
        let steps: Vec<Step> = standing.iter().map(|entry| entry.step).collect();
        match published.grade.as_ref().map(Label::as_str) {
            Some("A") => assert_eq!(
                steps,
                [
                    Step::Submit,
                    Step::TakeUp,
                    Step::Decide,
                    Step::Apply,
                    Step::Review,
                    Step::Approve,
                    Step::Publish
                ]
            ),
            Some("B" | "C") => assert_eq!(steps[steps.len() - 2..], [Step::Decide, Step::Publish]),
            None => assert_eq!(steps, [Step::SetAside, Step::Publish]),
            Some(other) => panic!("published {other}"),
        }
        assert_eq!(trail.iter().filter(|entry| entry.step == Step::Publish).count(), 1);
    }
}

/// From every stage but the first and the last, until the publication, the office that brought a form
/// there can withdraw it, and whoever of the office it waits for has not signed the last step can return
/// it; from those two stages nobody can do either.
fn ways_back(world: &World, at: usize) {
    let stage = world.forms[at].state.stage();
    let office = match stage {
        Stage::AListed => Role::SectionChief,
        Stage::AApplied => Role::Director,
        Stage::DirectorReviewed => Role::GeneralManager,
        Stage::Submitted
        | Stage::InReview
        | Stage::Confirmed
        | Stage::Approved
        | Stage::Refused
        | Stage::SetAside => Role::Promotion,
        Stage::Draft | Stage::Effective => Role::Admin,
    };
    let signatures = world.forms[at].state.signatures();
    let others = world.people.iter().filter(|one| one.role == office && one.user.as_str() != "stranger");
    let judges = others.filter(|one| {
        signatures.last().is_some_and(|(_, signed)| !signed.hand.people().any(|person| *person == one.user))
    });
    let stands = !matches!(stage, Stage::Draft | Stage::Effective) && !world.cycle.is_frozen();
    let open = world.open_moves(at);
    let count = |kind| open.iter().filter(|(_, wanted, _)| wanted.step() == kind).count();
    assert_eq!(count(Step::Withdraw) > 0, stands, "withdraw from {stage}");
    assert_eq!(count(Step::Return), if stands { judges.count() } else { 0 }, "return from {stage}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_tried_the_review_stays_sound(tries in tries()) {
        let mut world = World::new();
        for one in &tries {
            world.attempt(one);
        }
        for at in 0..world.forms.len() {
            sound(&world.forms[at], &world.trails[at]);
            let json = serde_json::to_string(&world.forms[at]).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Form>(&json).unwrap(), &world.forms[at]);
        }
        let published = world.tally().effective;
        match world.cycle.phase {
            Phase::Published { .. } => prop_assert_eq!(published, 3),
            Phase::Publishing { .. } => prop_assert_eq!(world.tally().ready + published, 3),
            Phase::Opening { .. } | Phase::Gathering | Phase::Meeting { .. } | Phase::Concluded { .. } => {
                prop_assert_eq!(published, 0)
            }
        }
        let publications = world.cycle_trail.iter().filter(|entry| entry.step == CycleStep::Publish);
        prop_assert!(publications.count() <= 1);
    }

    #[test]
    fn there_is_a_way_back_from_wherever_a_form_has_come(tries in tries()) {
        let mut world = World::new();
        for one in &tries {
            world.attempt(one);
        }
        for at in 0..world.forms.len() {
            ways_back(&world, at);
        }
    }

    #[test]
    fn whatever_has_been_tried_every_customer_can_still_be_published_once(tries in tries()) {
        let mut world = World::new();
        for one in &tries {
            world.attempt(one);
        }
        settle(&mut world);
        for at in 0..world.forms.len() {
            prop_assert_eq!(world.forms[at].state.stage(), Stage::Effective);
            sound(&world.forms[at], &world.trails[at]);
        }
        prop_assert!(matches!(world.cycle.phase, Phase::Published { .. }), "{:?}", world.cycle.phase);
    }
}

/// The people of each office bring what is left of a cycle to its end: what is under way goes back to the
/// draft, and from there on in their own names.
fn settle(world: &mut World) {
    world.day = world.day.max(30);
    if !matches!(world.cycle.phase, Phase::Meeting { .. }) {
        world.attempt(&Try::Ahead);
    }
    if !world.cycle.is_frozen() {
        (0..world.forms.len()).for_each(|at| carry(world, at));
        world.attempt(&Try::Ahead);
        world.attempt(&Try::Ahead);
    }
    for _ in 0..2 {
        (0..world.forms.len()).for_each(|at| {
            let now = moment(world.day);
            if let Ok(next) = publish(&world.forms[at], &world.cycle, now) {
                world.forms[at] = next.form;
                world.trails[at].push(next.entry);
            }
        });
    }
    if let Ok(next) = finish(&world.cycle, world.tally(), moment(world.day)) {
        world.cycle = next.cycle;
    }
}

/// Brings a form at a sitting to where it is ready.
fn carry(world: &mut World, at: usize) {
    while world.forms[at].state.stage() != Stage::Draft {
        let open = world.open_moves(at);
        let back = open.into_iter().find(|(_, wanted, _)| wanted.step() == Step::Withdraw);
        let (actor, wanted, _) = back.expect("a way back");
        world.make(at, &actor, None, &wanted, None).unwrap();
    }
    let grade = label(["A", "B", "C"][at]);
    let way = [
        (4, Move::Admit { reason: reason() }),
        (1, Move::Submit { grade: grade.clone(), reason: Some(reason()) }),
        (4, Move::TakeUp),
        (4, Move::Decide { grade, reason: None }),
        (1, Move::Apply { plan: plan() }),
        (8, Move::Review { reason: None }),
        (9, Move::Approve { reason: None }),
    ];
    for (person, wanted) in way {
        let actor = world.people[person].clone();
        let answer = world.make(at, &actor, None, &wanted, Some(&label("B")));
        let spare = matches!(answer, Err(Refused::Stage { .. }));
        assert!(answer.is_ok() || spare, "{wanted:?}: {answer:?}");
    }
}

#[test]
fn such_walks_come_to_every_stage() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let tries = tries().new_tree(&mut runner).unwrap().current();
        let mut world = World::new();
        tries.iter().for_each(|one| world.attempt(one));
        settle(&mut world);
        seen.extend(world.trails.iter().flatten().map(|entry| entry.to));
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), Stage::ALL);
}
