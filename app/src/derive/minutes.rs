//! The minutes (会议纪要) and the A list as blocks of text: the same on the page, on paper and in a workbook.

use serde_json::{Value, json};
use shared::dto::review::MinutesView;
use shared::grading::Policy;
use shared::id::Label;
use shared::ledger::Lang;
use shared::review::CycleKind;
use shared::review::meeting::{Attendance, Case, Presence, Record, Section, Tabled};

use super::{format, meeting_item, review_words};
use crate::texts::{meeting, minutes as texts, tier};

/// A headed table, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The heading.
    pub title: String,
    /// What is to be said below it; may be empty.
    pub note: String,
    /// The columns.
    pub headings: Vec<String>,
    /// The rows, each as wide as the headings.
    pub rows: Vec<Vec<String>>,
}

impl Block {
    fn new(title: &str, headings: &[&str], rows: Vec<Vec<String>>) -> Self {
        let headings = headings.iter().map(|heading| (*heading).to_owned()).collect();
        Self { title: title.to_owned(), note: String::new(), headings, rows }
    }

    fn noted(self, note: &str) -> Self {
        Self { note: note.to_owned(), ..self }
    }
}

/// A grade in words.
fn grade(lang: Lang, of: Option<&Label>) -> String {
    of.map_or_else(|| tier::none(lang).to_owned(), |of| tier::label(lang, of))
}

fn optional(of: Option<&impl ToString>) -> String {
    of.map(ToString::to_string).unwrap_or_default()
}

/// When, where, under whom: of each sitting.
#[must_use]
pub fn facts(lang: Lang, record: &Record) -> Vec<(&'static str, String)> {
    let held = match (record.begun, record.ended) {
        (Some(begun), Some(ended)) => texts::time_span(lang, &record.date, &begun, &ended),
        (Some(begun), None) => texts::time_from(lang, &record.date, &begun),
        (None, _) => record.date.to_string(),
    };
    vec![
        (texts::held(lang), held),
        (texts::place(lang), record.place.to_string()),
        (texts::chair(lang), record.chair.to_string()),
    ]
}

/// Whether somebody was there, in words.
#[must_use]
pub fn presence(lang: Lang, one: &Attendance) -> String {
    match (one.presence, &one.deputy) {
        (Presence::Present, _) => texts::present(lang).to_owned(),
        (Presence::Absent, _) => texts::absent(lang).to_owned(),
        (Presence::Deputy, Some(deputy)) => texts::by_deputy(lang, deputy),
        (Presence::Deputy, None) => meeting::record::deputy(lang).to_owned(),
    }
}

fn attendance(lang: Lang, record: &Record) -> Block {
    let row =
        |one: &Attendance| vec![one.department.to_string(), one.person.to_string(), presence(lang, one)];
    let headings = [texts::department(lang), texts::person(lang), texts::presence(lang)];
    Block::new(texts::attendance(lang), &headings, record.attendance.iter().map(row).collect())
}

fn totals(lang: Lang, sections: &[Section]) -> Block {
    let grades: Vec<Option<Label>> = sections
        .first()
        .map(|company| company.counts.iter().map(|count| count.grade.clone()).collect())
        .unwrap_or_default();
    let mut headings = vec![texts::unit(lang).to_owned()];
    headings.extend(grades.iter().map(|of| match of {
        Some(of) => texts::grade_now(lang, of),
        None => texts::none(lang).to_owned(),
    }));
    headings.push(texts::undecided(lang).to_owned());
    let row = |section: &Section| {
        let name = section.name.as_ref().map_or_else(|| texts::company(lang).to_owned(), ToString::to_string);
        let count = |of: &Option<Label>| {
            let found = section.counts.iter().find(|count| count.grade == *of);
            let (now, last) = found.map_or((0, 0), |count| (count.forms, count.last));
            texts::now_last(lang, &format::count(now), &format::count(last))
        };
        let undecided = format::count(section.undecided);
        std::iter::once(name).chain(grades.iter().map(count)).chain(std::iter::once(undecided)).collect()
    };
    let rows = sections.iter().map(row).collect();
    Block { title: texts::totals(lang).to_owned(), note: texts::totals_note(lang).to_owned(), headings, rows }
}

/// Rows with their number first and the customer's number, name and unit after it.
fn numbered(cases: &[Case], rest: impl Fn(&Case) -> Vec<String>) -> Vec<Vec<String>> {
    let row = |(at, case): (usize, &Case)| {
        let who = &case.customer;
        let head =
            [(at + 1).to_string(), who.code.to_string(), who.name.to_string(), who.unit_name.to_string()];
        head.into_iter().chain(rest(case)).collect()
    };
    cases.iter().enumerate().map(row).collect()
}

