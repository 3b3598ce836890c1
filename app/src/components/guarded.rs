//! A page that is not for everybody.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::permission::Action;

use super::empty::Empty;
use super::page_header::PageHeader;
use crate::contexts::session::{may, sees_units, use_session};
use crate::t;

/// The page, for those who may ever do what it is for; for all others that it is not for them, and nothing
/// is loaded. The Worker refuses by the same rule.
#[component]
pub fn Guarded(
    action: Action,
    /// Whether it is only for those who see the figures of whole units.
    #[prop(optional)]
    units: bool,
    /// The page's title.
    #[prop(into)]
    title: TextProp,
    children: Children,
) -> impl IntoView {
    let session = use_session();
    if may(&session, action) && (!units || sees_units(&session)) {
        return children().into_any();
    }
    view! {
        <div class="fj-page">
            <PageHeader title />
            <Empty icon="lock" title=t!(common.denied) text=t!(common.denied_text) />
        </div>
    }
    .into_any()
}
