//! The head of a grade: stamp, score, where it stands, and the scale it stands on.

use leptos::prelude::*;
use shared::grading::Assessment;
use shared::number::Points;

use super::grade_stamp::GradeStamp;
use crate::components::stamp::StampSize;
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::look::Look;
use crate::derive::measure::{points_short, style_percent};
use crate::derive::{format, sentences};
use crate::say;

/// The head; it follows the assessment, so that a trial moves it.
#[component]
pub fn ScoreHead(
    policy: Published,
    #[prop(into)] all: Signal<Assessment>,
    /// The score of the year before, to be compared with.
    #[prop(optional_no_strip)]
    before: Option<Points>,
) -> impl IntoView {
    let graded = Memo::new(move |_| all.with(|all| (all.tier.clone(), all.provisional)));
    let figure = move || {
        if graded.with(|(tier, _)| tier.is_some()) {
            all.with(|all| format::points(all.score))
        } else {
            "—".to_owned()
        }
    };
    let moved = move || {
        let before = before?;
        let now = all.with(|all| all.tier.is_some().then_some(all.score))?;
        Some(delta(now.minus(before)))
    };
    let sentence = {
        let policy = policy.clone();
        move || all.with(|all| sentences::standing(lang(), &policy.policy, all))
    };
    let more = {
        let policy = policy.clone();
        let lines = Memo::new(move |_| all.with(|all| remarks(&policy, all)));
        move || {
            lines
                .get()
                .into_iter()
                .map(|line| view! { <p class="fj-score__sentence">{line}</p> })
                .collect_view()
        }
    };
    view! {
        <div class="fj-score">
            <GradeStamp size=StampSize::Xl graded policy=policy.clone() />
            <div class="fj-score__body">
                <p class="fj-score__figure">
                    <b class="fj-score__value">{figure}</b>
                    <span class="fj-score__of">{move || say!(score.of, points_short(all.with(|all| all.full)))}</span>
                    {moved}
                </p>
                <p class="fj-score__sentence">{sentence}</p>
                {more}
            </div>
            <div class="fj-score__meter">
                <Meter policy all />
            </div>
        </div>
    }
}

/// What else is to be said: what is missing, between what the score may lie, that it is provisional.
fn remarks(policy: &Published, all: &Assessment) -> Vec<String> {
    let mut lines = Vec::new();
    if !all.missing.is_empty() {
        lines.push(say!(score.lacking_which, sentences::missing_names(lang(), &policy.policy, all)));
    }
    if all.range.low != all.range.high {
        lines.push(say!(score.range, format::points(all.range.low), format::points(all.range.high)));
    }
    if all.provisional {
        lines.push(say!(score.provisional).to_owned());
    }
    lines
}

/// Points won or lost, as a sign and an amount; a word where nothing changed.
pub fn delta(gained: Points) -> impl IntoView {
    let class = match gained.get() {
        0 => "fj-delta fj-delta--same",
        1.. => "fj-delta fj-delta--up fj-delta--good",
        _ => "fj-delta fj-delta--down fj-delta--bad",
    };
    let amount = move || match gained.get() {
        0 => say!(compare.same).to_owned(),
        raw => format::points(Points::clamped(i128::from(raw).abs())),
    };
    view! { <span class=class>{amount}</span> }
}

/// The scale: the thresholds of the tiers, the score, and what is possible while data is missing.
#[component]
fn Meter(policy: Published, all: Signal<Assessment>) -> impl IntoView {
    let full = all.with_untracked(|all| all.full);
    let share = move |of: fn(&Assessment) -> Points| {
        move || all.with(|all| style_percent(of(all).get(), all.full.get()))
    };
    let enough = Memo::new(move |_| all.with(|all| all.tier.is_some()));
    let open = Memo::new(move |_| all.with(|all| all.range.low != all.range.high));
    let fill = {
        let policy = policy.clone();
        move || {
            let look = all.with(|all| Look::of(&policy.policy.tiers, all.tier.as_ref()));
            format!("fj-meter__fill {}", look.class())
        }
    };
    let ticks = policy
        .policy
        .tiers
        .iter()
        .enumerate()
        .filter_map(|(at, tier)| Some((at, tier, tier.from.filter(|from| *from > Points::ZERO)?)))
        .map(|(at, tier, from)| {
            let class = format!("fj-meter__tick {}", Look::at(&policy.policy.tiers, at).class());
            view! {
                <span class=class style:--at=style_percent(from.get(), full.get())>
                    <span class="fj-meter__tick-label">{format!("{} {}", tier.key, points_short(from))}</span>
                </span>
            }
        })
        .collect_view();
    let label = {
        let policy = policy.clone();
        move || all.with(|all| sentences::meter(lang(), &policy.policy, all))
    };
    view! {
        <div
            class="fj-meter"
            role="img"
            aria-label=label
            style:--value=share(|all| all.score)
            style:--low=share(|all| all.range.low)
            style:--high=share(|all| all.range.high)
        >
            <div class="fj-meter__scale">
                <Show when=move || open.get()>
                    <span class="fj-meter__range"></span>
                </Show>
                <Show when=move || enough.get()>
                    <span class=fill.clone()></span>
                </Show>
                {ticks}
                <Show when=move || enough.get()>
                    <span class="fj-meter__needle"></span>
                </Show>
            </div>
            <div class="fj-meter__axis" aria-hidden="true">
                <span>"0"</span>
                <span>{points_short(Points::clamped(i128::from(full.get() / 2)))}</span>
                <span>{points_short(full)}</span>
            </div>
        </div>
        <p class="fj-muted fj-num">
            {move || all.with(|all| say!(score.evidence, format::percent(all.evidence.share)))}
        </p>
    }
}
