//! Counting tries at passwords, at the set-up secret and at public links.

use serde::Deserialize;
use shared::calendar::Millis;

use super::db::{Statement, sql};

const MINUTE_MS: i64 = 60_000;
/// The longest wait.
const LONGEST_MS: i64 = 15 * MINUTE_MS;
/// Waits are listed up to so many failures; more wait as long as that.
const LISTED: u32 = 64;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Passwords of one account.
    Account,
    /// Passwords from one address.
    Address,
    /// The set-up secret, from one address.
    Setup,
    /// Passcodes of one public link.
    Passcode,
    /// Addresses and passcodes of public links, from one address.
    Stranger,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Address => "address",
            Self::Setup => "setup",
            Self::Passcode => "passcode",
            Self::Stranger => "stranger",
        }
    }

    /// How long to wait after so many failures, in milliseconds.
    fn wait_ms(self, failures: u32) -> i64 {
        match self {
            // Five are free, then half a minute, doubling.
            Self::Account | Self::Setup | Self::Passcode => match failures.checked_sub(5) {
                None => 0,
                Some(past) => (MINUTE_MS / 2).saturating_mul(1 << past.min(10)).min(LONGEST_MS),
            },
            // Many people may share an address.
            Self::Address | Self::Stranger => {
                if failures < 30 {
                    0
                } else {
                    LONGEST_MS
                }
            }
        }
    }

    /// After which time failures are forgotten.
    const fn window_ms(self) -> i64 {
        match self {
            Self::Account | Self::Setup | Self::Passcode => 60 * MINUTE_MS,
            Self::Address | Self::Stranger => LONGEST_MS,
        }
    }

    /// Whether that time runs from the last failure, or else from the first.
    const fn slides(self) -> bool {
        match self {
            Self::Account | Self::Setup | Self::Passcode => true,
            Self::Address | Self::Stranger => false,
        }
    }

    fn waits(self) -> String {
        let waits: Vec<String> = (0..=LISTED).map(|failures| self.wait_ms(failures).to_string()).collect();
        format!("[{}]", waits.join(","))
    }
}

/// Until when something is refused; NULL when never tried.
#[derive(Debug, Clone, Deserialize)]
pub struct Blocked {
    until: Option<Millis>,
}

impl Blocked {
    /// Seconds to wait at a time; `None` when nothing is refused.
    #[must_use]
    pub fn seconds(&self, now: Millis) -> Option<u32> {
        let left = self.until.unwrap_or(0).saturating_sub(now);
        (left > 0).then(|| u32::try_from((left + 999) / 1000).unwrap_or(u32::MAX))
    }
}

/// Under what an address is counted: itself, or, of an IPv6 address, the network one household has.
#[must_use]
pub fn network(address: &str) -> String {
    match address.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => {
                let [a, b, c, d, ..] = v6.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
        Ok(v4) => v4.to_string(),
        Err(_) => address.chars().take(60).collect(),
    }
}

/// Until when either of two counters refuses; ask before counting.
pub fn blocked(one: (Kind, &str), other: (Kind, &str)) -> Statement {
    sql("SELECT max(blocked_until) AS until FROM throttle \
         WHERE (kind = ? AND key = ?) OR (kind = ? AND key = ?)")
    .bind(one.0.code())
    .bind(one.1)
    .bind(other.0.code())
    .bind(other.1)
}

/// Counts a try, unless the counter or `behind`'s already refuses.
pub fn count(kind: Kind, key: &str, behind: Option<(Kind, &str)>, now: Millis) -> Statement {
    let (behind_kind, behind_key) = behind.map_or(("", ""), |(kind, key)| (kind.code(), key));
    sql(format!(
        "INSERT INTO throttle AS t (kind, key, failures, since, blocked_until) \
         SELECT ?1, ?2, 1, ?3, 0 WHERE NOT EXISTS \
         (SELECT 1 FROM throttle WHERE kind = ?4 AND key = ?5 AND blocked_until > ?3) \
         ON CONFLICT (kind, key) DO UPDATE SET \
         failures = CASE WHEN t.since <= ?3 - ?6 THEN 1 ELSE t.failures + 1 END, \
         since = CASE WHEN ?7 OR t.since <= ?3 - ?6 THEN ?3 ELSE t.since END, \
         blocked_until = CASE WHEN t.since <= ?3 - ?6 THEN 0 \
         ELSE ?3 + json_extract(?8, '$[' || min(t.failures + 1, {LISTED}) || ']') END \
         WHERE t.blocked_until <= ?3"
    ))
    .bind(kind.code())
    .bind(key)
    .bind(now)
    .bind(behind_kind)
    .bind(behind_key)
    .bind(kind.window_ms())
    .bind(kind.slides())
    .bind(kind.waits())
}

/// After a right one: the account starts afresh.
pub fn clear(kind: Kind, key: &str) -> Statement {
    sql("DELETE FROM throttle WHERE kind = ? AND key = ?").bind(kind.code()).bind(key)
}

/// After a right one: this try is taken off, but no other, lest somebody with an account of their own
/// guess at others' for ever.
pub fn forgive(kind: Kind, key: &str) -> Statement {
    sql("UPDATE throttle SET failures = max(failures - 1, 0), blocked_until = 0 WHERE kind = ? AND key = ?")
        .bind(kind.code())
        .bind(key)
}

/// Clears away what is long forgotten.
pub fn sweep(now: Millis) -> Statement {
    sql("DELETE FROM throttle WHERE since < ?").bind(now.saturating_sub(24 * 60 * MINUTE_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_quarter_of_an_hour() {
        let seconds = |kind: Kind, failures| kind.wait_ms(failures) / 1000;
        let account: Vec<_> = (4..=12).map(|failures| seconds(Kind::Account, failures)).collect();
        assert_eq!(account, [0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!((seconds(Kind::Address, 29), seconds(Kind::Address, 30)), (0, 900));
        assert_eq!(Kind::Account.wait_ms(u32::MAX), LONGEST_MS);
        let waits: Vec<i64> = serde_json::from_str(&Kind::Account.waits()).unwrap();
        assert_eq!(waits.len(), 65);
    }

    #[test]
    fn what_is_left_is_rounded_up() {
        let blocked = |until| Blocked { until };
        assert_eq!(blocked(None).seconds(5), None);
        assert_eq!(blocked(Some(5)).seconds(5), None);
        assert_eq!(blocked(Some(6)).seconds(5), Some(1));
        assert_eq!(blocked(Some(2_005)).seconds(5), Some(2));
    }

    #[test]
    fn a_household_is_one_address() {
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("local"), "local");
    }
}
