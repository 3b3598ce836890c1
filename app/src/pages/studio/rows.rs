//! Rows that can be moved and removed without dragging; the focus goes with the row.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::grading::Policy;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

use super::store::Studio;
use crate::components::icon::{Icon, IconSize};
use crate::derive::policy_edit::{shift, take_out};
use crate::say;

/// What a row of a list can do: the list's path, the row's place, how many there are, and its name.
#[derive(Clone)]
pub struct Row {
    /// The path of the list.
    pub list: String,
    /// The place of the row.
    pub at: usize,
    /// Its name, for the labels of its buttons.
    pub name: TextProp,
}

/// The buttons of a row: up, down, remove.
pub fn actions<T: 'static>(
    studio: Studio,
    row: Row,
    list: impl Fn(&mut Policy) -> Option<&mut Vec<T>> + Clone + Send + Sync + 'static,
    count: impl Fn(&Policy) -> usize + Send + Sync + 'static,
) -> AnyView {
    let remove = {
        let list = list.clone();
        move |policy: &mut Policy, at: usize| {
            if let Some(list) = list(policy) {
                take_out(list, at);
            }
        }
    };
    actions_with(studio, row, list, remove, count)
}

/// The same where taking a row out takes more than that.
pub fn actions_with<T: 'static>(
    studio: Studio,
    row: Row,
    list: impl Fn(&mut Policy) -> Option<&mut Vec<T>> + Clone + Send + Sync + 'static,
    remove: impl Fn(&mut Policy, usize) + Send + Sync + 'static,
    count: impl Fn(&Policy) -> usize + Send + Sync + 'static,
) -> AnyView {
    let Row { list: path, at, name } = row;
    let last = studio.memo(move |policy| count(policy).saturating_sub(1));
    let step = {
        let (path, name) = (path.clone(), name.clone());
        move |up: bool| {
            let said = name.get();
            studio.rearrange(&path, |policy| {
                if let Some(list) = list(policy) {
                    shift(list, at, up);
                }
            });
            let to = if up { at.saturating_sub(1) } else { at.saturating_add(1) };
            studio.told.set(say!(studio.row.moved, said, to + 1));
            let way = if up { "up" } else { "down" };
            focus_later(vec![
                button_id(&path, to, way),
                button_id(&path, to, if up { "down" } else { "up" }),
            ]);
        }
    };
    let (up, down) = (step.clone(), step);
    let throw = {
        let (path, name) = (path.clone(), name.clone());
        move || {
            let said = name.get();
            studio.rearrange(&path, |policy| remove(policy, at));
            studio.told.set(say!(studio.row.removed, said));
            let before = at.saturating_sub(1);
            focus_later(vec![
                button_id(&path, at, "remove"),
                button_id(&path, before, "remove"),
                format!("{path}-add"),
            ]);
        }
    };
    let labels = (name.clone(), name.clone(), name);
    view! {
        <span class="fj-row-actions">
            {button(&path, at, "up", "arrow-up", move || say!(studio.row.up, labels.0.get()), move || at == 0, up_press(up))}
            {button(
                &path,
                at,
                "down",
                "arrow-down",
                move || say!(studio.row.down, labels.1.get()),
                move || at >= last.get(),
                down_press(down),
            )}
            {button(&path, at, "remove", "trash", move || say!(studio.row.remove, labels.2.get()), || false, throw)}
        </span>
    }
    .into_any()
}

fn up_press(step: impl Fn(bool)) -> impl Fn() {
    move || step(true)
}

fn down_press(step: impl Fn(bool)) -> impl Fn() {
    move || step(false)
}

fn button_id(path: &str, at: usize, what: &str) -> String {
    format!("{path}.{at}-{what}")
}

fn button(
    path: &str,
    at: usize,
    what: &str,
    icon: &'static str,
    label: impl Fn() -> String + Send + Sync + 'static,
    disabled: impl Fn() -> bool + Send + Sync + 'static,
    press: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    let label = std::sync::Arc::new(label);
    let title = label.clone();
    view! {
        <button
            type="button"
            class="fj-icon-button fj-icon-button--small"
            id=button_id(path, at, what)
            aria-label=move || label()
            title=move || title()
            disabled=disabled
            on:click=move |_| press()
        >
            <Icon name=icon size=IconSize::Small />
        </button>
    }
    .into_any()
}

/// A button under a list that adds a row.
pub fn adder(
    studio: Studio,
    path: &str,
    label: impl Into<TextProp>,
    add: impl Fn(&mut Policy) + Send + Sync + 'static,
) -> AnyView {
    let (label, path, id) = (label.into(), path.to_owned(), format!("{path}-add"));
    view! {
        <div>
            <button
                type="button"
                class="fj-button fj-button--secondary fj-button--small"
                id=id
                on:click=move |_| studio.rearrange(&path, |policy| add(policy))
            >
                <Icon name="plus" />
                {move || label.get()}
            </button>
        </div>
    }
    .into_any()
}

/// Puts the focus on the first of some elements that is there and can take it, once the page is drawn.
pub fn focus_later(ids: Vec<String>) {
    gloo_timers::callback::Timeout::new(0, move || {
        for id in ids {
            let found =
                document().get_element_by_id(&id).and_then(|found| found.dyn_into::<HtmlElement>().ok());
            if let Some(found) = found.filter(|found| !found.has_attribute("disabled")) {
                open_around(&found);
                found.focus().ok();
                return;
            }
        }
    })
    .forget();
}

/// Opens everything folded around an element.
pub fn open_around(element: &HtmlElement) {
    let mut inner = element.parent_element();
    while let Some(fold) = inner.and_then(|inner| inner.closest("details").ok().flatten()) {
        fold.set_attribute("open", "").ok();
        inner = fold.parent_element();
    }
}
