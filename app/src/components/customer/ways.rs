//! The nearest ways to the next tier.

use leptos::prelude::*;
use shared::grading::{Assessment, Change, Inputs};

use crate::components::button::{Button, Weight};
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::look::Look;
use crate::derive::{format, sentences};
use crate::{say, t};

/// Most single changes that are shown.
const SHOWN: usize = 4;

/// The ways, each with a button that tries it.
#[component]
pub fn Ways(
    policy: Published,
    all: Assessment,
    inputs: Inputs,
    on_try: Callback<Vec<Change>>,
) -> impl IntoView {
    if all.tier.is_none() {
        return view! { <p>{t!(way.no_grade)}</p> }.into_any();
    }
    let ways = all.ways_up.clone();
    let Some(target) = ways.target.clone() else {
        return view! { <p>{t!(way.top)}</p> }.into_any();
    };
    let blocked = (!ways.blocked_by.is_empty()).then(|| {
        let (policy, keys) = (policy.clone(), ways.blocked_by.clone());
        let names = move || {
            let gates = policy.policy.gates.iter().filter(|gate| keys.contains(&gate.key));
            let names: Vec<_> = gates.map(|gate| sentences::local(lang(), &gate.name).to_owned()).collect();
            say!(way.blocked, names.join("；"))
        };
        view! { <p>{names}</p> }
    });
    let mut all_ways: Vec<Vec<Change>> = ways.single.into_iter().take(SHOWN).map(|one| vec![one]).collect();
    if !ways.pair.is_empty() {
        all_ways.push(ways.pair);
    }
    let none = all_ways.is_empty().then(|| {
        let target = target.clone();
        view! { <p>{move || say!(way.none, target)}</p> }
    });
    let look = Look::of(&policy.policy.tiers, Some(&target));
    let item = move |changes: Vec<Change>| {
        let after = format::points(sentences::after(&policy.policy, &inputs, &changes).score);
        let (policy, tier, tried) = (policy.clone(), target.clone(), changes.clone());
        let sentence = {
            let tier = tier.clone();
            move || sentences::way(lang(), &policy.policy, &changes, &tier)
        };
        let gain = {
            let tier = tier.clone();
            move || say!(way.score_after, after, tier)
        };
        view! {
            <li class="fj-way">
                <Stamp size=StampSize::S tier=Some(tier.to_string()) look />
                <div class="fj-way__body">
                    <p class="fj-way__step">{sentence}</p>
                    <p class="fj-way__gain">{gain}</p>
                </div>
                <Button
                    label=t!(way.attempt)
                    weight=Weight::Secondary
                    small=true
                    on_press=Callback::new(move |()| on_try.run(tried.clone()))
                />
            </li>
        }
    };
    view! {
        {blocked}
        {none}
        <ol class="fj-ways">{all_ways.into_iter().map(item).collect_view()}</ol>
    }
    .into_any()
}
