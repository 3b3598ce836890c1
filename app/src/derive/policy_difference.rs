//! What one policy says otherwise than another, in words.
//!
//! Every struct of a policy is taken apart here without `..`, so that a field that is added to one does
//! not compile until its difference can be told; a test changes every value of a policy and listens.

mod rules;
mod scoring;

#[cfg(test)]
pub mod tests;

pub use scoring::whole as scoring_words;

use shared::grading::{Fact, Localized, Policy, Segment};
use shared::ledger::Lang;

use super::policy_words as words;
use super::sentences::local;
use super::spacing::tidy;
use crate::texts::studio as texts;

/// The chapter of a policy that something belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Title, number, marks, limits.
    Head,
    /// What is scored.
    Indicators,
    /// What bounds the tier.
    Gates,
    /// How the tier is found.
    Method,
    /// The tiers.
    Tiers,
    /// What the tiers get.
    Treatment,
    /// Inputs that earn nothing.
    Facts,
    /// Kinds of customers.
    Segments,
}

impl Part {
    /// Every chapter, in the order of the editor.
    pub const ALL: [Self; 8] = [
        Self::Head,
        Self::Indicators,
        Self::Gates,
        Self::Method,
        Self::Tiers,
        Self::Treatment,
        Self::Facts,
        Self::Segments,
    ];

    /// Its heading.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Head => texts::part::head(lang),
            Self::Indicators => texts::part::indicators(lang),
            Self::Gates => texts::part::gates(lang),
            Self::Method => texts::part::method(lang),
            Self::Tiers => texts::part::tiers(lang),
            Self::Treatment => texts::part::treatment(lang),
            Self::Facts => texts::part::facts(lang),
            Self::Segments => texts::part::segments(lang),
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The chapter.
    pub part: Part,
    /// What is otherwise: `销售总额：权重 30 → 25`.
    pub text: String,
}

/// Everything that `after` says otherwise than `before`, chapter by chapter.
#[must_use]
pub fn differences(lang: Lang, before: &Policy, after: &Policy) -> Vec<Difference> {
    let mut tell =
        Teller { lang, before, after, part: Part::Head, subject: String::new(), found: Vec::new() };
    tell.policy();
    if tell.found.is_empty() && before != after {
        tell.part = Part::Head;
        tell.plain(texts::diff::other(lang).to_owned());
    }
    let mut found = tell.found;
    let place = |part: Part| Part::ALL.iter().position(|one| *one == part);
    found.sort_by_key(|one| place(one.part));
    found
}

/// Goes through two policies and notes what differs.
struct Teller<'a> {
    lang: Lang,
    before: &'a Policy,
    after: &'a Policy,
    part: Part,
    /// What is being compared, by name; empty for the policy itself.
    subject: String,
    found: Vec<Difference>,
}

