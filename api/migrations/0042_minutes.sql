-- Confirmed minutes (5.1.2), one for each sitting, never changed, and what was added to them since.
CREATE TABLE minutes (
    cycle_id TEXT NOT NULL REFERENCES cycles (id),
    sitting INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (cycle_id, sitting)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER minutes_are_never_changed BEFORE UPDATE ON minutes
BEGIN
    SELECT RAISE(ABORT, 'confirmed minutes are never changed');
END;

CREATE TRIGGER minutes_are_never_removed BEFORE DELETE ON minutes
BEGIN
    SELECT RAISE(ABORT, 'confirmed minutes are never changed');
END;

CREATE TABLE minutes_supplements (
    id INTEGER PRIMARY KEY,
    cycle_id TEXT NOT NULL,
    sitting INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    text TEXT NOT NULL,
    FOREIGN KEY (cycle_id, sitting) REFERENCES minutes (cycle_id, sitting)
) STRICT;

CREATE INDEX minutes_supplements_of ON minutes_supplements (cycle_id, sitting, id);

CREATE TRIGGER minutes_supplements_are_never_changed BEFORE UPDATE ON minutes_supplements
BEGIN
    SELECT RAISE(ABORT, 'confirmed minutes are never changed');
END;

CREATE TRIGGER minutes_supplements_are_never_removed BEFORE DELETE ON minutes_supplements
BEGIN
    SELECT RAISE(ABORT, 'confirmed minutes are never changed');
END;
