//! The picture of a scoring.

use leptos::prelude::*;
use shared::grading::{Measure, Scoring};

use crate::contexts::i18n::lang;
use crate::derive::policy_curve::{HEIGHT, WIDTH, curve};
use crate::t;

/// Points over values: steps, columns or a line. The table beside it says the same in figures.
#[component]
pub fn CurvePicture(measure: Measure, scoring: Scoring) -> impl IntoView {
    move || {
        let drawn = curve(lang(), measure, &scoring);
        let columns = drawn.columns.iter().map(|(x, width, top)| {
            let height = (drawn.zero - top).max(0);
            view! {
                <rect
                    class="fj-curve__column"
                    x=x.to_string()
                    y=top.to_string()
                    width=width.to_string()
                    height=height.to_string()
                />
            }
        });
        let dots = drawn.dots.iter().map(|dot| {
            let class = if dot.closed { "fj-curve__dot" } else { "fj-curve__dot fj-curve__dot--open" };
            view! { <circle class=class cx=dot.x.to_string() cy=dot.y.to_string() r="3" /> }
        });
        let ticks = drawn.ticks.iter().map(|tick| {
            let x = tick.at.to_string();
            view! {
                <line class="fj-curve__tick" x1=x.clone() x2=x.clone() y1=HEIGHT.to_string() y2=(HEIGHT + 4).to_string() />
                <text class="fj-curve__label" x=x y=(HEIGHT + 15).to_string() text-anchor="middle">
                    {tick.text.clone()}
                </text>
            }
        });
        let marks = drawn.marks.iter().map(|mark| {
            view! {
                <line class="fj-curve__mark" x1="0" x2=WIDTH.to_string() y1=mark.at.to_string() y2=mark.at.to_string() />
                <text class="fj-curve__label" x="-4" y=(mark.at + 4).to_string() text-anchor="end">
                    {mark.text.clone()}
                </text>
            }
        });
        let zero = drawn.zero.to_string();
        view! {
            <svg
                class="fj-curve"
                viewBox=format!("-34 0 {} {}", WIDTH + 50, HEIGHT + 20)
                role="img"
                aria-label=t!(studio.curve.label)
            >
                {marks.collect_view()}
                <line class="fj-curve__zero" x1="0" x2=WIDTH.to_string() y1=zero.clone() y2=zero />
                <line class="fj-curve__axis" x1="0" x2=WIDTH.to_string() y1=HEIGHT.to_string() y2=HEIGHT.to_string() />
                {ticks.collect_view()}
                {columns.collect_view()}
                <path class="fj-curve__line" d=drawn.path.clone() />
                {dots.collect_view()}
            </svg>
        }
    }
}
