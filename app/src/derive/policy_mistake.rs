//! Mistakes of a policy in words: where, what, and what to do about it.

use shared::grading::{Fix, Localized, Measure, Method, Mistake, MistakeKind, Policy};
use shared::ledger::Lang;

use super::policy_path::{part_of, position};
use super::policy_words::exact;
use super::sentences::local;
use super::spacing::tidy;
use crate::texts::studio as texts;

/// What is wrong, and what to do: `有数值不落在任何一档（10 万元 … 20 万元）。移动界限……`
#[must_use]
pub fn explain(lang: Lang, policy: &Policy, mistake: &Mistake) -> String {
    let measure = in_measure(policy, mistake);
    let said = |text: &String| measure.map_or_else(|| text.clone(), |measure| figures(lang, measure, text));
    let what = kind(lang, mistake.kind);
    let what = match (mistake.given.as_ref().map(said), mistake.wanted.as_ref().map(said)) {
        (Some(given), Some(wanted)) => texts::mistake::given_wanted(lang, &what, &given, &wanted),
        (Some(given), None) => texts::mistake::given(lang, &what, &given),
        (None, Some(wanted)) => texts::mistake::wanted(lang, &what, &wanted),
        (None, None) => what.to_owned(),
    };
    tidy(&texts::mistake::with_fix(lang, &what, &fix(lang, mistake.fix)))
}

/// The measure of the raw figures that a mistake tells; none where they are written out already.
fn in_measure(policy: &Policy, mistake: &Mistake) -> Option<Measure> {
    let raw = matches!(mistake.kind, MistakeKind::Hole | MistakeKind::Overlap)
        || mistake.path.ends_with(".target.value")
        || mistake.path.ends_with(".unit");
    let at = position(&mistake.path, "indicators").filter(|_| raw)?;
    policy.indicators.get(at).map(|one| one.measure)
}

/// A text whose whole numbers are values of a measure.
fn figures(lang: Lang, measure: Measure, text: &str) -> String {
    let (mut out, mut digits) = (String::new(), String::new());
    for c in text.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() || (c == '-' && digits.is_empty()) {
            digits.push(c);
            continue;
        }
        match digits.parse() {
            Ok(raw) => out.push_str(&exact(lang, measure, raw)),
            Err(_) => out.push_str(&digits),
        }
        digits.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// Where it is: `指标与评分标准 · 销售总额 · 第 3 档`.
#[must_use]
pub fn place(lang: Lang, policy: &Policy, path: &str) -> String {
    let mut steps = vec![part_of(path).name(lang).to_owned()];
    let lists: [(&str, Option<(&Localized, &str)>); 6] = [
        (
            "indicators",
            position(path, "indicators")
                .and_then(|at| policy.indicators.get(at))
                .map(|one| (&one.name, one.key.as_str())),
        ),
        (
            "gates",
            position(path, "gates")
                .and_then(|at| policy.gates.get(at))
                .map(|one| (&one.name, one.key.as_str())),
        ),
        (
            "facts",
            position(path, "facts")
                .and_then(|at| policy.facts.get(at))
                .map(|one| (&one.name, one.key.as_str())),
        ),
        (
            "segments",
            position(path, "segments")
                .and_then(|at| policy.segments.get(at))
                .map(|one| (&one.name, one.key.as_str())),
        ),
        (
            "tiers",
            position(path, "tiers")
                .and_then(|at| policy.tiers.get(at))
                .map(|one| (&one.name, one.key.as_str())),
        ),
        ("method.rules", rule(policy, path)),
    ];
    for (list, found) in lists {
        match found {
            Some((name, key)) if list == "tiers" || local(lang, name).is_empty() => {
                steps.push(key.to_owned())
            }
            Some((name, _)) => steps.push(local(lang, name).to_owned()),
            None => {}
        }
    }
    for (list, text) in [
        ("bands", texts::mistake::band as fn(Lang, &dyn std::fmt::Display) -> String),
        ("levels", texts::mistake::level),
    ] {
        let inside = path.split_once(&format!(".{list}.")).map(|(_, rest)| rest);
        if let Some(at) = inside.and_then(|rest| rest.split('.').next()?.parse::<usize>().ok()) {
            steps.push(text(lang, &at.saturating_add(1)));
        }
    }
    steps.join(" · ")
}

fn rule<'a>(policy: &'a Policy, path: &str) -> Option<(&'a Localized, &'a str)> {
    let Method::Rules(rules) = &policy.method else { return None };
    let rule = rules.rules.get(position(path, "method.rules")?)?;
    Some((&rule.name, rule.key.as_str()))
}

