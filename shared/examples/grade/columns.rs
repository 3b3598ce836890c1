//! Which column of a sheet holds which input of a policy.

use shared::grading::{Measure, Policy, Scoring};
use shared::id::{Key, Label};
use shared::ledger::{AmountUnit, Field, Heading, RatioUnit, Shape};

/// A column of an input.
pub struct Figure {
    /// Its place, from 0.
    pub index: usize,
    /// The heading, for messages.
    pub heading: String,
    /// The input.
    pub key: Key,
    /// Its measure.
    pub measure: Measure,
    /// The levels it may have, when it is judged.
    pub levels: Vec<Label>,
    /// What its plain numbers are in.
    pub unit: Unit,
}

/// What plain numbers of a column are in.
pub enum Unit {
    /// The raw integer of the measure.
    Raw,
    /// As the heading says, when it does.
    Stated(Option<AmountUnit>, Option<RatioUnit>),
}

/// The columns that are read.
pub struct Columns {
    /// The customer's code, or else the name.
    pub customer: Option<usize>,
    /// The customer's segment.
    pub segment: Option<usize>,
    /// The inputs.
    pub figures: Vec<Figure>,
}

/// Letters and digits only, as headings are compared.
fn bare(text: &str) -> String {
    Heading::parse(text).name
}

/// The columns of a line of headings; what names nothing of the policy is passed over.
pub fn columns(policy: &Policy, headings: &[String]) -> Columns {
    let mut found = Columns { customer: None, segment: None, figures: Vec::new() };
    let mut name = None;
    for (index, text) in headings.iter().enumerate() {
        let heading = Heading::parse(text);
        if let Some(figure) = figure(policy, index, text, &heading) {
            if found.figures.iter().all(|one| one.key != figure.key) {
                found.figures.push(figure);
            }
            continue;
        }
        match heading.field(Shape::Annual) {
            Some(Field::Code) => found.customer = found.customer.or(Some(index)),
            Some(Field::Name) => name = name.or(Some(index)),
            Some(Field::Segment) => found.segment = found.segment.or(Some(index)),
            _ if heading.name == "segment" => found.segment = found.segment.or(Some(index)),
            _ => {}
        }
    }
    found.customer = found.customer.or(name);
    found
}

/// The input that a heading names: by its key, by its name, or by what ledgers call it.
fn figure(policy: &Policy, index: usize, text: &str, heading: &Heading) -> Option<Figure> {
    let indicators = policy.indicators.iter().map(|one| (&one.key, &one.name, one.measure));
    let facts = policy.facts.iter().map(|one| (&one.key, &one.name, one.measure));
    let inputs: Vec<_> = indicators.chain(facts).collect();
    let by_key = inputs.iter().find(|(key, ..)| text.trim() == key.as_str());
    let by_name = || {
        let own = |text: &str| !heading.name.is_empty() && bare(text) == heading.name;
        inputs.iter().find(|(_, name, _)| own(&name.zh) || own(&name.en))
    };
    let by_field = || {
        let key = heading.field(Shape::Annual)?.key()?;
        inputs.iter().find(|(own, ..)| own.as_str() == key)
    };
    let (key, _, measure) = by_key.or_else(by_name).or_else(by_field)?;
    let unit = if by_key.is_some() {
        Unit::Raw
    } else {
        Unit::Stated(heading.amount_unit, heading.percent.then_some(RatioUnit::Percent))
    };
    let heading = text.trim().to_owned();
    Some(Figure { index, heading, key: (*key).clone(), measure: *measure, levels: levels(policy, key), unit })
}

/// The levels that an input may have.
fn levels(policy: &Policy, key: &Key) -> Vec<Label> {
    let own = policy.indicators.iter().filter(|one| one.key == *key);
    let rules = own.flat_map(|one| one.by_segment.values().chain([&one.scoring]));
    let scored = rules.filter_map(|rule| match rule {
        Scoring::Levels(rule) => Some(rule.levels.iter().map(|level| level.key.clone())),
        _ => None,
    });
    let facts = policy.facts.iter().filter(|one| one.key == *key).flat_map(|one| one.levels.clone());
    scored.flatten().chain(facts).collect()
}
