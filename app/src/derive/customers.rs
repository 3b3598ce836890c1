//! The customer list's view state and its address. The address is the only place it lives in.

use serde::{Deserialize, Serialize};
use shared::dto::customer::{CustomerQuery, CustomerSort, Moved, TierCount};
use shared::grading::{self, Localized};
use shared::id::{Key, Label, UnitId, UserId};

use super::look::Look;

/// Everything the list shows besides how far it was scrolled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// What was searched for, as typed and trimmed; empty for nothing.
    pub search: String,
    /// Only this tier.
    pub tier: Option<Tier>,
    /// Only what had this tier before.
    pub previous: Option<Tier>,
    /// Only customers that went this way since.
    pub moved: Option<Moved>,
    /// Only this unit.
    pub unit: Option<UnitId>,
    /// Only this rep.
    pub rep: Option<UserId>,
    /// Only customers with missing data.
    pub missing: bool,
    /// Only customers whose latest grade lacks this indicator.
    pub lacks: Option<Key>,
    /// The order; the Worker's own when absent.
    pub sort: Option<CustomerSort>,
}

/// A tier to filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tier {
    /// This one.
    Of(Label),
    /// Customers without a grade.
    None,
}

impl Tier {
    /// Of those that have none, too.
    #[must_use]
    pub fn of(tier: Option<&Label>) -> Self {
        tier.map_or(Self::None, |tier| Self::Of(tier.clone()))
    }

    /// As a word of the address and of the request.
    fn word(&self) -> &str {
        match self {
            Self::Of(label) => label.as_str(),
            Self::None => "none",
        }
    }

    fn read(word: &str) -> Option<Self> {
        if word == "none" { Some(Self::None) } else { Label::parse(word).ok().map(Self::Of) }
    }
}

/// Most characters of a search that are sent.
const SEARCH_LIMIT: usize = 60;

const fn sort_word(sort: CustomerSort) -> &'static str {
    match sort {
        CustomerSort::Score => "score",
        CustomerSort::Sales => "sales",
        CustomerSort::Name => "name",
        CustomerSort::Code => "code",
    }
}

/// The word of the address for a way.
const fn moved_word(moved: Moved) -> &'static str {
    match moved {
        Moved::Up => "up",
        Moved::Down => "down",
    }
}

/// The way that a word of the address names.
fn moved_of(word: &str) -> Option<Moved> {
    [Moved::Up, Moved::Down].into_iter().find(|moved| moved_word(*moved) == word)
}

/// The order that a word of the address names.
pub fn sort_of(word: &str) -> Option<CustomerSort> {
    [CustomerSort::Score, CustomerSort::Sales, CustomerSort::Name, CustomerSort::Code]
        .into_iter()
        .find(|sort| sort_word(*sort) == word)
}

/// The word of the address for an order.
pub fn word_of(sort: Option<CustomerSort>) -> &'static str {
    sort.map_or("", sort_word)
}

impl View {
    /// Reads the address; what it does not understand it leaves out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let search = get("q").unwrap_or_default();
        Self {
            search: search.trim().chars().take(SEARCH_LIMIT).collect(),
            tier: get("tier").as_deref().and_then(Tier::read),
            // A search looks at all of the book, wherever customers came from.
            previous: get("previous").filter(|_| search.trim().is_empty()).as_deref().and_then(Tier::read),
            moved: get("moved").filter(|_| search.trim().is_empty()).as_deref().and_then(moved_of),
            unit: get("unit").and_then(|unit| UnitId::parse(&unit).ok()),
            rep: get("rep").and_then(|rep| UserId::parse(&rep).ok()),
            lacks: get("lacks").filter(|_| search.trim().is_empty()).and_then(|key| Key::parse(&key).ok()),
            missing: get("missing").is_some_and(|missing| missing == "1"),
            sort: get("sort").and_then(|sort| sort_of(&sort)),
        }
    }

    /// The address of this view, with `/customers` alone for the plain list.
    pub fn address(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut put = |key: &str, value: &str| parts.push(format!("{key}={}", encoded(value)));
        if !self.search.is_empty() {
            put("q", &self.search);
        }
        if let Some(tier) = &self.tier {
            put("tier", tier.word());
        }
        if let Some(tier) = self.previous.as_ref().filter(|_| self.search.is_empty()) {
            put("previous", tier.word());
        }
        if let Some(moved) = self.moved.filter(|_| self.search.is_empty()) {
            put("moved", moved_word(moved));
        }
        if let Some(unit) = &self.unit {
            put("unit", unit.as_str());
        }
        if let Some(rep) = &self.rep {
            put("rep", rep.as_str());
        }
        if self.missing {
            put("missing", "1");
        }
        if let Some(key) = self.lacks.as_ref().filter(|_| self.search.is_empty()) {
            put("lacks", key.as_str());
        }
        if let Some(sort) = self.sort {
            put("sort", sort_word(sort));
        }
        if parts.is_empty() { "/customers".to_owned() } else { format!("/customers?{}", parts.join("&")) }
    }

    /// The request for a page of it.
    pub fn query(&self, cursor: Option<String>) -> CustomerQuery {
        CustomerQuery {
            q: (!self.search.is_empty()).then(|| self.search.clone()),
            tier: self.tier.as_ref().map(|tier| tier.word().to_owned()),
            previous: self
                .previous
                .as_ref()
                .filter(|_| self.search.is_empty())
                .map(|tier| tier.word().to_owned()),
            moved: self.moved.filter(|_| self.search.is_empty()),
            unit: self.unit.clone(),
            rep: self.rep.clone(),
            missing: self.missing.then_some(true),
            lacks: self.lacks.clone().filter(|_| self.search.is_empty()),
            sort: self.sort,
            cursor,
            limit: None,
        }
    }

    /// How many conditions narrow the list, the search not counted.
    pub fn narrowed(&self) -> usize {
        let of_data = [self.missing, self.lacks.is_some(), self.moved.is_some()];
        [self.tier.is_some(), self.previous.is_some(), self.unit.is_some(), self.rep.is_some()]
            .into_iter()
            .chain(of_data)
            .filter(|set| *set)
            .count()
    }

    /// Whether it is the plain list, in whatever order.
    pub fn is_plain(&self) -> bool {
        self.narrowed() == 0 && self.search.is_empty()
    }

    /// The plain list in the same order.
    pub fn cleared(&self) -> Self {
        Self { sort: self.sort, ..Self::default() }
    }
}

