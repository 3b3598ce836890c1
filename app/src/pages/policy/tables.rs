//! The tables of a policy: tiers, indicators with their standards, gates as sentences.

use leptos::prelude::*;
use shared::grading::method::Rule;
use shared::grading::scoring::Linear;
use shared::grading::{self, Indicator, Localized, Measure, Scoring};
use shared::number::Points;

use crate::components::icon::Icon;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::look::Look;
use crate::derive::measure::{points_short, with_unit};
use crate::derive::{policy_words as words, sentences};
use crate::{say, t};

fn text(of: &Localized) -> impl Fn() -> String + Clone + Send + Sync + use<> {
    let of = of.clone();
    move || sentences::local(lang(), &of).to_owned()
}

/// The tiers, best first.
#[component]
pub fn Tiers(published: Published) -> impl IntoView {
    let last = published.policy.tiers.len().saturating_sub(1);
    let row = |(at, tier): (usize, &shared::grading::Tier)| {
        let (own, rest) = (tier.clone(), at == last && tier.from == Some(Points::ZERO));
        let key = tier.key.to_string();
        let (stamped, look) = (key.clone(), Look::at(&published.policy.tiers, at));
        view! {
            <tr>
                <th scope="row" data-label=t!(policy.tiers)>
                    <span class="fj-cluster">
                        <Stamp size=StampSize::M tier=Some(stamped) look />
                        <span>{move || say!(tier.label, key)}</span>
                    </span>
                </th>
                <td>{text(&tier.name)}</td>
                <td class="fj-table__num">
                    {move || if rest { say!(policy.tier_rest).to_owned() } else { sentences::entry(lang(), &own) }}
                </td>
            </tr>
        }
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="p-tiers">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-tiers">
                    {t!(policy.tiers)}
                </h2>
            </header>
            <div class="fj-panel__body">
                <table class="fj-table">
                    <caption class="fj-visually-hidden">{t!(policy.tiers)}</caption>
                    <tbody>{published.policy.tiers.iter().enumerate().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// How the tier is found, where not by thresholds alone: the quota, or the rules in their order.
#[component]
pub fn Method(published: Published) -> impl IntoView {
    let said = match &published.policy.method {
        grading::Method::Threshold(_) => return None,
        grading::Method::Quota(quota) => {
            let (policy, quota) = (published.clone(), quota.clone());
            let text = move || {
                let ties = words::ties(lang(), &policy.policy, &quota.ties);
                say!(studio.method.quota_text, words::rounding(lang(), quota.rounding), ties)
            };
            view! { <p>{text}</p> }.into_any()
        }
        grading::Method::Rules(rules) => {
            let last = rules.otherwise.clone();
            let item = |rule: &Rule| {
                let (policy, rule) = (published.clone(), rule.clone());
                let (name, clause, tier) = (text(&rule.name), rule.clause.clone(), rule.tier.clone());
                let look = Look::of(&policy.policy.tiers, Some(&tier));
                view! {
                    <li class="fj-rule">
                        <Stamp size=StampSize::S tier=Some(tier.to_string()) look />
                        <div>
                            <p>{name} " " <span class="fj-clause">{clause}</span></p>
                            <p class="fj-muted">{move || words::when(lang(), &policy.policy, &rule)}</p>
                        </div>
                    </li>
                }
            };
            view! {
                <p>{move || say!(studio.method.rules_text, last)}</p>
                <ol class="fj-rules">{rules.rules.iter().map(item).collect_view()}</ol>
            }
            .into_any()
        }
    };
    Some(view! {
        <section class="fj-panel" aria-labelledby="p-method">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-method">
                    {t!(studio.method.title)}
                </h2>
            </header>
            <div class="fj-panel__body fj-stack">{said}</div>
        </section>
    })
}

/// The indicators, each with its standards.
#[component]
pub fn Indicators(published: Published) -> impl IntoView {
    let full = published.policy.indicators.iter().fold(Points::ZERO, |sum, one| sum.plus(one.weight));
    let full = points_short(full);
    let one = |indicator: &Indicator| {
        let own = published.policy.segments.iter().filter_map(|segment| {
            let scoring = indicator.by_segment.get(&segment.key)?;
            let name = text(&segment.name);
            Some(view! {
                <h4>{move || say!(policy.segment, name())}</h4>
                {standards(&published, indicator.measure, scoring)}
            })
        });
        let own = own.collect_view();
        let weight = points_short(indicator.weight);
        view! {
            <section class="fj-stack fj-stack--tight">
                <h3 class="fj-cluster fj-cluster--between">
                    <span>{text(&indicator.name)} " " <span class="fj-clause">{indicator.clause.clone()}</span></span>
                    <span class="fj-num">{weight} " " {t!(score.unit)}</span>
                </h3>
                <p class="fj-muted">{text(&indicator.asks)}</p>
                {standards(&published, indicator.measure, &indicator.scoring)}
                {own}
            </section>
        }
    };
    view! {
        <section class="fj-panel" aria-labelledby="p-indicators">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-indicators">
                    {t!(policy.indicators)}
                </h2>
                <p class="fj-panel__note">{t!(policy.total)} " " {full} " " {t!(score.unit)}</p>
            </header>
            <div class="fj-panel__body fj-stack fj-stack--loose">
                {published.policy.indicators.iter().map(one).collect_view()}
            </div>
        </section>
    }
}

/// The standards of one scoring.
fn standards(policy: &Published, measure: Measure, scoring: &Scoring) -> AnyView {
    let rows: Vec<AnyView> = match scoring {
        Scoring::Bands(bands) => bands
            .bands
            .iter()
            .map(|band| {
                let (own, points) = (band.clone(), points_short(band.points));
                line(move || sentences::band(lang(), measure, &own), points).into_any()
            })
            .collect(),
        Scoring::Levels(levels) => levels
            .levels
            .iter()
            .map(|level| {
                let (key, meaning) = (level.key.clone(), text(&level.meaning));
                line(move || format!("{key} · {}", meaning()), points_short(level.points)).into_any()
            })
            .collect(),
        Scoring::Linear(line) => return view! { <p>{linear(measure, line.clone())}</p> }.into_any(),
        Scoring::Target(_) | Scoring::Best(_) | Scoring::Growth(_) => {
            let (policy, own) = (policy.clone(), scoring.clone());
            let text = move || sentences::proportion(lang(), &policy.policy, measure, &own);
            return view! { <p>{text}</p> }.into_any();
        }
    };
    view! {
        <table class="fj-table">
            <thead>
                <tr>
                    <th scope="col">{t!(policy.band)}</th>
                    <th scope="col" class="fj-table__num">
                        {t!(policy.points)}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line(standard: impl Fn() -> String + Send + Sync + 'static, points: String) -> impl IntoView {
    view! {
        <tr>
            <td>{standard}</td>
            <td class="fj-table__num">{points}</td>
        </tr>
    }
}

fn linear(measure: Measure, line: Linear) -> impl Fn() -> String {
    let (low, high) =
        if line.from.value <= line.to.value { (line.from, line.to) } else { (line.to, line.from) };
    move || {
        let (from, to) = (with_unit(lang(), measure, low.value), with_unit(lang(), measure, high.value));
        say!(policy.linear_text, from, points_short(low.points), to, points_short(high.points))
    }
}

/// The gates as sentences.
#[component]
pub fn Gates(published: Published) -> impl IntoView {
    let item = |gate: &shared::grading::Gate| {
        let (policy, own) = (published.clone(), gate.clone());
        view! {
            <div class="fj-gate fj-gate--clear" role="note">
                <Icon name="gate" />
                <p class="fj-gate__title">{text(&gate.name)} " " <span class="fj-clause">{gate.clause.clone()}</span></p>
                <p class="fj-gate__reason">{move || sentences::rule(lang(), &policy.policy, &own)}</p>
            </div>
        }
    };
    let none = published.policy.gates.is_empty();
    view! {
        <section class="fj-panel" aria-labelledby="p-gates">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-gates">
                    {t!(policy.gates)}
                </h2>
            </header>
            <div class="fj-panel__body fj-stack">
                {none.then(|| view! { <p>{t!(policy.gates_none)}</p> })}
                {published.policy.gates.iter().map(item).collect_view()}
            </div>
        </section>
    }
}
