//! Segments of customers, and the scoring that an indicator has for some of them alone.

use leptos::prelude::*;
use shared::id::Label;

use super::fields::{Slot, bad_text, both, text, wrong_at};
use super::rows::{Row, actions, adder};
use super::scoring::{At, ScoringEditor};
use super::section::Section;
use super::store::Studio;
use crate::components::icon::{Icon, IconSize};
use crate::contexts::i18n::lang;
use crate::derive::policy_difference::Part;
use crate::derive::policy_edit::{add_segment, rename_segment};
use crate::derive::sentences::local;
use crate::{say, t};

/// The section.
#[component]
pub fn SegmentsEditor(studio: Studio) -> impl IntoView {
    let count = studio.memo(|policy| policy.segments.len());
    let note = || view! { <p class="fj-panel__note">{t!(studio.segment.note)}</p> };
    view! {
        <Section part=Part::Segments note=note>
            {wrong_at(studio, "segments")}
            <ol class="fj-lines">
                <For each=move || 0..count.get() key=|at| *at let:at>
                    <OneSegment studio at />
                </For>
            </ol>
            {adder(studio, "segments", t!(studio.segment.add), add_segment)}
        </Section>
    }
}

#[component]
fn OneSegment(studio: Studio, at: usize) -> impl IntoView {
    let path = format!("segments.{at}");
    let key =
        studio.memo(move |policy| policy.segments.get(at).map(|one| one.key.to_string()).unwrap_or_default());
    let row = Row { list: "segments".to_owned(), at, name: (move || key.get()).into() };
    view! {
        <li class="fj-line">
            <div class="fj-line__key">
                {text(
                    studio,
                    Slot::named(format!("{path}.key"), t!(studio.field.key)),
                    move |policy| policy.segments.get(at).map(|one| one.key.to_string()).unwrap_or_default(),
                    move |policy, typed| {
                        let to = Label::parse(typed).map_err(bad_text)?;
                        if let Some(from) = policy.segments.get(at).map(|one| one.key.clone()) {
                            rename_segment(policy, &from, &to);
                        }
                        Ok(())
                    },
                )}
            </div>
            <div class="fj-line__main">
                {both(
                    studio,
                    &format!("{path}.name"),
                    t!(studio.field.name),
                    false,
                    move |policy| policy.segments.get(at).map(|one| &one.name),
                    move |policy| policy.segments.get_mut(at).map(|one| &mut one.name),
                )}
            </div>
            {actions(studio, row, |policy| Some(&mut policy.segments), |policy| policy.segments.len())}
            {wrong_at(studio, &path)}
        </li>
    }
}

/// The segments for which an indicator has scoring of its own, and buttons that give it to the others.
#[component]
pub fn OwnScorings(studio: Studio, indicator: usize) -> impl IntoView {
    let own = studio.memo(move |policy| {
        let one = policy.indicators.get(indicator);
        one.map(|one| one.by_segment.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
    });
    let others = studio.memo(move |policy| {
        let one = policy.indicators.get(indicator);
        let has = |key: &Label| one.is_some_and(|one| one.by_segment.contains_key(key));
        let lacking = policy.segments.iter().filter(|segment| !has(&segment.key));
        lacking.map(|segment| (segment.key.clone(), segment.name.clone())).collect::<Vec<_>>()
    });
    let path = format!("indicators.{indicator}.by_segment");
    let add = {
        let path = path.clone();
        move |(key, name): (Label, shared::grading::Localized)| {
            let path = path.clone();
            let shown = key.to_string();
            let label = move || {
                let own = local(lang(), &name);
                say!(studio.segment.own_for, if own.is_empty() { shown.as_str() } else { own })
            };
            let press = move |_| {
                studio.rearrange(&path, |policy| {
                    if let Some(one) = policy.indicators.get_mut(indicator) {
                        one.by_segment.insert(key.clone(), one.scoring.clone());
                    }
                });
            };
            view! {
                <button type="button" class="fj-button fj-button--quiet fj-button--small" on:click=press>
                    <Icon name="plus" />
                    {label}
                </button>
            }
        }
    };
    view! {
        <For each=move || own.get() key=Clone::clone let:segment>
            <OwnScoring studio indicator segment />
        </For>
        <div class="fj-cluster fj-cluster--tight">{move || others.get().into_iter().map(&add).collect_view()}</div>
        {wrong_at(studio, &path)}
    }
}

#[component]
fn OwnScoring(studio: Studio, indicator: usize, segment: Label) -> impl IntoView {
    let name = {
        let segment = segment.clone();
        studio.memo(move |policy| {
            policy.segments.iter().find(|one| one.key == segment).map(|one| one.name.clone())
        })
    };
    let shown = segment.to_string();
    let title = move || {
        let own = name.get().map(|name| local(lang(), &name).to_owned()).filter(|name| !name.is_empty());
        say!(policy.segment, own.unwrap_or_else(|| shown.clone()))
    };
    let at = At { indicator, segment: Some(segment.clone()) };
    let path = at.path();
    let press = move |_| {
        studio.rearrange(&path, |policy| {
            if let Some(one) = policy.indicators.get_mut(indicator) {
                one.by_segment.remove(&segment);
            }
        });
    };
    view! {
        <section class="fj-own">
            <header class="fj-cluster fj-cluster--between">
                <h3 class="fj-own__title">{title}</h3>
                <button type="button" class="fj-button fj-button--quiet fj-button--small" on:click=press>
                    <Icon name="trash" size=IconSize::Small />
                    {t!(studio.segment.drop)}
                </button>
            </header>
            <ScoringEditor studio at />
        </section>
    }
}
