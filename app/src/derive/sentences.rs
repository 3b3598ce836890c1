//! What an assessment says, one sentence for each thing, in the language asked for.

use shared::grading::scoring::Band;
use shared::grading::{
    Assessment, Bound, Change, Cohort, Condition, Effect, Gate, GateOutcome, GateState, Indicator, Input,
    Inputs, Lack, Line, Localized, Matched, Measure, Method, Placement, Policy, Scoring, Test, grade,
};
use shared::id::{Key, Label};
use shared::ledger::Lang;
use shared::number::Points;

use super::format;
use super::measure::{points_short, value, with_unit};
use super::spacing::tidy;
use crate::texts;

mod proportions;

pub use proportions::{entry, proportion};

/// A text of the policy in a language.
#[must_use]
pub fn local(lang: Lang, text: &Localized) -> &str {
    match lang {
        Lang::Zh => &text.zh,
        Lang::En => &text.en,
    }
}

/// The name of an input of a policy; its key when the policy does not know it.
#[must_use]
pub fn name_of(lang: Lang, policy: &Policy, key: &Key) -> String {
    let indicators = policy.indicators.iter().map(|one| (&one.key, &one.name));
    let facts = policy.facts.iter().map(|one| (&one.key, &one.name));
    let found = indicators.chain(facts).find(|(own, _)| *own == key);
    found.map_or_else(|| key.to_string(), |(_, name)| local(lang, name).to_owned())
}

/// The measure of an input of a policy.
#[must_use]
pub fn measure_of(policy: &Policy, key: &Key) -> Measure {
    let indicators = policy.indicators.iter().map(|one| (&one.key, one.measure));
    let facts = policy.facts.iter().map(|one| (&one.key, one.measure));
    indicators.chain(facts).find(|(own, _)| *own == key).map_or(Measure::Count, |(_, measure)| measure)
}

/// An input in a few characters: `82 %`, `B`, `缺数据`.
#[must_use]
pub fn input(lang: Lang, measure: Measure, input: &Input) -> String {
    match input {
        Input::Measured { value } => with_unit(lang, measure, *value),
        Input::Judged { level } => level.to_string(),
        Input::Missing => texts::state::missing(lang).to_owned(),
        Input::NotApplicable => texts::state::not_applicable(lang).to_owned(),
    }
}

/// The word for how an input is known.
#[must_use]
pub const fn state(lang: Lang, input: &Input) -> &'static str {
    match input {
        Input::Measured { .. } => texts::state::measured(lang),
        Input::Judged { .. } => texts::state::judged(lang),
        Input::Missing => texts::state::missing(lang),
        Input::NotApplicable => texts::state::not_applicable(lang),
    }
}

/// A band in words: `80 % 至不足 90 %`.
#[must_use]
pub fn range(lang: Lang, measure: Measure, low: Option<Bound>, high: Option<Bound>) -> String {
    let full = |bound: Bound| with_unit(lang, measure, bound.value);
    tidy(&match (low, high) {
        (None, None) => texts::band::any(lang).to_owned(),
        (Some(low), None) if low.inclusive => texts::band::at_least(lang, &full(low)),
        (Some(low), None) => texts::band::above(lang, &full(low)),
        (None, Some(high)) if high.inclusive => texts::band::at_most(lang, &full(high)),
        (None, Some(high)) => texts::band::below(lang, &full(high)),
        (Some(low), Some(high)) => {
            let say = match (low.inclusive, high.inclusive) {
                (true, false) => texts::band::from_below,
                (true, true) => texts::band::from_to,
                (false, false) => texts::band::above_below,
                (false, true) => texts::band::above_to,
            };
            say(lang, &full(low), &full(high))
        }
    })
}

/// A band of a scoring in words.
#[must_use]
pub fn band(lang: Lang, measure: Measure, band: &Band) -> String {
    range(lang, measure, band.low(), band.high())
}

