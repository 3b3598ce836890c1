//! The words for what a policy can choose from: measures, kinds of scoring, methods, treatments.

use shared::grading::method::{Ask, Rounding, Rule, TieBreak, Ties};
use shared::grading::scoring::{Better, Goal};
use shared::grading::{Colour, Localized, Marks, Measure, Method, PaymentTerm, Policy, Test, Treatment};
use shared::id::Label;
use shared::ledger::Lang;
use shared::number::Points;

use super::format;
use super::measure::{field, points_short, unit, value, with_unit};
use super::policy_scoring::Kind;
use super::sentences::{local, measure_of, name_of};
use super::spacing::tidy;
use crate::texts::studio as texts;

/// What an input is measured in.
#[must_use]
pub const fn measure(lang: Lang, measure: Measure) -> &'static str {
    match measure {
        Measure::Money => texts::measure::money(lang),
        Measure::Ratio => texts::measure::ratio(lang),
        Measure::Days => texts::measure::days(lang),
        Measure::Months => texts::measure::months(lang),
        Measure::Count => texts::measure::count(lang),
        Measure::Level => texts::measure::level(lang),
    }
}

/// A kind of scoring.
#[must_use]
pub const fn kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Bands => texts::kind::bands(lang),
        Kind::Levels => texts::kind::levels(lang),
        Kind::Linear => texts::kind::linear(lang),
        Kind::Target => texts::kind::target(lang),
        Kind::Best => texts::kind::best(lang),
        Kind::Growth => texts::kind::growth(lang),
    }
}

/// How tiers are found.
#[must_use]
pub const fn method(lang: Lang, method: &Method) -> &'static str {
    match method {
        Method::Threshold(_) => texts::method::threshold(lang),
        Method::Quota(_) => texts::method::quota(lang),
        Method::Rules(_) => texts::method::rules(lang),
    }
}

/// A tier's colour; absent, it is that of its rank.
#[must_use]
pub const fn colour(lang: Lang, colour: Option<Colour>) -> &'static str {
    match colour {
        None => texts::colour::by_rank(lang),
        Some(Colour::Vermilion) => texts::colour::vermilion(lang),
        Some(Colour::Prussian) => texts::colour::prussian(lang),
        Some(Colour::Slate) => texts::colour::slate(lang),
        Some(Colour::Pine) => texts::colour::pine(lang),
        Some(Colour::Ochre) => texts::colour::ochre(lang),
        Some(Colour::Plum) => texts::colour::plum(lang),
        Some(Colour::Teal) => texts::colour::teal(lang),
        Some(Colour::Umber) => texts::colour::umber(lang),
        Some(Colour::Plain) => texts::colour::plain(lang),
    }
}

/// How the marks are meant.
#[must_use]
pub fn marks(lang: Lang, marks: Marks) -> String {
    match marks {
        Marks::Weights { total } => texts::word::weights(lang, &points_short(total)),
        Marks::Points => texts::word::points(lang).to_owned(),
    }
}

/// Which values are better.
#[must_use]
pub const fn better(lang: Lang, better: Better) -> &'static str {
    match better {
        Better::Higher => texts::word::better_higher(lang),
        Better::Lower => texts::word::better_lower(lang),
    }
}

/// How shares become whole customers.
#[must_use]
pub const fn rounding(lang: Lang, rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Nearest => texts::word::nearest(lang),
        Rounding::Up => texts::word::up(lang),
        Rounding::Down => texts::word::down(lang),
    }
}

/// What becomes of those who stand alike.
#[must_use]
pub fn ties(lang: Lang, policy: &Policy, ties: &Ties) -> String {
    match ties {
        Ties::AllUp => texts::word::all_up(lang).to_owned(),
        Ties::AllDown => texts::word::all_down(lang).to_owned(),
        Ties::By(TieBreak { input, better: way }) => {
            tidy(&texts::word::ties_by(lang, &name_of(lang, policy, input), &better(lang, *way)))
        }
    }
}

/// A value to the last digit, with its unit: grouped as long as that is exact.
#[must_use]
pub fn exact(lang: Lang, measure: Measure, raw: i64) -> String {
    let short = value(measure, raw).replace('\u{2212}', "-");
    if super::measure::parse(measure, &short) == Ok(Some(raw)) {
        return with_unit(lang, measure, raw);
    }
    let unit = unit(lang, measure);
    if unit.is_empty() { field(measure, raw) } else { format!("{} {unit}", field(measure, raw)) }
}

/// Points with their unit: `25 分`.
#[must_use]
pub fn points(lang: Lang, points: Points) -> String {
    texts::word::score_of(lang, &points_short(points))
}

/// What is to be reached.
#[must_use]
pub fn goal(lang: Lang, policy: &Policy, measure: Measure, goal: &Goal) -> String {
    match goal {
        Goal::Value(value) => exact(lang, measure, *value),
        Goal::Input(key) => texts::word::own(lang, &name_of(lang, policy, key)),
    }
}

