//! What is put before the meeting besides the grades, in words and as it is typed.

use shared::calendar::Date;
use shared::dto::review::{ItemRow, MoveItem, ProposeItem};
use shared::grading::Measure;
use shared::id::{CustomerId, Note, Reason};
use shared::ledger::Lang;
use shared::number::Fen;
use shared::problem::FieldProblem;
use shared::review::Terms;
use shared::review::meeting::{Choice, Granted, Item, ItemKind, ItemStage};

use super::edit::Touched;
use super::measure;
use super::problem::{explain_field, field_problem, parse_day, text_problem};
use super::review_said;
use super::review_step;
use crate::client::ApiError;
use crate::say;
use crate::texts::meeting as texts;

/// What a kind of item is called.
#[must_use]
pub const fn kind(lang: Lang, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::SpecialPolicy => texts::item::special_policy(lang),
        ItemKind::Settlement => texts::item::settlement(lang),
        ItemKind::Other => texts::item::other(lang),
    }
}

/// What its part of the agenda is called.
#[must_use]
pub const fn heading(lang: Lang, kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::SpecialPolicy => texts::group::special_policy(lang),
        ItemKind::Settlement => texts::group::settlement(lang),
        ItemKind::Other => texts::group::other(lang),
    }
}

/// A choice in words; what is new of another matter is agreed to, and nothing that was not granted is taken
/// away.
#[must_use]
pub const fn choice(lang: Lang, kind: ItemKind, granted_now: bool, choice: Choice) -> &'static str {
    match (choice, kind, granted_now) {
        (Choice::Stable, ..) => texts::choice::stable(lang),
        (Choice::Adjust, ..) => texts::choice::adjust(lang),
        (Choice::Withdraw, _, true) => texts::choice::withdraw(lang),
        (Choice::Withdraw, _, false) => texts::choice::not_granted(lang),
        (Choice::New, ItemKind::Other, _) => texts::choice::agree(lang),
        (Choice::New, ..) => texts::choice::new(lang),
    }
}

