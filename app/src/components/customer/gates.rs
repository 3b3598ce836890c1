//! The gates that fired or cannot be told; one line when none did.

use leptos::prelude::*;
use shared::grading::{Assessment, GateState};

use crate::components::icon::{Icon, IconSize};
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::look::Look;
use crate::derive::sentences;
use crate::t;

/// What the gates did.
#[component]
pub fn Gates(policy: Published, #[prop(into)] all: Signal<Assessment>) -> impl IntoView {
    let outcomes =
        Memo::new(move |_| all.with(|all| (all.gates.clone(), all.scored_tier.clone(), all.tier.clone())));
    move || {
        // Read, not only tracked: a memo that nobody reads never runs, and so never changes.
        outcomes.with(|_| ());
        let all = all.get_untracked();
        if policy.policy.gates.is_empty() {
            return ().into_any();
        }
        let told: Vec<_> = policy
            .policy
            .gates
            .iter()
            .zip(&all.gates)
            .filter_map(|(gate, one)| {
                let reason = sentences::outcome(lang(), &policy.policy, gate, one, &all)?;
                let fired = one.state == GateState::Fired;
                let moved = one.decisive.then(|| {
                    let stamp = |tier: Option<shared::id::Label>| {
                        let look = Look::of(&policy.policy.tiers, tier.as_ref());
                        view! { <Stamp size=StampSize::S tier=tier.map(String::from) look /> }
                    };
                    view! {
                        <p class="fj-gate__effect" aria-hidden="true">
                            {stamp(all.scored_tier.clone())}
                            <Icon name="arrow-right" size=IconSize::Small />
                            {stamp(all.tier.clone())}
                        </p>
                    }
                });
                let title = sentences::local(lang(), &gate.name).to_owned();
                let class = if fired { "fj-gate fj-gate--fired" } else { "fj-gate fj-gate--clear" };
                Some(view! {
                    <div class=class role="note">
                        <Icon name="gate" />
                        <p class="fj-gate__title">{title} " " <span class="fj-clause">{gate.clause.clone()}</span></p>
                        {moved}
                        <p class="fj-gate__reason">{reason}</p>
                    </div>
                })
            })
            .collect();
        if told.is_empty() {
            view! {
                <div class="fj-gate fj-gate--clear" role="note">
                    <Icon name="gate" />
                    <p class="fj-gate__title">{t!(gate.all_clear)}</p>
                </div>
            }
            .into_any()
        } else {
            told.into_any()
        }
    }
}
