//! A form in a list.

use leptos::prelude::*;
use shared::calendar::Date;
use shared::dto::review::FormRow;
use shared::id::CycleId;

use crate::components::customer::grade_words;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::policies::Published;
use crate::derive::format;
use crate::derive::look::Look;
use crate::derive::review_words;
use crate::{say, t};

/// The grade on the table, or the computed one while nobody has proposed any; whose form it is; where it
/// stands; and what to look at.
#[component]
pub fn Line(
    row: FormRow,
    cycle: CycleId,
    policy: Published,
    /// What can be done with it here.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let href = format!("/reviews/{cycle}/forms/{}", row.customer);
    let (unit, rep, stage) = (row.unit.clone(), row.rep.clone(), row.stage);
    let grade = row.grade.clone().or_else(|| row.computed.clone());
    let provisional = row.provisional && row.grade.is_none();
    let look = Look::of(&policy.policy.tiers, grade.as_ref());
    let label = {
        let grade = grade.clone();
        move || grade_words(grade.as_ref(), provisional)
    };
    let score = row.score.filter(|_| row.computed.is_some());
    let since = Date::at(row.since).ok();
    let flags = flags(&row);
    view! {
        <li class="fj-row">
            <a class="fj-row__link fj-row__link--form" href=href>
                <Stamp size=StampSize::M tier=grade.map(String::from) look provisional label />
                <span class="fj-row__main">
                    <span class="fj-row__name">{row.name.to_string()}</span>
                    <span class="fj-row__sub">
                        <span class="fj-code">{row.code.to_string()}</span>
                        <span>{move || unit_name(&unit)}</span>
                        {rep.map(|rep| view! { <span>{move || rep_name(&rep)}</span> })}
                    </span>
                </span>
                <span class="fj-row__figure">
                    <span class="fj-badge">{move || review_words::stage(stage)}</span>
                    " "
                    <span class="fj-row__unit">{move || since.map(|since| say!(review.since, since))}</span>
                </span>
                <span class="fj-row__score">
                    <span class="fj-row__points">{score.map_or_else(|| "—".to_owned(), format::points)}</span>
                </span>
                <span class="fj-row__flags">{flags}</span>
            </a>
            {children.map(|children| view! { <div class="fj-row__actions">{children()}</div> })}
        </li>
    }
}

/// What asks for attention: a proposal that is not the computed grade, a grade that is not last year's,
/// too little evidence, a form that came back.
fn flags(row: &FormRow) -> impl IntoView + use<> {
    let (computed, grade, last) = (row.computed.clone(), row.grade.clone(), row.last.clone());
    let proposed = grade.clone().filter(|grade| computed.as_ref().is_some_and(|computed| computed != grade));
    let now = grade.or_else(|| computed.clone());
    let moved = last.zip(now).filter(|(last, now)| last != now);
    view! {
        {proposed
            .zip(computed.clone())
            .map(|(grade, computed)| {
                view! {
                    <span class="fj-flag fj-flag--missing">{move || say!(review.differs, computed, grade)}</span>
                }
            })}
        {moved
            .map(|(last, now)| {
                view! { <span class="fj-flag">{move || say!(review.moved, last, now)}</span> }
            })}
        {computed
            .is_none()
            .then(|| view! { <span class="fj-flag fj-flag--missing">{t!(customers.lacking)}</span> })}
        {(row.round > 1)
            .then(|| view! { <span class="fj-flag fj-flag--provisional">{t!(review.came_back)}</span> })}
    }
}
