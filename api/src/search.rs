//! What a customer is found by: parts of its name, its code, the pinyin initials of its name.
//!
//! The full-text index knows whole tokens and prefixes of up to three characters, both of which it
//! answers by walking one list in order of row, so that a page costs the same for a word of three
//! customers and for one of fifty thousand. Texts are therefore cut into overlapping pieces here:
//! Chinese into pairs of characters, letters and digits into groups of four. A text of at least
//! that length is asked for as a phrase of its pieces, a shorter one as a prefix; nothing else is
//! ever asked.

use serde::{Deserialize, Serialize};

/// Characters of a piece of Chinese text.
const HAN: usize = 2;
/// Characters of a piece of letters and digits.
const WORD: usize = 4;

/// First letters of U+4E00..=U+9FFF, made by `build.rs`.
static INITIALS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/initials.bin"));

/// What reads otherwise in the names of places and companies than its characters do alone.
const READINGS: [(&str, &str); 9] = [
    ("重庆", "cq"),
    ("厦门", "xm"),
    ("长", "c"),
    ("蚌埠", "bb"),
    ("六安", "la"),
    ("大厦", "ds"),
    ("乐清", "yq"),
    ("单县", "sx"),
    ("银行", "yh"),
];

/// Half-width, lower case.
fn fold(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .flat_map(char::to_lowercase)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A stretch of characters of one kind.
#[derive(Debug, PartialEq, Eq)]
enum Run {
    Han(Vec<char>),
    Word(Vec<char>),
}

/// Cuts a text where its script changes and, if asked, at white space; punctuation is left out.
fn runs(text: &str, at_space: bool) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut cut = true;
    for c in fold(text) {
        if !c.is_alphanumeric() {
            cut |= at_space && c.is_whitespace();
            continue;
        }
        match (runs.last_mut(), is_han(c)) {
            (Some(Run::Han(run)), true) | (Some(Run::Word(run)), false) if !cut => run.push(c),
            (_, true) => runs.push(Run::Han(vec![c])),
            (_, false) => runs.push(Run::Word(vec![c])),
        }
        cut = false;
    }
    runs
}

fn letter(c: char) -> char {
    let known = u32::from(c).checked_sub(0x4e00).and_then(|at| INITIALS.get(usize::try_from(at).ok()?));
    match known {
        Some(b'?') | None => c,
        Some(letter) => char::from(*letter),
    }
}

