//! The policy as JSON: out as a file, in from a file or pasted, with everything that is not as it should
//! be, each with its place.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::grading::{Mistake, Policy, parse};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::i18n::lang;
use crate::contexts::toasts;
use crate::derive::policy_mistake::explain;
use crate::download::save_text;
use crate::pages::studio::store::Studio;
use crate::{say, t};

/// Hands the policy to the person as a file.
pub fn download(policy: &Policy) {
    // A policy always serialises: texts, integers and lists.
    let text = serde_json::to_string_pretty(policy).unwrap_or_default();
    if save_text(&text, "policy.json").is_err() {
        toasts::error(say!(studio.exchange.not_saved).to_owned());
    }
}

/// The dialog.
#[component]
pub fn Exchange(studio: Studio, on_close: Callback<()>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(Vec::<Mistake>::new());
    let take = move |given: String| match parse(&given) {
        Ok(policy) => {
            studio.rearrange("", |own| *own = policy);
            toasts::success(say!(studio.exchange.taken));
            on_close.run(());
        }
        Err(mistakes) => wrong.set(mistakes),
    };
    let read = move |file: File| {
        spawn_local(async move {
            let content = JsFuture::from(file.text()).await.ok().and_then(|content| content.as_string());
            let content = content.unwrap_or_default();
            text.try_set(content.clone());
            take(content);
        });
    };
    let problems = move || {
        let all = wrong.get();
        (!all.is_empty()).then(|| {
            let line = |mistake: &Mistake| {
                let said = studio.with(|policy| explain(lang(), policy, mistake));
                let path = mistake.path.clone();
                view! {
                    <li>
                        {(!path.is_empty()).then(|| view! { <code class="fj-code">{path}</code> " " })} {said}
                    </li>
                }
            };
            let lines = all.iter().take(50).map(line).collect_view();
            let count = all.len();
            view! {
                <Notice tone=NoticeTone::Error title=move || say!(studio.exchange.wrong, count)>
                    <ul class="fj-plain-list">{lines}</ul>
                </Notice>
            }
        })
    };
    view! {
        <Dialog id="exchange" title=t!(studio.exchange.title) on_close>
            <div class="fj-dialog__body fj-stack">
                <section class="fj-stack fj-stack--tight">
                    <h3>{t!(studio.exchange.out)}</h3>
                    <div>
                        <Button
                            label=t!(studio.exchange.download)
                            icon="download"
                            on_press=Callback::new(move |()| download(&studio.now()))
                        />
                    </div>
                </section>
                <section class="fj-stack fj-stack--tight">
                    <h3>{t!(studio.exchange.into)}</h3>
                    <p class="fj-muted">{t!(studio.exchange.note)}</p>
                    {problems}
                    <div class="fj-field">
                        <label class="fj-field__label" for="exchange-file">
                            {t!(studio.exchange.file)}
                        </label>
                        <input
                            class="fj-input"
                            id="exchange-file"
                            type="file"
                            accept=".json,application/json"
                            on:change:target=move |event| {
                                let input = event.target();
                                if let Some(file) = input.files().and_then(|files| files.get(0)) {
                                    read(file);
                                }
                                // So that the same file can be chosen again after it was corrected.
                                input.set_value("");
                            }
                        />
                    </div>
                    <div class="fj-field">
                        <label class="fj-field__label" for="exchange-text">
                            {t!(studio.exchange.paste)}
                        </label>
                        <textarea
                            class="fj-input fj-input--area fj-code"
                            id="exchange-text"
                            rows="6"
                            spellcheck="false"
                            prop:value=move || text.get()
                            on:input:target=move |event| text.set(event.target().value())
                        ></textarea>
                    </div>
                </section>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Button
                    label=t!(studio.exchange.take)
                    weight=Weight::Primary
                    disabled=Signal::derive(move || text.with(|text| text.trim().is_empty()))
                    on_press=Callback::new(move |()| take(text.get_untracked()))
                />
            </footer>
        </Dialog>
    }
}
