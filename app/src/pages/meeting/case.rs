//! A customer's case on the table, large enough for the back of a room: whose it is, the three grades and why
//! they disagree, what was said, the score with its gates and indicators, the credit.

use leptos::prelude::*;
use shared::dto::review::FormView;
use shared::id::{CustomerId, Label};
use shared::review::Stage;

use super::decide::Decisions;
use super::room::Room;
use crate::client::{self, Answer};
use crate::components::button::IconButton;
use crate::components::customer::grade_words;
use crate::components::customer::indicators::Indicators;
use crate::components::icon::{Icon, IconSize};
use crate::components::load::Load;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::i18n::lang;
use crate::derive::look::Look;
use crate::derive::meeting::{Grades, beside, why};
use crate::derive::review_words;
use crate::pages::review_form::desk::{Desk, Mode};
use crate::pages::review_form::fields::Fields;
use crate::pages::review_form::outcome::{CreditPanel, GradePanel, ProposalPanel};
use crate::pages::review_form::step::StepDialog;
use crate::{say, t};

async fn load(path: String) -> Answer<FormView> {
    client::get(path).send().await
}

/// The case of a customer.
#[component]
pub fn Case(room: Room, customer: CustomerId) -> impl IntoView {
    let path = format!("/reviews/{}/forms/{customer}", room.cycle());
    let data = LocalResource::new(move || load(path.clone()));
    view! {
        <Load data let:view>
            <OnTable room view />
        </Load>
    }
}

#[component]
fn OnTable(room: Room, view: FormView) -> impl IntoView {
    let desk = Desk::new(view, room.policy.get_value());
    Effect::new(move |before: Option<(Stage, i64)>| {
        let now = desk.view.with(|view| (view.form.state.stage(), view.version));
        if let Some(before) = before
            && before != now
        {
            let view = desk.view.get_untracked();
            room.moved(&view, before.0);
        }
        now
    });
    let reads = Memo::new(move |_| desk.mode.with(|mode| *mode == Mode::Read));
    view! {
        <article class="fj-case" aria-labelledby="form-name">
            <CaseHead room desk />
            <ThreeGrades desk />
            {move || {
                if reads.get() {
                    view! {
                        <ProposalPanel desk />
                        <GradePanel desk />
                        <CreditPanel desk />
                        <Explained desk />
                    }
                        .into_any()
                } else {
                    view! { <Fields desk /> }.into_any()
                }
            }}
            <Decisions room desk />
            <StepDialog desk />
        </article>
    }
}

/// Whose case it is, and the way to the ones beside it.
#[component]
fn CaseHead(room: Room, desk: Desk) -> impl IntoView {
    let view = desk.view.get_untracked();
    let (name, code) = (view.name.to_string(), view.code.to_string());
    let (unit, rep) = (view.form.unit.clone(), view.form.rep.clone());
    let rep = move || rep.as_ref().map_or_else(|| say!(customer.no_rep).to_owned(), rep_name);
    let stage = move || review_words::stage(desk.view.with(|view| view.form.state.stage()));
    view! {
        <header class="fj-case__head">
            <div class="fj-case__title">
                <h2 class="fj-case__name" id="form-name" tabindex="-1">
                    {name}
                </h2>
                <p class="fj-case__meta">
                    <span class="fj-code">{code}</span>
                    <span>{move || unit_name(&unit)}</span>
                    <span>{rep}</span>
                    <span class="fj-badge">{stage}</span>
                </p>
            </div>
            <Neighbours room />
        </header>
    }
}

/// To the case before and after.
#[component]
pub fn Neighbours(room: Room) -> impl IntoView {
    let step = move |back: bool| {
        Callback::new(move |()| {
            let to = untrack(|| room.at.with(|at| beside(&room.order(), at.as_ref(), back)));
            if let Some(place) = to {
                room.show(place);
            }
        })
    };
    let place = move || {
        let order = room.order();
        let at = room.at.with(|at| at.as_ref().and_then(|at| order.iter().position(|one| one == at)));
        at.map(|at| say!(meeting.place, at + 1, order.len()))
    };
    view! {
        <nav class="fj-cluster fj-cluster--tight fj-no-print" aria-label=t!(meeting.agenda)>
            <IconButton label=t!(meeting.previous) name="chevron-left" on_press=step(true) />
            <span class="fj-num fj-muted">{place}</span>
            <IconButton label=t!(meeting.following) name="chevron-right" on_press=step(false) />
        </nav>
    }
}

