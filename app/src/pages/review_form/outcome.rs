//! What comes of the form: the grade by the policy, what people proposed and decided, and the credit.

use leptos::prelude::*;
use shared::id::Label;
use shared::ledger::key;
use shared::review::{Confirmable, Plan, Proposal, Publishable, Refusable, State};

use super::desk::Desk;
use crate::components::customer::gates::Gates;
use crate::components::customer::grade_words;
use crate::components::customer::score::ScoreHead;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::{Lang, lang};
use crate::derive::look::Look;
use crate::derive::review_said;
use crate::texts::review_form as texts;
use crate::{say, t};

/// The grade by the policy, following what is typed.
#[component]
pub fn GradePanel(desk: Desk) -> impl IntoView {
    let policy = desk.policy.get_value();
    view! {
        <section class="fj-panel fj-panel--sheet" aria-label=t!(review_form.grade)>
            <div class="fj-panel__body fj-stack">
                <ScoreHead policy=policy.clone() all=desk.preview />
                <Gates policy all=desk.preview />
            </div>
        </section>
    }
}

/// One grade that people put on the table, with what the policy yielded then and why.
struct Line {
    title: fn(Lang) -> &'static str,
    grade: Option<Label>,
    computed: Option<Label>,
    reason: Option<String>,
}

impl Line {
    fn of(title: fn(Lang) -> &'static str, of: &Proposal) -> Self {
        Self {
            title,
            grade: Some(of.grade.clone()),
            computed: of.computed.clone(),
            reason: of.reason.as_ref().map(ToString::to_string),
        }
    }

    fn without_grade(title: fn(Lang) -> &'static str, reason: String) -> Self {
        Self { title, grade: None, computed: None, reason: Some(reason) }
    }
}

/// What was proposed and decided, first to last, with the plan for an A.
pub struct Story {
    lines: Vec<Line>,
    /// What the company undertakes.
    pub plan: Option<Plan>,
}

impl Story {
    /// Of where a form stands.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let mut story = Self { lines: Vec::new(), plan: None };
        story.tell(state);
        story
    }

    /// Each grade on the table with its reason, in words.
    #[must_use]
    pub fn said(&self, lang: Lang) -> Vec<(String, String)> {
        let said = |line: &Line| {
            let grade = line.grade.as_ref().map(|grade| crate::texts::tier::label(lang, grade));
            let differs = line.computed.as_ref().filter(|one| Some(*one) != line.grade.as_ref());
            let differs =
                differs.map(|one| texts::proposal::computed(lang, &crate::texts::tier::label(lang, one)));
            let reason = line.reason.as_ref().map(|text| texts::proposal::reason(lang, text));
            let parts: Vec<String> = [grade, differs, reason].into_iter().flatten().collect();
            ((line.title)(lang).to_owned(), parts.join(" · "))
        };
        self.lines.iter().map(said).collect()
    }

    fn review(&mut self, of: &shared::review::Review) {
        self.lines.push(Line::of(texts::proposal::submitted, &of.submission.proposal));
        self.lines.extend(of.amended.as_ref().map(|amended| Line::of(texts::proposal::amended, amended)));
    }

    fn listing(&mut self, of: &shared::review::Listing) {
        self.review(&of.review);
        self.lines.push(Line::of(texts::proposal::decided, &of.decision.decided));
    }

    fn application(&mut self, of: &shared::review::Application) {
        self.listing(&of.listing);
        self.plan = Some(of.plan.clone());
    }

    fn refusal(&mut self, of: &shared::review::Refusal) {
        match &of.of {
            Refusable::Application(of) => self.application(of),
            Refusable::Endorsement(of) => self.application(&of.application),
        }
        self.lines.push(Line::without_grade(texts::proposal::refused, of.reason.to_string()));
    }

    fn confirmation(&mut self, of: &shared::review::Confirmation) {
        match &of.of {
            Confirmable::Review(of) => self.review(of),
            Confirmable::Refusal(of) => self.refusal(of),
        }
        self.lines.push(Line::of(texts::proposal::decided, &of.decision.decided));
    }

    fn tell(&mut self, state: &State) {
        match state {
            State::Draft(_) => {}
            State::Submitted(of) => self.lines.push(Line::of(texts::proposal::submitted, &of.proposal)),
            State::InReview(of) => self.review(of),
            State::Confirmed(of) => self.confirmation(of),
            State::AListed(of) => self.listing(of),
            State::AApplied(of) => self.application(of),
            State::DirectorReviewed(of) => self.application(&of.application),
            State::Approved(of) => self.application(&of.endorsement.application),
            State::Refused(of) => self.refusal(of),
            State::SetAside(of) => {
                self.lines.push(Line::without_grade(texts::proposal::set_aside, of.reason.to_string()));
            }
            State::Effective(publication) => {
                match &publication.of {
                    Publishable::Confirmation(of) => self.confirmation(of),
                    Publishable::Approval(of) => self.application(&of.endorsement.application),
                    Publishable::Closure(of) => {
                        self.lines
                            .push(Line::without_grade(texts::proposal::set_aside, of.reason.to_string()));
                    }
                }
                self.lines.push(Line {
                    title: texts::proposal::published,
                    grade: publication.of.grade().cloned(),
                    computed: None,
                    reason: None,
                });
            }
        }
    }
}