/// Levels or tiers one after another: `AAA、AA、A`.
#[must_use]
pub fn labels<'a>(lang: Lang, labels: impl IntoIterator<Item = &'a Label>) -> String {
    let names: Vec<&str> = labels.into_iter().map(Label::as_str).collect();
    names.join(separator(lang))
}

/// What stands between the parts of a list.
#[must_use]
pub const fn separator(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

/// A question about a number or a level, without its subject.
#[must_use]
pub fn test(lang: Lang, test: &Test, one: impl Fn(i64) -> String) -> String {
    use crate::texts::band;
    let list = |levels: &[Label]| {
        let names: Vec<&str> = levels.iter().map(Label::as_str).collect();
        names.join(&format!(" {} ", band::or(lang)))
    };
    match test {
        Test::AtLeast(bound) => band::at_least(lang, &one(*bound)),
        Test::Above(bound) => band::above(lang, &one(*bound)),
        Test::AtMost(bound) => band::at_most(lang, &one(*bound)),
        Test::Below(bound) => band::below(lang, &one(*bound)),
        Test::OneOf(levels) => band::is(lang, &list(levels)),
        Test::NoneOf(levels) => band::is_not(lang, &list(levels)),
    }
}

/// A question of a rule: `销售总额 1,000 万元及以上`.
#[must_use]
pub fn ask(lang: Lang, policy: &Policy, ask: &Ask) -> String {
    let (name, question) = match ask {
        Ask::Input { input, test: asked } => {
            let measure = measure_of(policy, input);
            (name_of(lang, policy, input), test(lang, asked, |raw| exact(lang, measure, raw)))
        }
        Ask::Score { test: asked } => {
            let one = |raw: i64| points(lang, Points::clamped(raw.into()));
            (texts::word::score(lang).to_owned(), test(lang, asked, one))
        }
    };
    tidy(&format!("{name} {question}"))
}

/// When a rule holds.
#[must_use]
pub fn when(lang: Lang, policy: &Policy, rule: &Rule) -> String {
    let list = |asks: &[Ask], join: &str| {
        asks.iter().map(|one| ask(lang, policy, one)).collect::<Vec<_>>().join(join)
    };
    let all = list(&rule.all, texts::word::and(lang));
    let any = list(&rule.any, texts::word::either(lang));
    match (all.is_empty(), any.is_empty()) {
        (true, true) => texts::word::always(lang).to_owned(),
        (false, true) => all,
        (true, false) => texts::word::any_of(lang, &any),
        (false, false) => format!("{all}{}{}", texts::word::and(lang), texts::word::any_of(lang, &any)),
    }
}

/// One column of the treatment table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Whose orders go first.
    Priority,
    /// The largest discount.
    Discount,
    /// When deliveries are paid.
    Term,
    /// How often a visit is paid.
    Visits,
    /// How soon a complaint is answered.
    Complaints,
    /// In which time an order is promised.
    Lead,
}

impl Promise {
    /// Every column, in the order of the paper.
    pub const ALL: [Self; 6] =
        [Self::Priority, Self::Discount, Self::Term, Self::Visits, Self::Complaints, Self::Lead];

    /// Its heading.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Priority => texts::treat::priority(lang),
            Self::Discount => texts::treat::discount(lang),
            Self::Term => texts::treat::term(lang),
            Self::Visits => texts::treat::visits(lang),
            Self::Complaints => texts::treat::complaints(lang),
            Self::Lead => texts::treat::lead(lang),
        }
    }

    /// What a tier is promised in it; `None` for nothing.
    #[must_use]
    pub fn of(self, lang: Lang, treatment: &Treatment) -> Option<String> {
        Some(match self {
            Self::Priority => texts::word::rank(lang, &treatment.production_priority?),
            Self::Discount => texts::word::at_most(lang, &format::percent(treatment.discount_limit?)),
            Self::Term => match treatment.payment_term.as_ref()? {
                PaymentTerm::Days(0) => texts::word::cash(lang).to_owned(),
                PaymentTerm::Days(days) => texts::word::days(lang, days),
                PaymentTerm::Terms(terms) => local(lang, terms).to_owned(),
            },
            Self::Visits => texts::word::every_days(lang, &treatment.visit_days?),
            Self::Complaints => texts::word::hours(lang, &treatment.complaint_hours?),
            Self::Lead => texts::word::days(lang, &treatment.lead_days?),
        })
    }
}

/// A text in both languages, neither of them written yet.
#[must_use]
pub const fn unwritten() -> Localized {
    Localized { zh: String::new(), en: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_never_rounded() {
        assert_eq!(exact(Lang::Zh, Measure::Money, 1_286_400_000), "1,286.4 万元");
        assert_eq!(exact(Lang::Zh, Measure::Money, 1_286_404_999), "1286.404999 万元");
        assert_eq!(exact(Lang::Zh, Measure::Ratio, -1_050), "\u{2212}10.5 %");
        assert_eq!(exact(Lang::En, Measure::Count, 1_200), "1,200");
    }
}