/// What the policy yields, what is on the table, what was, and why they disagree.
#[component]
fn ThreeGrades(desk: Desk) -> impl IntoView {
    let policy = desk.policy.get_value();
    let computed = Memo::new(move |_| desk.preview.with(|all| (all.tier.clone(), all.provisional)));
    let table = Memo::new(move |_| {
        desk.view.with(|view| (view.form.state.grade().cloned(), view.form.state.decision().is_some()))
    });
    let last = desk.view.with_untracked(|view| view.last.clone());
    let stamp = {
        let policy = policy.clone();
        move |grade: Option<Label>, provisional: bool| {
            let look = Look::of(&policy.policy.tiers, grade.as_ref());
            let label = {
                let grade = grade.clone();
                move || grade_words(grade.as_ref(), provisional)
            };
            view! { <Stamp size=StampSize::L tier=grade.map(String::from) look provisional label /> }
        }
    };
    let (of_policy, of_table, of_last) = (stamp.clone(), stamp.clone(), stamp);
    let reasons = {
        let (policy, last) = (policy.clone(), last.clone());
        move || {
            let (computed, table) = (computed.get().0, table.get().0);
            let of = Grades { computed: computed.as_ref(), table: table.as_ref(), last: last.as_ref() };
            let mut said = why(lang(), &policy.policy, of);
            // Refused, nothing is on the table that could disagree.
            if desk.view.with(|view| view.form.state.stage() == Stage::Refused) {
                said.insert(0, review_words::stage(Stage::Refused).to_owned());
            }
            if said.is_empty() {
                return view! {
                    <p class="fj-case__agrees">
                        <Icon name="check" size=IconSize::Small />
                        {if last.is_some() { say!(meeting.why.none) } else { say!(meeting.why.no_last) }}
                    </p>
                }
                .into_any();
            }
            let line = |text: String| view! { <li>{text}</li> };
            view! {
                <ul class="fj-case__why" aria-label=t!(meeting.why.title)>
                    {said.into_iter().map(line).collect_view()}
                </ul>
            }
            .into_any()
        }
    };
    let on_table =
        move || if table.get().1 { say!(meeting.grades.decided) } else { say!(meeting.grades.proposed) };
    view! {
        <section class="fj-panel fj-panel--sheet">
            <div class="fj-panel__body fj-case__grades">
                <dl class="fj-case__stamps">
                    <div>
                        <dt>{t!(meeting.grades.computed)}</dt>
                        <dd>{move || { let (grade, provisional) = computed.get(); of_policy(grade, provisional) }}</dd>
                    </div>
                    <div>
                        <dt>{on_table}</dt>
                        <dd>{move || of_table(table.get().0, false)}</dd>
                    </div>
                    <div>
                        <dt>{t!(meeting.grades.last)}</dt>
                        <dd>{of_last(last, false)}</dd>
                    </div>
                </dl>
                {reasons}
            </div>
        </section>
    }
}

/// One bar and one sentence for each indicator.
#[component]
fn Explained(desk: Desk) -> impl IntoView {
    let segment = desk.view.with_untracked(|view| view.ground.segment.clone());
    let lines = move || {
        let (policy, all) = (desk.policy.get_value(), desk.preview.get());
        view! { <Indicators policy all segment=segment.clone() /> }
    };
    view! {
        <section class="fj-panel" aria-labelledby="case-explained">
            <header class="fj-panel__header">
                <h3 class="fj-panel__title" id="case-explained">
                    {t!(meeting.decide.explained)}
                </h3>
            </header>
            <div class="fj-panel__body">{lines}</div>
        </section>
    }
}
