//! The two functions that change a form: [`step`] for what people do, [`publish`] for what follows from
//! the publication of the cycle. No other way leads from one state to another.

use super::arrow::{Apart, When, arrow};
use super::{
    Acting, Cycle, Entrance, Entry, Form, Hand, Moment, Move, Next, Phase, Publication, Publishable, Refused,
    Scene, Signature, Stage, State, Step,
};
use crate::permission::{Action, Denied, Permit, Reach, Target, authorize, reach};

/// Takes a step, or says which rule it would break. Total: every state, move and person has an answer.
///
/// # Errors
/// The first of these that holds: a stand-in that is not one, a customer that is not to be known of, a
/// role that never does this, a stage from which no such step leads, a role for which the form does not
/// wait, a time at which it cannot be done, a person who has signed what is to be judged, contents that
/// lack something. Nothing is changed then.
pub fn step(form: &Form, wanted: &Move, by: Acting<'_>, scene: &Scene<'_>) -> Result<Next, Refused> {
    if form.cycle != scene.cycle.id {
        return Err(Refused::OtherCycle);
    }
    let (authority, hand) = by.authority(scene.now.day())?;
    let target = Target::Customer { unit: &form.unit, rep: form.rep.as_ref() };
    let allowed = |asks: Action| {
        authorize(authority, asks, target).map_err(|denied| match denied {
            Denied::Hidden => Refused::Hidden,
            Denied::Forbidden => Refused::Role { asks },
        })
    };
    allowed(Action::ReadCustomer).map_err(|_refused| Refused::Hidden)?;
    let kind = wanted.step();
    if let Some(asks) = kind.asks().first()
        && kind.asks().iter().all(|asks| reach(authority.role, *asks) == Reach::None)
    {
        return Err(Refused::Role { asks: *asks });
    }
    let signed = Signature { hand, at: scene.now.at() };
    let Some(arrow) = arrow(&form.state, wanted, &signed, scene) else {
        return Err(Refused::Stage { stage: form.state.stage(), step: kind });
    };
    let permit = allowed(arrow.asks)?;
    in_time(arrow.when, scene)?;
    apart(arrow.apart, kind, &signed.hand, &form.state)?;
    let state = arrow.to?;
    let raised_by = match wanted {
        Move::Amend { raised_by, .. } => Some(raised_by.clone()),
        Move::Fill
        | Move::Rate { .. }
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Decide { .. }
        | Move::Apply { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. }
        | Move::Return { .. }
        | Move::Withdraw { .. } => None,
    };
    let entry = Entry {
        round: form.round,
        at: signed.at,
        hand: signed.hand,
        step: kind,
        from: form.state.stage(),
        to: state.stage(),
        computed: scene.computed.cloned(),
        grade: wanted.grade().cloned(),
        reason: wanted.reason().cloned(),
        raised_by,
    };
    Ok(Next { form: moved(form, state, scene.now), entry, permit })
}

/// Publishes a form as part of the publication of its cycle, in the name of whoever began that. It asks
/// nobody, so it can go on after a crash; a form that is published already is refused, so it happens once.
///
/// # Errors
/// [`Refused::OtherCycle`], [`Refused::NotPublishing`]; [`Refused::Stage`] unless the form is confirmed,
/// approved or set aside.
pub fn publish(form: &Form, cycle: &Cycle, now: Moment) -> Result<Next, Refused> {
    if form.cycle != cycle.id {
        return Err(Refused::OtherCycle);
    }
    let Phase::Publishing { effective, signed } = &cycle.phase else { return Err(Refused::NotPublishing) };
    let of = match &form.state {
        State::Confirmed(of) => Publishable::Confirmation(Box::new(of.clone())),
        State::Approved(of) => Publishable::Approval(Box::new(of.clone())),
        State::SetAside(of) => Publishable::Closure(of.clone()),
        State::Draft(_)
        | State::Submitted(_)
        | State::InReview(_)
        | State::AListed(_)
        | State::AApplied(_)
        | State::DirectorReviewed(_)
        | State::Refused(_)
        | State::Effective(_) => {
            return Err(Refused::Stage { stage: form.state.stage(), step: Step::Publish });
        }
    };
    let entry = Entry {
        round: form.round,
        at: now.at(),
        hand: signed.hand.clone(),
        step: Step::Publish,
        from: form.state.stage(),
        to: Stage::Effective,
        computed: None,
        grade: of.grade().cloned(),
        reason: None,
        raised_by: None,
    };
    let publication = Publication { of, effective: *effective, signed: signed.clone() };
    let form = moved(form, State::Effective(publication), now);
    Ok(Next { form, entry, permit: Permit::of_the_clock() })
}

/// The form in another state. Coming back to the draft begins the next round.
fn moved(form: &Form, state: State, now: Moment) -> Form {
    let (from, to) = (form.state.stage(), state.stage());
    let again = to == Stage::Draft && from != Stage::Draft;
    Form {
        round: form.round.saturating_add(u32::from(again)),
        since: if from == to { form.since } else { now.at() },
        state,
        ..form.clone()
    }
}

fn in_time(when: When, scene: &Scene<'_>) -> Result<(), Refused> {
    let (cycle, day) = (scene.cycle, scene.now.day());
    match cycle.phase {
        Phase::Opening { .. } => return Err(Refused::Phase),
        Phase::Publishing { .. } | Phase::Published { .. } => return Err(Refused::Frozen),
        Phase::Gathering | Phase::Meeting { .. } | Phase::Concluded { .. } => {}
    }
    match when {
        When::Unfrozen => Ok(()),
        When::Window(Entrance::Window) if !cycle.is_open_on(day) => {
            Err(Refused::Window { opens: cycle.opens, closes: cycle.closes })
        }
        When::Window(Entrance::Window | Entrance::Admitted | Entrance::Returned) => Ok(()),
        When::Closed if !cycle.has_closed_by(day) => Err(Refused::BeforeClose { closes: cycle.closes }),
        When::Closed => Ok(()),
        When::Meeting => match cycle.phase {
            Phase::Meeting { .. } => Ok(()),
            Phase::Opening { .. }
            | Phase::Gathering
            | Phase::Concluded { .. }
            | Phase::Publishing { .. }
            | Phase::Published { .. } => Err(Refused::NoMeeting),
        },
    }
}

/// Nobody judges their own step (5.1), whether it bears their own name or the name of whom they act for;
/// so the director and the general manager are two people. The meeting may decide anew on what it decided.
fn apart(apart: Apart, kind: Step, hand: &Hand, state: &State) -> Result<(), Refused> {
    let signatures = state.signatures();
    let judged = match apart {
        Apart::None => &[],
        Apart::Last => signatures.last().map_or(&[][..], std::slice::from_ref),
        Apart::All => &signatures[..],
    };
    match judged.iter().find(|(step, signed)| *step != kind && signed.hand.shares_a_person_with(hand)) {
        Some((step, _)) => Err(Refused::OwnStep { signed: *step }),
        None => Ok(()),
    }
}