/// What one indicator contributed, in one sentence.
#[must_use]
pub fn line(lang: Lang, indicator: &Indicator, segment: Option<&Label>, line: &Line) -> String {
    let scoring = indicator.scoring_for(segment);
    let (measure, points) = (indicator.measure, points_short(line.points));
    tidy(&match (&line.input, &line.matched) {
        (Input::Missing, _) => match line.lacks {
            Some(Lack::Target { .. }) => texts::sentence::no_target(lang).to_owned(),
            Some(Lack::Cohort) => texts::sentence::no_cohort(lang).to_owned(),
            None => texts::sentence::missing(lang, &points_short(line.weight)),
        },
        (Input::NotApplicable, _) => texts::sentence::not_applicable(lang, &points_short(line.weight)),
        (_, None) => texts::sentence::unread(lang).to_owned(),
        (given, Some(Matched::Band { low, high, .. })) => texts::sentence::band(
            lang,
            &input(lang, measure, given),
            &range(lang, measure, *low, *high),
            &points,
        ),
        (_, Some(Matched::Level { level })) => {
            let meaning = match scoring {
                Scoring::Levels(levels) => levels.levels.iter().find(|one| one.key == *level),
                Scoring::Bands(_)
                | Scoring::Linear(_)
                | Scoring::Target(_)
                | Scoring::Best(_)
                | Scoring::Growth(_) => None,
            };
            let meaning = meaning.map_or("", |one| local(lang, &one.meaning));
            texts::sentence::level(lang, level, &meaning, &points)
        }
        (given, Some(Matched::Linear { clamped })) => {
            let Scoring::Linear(linear) = scoring else {
                return texts::sentence::unread(lang).to_owned();
            };
            let (low, high) = if linear.from.value <= linear.to.value {
                (linear.from, linear.to)
            } else {
                (linear.to, linear.from)
            };
            let given = input(lang, measure, given);
            let (from, to) = (with_unit(lang, measure, low.value), with_unit(lang, measure, high.value));
            if *clamped {
                texts::sentence::clamped(lang, &given, &from, &to, &points)
            } else {
                let (low, high) = (points_short(low.points), points_short(high.points));
                texts::sentence::linear(lang, &given, &from, &low, &to, &high, &points)
            }
        }
        (given, Some(Matched::Target { .. } | Matched::Best { .. } | Matched::Growth { .. })) => {
            proportions::line(lang, indicator, scoring, given, line)
        }
    })
}

/// A condition's question in words: `高于 90 天`, `为 D`.
#[must_use]
pub fn condition(lang: Lang, policy: &Policy, when: &Condition) -> String {
    let measure = measure_of(policy, &when.input);
    let one = |value: &i64| with_unit(lang, measure, *value);
    let list = |levels: &[Label]| {
        let names: Vec<&str> = levels.iter().map(Label::as_str).collect();
        names.join(&format!(" {} ", texts::band::or(lang)))
    };
    match &when.test {
        Test::AtLeast(bound) => texts::band::at_least(lang, &one(bound)),
        Test::Above(bound) => texts::band::above(lang, &one(bound)),
        Test::AtMost(bound) => texts::band::at_most(lang, &one(bound)),
        Test::Below(bound) => texts::band::below(lang, &one(bound)),
        Test::OneOf(levels) => texts::band::is(lang, &list(levels)),
        Test::NoneOf(levels) => texts::band::is_not(lang, &list(levels)),
    }
}

/// What a gate rules, as a sentence of the policy.
#[must_use]
pub fn rule(lang: Lang, policy: &Policy, gate: &Gate) -> String {
    let (name, when) = (name_of(lang, policy, &gate.when.input), condition(lang, policy, &gate.when));
    tidy(&match &gate.effect {
        Effect::Cap { tier } => texts::gate::cap(lang, &name, &when, tier),
        Effect::Floor { tier } => texts::gate::floor(lang, &name, &when, tier),
        Effect::Require { tier } => texts::gate::require(lang, tier, &name, &when),
        Effect::Provisional => texts::gate::provisional(lang, &name, &when),
    })
}

/// Why a gate fired, or why it cannot be told; `None` for one that did not fire.
#[must_use]
pub fn outcome(
    lang: Lang,
    policy: &Policy,
    gate: &Gate,
    one: &GateOutcome,
    all: &Assessment,
) -> Option<String> {
    let name = name_of(lang, policy, &gate.when.input);
    let value = input(lang, measure_of(policy, &gate.when.input), &one.input);
    Some(tidy(&match one.state {
        GateState::Idle => return None,
        GateState::Unknown if matches!(one.effect, Effect::Require { .. }) => texts::gate::unmet(lang, &name),
        GateState::Unknown => texts::gate::unknown(lang, &name),
        GateState::Fired => match (&one.effect, &all.scored_tier, &all.tier) {
            (Effect::Provisional, ..) | (_, None, _) | (_, _, None) => {
                texts::gate::fired(lang, &name, &value)
            }
            (_, Some(scored), Some(tier)) if one.decisive => {
                texts::gate::decisive(lang, &name, &value, scored, tier)
            }
            _ => texts::gate::harmless(lang, &name, &value),
        },
    }))
}

