//! What is put before the meeting besides the grades, as it is typed and sent.

use shared::calendar::Date;
use shared::dto::review::{MoveItem, ProposeItem};
use shared::grading::Measure;
use shared::id::{CustomerId, Note, Reason};
use shared::number::Fen;
use shared::problem::FieldProblem;
use shared::review::Terms;
use shared::review::meeting::{Choice, Granted, Item, ItemKind};

use super::edit::Touched;
use super::measure;
use super::problem::{field_problem, parse_day, text_problem};

/// The fields of what is granted, below `was` or `granted`.
pub mod field {
    /// In words.
    pub const TEXT: &str = "text";
    /// The kind of settlement.
    pub const TERMS: &str = "terms";
    /// Its days.
    pub const DAYS: &str = "terms.days";
    /// What was agreed of a special one.
    pub const AGREED: &str = "terms.agreed";
    /// The limit, in 万元.
    pub const LIMIT: &str = "limit";
    /// From when on.
    pub const FROM: &str = "from";
    /// The last day.
    pub const UNTIL: &str = "until";
    /// Why.
    pub const REASON: &str = "reason";
    /// What is proposed or decided.
    pub const CHOICE: &str = "choice";
    /// About whom.
    pub const CUSTOMER: &str = "customer";
}

/// The name of a part of what is granted.
#[must_use]
pub fn part(of: &str, field: &str) -> String {
    format!("{of}.{field}")
}

/// What is granted as the fields show it, below a name.
#[must_use]
pub fn texts_of(of: &str, granted: &Granted) -> Touched {
    let terms = granted.terms.as_ref().map(|terms| match terms {
        Terms::Cash => "cash",
        Terms::Days { .. } => "days",
        Terms::Monthly => "monthly",
        Terms::Special { .. } => "special",
    });
    let days = match granted.terms {
        Some(Terms::Days { days }) => Some(days.to_string()),
        _ => None,
    };
    let agreed = match &granted.terms {
        Some(Terms::Special { agreed }) => Some(agreed.to_string()),
        _ => None,
    };
    let all = [
        (field::TEXT, granted.text.as_ref().map(ToString::to_string)),
        (field::TERMS, terms.map(str::to_owned)),
        (field::DAYS, days),
        (field::AGREED, agreed),
        (field::LIMIT, granted.limit.map(|limit| measure::field(Measure::Money, limit.get()))),
        (field::FROM, granted.from.map(|day| day.to_string())),
        (field::UNTIL, granted.until.map(|day| day.to_string())),
    ];
    all.into_iter().filter_map(|(field, text)| Some((part(of, field), text?))).collect()
}

/// Reads texts and collects what is wrong with them.
struct Reader<'a> {
    said: &'a Touched,
    wrong: Vec<FieldProblem>,
}

