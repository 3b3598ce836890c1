-- Public links: what a unit is shown without an account. What opens one is never stored: `hash` is the SHA-256 of
-- the secret in its address, and is gone when the link is closed.
CREATE TABLE links (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT UNIQUE,
    unit_id TEXT NOT NULL REFERENCES units (id),
    unit_name TEXT NOT NULL,
    owner TEXT NOT NULL REFERENCES users (id),
    owner_name TEXT NOT NULL,
    as_at TEXT NOT NULL,
    names INTEGER NOT NULL,
    figures INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    until TEXT NOT NULL,
    max_views INTEGER,
    made_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    views INTEGER NOT NULL DEFAULT 0,
    seen_on TEXT,
    revoked_at INTEGER,
    revoked_by TEXT,
    -- A PHC string, as of a person's password.
    passcode TEXT,
    -- Whether what it shows is still kept: until it is closed, or its last day is over.
    holds INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX links_of_owner ON links (owner, seq);
CREATE INDEX links_of_unit ON links (unit_id, seq);
CREATE INDEX links_over ON links (until) WHERE holds = 1;
-- Whether a unit is shared: its links that were not closed, those that last longest first.
CREATE INDEX links_standing ON links (unit_id, until) WHERE revoked_at IS NULL;

CREATE TRIGGER links_are_never_removed BEFORE DELETE ON links
BEGIN
    SELECT RAISE(ABORT, 'a link is never removed');
END;

CREATE TRIGGER links_stay_closed BEFORE UPDATE ON links
WHEN old.revoked_at IS NOT NULL AND (new.revoked_at IS NULL OR new.hash IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a link that was closed is never opened again');
END;
