//! What is put before the meeting besides the grades, in words; and why the meeting refuses something.

use shared::dto::review::ItemRow;
use shared::ledger::Lang;
use shared::problem::FieldProblem;
use shared::review::meeting::{Choice, Granted, Item, ItemKind, ItemStage};

use super::problem::{explain_field_in, explain_in};
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
    explain_in(refusal, error)
}

/// What is wrong with a field, likewise.
#[must_use]
pub fn explain_part(wrong: &FieldProblem) -> String {
    explain_field_in(refusal, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

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