impl Reader<'_> {
    fn text(&self, field: &str) -> &str {
        self.said.get(field).map_or("", |text| text.trim())
    }

    fn needs<T>(&mut self, field: &str, parse: fn(&str) -> Result<T, shared::id::BadText>) -> Option<T> {
        let read = parse(self.text(field));
        read.map_err(|wrong| self.wrong.extend(text_problem(field, Some(wrong)))).ok()
    }

    fn day(&mut self, field: &str) -> Option<Date> {
        let text = self.text(field);
        if text.is_empty() {
            return None;
        }
        parse_day(field, text).map_err(|no_day| self.wrong.push(no_day)).ok()
    }

    fn misses<T>(&mut self, field: &str, code: &str) -> Option<T> {
        self.wrong.push(field_problem(field, code));
        None
    }

    fn granted(&mut self, of: &str, kind: ItemKind) -> Granted {
        let name = |field: &str| part(of, field);
        let settles = kind == ItemKind::Settlement;
        let remark = settles && self.text(&name(field::TEXT)).is_empty();
        let text = if remark { None } else { self.needs(&name(field::TEXT), Note::parse) };
        let (terms, limit) =
            if settles { (self.terms(of), self.limit(&name(field::LIMIT))) } else { (None, None) };
        let (from, until) = (self.day(&name(field::FROM)), self.day(&name(field::UNTIL)));
        let read = Granted { text, terms, limit, from, until };
        for fault in read.faults(kind) {
            let field = name(fault.field());
            // What could not be read is wrong already.
            if !self.wrong.iter().any(|wrong| wrong.field.starts_with(&field)) {
                self.wrong.push(field_problem(&field, fault.code()));
            }
        }
        read
    }

    fn terms(&mut self, of: &str) -> Option<Terms> {
        match self.text(&part(of, field::TERMS)) {
            "cash" => Some(Terms::Cash),
            "monthly" => Some(Terms::Monthly),
            "special" => {
                self.needs(&part(of, field::AGREED), Note::parse).map(|agreed| Terms::Special { agreed })
            }
            "days" => match self.text(&part(of, field::DAYS)).parse() {
                Ok(days) => Some(Terms::Days { days }),
                Err(_) => self.misses(&part(of, field::DAYS), "term_days"),
            },
            _ => self.misses(&part(of, field::TERMS), "required"),
        }
    }

    fn limit(&mut self, field: &str) -> Option<Fen> {
        match measure::parse(Measure::Money, self.text(field)) {
            Ok(Some(fen)) => match Fen::new(fen) {
                Ok(limit) => Some(limit),
                Err(_) => self.misses(field, "range"),
            },
            Ok(None) => self.misses(field, "required"),
            Err(_) => self.misses(field, "amount"),
        }
    }

    fn choice(&mut self, among: &[Choice]) -> Option<Choice> {
        let code = self.text(field::CHOICE);
        let found = among.iter().copied().find(|choice| choice.code() == code);
        found.or_else(|| self.misses(field::CHOICE, "required"))
    }
}

/// What is granted now, as far as the proposer has to say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// A former decision says it, and whether anything is.
    Known(bool),
    /// The proposer says it, and whether anything is.
    Said(bool),
}

/// What is sent to put an item before the meeting.
///
/// # Errors
/// What is wrong with which field.
pub fn proposed(
    kind: ItemKind,
    customer: Option<CustomerId>,
    now: Now,
    said: &Touched,
) -> Result<ProposeItem, Vec<FieldProblem>> {
    let mut reader = Reader { said, wrong: Vec::new() };
    if customer.is_none() && kind.needs_customer() {
        reader.wrong.push(field_problem(field::CUSTOMER, "required"));
    }
    let was = if now == Now::Said(true) { Some(reader.granted("was", kind)) } else { None };
    let (Now::Known(granted_now) | Now::Said(granted_now)) = now;
    let choice = reader.choice(Choice::proposable(granted_now));
    let granted = choice.filter(|one| one.grants()).map(|_| reader.granted("granted", kind));
    let reason = reader.needs(field::REASON, Reason::parse);
    match (choice, reason) {
        (Some(choice), Some(reason)) if reader.wrong.is_empty() => {
            Ok(ProposeItem { kind, customer, was, choice, granted, reason, stand_in: None })
        }
        _ => Err(reader.wrong),
    }
}

/// What is sent for the decision on an item; why is asked for where it is not as proposed.
///
/// # Errors
/// What is wrong with which field.
pub fn decided(item: &Item, said: &Touched) -> Result<MoveItem, Vec<FieldProblem>> {
    let mut reader = Reader { said, wrong: Vec::new() };
    let choice = reader.choice(Choice::decidable(item.was.is_some()));
    let granted = choice.filter(|one| one.grants()).map(|_| reader.granted("granted", item.kind));
    let as_proposed = choice == Some(item.proposal.choice) && granted == item.proposal.granted;
    let reason = if as_proposed && reader.text(field::REASON).is_empty() {
        None
    } else {
        reader.needs(field::REASON, Reason::parse)
    };
    if choice.is_none() || !reader.wrong.is_empty() {
        return Err(reader.wrong);
    }
    Ok(MoveItem { choice, granted, reason, stand_in: None })
}

#[cfg(test)]
mod tests;
