//! Ids, tokens and first passwords.

use sha2::{Digest, Sha256};

use crate::error::ApiError;

/// Lower-case base32 without the letters one misreads.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Random bytes.
///
/// # Errors
/// When the platform gives none.
pub fn bytes<const N: usize>() -> Result<[u8; N], ApiError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(ApiError::internal)?;
    Ok(bytes)
}

/// Five bits a character, the last one padded with zeros.
fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut buffer, mut held) = (0_u32, 0_u32);
    let letter = |five: u32| char::from(ALPHABET.get((five & 31) as usize).copied().unwrap_or(b'0'));
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(letter(buffer >> held));
        }
        buffer &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(letter(buffer << (5 - held)));
    }
    text
}

/// An opaque id: 128 bits in 26 characters.
///
/// # Errors
/// When the platform gives no randomness.
pub fn id() -> Result<String, ApiError> {
    Ok(base32(&bytes::<16>()?))
}

/// A session's token: 256 bits in 52 characters.
///
/// # Errors
/// When the platform gives no randomness.
pub fn token() -> Result<String, ApiError> {
    Ok(base32(&bytes::<32>()?))
}

/// A first password: 80 bits in four groups of four, easy to read out.
///
/// # Errors
/// When the platform gives no randomness.
pub fn first_password() -> Result<String, ApiError> {
    let text = base32(&bytes::<10>()?);
    let letters: Vec<char> = text.chars().collect();
    Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// The SHA-256 of a text, in hex.
#[must_use]
pub fn sha256(text: impl AsRef<[u8]>) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_ref()) {
        for four in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(four), 16).unwrap_or('0'));
        }
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert_eq!(base32(&[0; 16]).len(), 26);
        assert_eq!(base32(&[0xff, 0xff, 0xff, 0xff, 0xff]), "99999999");
        assert_eq!(base32(&[0x80]), "sa");
        assert_eq!(first_password().unwrap().len(), 19);
        assert_ne!(token().unwrap(), token().unwrap());
        assert!(shared::id::UserId::parse(&id().unwrap()).is_ok());
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
