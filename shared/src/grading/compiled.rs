//! A policy made ready for a whole book: the tier and the score of each customer without an explanation
//! and without an allocation. It is the same arithmetic as [`grade`](super::grade), prepared once.

use super::context::Context;
use super::evidence::evidence;
use super::gate;
use super::method::Standing;
use super::scoring::Kind;
use super::sums::{Part, Sums};
use super::{Cohort, Inputs, Policy};
use crate::id::{Key, Label};
use crate::number::Points;

/// A policy and a cohort, looked up once for all customers.
pub struct Compiled<'a> {
    policy: &'a Policy,
    cohort: &'a Cohort,
    indicators: Vec<Scored<'a>>,
    /// The inputs that are the evidence where nothing has weight.
    asked: Vec<&'a Key>,
}

struct Scored<'a> {
    key: &'a Key,
    weight: Points,
    common: Way<'a>,
    own: Vec<(&'a Label, Way<'a>)>,
}

/// A way of scoring with the best of those who are scored by it.
#[derive(Clone, Copy)]
struct Way<'a> {
    kind: &'a dyn Kind,
    best: Option<i64>,
}

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

impl<'a> Compiled<'a> {
    /// Makes a policy ready for the customers of a cohort.
    #[must_use]
    pub fn new(policy: &'a Policy, cohort: &'a Cohort) -> Self {
        let scored = policy.indicators.iter().map(|indicator| {
            let way = |segment: Option<&Label>| Way {
                kind: indicator.scoring_for(segment).kind(),
                best: cohort.best(indicator, segment),
            };
            Scored {
                key: &indicator.key,
                weight: indicator.weight,
                common: way(None),
                own: indicator.by_segment.keys().map(|segment| (segment, way(Some(segment)))).collect(),
            }
        });
        Self { policy, cohort, indicators: scored.collect(), asked: policy.method.kind().asked() }
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// Grades one customer's year, as [`grade`](super::grade) does.
    #[must_use]
    pub fn grade_fast(&self, inputs: &Inputs) -> Fast {
        let sums = self.indicators.iter().fold(Sums::default(), |sums, one| {
            let way = one.way(inputs.segment.as_ref());
            let context = Context { inputs, best: way.best };
            sums.exchange(Part::default(), Part::of(one.weight, way.kind, context, inputs.get(one.key)))
        });
        let (policy, look) = (self.policy, |key: &Key| inputs.get(key));
        let score = sums.score(policy).limited;
        let enough = evidence(policy, sums, &self.asked, look).enough;
        let standing = Standing { policy, cohort: self.cohort, score, look: &look };
        let scored = policy.method.kind().place(standing).filter(|_| enough);
        let tier = scored.map(|scored| gate::bounded(policy, scored, look).last);
        let exists = |position: &usize| *position < policy.tiers.len();
        Fast {
            tier: tier.filter(exists),
            scored: scored.filter(exists),
            score,
            provisional: policy.is_provisional(look),
            enough,
        }
    }
}

impl<'a> Scored<'a> {
    fn way(&self, segment: Option<&Label>) -> Way<'a> {
        let own = segment.and_then(|segment| self.own.iter().find(|(one, _)| *one == segment));
        own.map_or(self.common, |(_, way)| *way)
    }
}
