-- Tries at a password or the set-up secret, by account or by address. A try counts before it is
-- judged, so that many at once cannot all pass as the first; a right one is taken off again.
CREATE TABLE throttle (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    failures INTEGER NOT NULL,
    since INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX throttle_since ON throttle (since);