/// What people proposed and decided.
#[component]
pub fn ProposalPanel(desk: Desk) -> impl IntoView {
    let state = Memo::new(move |_| desk.view.with(|view| view.form.state.clone()));
    let item = move |line: Line| {
        let look = Look::of(&desk.policy.get_value().policy.tiers, line.grade.as_ref());
        let (title, stamped) = (line.title, line.grade.clone().map(String::from));
        let grade = line.grade;
        let differs = line.computed.filter(|computed| Some(computed) != grade.as_ref());
        view! {
            <li class="fj-timeline__item">
                <Stamp size=StampSize::S tier=stamped look />
                <div class="fj-timeline__body">
                    <p class="fj-timeline__title">
                        {move || title(lang())} " " <b>{move || grade_words(grade.as_ref(), false)}</b>
                    </p>
                    {differs
                        .map(|computed| {
                            view! {
                                <p class="fj-timeline__meta">
                                    {move || {
                                        say!(review_form.proposal.computed, grade_words(Some(&computed), false))
                                    }}
                                </p>
                            }
                        })}
                    {line
                        .reason
                        .map(|text| {
                            view! {
                                <p class="fj-timeline__note">
                                    {move || say!(review_form.proposal.reason, text)}
                                </p>
                            }
                        })}
                </div>
            </li>
        }
    };
    let effective = move || {
        state.with(|state| match state {
            State::Effective(of) => Some(say!(review_form.proposal.effective, of.effective)),
            _ => None,
        })
    };
    let body = move || {
        let Story { lines, plan } = state.with(Story::of);
        if lines.is_empty() {
            return view! { <p class="fj-muted">{t!(review_form.nothing_proposed)}</p> }.into_any();
        }
        let plan = plan.map(|plan| {
            let rows = move || {
                let row = |(name, text): (&'static str, String)| {
                    view! {
                        <div class="fj-titleblock__cell fj-titleblock__cell--wide">
                            <dt class="fj-titleblock__label">{name}</dt>
                            <dd class="fj-titleblock__value fj-prose">{text}</dd>
                        </div>
                    }
                };
                review_said::plan(lang(), &plan).map(row).collect_view()
            };
            view! {
                <h3>{t!(review_form.proposal.plan)}</h3>
                <dl class="fj-titleblock">{rows}</dl>
            }
        });
        view! {
            <ol class="fj-timeline">{lines.into_iter().map(item).collect_view()}</ol>
            {plan}
        }
        .into_any()
    };
    view! {
        <section class="fj-panel" aria-labelledby="p-agreed">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-agreed">
                    {t!(review_form.agreed)}
                </h2>
                <p class="fj-panel__note">{effective}</p>
            </header>
            <div class="fj-panel__body fj-stack">{body}</div>
        </section>
    }
}

/// What finance has set, or what the ledger says of it.
#[component]
pub fn CreditPanel(desk: Desk) -> impl IntoView {
    let credit = Memo::new(move |_| desk.view.with(|view| view.credit.clone()));
    let body = move || match credit.get() {
        Some(credit) => {
            let cell = |(name, text): (&'static str, String)| {
                view! {
                    <div class="fj-titleblock__cell">
                        <dt class="fj-titleblock__label">{name}</dt>
                        <dd class="fj-titleblock__value">{text}</dd>
                    </div>
                }
            };
            let cells = move || review_said::credit(lang(), &credit).map(cell).collect_view();
            view! { <dl class="fj-titleblock">{cells}</dl> }.into_any()
        }
        None => {
            let imported = move || {
                let key = key::key(key::CREDIT_RATING)?;
                desk.view.with(|view| {
                    let figure = view.figures.get(&key)?;
                    let policy = desk.policy.get_value();
                    let said = review_said::input(lang(), &policy.policy, &key, &figure.input);
                    Some(say!(review_form.credit.as_imported, said))
                })
            };
            view! {
                <p class="fj-muted">{t!(review_form.credit.none)}</p>
                <p>{imported}</p>
            }
            .into_any()
        }
    };
    view! {
        <section class="fj-panel" aria-labelledby="p-credit">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-credit">
                    {t!(review_form.credit_title)}
                </h2>
            </header>
            <div class="fj-panel__body fj-stack fj-stack--tight">{body}</div>
        </section>
    }
}