/// The parameters of a request for a page of the list.
#[must_use]
pub fn pairs(query: CustomerQuery) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("q", query.q),
        ("tier", query.tier),
        ("previous", query.previous),
        ("moved", query.moved.map(|moved| moved_word(moved).to_owned())),
        ("unit", query.unit.map(String::from)),
        ("rep", query.rep.map(String::from)),
        ("missing", query.missing.map(|missing| missing.to_string())),
        ("lacks", query.lacks.map(String::from)),
        ("sort", query.sort.map(|sort| sort_word(sort).to_owned())),
        ("cursor", query.cursor),
        ("limit", query.limit.map(|limit| limit.to_string())),
    ]
}

/// Per-cent-encodes a value of an address, UTF-8, everything but the unreserved characters.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// One tier of the strip above the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Which.
    pub tier: Tier,
    /// How it looks.
    pub look: Look,
    /// What the policy in force calls it.
    pub name: Option<Localized>,
    /// How many customers are in it, once that is known.
    pub count: Option<u32>,
}

/// The strip: the tiers of the policy in force, those that only grades of former policies still have,
/// the ungraded.
#[must_use]
pub fn strip(tiers: &[grading::Tier], counts: Option<&[TierCount]>) -> Vec<Cell> {
    let count = |tier: Option<&Label>| {
        let counts = counts?;
        Some(counts.iter().find(|one| one.tier.as_ref() == tier).map_or(0, |one| one.customers))
    };
    let known = tiers.iter().enumerate().map(|(at, tier)| Cell {
        tier: Tier::Of(tier.key.clone()),
        look: Look::at(tiers, at),
        name: Some(tier.name.clone()),
        count: count(Some(&tier.key)),
    });
    let former = counts.into_iter().flatten().filter_map(|one| {
        let key = one.tier.as_ref().filter(|tier| tiers.iter().all(|known| known.key != **tier))?;
        let (tier, look) = (Tier::Of(key.clone()), Look::of(tiers, Some(key)));
        Some(Cell { tier, look, name: None, count: Some(one.customers) })
    });
    let ungraded = Cell { tier: Tier::None, look: Look::default(), name: None, count: count(None) };
    known.chain(former).chain([ungraded]).collect()
}

/// How the grade moved against the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// To a better tier.
    Rise,
    /// To a worse tier.
    Fall,
    /// The same tier.
    Same,
}

