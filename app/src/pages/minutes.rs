//! The minutes of the review meeting (会议纪要), and the A list out of them: on the page, on A4 as paper ones
//! look, and as a workbook.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::dto::export::ExportList;
use shared::dto::review::{MinutesView, WriteMinutes};
use shared::id::{CycleId, Note, StandInId};
use shared::permission::Action;
use shared::review::CycleKind;

use crate::client::{self, Answer};
use crate::components::area::AreaField;
use crate::components::breadcrumb::Breadcrumb;
use crate::components::button::{Button, PrintButton, Submit, Weight};
use crate::components::dialog::{Confirm, Dialog};
use crate::components::form::FormState;
use crate::components::load::Load;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::page_header::PageHeader;
use crate::contexts::i18n::lang;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::{may, use_session};
use crate::contexts::toasts;
use crate::derive::meeting_item::explain;
use crate::derive::minutes::{Block, a_list, blocks, head, rows, supplements, workbook};
use crate::derive::problem::{invalid, text_problem};
use crate::derive::review_words::cycle_of;
use crate::pages::policy::not_found;
use crate::pages::review_form::paper::Boxes;
use crate::{export, say, t};

/// Which of the two papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sheet {
    Minutes,
    AList,
}

impl Sheet {
    fn title(self, kind: CycleKind, year: i32) -> String {
        match (self, kind) {
            (Self::Minutes, CycleKind::Yearly) => say!(minutes.of_year, year),
            (Self::Minutes, CycleKind::Supplementary) => say!(minutes.supplementary_of_year, year),
            (Self::AList, CycleKind::Yearly) => say!(minutes.a_list_of_year, year),
            (Self::AList, CycleKind::Supplementary) => say!(minutes.supplementary_a_list, year),
        }
    }

    fn blocks(self, view: &MinutesView) -> Vec<Block> {
        match self {
            Self::Minutes => blocks(lang(), view).into_iter().chain(supplements(lang(), view)).collect(),
            Self::AList => vec![a_list(lang(), &view.minutes.a_list)],
        }
    }

    const fn list(self) -> ExportList {
        match self {
            Self::Minutes => ExportList::Minutes,
            Self::AList => ExportList::AList,
        }
    }

    fn file(self, kind: CycleKind, year: i32) -> String {
        format!("{}.xlsx", self.title(kind, year))
    }
}

/// The page of the minutes.
#[component]
pub fn MinutesPage() -> impl IntoView {
    view! { <PaperPage sheet=Sheet::Minutes /> }
}

/// The page of the A list.
#[component]
pub fn AListPage() -> impl IntoView {
    view! { <PaperPage sheet=Sheet::AList /> }
}

type Loaded = (MinutesView, Published, Option<StandInId>);

async fn load(sheet: Sheet, id: String, stand_in: Option<StandInId>) -> Answer<Loaded> {
    let id = CycleId::parse(&id).map_err(|_| not_found())?;
    // The A list goes on after the minutes are confirmed: applications and approvals come in (5.1.3).
    let now = (sheet == Sheet::AList).then(|| "true".to_owned());
    let seen = [("now", now), ("stand_in", stand_in.clone().map(String::from))];
    let path = client::with_query(&format!("/reviews/{id}/meeting/minutes"), &seen);
    let view: MinutesView = client::get(path).send().await?;
    let policy = policies::by_id(&view.minutes.policy).await?;
    Ok((view, policy, stand_in))
}

#[component]
fn PaperPage(sheet: Sheet) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("cycle").unwrap_or_default()));
    let query = use_query_map();
    // As in the meeting's page, which leads here.
    let stand_in =
        Memo::new(move |_| query.with(|query| query.get("for").and_then(|id| StandInId::parse(&id).ok())));
    let data = LocalResource::new(move || load(sheet, id.get(), stand_in.get()));
    view! {
        <div class="fj-page fj-page--wide">
            <Load data whole_page=true let:loaded>
                <Body sheet loaded />
            </Load>
        </div>
    }
}

