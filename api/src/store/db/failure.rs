//! Why the database did not do it, out of the two shapes its errors come in.

/// Why the database did not do it. One word wide: everything that asks it hands one on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DbError(Box<Cause>);

impl DbError {
    /// A fault of ours.
    pub fn other(why: impl Into<String>) -> Self {
        Cause::Other(why.into()).into()
    }

    /// Why.
    #[must_use]
    pub const fn cause(&self) -> &Cause {
        &self.0
    }
}

impl From<Cause> for DbError {
    fn from(cause: Cause) -> Self {
        Self(Box::new(cause))
    }
}

impl std::fmt::Display for DbError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A unique column has the value already; carries `table.column, …`.
    Unique(String),
    /// A trigger or a guard refused; carries the name it was raised with.
    Named(String),
    /// A CHECK failed; carries its text.
    Check(String),
    /// A reference points to nothing.
    ForeignKey,
    /// Refused here, before the database: production would not take it.
    Refused(&'static str),
    /// The database could not be reached or is overloaded.
    Unavailable(String),
    /// Anything else: a fault of ours.
    Other(String),
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unique(what) => write!(f, "not unique: {what}"),
            Self::Named(name) => write!(f, "refused: {name}"),
            Self::Check(what) => write!(f, "check failed: {what}"),
            Self::ForeignKey => f.write_str("a reference points to nothing"),
            Self::Refused(why) => write!(f, "refused before the database: {why}"),
            Self::Unavailable(why) => write!(f, "unavailable: {why}"),
            Self::Other(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for DbError {}

impl From<worker::Error> for DbError {
    fn from(error: worker::Error) -> Self {
        // `all` and `batch` wrap the same failure differently; both keep the message.
        match &error {
            worker::Error::D1(d1) => {
                let error: &js_sys::Error = d1.as_ref();
                classify(&String::from(error.message())).into()
            }
            worker::Error::UnknownJsError { message, .. } => classify(message).into(),
            other => Self::other(format!("{other:?}")),
        }
    }
}

/// Sorts D1's message: `D1_ERROR: what: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_KIND)`.
fn classify(message: &str) -> Cause {
    const OVERLOAD: [&str; 6] = [
        "Network connection lost",
        "overloaded",
        "reset because",
        "timeout",
        "internal error",
        "Cannot resolve D1",
    ];
    let text = message.strip_prefix("D1_ERROR: ").unwrap_or(message);
    let core = text.split(": SQLITE_").next().unwrap_or(text).trim();
    if let Some(what) = core.strip_prefix("UNIQUE constraint failed: ") {
        return Cause::Unique(what.to_owned());
    }
    if let Some(what) = core.strip_prefix("CHECK constraint failed: ") {
        return Cause::Check(what.to_owned());
    }
    if core == "FOREIGN KEY constraint failed" {
        return Cause::ForeignKey;
    }
    if text.contains("SQLITE_CONSTRAINT") && core.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
        return Cause::Named(core.to_owned());
    }
    if OVERLOAD.iter().any(|known| text.contains(known)) {
        return Cause::Unavailable(text.to_owned());
    }
    Cause::Other(message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_sorted() {
        for (message, expected) in [
            (
                "D1_ERROR: UNIQUE constraint failed: units.name: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)",
                Cause::Unique("units.name".to_owned()),
            ),
            (
                "D1_ERROR: version_mismatch: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_TRIGGER)",
                Cause::Named("version_mismatch".to_owned()),
            ),
            ("D1_ERROR: version_mismatch: SQLITE_CONSTRAINT", Cause::Named("version_mismatch".to_owned())),
            ("D1_ERROR: CHECK constraint failed: ok=1: SQLITE_CONSTRAINT", Cause::Check("ok=1".to_owned())),
            ("D1_ERROR: FOREIGN KEY constraint failed: SQLITE_CONSTRAINT", Cause::ForeignKey),
            ("D1_ERROR: Network connection lost.", Cause::Unavailable("Network connection lost.".to_owned())),
            (
                "D1_ERROR: no such table: x: SQLITE_ERROR",
                Cause::Other("D1_ERROR: no such table: x: SQLITE_ERROR".to_owned()),
            ),
        ] {
            assert_eq!(classify(message), expected, "{message}");
        }
    }
}