/// The trend between two tiers of a policy whose tiers are given best first; `None` when one of
/// them is absent or unknown.
pub fn trend(tiers: &[grading::Tier], now: Option<&Label>, before: Option<&Label>) -> Option<Trend> {
    let position = |label: Option<&Label>| tiers.iter().position(|tier| Some(&tier.key) == label);
    let (now, before) = (position(now)?, position(before)?);
    Some(match now.cmp(&before) {
        std::cmp::Ordering::Less => Trend::Rise,
        std::cmp::Ordering::Equal => Trend::Same,
        std::cmp::Ordering::Greater => Trend::Fall,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn label(text: &str) -> Label {
        Label::parse(text).unwrap()
    }

    fn read(address: &str) -> View {
        let pairs: HashMap<String, String> = address
            .split_once('?')
            .map(|(_, query)| query)
            .unwrap_or_default()
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), decoded(value)))
            .collect();
        View::read(|key| pairs.get(key).cloned())
    }

    fn decoded(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let pair: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.push(u8::from_str_radix(&pair, 16).unwrap());
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_view_survives_its_address() {
        let view = View {
            search: "恒力 & 100%".to_owned(),
            tier: Some(Tier::Of(label("战略"))),
            previous: None,
            moved: None,
            lacks: None,
            unit: UnitId::parse("u-1").ok(),
            rep: UserId::parse("r-9").ok(),
            missing: true,
            sort: Some(CustomerSort::Code),
        };
        assert_eq!(read(&view.address()), view);
        assert_eq!(view.narrowed(), 4);
        let moved = read("/customers?tier=A&previous=none");
        assert_eq!((moved.previous.clone(), moved.narrowed()), (Some(Tier::None), 2));
        assert_eq!(moved.address(), "/customers?tier=A&previous=none");
        assert_eq!(moved.query(None).previous.as_deref(), Some("none"));
        assert_eq!(read("/customers?q=HL&previous=A").previous, None, "a search looks everywhere");
        let lacking = read("/customers?unit=u-1&lacks=loyalty");
        assert_eq!((lacking.lacks.as_ref().map(Key::as_str), lacking.narrowed()), (Some("loyalty"), 2));
        assert_eq!(lacking.address(), "/customers?unit=u-1&lacks=loyalty");
        assert_eq!(lacking.query(None).lacks, lacking.lacks);
        assert_eq!(read("/customers?q=HL&lacks=loyalty").lacks, None);
        let up = read("/customers?moved=up&unit=u-1");
        assert_eq!((up.moved, up.narrowed()), (Some(Moved::Up), 2));
        assert_eq!(up.address(), "/customers?moved=up&unit=u-1");
        assert_eq!(up.query(None).moved, Some(Moved::Up));
        assert_eq!(read("/customers?q=HL&moved=up").moved, None);
        assert_eq!(read("/customers?moved=sideways").moved, None);
        assert_eq!(read("/customers"), View::default());
        assert_eq!(View::default().address(), "/customers");
    }

    #[test]
    fn nonsense_in_the_address_is_left_out() {
        assert_eq!(read("/customers?unit=Not%20An%20Id&sort=luck&missing=yes&tier="), View::default());
        assert_eq!(read("/customers?tier=none").tier, Some(Tier::None));
    }

    #[test]
    fn the_request_says_what_the_view_says() {
        let view = read("/customers?q=HL&tier=none&missing=1&sort=sales");
        let query = view.query(Some("next".to_owned()));
        assert_eq!(
            (query.q.as_deref(), query.tier.as_deref(), query.missing, query.sort, query.cursor.as_deref()),
            (Some("HL"), Some("none"), Some(true), Some(CustomerSort::Sales), Some("next"))
        );
    }

    #[test]
    fn the_strip_has_every_tier_that_somebody_is_in() {
        let tiers = grading::default_policy().unwrap().tiers;
        let tiers = &tiers[..2];
        let of = |tier: Option<&str>, customers| TierCount { tier: tier.map(label), customers };
        let counts = [of(Some("B"), 7), of(Some("战略"), 2), of(None, 3)];
        let cells = |counts: Option<&[TierCount]>| {
            let cells = strip(tiers, counts).into_iter();
            cells.map(|cell| (cell.tier, cell.look.rank, cell.count)).collect::<Vec<_>>()
        };
        let tier = |text| Tier::Of(label(text));
        assert_eq!(
            cells(Some(&counts)),
            [
                (tier("A"), Some(1), Some(0)),
                (tier("B"), Some(2), Some(7)),
                (tier("战略"), Some(usize::MAX), Some(2)),
                (Tier::None, None, Some(3)),
            ]
        );
        let unknown = [(tier("A"), Some(1), None), (tier("B"), Some(2), None), (Tier::None, None, None)];
        assert_eq!(cells(None), unknown);
    }

    #[test]
    fn trends_follow_the_order_of_the_policy() {
        let tiers = grading::default_policy().unwrap().tiers;
        let case = |now: &str, before: &str| trend(&tiers, Some(&label(now)), Some(&label(before)));
        assert_eq!(case("A", "B"), Some(Trend::Rise));
        assert_eq!(case("C", "B"), Some(Trend::Fall));
        assert_eq!(case("B", "B"), Some(Trend::Same));
        assert_eq!(case("B", "S"), None);
        assert_eq!(trend(&tiers, None, Some(&label("A"))), None);
    }
}
