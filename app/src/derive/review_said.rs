//! The contents of an evaluation form in words: what its fields are called, and what stands in them.

use shared::grading::{Input, Measure, Policy};
use shared::id::Key;
use shared::ledger::Lang;
use shared::number::Fen;
use shared::review::{Cooperation, Credit, Plan, Terms, Trend};

use super::review_form::coded;
use super::{measure, sentences};
use crate::texts::review_form as texts;

/// Every state of cooperation, in the order of the form.
pub const COOPERATIONS: [Cooperation; 5] = [
    Cooperation::New,
    Cooperation::Steady,
    Cooperation::Irregular,
    Cooperation::Declining,
    Cooperation::Ended,
];

/// Every trend, in the order of the form.
pub const TRENDS: [Trend; 3] = [Trend::Rising, Trend::Steady, Trend::Falling];

/// How the cooperation goes.
#[must_use]
pub const fn cooperation(lang: Lang, one: Cooperation) -> &'static str {
    match one {
        Cooperation::New => texts::cooperation::fresh(lang),
        Cooperation::Steady => texts::cooperation::steady(lang),
        Cooperation::Irregular => texts::cooperation::irregular(lang),
        Cooperation::Declining => texts::cooperation::declining(lang),
        Cooperation::Ended => texts::cooperation::ended(lang),
    }
}

/// Where the customer's business goes.
#[must_use]
pub const fn trend(lang: Lang, one: Trend) -> &'static str {
    match one {
        Trend::Rising => texts::trend::rising(lang),
        Trend::Steady => texts::trend::steady(lang),
        Trend::Falling => texts::trend::falling(lang),
    }
}

/// How a customer settles.
#[must_use]
pub fn terms(lang: Lang, terms: &Terms) -> String {
    match terms {
        Terms::Cash => texts::credit::cash(lang).to_owned(),
        Terms::Days { days } => texts::credit::some_days(lang, days),
        Terms::Monthly => texts::credit::monthly(lang).to_owned(),
        Terms::Special { agreed } => texts::credit::special_as(lang, agreed),
    }
}

/// A credit limit with its unit: `50 万元`.
#[must_use]
pub fn limit(lang: Lang, limit: Fen) -> String {
    measure::with_unit(lang, Measure::Money, limit.get())
}

/// The parts of a credit, each with its name.
#[must_use]
pub fn credit(lang: Lang, credit: &Credit) -> [(&'static str, String); 4] {
    let until = credit.until.map_or_else(|| texts::credit::open(lang).to_owned(), |until| until.to_string());
    [
        (texts::credit::rating(lang), credit.rating.code().to_owned()),
        (texts::credit::limit(lang), limit(lang, credit.limit)),
        (texts::credit::terms(lang), terms(lang, &credit.terms)),
        (texts::credit::until(lang), until),
    ]
}

/// The three parts of a plan, each with its name.
#[must_use]
pub fn plan(lang: Lang, plan: &Plan) -> [(&'static str, String); 3] {
    [
        (texts::proposal::service(lang), plan.service.to_string()),
        (texts::proposal::production(lang), plan.production.to_string()),
        (texts::proposal::sales(lang), plan.sales.to_string()),
    ]
}

/// What a field is called, by its path on the wire: `values.collection`, `trend`.
#[must_use]
pub fn name(lang: Lang, policy: &Policy, path: &str) -> String {
    match path {
        "cooperation" => texts::cooperation::title(lang).to_owned(),
        "trend" => texts::trend::title(lang).to_owned(),
        "notes" => texts::notes(lang).to_owned(),
        _ => key_of(path).map_or_else(|| path.to_owned(), |key| sentences::name_of(lang, policy, &key)),
    }
}

/// The key of the input that a path means.
#[must_use]
pub fn key_of(path: &str) -> Option<Key> {
    Key::parse(path.strip_prefix("values.")?).ok()
}

/// An input as it stands in the form.
#[must_use]
pub fn input(lang: Lang, policy: &Policy, key: &Key, input: &Input) -> String {
    sentences::input(lang, sentences::measure_of(policy, key), input)
}

/// A text of the form by its field: the word of a code, anything else as it is.
#[must_use]
pub fn text(lang: Lang, path: &str, text: &str) -> String {
    let known = match path {
        "cooperation" => coded::<Cooperation>(text).map(|one| cooperation(lang, one)),
        "trend" => coded::<Trend>(text).map(|one| trend(lang, one)),
        _ => None,
    };
    known.map_or_else(|| text.to_owned(), str::to_owned)
}
