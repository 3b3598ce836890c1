//! The address of a link, shown this once: to be copied or scanned.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::share::{LinkRow, MadeLink};
use shared::problem::Code as Why;

use super::code::Code;
use crate::client;
use crate::components::button::{Button, Weight};
use crate::components::copy::Copy;
use crate::components::dialog::{Confirm, Dialog};
use crate::components::form::FormState;
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::toasts;
use crate::derive::problem::explain;
use crate::{say, t};

/// Shows the address.
#[component]
pub fn MadeDialog(
    made: MadeLink,
    /// Whether it replaces another.
    turned: bool,
    on_close: Callback<()>,
) -> impl IntoView {
    let locked = made.link.passcode;
    let origin = window().location().origin().unwrap_or_default();
    let content = match made.path {
        Some(path) => {
            let address = format!("{origin}{path}");
            view! {
                <Notice tone=NoticeTone::Warning title=t!(share.once) />
                <div class="fj-stack fj-stack--tight">
                    <h3>{t!(share.address)}</h3>
                    <Copy value=address.clone() />
                </div>
                <Code value=address />
                {locked.then(|| view! { <p>{t!(share.apart)}</p> })}
            }
            .into_any()
        }
        None => view! { <Notice tone=NoticeTone::Warning title=t!(share.gone) /> }.into_any(),
    };
    let title = move || if turned { say!(share.turned) } else { say!(share.made) };
    view! {
        <Dialog id="link-made" title on_close>
            <div class="fj-dialog__body fj-stack">{content}</div>
            <footer class="fj-dialog__footer">
                <Button label=t!(share.noted) weight=Weight::Primary on_press=on_close />
            </footer>
        </Dialog>
    }
}

/// Gives a link another address, after a question.
#[component]
pub fn Rotate(
    row: LinkRow,
    on_made: Callback<(MadeLink, bool)>,
    on_changed: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let state = FormState::new();
    let (path, version) = (format!("/links/{}/rotate", row.id), row.version);
    let yes = Callback::new(move |()| {
        let call = client::post(path.clone(), &serde_json::json!({})).if_match(version);
        state.begin();
        spawn_local(async move {
            state.end(match call.send::<MadeLink>().await {
                Ok(made) => {
                    on_made.try_run((made, true));
                    None
                }
                Err(error) if matches!(error.code(), Some(Why::VersionMismatch | Why::Conflict)) => {
                    on_changed.try_run(());
                    on_close.try_run(());
                    toasts::error(explain(&error));
                    None
                }
                Err(error) => Some(error),
            });
        });
    });
    let name = row.unit_name.to_string();
    view! {
        <Confirm
            id="link-rotate"
            title=t!(share.rotate_title)
            text=move || say!(share.rotate_text, name)
            yes=t!(share.rotate)
            state
            on_yes=yes
            on_close
        />
    }
}