impl Teller<'_> {
    fn plain(&mut self, text: String) {
        let text = if self.subject.is_empty() {
            text
        } else {
            texts::diff::subject(self.lang, &self.subject, &text)
        };
        self.found.push(Difference { part: self.part, text: tidy(&text) });
    }

    /// Within a chapter.
    fn part(&mut self, part: Part) {
        self.part = part;
        self.subject.clear();
    }

    /// A field, told by its words.
    fn field<T: PartialEq>(
        &mut self,
        name: &str,
        before: &T,
        after: &T,
        word: impl Fn(&T, &Policy) -> String,
    ) {
        if before == after {
            return;
        }
        let (was, is) = (word(before, self.before), word(after, self.after));
        self.plain(if was == is {
            texts::diff::same_words(self.lang, &name)
        } else {
            texts::diff::changed(self.lang, &name, &was, &is)
        });
    }

    /// A field of plain text.
    fn string(&mut self, name: &str, before: &String, after: &String) {
        let none = texts::word::none(self.lang);
        self.field(name, before, after, |text, _| {
            if text.is_empty() { none.to_owned() } else { format!("“{text}”") }
        });
    }

    /// A text in two languages: the reader's by its name, the other with a remark.
    fn text(&mut self, name: &str, before: &Localized, after: &Localized) {
        let Localized { zh: zh_before, en: en_before } = before;
        let Localized { zh: zh_after, en: en_after } = after;
        let other = texts::field::other_language(self.lang, &name);
        let (zh, en) = match self.lang {
            Lang::Zh => (name, other.as_str()),
            Lang::En => (other.as_str(), name),
        };
        self.string(zh, zh_before, zh_after);
        self.string(en, en_before, en_after);
    }

    /// A list whose members have keys: what is new, gone, moved, and the members in both.
    fn list<T, K: PartialEq>(
        &mut self,
        what: &str,
        (before, after): (&[T], &[T]),
        key: impl Fn(&T) -> &K,
        (name, detail): (impl Fn(Lang, &T) -> String, impl Fn(Lang, &T, &Policy) -> String),
        mut each: impl FnMut(&mut Self, &T, &T),
    ) {
        let lang = self.lang;
        let has = |list: &[T], one: &T| list.iter().any(|other| key(other) == key(one));
        for gone in before.iter().filter(|one| !has(after, one)) {
            self.plain(texts::diff::removed(lang, &what, &name(lang, gone)));
        }
        for new in after.iter().filter(|one| !has(before, one)) {
            let detail = detail(lang, new, self.after);
            self.plain(if detail.is_empty() {
                texts::diff::added(lang, &what, &name(lang, new))
            } else {
                texts::diff::added_detail(lang, &what, &name(lang, new), &detail)
            });
        }
        let stayed = before.iter().filter(|one| has(after, one)).map(&key);
        let found: Vec<&T> = after.iter().filter(|one| has(before, one)).collect();
        if !stayed.eq(found.iter().map(|one| key(one))) {
            let names: Vec<String> = found.iter().map(|one| name(lang, one)).collect();
            self.plain(texts::diff::order(lang, &what, &names.join(words::separator(lang))));
        }
        for new in after {
            if let Some(old) = before.iter().find(|one| key(one) == key(new)) {
                let outer = std::mem::take(&mut self.subject);
                let own = name(lang, new);
                self.subject = if outer.is_empty() { own } else { format!("{outer} · {own}") };
                each(self, old, new);
                self.subject = outer;
            }
        }
    }

    fn policy(&mut self) {
        let lang = self.lang;
        let Policy {
            title,
            document,
            evidence_floor,
            marks,
            score_floor,
            score_ceiling,
            segments,
            indicators,
            facts,
            gates,
            method,
            tiers,
        } = self.after;
        let before = self.before;
        let limit = |points: &Option<_>, _: &Policy| {
            points.map_or_else(|| texts::word::none(lang).to_owned(), |points| words::points(lang, points))
        };
        self.text(texts::field::title(lang), &before.title, title);
        self.string(texts::field::document(lang), &before.document, document);
        self.field(texts::field::evidence_floor(lang), &before.evidence_floor, evidence_floor, |share, _| {
            format!("{} %", super::format::percent(*share))
        });
        self.field(texts::field::marks(lang), &before.marks, marks, |marks, _| words::marks(lang, *marks));
        self.field(texts::field::score_floor(lang), &before.score_floor, score_floor, limit);
        self.field(texts::field::score_ceiling(lang), &before.score_ceiling, score_ceiling, limit);
        self.part(Part::Segments);
        self.list(
            texts::what::segment(lang),
            (&before.segments, segments),
            |one| &one.key,
            (|lang, one: &Segment| named(lang, &one.name, one.key.as_str()), |_, _, _| String::new()),
            |tell, old, new| {
                let Segment { key: _, name } = new;
                tell.text(texts::field::name(lang), &old.name, name);
            },
        );
        self.part(Part::Facts);
        self.facts(&before.facts, facts);
        self.part(Part::Indicators);
        self.indicators(&before.indicators, indicators);
        self.part(Part::Gates);
        self.gates(&before.gates, gates);
        self.part(Part::Method);
        self.method(&before.method, method);
        self.part(Part::Tiers);
        self.tiers(&before.tiers, tiers);
    }

    fn facts(&mut self, before: &[Fact], after: &[Fact]) {
        let lang = self.lang;
        self.list(
            texts::what::fact(lang),
            (before, after),
            |one| &one.key,
            (
                |lang, one: &Fact| named(lang, &one.name, one.key.as_str()),
                |lang, one, _| words::measure(lang, one.measure).to_owned(),
            ),
            |tell, old, new| {
                let Fact { key: _, name, measure, levels } = new;
                tell.text(texts::field::name(lang), &old.name, name);
                tell.field(texts::field::measure(lang), &old.measure, measure, |measure, _| {
                    words::measure(lang, *measure).to_owned()
                });
                tell.field(texts::field::levels(lang), &old.levels, levels, |levels, _| {
                    words::labels(lang, levels)
                });
            },
        );
    }
}

/// A name in the reader's language, or the key of what has none yet.
fn named(lang: Lang, name: &Localized, key: &str) -> String {
    let own = local(lang, name);
    if own.is_empty() { key.to_owned() } else { own.to_owned() }
}
