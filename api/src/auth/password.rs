//! Passwords: the rule for new ones, and argon2id.

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use shared::dto::session::{PASSWORD_MAX_BYTES, PASSWORD_MIN};
use shared::gather;

use crate::error::ApiError;
use crate::random;

/// Memory of a hash in KiB: 19 MiB with two passes is 33 ms of the Worker's time.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;

/// Passwords of ten characters and more that everybody tries first.
const COMMON: &str = "1234567890 0123456789 12345678910 123456789a a123456789 1q2w3e4r5t qwertyuiop 1qaz2wsx3edc \
    q1w2e3r4t5 password12 password123 passw0rd123 administrator admin12345 admin123456 abc1234567 \
    abcd123456 qwer123456 iloveyou123 woaini1314 woaini520 5201314520 letmein123 welcome123";

/// Whether a text may become somebody's password.
///
/// # Errors
/// 422 for `field` with the reason as its code.
pub fn check(field: &str, password: &str, login: &str) -> Result<(), ApiError> {
    if password.chars().count() < PASSWORD_MIN {
        return Err(ApiError::field(
            field,
            "too_short",
            format!("must have at least {PASSWORD_MIN} characters"),
        ));
    }
    if password.len() > PASSWORD_MAX_BYTES {
        return Err(ApiError::field(
            field,
            "too_long",
            format!("must have at most {PASSWORD_MAX_BYTES} bytes"),
        ));
    }
    let lower = password.to_lowercase();
    if COMMON.split(' ').any(|one| one == lower)
        || lower == login.to_lowercase()
        || gather::different(&lower) < 4
    {
        return Err(ApiError::field(field, "too_common", "must not be a password that is tried first"));
    }
    Ok(())
}

fn argon2() -> Result<Argon2<'static>, ApiError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(ApiError::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The PHC string of a password under a fresh salt.
///
/// # Errors
/// 500.
pub fn hash(password: &str) -> Result<String, ApiError> {
    let salt = random::bytes::<16>()?;
    let hash: PasswordHash =
        argon2()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(ApiError::internal)?;
    Ok(hash.to_string())
}

/// Whether the password is the one of the PHC string. Without one it takes the same time and is false,
/// so that nobody learns by the clock which logins exist.
///
/// # Errors
/// 500.
pub fn verify(password: &str, phc: Option<&str>) -> Result<bool, ApiError> {
    if password.len() > PASSWORD_MAX_BYTES {
        return Ok(false);
    }
    let argon2 = argon2()?;
    match phc {
        Some(phc) => Ok(argon2.verify_password(password.as_bytes(), phc).is_ok()),
        None => {
            let mut out = [0; 32];
            argon2
                .hash_password_into(password.as_bytes(), b"nobody has this.", &mut out)
                .map_err(ApiError::internal)?;
            Ok(false)
        }
    }
}

/// Whether two secrets are equal, in a time that depends on neither: their hashes are compared.
#[must_use]
pub fn same_secret(one: &str, other: &str) -> bool {
    let (one, other) = (random::sha256(one), random::sha256(other));
    one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use shared::problem::Code;

    use super::*;

    #[test]
    fn weak_passwords_are_refused() {
        for weak in [
            "short",
            "1234567890",
            "PASSWORD123",
            "aaaaaaaaaaaa",
            "1212121212",
            "the.login.itself",
            "九个字的密码不够长",
        ] {
            assert_eq!(check("new", weak, "The.Login.Itself").unwrap_err().code(), Code::Invalid, "{weak}");
        }
        assert!(check("new", &"é1b2".repeat(60), "x").is_err());
        for fine in ["correct horse battery", "这个密码有十个字哦吧", "abcd-efgh-ijkm"] {
            assert!(check("new", fine, "x").is_ok(), "{fine}");
        }
    }

    #[test]
    fn a_hash_verifies_its_password_alone() {
        let phc = hash("correct horse battery").unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(verify("correct horse battery", Some(&phc)).unwrap());
        assert!(!verify("correct horse", Some(&phc)).unwrap());
        assert!(!verify("correct horse battery", None).unwrap());
        assert_ne!(hash("correct horse battery").unwrap(), phc);
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same_secret("abc", "abc"));
        assert!(!same_secret("abc", "abd"));
        assert!(!same_secret("abc", "abcd"));
    }
}
