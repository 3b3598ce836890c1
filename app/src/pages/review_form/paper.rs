//! The form on paper, as the company's own looks (9.0): on A4, with the signature boxes and the signatures
//! there are. It shows what is stored, never what is only typed.

use leptos::prelude::*;
use shared::grading::{GateState, Line};
use shared::permission::Role;
use shared::review::Step;

use super::desk::Desk;
use super::outcome::{Story, parts};
use crate::components::customer::grade_words;
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::i18n::{Lang, lang};
use crate::derive::measure::points_short;
use crate::derive::review_form::Stored;
use crate::derive::review_paper::{BOXES, signed};
use crate::derive::review_trail::who;
use crate::derive::{format, review_said, sentences};
use crate::texts::review_form::paper as texts;
use crate::{say, t};

/// The sheet.
#[component]
pub fn Paper(desk: Desk) -> impl IntoView {
    let policy = desk.policy.get_value();
    let (title, number, version) =
        (policy.policy.title.clone(), policy.policy.document.clone(), policy.summary.version);
    let by = move || say!(review_form.paper.policy, sentences::local(lang(), &title), version);
    view! {
        <section class="fj-paper fj-only-print" aria-label=t!(review_form.title)>
            <header class="fj-paper__head">
                <p class="fj-paper__number">{move || say!(review_form.paper.document, number)}</p>
                <p class="fj-paper__title">{t!(review_form.title)}</p>
                <p class="fj-paper__policy">{by}</p>
            </header>
            <Facts desk />
            <Lines desk />
            <Conclusions desk />
            <Signatures desk />
        </section>
    }
}

fn cell(name: String, value: String) -> impl IntoView {
    view! {
        <div class="fj-paper__cell">
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
}

/// Whose form it is.
#[component]
fn Facts(desk: Desk) -> impl IntoView {
    let cells = move || {
        desk.view.with(|view| {
            let rep = view.form.rep.as_ref();
            let since = view.ground.since.map(|since| since.to_string());
            [
                (say!(customer.name), view.name.to_string()),
                (say!(customer.code), view.code.to_string()),
                (say!(customer.unit), unit_name(&view.form.unit)),
                (say!(customer.rep), rep.map_or_else(|| say!(customer.no_rep).to_owned(), rep_name)),
                (say!(customer.since), since.unwrap_or_else(|| say!(customer.unknown).to_owned())),
                (say!(customer.year), say!(customer.year_label, view.cycle.year)),
                (say!(review_form.last), grade_words(view.last.as_ref(), false)),
                (say!(review_form.round), say!(review_form.round_value, view.form.round)),
            ]
            .map(|(name, value)| cell(name.to_owned(), value))
            .collect_view()
        })
    };
    view! { <dl class="fj-paper__facts">{cells}</dl> }
}

/// The indicators with value, points and what they rest on; the facts that gates look at below them.
#[component]
fn Lines(desk: Desk) -> impl IntoView {
    let row = move |(at, line): (usize, &Line)| {
        let policy = desk.policy.get_value();
        let segment = desk.view.with(|view| view.ground.segment.clone());
        let name = sentences::name_of(lang(), &policy.policy, &line.indicator);
        let value = review_said::input(lang(), &policy.policy, &line.indicator, &line.input);
        let indicator = policy.policy.indicators.iter().find(|one| one.key == line.indicator);
        let basis = indicator.map(|one| sentences::line(lang(), one, segment.as_ref(), line));
        view! {
            <tr>
                <td>{at + 1}</td>
                <th scope="row">{name}</th>
                <td class="fj-table__num">{points_short(line.weight)}</td>
                <td class="fj-table__num">{value}</td>
                <td class="fj-table__num">{format::points(line.points)}</td>
                <td>{basis}</td>
            </tr>
        }
    };
    let rows = move || {
        let all = desk.view.with(|view| view.assessment.clone());
        all.lines.iter().enumerate().map(row).collect_view()
    };
    let total = move || {
        desk.view.with(|view| {
            let all = &view.assessment;
            (
                points_short(all.full),
                format::points(all.score),
                grade_words(all.tier.as_ref(), all.provisional),
            )
        })
    };
    let fact = move |key: &shared::id::Key| {
        let policy = desk.policy.get_value();
        desk.view.with(|view| {
            let name = sentences::name_of(lang(), &policy.policy, key);
            cell(name, review_said::input(lang(), &policy.policy, key, view.inputs.get(key)))
        })
    };
    let facts = move || desk.policy.get_value().policy.facts.iter().map(|one| fact(&one.key)).collect_view();
    view! {
        <table class="fj-paper__table">
            <thead>
                <tr>
                    <th scope="col">{t!(review_form.paper.number)}</th>
                    <th scope="col">{t!(review_form.paper.indicator)}</th>
                    <th scope="col">{t!(review_form.paper.weight)}</th>
                    <th scope="col">{t!(review_form.paper.value)}</th>
                    <th scope="col">{t!(review_form.paper.points)}</th>
                    <th scope="col">{t!(review_form.paper.basis)}</th>
                </tr>
            </thead>
            <tbody>
                {rows} <tr>
                    <th colspan="2" scope="row">
                        {t!(review_form.paper.total)}
                    </th>
                    <td class="fj-table__num">{move || total().0}</td>
                    <td></td>
                    <td class="fj-table__num">
                        <b>{move || total().1}</b>
                    </td>
                    <td>
                        {t!(review_form.paper.computed)} " " <b>{move || total().2}</b>
                    </td>
                </tr>
            </tbody>
        </table>
        <dl class="fj-paper__facts">{facts}</dl>
    }
}

/// The gates, what is said of the cooperation, the credit, and what was proposed and decided.
#[component]
fn Conclusions(desk: Desk) -> impl IntoView {
    let body = move || {
        let policy = desk.policy.get_value();
        let lang = lang();
        let mut rows: Vec<(String, String)> = Vec::new();
        desk.view.with(|view| {
            let all = &view.assessment;
            let gates = policy.policy.gates.iter().zip(&all.gates);
            let fired = gates
                .filter(|(_, one)| one.state == GateState::Fired)
                .filter_map(|(gate, one)| sentences::outcome(lang, &policy.policy, gate, one, all));
            let fired: Vec<String> = fired.collect();
            let fired = if fired.is_empty() { say!(gate.all_clear).to_owned() } else { fired.join(" ") };
            rows.push((texts::gates(lang).to_owned(), fired));
            let stored = Stored::of(view);
            for field in crate::derive::review_form::TEXTS {
                let text = review_said::text(lang, field, stored.text(field));
                rows.push((review_said::name(lang, &policy.policy, field), text));
            }
            let credit = view.credit.as_ref().map(|credit| {
                review_said::credit(lang, credit).map(|(name, text)| format!("{name} {text}")).join("，")
            });
            let credit = credit.unwrap_or_else(|| say!(review_form.credit.none).to_owned());
            rows.push((say!(review_form.credit_title).to_owned(), credit));
            let story = Story::of(&view.form.state);
            rows.extend(story.said(lang));
            rows.extend(story.plan.iter().flat_map(|plan| {
                parts(lang, plan).map(|(name, text)| (format!("{} · {name}", texts::plan(lang)), text))
            }));
        });
        let row = |(name, text): (String, String)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="fj-prose">{text}</td>
                </tr>
            }
        };
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <table class="fj-paper__table fj-paper__table--said">
            <tbody>{body}</tbody>
        </table>
    }
}

