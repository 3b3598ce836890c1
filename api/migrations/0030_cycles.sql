-- Yearly reviews, one unpublished at a time. `seq` is the order in which they were opened.
CREATE TABLE cycles (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    year INTEGER NOT NULL,
    policy_id TEXT NOT NULL REFERENCES policies (id),
    -- In which every form is graded; none when the policy takes nothing from other customers or no run
    -- had found one when the cycle was opened.
    cohort_id INTEGER REFERENCES cohorts (id),
    opens TEXT NOT NULL,
    closes TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (json_valid(phase)),
    -- Of the steps that people take, for If-Match.
    version INTEGER NOT NULL DEFAULT 1,
    opened_at INTEGER NOT NULL,
    -- Steps of opening and publishing: whoever takes the next says which one was seen.
    position INTEGER NOT NULL DEFAULT 0,
    -- The customer at which opening or publishing has come, by `customers.seq`.
    after INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL,
    is_open INTEGER AS (CASE WHEN phase ->> '$.phase' <> 'published' THEN 1 END) VIRTUAL
) STRICT;

CREATE UNIQUE INDEX cycles_open ON cycles (is_open);

-- The trail of a cycle, only ever added to.
CREATE TABLE cycle_entries (
    id INTEGER PRIMARY KEY,
    cycle_id TEXT NOT NULL REFERENCES cycles (id),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE INDEX cycle_entries_of ON cycle_entries (cycle_id, id);

CREATE TRIGGER cycle_entries_are_never_changed BEFORE UPDATE ON cycle_entries
BEGIN
    SELECT RAISE(ABORT, 'a trail is never changed');
END;

CREATE TRIGGER cycle_entries_are_never_removed BEFORE DELETE ON cycle_entries
BEGIN
    SELECT RAISE(ABORT, 'a trail is never changed');
END;

CREATE TRIGGER guard_of_cycles INSTEAD OF INSERT ON guard WHEN NEW.ok IS NOT 1
BEGIN
    SELECT RAISE(ABORT, 'cycle_open') WHERE NEW.name = 'cycle_open';
END;
