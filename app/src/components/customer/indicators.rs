//! One bar and one sentence for each indicator.

use leptos::prelude::*;
use shared::grading::{Assessment, Input};
use shared::id::Label;

use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::measure::{points_short, style_percent};
use crate::derive::{format, sentences};

/// The lines of an assessment, in the order of the policy.
#[component]
pub fn Indicators(policy: Published, all: Assessment, segment: Option<Label>) -> impl IntoView {
    let greatest = policy.policy.indicators.iter().map(|one| one.weight.get()).max().unwrap_or(1);
    let item = move |line: shared::grading::Line| {
        let policy = policy.clone();
        let segment = segment.clone();
        let known = matches!(line.input, Input::Measured { .. } | Input::Judged { .. });
        let class = match line.input {
            Input::Measured { .. } => "fj-indicator fj-indicator--measured",
            Input::Judged { .. } => "fj-indicator fj-indicator--judged",
            Input::Missing => "fj-indicator fj-indicator--missing",
            Input::NotApplicable => "fj-indicator fj-indicator--na",
        };
        let name = {
            let (policy, key) = (policy.clone(), line.indicator.clone());
            move || sentences::name_of(lang(), &policy.policy, &key)
        };
        let points = if known { format::points(line.points) } else { "—".to_owned() };
        let (clause, input) = (line.clause.as_str().to_owned(), line.input.clone());
        let (value, span) =
            (style_percent(line.points.get(), line.weight.get()), style_percent(line.weight.get(), greatest));
        let weight = points_short(line.weight);
        let sentence = move || {
            let indicator = policy.policy.indicators.iter().find(|one| one.key == line.indicator);
            indicator.map(|one| sentences::line(lang(), one, segment.as_ref(), &line))
        };
        view! {
            <li class=class>
                <h3 class="fj-indicator__name">{name} " " <span class="fj-clause">{clause}</span></h3>
                <span class="fj-indicator__state">{move || sentences::state(lang(), &input)}</span>
                <span class="fj-indicator__points">
                    <b>{points}</b>
                    " / "
                    {weight}
                </span>
                <span class="fj-indicator__bar" style:--value=value style:--span=span>
                    <span class="fj-indicator__fill"></span>
                </span>
                <p class="fj-indicator__sentence">{sentence}</p>
            </li>
        }
    };
    view! { <ol class="fj-indicators">{all.lines.into_iter().map(item).collect_view()}</ol> }
}
