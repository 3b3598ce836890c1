//! Whoever is asked for something can do it, and nothing waits that nobody is asked for.

use super::{Time, moves, person, samples, take};
use crate::permission::Role;
use crate::review::{Acting, Asked, CycleStep, Step, Tally, asked_of, asked_of_cycle, possible_of_cycle};

#[test]
fn whoever_is_asked_for_a_step_can_take_it_that_day_and_every_waiting_form_asks_somebody() {
    for (name, form) in samples() {
        let stage = form.state.stage();
        let mut asked = false;
        for (role, time) in Role::ALL.into_iter().flat_map(|role| Time::ALL.map(|time| (role, time))) {
            let all = asked_of(role, &time.cycle(), time.now().day());
            for Asked { step: kind, .. } in all.into_iter().filter(|one| one.of.holds(&form, false)) {
                asked |= kind != Step::Rate;
                let mut tries = moves().into_iter().filter(|(_, wanted)| wanted.step() == kind);
                let can =
                    tries.any(|(_, wanted)| take(&form, &wanted, Acting::own(&person(role)), time).is_ok());
                assert!(can, "{name} {role:?} {kind} {time:?}");
            }
        }
        assert_eq!(asked, stage.waits_for().is_some(), "{name}");
    }
}

#[test]
fn what_is_due_of_a_cycle_can_be_done_by_the_promotion_section() {
    let promotion = person(Role::Promotion);
    let tallies = [
        Tally::default(),
        Tally { ready: 2, ..Tally::default() },
        Tally { in_review: 1, ..Tally::default() },
        Tally { drafts: 1, ..Tally::default() },
        Tally { refused: 1, ..Tally::default() },
    ];
    for (time, tally) in Time::ALL.into_iter().flat_map(|time| tallies.map(|tally| (time, tally))) {
        let (cycle, now) = (time.cycle(), time.now());
        let due = asked_of_cycle(&cycle, &tally, now.day());
        let by_people = due.filter(|step| !matches!(step, CycleStep::Gather | CycleStep::Finish));
        let can = possible_of_cycle(&cycle, Acting::own(&promotion), tally, now);
        assert!(by_people.is_none_or(|step| can.contains(&step)), "{time:?} {tally:?} {due:?}");
    }
}
