//! What one policy says otherwise than another, chapter by chapter.

use leptos::prelude::*;

use crate::contexts::i18n::lang;
use crate::derive::policy_difference::{Difference, Part};
use crate::t;

/// The differences under the headings of their chapters; one line when there are none.
#[component]
pub fn Differences(found: Vec<Difference>) -> impl IntoView {
    if found.is_empty() {
        return view! { <p>{t!(studio.diff.none)}</p> }.into_any();
    }
    let chapter = |part: Part| {
        let own: Vec<_> = found.iter().filter(|one| one.part == part).map(|one| one.text.clone()).collect();
        (!own.is_empty()).then(|| {
            let items = own.into_iter().map(|text| view! { <li class="fj-changes__item">{text}</li> });
            view! {
                <section class="fj-changes__part">
                    <h3 class="fj-changes__title">{move || part.name(lang())}</h3>
                    <ul class="fj-changes__list">{items.collect_view()}</ul>
                </section>
            }
        })
    };
    view! { <div class="fj-changes">{Part::ALL.into_iter().filter_map(chapter).collect_view()}</div> }
        .into_any()
}
