//! The trial (试算): sliders, numbers and levels that regrade at every move, here in the browser.
//! Nothing of it is sent or saved; what was moved is remembered on this device.

use leptos::prelude::*;
use shared::dto::figures::YearDetail;
use shared::grading::{Assessment, Change, Cohort, Input, grade};

use super::address;
use crate::components::button::{Button, Weight};
use crate::components::customer::gates::Gates;
use crate::components::customer::score::{ScoreHead, delta};
use crate::components::customer::ways::Ways;
use crate::components::customer::{grade_words, rank};
use crate::components::icon::Icon;
use crate::components::notice::RestoredNotice;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::drafts::Draft;
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::measure::{self, points_short, style_percent};
use crate::derive::what_if::{Choice, Control, ControlKind, Scale, Trial};
use crate::derive::{format, sentences};
use crate::{say, t, texts};

/// What every control of the trial needs.
#[derive(Clone, Copy)]
struct Bench {
    draft: Draft<Trial>,
    real: StoredValue<shared::grading::Inputs>,
    all: Memo<Assessment>,
    now: StoredValue<Assessment>,
}

/// The trial of a year.
#[component]
pub fn TrialView(
    id: String,
    year: i32,
    policy: Published,
    detail: YearDetail,
    controls: Vec<Control>,
    draft: Draft<Trial>,
    attempt: Callback<Vec<Change>>,
) -> impl IntoView {
    let real = StoredValue::new(detail.inputs.clone());
    // The real inputs under the same policy: what the trial is held against.
    let now = StoredValue::new(grade(&policy.policy, &Cohort::default(), &detail.inputs));
    let all = {
        let policy = policy.clone();
        Memo::new(move |_| {
            draft.value.with(|trial| {
                real.with_value(|real| grade(&policy.policy, &Cohort::default(), &trial.applied(real)))
            })
        })
    };
    let bench = Bench { draft, real, all, now };
    let group = move |title: fn(shared::ledger::Lang) -> &'static str, of: Vec<Control>| {
        (!of.is_empty()).then(|| {
            view! {
                <section class="fj-panel">
                    <header class="fj-panel__header">
                        <h2 class="fj-panel__title">{move || title(lang())}</h2>
                    </header>
                    <div class="fj-panel__body">
                        {of.into_iter().map(|control| view! { <Move bench control /> }).collect_view()}
                    </div>
                </section>
            }
        })
    };
    let (facts, indicators): (Vec<_>, Vec<_>) = controls.into_iter().partition(|one| one.weight.is_none());
    let (measured, judged): (Vec<_>, Vec<_>) =
        indicators.into_iter().partition(|one| matches!(one.kind, ControlKind::Scale(_)));
    let version = policy.summary.version;
    let ways = {
        let policy = policy.clone();
        move || {
            let inputs = draft.value.with(|trial| real.with_value(|real| trial.applied(real)));
            view! { <Ways policy=policy.clone() all=all.get() inputs on_try=attempt /> }
        }
    };
    view! {
        <div class="fj-page-header__row fj-no-print">
            <h2 class="fj-page-header__title">{t!(what_if.title)}</h2>
            <p class="fj-page-header__meta">
                {t!(what_if.note)} " · " {move || say!(what_if.basis, year, version)}
            </p>
            <div class="fj-page-header__actions">
                <a class="fj-button fj-button--secondary" href=address(&id, year, false)>
                    <Icon name="close" />
                    {t!(what_if.close)}
                </a>
            </div>
        </div>
        <RestoredNotice shown=draft.restored on_discard=Callback::new(move |()| draft.discard()) />
        <div class="fj-split">
            <div class="fj-split__main fj-stack fj-stack--loose">
                {group(texts::what_if::measured, measured)}
                {group(texts::what_if::judged, judged)}
                {group(texts::what_if::facts, facts)}
                <Outcome bench policy=policy.clone() />
            </div>
            <div class="fj-split__aside fj-stack fj-stack--loose">
                <section class="fj-panel fj-panel--sheet" aria-label=t!(customer.grade)>
                    <div class="fj-panel__body fj-stack">
                        <ScoreHead policy=policy.clone() all />
                        <Gates policy=policy.clone() all />
                    </div>
                </section>
                <section class="fj-panel" aria-labelledby="p-trial-ways">
                    <header class="fj-panel__header">
                        <h2 class="fj-panel__title" id="p-trial-ways">
                            {t!(way.title)}
                        </h2>
                    </header>
                    <div class="fj-panel__body fj-stack">{ways}</div>
                </section>
            </div>
        </div>
    }
}