/// Whose box it is.
const fn office(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::SectionChief => texts::chief(lang),
        Role::Promotion => texts::promotion(lang),
        Role::Finance => texts::finance(lang),
        Role::Director => texts::director(lang),
        Role::GeneralManager | Role::Rep | Role::Production | Role::Admin => texts::general_manager(lang),
    }
}

/// The boxes of a paper that is signed by hand: the same offices, each with room for a pen.
#[component]
pub fn Boxes() -> impl IntoView {
    let one = |role: Role| {
        view! {
            <div class="fj-paper__box">
                <p class="fj-paper__office">{move || office(lang(), role)}</p>
            </div>
        }
    };
    view! { <div class="fj-paper__boxes">{BOXES.map(one).collect_view()}</div> }
}

/// The boxes: a name and a day where somebody signed, room for a pen where nobody has.
#[component]
fn Signatures(desk: Desk) -> impl IntoView {
    let one = move |role: Role| {
        let name = move || office(lang(), role);
        let signature = move || {
            desk.view.with(|view| {
                let signed = signed(view, role)?;
                let refused = (signed.step == Step::Refuse).then(|| texts::against(lang()));
                let day = format::moment(signed.at);
                let name = who(lang(), &view.people, &signed.hand);
                Some(view! {
                    <p class="fj-paper__name">{name}</p>
                    <p>{refused} " " {day}</p>
                })
            })
        };
        view! {
            <div class="fj-paper__box">
                <p class="fj-paper__office">{name}</p>
                {signature}
            </div>
        }
    };
    view! { <div class="fj-paper__boxes">{BOXES.map(one).collect_view()}</div> }
}
