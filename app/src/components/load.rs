//! The three states of everything that is loaded: coming, refused or failed, there.

use leptos::prelude::*;
use shared::problem::Code;

use super::button::Button;
use super::empty::Empty;
use super::skeleton::SkeletonRows;
use crate::client::{Answer, ApiError};
use crate::derive::problem::explain;
use crate::t;

/// Shows what a resource brought, a skeleton until then, and the failure with a way to try again.
/// While it is loaded anew, what was there stays.
#[component]
pub fn Load<T, F, V>(
    data: LocalResource<Answer<T>>,
    /// What to show meanwhile; rows when absent.
    #[prop(optional, into)]
    meanwhile: Option<ViewFn>,
    /// Whether it brings the page's heading: then a failure has to.
    #[prop(optional)]
    whole_page: bool,
    children: F,
) -> impl IntoView
where
    T: Clone + 'static,
    F: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let retry = Callback::new(move |()| data.refetch());
    move || match data.get() {
        None => meanwhile.as_ref().map_or_else(|| view! { <SkeletonRows /> }.into_any(), ViewFn::run),
        Some(Err(error)) => view! { <Failure error retry whole_page /> }.into_any(),
        Some(Ok(value)) => children(value).into_any(),
    }
}

/// Why there is nothing, and what to do.
#[component]
pub fn Failure(error: ApiError, retry: Callback<()>, #[prop(optional)] whole_page: bool) -> impl IntoView {
    match error.code() {
        Some(Code::Forbidden) => {
            view! { <Empty icon="lock" title=t!(common.denied) text=t!(common.denied_text) whole_page /> }
                .into_any()
        }
        Some(Code::NotFound) => view! {
            <Empty icon="search" title=t!(common.not_found) text=t!(common.not_found_text) whole_page>
                <a class="fj-button fj-button--secondary" href="/">
                    {t!(common.to_start)}
                </a>
            </Empty>
        }
        .into_any(),
        _ => {
            let icon = if error == ApiError::Offline { "offline" } else { "alert" };
            view! {
                <Empty icon title=t!(common.load_failed) text=move || explain(&error) whole_page>
                    <Button label=t!(common.retry) icon="refresh" on_press=retry />
                </Empty>
            }
            .into_any()
        }
    }
}
