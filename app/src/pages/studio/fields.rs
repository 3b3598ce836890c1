//! The fields of the editor. Each reads one thing of the policy and puts it back; what is wrong with it
//! stands under it.
//!
//! A field works from the policy as it was when the field was entered: what follows from its value (the
//! points of another weight, the neighbour of another bound) follows from the last value typed and not
//! from every one on the way.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::grading::{Localized, Policy};

use super::store::Studio;
use crate::components::icon::{Icon, IconSize};
use crate::components::select::{Choice, options};
use crate::contexts::i18n::lang;
use crate::derive::policy_figure::Figure;
use crate::derive::policy_path::id_of;
use crate::derive::sentences::local;
use crate::say;

/// Where a field stands, and what it is called.
#[derive(Clone)]
pub struct Slot {
    /// Its path in the policy.
    pub path: String,
    /// Its name.
    pub label: TextProp,
    /// Whether the name is only for those who cannot see the column it stands in.
    pub hidden: bool,
}

impl Slot {
    /// A field with its name above it.
    pub fn named(path: impl Into<String>, label: impl Into<TextProp>) -> Self {
        Self { path: path.into(), label: label.into(), hidden: false }
    }

    /// A field of a table or a sentence.
    pub fn bare(path: impl Into<String>, label: impl Into<TextProp>) -> Self {
        Self { path: path.into(), label: label.into(), hidden: true }
    }
}

/// What is wrong at a path; empty markup while nothing is.
pub fn wrong_at(studio: Studio, path: &str) -> impl IntoView + use<> {
    let (wrong, id) = (studio.wrong(path), format!("{}-e", id_of(path)));
    move || {
        let all = wrong.get();
        (!all.is_empty()).then(|| {
            let lines = all.into_iter().map(|text| {
                view! {
                    <span class="fj-field__error">
                        <Icon name="alert" size=IconSize::Small />
                        <span>{text}</span>
                    </span>
                }
            });
            view! { <span class="fj-wrong" id=id.clone()>{lines.collect_view()}</span> }
        })
    }
}

/// The label, the control and what is wrong with it.
fn frame(studio: Studio, slot: &Slot, control: impl IntoView + 'static) -> AnyView {
    let (id, label) = (id_of(&slot.path), slot.label.clone());
    let class = if slot.hidden { "fj-visually-hidden" } else { "fj-field__label" };
    view! {
        <div class="fj-field">
            <label class=class for=id>
                {move || label.get()}
            </label>
            {control}
            {wrong_at(studio, &slot.path)}
        </div>
    }
    .into_any()
}

/// What a typed text makes of the policy, or why it cannot.
type Write = Arc<dyn Fn(&mut Policy, &str) -> Result<(), String> + Send + Sync>;

/// An input whose text a function reads from the policy and another writes into it.
fn typed(
    studio: Studio,
    slot: &Slot,
    class: &'static str,
    mode: Option<&'static str>,
    read: impl Fn(&Policy) -> String + Send + Sync + 'static,
    write: Write,
) -> AnyView {
    let (path, id) = (StoredValue::new(slot.path.clone()), id_of(&slot.path));
    let shown = studio.memo(read);
    // What was typed at a former visit and could not be taken is there again, and said again.
    let kept = studio.text(&slot.path);
    if let Some(kept) = &kept
        && let Err(fault) = write(&mut studio.now(), kept)
    {
        studio.unread.update(|unread| {
            unread.insert(slot.path.clone(), fault);
        });
    }
    let text = RwSignal::new(kept);
    let base = StoredValue::new(None::<Policy>);
    Effect::new(move |before: Option<u32>| {
        let count = studio.rewound.get();
        if before.is_some_and(|before| before != count) {
            text.set(None);
            base.set_value(None);
        }
        count
    });
    on_cleanup(move || {
        path.try_with_value(|path| studio.unread.try_update(|unread| unread.remove(path)));
    });
    let enter = move || {
        if base.with_value(Option::is_none) {
            base.set_value(Some(studio.now()));
        }
    };
    let take = move |given: String| {
        enter();
        let mut next = base.get_value().unwrap_or_else(|| studio.now());
        let path = path.get_value();
        match write(&mut next, &given) {
            Ok(()) => {
                studio.read(&path);
                studio.put(&path, next);
            }
            Err(fault) => studio.refuse(&path, &given, fault),
        }
        text.set(Some(given));
    };
    let leave = move || {
        base.set_value(None);
        studio.settle();
        if !studio.unread.with_untracked(|unread| path.with_value(|path| unread.contains_key(path))) {
            text.set(None);
        }
    };
    let (wrong, described) = (studio.wrong(&slot.path), format!("{id}-e"));
    let invalid = move || wrong.with(|wrong| !wrong.is_empty());
    view! {
        <input
            class=class
            id=id
            type="text"
            inputmode=mode
            autocomplete="off"
            spellcheck="false"
            aria-invalid=move || invalid().then_some("true")
            aria-describedby=move || invalid().then(|| described.clone())
            prop:value=move || text.get().unwrap_or_else(|| shown.get())
            on:focus=move |_| enter()
            on:blur=move |_| leave()
            on:input:target=move |event| take(event.target().value())
        />
    }
    .into_any()
}

