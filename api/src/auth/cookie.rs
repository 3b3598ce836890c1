//! The session cookie. The `__Host-` prefix makes browsers hold it to this host, https and path `/`.

use http::HeaderMap;
use http::header::COOKIE;

use crate::store::sessions::LIFETIME_MS;

const NAME: &str = "__Host-fenji";

/// The token a request carries.
#[must_use]
pub fn token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME).then_some(value))
        .filter(|token| !token.is_empty() && token.len() <= 100)
}

/// Hands the browser its token.
#[must_use]
pub fn set(token: &str) -> String {
    format!("{NAME}={token}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age={}", LIFETIME_MS / 1000)
}

/// Takes it away.
#[must_use]
pub fn clear() -> String {
    format!("{NAME}=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn the_token_is_found_among_others() {
        let read = |text: &'static str| {
            let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(text))]);
            token(&headers).map(str::to_owned)
        };
        assert_eq!(read("a=b; __Host-fenji=t0ken; c=d"), Some("t0ken".to_owned()));
        assert_eq!(read("x__Host-fenji=t0ken"), None);
        assert_eq!(read("__Host-fenji="), None);
    }
}
