//! The evaluation form (客户质量等级评定表) of one customer in one cycle: filled in on a phone, judged at a
//! desk, printed as the paper form looks.

pub mod bar;
pub mod desk;
pub mod fields;
mod head;
pub mod outcome;
pub mod paper;
mod paper_rows;
mod quarters;
mod reading;
pub mod step;
mod trail;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::dto::review::FormView;

use crate::client::{self, Answer};
use crate::components::customer::compare::Compare;
use crate::components::customer::indicators::Indicators;
use crate::components::load::Load;
use crate::contexts::policies::{self, Published};
use crate::derive::customer_compare::{Dated, of_form};
use crate::t;
use bar::Bar;
pub use desk::Desk;
use desk::Mode;
use fields::Fields;
use head::{Head, TitleBlock};
use outcome::{CreditPanel, GradePanel, ProposalPanel};
use paper::Paper;
use quarters::QuartersPanel;
use reading::ReadPanel;
pub use step::StepDialog;
use trail::TrailPanel;

/// The page.
#[component]
pub fn ReviewFormPage() -> impl IntoView {
    let params = use_params_map();
    let place = Memo::new(move |_| {
        params.with(|params| {
            let part = |name| params.get(name).unwrap_or_default();
            (part("cycle"), part("customer"))
        })
    });
    let data = LocalResource::new(move || {
        let (cycle, customer) = place.get();
        async move { load(&cycle, &customer).await }
    });
    view! {
        <div class="fj-page fj-page--wide">
            <Load data whole_page=true let:loaded>
                <Body loaded />
            </Load>
        </div>
    }
}

/// A form, its policy, and the year before with the policy of that.
type Loaded = (FormView, Published, Option<Dated>);

async fn load(cycle: &str, customer: &str) -> Answer<Loaded> {
    let view: FormView = client::get(format!("/reviews/{cycle}/forms/{customer}")).send().await?;
    let policy = policies::by_id(&view.cycle.policy).await?;
    let before = match view.before.clone() {
        Some(graded) => Some(Dated { policy: policies::by_id(&graded.policy).await?, graded }),
        None => None,
    };
    Ok((view, policy, before))
}

#[component]
fn Body(loaded: Loaded) -> impl IntoView {
    let (view, policy, before) = loaded;
    let before = StoredValue::new(before);
    let desk = Desk::new(view, policy);
    // Only whether it is read or written rebuilds the fields, so that no save takes the focus away.
    let reads = Memo::new(move |_| desk.mode.with(|mode| *mode == Mode::Read));
    view! {
        <Head desk before />
        <TitleBlock desk />
        {move || {
            if reads.get() {
                view! {
                    <div class="fj-split fj-no-print">
                        <div class="fj-split__main fj-stack fj-stack--loose">
                            <GradePanel desk />
                            <ProposalPanel desk />
                            <ReadPanel desk />
                            <Explained desk />
                            <ComparePanel desk before />
                        </div>
                        <div class="fj-split__aside fj-stack fj-stack--loose">
                            <CreditPanel desk />
                            <QuartersPanel desk />
                            <TrailPanel desk />
                        </div>
                    </div>
                }
                    .into_any()
            } else {
                view! {
                    <div class="fj-split fj-no-print">
                        <div class="fj-split__main fj-stack fj-stack--loose">
                            <Fields desk />
                            <Explained desk />
                            <ComparePanel desk before />
                        </div>
                        <div class="fj-split__aside fj-stack fj-stack--loose">
                            <GradePanel desk />
                            <ProposalPanel desk />
                            <CreditPanel desk />
                            <QuartersPanel desk />
                            <TrailPanel desk />
                        </div>
                    </div>
                }
                    .into_any()
            }
        }}
        <Bar desk />
        <StepDialog desk />
        <Paper desk before />
    }
}

/// One bar and one sentence for each indicator, following what is typed.
#[component]
fn Explained(desk: Desk) -> impl IntoView {
    let segment = desk.view.with_untracked(|view| view.ground.segment.clone());
    let lines = move || {
        let (policy, all) = (desk.policy.get_value(), desk.preview.get());
        view! { <Indicators policy all segment=segment.clone() /> }
    };
    view! {
        <section class="fj-panel" aria-labelledby="p-explained">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-explained">
                    {t!(review_form.explained)}
                </h2>
            </header>
            <div class="fj-panel__body">{lines}</div>
        </section>
    }
}

/// The year before beside this one, following what is typed.
#[component]
fn ComparePanel(desk: Desk, before: StoredValue<Option<Dated>>) -> impl IntoView {
    let table = move || {
        let graded = desk.view.with(|view| desk.preview.with(|all| of_form(view, all)));
        let now = Dated { graded, policy: desk.policy.get_value() };
        view! { <Compare before=before.get_value() now /> }
    };
    view! {
        <section class="fj-panel" aria-labelledby="p-compare">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-compare">
                    {t!(compare.title)}
                </h2>
            </header>
            <div class="fj-panel__body fj-stack">{table}</div>
        </section>
    }
}
