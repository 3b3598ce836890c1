-- The records of the sittings of review meetings (5.1.2): one row for each sitting, written over only by
-- its next version, and its trail beside it.
CREATE TABLE meetings (
    cycle_id TEXT NOT NULL REFERENCES cycles (id),
    sitting INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (cycle_id, sitting)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER meetings_are_never_removed BEFORE DELETE ON meetings
BEGIN
    SELECT RAISE(ABORT, 'a record is never removed');
END;

-- What was done about a meeting: records, items and minutes alike, only ever added to.
CREATE TABLE meeting_entries (
    id INTEGER PRIMARY KEY,
    cycle_id TEXT NOT NULL REFERENCES cycles (id),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE INDEX meeting_entries_of ON meeting_entries (cycle_id, id);

CREATE TRIGGER meeting_entries_are_never_changed BEFORE UPDATE ON meeting_entries
BEGIN
    SELECT RAISE(ABORT, 'a trail is never changed');
END;

CREATE TRIGGER meeting_entries_are_never_removed BEFORE DELETE ON meeting_entries
BEGIN
    SELECT RAISE(ABORT, 'a trail is never changed');
END;
