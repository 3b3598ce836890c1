//! What somebody could do now: found by trying, so that no second place knows the rules.

use super::arrow::arrow;
use super::{
    Acting, Cycle, CycleMove, CycleStep, Form, Hand, Moment, Move, Plan, Refused, Scene, Signature, Step,
    Tally, advance, step,
};
use crate::id::{BadText, Label, Name, Note, Reason};

/// The contents of a move that is only tried.
const ANYTHING: &str = "-";

/// Every kind of move, those that name a grade once for each grade, with contents that say nothing.
fn tried(grades: &[Label]) -> Result<Vec<Move>, BadText> {
    let reason = || Reason::parse(ANYTHING);
    let note = || Note::parse(ANYTHING);
    let mut all = vec![
        Move::Fill,
        Move::Rate { reason: reason()? },
        Move::Admit { reason: reason()? },
        Move::SetAside { reason: reason()? },
        Move::TakeUp,
        Move::Apply { plan: Plan { service: note()?, production: note()?, sales: note()? } },
        Move::Review { reason: None },
        Move::Approve { reason: None },
        Move::Refuse { reason: reason()? },
        Move::Return { reason: reason()? },
        Move::Withdraw { reason: None },
    ];
    for grade in grades {
        let raised_by = Name::parse(ANYTHING)?;
        all.push(Move::Submit { grade: grade.clone(), reason: Some(reason()?) });
        all.push(Move::Amend { grade: grade.clone(), raised_by, reason: reason()? });
        all.push(Move::Decide { grade: grade.clone(), reason: Some(reason()?) });
    }
    Ok(all)
}

/// The steps that somebody could take with a form now, given the right contents, in the order of the
/// process.
#[must_use]
pub fn possible(form: &Form, by: Acting<'_>, scene: &Scene<'_>) -> Vec<Step> {
    let tried = tried(scene.ladder.tiers()).unwrap_or_default();
    let taken: Vec<Step> =
        tried.iter().filter(|wanted| step(form, wanted, by, scene).is_ok()).map(Move::step).collect();
    Step::ALL.into_iter().filter(|step| taken.contains(step)).collect()
}

/// Whether a move would be refused for want of a reason if somebody who may make it did, so that the reason
/// can be asked for before it is sent.
#[must_use]
pub fn lacks_reason(form: &Form, wanted: &Move, hand: &Hand, scene: &Scene<'_>) -> bool {
    let signed = Signature { hand: hand.clone(), at: scene.now.at() };
    let arrow = arrow(&form.state, wanted, &signed, scene);
    arrow.is_some_and(|arrow| matches!(arrow.to, Err(Refused::NoReason { .. })))
}

/// The steps that somebody could take with a cycle now, given the right contents.
#[must_use]
pub fn possible_of_cycle(cycle: &Cycle, by: Acting<'_>, tally: Tally, now: Moment) -> Vec<CycleStep> {
    let day = now.day();
    let close = Reason::parse(ANYTHING)
        .map(|reason| CycleMove::MoveClose { closes: cycle.closes.max(cycle.opens).max(day), reason });
    let others = [CycleMove::Convene, CycleMove::Conclude, CycleMove::Publish { effective: day }];
    close
        .into_iter()
        .chain(others)
        .filter_map(|wanted| advance(cycle, &wanted, by, tally, now).ok().map(|next| next.entry.step))
        .collect()
}
