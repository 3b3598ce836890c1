//! A password that is shown this once.

use leptos::prelude::*;
use shared::dto::user::FirstPassword;

use crate::components::button::{Button, Weight};
use crate::components::copy::Copy;
use crate::components::dialog::Dialog;
use crate::t;

/// Shows it, to be copied and handed over.
#[component]
pub fn FirstPasswordDialog(first: FirstPassword, on_close: Callback<()>) -> impl IntoView {
    let (name, login) = (first.user.name.to_string(), first.user.login.to_string());
    let content = match first.password {
        Some(password) => view! {
            <p>{t!(users.first_text, name)}</p>
            <dl class="fj-titleblock">
                <div class="fj-titleblock__cell fj-titleblock__cell--wide">
                    <dt class="fj-titleblock__label">{t!(sign_in.login)}</dt>
                    <dd class="fj-titleblock__value fj-code">{login}</dd>
                </div>
                <div class="fj-titleblock__cell fj-titleblock__cell--wide">
                    <dt class="fj-titleblock__label">{t!(users.first_password)}</dt>
                    <dd class="fj-titleblock__value">
                        <Copy value=password />
                    </dd>
                </div>
            </dl>
        }
        .into_any(),
        None => view! { <p>{t!(users.first_gone, name)}</p> }.into_any(),
    };
    view! {
        <Dialog id="first" title=t!(users.first_title) on_close>
            <div class="fj-dialog__body">
                <div class="fj-stack">{content}</div>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(users.first_noted) weight=Weight::Primary on_press=on_close />
            </footer>
        </Dialog>
    }
}
