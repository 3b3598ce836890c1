//! What the tiers get: one row for each tier, one column for each promise.

use leptos::prelude::*;
use shared::grading::{Measure, PaymentTerm, Policy, Treatment};
use shared::number::BasisPoints;

use super::fields::{Slot, both, choose, figure, wrong_at};
use super::section::Section;
use super::store::Studio;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::derive::look::Look;
use crate::derive::policy_difference::Part;
use crate::derive::policy_figure::Figure;
use crate::derive::policy_words::{Promise, unwritten};
use crate::{say, t};

/// The section.
#[component]
pub fn TreatmentEditor(studio: Studio) -> impl IntoView {
    let count = studio.memo(|policy| policy.tiers.len());
    let head = |promise: Promise| view! { <th scope="col">{move || promise.name(lang())}</th> };
    let note = || view! { <p class="fj-panel__note">{t!(studio.treat.note)}</p> };
    view! {
        <Section part=Part::Treatment note=note>
            <div class="fj-table-wrap" role="group" aria-label=t!(studio.part.treatment) tabindex="0">
                <table class="fj-table fj-table--cards fj-table--edit">
                    <caption class="fj-visually-hidden">{t!(studio.part.treatment)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!(studio.field.tier)}</th>
                            {Promise::ALL.map(head).collect_view()}
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || 0..count.get() key=|at| *at let:at>
                            <OneTier studio at />
                        </For>
                    </tbody>
                </table>
            </div>
        </Section>
    }
}

fn of(policy: &Policy, at: usize) -> Option<&Treatment> {
    policy.tiers.get(at).map(|tier| &tier.treatment)
}

/// A whole number of a treatment.
fn whole(
    studio: Studio,
    at: usize,
    (name, kind): (&str, Figure),
    promise: Promise,
    read: fn(&Treatment) -> Option<u32>,
    write: fn(&mut Treatment, Option<u32>),
) -> AnyView {
    let key =
        studio.memo(move |policy| policy.tiers.get(at).map(|tier| tier.key.to_string()).unwrap_or_default());
    let label = move || say!(studio.treat.of_tier, key.get(), promise.name(lang()));
    let cell = figure(
        studio,
        Slot::bare(format!("tiers.{at}.treatment.{name}"), label),
        move |_| kind,
        true,
        move |policy| of(policy, at).and_then(read).map(i64::from),
        move |policy, raw| {
            if let Some(tier) = policy.tiers.get_mut(at) {
                let number = raw.map(|raw| u32::try_from(raw).unwrap_or(if raw < 0 { 0 } else { u32::MAX }));
                write(&mut tier.treatment, number);
            }
        },
    );
    view! { <td class="fj-table__figure" data-label=move || promise.name(lang())>{cell}</td> }.into_any()
}

#[component]
fn OneTier(studio: Studio, at: usize) -> impl IntoView {
    let days = Figure::Of(Measure::Days);
    let now = studio.memo(move |policy| {
        policy.tiers.get(at).map(|one| (one.key.to_string(), Look::at(&policy.tiers, at)))
    });
    let stamp = move || {
        now.get().map(|(key, look)| {
            let named = key.clone();
            let label = move || say!(tier.label, named);
            view! { <Stamp size=StampSize::S tier=Some(key) look label /> }
        })
    };
    let key = move || now.with(|now| now.as_ref().map(|now| now.0.clone()).unwrap_or_default());
    let discount = figure(
        studio,
        Slot::bare(format!("tiers.{at}.treatment.discount_limit"), move || {
            say!(studio.treat.of_tier, key(), Promise::Discount.name(lang()))
        }),
        |_| Figure::Of(Measure::Ratio),
        true,
        move |policy| of(policy, at).and_then(|own| own.discount_limit).map(BasisPoints::get),
        move |policy, raw| {
            if let Some(tier) = policy.tiers.get_mut(at) {
                tier.treatment.discount_limit = raw.map(|raw| BasisPoints::clamped(raw.into()));
            }
        },
    );
    view! {
        <tr>
            <th scope="row" data-label=t!(studio.field.tier)>
                {stamp}
            </th>
            {whole(studio, at, ("production_priority", Figure::Rank), Promise::Priority, |own| own.production_priority, |own, raw| {
                own.production_priority = raw;
            })}
            <td class="fj-table__figure" data-label=move || Promise::Discount.name(lang())>
                {discount}
            </td>
            <td data-label=move || Promise::Term.name(lang())>
                <Term studio at />
            </td>
            {whole(studio, at, ("visit_days", days), Promise::Visits, |own| own.visit_days, |own, raw| own.visit_days = raw)}
            {whole(studio, at, ("complaint_hours", Figure::Hours), Promise::Complaints, |own| own.complaint_hours, |own, raw| {
                own.complaint_hours = raw;
            })}
            {whole(studio, at, ("lead_days", days), Promise::Lead, |own| own.lead_days, |own, raw| own.lead_days = raw)}
        </tr>
    }
}