/// What is granted, in words.
#[must_use]
pub fn granted(lang: Lang, of: &Granted) -> String {
    let span = match (of.from, of.until) {
        (None, None) => None,
        (Some(from), None) => Some(texts::item::since(lang, &from)),
        (None, Some(until)) => Some(texts::item::till(lang, &until)),
        (Some(from), Some(until)) => Some(texts::item::span(lang, &from, &until)),
    };
    let parts = [
        of.terms.as_ref().map(|terms| review_said::terms(lang, terms)),
        of.limit.map(|limit| texts::item::limit_value(lang, &review_said::limit(lang, limit))),
        of.text.as_ref().map(ToString::to_string),
        span,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What was granted, in words.
#[must_use]
pub fn was(lang: Lang, item: &Item) -> String {
    item.was.as_ref().map_or_else(|| texts::item::was_none(lang).to_owned(), |was| granted(lang, was))
}

/// What is proposed, in words.
#[must_use]
pub fn proposal(lang: Lang, item: &Item) -> String {
    let said = &item.proposal;
    let word = choice(lang, item.kind, item.was.is_some(), said.choice);
    said.granted.as_ref().map_or_else(|| word.to_owned(), |of| format!("{word}：{}", granted(lang, of)))
}

/// What was decided, in words; that it was not, otherwise.
#[must_use]
pub fn decision(lang: Lang, item: &Item) -> String {
    match (&item.decision, item.stage()) {
        (Some(said), _) => {
            let word = choice(lang, item.kind, item.was.is_some(), said.choice);
            said.granted
                .as_ref()
                .map_or_else(|| word.to_owned(), |of| format!("{word}：{}", granted(lang, of)))
        }
        (None, ItemStage::Withdrawn) => texts::item::withdrawn(lang).to_owned(),
        (None, ItemStage::Proposed | ItemStage::Decided) => texts::item::undecided(lang).to_owned(),
    }
}

/// What an item is about, in a line: the customer, or the matter itself.
#[must_use]
pub fn title(lang: Lang, row: &ItemRow) -> String {
    match (&row.name, &row.item.proposal.granted) {
        (Some(name), _) => name.to_string(),
        (None, Some(of)) => of.text.as_ref().map(ToString::to_string).unwrap_or_default(),
        (None, None) => kind(lang, row.item.kind).to_owned(),
    }
}

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

/// Why the meeting refuses something, by the rule's code; `None` for any other code.
fn refusal(rule: &str) -> Option<&'static str> {
    Some(match rule {
        "before_meeting" => say!(meeting.refused.before_meeting),
        "was_known" => say!(meeting.refused.was_known),
        "choice" => say!(meeting.refused.choice),
        "unchanged" => say!(meeting.refused.unchanged),
        "ended" => say!(meeting.refused.ended),
        "own_proposal" => say!(meeting.refused.own_proposal),
        "not_own" => say!(meeting.refused.not_own),
        "settled" => say!(meeting.refused.settled),
        "confirmed" => say!(meeting.refused.confirmed),
        "not_concluded" => say!(meeting.refused.not_concluded),
        "not_confirmed" => say!(meeting.refused.not_confirmed),
        _ => return review_step::refusal(rule),
    })
}

/// What went wrong, in the words of the rule where a rule refused it.
#[must_use]
pub fn explain(error: &ApiError) -> String {
    let rule = error.fields().iter().find_map(|wrong| refusal(&wrong.code));
    rule.map_or_else(|| super::problem::explain(error), str::to_owned)
}

/// What is wrong with a field, likewise.
#[must_use]
pub fn explain_part(wrong: &FieldProblem) -> String {
    refusal(&wrong.code).map_or_else(|| explain_field(wrong), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&str, &str)]) -> Touched {
        pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
    }

    fn customer() -> Option<CustomerId> {
        CustomerId::parse("k1").ok()
    }

    #[test]
    fn a_proposal_is_read_by_its_kind_and_all_that_is_wrong_is_said() {
        let nothing = proposed(ItemKind::SpecialPolicy, None, Now::Said(false), &Touched::new()).unwrap_err();
        let fields: Vec<_> = nothing.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, ["customer", "choice", "reason"]);
        let text = said(&[("choice", "new"), ("granted.text", "运费由我方承担"), ("reason", "量大")]);
        let body = proposed(ItemKind::SpecialPolicy, customer(), Now::Said(false), &text).unwrap();
        assert_eq!((body.choice, body.was.is_none()), (Choice::New, true));
        let wrong = proposed(ItemKind::SpecialPolicy, customer(), Now::Known(true), &text).unwrap_err();
        assert_eq!(wrong[0].field, "choice", "something is granted: nothing is new");
        let mut terms = said(&[
            ("choice", "new"),
            ("granted.terms", "days"),
            ("granted.days", ""),
            ("granted.limit", "x"),
            ("reason", "r"),
        ]);
        let wrong = proposed(ItemKind::Settlement, customer(), Now::Said(false), &terms).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, ["granted.terms.days", "granted.limit"]);
        terms.extend(said(&[("granted.terms.days", "60"), ("granted.limit", "50")]));
        let body = proposed(ItemKind::Settlement, customer(), Now::Said(false), &terms).unwrap();
        let read = body.granted.unwrap();
        assert_eq!(granted(Lang::Zh, &read), "60 天账期 · 额度 50 万元");
        assert_eq!(texts_of("granted", &read)["granted.limit"], "50");
        terms.insert("granted.terms.days".to_owned(), "731".to_owned());
        let wrong = proposed(ItemKind::Settlement, customer(), Now::Said(false), &terms).unwrap_err();
        assert_eq!((wrong[0].field.as_str(), wrong[0].code.as_str()), ("granted.terms.days", "term_days"));
    }

    #[test]
    fn every_rule_of_an_item_has_its_words() {
        for rule in [
            "before_meeting",
            "was_known",
            "choice",
            "unchanged",
            "ended",
            "own_proposal",
            "not_own",
            "settled",
            "role",
        ] {
            assert!(refusal(rule).is_some(), "{rule}");
        }
        assert_eq!(refusal("required"), None);
    }

    #[test]
    fn a_choice_reads_as_what_it_does() {
        let word = |kind, now, of| choice(Lang::Zh, kind, now, of);
        assert_eq!(word(ItemKind::SpecialPolicy, true, Choice::Withdraw), "终止");
        assert_eq!(word(ItemKind::SpecialPolicy, false, Choice::Withdraw), "不予");
        assert_eq!(word(ItemKind::Other, false, Choice::New), "同意");
    }
}
