//! The inputs of a policy in panels, by kind: as the trial and the evaluation form ask for them.

use leptos::prelude::*;

use crate::contexts::i18n::lang;
use crate::derive::what_if::{Control, Group, groups};
use crate::texts;

/// A panel for each kind of input there is, with a view for each input.
#[component]
pub fn ControlPanels<F, V>(
    controls: Vec<Control>,
    /// Whether the inputs stand apart by themselves; sliders do by their own lines.
    #[prop(optional)]
    apart: bool,
    children: F,
) -> impl IntoView
where
    F: Fn(Control) -> V,
    V: IntoView + 'static,
{
    let class = if apart { "fj-panel__body fj-stack fj-stack--loose" } else { "fj-panel__body" };
    let panel = |(group, of): (Group, Vec<Control>)| {
        let title = match group {
            Group::Measured => texts::what_if::measured,
            Group::Judged => texts::what_if::judged,
            Group::Facts => texts::what_if::facts,
        };
        view! {
            <section class="fj-panel">
                <header class="fj-panel__header">
                    <h2 class="fj-panel__title">{move || title(lang())}</h2>
                </header>
                <div class=class>{of.into_iter().map(&children).collect_view()}</div>
            </section>
        }
    };
    groups(controls).into_iter().map(panel).collect_view()
}