/// When deliveries are paid: not said, within days, or as words say.
#[component]
fn Term(studio: Studio, at: usize) -> impl IntoView {
    let path = format!("tiers.{at}.treatment.payment_term");
    let kind = move |policy: &Policy| match of(policy, at).and_then(|own| own.payment_term.as_ref()) {
        None => "",
        Some(PaymentTerm::Days(_)) => "days",
        Some(PaymentTerm::Terms(_)) => "terms",
    };
    let shown = studio.memo(kind);
    let key =
        studio.memo(move |policy| policy.tiers.get(at).map(|tier| tier.key.to_string()).unwrap_or_default());
    let label = move || say!(studio.treat.of_tier, key.get(), Promise::Term.name(lang()));
    let how = choose(
        studio,
        Slot::bare(path.clone(), label),
        |_| {
            [("", "—"), ("days", say!(studio.treat.within_days)), ("terms", say!(studio.treat.in_words))]
                .map(|(key, text)| (key.to_owned(), text.to_owned()))
                .to_vec()
        },
        move |policy| kind(policy).to_owned(),
        move |policy, chosen| {
            if let Some(tier) = policy.tiers.get_mut(at) {
                tier.treatment.payment_term = match chosen {
                    "days" => Some(PaymentTerm::Days(30)),
                    "terms" => Some(PaymentTerm::Terms(unwritten())),
                    _ => None,
                };
            }
        },
    );
    let what = {
        let path = path.clone();
        move || match shown.get() {
            "days" => Some(figure(
                studio,
                Slot::bare(format!("{path}.days"), label),
                |_| Figure::Of(Measure::Days),
                false,
                move |policy| match of(policy, at).and_then(|own| own.payment_term.as_ref()) {
                    Some(PaymentTerm::Days(days)) => Some((*days).into()),
                    _ => None,
                },
                move |policy, raw| {
                    if let (Some(tier), Some(raw)) = (policy.tiers.get_mut(at), raw) {
                        let days = u32::try_from(raw).unwrap_or(if raw < 0 { 0 } else { u32::MAX });
                        tier.treatment.payment_term = Some(PaymentTerm::Days(days));
                    }
                },
            )),
            "terms" => Some(both(
                studio,
                &format!("{path}.terms"),
                label,
                true,
                move |policy| match of(policy, at).and_then(|own| own.payment_term.as_ref()) {
                    Some(PaymentTerm::Terms(terms)) => Some(terms),
                    _ => None,
                },
                move |policy| match policy
                    .tiers
                    .get_mut(at)
                    .and_then(|tier| tier.treatment.payment_term.as_mut())
                {
                    Some(PaymentTerm::Terms(terms)) => Some(terms),
                    _ => None,
                },
            )),
            _ => None,
        }
    };
    view! { <span class="fj-term">{how} {what} {wrong_at(studio, &format!("tiers.{at}.treatment"))}</span> }
}
