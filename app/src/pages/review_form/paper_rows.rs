//! What stands on the paper of the form, as texts: the same on A4 and in a workbook. It is what is stored,
//! never what is only typed.

use shared::dto::review::FormView;
use shared::grading::{GateState, Line, Policy};
use shared::permission::Role;
use shared::review::Step;

use super::outcome::Story;
use crate::components::customer::grade_words;
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::i18n::{Lang, lang};
use crate::contexts::policies::Published;
use crate::derive::customer_compare::{self, Dated, Table, of_form, table};
use crate::derive::measure::points_short;
use crate::derive::minutes::Block;
use crate::derive::review_form::Stored;
use crate::derive::review_paper::{BOXES, signed};
use crate::derive::review_trail::who;
use crate::derive::{format, review_said, sentences};
use crate::say;
use crate::texts::review_form::paper as texts;

/// Each with its name.
pub type Named = Vec<(String, String)>;

/// Whose form it is.
#[must_use]
pub fn facts(view: &FormView) -> Named {
    let rep = view.form.rep.as_ref();
    let since = view.ground.since.map(|since| since.to_string());
    let all = [
        (say!(customer.name), view.name.to_string()),
        (say!(customer.code), view.code.to_string()),
        (say!(customer.unit), unit_name(&view.form.unit)),
        (say!(customer.rep), rep.map_or_else(|| say!(customer.no_rep).to_owned(), rep_name)),
        (say!(customer.since), since.unwrap_or_else(|| say!(customer.unknown).to_owned())),
        (say!(customer.year), say!(customer.year_label, view.cycle.year)),
        (say!(review_form.last), grade_words(view.last.as_ref(), false)),
        (say!(review_form.round), say!(review_form.round_value, view.form.round)),
    ];
    all.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

/// An indicator: number, name, weight, value, points, and what they rest on.
#[must_use]
pub fn line(view: &FormView, policy: &Policy, (at, line): (usize, &Line)) -> [String; 6] {
    let indicator = policy.indicators.iter().find(|one| one.key == line.indicator);
    let segment = view.ground.segment.as_ref();
    [
        (at + 1).to_string(),
        sentences::name_of(lang(), policy, &line.indicator),
        points_short(line.weight),
        review_said::input(lang(), policy, &line.indicator, &line.input),
        format::points(line.points),
        indicator.map(|one| sentences::line(lang(), one, segment, line)).unwrap_or_default(),
    ]
}

/// The facts that gates look at.
#[must_use]
pub fn background(view: &FormView, policy: &Policy) -> Named {
    let fact = |key: &shared::id::Key| {
        let name = sentences::name_of(lang(), policy, key);
        (name, review_said::input(lang(), policy, key, view.inputs.get(key)))
    };
    policy.facts.iter().map(|one| fact(&one.key)).collect()
}

/// The gates, what is said of the cooperation, the credit, and what was proposed and decided.
#[must_use]
pub fn conclusions(view: &FormView, policy: &Policy) -> Named {
    let (lang, all) = (lang(), &view.assessment);
    let mut rows: Named = Vec::new();
    let gates = policy.gates.iter().zip(&all.gates);
    let fired: Vec<String> = gates
        .filter(|(_, one)| one.state == GateState::Fired)
        .filter_map(|(gate, one)| sentences::outcome(lang, policy, gate, one, all))
        .collect();
    let fired = if fired.is_empty() { say!(gate.all_clear).to_owned() } else { fired.join(" ") };
    rows.push((texts::gates(lang).to_owned(), fired));
    let stored = Stored::of(view);
    for field in crate::derive::review_form::TEXTS {
        let text = review_said::text(lang, field, stored.text(field));
        rows.push((review_said::name(lang, policy, field), text));
    }
    let credit = view.credit.as_ref().map(|credit| {
        review_said::credit(lang, credit).map(|(name, text)| format!("{name} {text}")).join("，")
    });
    let credit = credit.unwrap_or_else(|| say!(review_form.credit.none).to_owned());
    rows.push((say!(review_form.credit_title).to_owned(), credit));
    let story = Story::of(&view.form.state);
    rows.extend(story.said(lang));
    rows.extend(story.plan.iter().flat_map(|plan| {
        review_said::plan(lang, plan).map(|(name, text)| (format!("{} · {name}", texts::plan(lang)), text))
    }));
    rows
}

/// Whose box it is.
#[must_use]
pub const fn office(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::SectionChief => texts::chief(lang),
        Role::Promotion => texts::promotion(lang),
        Role::Finance => texts::finance(lang),
        Role::Director => texts::director(lang),
        Role::GeneralManager | Role::Rep | Role::Production | Role::Admin => texts::general_manager(lang),
    }
}

