//! From the place of a mistake to the field of the editor that shows it.

use super::policy_difference::Part;

/// Every field and every row of the editor; `*` is one step of any name.
const FIELDS: &[&str] = &[
    "title.zh",
    "title.en",
    "document",
    "evidence_floor",
    "marks",
    "marks.total",
    "score_floor",
    "score_ceiling",
    "segments",
    "segments.*",
    "segments.*.key",
    "segments.*.name.zh",
    "segments.*.name.en",
    "indicators",
    "indicators.*",
    "indicators.*.key",
    "indicators.*.name.zh",
    "indicators.*.name.en",
    "indicators.*.asks.zh",
    "indicators.*.asks.en",
    "indicators.*.clause",
    "indicators.*.measure",
    "indicators.*.weight",
    "indicators.*.by_segment",
    "facts",
    "facts.*",
    "facts.*.key",
    "facts.*.name.zh",
    "facts.*.name.en",
    "facts.*.measure",
    "facts.*.levels",
    "gates",
    "gates.*",
    "gates.*.key",
    "gates.*.name.zh",
    "gates.*.name.en",
    "gates.*.clause",
    "gates.*.when.input",
    "gates.*.when.test",
    "gates.*.effect",
    "gates.*.effect.tier",
    "method",
    "method.rounding",
    "method.ties",
    "method.ties.by.input",
    "method.rules",
    "method.rules.*",
    "method.rules.*.key",
    "method.rules.*.name.zh",
    "method.rules.*.name.en",
    "method.rules.*.clause",
    "method.rules.*.tier",
    "method.rules.*.all",
    "method.rules.*.all.*",
    "method.rules.*.any",
    "method.rules.*.any.*",
    "method.otherwise",
    "tiers",
    "tiers.*",
    "tiers.*.key",
    "tiers.*.name.zh",
    "tiers.*.name.en",
    "tiers.*.from",
    "tiers.*.share",
    "tiers.*.colour",
    "tiers.*.treatment",
    "tiers.*.treatment.production_priority",
    "tiers.*.treatment.discount_limit",
    "tiers.*.treatment.payment_term",
    "tiers.*.treatment.payment_term.days",
    "tiers.*.treatment.payment_term.terms.zh",
    "tiers.*.treatment.payment_term.terms.en",
    "tiers.*.treatment.visit_days",
    "tiers.*.treatment.complaint_hours",
    "tiers.*.treatment.lead_days",
];

/// The fields of one scoring, under its own path.
const SCORING: &[&str] = &[
    "",
    "bands",
    "bands.*",
    "bands.*.points",
    "levels",
    "levels.*",
    "levels.*.key",
    "levels.*.points",
    "levels.*.meaning.zh",
    "levels.*.meaning.en",
    "from.value",
    "from.points",
    "to.value",
    "to.points",
    "full",
    "target",
    "cap",
    "better",
    "base",
    "origin",
    "unit",
    "per_unit",
    "whole_units",
    "floor",
    "ceiling",
];

/// Where a scoring may stand.
const SCORINGS: &[&str] = &["indicators.*.scoring", "indicators.*.by_segment.*"];

fn fits(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('.'), path.split('.'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(want), Some(have)) if want == "*" || want == have => {}
            _ => return false,
        }
    }
}

fn is_field(path: &str) -> bool {
    FIELDS.iter().any(|pattern| fits(pattern, path))
        || SCORINGS.iter().any(|root| {
            SCORING.iter().any(|rest| {
                if rest.is_empty() { fits(root, path) } else { fits(&format!("{root}.{rest}"), path) }
            })
        })
}

/// The field at which a mistake is shown: the one of its path, or else the nearest around it; the first
/// text of a field in two languages.
#[must_use]
pub fn field_of(path: &str) -> String {
    let zh = format!("{path}.zh");
    if !is_field(path) && is_field(&zh) {
        return zh;
    }
    let mut rest = path;
    loop {
        if is_field(rest) || rest.is_empty() {
            return rest.to_owned();
        }
        rest = rest.rsplit_once('.').map_or("", |(outer, _)| outer);
    }
}

/// The chapter of a path.
#[must_use]
pub fn part_of(path: &str) -> Part {
    let mut steps = path.split('.');
    match (steps.next(), steps.nth(1)) {
        (Some("indicators"), _) => Part::Indicators,
        (Some("gates"), _) => Part::Gates,
        (Some("method"), _) => Part::Method,
        (Some("tiers"), Some("treatment")) => Part::Treatment,
        (Some("tiers"), _) => Part::Tiers,
        (Some("facts"), _) => Part::Facts,
        (Some("segments"), _) => Part::Segments,
        _ => Part::Head,
    }
}

/// The id of a field's element.
#[must_use]
pub fn id_of(path: &str) -> String {
    let word = |c: char| if c.is_whitespace() { '_' } else { c };
    std::iter::once("f.").flat_map(str::chars).chain(path.chars().map(word)).collect()
}

/// The position that a path names in a list: `indicators.3.weight` is at 3 of `indicators`.
#[must_use]
pub fn position(path: &str, list: &str) -> Option<usize> {
    path.strip_prefix(list)?.strip_prefix('.')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_shown_at_its_field_or_the_nearest_around_it() {
        for (path, field) in [
            ("indicators.0.weight", "indicators.0.weight"),
            ("indicators.12.scoring.bands.2", "indicators.12.scoring.bands.2"),
            ("indicators.0.scoring.bands.2.at_least", "indicators.0.scoring.bands.2"),
            ("indicators.0.scoring.bands.2.points", "indicators.0.scoring.bands.2.points"),
            ("indicators.0.scoring", "indicators.0.scoring"),
            ("indicators.0.by_segment.一线城市.target.input", "indicators.0.by_segment.一线城市.target"),
            ("indicators.0.name", "indicators.0.name.zh"),
            ("gates.1.when.test.one_of.0", "gates.1.when.test"),
            ("gates.1.effect.tier", "gates.1.effect.tier"),
            ("method.rules.0.all.1.test.at_least", "method.rules.0.all.1"),
            ("method.ties.by.input", "method.ties.by.input"),
            ("tiers.2.treatment.payment_term.terms", "tiers.2.treatment.payment_term.terms.zh"),
            ("tiers", "tiers"),
            ("unknown.thing", ""),
            ("", ""),
        ] {
            assert_eq!(field_of(path), field, "{path}");
        }
    }

    #[test]
    fn chapters_and_positions() {
        assert_eq!(part_of("tiers.1.treatment.lead_days"), Part::Treatment);
        assert_eq!(part_of("tiers.1.from"), Part::Tiers);
        assert_eq!(part_of("evidence_floor"), Part::Head);
        assert_eq!(position("indicators.3.weight", "indicators"), Some(3));
        assert_eq!(position("gates", "gates"), None);
        assert_eq!(id_of("indicators.0.by_segment.a b"), "f.indicators.0.by_segment.a_b");
    }
}
