-- Published grading policies. A version never changes once published; the first one, which the
-- product comes with, is inserted when it is first needed, out of the crate that grades by it.
CREATE TABLE policies (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL UNIQUE,
    effective_from TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER policies_are_never_changed BEFORE UPDATE ON policies
BEGIN
    SELECT RAISE(ABORT, 'a published policy is never changed');
END;

CREATE TRIGGER policies_are_never_removed BEFORE DELETE ON policies
BEGIN
    SELECT RAISE(ABORT, 'a published policy is never removed');
END;