/// One change of a way up: `货款回收从 82 % 提到 90 %`.
#[must_use]
pub fn change(lang: Lang, policy: &Policy, change: &Change) -> String {
    let (name, measure) = (name_of(lang, policy, &change.input), measure_of(policy, &change.input));
    let (from, to) = (input(lang, measure, &change.from), input(lang, measure, &change.to));
    tidy(&match (&change.from, &change.to) {
        (Input::Measured { value: old }, Input::Measured { value: new }) if new < old => {
            texts::way::lower(lang, &name, &from, &to)
        }
        (Input::Measured { value: old }, Input::Measured { .. }) => {
            // Money names its long unit once.
            let from = if measure == Measure::Money { value(measure, *old) } else { from };
            texts::way::raise(lang, &name, &from, &to)
        }
        (Input::Missing | Input::NotApplicable, _) => texts::way::supply(lang, &name, &to),
        _ => texts::way::level(lang, &name, &from, &to),
    })
}

/// A way up in one sentence: one change, or two together.
#[must_use]
pub fn way(lang: Lang, policy: &Policy, changes: &[Change], target: &Label) -> String {
    match changes {
        [one] => texts::way::single(lang, &change(lang, policy, one), target),
        [one, other, ..] => {
            texts::way::pair(lang, &change(lang, policy, one), &change(lang, policy, other), target)
        }
        [] => String::new(),
    }
}

/// What the changes of a way up would come to.
#[must_use]
pub fn after(policy: &Policy, real: &Inputs, changes: &[Change]) -> Assessment {
    let mut inputs = real.clone();
    inputs.values.extend(changes.iter().map(|change| (change.input.clone(), change.to.clone())));
    grade(policy, &Cohort::default(), &inputs)
}

/// Where the score stands against the tiers, in one sentence.
#[must_use]
pub fn standing(lang: Lang, policy: &Policy, all: &Assessment) -> String {
    tidy(&untidy(lang, policy, all))
}

fn untidy(lang: Lang, policy: &Policy, all: &Assessment) -> String {
    let Some(tier) = &all.tier else {
        if all.placement == Some(Placement::Unranked) {
            return texts::score::unranked(lang).to_owned();
        }
        let (share, floor) = (format::percent(all.evidence.share), format::percent(all.evidence.floor));
        return texts::score::lacking(lang, &share, &floor);
    };
    let place = |label: &Label| policy.tiers.iter().position(|one| one.key == *label);
    if let Some(scored) = &all.scored_tier
        && scored != tier
    {
        return if !matches!(policy.method, Method::Threshold(_)) {
            texts::score::gated(lang, scored, tier)
        } else if place(scored) < place(tier) {
            texts::score::moved_down(lang, scored, tier)
        } else {
            texts::score::moved_up(lang, scored, tier)
        };
    }
    let next = place(tier).and_then(|at| at.checked_sub(1)).and_then(|at| policy.tiers.get(at));
    match (&all.placement, next) {
        (Some(placement), _) => proportions::placed(lang, policy, all, placement, tier),
        (None, None) => texts::score::top(lang).to_owned(),
        (None, Some(next)) => {
            let short = next.from.unwrap_or_default().minus(all.score);
            texts::score::to_go(lang, &next.key, &format::points(short))
        }
    }
}

/// The indicators without data, by name: `销售价格、沟通一致性`.
#[must_use]
pub fn missing_names(lang: Lang, policy: &Policy, all: &Assessment) -> String {
    let names: Vec<String> = all.missing.iter().map(|key| name_of(lang, policy, key)).collect();
    names.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}

/// The meter for those who cannot see it.
#[must_use]
pub fn meter(lang: Lang, policy: &Policy, all: &Assessment) -> String {
    let tiers: Vec<String> = policy
        .tiers
        .iter()
        .filter_map(|tier| Some((&tier.key, tier.from.filter(|from| *from > Points::ZERO)?)))
        .map(|(key, from)| texts::score::meter_tier(lang, key, &points_short(from)))
        .collect();
    let separator = match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    };
    let mut text = texts::score::meter(
        lang,
        &format::points(all.score),
        &points_short(all.full),
        &tiers.join(separator),
    );
    if all.range.low != all.range.high {
        text +=
            &texts::score::meter_range(lang, &format::points(all.range.low), &format::points(all.range.high));
    }
    text
}

#[cfg(test)]
mod tests;
