//! What a customer page is made of. Each takes a policy and an assessment and loads nothing.

pub mod choose;
pub mod compare;
pub mod entry;
pub mod gates;
pub mod grade_stamp;
pub mod indicators;
pub mod panels;
pub mod score;
pub mod ways;

use shared::id::Label;

use crate::contexts::i18n::lang;
use crate::texts;

/// A grade in words: `B 级（暂定）`.
#[must_use]
pub fn grade_words(tier: Option<&Label>, provisional: bool) -> String {
    match tier {
        None => texts::tier::none(lang()).to_owned(),
        Some(tier) if provisional => texts::tier::provisional(lang(), tier),
        Some(tier) => texts::tier::label(lang(), tier),
    }
}
