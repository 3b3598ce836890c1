//! The form on paper, as the company's own looks (9.0): on A4, with the signature boxes and the signatures
//! there are. It shows what is stored, never what is only typed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::export::ExportList;
use shared::permission::{Action, Role};

use super::desk::Desk;
use super::paper_rows::{Named, background, blocks, conclusions, facts, line, office, signature, years};
use crate::components::button::Button;
use crate::components::customer::grade_words;
use crate::contexts::i18n::lang;
use crate::contexts::session::{may, use_session};
use crate::contexts::toasts;
use crate::derive::customer_compare::{Dated, headings, lines};
use crate::derive::measure::points_short;
use crate::derive::minutes::{rows, workbook};
use crate::derive::review_paper::BOXES;
use crate::derive::{format, sentences};
use crate::{export, say, t};

/// Hands the form to the person as a workbook.
#[component]
pub fn ExportButton(desk: Desk, before: StoredValue<Option<Dated>>) -> impl IntoView {
    let may_export = may(&use_session(), Action::Export);
    let export = Callback::new(move |()| {
        let policy = desk.policy.get_value();
        let title = say!(review_form.title);
        let lines = [
            say!(review_form.paper.document, policy.policy.document),
            say!(
                review_form.paper.policy,
                sentences::local(lang(), &policy.policy.title),
                policy.summary.version
            ),
        ];
        let (blocks, name, cycle, customer) = desk.view.with_untracked(|view| {
            let blocks = blocks(view, &policy, before.get_value().as_ref());
            let form = &view.form;
            (blocks, say!(minutes.form_file, view.name), form.cycle.to_string(), form.customer.clone())
        });
        let request = workbook(title, &lines, &blocks);
        spawn_local(async move {
            let of = (&[("cycle", cycle)][..], Some(customer));
            let made = (&request, rows(&blocks));
            if let Err(failed) = export::document(ExportList::Form, of, made, &name).await {
                toasts::error(failed.said());
            }
        });
    });
    may_export.then(|| {
        view! {
            <span class="fj-not-phone">
                <Button label=t!(minutes.export) icon="download" on_press=export />
            </span>
        }
    })
}

/// The sheet.
#[component]
pub fn Paper(desk: Desk, before: StoredValue<Option<Dated>>) -> impl IntoView {
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
            <Years desk before />
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

fn cells(rows: Named) -> impl IntoView {
    rows.into_iter().map(|(name, value)| cell(name, value)).collect_view()
}

/// Whose form it is.
#[component]
fn Facts(desk: Desk) -> impl IntoView {
    view! { <dl class="fj-paper__facts">{move || cells(desk.view.with(facts))}</dl> }
}

/// The indicators with value, points and what they rest on; the facts that gates look at below them.
#[component]
fn Lines(desk: Desk) -> impl IntoView {
    let row = |[number, name, weight, value, points, basis]: [String; 6]| {
        view! {
            <tr>
                <td>{number}</td>
                <th scope="row">{name}</th>
                <td class="fj-table__num">{weight}</td>
                <td class="fj-table__num">{value}</td>
                <td class="fj-table__num">{points}</td>
                <td>{basis}</td>
            </tr>
        }
    };
    let rows = move || {
        let policy = desk.policy.get_value();
        desk.view.with(|view| {
            let lines = view.assessment.lines.iter().enumerate();
            lines.map(|of| row(line(view, &policy.policy, of))).collect_view()
        })
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
    let facts = move || {
        let policy = desk.policy.get_value();
        cells(desk.view.with(|view| background(view, &policy.policy)))
    };
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

/// The year before beside this one.
#[component]
fn Years(desk: Desk, before: StoredValue<Option<Dated>>) -> impl IntoView {
    let table = move || {
        let policy = desk.policy.get_value();
        let table =
            before.with_value(|before| desk.view.with(|view| years(view, &policy, before.as_ref())))?;
        let row = |[name, old, new, change]: [String; 4]| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="fj-table__num">{old}</td>
                    <td class="fj-table__num">{new}</td>
                    <td class="fj-table__num">{change}</td>
                </tr>
            }
        };
        let headings = headings(lang(), &table).map(|heading| view! { <th scope="col">{heading}</th> });
        Some(view! {
            <table class="fj-paper__table">
                <thead>
                    <tr>{headings.into_iter().collect_view()}</tr>
                </thead>
                <tbody>{lines(lang(), &table).into_iter().map(row).collect_view()}</tbody>
            </table>
        })
    };
    view! { {table} }
}

/// The gates, what is said of the cooperation, the credit, and what was proposed and decided.
#[component]
fn Conclusions(desk: Desk) -> impl IntoView {
    let body = move || {
        let policy = desk.policy.get_value();
        let row = |(name, text): (String, String)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="fj-prose">{text}</td>
                </tr>
            }
        };
        let rows = desk.view.with(|view| conclusions(view, &policy.policy));
        rows.into_iter().map(row).collect_view()
    };
    view! {
        <table class="fj-paper__table fj-paper__table--said">
            <tbody>{body}</tbody>
        </table>
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
            let (name, said) = desk.view.with(|view| signature(view, role))?;
            Some(view! {
                <p class="fj-paper__name">{name}</p>
                <p>{said}</p>
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