/// The headings of such rows.
fn headed(lang: Lang, rest: &[&'static str]) -> Vec<&'static str> {
    let head = [texts::number(lang), texts::code(lang), texts::customer(lang), texts::unit(lang)];
    head.into_iter().chain(rest.iter().copied()).collect()
}

/// A: the A list with its plans.
#[must_use]
pub fn a_list(lang: Lang, cases: &[Case]) -> Block {
    let rows = numbered(cases, |case| {
        let plan = match &case.plan {
            Some(plan) => [plan.service.to_string(), plan.production.to_string(), plan.sales.to_string()],
            None => [texts::no_plan(lang).to_owned(), String::new(), String::new()],
        };
        let [service, production, sales] = plan;
        let last = grade(lang, case.last.as_ref());
        vec![last, review_words_in(case), service, production, sales]
    });
    let headings = headed(
        lang,
        &[
            texts::last(lang),
            texts::stage(lang),
            texts::service(lang),
            texts::production(lang),
            texts::sales(lang),
        ],
    );
    Block::new(texts::a(lang), &headings, rows)
}

/// Where an application stands.
fn review_words_in(case: &Case) -> String {
    review_words::stage(case.stage).to_owned()
}

fn items(lang: Lang, title: &str, tabled: &[Tabled], about: &'static str) -> Block {
    let row = |(at, one): (usize, &Tabled)| {
        let item = &one.item;
        let who = one.customer.as_ref().map(|customer| format!("{} {}", customer.code, customer.name));
        let reasons = [
            item.proposal.reason.as_ref(),
            item.decision.as_ref().and_then(|decision| decision.reason.as_ref()),
        ];
        let reasons: Vec<String> = reasons.into_iter().flatten().map(ToString::to_string).collect();
        vec![
            (at + 1).to_string(),
            who.unwrap_or_default(),
            meeting_item::was(lang, item),
            meeting_item::proposal(lang, item),
            reasons.join("；"),
            meeting_item::decision(lang, item),
            // Of what was not granted before and is not now, nothing takes effect.
            optional(item.effective_from.as_ref().filter(|_| item.was.is_some() || item.outcome().is_some())),
        ]
    };
    let headings = [
        texts::number(lang),
        about,
        texts::was(lang),
        texts::proposal(lang),
        texts::reason(lang),
        texts::decision(lang),
        texts::effective(lang),
    ];
    Block::new(title, &headings, tabled.iter().enumerate().map(row).collect())
}

/// The whole of the minutes below their heading, block by block.
#[must_use]
pub fn blocks(lang: Lang, view: &MinutesView) -> Vec<Block> {
    let all = &view.minutes;
    let mut blocks: Vec<Block> = Vec::new();
    for record in &all.sittings {
        let facts: Vec<String> =
            facts(lang, record).into_iter().map(|(name, text)| format!("{name}：{text}")).collect();
        blocks.push(attendance(lang, record).noted(&facts.join("　")));
    }
    if !all.sections.is_empty() {
        blocks.push(totals(lang, &all.sections));
    }
    blocks.push(a_list(lang, &all.a_list));
    let amended = numbered(&all.amended, |case| {
        vec![
            grade(lang, case.computed.as_ref()),
            grade(lang, case.grade.as_ref()),
            optional(case.raised_by.as_ref()),
            optional(case.reason.as_ref()),
        ]
    });
    let headings =
        [texts::computed(lang), texts::amended_to(lang), texts::raised_by(lang), texts::reason(lang)];
    blocks.push(Block::new(texts::amended(lang), &headed(lang, &headings), amended));
    let overruled = numbered(&all.overruled, |case| {
        vec![
            grade(lang, case.computed.as_ref()),
            grade(lang, case.proposed.as_ref()),
            grade(lang, case.grade.as_ref()),
            optional(case.reason.as_ref()),
        ]
    });
    let headings = [texts::computed(lang), texts::proposed(lang), texts::decided(lang), texts::reason(lang)];
    blocks.push(Block::new(texts::overruled(lang), &headed(lang, &headings), overruled));
    let aside = numbered(&all.set_aside, |case| {
        vec![grade(lang, case.last.as_ref()), optional(case.reason.as_ref())]
    });
    let headings = headed(lang, &[texts::last(lang), texts::reason(lang)]);
    blocks.push(Block::new(texts::set_aside(lang), &headings, aside));
    blocks.push(items(lang, texts::b(lang), &all.special_policies, texts::customer(lang)));
    blocks.push(items(lang, texts::c(lang), &all.settlements, texts::customer(lang)));
    let fresh = numbered(&all.provisional, |case| {
        let of = match all.kind {
            CycleKind::Yearly => case.grade.as_ref().or(case.computed.as_ref()),
            CycleKind::Supplementary => case.grade.as_ref(),
        };
        vec![optional(case.since.as_ref()), grade(lang, of)]
    });
    let of = match all.kind {
        CycleKind::Yearly => texts::provisional(lang),
        CycleKind::Supplementary => texts::decided(lang),
    };
    let headings = headed(lang, &[texts::since(lang), of]);
    blocks.push(Block::new(texts::d(lang), &headings, fresh));
    blocks.push(items(lang, texts::e(lang), &all.others, texts::customer(lang)));
    blocks
}

/// What stands above the first block: the document's number and the policy; of the minutes also whether they
/// are confirmed, which the A list is not: it goes on after them.
#[must_use]
pub fn head(lang: Lang, view: &MinutesView, policy: &Policy, version: i64, of_minutes: bool) -> Vec<String> {
    let mut lines = vec![
        texts::document(lang, &policy.document),
        texts::policy(lang, &super::sentences::local(lang, &policy.title), &version),
    ];
    lines.extend(of_minutes.then(|| match &view.confirmed {
        Some(confirmed) => texts::confirmed(lang, &confirmed.by, &format::moment(confirmed.at)),
        None => texts::draft(lang).to_owned(),
    }));
    if view.partial {
        lines.push(texts::partial(lang).to_owned());
    }
    lines
}

/// What was added since, each with who and when.
#[must_use]
pub fn supplements(lang: Lang, view: &MinutesView) -> Option<Block> {
    if view.supplements.is_empty() {
        return None;
    }
    let row = |one: &shared::dto::review::Supplement| {
        vec![format::moment(one.at), one.by.to_string(), one.text.to_string()]
    };
    let headings = [texts::held(lang), texts::person(lang), texts::supplement_text(lang)];
    let rows = view.supplements.iter().map(row).collect();
    Some(Block::new(texts::supplements(lang), &headings, rows))
}

/// The request that makes a workbook of blocks, a sheet of its own for all of them.
#[must_use]
pub fn workbook(title: &str, lines: &[String], blocks: &[Block]) -> Value {
    let block = |block: &Block| json!({ "title": block.title, "note": block.note, "headings": block.headings, "rows": block.rows });
    let blocks: Vec<Value> = blocks.iter().map(block).collect();
    json!({ "op": "document", "title": title, "lines": lines, "blocks": blocks })
}

/// How many rows the tables have together.
#[must_use]
pub fn rows(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.rows.len()).sum()
}

#[cfg(test)]
mod tests {
    use shared::dto::review::{Confirmed, Supplement};
    use shared::grading::default_policy;
    use shared::id::{Name, Note};
    use shared::review::meeting::Minutes;

    use super::*;

    fn view() -> MinutesView {
        let text = include_str!("../../../shared/src/review/meeting/minutes.expected.json");
        let minutes: Minutes = serde_json::from_str(text).unwrap();
        MinutesView {
            minutes,
            sitting: 1,
            partial: false,
            confirmed: None,
            supplements: Vec::new(),
            version: 1,
            may_confirm: true,
            lacks_record: false,
            may_supplement: false,
        }
    }

    #[test]
    fn each_row_is_as_wide_as_its_headings_and_nothing_is_lost() {
        let view = view();
        let blocks = blocks(Lang::Zh, &view);
        for block in &blocks {
            for row in &block.rows {
                assert_eq!(row.len(), block.headings.len(), "{}", block.title);
            }
        }
        let titles: Vec<_> = blocks.iter().map(|block| block.title.chars().next().unwrap()).collect();
        assert_eq!(titles.iter().collect::<String>(), "出各A会与本BCDE");
        assert!(blocks[0].note.contains("2026-04-01 09:00 至 11:30"));
        assert_eq!(blocks[0].rows[1], ["财务部", "沈会", "由 方明 代"]);
        let company = &blocks[1].rows[0];
        assert_eq!(company[..3], ["全公司", "1（上年 1）", "0（上年 2）"]);
        let b = &blocks[6].rows[0];
        assert_eq!(
            (b[2].as_str(), b[5].as_str(), b[6].as_str()),
            ("现无", "新增：运费由我方承担", "2026-04-01")
        );
        assert_eq!(blocks[7].rows[0][5], "未决定");
        assert_eq!(blocks[9].rows[0][1], "", "about no customer");
    }

    #[test]
    fn the_head_says_whether_it_is_a_draft_and_a_supplement_says_by_whom() {
        let policy = default_policy().unwrap();
        let mut view = view();
        assert!(head(Lang::Zh, &view, &policy, 3, true)[2].starts_with("草稿"));
        let by = Name::parse("苏婷").unwrap();
        view.confirmed = Some(Confirmed { sitting: 1, at: 1_774_368_000_000, by: by.clone() });
        assert_eq!(head(Lang::Zh, &view, &policy, 3, true)[2], "苏婷 于 2026-03-25 00:00 确认");
        assert_eq!(head(Lang::Zh, &view, &policy, 3, false).len(), 2);
        assert_eq!(supplements(Lang::Zh, &view), None);
        view.supplements =
            vec![Supplement { at: 1_774_368_000_000, by, text: Note::parse("更正").unwrap() }];
        assert_eq!(supplements(Lang::Zh, &view).unwrap().rows[0][2], "更正");
    }

    #[test]
    fn a_workbook_holds_the_same_texts() {
        let view = view();
        let request = workbook("纪要", &["一".to_owned()], &blocks(Lang::Zh, &view));
        assert_eq!(
            (&request["op"], &request["blocks"][0]["rows"][0][1]),
            (&json!("document"), &json!("苏婷"))
        );
    }
}
