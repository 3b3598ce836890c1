//! That a unit is seen outside: a mark on it, and the way to share it or to look who may.

use leptos::prelude::*;
use shared::id::UnitId;
use shared::permission::Action;

use super::icon::{Icon, IconSize};
use crate::contexts::directory::is_shared;
use crate::contexts::session::{may, use_session};
use crate::t;

/// 已共享, as long as a public link shows the unit; for whoever may share it, with the way to its links.
#[component]
pub fn SharedMark(unit: UnitId) -> impl IntoView {
    let shares = may(&use_session(), Action::ShareUnit);
    let address = format!("/links?unit={unit}");
    let face = || {
        view! {
            <Icon name="globe" size=IconSize::Small />
            {t!(share.shared)}
        }
    };
    move || {
        is_shared(&unit).then(|| {
            if shares {
                view! {
                    <a class="fj-badge fj-badge--warning" href=address.clone()>
                        {face()}
                    </a>
                }
                .into_any()
            } else {
                view! { <span class="fj-badge fj-badge--warning">{face()}</span> }.into_any()
            }
        })
    }
}
