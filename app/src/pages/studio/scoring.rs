//! How one input becomes points: the kind, its picture, and the table or the figures of that kind.

mod bands;
pub mod figures;
mod levels;

use leptos::prelude::*;
use shared::grading::{Measure, Policy, Scoring};
use shared::id::Label;

use super::fields::{Slot, choose, wrong_at};
use super::indicators::kind_choices;
use super::store::Studio;
use crate::components::curve::CurvePicture;
use crate::derive::policy_figure::Figure;
use crate::derive::policy_scoring::{Kind, converted};
use crate::t;

/// Which scoring: an indicator's own, or that of one of its segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// The indicator's place.
    pub indicator: usize,
    /// The segment; absent for the common scoring.
    pub segment: Option<Label>,
}

impl At {
    /// Its path in the policy.
    #[must_use]
    pub fn path(&self) -> String {
        match &self.segment {
            None => format!("indicators.{}.scoring", self.indicator),
            Some(segment) => format!("indicators.{}.by_segment.{segment}", self.indicator),
        }
    }

    /// The scoring.
    #[must_use]
    pub fn get<'a>(&self, policy: &'a Policy) -> Option<&'a Scoring> {
        let indicator = policy.indicators.get(self.indicator)?;
        match &self.segment {
            None => Some(&indicator.scoring),
            Some(segment) => indicator.by_segment.get(segment),
        }
    }

    /// The scoring, to be changed.
    pub fn get_mut<'a>(&self, policy: &'a mut Policy) -> Option<&'a mut Scoring> {
        let indicator = policy.indicators.get_mut(self.indicator)?;
        match &self.segment {
            None => Some(&mut indicator.scoring),
            Some(segment) => indicator.by_segment.get_mut(segment),
        }
    }

    /// The measure of its values.
    #[must_use]
    pub fn measure(&self, policy: &Policy) -> Measure {
        policy.indicators.get(self.indicator).map_or(Measure::Count, |one| one.measure)
    }
}

/// What a figure of an indicator counts; its place is all that a field needs to know.
fn value_of(indicator: usize) -> impl Fn(&Policy) -> Figure + Copy + Send + Sync + 'static {
    move |policy| Figure::Of(policy.indicators.get(indicator).map_or(Measure::Count, |one| one.measure))
}

/// The editor of a scoring.
#[component]
pub fn ScoringEditor(studio: Studio, at: At) -> impl IntoView {
    let path = at.path();
    let kind = {
        let at = at.clone();
        studio.memo(move |policy| at.get(policy).map(Kind::of))
    };
    let indicator = at.indicator;
    let (read, write) = (at.clone(), at.clone());
    let drawn = {
        let at = at.clone();
        studio.memo(move |policy| at.get(policy).map(|scoring| (at.measure(policy), scoring.clone())))
    };
    let label = t!(studio.field.kind);
    let body = {
        let at = at.clone();
        move || match kind.get() {
            None => ().into_any(),
            Some(Kind::Bands) => view! { <bands::BandsEditor studio at=at.clone() /> }.into_any(),
            Some(Kind::Levels) => view! { <levels::LevelsEditor studio at=at.clone() /> }.into_any(),
            Some(Kind::Linear) => figures::linear(studio, &at),
            Some(Kind::Target) => view! { <figures::TargetEditor studio at=at.clone() /> }.into_any(),
            Some(Kind::Best) => figures::best(studio, &at),
            Some(Kind::Growth) => figures::growth(studio, &at),
        }
    };
    view! {
        <div class="fj-scoring">
            <div class="fj-scoring__head">
                {choose(
                    studio,
                    Slot::named(path, label),
                    move |policy| kind_choices(policy, indicator),
                    move |policy| read.get(policy).map(|scoring| Kind::of(scoring).code().to_owned()).unwrap_or_default(),
                    move |policy, chosen| {
                        let (Some(kind), Some(own)) = (Kind::from_code(chosen), policy.indicators.get(indicator).cloned())
                        else {
                            return;
                        };
                        if let Some(scoring) = write.get_mut(policy) {
                            *scoring = converted(&own, scoring, kind);
                        }
                    },
                )}
            </div>
            <div class="fj-scoring__picture">
                {move || drawn.get().map(|(measure, scoring)| view! { <CurvePicture measure scoring /> })}
            </div>
            <div class="fj-scoring__body">{body}</div>
        </div>
    }
}

/// What is wrong with a whole list of a scoring.
fn list_wrong(studio: Studio, at: &At, list: &str) -> impl IntoView + use<> {
    wrong_at(studio, &format!("{}.{list}", at.path()))
}