/// The initials of a name: the first letter of each Chinese character's reading, letters and digits
/// as they are. A character without a reading stands for itself.
#[must_use]
pub fn initials(name: &str) -> String {
    let folded = plain(name);
    let mut rest = folded.as_str();
    let mut initials = String::new();
    while let Some(c) = rest.chars().next() {
        if let Some((text, read)) = READINGS.iter().find(|(text, _)| rest.starts_with(text)) {
            initials.push_str(read);
            rest = rest.get(text.len()..).unwrap_or_default();
        } else {
            initials.push(letter(c));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    initials
}

/// The letters and digits of a text, folded: what initials are compared with.
#[must_use]
pub fn plain(text: &str) -> String {
    fold(text).filter(|c| c.is_alphanumeric()).collect()
}

/// How near a customer is to what was searched for, nearest first; each by its key, which is the name
/// as the list orders it, or the code where that is what begins so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nearness {
    /// Its code is what was typed.
    Code(String),
    /// Its name or the initials of that begin so.
    Name(String),
    /// Its code begins so.
    CodeBegins(String),
    /// It is found in any other way.
    Found(String),
}

impl Nearness {
    /// Of a customer to a search.
    #[must_use]
    pub fn of(q: &str, name: &str, code: &str) -> Self {
        let (asked, own, read) = (plain(q), plain(code), initials(name));
        if own == asked {
            Self::Code(code.to_owned())
        } else if plain(name).starts_with(&asked) || read.starts_with(&asked) {
            Self::Name(format!("{read} {name}"))
        } else if own.starts_with(&asked) {
            Self::CodeBegins(code.to_owned())
        } else {
            Self::Found(format!("{read} {name}"))
        }
    }
}

/// Every piece of a run, one beginning at each character; those at the end are shorter.
fn pieces(run: &[char], size: usize) -> impl Iterator<Item = String> {
    (0..run.len()).map(move |at| run.iter().skip(at).take(size).collect())
}

/// The text the index holds for a customer: its pieces, separated by blanks.
#[must_use]
pub fn document(name: &str, code: &str) -> String {
    let read = initials(name);
    let letters: String = plain(name).chars().map(letter).collect();
    let mut words: Vec<Vec<char>> = vec![read.chars().collect()];
    if letters != read {
        words.push(letters.chars().collect());
    }
    let mut tokens: Vec<String> = Vec::new();
    for run in runs(name, false).into_iter().chain(runs(code, false)) {
        match run {
            Run::Han(run) => tokens.extend(pieces(&run, HAN)),
            Run::Word(run) => words.push(run),
        }
    }
    // A code with Chinese or other breaks in it is also found across them.
    words.push(plain(code).chars().collect());
    words.sort();
    words.dedup();
    tokens.extend(words.iter().flat_map(|run| pieces(run, WORD)));
    tokens.join(" ")
}

/// One run of a search as a condition of the index. It holds letters and digits alone, so quotes
/// and operators that a person typed never reach the index.
fn condition(run: &[char], size: usize) -> String {
    if run.len() < size {
        return format!("\"{}\"*", run.iter().collect::<String>());
    }
    let whole: Vec<String> = run.windows(size).map(|piece| piece.iter().collect()).collect();
    format!("\"{}\"", whole.join(" "))
}

/// The question to the index: every part of `q` in the text, every one of `tokens` in the scope.
/// `None` when nothing in `q` can be searched for.
#[must_use]
pub fn question(q: &str, tokens: &[String]) -> Option<String> {
    let conditions: Vec<String> = runs(q, true)
        .iter()
        .map(|run| match run {
            Run::Han(run) => condition(run, HAN),
            Run::Word(run) => condition(run, WORD),
        })
        .collect();
    if conditions.is_empty() {
        return None;
    }
    let mut question = format!("{{text}} : ({})", conditions.join(" AND "));
    for token in tokens {
        question.push_str(&format!(" AND {{scope}} : \"{token}\""));
    }
    Some(question)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_first_letters_as_companies_read_them() {
        for (name, expected) in [
            ("浙江东方封头有限公司", "zjdfftyxgs"),
            ("重庆长城（集团）ABC-9", "cqccjtabc9"),
            ("ＡＢ封头", "abft"),
            ("株式会社ナ", "zshsナ"),
            ("", ""),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn every_character_of_the_block_has_a_letter_or_none() {
        assert_eq!(INITIALS.len(), 0x9fff - 0x4e00 + 1);
        let read = INITIALS.iter().filter(|byte| byte.is_ascii_lowercase()).count();
        assert!(read > 20_000, "{read}");
        assert_eq!(letter('一'), 'y');
    }

    #[test]
    fn the_nearest_is_what_was_most_likely_meant() {
        let near = |q: &str| {
            let mut all = [
                ("K-12", "西山东方厂"),
                ("东方-7", "南山厂"),
                ("K-1", "东方乙厂"),
                ("K-9", "东方甲厂"),
                ("Z", "其他"),
            ];
            all.sort_by_key(|(code, name)| Nearness::of(q, name, code));
            all.map(|(code, _)| code)
        };
        assert_eq!(near("东方"), ["K-9", "K-1", "东方-7", "Z", "K-12"]);
        assert_eq!(near("dfyc")[0], "K-1");
        assert_eq!(near("ｋ1")[..2], ["K-1", "K-12"]);
        assert_eq!(Nearness::of("远", "Yunze", "1"), Nearness::Found("yunze Yunze".to_owned()));
    }

    #[test]
    fn a_document_is_made_of_overlapping_pieces() {
        assert_eq!(document("东方封头", "K-12"), "东方 方封 封头 头 dfft fft ft t k12 12 2");
        assert_eq!(document("X2", "X2"), "x2 2");
    }

    #[test]
    fn short_text_is_a_prefix_and_longer_text_a_phrase() {
        for (q, expected) in [
            ("东", "{text} : (\"东\"*)"),
            ("东方封", "{text} : (\"东方 方封\")"),
            ("df", "{text} : (\"df\"*)"),
            ("DFFT", "{text} : (\"dfft\")"),
            ("3993-QU", "{text} : (\"3993 993q 93qu\")"),
            ("东方 k1", "{text} : (\"东方\" AND \"k1\"*)"),
            ("东方k1", "{text} : (\"东方\" AND \"k1\"*)"),
        ] {
            assert_eq!(question(q, &[]).as_deref(), Some(expected), "{q}");
        }
    }

    #[test]
    fn syntax_of_the_index_is_data() {
        assert_eq!(question("\" OR text:* --", &[]).as_deref(), Some("{text} : (\"or\"* AND \"text\")"));
        assert_eq!(question("\"*()", &[]), None);
        assert_eq!(
            question("a", &["u-1".to_owned()]).as_deref(),
            Some("{text} : (\"a\"*) AND {scope} : \"u-1\"")
        );
    }
}
