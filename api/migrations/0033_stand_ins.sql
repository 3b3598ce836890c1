-- Who acts in whose place, and when.
CREATE TABLE stand_ins (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    absent TEXT NOT NULL REFERENCES users (id),
    by_user TEXT NOT NULL REFERENCES users (id),
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    -- Before its last day, if at all.
    ended_at INTEGER,
    ended_by TEXT
) STRICT;

CREATE INDEX stand_ins_absent ON stand_ins (absent, seq);
CREATE INDEX stand_ins_by ON stand_ins (by_user, seq);
