//! The tier and the score of a customer without an explanation and without an allocation: what a whole
//! book is graded for in a rehearsal. It is the same arithmetic as [`Compiled::grade`].

use super::evidence::suffices;
use super::gate::Room;
use super::method::Standing;
use super::sums::Sums;
use super::{Compiled, Effect, Inputs};
use crate::id::Key;
use crate::number::Points;

/// What a whole book is graded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fast {
    /// The position of the tier after gates, best first; `None` when there is no grade.
    pub tier: Option<usize>,
    /// The position before gates.
    pub scored: Option<usize>,
    /// The score.
    pub score: Points,
    /// Whether the grade is provisional.
    pub provisional: bool,
    /// Whether the evidence is enough.
    pub enough: bool,
}

impl Compiled<'_> {
    /// Grades one customer's year, as [`Compiled::grade`] does.
    #[must_use]
    pub fn grade_fast(&self, inputs: &Inputs) -> Fast {
        let found = self.find(inputs);
        let mut sums = Sums::NOTHING;
        for one in &self.form(inputs.segment.as_ref()).scored {
            let input = found.at(one.place);
            sums.add(one.weight, input, one.kind.points(input, one.context(inputs)));
        }
        let (mut room, mut provisional) = (Room::ALL, false);
        for one in &self.gates {
            let state = one.gate.state(found.at(one.place));
            room = room.and(one.room(state));
            provisional |= one.gate.acts(state) && one.gate.effect == Effect::Provisional;
        }
        let (policy, look) = (self.policy, |key: &Key| inputs.get(key));
        let score = sums.score(policy).limited;
        let enough = suffices(policy, sums, &self.asked, look);
        let standing = Standing { policy, cohort: self.cohort, score, look: &look };
        let scored = self.method.place(standing).filter(|_| enough);
        let exists = |position: &usize| *position < policy.tiers.len();
        Fast {
            tier: scored.map(|scored| room.bound(scored).last).filter(exists),
            scored: scored.filter(exists),
            score,
            provisional,
            enough,
        }
    }
}
