//! A button with a menu under it.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use web_sys::wasm_bindgen::JsCast;

use super::icon::Icon;

/// What a menu's items need to close it.
#[derive(Debug, Clone, Copy)]
struct MenuOpen(RwSignal<bool>);

/// A menu: the button's content is `face`, the items are the children.
#[component]
pub fn Menu(
    id: &'static str,
    button_class: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] face: ViewFn,
    /// What stands above the items and is none.
    #[prop(optional, into)]
    head: Option<ViewFn>,
    /// While what was chosen is being done.
    #[prop(optional, into)]
    busy: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let name = label.clone();
    provide_context(MenuOpen(open));
    // A press anywhere else closes it; a press on an item has done its work by then.
    let outside = window_event_listener(leptos::ev::click, move |event| {
        let inside = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest(&format!("[aria-controls={id}], #{id}")).ok().flatten())
            .is_some();
        if !inside {
            open.try_set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let keys = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get_untracked() => {
            open.set(false);
            focus(id, Step::Button);
        }
        "ArrowDown" if open.get_untracked() => {
            event.prevent_default();
            focus(id, Step::Next);
        }
        "ArrowUp" if open.get_untracked() => {
            event.prevent_default();
            focus(id, Step::Back);
        }
        _ => {}
    };
    view! {
        <div class="fj-menu" on:keydown=keys>
            <button
                type="button"
                class=button_class
                aria-label=move || label.get()
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=id
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {face.run()}
            </button>
            <div class="fj-menu__popup" id=id hidden=move || !open.get()>
                {head.map(|head| head.run())}
                <div role="menu" aria-label=move || name.get()>
                    {children()}
                </div>
            </div>
        </div>
    }
}

/// One thing to choose.
#[component]
pub fn MenuItem(
    icon: &'static str,
    #[prop(into)] label: TextProp,
    on_press: Callback<()>,
    #[prop(optional)] danger: bool,
) -> impl IntoView {
    let open = use_context::<MenuOpen>();
    view! {
        <button
            type="button"
            class="fj-menu__item"
            class:fj-menu__item--danger=danger
            role="menuitem"
            on:click=move |_| {
                if let Some(MenuOpen(open)) = open {
                    open.set(false);
                }
                on_press.run(());
            }
        >
            <Icon name=icon />
            <span class="fj-nowrap">{move || label.get()}</span>
        </button>
    }
}

/// Puts the focus on the button of a menu, from something near it that goes away.
pub fn focus_button(id: &str) {
    focus(id, Step::Button);
}

enum Step {
    Button,
    Next,
    Back,
}

/// Moves the focus inside the menu of an id.
fn focus(id: &str, step: Step) {
    let html = |node: web_sys::Node| node.dyn_into::<web_sys::HtmlElement>().ok();
    if matches!(step, Step::Button) {
        if let Ok(Some(button)) = document().query_selector(&format!("[aria-controls={id}]"))
            && let Ok(button) = button.dyn_into::<web_sys::HtmlElement>()
        {
            button.focus().ok();
        }
        return;
    }
    let Ok(items) = document().query_selector_all(&format!("#{id} [role=menuitem]")) else { return };
    let items: Vec<_> = (0..items.length()).filter_map(|at| items.item(at).and_then(html)).collect();
    let active = document().active_element();
    let at = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
    let target = match (at, step) {
        (None, Step::Back) => items.last(),
        (None, _) => items.first(),
        (Some(at), Step::Back) => items.get(at.wrapping_sub(1)).or_else(|| items.last()),
        (Some(at), _) => items.get(at + 1).or_else(|| items.first()),
    };
    if let Some(item) = target {
        item.focus().ok();
    }
}