/// A text. What it may not be, its `write` says.
pub fn text(
    studio: Studio,
    slot: Slot,
    read: impl Fn(&Policy) -> String + Send + Sync + 'static,
    write: impl Fn(&mut Policy, &str) -> Result<(), String> + Send + Sync + 'static,
) -> AnyView {
    let control = typed(studio, &slot, "fj-input", None, read, Arc::new(write));
    frame(studio, &slot, control)
}

/// A name in both languages, one above the other.
pub fn both(
    studio: Studio,
    path: &str,
    label: impl Into<TextProp>,
    hidden: bool,
    read: impl Fn(&Policy) -> Option<&Localized> + Clone + Send + Sync + 'static,
    write: impl Fn(&mut Policy) -> Option<&mut Localized> + Clone + Send + Sync + 'static,
) -> AnyView {
    let label = label.into();
    let one = |end: &'static str, code: &'static str| {
        let (label, read, write) = (label.clone(), read.clone(), write.clone());
        let named = move || {
            if end == "zh" {
                say!(studio.field.in_chinese, label.get())
            } else {
                say!(studio.field.in_english, label.get())
            }
        };
        let slot = Slot { path: format!("{path}.{end}"), label: TextProp::from(named), hidden };
        let pick = move |text: &Localized| if end == "zh" { text.zh.clone() } else { text.en.clone() };
        let control = typed(
            studio,
            &slot,
            "fj-input",
            None,
            move |policy| read(policy).map(pick).unwrap_or_default(),
            Arc::new(move |policy, typed| {
                if let Some(text) = write(policy) {
                    let typed = typed.trim_start().to_owned();
                    if end == "zh" { text.zh = typed } else { text.en = typed }
                }
                Ok(())
            }),
        );
        let control = view! {
            <span class="fj-tongue" lang=code>
                <span class="fj-tongue__mark" aria-hidden="true">
                    {if end == "zh" { "中" } else { "EN" }}
                </span>
                {control}
            </span>
        };
        frame(studio, &slot, control)
    };
    view! { <div class="fj-tongues">{one("zh", "zh-CN")} {one("en", "en")}</div> }.into_any()
}

/// A figure with its unit. Blank is nothing where that may be, and a fault otherwise.
pub fn figure(
    studio: Studio,
    slot: Slot,
    kind: impl Fn(&Policy) -> Figure + Copy + Send + Sync + 'static,
    optional: bool,
    read: impl Fn(&Policy) -> Option<i64> + Send + Sync + 'static,
    write: impl Fn(&mut Policy, Option<i64>) + Send + Sync + 'static,
) -> AnyView {
    let control = typed(
        studio,
        &slot,
        "fj-input fj-input--number",
        Some("decimal"),
        move |policy| read(policy).map(|raw| kind(policy).field(raw)).unwrap_or_default(),
        Arc::new(move |policy, text| {
            let kind = kind(policy);
            match kind.parse(text) {
                Ok(None) if !optional => Err(say!(problem.field.required).to_owned()),
                Ok(raw) => {
                    write(policy, raw);
                    Ok(())
                }
                Err(fault) => Err(kind.fault(lang(), fault)),
            }
        }),
    );
    let unit = move || studio.with(|policy| kind(policy).unit(lang()));
    let control = view! {
        <span class="fj-affix">
            {control}
            {move || {
                let unit = unit();
                (!unit.is_empty())
                    .then(|| view! { <span class="fj-affix__unit" aria-hidden="true">{unit}</span> })
            }}
        </span>
    };
    let label = slot.label.clone();
    let named = move || {
        let unit = unit();
        if unit.is_empty() { label.get().to_string() } else { say!(studio.field.in_unit, label.get(), unit) }
    };
    let slot = if slot.hidden { Slot { label: TextProp::from(named), ..slot } } else { slot };
    frame(studio, &slot, control)
}