/// What the trial comes to, always in sight.
#[component]
fn Outcome(bench: Bench, policy: Published) -> impl IntoView {
    let Bench { draft, all, now, .. } = bench;
    let place = {
        let policy = policy.clone();
        move |all: &Assessment| rank(&policy.policy, all.tier.as_ref())
    };
    let graded = Memo::new(move |_| all.with(|all| (all.tier.clone(), all.provisional)));
    let way = {
        let place = place.clone();
        Memo::new(move |_| {
            let (before, after) = (now.with_value(&place), all.with(&place));
            match (before, after) {
                (Some(before), Some(after)) => after.cmp(&before),
                (None, Some(_)) => std::cmp::Ordering::Less,
                (Some(_), None) => std::cmp::Ordering::Greater,
                (None, None) => std::cmp::Ordering::Equal,
            }
        })
    };
    let class = move || match way.get() {
        std::cmp::Ordering::Less => "fj-outcome fj-outcome--up fj-no-print",
        std::cmp::Ordering::Greater => "fj-outcome fj-outcome--down fj-no-print",
        std::cmp::Ordering::Equal => "fj-outcome fj-outcome--same fj-no-print",
    };
    let stamp = move |size: StampSize, all: &Assessment| {
        let (tier, provisional) = (all.tier.clone(), all.provisional);
        let rank = rank(&policy.policy, tier.as_ref());
        let name = tier.clone().map(String::from);
        view! { <Stamp size tier=name rank provisional label=move || grade_words(tier.as_ref(), provisional) /> }
    };
    let before_stamp = {
        let stamp = stamp.clone();
        move || now.with_value(|now| stamp(StampSize::S, now))
    };
    let after_stamp = move || {
        graded.track();
        all.with_untracked(|all| stamp(StampSize::M, all))
    };
    let text = move || {
        let words = |all: &Assessment| grade_words(all.tier.as_ref(), false);
        let (before, after) = (now.with_value(words), all.with(words));
        let (had, has) = (now.with_value(|now| now.tier.is_some()), all.with(|all| all.tier.is_some()));
        match (way.get(), had, has) {
            _ if draft.value.with(Trial::is_empty) => say!(what_if.same, before),
            (std::cmp::Ordering::Equal, ..) => say!(what_if.still, after),
            (_, false, true) => say!(what_if.graded, after),
            (_, true, false) => say!(what_if.ungraded, before),
            (std::cmp::Ordering::Less, ..) => say!(what_if.up, before, after),
            (std::cmp::Ordering::Greater, ..) => say!(what_if.down, before, after),
        }
    };
    let moved = move || {
        let gained = all.with(|all| all.score).minus(now.with_value(|now| now.score));
        (gained.get() != 0).then(|| delta(gained))
    };
    view! {
        <output class=class aria-live="polite">
            {before_stamp}
            <Icon name="arrow-right" />
            {after_stamp}
            <span class="fj-outcome__figure">{move || all.with(|all| format::points(all.score))} " " {moved}</span>
            <span class="fj-outcome__actions">
                <Button
                    label=t!(what_if.reset_all)
                    weight=Weight::Quiet
                    small=true
                    disabled=Signal::derive(move || draft.value.with(Trial::is_empty))
                    on_press=Callback::new(move |()| draft.discard())
                />
            </span>
            <span class="fj-outcome__text">{text}</span>
        </output>
    }
}

