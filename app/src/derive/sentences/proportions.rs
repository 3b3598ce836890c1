//! What is scored in proportion, and tiers that are found otherwise than by thresholds, in sentences.

use shared::grading::scoring::{Better, Goal, Growth, Target};
use shared::grading::{
    Assessment, Cut, Indicator, Input, Line, Matched, Measure, Method, Placement, Policy, Scoring, Tier,
};
use shared::id::Label;
use shared::ledger::Lang;
use shared::number::{Points, ratio};

use super::{format, input, local, name_of, points_short, tidy, with_unit};
use crate::texts;

/// What a value earned in proportion to a target, to the best or to its growth.
pub(super) fn line(
    lang: Lang,
    indicator: &Indicator,
    scoring: &Scoring,
    given: &Input,
    line: &Line,
) -> String {
    let (measure, points) = (indicator.measure, points_short(line.points));
    let said = input(lang, measure, given);
    match (&line.matched, scoring) {
        (Some(Matched::Target { target, clamped, .. }), _) => {
            let share = ratio(given.value().unwrap_or(0), *target).unwrap_or_default();
            let (target, share) = (with_unit(lang, measure, *target), format::percent(share));
            let say = if *clamped { texts::sentence::target_clamped } else { texts::sentence::target };
            say(lang, &said, &target, &share, &points)
        }
        (Some(Matched::Best { best, clamped }), _) => {
            let say = if *clamped { texts::sentence::best_clamped } else { texts::sentence::best };
            say(lang, &said, &with_unit(lang, measure, *best), &points)
        }
        (Some(Matched::Growth { units, clamped }), Scoring::Growth(rule)) => {
            let origin = with_unit(lang, measure, rule.origin);
            let units = points_short(Points::clamped((*units).into()));
            let unit = with_unit(lang, measure, rule.unit);
            let say = if *clamped { texts::sentence::growth_clamped } else { texts::sentence::growth };
            say(lang, &said, &origin, &units, &unit, &points)
        }
        _ => texts::sentence::unread(lang).to_owned(),
    }
}

/// A scoring in proportion as a sentence of the policy; empty for the others, which are tables.
#[must_use]
pub fn proportion(lang: Lang, policy: &Policy, measure: Measure, scoring: &Scoring) -> String {
    tidy(&match scoring {
        Scoring::Target(rule) => target(lang, policy, measure, rule),
        Scoring::Best(rule) => {
            let say = match rule.better {
                Better::Higher => texts::policy::best_higher,
                Better::Lower => texts::policy::best_lower,
            };
            say(lang, &points_short(rule.full))
        }
        Scoring::Growth(rule) => growth(lang, measure, rule),
        Scoring::Bands(_) | Scoring::Levels(_) | Scoring::Linear(_) => String::new(),
    })
}

fn target(lang: Lang, policy: &Policy, measure: Measure, rule: &Target) -> String {
    let target = match &rule.target {
        Goal::Value(value) => with_unit(lang, measure, *value),
        Goal::Input(key) => name_of(lang, policy, key),
    };
    texts::policy::target(
        lang,
        &target,
        &points_short(rule.full),
        &points_short(rule.cap.unwrap_or(rule.full)),
    )
}

fn growth(lang: Lang, measure: Measure, rule: &Growth) -> String {
    let say = if rule.whole_units { texts::policy::growth_whole } else { texts::policy::growth };
    say(
        lang,
        &with_unit(lang, measure, rule.origin),
        &points_short(rule.base),
        &with_unit(lang, measure, rule.unit),
        &points_short(rule.per_unit),
        &points_short(rule.floor),
        &points_short(rule.ceiling),
    )
}

/// What gives a tier: from how many points, or which share of all; by rules it is neither.
#[must_use]
pub fn entry(lang: Lang, tier: &Tier) -> String {
    match (tier.from, tier.share) {
        (Some(from), _) => texts::policy::tier_from(lang, &points_short(from)),
        (None, Some(share)) => texts::policy::tier_share(lang, &format::percent(share)),
        (None, None) => texts::policy::tier_by_rules(lang).to_owned(),
    }
}

/// How a tier was found by rank or by rule.
pub(super) fn placed(
    lang: Lang,
    policy: &Policy,
    all: &Assessment,
    placement: &Placement,
    tier: &Label,
) -> String {
    match placement {
        Placement::Quota { missed: Some(Cut { tier, bar: Some(bar), .. }), .. } => {
            let short = bar.score.minus(all.score);
            let (line, short_text) = (points_short(bar.score), format::points(short));
            if short > Points::ZERO {
                texts::score::to_cut(lang, tier, &line, &short_text)
            } else {
                texts::score::at_cut(lang, tier, &line)
            }
        }
        Placement::Quota { missed: Some(Cut { tier, .. }), .. } => texts::score::no_place(lang, tier),
        Placement::Quota { missed: None, .. } => texts::score::top(lang).to_owned(),
        Placement::Unranked => texts::score::unranked(lang).to_owned(),
        Placement::Rule { rule, .. } => {
            let rules = match &policy.method {
                Method::Rules(method) => method.rules.as_slice(),
                Method::Threshold(_) | Method::Quota(_) => &[],
            };
            let name = rules.iter().find(|one| one.key == *rule).map(|one| local(lang, &one.name));
            texts::score::by_rule(lang, &name.unwrap_or(rule.as_str()), tier)
        }
        Placement::LastResort => texts::score::last_resort(lang, tier),
    }
}
