//! The general part of a policy: its name, how marks are meant, how much must be known.

use leptos::prelude::*;
use shared::grading::Marks;
use shared::number::{BasisPoints, Points};

use super::fields::{Slot, both, choose, figure, text, wrong_at};
use super::section::Section;
use super::store::Studio;
use crate::derive::policy_difference::Part;
use crate::derive::policy_figure::Figure;
use crate::{say, t};

/// A figure of points.
pub fn of_points(_: &shared::grading::Policy) -> Figure {
    Figure::Points
}

/// Raw points from a typed figure.
#[must_use]
pub fn points(raw: Option<i64>) -> Points {
    Points::clamped(raw.unwrap_or(0).into())
}

/// The section.
#[component]
pub fn General(studio: Studio) -> impl IntoView {
    let weights = studio.memo(|policy| matches!(policy.marks, Marks::Weights { .. }));
    let share = |_: &shared::grading::Policy| Figure::Of(shared::grading::Measure::Ratio);
    view! {
        <Section part=Part::Head>
            <div class="fj-form-grid">
                <div class="fj-field--full">
                    {both(
                        studio,
                        "title",
                        t!(studio.field.title),
                        false,
                        |policy| Some(&policy.title),
                        |policy| Some(&mut policy.title),
                    )}
                </div>
                {text(
                    studio,
                    Slot::named("document", t!(studio.field.document)),
                    |policy| policy.document.clone(),
                    |policy, typed| {
                        policy.document = typed.trim_start().to_owned();
                        Ok(())
                    },
                )}
                {figure(
                    studio,
                    Slot::named("evidence_floor", t!(studio.general.evidence_floor)),
                    share,
                    false,
                    |policy| Some(policy.evidence_floor.get()),
                    |policy, raw| policy.evidence_floor = BasisPoints::clamped(raw.unwrap_or(0).into()),
                )}
                {choose(
                    studio,
                    Slot::named("marks", t!(studio.field.marks)),
                    |_| {
                        vec![
                            ("weights".to_owned(), say!(studio.general.weights).to_owned()),
                            ("points".to_owned(), say!(studio.general.points).to_owned()),
                        ]
                    },
                    |policy| {
                        match policy.marks {
                            Marks::Weights { .. } => "weights",
                            Marks::Points => "points",
                        }
                        .to_owned()
                    },
                    |policy, chosen| {
                        policy.marks = if chosen == "points" { Marks::Points } else { Marks::default() };
                    },
                )}
                <Show when=move || weights.get()>
                    {figure(
                        studio,
                        Slot::named("marks.total", t!(studio.general.total)),
                        of_points,
                        false,
                        |policy| match policy.marks {
                            Marks::Weights { total } => Some(total.get()),
                            Marks::Points => None,
                        },
                        |policy, raw| policy.marks = Marks::Weights { total: points(raw) },
                    )}
                </Show>
                {figure(
                    studio,
                    Slot::named("score_floor", t!(studio.general.score_floor)),
                    of_points,
                    true,
                    |policy| policy.score_floor.map(Points::get),
                    |policy, raw| policy.score_floor = raw.map(|raw| points(Some(raw))),
                )}
                {figure(
                    studio,
                    Slot::named("score_ceiling", t!(studio.general.score_ceiling)),
                    of_points,
                    true,
                    |policy| policy.score_ceiling.map(Points::get),
                    |policy, raw| policy.score_ceiling = raw.map(|raw| points(Some(raw))),
                )}
            </div>
            {wrong_at(studio, "")}
        </Section>
    }
}
