//! Pages of a list: the limit, and cursors that say nothing to whoever passes them back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::dto::page::{DEFAULT_LIMIT, MAX_LIMIT, Page};
use shared::json;

use crate::error::ApiError;

/// The URL-safe alphabet of RFC 4648, section 5.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The rows of a page.
///
/// # Errors
/// 422 unless it is 1 to 200.
pub fn limit(asked: Option<u32>) -> Result<u32, ApiError> {
    match asked {
        None => Ok(DEFAULT_LIMIT),
        Some(limit) if (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
        Some(_) => Err(ApiError::field("limit", "range", format!("must be 1 to {MAX_LIMIT}"))),
    }
}

/// A page out of rows that are one more than wanted when there is a next page; `place` is the cursor
/// of its last row.
///
/// # Errors
/// What `place` fails with.
pub fn page<T>(
    mut rows: Vec<T>,
    limit: u32,
    place: impl FnOnce(&T) -> Result<String, ApiError>,
) -> Result<Page<T>, ApiError> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(place).transpose()?;
    Ok(Page { items: rows, next })
}

/// A cursor that stands for where a page ended.
///
/// # Errors
/// 500 when the place cannot be serialized.
pub fn cursor(place: &impl Serialize) -> Result<String, ApiError> {
    let bytes = serde_json::to_vec(place).map_err(ApiError::internal)?;
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let all =
            three.iter().enumerate().fold(0_u32, |all, (at, byte)| all | (u32::from(*byte) << (16 - 8 * at)));
        for at in 0..=three.len() {
            let six = (all >> (18 - 6 * at)) & 63;
            text.push(ALPHABET.get(six as usize).copied().map_or('A', char::from));
        }
    }
    Ok(text)
}

/// Where a former page of the same list ended.
///
/// # Errors
/// 422 for a text that [`cursor`] did not make for such a list.
pub fn place<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    let wrong =
        || ApiError::field("cursor", "format", "must be the `next` of a former page of the same list");
    let mut bytes = Vec::with_capacity(text.len());
    let (mut buffer, mut held) = (0_u32, 0_u32);
    for byte in text.bytes() {
        let six = ALPHABET
            .iter()
            .position(|one| *one == byte)
            .and_then(|six| u32::try_from(six).ok())
            .ok_or_else(wrong)?;
        buffer = (buffer << 6) | six;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((buffer >> held) & 255).map_err(|_| wrong())?);
            buffer &= (1 << held) - 1;
        }
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| wrong())?;
    json::read(text).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use shared::problem::Code;

    use super::*;

    #[test]
    fn a_cursor_comes_back_as_the_place_it_stands_for() {
        for at in [("", 0_i64), ("a", 1), ("zjdfft 浙江东方封头", -9_007_199_254_740_991), ("\"\\", 7)]
        {
            let text = cursor(&at).unwrap();
            assert!(text.bytes().all(|byte| ALPHABET.contains(&byte)), "{text}");
            let (name, number): (String, i64) = place(&text).unwrap();
            assert_eq!((name.as_str(), number), at);
        }
    }

    #[test]
    fn any_other_text_is_refused_by_field() {
        let other = cursor(&("text", "text")).unwrap();
        for text in ["", "nonsense", "=", "é", other.as_str()] {
            assert_eq!(place::<(String, i64)>(text).unwrap_err().code(), Code::Invalid, "{text}");
        }
    }

    #[test]
    fn a_limit_is_bounded() {
        assert_eq!(limit(None).unwrap(), 50);
        assert_eq!(limit(Some(200)).unwrap(), 200);
        assert!(limit(Some(0)).is_err() && limit(Some(201)).is_err());
    }
}
