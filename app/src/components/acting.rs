//! In whose name a page is used: the own, or that of somebody absent. The address says which.

use leptos::prelude::*;

use crate::derive::stand_ins::{Absent, InName};
use crate::{say, t};

/// The choice; nothing for whoever stands in for nobody today.
#[component]
pub fn ActingChoice(
    /// The page's address.
    base: String,
    /// In whose name it is used, and in whose it could be.
    name: InName,
) -> impl IntoView {
    let InName { now, others } = name;
    let own = now.is_none();
    let other = |absent: Absent| {
        let current = (now.as_ref() == Some(&absent)).then_some("page");
        let (href, name) = (format!("{base}?for={}", absent.stand_in), absent.name);
        view! {
            <a class="fj-tabs__tab" href=href aria-current=current>
                {move || say!(acting.other, name)}
            </a>
        }
    };
    let tabs = others.into_iter().map(other).collect::<Vec<_>>();
    (!tabs.is_empty()).then(|| {
        view! {
            <nav class="fj-tabs fj-no-print" aria-label=t!(acting.title)>
                <a class="fj-tabs__tab" href=base.clone() aria-current=own.then_some("page")>
                    {t!(acting.own)}
                </a>
                {tabs}
            </nav>
        }
    })
}