/// A choice; every one is a step of its own.
pub fn choose(
    studio: Studio,
    slot: Slot,
    choices: impl Fn(&Policy) -> Vec<Choice> + Send + Sync + 'static,
    read: impl Fn(&Policy) -> String + Send + Sync + 'static,
    write: impl Fn(&mut Policy, &str) + Send + Sync + 'static,
) -> AnyView {
    let (path, id) = (slot.path.clone(), id_of(&slot.path));
    let value = studio.memo(read);
    let (wrong, described) = (studio.wrong(&slot.path), format!("{id}-e"));
    let invalid = move || wrong.with(|wrong| !wrong.is_empty());
    let choices = Memo::new(move |_| {
        let mut all = studio.with(&choices);
        let own = value.get();
        // What is not among the choices any more is shown as it is, for its mistake to be seen.
        if all.iter().all(|(key, _)| *key != own) {
            all.insert(0, (own.clone(), if own.is_empty() { "—".to_owned() } else { own }));
        }
        all
    });
    let control = view! {
        <span class="fj-select">
            <select
                class="fj-input"
                id=id
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=move || invalid().then(|| described.clone())
                on:change:target=move |event| {
                    let chosen = event.target().value();
                    studio.edit(&path, |policy| write(policy, &chosen));
                }
            >
                {move || options(choices.get(), value.into())}
            </select>
        </span>
    };
    frame(studio, &slot, control)
}

/// A yes or no.
pub fn tick(
    studio: Studio,
    slot: Slot,
    read: impl Fn(&Policy) -> bool + Send + Sync + 'static,
    write: impl Fn(&mut Policy, bool) + Send + Sync + 'static,
) -> AnyView {
    let (path, id, label) = (slot.path.clone(), id_of(&slot.path), slot.label.clone());
    let value = studio.memo(read);
    view! {
        <div class="fj-field">
            <label class="fj-check">
                <input
                    class="fj-check__box"
                    id=id
                    type="checkbox"
                    prop:checked=move || value.get()
                    on:change:target=move |event| {
                        let yes = event.target().checked();
                        studio.edit(&path, |policy| write(policy, yes));
                    }
                />
                <span class="fj-check__text">{move || label.get()}</span>
            </label>
            {wrong_at(studio, &slot.path)}
        </div>
    }
    .into_any()
}

/// The inputs of a policy to choose from.
#[must_use]
pub fn input_choices(policy: &Policy) -> Vec<Choice> {
    let named = |key: &shared::id::Key, name: &Localized| {
        let text = local(lang(), name);
        (key.to_string(), if text.is_empty() { key.to_string() } else { text.to_owned() })
    };
    let indicators = policy.indicators.iter().map(|one| named(&one.key, &one.name));
    indicators.chain(policy.facts.iter().map(|one| named(&one.key, &one.name))).collect()
}

/// The tiers of a policy to choose from.
#[must_use]
pub fn tier_choices(policy: &Policy) -> Vec<Choice> {
    policy.tiers.iter().map(|tier| (tier.key.to_string(), tier.key.to_string())).collect()
}

/// What is wrong with a text that is to be a key or a label.
#[must_use]
pub fn bad_text(bad: shared::id::BadText) -> String {
    use shared::id::BadText;
    match bad {
        BadText::Empty => say!(problem.field.required),
        BadText::TooLong(_) => say!(problem.field.too_long),
        BadText::Character(_) => say!(problem.field.character),
    }
    .to_owned()
}
