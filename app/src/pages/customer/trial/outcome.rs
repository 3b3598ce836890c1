//! What the trial comes to, always in sight.

use std::cmp::Ordering;

use leptos::prelude::*;
use shared::grading::Fast;
use shared::id::Label;

use super::hand;
use crate::components::button::{Button, Weight};
use crate::components::customer::grade_stamp::GradeStamp;
use crate::components::customer::grade_words;
use crate::components::customer::score::delta;
use crate::components::icon::Icon;
use crate::components::stamp::StampSize;
use crate::contexts::policies::Published;
use crate::derive::format;
use crate::derive::spacing::tidy;
use crate::{say, t};

/// The tier, the score and a sentence, held against the grade of the real inputs.
#[component]
pub fn OutcomeBar(
    outcome: hand::Outcome,
    /// The grade of the real inputs.
    now: Fast,
    policy: Published,
    on_reset: Callback<()>,
) -> impl IntoView {
    let hand::Outcome { graded, score, untouched } = outcome;
    // A higher position is a lower tier, and no tier the lowest.
    let way = move || {
        let place = |tier: Option<usize>| tier.unwrap_or(usize::MAX);
        graded.with(|(tier, _)| place(*tier).cmp(&place(now.tier)))
    };
    let class = move || match way() {
        Ordering::Less => "fj-outcome fj-outcome--up fj-no-print",
        Ordering::Greater => "fj-outcome fj-outcome--down fj-no-print",
        Ordering::Equal => "fj-outcome fj-outcome--same fj-no-print",
    };
    let key = {
        let policy = policy.clone();
        move |tier: Option<usize>| -> Option<Label> { Some(policy.policy.tiers.get(tier?)?.key.clone()) }
    };
    let before = (key(now.tier), now.provisional);
    let after = {
        let key = key.clone();
        Signal::derive(move || {
            let (tier, provisional) = graded.get();
            (key(tier), provisional)
        })
    };
    let text = move || {
        let words = |tier| grade_words(key(tier).as_ref(), false);
        let (tier, _) = graded.get();
        let (before, after) = (words(now.tier), words(tier));
        tidy(&match (way(), now.tier, tier) {
            _ if untouched.get() => say!(what_if.same, before),
            (Ordering::Equal, ..) => say!(what_if.still, after),
            (_, None, Some(_)) => say!(what_if.graded, after),
            (_, Some(_), None) => say!(what_if.ungraded, before),
            (Ordering::Less, ..) => say!(what_if.up, before, after),
            (Ordering::Greater, ..) => say!(what_if.down, before, after),
        })
    };
    let figure = move || {
        let score = score.get();
        let gained = score.minus(now.score);
        (format::points(score), " ", (gained.get() != 0).then(|| delta(gained)))
    };
    view! {
        <output class=class aria-live="polite">
            <GradeStamp size=StampSize::S graded=before policy=policy.clone() />
            <Icon name="arrow-right" />
            <GradeStamp size=StampSize::M graded=after policy />
            <span class="fj-outcome__figure">{figure}</span>
            <span class="fj-outcome__actions">
                <Button
                    label=t!(what_if.reset_all)
                    weight=Weight::Quiet
                    small=true
                    disabled=untouched
                    on_press=on_reset
                />
            </span>
            <span class="fj-outcome__text">{text}</span>
        </output>
    }
}