#[component]
fn Body(sheet: Sheet, loaded: Loaded) -> impl IntoView {
    let (view, policy, stand_in) = loaded;
    let (kind, year, cycle) = (view.minutes.kind, view.minutes.year, view.minutes.cycle.clone());
    let view = RwSignal::new(view);
    let lines = {
        let policy = policy.clone();
        Signal::derive(move || {
            let (version, minutes) = (policy.summary.version, sheet == Sheet::Minutes);
            view.with(|view| head(lang(), view, &policy.policy, version, minutes))
        })
    };
    let exports = may(&use_session(), Action::Export);
    let export = {
        let cycle = cycle.clone();
        Callback::new(move |()| {
            let blocks = view.with_untracked(|view| sheet.blocks(view));
            let request = workbook(&sheet.title(kind, year), &lines.get_untracked(), &blocks);
            let (name, place) = (sheet.file(kind, year), [("cycle", cycle.to_string())]);
            spawn_local(async move {
                let made = (&request, rows(&blocks));
                if let Err(failed) = export::document(sheet.list(), (&place, None), made, &name).await {
                    toasts::error(failed.said());
                }
            });
        })
    };
    let place = [("for", stand_in.clone().map(String::from))];
    let meeting = client::with_query(&format!("/reviews/{cycle}/meeting"), &place);
    let above = vec![
        ("/review".to_owned(), (move || cycle_of(kind, year)).into()),
        (meeting, t!(meeting.title).into()),
    ];
    let here = move || match sheet {
        Sheet::Minutes => say!(meeting.minutes),
        Sheet::AList => say!(meeting.a_list),
    };
    view! {
        <div class="fj-no-print">
            <Breadcrumb above here />
            <PageHeader title=here>
                {exports.then(|| view! { <Button label=t!(minutes.export) icon="download" on_press=export /> })}
                <PrintButton />
            </PageHeader>
        </div>
        {(sheet == Sheet::Minutes).then(|| view! { <Confirming view stand_in=stand_in.clone() /> })}
        <article class="fj-paper fj-paper--page">
            <header class="fj-paper__head">
                <h2 class="fj-paper__title">{move || sheet.title(kind, year)}</h2>
                {move || lines.get().into_iter().map(|line| view! { <p class="fj-paper__policy">{line}</p> }).collect_view()}
            </header>
            {move || view.with(|view| sheet.blocks(view).into_iter().map(block).collect_view())}
            {move || {
                let left_out = view.with(|view| view.minutes.left_out);
                (left_out > 0).then(|| view! { <p>{say!(minutes.left_out, left_out)}</p> })
            }}
            <Boxes />
        </article>
    }
}