/// One input to move.
#[component]
fn Move(bench: Bench, control: Control) -> impl IntoView {
    let Bench { draft, real, all, now } = bench;
    let key = StoredValue::new(control.key.clone());
    let changed = Memo::new(move |_| draft.value.with(|trial| key.with_value(|key| trial.has(key))));
    let input = Memo::new(move |_| {
        draft
            .value
            .with(|trial| real.with_value(|real| key.with_value(|key| trial.applied(real).get(key).clone())))
    });
    let set = Callback::new(move |input: Input| {
        real.with_value(|real| key.with_value(|key| draft.value.update(|trial| trial.set(real, key, input))));
    });
    let name = {
        let name = control.name.clone();
        move || sentences::local(lang(), &name).to_owned()
    };
    let earned = move |all: &Assessment| {
        key.with_value(|key| all.lines.iter().find(|line| line.indicator == *key).map(|line| line.points))
    };
    let points = control.weight.map(|weight| {
        let points = move || all.with(earned).map(format::points);
        let moved = move || {
            let gained = all.with(earned)?.minus(now.with_value(earned)?);
            (gained.get() != 0).then(|| delta(gained))
        };
        view! {
            <span class="fj-slider__points">
                <b>{points}</b>
                " / "
                {points_short(weight)}
            </span>
            {moved}
        }
    });
    let reset = {
        let name = name.clone();
        move || {
            let name = name.clone();
            changed.get().then(|| {
                view! {
                    <button
                        type="button"
                        class="fj-button fj-button--quiet fj-button--small"
                        aria-label=move || say!(what_if.reset_one, name())
                        on:click=move |_| key.with_value(|key| draft.value.update(|trial| trial.reset(key)))
                    >
                        {t!(what_if.reset)}
                    </button>
                }
            })
        }
    };
    let origin = real.with_value(|real| real.get(&control.key).clone());
    let measure = control.measure;
    let present = {
        let origin = origin.clone();
        move || match &origin {
            Input::Missing => say!(what_if.now_missing).to_owned(),
            Input::NotApplicable => say!(what_if.now_na).to_owned(),
            input => say!(what_if.now, sentences::input(lang(), measure, input)),
        }
    };
    let id = format!("w-{}", control.key);
    match control.kind {
        ControlKind::Scale(scale) => view! {
            <div class="fj-slider" class:fj-slider--changed=move || changed.get()>
                <div class="fj-slider__head">
                    <label class="fj-slider__label" for=id.clone()>
                        {name.clone()}
                    </label>
                    {points}
                    {reset}
                </div>
                <Slide id=id.clone() scale origin input set name=Callback::new(move |()| name()) />
                <p class="fj-slider__hint" id=format!("{id}-h")>
                    {present}
                </p>
            </div>
        }
        .into_any(),
        ControlKind::Choice(choices) => view! {
            <div class="fj-slider" class:fj-slider--changed=move || changed.get()>
                <div class="fj-slider__head">
                    <span class="fj-slider__label" id=id.clone()>
                        {name}
                    </span>
                    {points}
                    {reset}
                </div>
                <Choose id choices input set />
                <p class="fj-slider__hint">{present}</p>
            </div>
        }
        .into_any(),
    }
}

