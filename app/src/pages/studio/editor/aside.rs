//! Beside the chapters: the way to each of them, what is wrong, what has changed, a customer to try it on.

use leptos::prelude::*;

use super::sample::{Bench, SamplePanel};
use crate::components::differences::Differences;
use crate::components::icon::{Icon, IconSize};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::policy_difference::{Part, differences};
use crate::derive::policy_mistake::{explain, place};
use crate::derive::policy_path::{field_of, id_of, part_of};
use crate::pages::studio::rows::focus_later;
use crate::pages::studio::section::anchor;
use crate::pages::studio::store::Studio;
use crate::{say, t};

/// The whole column.
#[component]
pub fn Aside(studio: Studio, origin: Published, bench: Bench) -> impl IntoView {
    view! {
        <Problems studio />
        <SamplePanel bench />
        <Changes studio origin />
    }
}

/// Goes to the field at a path, or the nearest thing around it that is on the page.
pub fn jump(path: &str) {
    let mut ids = vec![id_of(&field_of(path))];
    let mut rest = path.to_owned();
    loop {
        ids.push(id_of(&rest));
        // A row has no control of its own; its first field stands for it.
        ids.extend(
            [".weight", ".key", ".name.zh", ".points", ".tier"].map(|end| id_of(&format!("{rest}{end}"))),
        );
        match rest.rsplit_once('.') {
            Some((outer, _)) => rest = outer.to_owned(),
            None => break,
        }
    }
    ids.push(anchor(part_of(path)).to_owned());
    focus_later(ids);
}

/// Everything that is wrong, each a way to its field.
#[component]
fn Problems(studio: Studio) -> impl IntoView {
    let count = Memo::new(move |_| studio.count());
    let listed = move || {
        let unread: Vec<(String, String)> = studio
            .unread
            .with(|unread| unread.iter().map(|(path, text)| (path.clone(), text.clone())).collect());
        let mistakes = studio.found.get().mistakes;
        let mistakes =
            mistakes.iter().map(|one| (one.path.clone(), studio.with(|policy| explain(lang(), policy, one))));
        let item = |(path, text): (String, String)| {
            let named = studio.with(|policy| place(lang(), policy, &path));
            view! {
                <li>
                    <button type="button" class="fj-problem" on:click=move |_| jump(&path)>
                        <span class="fj-problem__place">{named}</span>
                        <span class="fj-problem__text">{text}</span>
                    </button>
                </li>
            }
        };
        unread.into_iter().chain(mistakes).map(item).collect_view()
    };
    view! {
        <section class="fj-panel fj-panel--flush" id="problems" tabindex="-1" aria-labelledby="p-problems">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-problems">
                    {t!(studio.problems.title)}
                </h2>
                <p class="fj-panel__note" role="status">
                    {move || match count.get() {
                        0 => say!(studio.problems.none).to_owned(),
                        count => say!(studio.drafts.mistakes, count),
                    }}
                </p>
            </header>
            <Show when=move || count.get() != 0>
                <ul class="fj-problems">{listed}</ul>
            </Show>
        </section>
    }
}

/// What the draft says otherwise than the version it was begun from.
#[component]
fn Changes(studio: Studio, origin: Published) -> impl IntoView {
    let number = origin.summary.version;
    let found = Memo::new(move |_| studio.with(|policy| differences(lang(), &origin.policy, policy)));
    view! {
        <section class="fj-panel" aria-labelledby="p-changes">
            <details class="fj-panel__fold">
                <summary class="fj-panel__header">
                    <h2 class="fj-panel__title" id="p-changes">
                        {move || say!(studio.problems.changes, number)}
                    </h2>
                    <p class="fj-panel__note">{move || say!(studio.compare.count, found.with(Vec::len))}</p>
                    <Icon name="chevron-down" size=IconSize::Small />
                </summary>
                <div class="fj-panel__body">
                    {move || view! { <Differences found=found.get() /> }}
                </div>
            </details>
        </section>
    }
}

/// The chapters as they stand on the page: what is changed most comes first.
const ORDER: [Part; 8] = [
    Part::Indicators,
    Part::Gates,
    Part::Method,
    Part::Tiers,
    Part::Treatment,
    Part::Facts,
    Part::Segments,
    Part::Head,
];

/// The chapters, as a row of links.
#[component]
pub fn Contents() -> impl IntoView {
    let link = |part: Part| {
        view! {
            <li>
                <a class="fj-link fj-link--quiet" href=format!("#{}", anchor(part)) rel="external">
                    {move || part.name(lang())}
                </a>
            </li>
        }
    };
    view! {
        <nav class="fj-contents fj-no-print" aria-label=t!(studio.editor.contents)>
            <ul class="fj-contents__list">{ORDER.map(link).collect_view()}</ul>
        </nav>
    }
}
