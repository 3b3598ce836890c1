//! The policy in force, readable as the tables of the paper.

mod tables;

use leptos::prelude::*;

use crate::client::Answer;
use crate::components::button::Button;
use crate::components::load::Load;
use crate::contexts::i18n::lang;
use crate::contexts::policies::{self, Published};
use crate::derive::{format, sentences};
use crate::{say, t};
use tables::{Gates, Indicators, Tiers};

/// The page.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let data: LocalResource<Answer<Published>> = LocalResource::new(policies::current);
    view! {
        <div class="fj-page">
            <Load data let:published>
                <Body published />
            </Load>
        </div>
    }
}

#[component]
fn Body(published: Published) -> impl IntoView {
    let policy = published.clone();
    let title = move || sentences::local(lang(), &policy.policy.title).to_owned();
    Effect::new(|| document().set_title(&format!("{} · Fenji", say!(policy.title))));
    let summary = published.summary.clone();
    let by = move || match &summary.published_by {
        Some(name) => format!("{} {name}", format::moment(summary.published_at)),
        None => say!(policy.builtin).to_owned(),
    };
    let floor = format::percent(published.policy.evidence_floor);
    view! {
        <header class="fj-page-header">
            <div class="fj-page-header__row">
                <h1 class="fj-page-header__title">{title}</h1>
                <div class="fj-page-header__actions fj-no-print fj-not-phone">
                    <Button
                        label=t!(customer.print)
                        icon="print"
                        on_press=Callback::new(|()| {
                            window().print().ok();
                        })
                    />
                </div>
            </div>
        </header>
        <dl class="fj-titleblock">
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(policy.document)}</dt>
                <dd class="fj-titleblock__value fj-code">{published.policy.document.clone()}</dd>
            </div>
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(policy.version)}</dt>
                <dd class="fj-titleblock__value fj-num">{published.summary.version}</dd>
            </div>
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(policy.effective)}</dt>
                <dd class="fj-titleblock__value fj-num">{published.summary.effective_from.to_string()}</dd>
            </div>
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(policy.published)}</dt>
                <dd class="fj-titleblock__value">{by}</dd>
            </div>
            <div class="fj-titleblock__cell fj-titleblock__cell--wide">
                <dt class="fj-titleblock__label">{t!(policy.evidence_floor)}</dt>
                <dd class="fj-titleblock__value">{move || say!(policy.evidence_floor_text, floor)}</dd>
            </div>
        </dl>
        <div class="fj-stack fj-stack--loose">
            <Tiers published=published.clone() />
            <Indicators published=published.clone() />
            <Gates published />
        </div>
    }
}