/// The signature in a role's box: the name, and when, with what it says if it is a refusal.
#[must_use]
pub fn signature(view: &FormView, role: Role) -> Option<(String, String)> {
    let signed = signed(view, role)?;
    let refused = (signed.step == Step::Refuse).then(|| texts::against(lang()));
    let day = format::moment(signed.at);
    let said = [refused.unwrap_or_default(), day.as_str()].join(" ");
    Some((who(lang(), &view.people, &signed.hand), said.trim().to_owned()))
}

/// The year before beside what is stored of this one; `None` for whoever was no customer then.
#[must_use]
pub fn years(view: &FormView, policy: &Published, before: Option<&Dated>) -> Option<Table> {
    let now = Dated { graded: of_form(view, &view.assessment), policy: policy.clone() };
    table(lang(), before?, &now)
}

/// The whole form, block by block.
#[must_use]
pub fn blocks(view: &FormView, policy: &Published, before: Option<&Dated>) -> Vec<Block> {
    let block = |title: &str, headings: &[&str], rows: Vec<Vec<String>>| Block {
        title: title.to_owned(),
        note: String::new(),
        headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
        rows,
    };
    let named = |title: &str, rows: Named| {
        let rows = rows.into_iter().map(|(name, text)| vec![name, text]).collect();
        block(title, &[say!(review_form.item), say!(review_form.value)], rows)
    };
    let all = &view.assessment;
    let mut lines: Vec<Vec<String>> =
        all.lines.iter().enumerate().map(|of| line(view, &policy.policy, of).to_vec()).collect();
    lines.push(vec![
        String::new(),
        say!(review_form.paper.total).to_owned(),
        points_short(all.full),
        String::new(),
        format::points(all.score),
        format!("{} {}", say!(review_form.paper.computed), grade_words(all.tier.as_ref(), all.provisional)),
    ]);
    let headings = [
        say!(review_form.paper.number),
        say!(review_form.paper.indicator),
        say!(review_form.paper.weight),
        say!(review_form.paper.value),
        say!(review_form.paper.points),
        say!(review_form.paper.basis),
    ];
    let signatures = BOXES.map(|role| {
        let (name, said) = signature(view, role).unwrap_or_default();
        vec![office(lang(), role).to_owned(), name, said]
    });
    let compared = years(view, policy, before).map(|table| {
        let headings = customer_compare::headings(lang(), &table);
        let rows = customer_compare::lines(lang(), &table).into_iter().map(Vec::from).collect();
        block(say!(compare.title), &headings.each_ref().map(String::as_str), rows)
    });
    let head = [
        named(say!(review_form.title), facts(view)),
        block(say!(review_form.contents), &headings, lines),
        named(say!(review_form.paper.facts), background(view, &policy.policy)),
    ];
    let rest = [
        named(say!(review_form.agreed), conclusions(view, &policy.policy)),
        block(
            say!(minutes.signatures),
            &[say!(minutes.department), say!(minutes.person), say!(review_form.paper.date)],
            signatures.to_vec(),
        ),
    ];
    head.into_iter().chain(compared).chain(rest).collect()
}
