//! The door against other sites: whether an unsafe request comes from our own page or a program.

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, Method};
use shared::problem::Code;

use crate::error::ApiError;

/// Refuses an unsafe request that another site's page could have made. Our page and programs send
/// `x-fenji: 1`, which another site cannot without asking first, and nothing here ever allows it.
///
/// # Errors
/// 403 `cross_site`.
pub fn check(method: &Method, headers: &HeaderMap) -> Result<(), ApiError> {
    if method.is_safe() || is_ours(headers) {
        return Ok(());
    }
    Err(ApiError::new(Code::CrossSite, "Send it from this site, with the header x-fenji: 1."))
}

fn is_ours(headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if header("x-fenji") != Some("1") {
        return false;
    }
    if let Some(site) = header("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match header(ORIGIN.as_str()) {
        Some(origin) => origin.split_once("://").is_some_and(|(_, host)| header(HOST.as_str()) == Some(host)),
        // Neither header: not a browser.
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::HeaderName;

    use super::*;

    fn passes(method: Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        check(&method, &headers).is_ok()
    }

    #[test]
    fn only_our_page_and_programs_pass() {
        let ours = ("x-fenji", "1");
        let host = ("host", "fenji.example");
        assert!(passes(Method::GET, &[]));
        assert!(!passes(Method::POST, &[]));
        assert!(passes(Method::POST, &[ours]));
        assert!(passes(Method::POST, &[ours, ("sec-fetch-site", "same-origin")]));
        assert!(passes(Method::DELETE, &[ours, ("sec-fetch-site", "none")]));
        for site in ["cross-site", "same-site", ""] {
            assert!(!passes(Method::POST, &[ours, ("sec-fetch-site", site)]), "{site}");
        }
        assert!(passes(Method::PUT, &[ours, host, ("origin", "https://fenji.example")]));
        for origin in
            ["https://evil.example", "null", "https://fenji.example.evil", "https://fenji.example:8443"]
        {
            assert!(!passes(Method::PUT, &[ours, host, ("origin", origin)]), "{origin}");
        }
        assert!(!passes(Method::POST, &[("sec-fetch-site", "same-origin")]));
    }
}