const fn kind(lang: Lang, kind: MistakeKind) -> &'static str {
    use texts::mistake::kind as words;
    match kind {
        MistakeKind::Empty => words::empty(lang),
        MistakeKind::Duplicate => words::duplicate(lang),
        MistakeKind::Unknown => words::unknown(lang),
        MistakeKind::Mismatch => words::mismatch(lang),
        MistakeKind::Impossible => words::impossible(lang),
        MistakeKind::Overlap => words::overlap(lang),
        MistakeKind::Hole => words::hole(lang),
        MistakeKind::NotFullMarks => words::not_full_marks(lang),
        MistakeKind::Worthless => words::worthless(lang),
        MistakeKind::FlatLine => words::flat_line(lang),
        MistakeKind::Order => words::order(lang),
        MistakeKind::Unreached => words::unreached(lang),
        MistakeKind::Range => words::range(lang),
        MistakeKind::Count => words::count(lang),
        MistakeKind::Total => words::total(lang),
        MistakeKind::Quota => words::quota(lang),
        MistakeKind::Absent => words::absent(lang),
        MistakeKind::Unused => words::unused(lang),
        MistakeKind::Shadowed => words::shadowed(lang),
        MistakeKind::Cycle => words::cycle(lang),
        MistakeKind::Contrary => words::contrary(lang),
        MistakeKind::UnknownKey => words::unknown_key(lang),
        MistakeKind::Type => words::of_type(lang),
        MistakeKind::Text => words::text(lang),
        MistakeKind::Syntax => words::syntax(lang),
    }
}

const fn fix(lang: Lang, fix: Fix) -> &'static str {
    use texts::mistake::fix as words;
    match fix {
        Fix::AddOne => words::add_one(lang),
        Fix::Rename => words::rename(lang),
        Fix::ChooseKnown => words::choose_known(lang),
        Fix::FitMeasure => words::fit_measure(lang),
        Fix::SwapBounds => words::swap_bounds(lang),
        Fix::Narrow => words::narrow(lang),
        Fix::Widen => words::widen(lang),
        Fix::SetWeight => words::set_weight(lang),
        Fix::SpreadEnds => words::spread_ends(lang),
        Fix::Descend => words::descend(lang),
        Fix::BeginLowest => words::begin_lowest(lang),
        Fix::MakeReachable => words::make_reachable(lang),
        Fix::KeepWithin => words::keep_within(lang),
        Fix::AddUp => words::add_up(lang),
        Fix::Give => words::give(lang),
        Fix::Remove => words::remove(lang),
        Fix::Reorder => words::reorder(lang),
        Fix::Untangle => words::untangle(lang),
        Fix::SwapLimits => words::swap_limits(lang),
        Fix::Correct => words::correct(lang),
    }
}

#[cfg(test)]
mod tests {
    use shared::grading::{Scoring, check, default_policy};
    use shared::number::Points;

    use super::*;
    use crate::derive::policy_path::field_of;

    #[test]
    fn a_mistake_says_where_what_and_what_to_do() {
        let mut policy = default_policy().unwrap();
        let Scoring::Bands(rule) = &mut policy.indicators[0].scoring else { panic!("bands") };
        rule.bands.remove(2);
        policy.indicators[2].weight = Points::clamped(1_500);
        let said: Vec<String> = check(&policy)
            .iter()
            .map(|one| {
                format!("{}：{}", place(Lang::Zh, &policy, &one.path), explain(Lang::Zh, &policy, one))
            })
            .collect();
        assert!(
            said.iter()
                .any(|one| one
                    .starts_with("指标与评分标准 · 销售总额 · 第 2 档：有数值不落在任何一档（200 万元")),
            "{said:?}"
        );
        assert!(
            said.iter().any(|one| one.contains("货款回收") && one.contains("20") && one.contains("15")),
            "{said:?}"
        );
        assert!(said.iter().any(|one| one.contains("95") && one.contains("100")), "{said:?}");
    }

    #[test]
    fn every_mistake_of_a_wrecked_policy_has_its_field() {
        let mut policy = super::super::policy_difference::tests::rich();
        policy.title.zh.clear();
        policy.tiers[0].key = policy.tiers[1].key.clone();
        policy.gates[0].when.input = policy.facts[1].key.clone();
        policy.indicators[1].weight = Points::clamped(-1);
        policy.evidence_floor = shared::number::BasisPoints::clamped(20_000);
        let found = check(&policy);
        assert!(found.len() > 8, "{found:?}");
        for mistake in found {
            let field = field_of(&mistake.path);
            assert!(!field.is_empty(), "{mistake:?}");
            assert!(!explain(Lang::En, &policy, &mistake).is_empty());
        }
    }
}