/// A scale with its number.
#[component]
fn Slide(
    id: String,
    scale: Scale,
    origin: Input,
    input: Memo<Input>,
    set: Callback<Input>,
    name: Callback<(), String>,
) -> impl IntoView {
    let measure = scale.measure;
    let last = scale.last();
    let ticks = scale.ticks();
    let origin = match origin {
        Input::Measured { value } => Some(scale.position_of(value)),
        Input::Judged { .. } | Input::Missing | Input::NotApplicable => None,
    };
    let scale = StoredValue::new(scale);
    let value = move || match input.get() {
        Input::Measured { value } => Some(value),
        Input::Judged { .. } | Input::Missing | Input::NotApplicable => None,
    };
    let position =
        Memo::new(move |_| value().map_or(0, |value| scale.with_value(|scale| scale.position_of(value))));
    let editing = RwSignal::new(None::<String>);
    let shown = move || {
        // Rounded for reading; what is graded stays exact until a number is typed.
        let read = |value| measure::value(measure, value).replace(',', "").replace('\u{2212}', "-");
        editing.get().unwrap_or_else(|| value().map(read).unwrap_or_default())
    };
    let wrong =
        move || editing.with(|text| text.as_ref().is_some_and(|text| measure::parse(measure, text).is_err()));
    let unit = move || measure::unit(lang(), measure);
    let at = move |position: i64| style_percent(position, last);
    view! {
        <div class="fj-slider__row">
            <span class="fj-slider__track" style:--value=move || at(position.get())>
                <input
                    class="fj-slider__range"
                    id=id.clone()
                    type="range"
                    min="0"
                    max=last
                    step="1"
                    aria-describedby=format!("{id}-h")
                    aria-valuetext=move || sentences::input(lang(), measure, &input.get())
                    prop:value=move || position.get().to_string()
                    on:input:target=move |event| {
                        editing.set(None);
                        if let Ok(position) = event.target().value().parse() {
                            set.run(Input::Measured { value: scale.with_value(|scale| scale.value_at(position)) });
                        }
                    }
                />
                <span class="fj-slider__ticks" aria-hidden="true">
                    {ticks.into_iter().map(|tick| view! { <i class="fj-slider__tick" style:--at=at(tick)></i> }).collect_view()}
                    {origin.map(|origin| view! { <i class="fj-slider__origin" style:--at=at(origin)></i> })}
                </span>
            </span>
            <span class="fj-affix fj-slider__number">
                <input
                    class="fj-input fj-input--number"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-label=move || {
                        let unit = unit();
                        if unit.is_empty() { name.run(()) } else { say!(what_if.with_unit, name.run(()), unit) }
                    }
                    aria-invalid=move || wrong().then_some("true")
                    prop:value=shown
                    on:input:target=move |event| {
                        let text = event.target().value();
                        if let Ok(value) = measure::parse(measure, &text) {
                            set.run(value.map_or(Input::Missing, |value| Input::Measured { value }));
                        }
                        editing.set(Some(text));
                    }
                    on:blur=move |_| editing.set(None)
                />
                <span class="fj-affix__unit" aria-hidden="true">
                    {unit}
                </span>
            </span>
        </div>
    }
}

/// Levels to choose from, and none.
#[component]
pub(super) fn Choose(
    id: String,
    choices: Vec<Choice>,
    input: Memo<Input>,
    set: Callback<Input>,
) -> impl IntoView {
    let group = id.clone();
    let option = move |to: Input, key: String, text: String| {
        let own = to.clone();
        view! {
            <label class="fj-segmented__option">
                <input
                    class="fj-segmented__input"
                    type="radio"
                    name=group.clone()
                    value=key.clone()
                    prop:checked=move || input.with(|input| *input == own)
                    on:change=move |_| set.run(to.clone())
                />
                <span class="fj-segmented__face">
                    <b class="fj-segmented__key">{key}</b>
                    <span class="fj-segmented__text">{text}</span>
                </span>
            </label>
        }
    };
    view! {
        <div class="fj-segmented" role="radiogroup" aria-labelledby=id>
            <div class="fj-segmented__options">
                {move || {
                    let levels = choices.iter().map(|choice| {
                        let text = choice.meaning.as_ref().map(|meaning| sentences::local(lang(), meaning).to_owned());
                        let to = Input::Judged { level: choice.level.clone() };
                        option(to, choice.level.to_string(), text.unwrap_or_default()).into_any()
                    });
                    let mut all: Vec<AnyView> = levels.collect();
                    all.push(option(Input::Missing, "—".to_owned(), say!(what_if.not_judged).to_owned()).into_any());
                    all
                }}
            </div>
        </div>
    }
}
