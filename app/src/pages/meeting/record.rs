//! The record of the sitting: when, where, under whom, and who was there. It begins with the departments of
//! the company and the people who stand for them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::review::{KeepRecord, MeetingView};
use shared::problem::Code;
use shared::review::meeting::Presence;

use super::room::{Middle, Room};
use crate::client;
use crate::components::button::{Button, IconButton, Submit, Weight};
use crate::components::field::{Entry, TextField};
use crate::components::form::FormState;
use crate::components::notice::{Notice, NoticeTone, RestoredNotice};
use crate::contexts::drafts::Draft;
use crate::contexts::i18n::lang;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::meeting_item::explain;
use crate::derive::meeting_record::{Line, Typed, said};
use crate::derive::problem::invalid;
use crate::{say, t};

/// What is typed, and what became of the last try to send it.
#[derive(Clone, Copy)]
struct Sheet {
    draft: Draft<Typed>,
    state: FormState,
}

impl Sheet {
    fn text(self, of: fn(&Typed) -> &String) -> Signal<String> {
        Signal::derive(move || self.draft.value.with(|typed| of(typed).clone()))
    }

    fn set(self, of: fn(&mut Typed) -> &mut String) -> Callback<String> {
        Callback::new(move |text: String| self.draft.value.update(|typed| *of(typed) = text))
    }

    fn error(self, field: String) -> Signal<Option<String>> {
        self.state.field_said(field, said)
    }
}

/// The form of the record.
#[component]
pub fn RecordForm(room: Room) -> impl IntoView {
    let session = use_session();
    let view = room.meeting.get_untracked();
    let begun = Typed::of(lang(), &view, session.today, &session.name);
    let name = format!("meeting.{}.{}", view.cycle.id, view.sitting);
    let sheet = Sheet { draft: Draft::of(&session.user, &name, begun), state: FormState::new() };
    let cycle = view.cycle.clone();
    let path = format!("/reviews/{}/meeting", cycle.id);
    let close = Callback::new(move |()| room.middle.set(Middle::Table));
    let (keeper, today) = (session.name.clone(), session.today);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if sheet.state.busy.get_untracked() {
            return;
        }
        let sent = sheet.draft.value.get_untracked();
        let record = match sent.read(&cycle) {
            Ok(record) => record,
            Err(wrong) => {
                sheet.state.end(Some(invalid(wrong.into_iter().map(Some))));
                return;
            }
        };
        let version = room.meeting.with_untracked(|meeting| meeting.version);
        let call = client::put(&path, &KeepRecord { record, stand_in: room.stand_in() }).if_match(version);
        let keeper = keeper.clone();
        sheet.state.begin();
        spawn_local(async move {
            match call.send::<MeetingView>().await {
                Ok(view) => {
                    sheet.draft.saved(&sent, Typed::of(lang(), &view, today, &keeper));
                    sheet.state.end(None);
                    room.meeting.try_set(view);
                    toasts::success(say!(meeting.record.saved));
                    room.middle.try_set(Middle::Table);
                }
                Err(error) => {
                    // What another person kept meanwhile is what is written over next.
                    if error.code() == Some(Code::VersionMismatch)
                        && let Ok(view) = room.read("/meeting").send::<MeetingView>().await
                    {
                        room.meeting.try_set(view);
                    }
                    sheet.state.end(Some(error));
                }
            }
        });
    };
    let failed = move || {
        sheet.state.error.get().map(|error| {
            let raced = error.code() == Some(Code::VersionMismatch);
            let tone = if raced { NoticeTone::Warning } else { NoticeTone::Error };
            let title =
                move || if raced { say!(meeting.record.overtaken).to_owned() } else { explain(&error) };
            view! { <Notice tone title /> }
        })
    };
    let sitting = view.sitting;
    view! {
        <section class="fj-panel fj-panel--sheet" aria-labelledby="record-title">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="record-title">
                    {t!(meeting.record.keep)}
                </h2>
                <p class="fj-panel__note">{move || say!(meeting.record.sitting, sitting)}</p>
            </header>
            <form on:submit=submit novalidate=true>
                <div class="fj-panel__body fj-stack">
                    {failed}
                    <RestoredNotice
                        shown=sheet.draft.restored
                        on_discard=Callback::new(move |()| sheet.draft.discard())
                    />
                    <Facts sheet />
                    <Attendance sheet />
                </div>
                <footer class="fj-panel__footer fj-cluster fj-cluster--end">
                    <Button label=t!(common.cancel) on_press=close />
                    <Submit label=t!(meeting.record.save) busy=sheet.state.busy />
                </footer>
            </form>
        </section>
    }
}

