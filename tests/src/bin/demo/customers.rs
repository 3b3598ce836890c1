//! The customers of the demo and their three years. The places and the names are invented.

use std::collections::{BTreeMap, BTreeSet};

use shared::calendar::Date;
use shared::grading::Input;
use shared::id::{CustomerCode, Key, Label, Name};
use shared::ledger::AnnualRow;

use crate::random::Random;

/// The years of the demo's ledgers.
pub const YEARS: [i32; 3] = [2023, 2024, 2025];

const COUNT: usize = 400;
const WAN: i64 = 1_000_000;

const PLACES: [&str; 20] = [
    "云泽",
    "青屿",
    "朔川",
    "临澜",
    "广陌",
    "安渡",
    "江岚",
    "海棠湾",
    "西陵渡",
    "北麓",
    "东屏",
    "南浦口",
    "平皋",
    "长汀岭",
    "明湖",
    "白石",
    "金沙岭",
    "玉溪口",
    "沧原",
    "双河口",
];
const BRANDS: [&str; 40] = [
    "恒远",
    "鼎盛",
    "华锐",
    "中拓",
    "天朗",
    "瑞丰",
    "宏达",
    "金石",
    "远航",
    "博雅",
    "凯盛",
    "同辉",
    "正泽",
    "永固",
    "兴邦",
    "卓越",
    "万钧",
    "弘毅",
    "新元",
    "力博",
    "嘉禾",
    "信合",
    "亿诚",
    "科隆",
    "星海",
    "长青",
    "聚源",
    "百川",
    "润通",
    "德泰",
    "振华",
    "久安",
    "昌明",
    "立信",
    "飞跃",
    "汇丰源",
    "东方红",
    "安泰",
    "景行",
    "九州",
];
const TRADES: [&str; 14] = [
    "压力容器",
    "化工机械",
    "锅炉",
    "储罐设备",
    "换热设备",
    "石化装备",
    "空分设备",
    "核电装备",
    "食品机械",
    "制药设备",
    "船舶重工",
    "环保设备",
    "低温装备",
    "钢结构",
];
const SUFFIXES: [&str; 4] = ["有限公司", "有限责任公司", "股份有限公司", "制造有限公司"];

/// A customer and the habits that its years vary around.
pub struct Customer {
    code: CustomerCode,
    name: Name,
    unit: &'static str,
    rep: &'static str,
    since: Date,
    sales_wan: i64,
    price: i64,
    collection: i64,
    trend: i64,
    care: i64,
    seed: u64,
}

/// All customers, spread over the units and their reps.
pub fn all(units: &[(&'static str, [&'static str; 2])]) -> Vec<Customer> {
    let mut random = Random::new(20_260_325);
    let mut taken = BTreeSet::new();
    (1..=COUNT)
        .map(|number| {
            let name = loop {
                let place = random.pick(&PLACES);
                let brand = random.pick(&BRANDS);
                let name = format!("{place}{brand}{}{}", random.pick(&TRADES), random.pick(&SUFFIXES));
                if taken.insert((place, brand)) {
                    break name;
                }
            };
            let (unit, reps) = random.pick(units);
            // Few large customers carry most of the sales, as in any such book.
            let sales_wan = match random.within(1, 100) {
                1..=6 => random.within(1_200, 6_000),
                7..=20 => random.within(500, 1_500),
                21..=50 => random.within(120, 600),
                51..=80 => random.within(30, 160),
                _ => random.within(3, 40),
            };
            let young = random.chance(6);
            let since = if young {
                Date::new(2025, random.within(6, 11) as u32, random.within(1, 28) as u32)
            } else {
                Date::new(
                    random.within(2004, 2022) as i32,
                    random.within(1, 12) as u32,
                    random.within(1, 28) as u32,
                )
            };
            Customer {
                code: CustomerCode::parse(&format!("K{number:04}")).expect("a valid code"),
                name: Name::parse(&name).expect("a valid name"),
                unit,
                rep: random.pick(&reps),
                since: since.expect("a valid date"),
                sales_wan,
                price: random.within(8_800, 10_400),
                collection: random.within(6_000, 10_400).min(10_000),
                trend: random.within(-1_200, 1_800),
                care: random.within(0, 120),
                seed: number as u64,
            }
        })
        .collect()
}

