//! What the file leaves open and a person must say.

use leptos::prelude::*;
use shared::ledger::{AmountUnit, DateOrder, Field, Question, RatioUnit, column_letters};

use super::desk::Desk;
use crate::components::button::Button;
use crate::components::notice::{Notice, NoticeTone};
use crate::derive::import::field_name;
use crate::{say, t};

/// The heading of a column, or its letters.
fn column(desk: Desk, index: u32) -> String {
    let heading = desk.opened.with_untracked(|opened| {
        let headings = &opened.as_ref()?.headings;
        let heading = headings.get(usize::try_from(index).ok()?)?;
        (!heading.text.is_empty()).then(|| heading.text.clone())
    });
    heading.unwrap_or_else(|| column_letters(index))
}

/// Each question, with its answers as buttons. The answer can be changed below.
#[component]
pub fn Questions(desk: Desk) -> impl IntoView {
    let hints = move || {
        desk.opened.with(|opened| {
            let all = opened.iter().flat_map(|opened| &opened.guess.questions);
            all.filter(|one| matches!(one, Question::TwoColumns { .. })).cloned().collect::<Vec<_>>()
        })
    };
    move || {
        let asked = desk.open.with(|open| open.questions.clone());
        let all = asked.into_iter().chain(hints());
        all.filter(|one| !matches!(one, Question::Year))
            .map(|one| view! { <Asked desk one /> })
            .collect_view()
    }
}

/// One question.
#[component]
fn Asked(desk: Desk, one: Question) -> impl IntoView {
    match one {
        Question::DateOrder { index, sample } => {
            let answer = move |order: DateOrder| {
                Callback::new(move |()| desk.change(|plan| plan.mapping.date_order = Some(order)))
            };
            let name = column(desk, index);
            view! {
                <Notice tone=NoticeTone::Warning title=t!(import.ask.date_order, name, sample)>
                    <div class="fj-cluster">
                        <Button label=t!(import.date.day_first) small=true on_press=answer(DateOrder::DayFirst) />
                        <Button label=t!(import.date.month_first) small=true on_press=answer(DateOrder::MonthFirst) />
                    </div>
                </Notice>
            }
            .into_any()
        }
        Question::AmountUnit { index, sample } => {
            let answer = move |unit: AmountUnit| {
                Callback::new(move |()| desk.change(|plan| plan.mapping.amount_unit = Some(unit)))
            };
            let name = column(desk, index);
            view! {
                <Notice tone=NoticeTone::Warning title=t!(import.ask.amount, name, sample)>
                    <div class="fj-cluster">
                        <Button label=t!(import.amount.yuan) small=true on_press=answer(AmountUnit::Yuan) />
                        <Button label=t!(import.amount.thousand) small=true on_press=answer(AmountUnit::Thousand) />
                        <Button
                            label=t!(import.amount.ten_thousand)
                            small=true
                            on_press=answer(AmountUnit::TenThousand)
                        />
                    </div>
                </Notice>
            }
            .into_any()
        }
        Question::RatioUnit { field, index, sample, suggested } => {
            let answer = move |unit: RatioUnit| {
                Callback::new(move |()| {
                    desk.change(|plan| {
                        for column in plan.mapping.columns.iter_mut().filter(|column| column.index == index) {
                            column.ratio = Some(unit);
                        }
                    });
                })
            };
            let name = column(desk, index);
            let hint = move || match suggested {
                RatioUnit::Percent => say!(import.ask.ratio_percent),
                RatioUnit::Fraction => say!(import.ask.ratio_fraction),
            };
            view! {
                <Notice
                    tone=NoticeTone::Warning
                    title=move || say!(import.ask.ratio, name, sample, field_name(field))
                >
                    <p>{hint}</p>
                    <div class="fj-cluster">
                        <Button label=t!(import.ratio.percent) small=true on_press=answer(RatioUnit::Percent) />
                        <Button label=t!(import.ratio.fraction) small=true on_press=answer(RatioUnit::Fraction) />
                    </div>
                </Notice>
            }
            .into_any()
        }
        Question::AllOpen => {
            let yes = Callback::new(move |()| desk.change(|plan| plan.mapping.all_open = true));
            view! {
                <Notice tone=NoticeTone::Warning title=t!(import.ask.all_open)>
                    <p>{t!(import.ask.all_open_text)}</p>
                    <Button label=t!(import.ask.all_open_yes) small=true on_press=yes />
                </Notice>
            }
            .into_any()
        }
        Question::TwoColumns { field, indexes } => {
            let names = indexes.iter().map(|index| column(desk, *index)).collect::<Vec<_>>().join(" / ");
            let title = two_columns(field, names);
            view! { <Notice tone=NoticeTone::Info title /> }.into_any()
        }
        Question::Year => ().into_any(),
    }
}

fn two_columns(field: Field, names: String) -> impl Fn() -> String + Send + Sync + 'static {
    move || say!(import.ask.two_columns, names, field_name(field))
}