/// When, where, under whom.
#[component]
fn Facts(sheet: Sheet) -> impl IntoView {
    let error = move |field: &str| sheet.error(format!("record.{field}"));
    view! {
        <div class="fj-form-grid">
            <TextField
                id="record-date"
                label=t!(meeting.record.date)
                value=sheet.text(|typed| &typed.date)
                on_input=sheet.set(|typed| &mut typed.date)
                error=error("date")
                entry=Entry::Date
                required=true
            />
            <TextField
                id="record-place"
                label=t!(meeting.record.place)
                value=sheet.text(|typed| &typed.place)
                on_input=sheet.set(|typed| &mut typed.place)
                error=error("place")
                required=true
            />
            <TextField
                id="record-begun"
                label=t!(meeting.record.begun)
                hint=t!(meeting.record.time_hint)
                value=sheet.text(|typed| &typed.begun)
                on_input=sheet.set(|typed| &mut typed.begun)
                error=error("begun")
            />
            <TextField
                id="record-ended"
                label=t!(meeting.record.ended)
                hint=t!(meeting.record.time_hint)
                value=sheet.text(|typed| &typed.ended)
                on_input=sheet.set(|typed| &mut typed.ended)
                error=error("ended")
            />
            <TextField
                id="record-chair"
                label=t!(meeting.record.chair)
                value=sheet.text(|typed| &typed.chair)
                on_input=sheet.set(|typed| &mut typed.chair)
                error=error("chair")
                required=true
            />
        </div>
    }
}

/// The list of who was asked.
#[component]
fn Attendance(sheet: Sheet) -> impl IntoView {
    let places = Memo::new(move |_| sheet.draft.value.with(|typed| typed.lines.len()));
    let add = Callback::new(move |()| {
        sheet.draft.value.update(|typed| {
            typed.lines.push(Line {
                department: String::new(),
                person: String::new(),
                presence: Presence::Present,
                deputy: String::new(),
            });
        });
    });
    let none = sheet.error("record.attendance".to_owned());
    view! {
        <h3>{t!(meeting.record.attendance)}</h3>
        {move || none.get().map(|text| view! { <p class="fj-field__error" role="alert">{text}</p> })}
        <ul class="fj-attendance">
            {move || (0..places.get()).map(|at| view! { <OneLine sheet at /> }).collect_view()}
        </ul>
        <div>
            <Button label=t!(meeting.record.add) icon="plus" weight=Weight::Quiet on_press=add />
        </div>
    }
}

#[component]
fn OneLine(sheet: Sheet, at: usize) -> impl IntoView {
    let read = move |of: fn(&Line) -> String| {
        Signal::derive(move || {
            sheet.draft.value.with(|typed| typed.lines.get(at).map(of).unwrap_or_default())
        })
    };
    let write = move |of: fn(&mut Line, String)| {
        move |text: String| {
            sheet.draft.value.update(|typed| {
                if let Some(line) = typed.lines.get_mut(at) {
                    of(line, text);
                }
            });
        }
    };
    let input = move |label: fn(crate::contexts::i18n::Lang) -> &'static str,
                      field: &'static str,
                      of: fn(&Line) -> String,
                      put: fn(&mut Line, String)| {
        let (value, error, set) =
            (read(of), sheet.error(format!("record.attendance.{at}.{field}")), write(put));
        let id = format!("record-{field}-{at}");
        let described = format!("{id}-e");
        let shown = described.clone();
        view! {
            <span class="fj-attendance__field">
                <input
                    class="fj-input"
                    id=id
                    type="text"
                    autocomplete="off"
                    aria-label=move || label(lang())
                    placeholder=move || label(lang())
                    aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || value.get()
                    on:input:target=move |event| set(event.target().value())
                />
                {move || {
                    error.get().map(|text| view! { <span class="fj-field__error" id=shown.clone()>{text}</span> })
                }}
            </span>
        }
    };
    let presence =
        Signal::derive(move || sheet.draft.value.with(|typed| typed.lines.get(at).map(|line| line.presence)));
    let sent = Memo::new(move |_| presence.get() == Some(Presence::Deputy));
    let option =
        move |value: &'static str, own: Presence, text: fn(crate::contexts::i18n::Lang) -> &'static str| {
            view! {
                <option value=value prop:selected=move || presence.get() == Some(own)>
                    {move || text(lang())}
                </option>
            }
        };
    let choose = move |code: String| {
        let presence = match code.as_str() {
            "absent" => Presence::Absent,
            "deputy" => Presence::Deputy,
            _ => Presence::Present,
        };
        sheet.draft.value.update(|typed| {
            if let Some(line) = typed.lines.get_mut(at) {
                line.presence = presence;
            }
        });
    };
    use crate::texts::meeting::record as texts;
    let name = read(|line| line.person.clone());
    let remove = Callback::new(move |()| {
        sheet.draft.value.update(|typed| {
            if at < typed.lines.len() {
                typed.lines.remove(at);
            }
        });
    });
    view! {
        <li class="fj-attendance__line">
            {input(texts::department, "department", |line| line.department.clone(), |line, text| line.department = text)}
            {input(texts::person, "person", |line| line.person.clone(), |line, text| line.person = text)}
            <span class="fj-select">
                <select
                    class="fj-input"
                    id=format!("record-presence-{at}")
                    aria-label=t!(meeting.record.presence)
                    on:change:target=move |event| choose(event.target().value())
                >
                    {option("present", Presence::Present, texts::present)}
                    {option("absent", Presence::Absent, texts::absent)}
                    {option("deputy", Presence::Deputy, texts::deputy)}
                </select>
            </span>
            <Show when=move || sent.get()>
                {input(texts::deputy_name, "deputy", |line| line.deputy.clone(), |line, text| line.deputy = text)}
            </Show>
            <IconButton
                label=move || say!(meeting.record.remove, name.get())
                name="close"
                on_press=remove
            />
        </li>
    }
}