/// The rows of a year's ledger; a customer younger than the year is not in it.
pub fn rows(customers: &[Customer], year: i32) -> Vec<AnnualRow> {
    customers
        .iter()
        .filter(|customer| customer.since.year() <= year)
        .map(|customer| row(customer, year))
        .collect()
}

fn row(customer: &Customer, year: i32) -> AnnualRow {
    let mut random = Random::new(customer.seed * 10_000 + year as u64);
    let step = i64::from(year - 2023);
    let mut values = BTreeMap::new();
    let mut set = |key: &str, input: Input| {
        values.insert(Key::parse(key).expect("a valid key"), input);
    };

    let grown =
        customer.sales_wan * WAN / 10_000 * (10_000 + customer.trend * step + random.within(-800, 800));
    set("annual_sales", Input::Measured { value: grown / 100 * 100 + random.within(0, 99) });
    // A few customers are hardly known, as in any real book: not judged, no price.
    let thin = customer.care < 5;
    if !thin && !random.chance(5) {
        set(
            "price_level",
            Input::Measured { value: (customer.price + random.within(-200, 200)).clamp(7_000, 11_000) },
        );
    }
    if !random.chance(4) {
        let value = (customer.collection + random.within(-600, 600)).clamp(1_000, 10_000);
        set("collection", Input::Measured { value });
    }
    for key in ["order_planning", "product_fit", "communication", "loyalty"] {
        if !thin && !random.chance(5) {
            set(key, Input::Judged { level: label(level(customer.care + random.within(-15, 15))) });
        }
    }
    set("credit_rating", Input::Judged { level: label(rating(customer.collection, &mut random)) });
    let overdue = if customer.collection < 6_500 && random.chance(55) { random.within(20, 190) } else { 0 };
    set("overdue_days", Input::Measured { value: overdue });

    AnnualRow {
        code: customer.code.clone(),
        year,
        name: Some(customer.name.clone()),
        unit: Some(customer.unit.to_owned()),
        rep: Some(customer.rep.to_owned()),
        segment: None,
        since: Some(customer.since),
        values,
        entered: BTreeSet::new(),
    }
}

const fn level(care: i64) -> &'static str {
    match care {
        ..30 => "C",
        30..65 => "B",
        _ => "A",
    }
}

fn rating(collection: i64, random: &mut Random) -> &'static str {
    match collection + random.within(-300, 300) {
        ..5_500 => "D",
        5_500..6_500 => "C",
        6_500..7_800 => "B",
        7_800..8_800 => "A",
        8_800..9_500 => "AA",
        _ => "AAA",
    }
}

fn label(text: &str) -> Label {
    Label::parse(text).expect("a valid label")
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::grading::{Background, Cohort, default_policy, derive, grade_plain};

    #[test]
    fn the_demo_is_a_believable_book() {
        let policy = default_policy().expect("the default policy");
        let customers = all(&[("销售一科", ["one", "two"]), ("销售二科", ["three", "four"])]);
        let (last, before) = (rows(&customers, 2025), rows(&customers, 2024));
        let mut tiers: BTreeMap<String, usize> = BTreeMap::new();
        for row in &last {
            let previous = before.iter().find(|one| one.code == row.code).map(|one| &one.values);
            let today = Date::new(2026, 3, 26).expect("a date");
            let inputs =
                derive(&row.values, 2025, Background { previous, since: row.since, segment: None, today });
            let tier = grade_plain(&policy, &Cohort::default(), &inputs).tier;
            let tier = tier.map_or("none".to_owned(), |tier| tier.to_string());
            *tiers.entry(tier).or_default() += 1;
        }
        let share = |tier: &str| tiers.get(tier).copied().unwrap_or(0) * 100 / last.len();
        assert_eq!(last.len(), COUNT);
        assert!((4..=20).contains(&share("A")), "{tiers:?}");
        assert!((20..=50).contains(&share("B")), "{tiers:?}");
        assert!((30..=70).contains(&share("C")), "{tiers:?}");
        assert!((1..=6).contains(&share("none")), "{tiers:?}");
    }
}