/// A headed table; where there are no rows, that there are none.
fn block(of: Block) -> impl IntoView {
    let Block { title, note, headings, rows } = of;
    let body = if rows.is_empty() {
        view! { <p class="fj-paper__none">{t!(minutes.nothing)}</p> }.into_any()
    } else {
        let labels = headings.clone();
        let head = headings.into_iter().map(|text| view! { <th scope="col">{text}</th> }).collect_view();
        let row = move |cells: Vec<String>| {
            let cell = |(text, label): (String, &String)| {
                view! { <td class="fj-prose" data-label=label.clone()>{text}</td> }
            };
            let cells = cells.into_iter().zip(&labels).map(cell).collect_view();
            view! { <tr>{cells}</tr> }
        };
        view! {
            <div class="fj-table-wrap" role="group" tabindex="0" aria-label=title.clone()>
                <table class="fj-paper__table">
                    <thead>
                        <tr>{head}</tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="fj-paper__part">
            <h3 class="fj-paper__heading">{title}</h3>
            {(!note.is_empty()).then(|| view! { <p class="fj-paper__note">{note}</p> })}
            {body}
        </section>
    }
}

/// Confirming the minutes, and adding to confirmed ones.
#[component]
fn Confirming(view: RwSignal<MinutesView>, stand_in: Option<StandInId>) -> impl IntoView {
    let (asking, adding) = (RwSignal::new(false), RwSignal::new(false));
    let asked = FormState::new();
    let may = Memo::new(move |_| view.with(|view| (view.may_confirm, view.may_supplement)));
    let lacks_record = Memo::new(move |_| view.with(|view| view.lacks_record));
    let stand_in = StoredValue::new(stand_in);
    let send = move |supplement: Option<Note>| {
        let stand_in = stand_in.get_value();
        let seen = client::with_query("", &[("stand_in", stand_in.clone().map(String::from))]);
        let (path, version) = view.with_untracked(|view| {
            (format!("/reviews/{}/meeting/minutes", view.minutes.cycle), view.version)
        });
        let call = client::post(&path, &WriteMinutes { supplement, stand_in }).if_match(version);
        async move {
            let answer = call.send::<MinutesView>().await;
            if let Ok(fresh) = &answer {
                view.try_set(fresh.clone());
            } else if let Ok(fresh) = client::get(format!("{path}{seen}")).send::<MinutesView>().await {
                view.try_set(fresh);
            }
            answer
        }
    };
    let yes = Callback::new(move |()| {
        asked.begin();
        spawn_local(async move {
            let answer = send(None).await;
            if answer.is_ok() {
                toasts::success(say!(minutes.confirmed_now));
                asking.try_set(false);
            }
            asked.end(answer.err());
        });
    });
    let state = FormState::new();
    let text = RwSignal::new(String::new());
    let error = state.field("supplement");
    let submit = move |event: leptos::web_sys::SubmitEvent| {
        event.prevent_default();
        match Note::parse(&text.get_untracked()) {
            Ok(note) => {
                state.begin();
                spawn_local(async move {
                    match send(Some(note)).await {
                        Ok(_) => {
                            state.end(None);
                            toasts::success(say!(minutes.supplemented));
                            text.try_set(String::new());
                            adding.try_set(false);
                        }
                        Err(error) => state.end(Some(error)),
                    }
                });
            }
            Err(wrong) => state.end(Some(invalid([text_problem("supplement", Some(wrong))]))),
        }
    };
    let on_close = Callback::new(move |()| adding.set(false));
    view! {
        <Show when=move || lacks_record.get()>
            <div class="fj-no-print">
                <Notice tone=NoticeTone::Info title=t!(minutes.no_record) />
            </div>
        </Show>
        <div class="fj-cluster fj-no-print">
            <Show when=move || may.get().0>
                <Button
                    label=t!(minutes.confirm)
                    icon="seal"
                    weight=Weight::Primary
                    on_press=Callback::new(move |()| asking.set(true))
                />
            </Show>
            <Show when=move || may.get().1>
                <Button
                    label=t!(minutes.supplement_add)
                    icon="plus"
                    on_press=Callback::new(move |()| adding.set(true))
                />
            </Show>
        </div>
        <Show when=move || asking.get()>
            <Confirm
                id="minutes-confirm"
                title=t!(minutes.confirm)
                text=t!(minutes.confirm_text)
                yes=t!(minutes.confirm)
                state=asked
                explain
                on_yes=yes
                on_close=Callback::new(move |()| asking.set(false))
                harmless=true
            />
        </Show>
        <Show when=move || adding.get()>
            <Dialog id="minutes-supplement" title=t!(minutes.supplement_add) on_close>
                <form on:submit=submit novalidate=true>
                    <div class="fj-dialog__body fj-stack">
                        {move || {
                            let error = state.error.get().filter(|error| error.fields().is_empty())?;
                            Some(view! { <Notice tone=NoticeTone::Error title=move || explain(&error) /> })
                        }}
                        <AreaField
                            id="supplement"
                            label=t!(minutes.supplement_text)
                            value=text
                            on_input=Callback::new(move |typed| text.set(typed))
                            error
                            required=true
                            most=2000_u32
                            rows=4
                        />
                    </div>
                    <footer class="fj-dialog__footer">
                        <Button label=t!(common.cancel) on_press=on_close />
                        <Submit label=t!(minutes.supplement_add) busy=state.busy />
                    </footer>
                </form>
            </Dialog>
        </Show>
    }
}
