-- Runs that grade the book anew, one at a time, in passes along `customers.seq`.
CREATE TABLE regrades (
    id TEXT PRIMARY KEY,
    policy_id TEXT NOT NULL REFERENCES policies (id),
    -- A JSON array, ascending.
    years TEXT NOT NULL CHECK (json_valid(years)),
    phase TEXT NOT NULL,
    -- Steps taken: whoever takes the next says which one was seen.
    position INTEGER NOT NULL DEFAULT 0,
    -- The customer at which the pass has come.
    after INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL,
    changed INTEGER NOT NULL DEFAULT 0,
    -- What the first pass has found so far, by year.
    bests TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(bests)),
    started_at INTEGER NOT NULL,
    -- Nobody when the clock began it.
    started_by TEXT,
    finished_at INTEGER,
    is_open INTEGER AS (CASE WHEN finished_at IS NULL THEN 1 END) VIRTUAL
) STRICT;

CREATE UNIQUE INDEX regrades_open ON regrades (is_open);
CREATE INDEX regrades_recent ON regrades (started_at DESC, id DESC);
CREATE INDEX regrades_policy ON regrades (policy_id);

-- What the second pass has counted, a row for each step and year, so that none grows with the book.
-- They are added up when the pass ends, and go then.
CREATE TABLE regrade_tallies (
    regrade_id TEXT NOT NULL REFERENCES regrades (id),
    year INTEGER NOT NULL,
    step INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (regrade_id, year, step)
) STRICT, WITHOUT ROWID;

-- What a customer's grade takes from all the others, as a run found it. Kept for good: together with
-- the policy and the inputs it gives every assessment made in it again.
CREATE TABLE cohorts (
    id INTEGER PRIMARY KEY,
    policy_id TEXT NOT NULL REFERENCES policies (id),
    year INTEGER NOT NULL,
    regrade_id TEXT NOT NULL REFERENCES regrades (id),
    body TEXT NOT NULL CHECK (json_valid(body)),
    UNIQUE (regrade_id, year)
) STRICT;

CREATE TRIGGER cohorts_are_never_changed BEFORE UPDATE ON cohorts
BEGIN
    SELECT RAISE(ABORT, 'a cohort is never changed');
END;

CREATE TRIGGER cohorts_are_never_removed BEFORE DELETE ON cohorts
BEGIN
    SELECT RAISE(ABORT, 'a cohort is never removed');
END;

-- The newest of each policy and year, in which customers are graded now.
CREATE TABLE newest_cohorts (
    policy_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    cohort_id INTEGER NOT NULL REFERENCES cohorts (id),
    PRIMARY KEY (policy_id, year)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER cohorts_replace_the_one_before AFTER INSERT ON cohorts
BEGIN
    INSERT INTO newest_cohorts (policy_id, year, cohort_id) VALUES (NEW.policy_id, NEW.year, NEW.id)
    ON CONFLICT (policy_id, year) DO UPDATE SET cohort_id = excluded.cohort_id;
END;

-- In which cohort a year was graded; none when its policy takes nothing from others or no run had found one.
ALTER TABLE assessments ADD COLUMN cohort_id INTEGER REFERENCES cohorts (id);

CREATE TRIGGER guard_of_regrades INSTEAD OF INSERT ON guard WHEN NEW.ok IS NOT 1
BEGIN
    SELECT RAISE(ABORT, 'regrade_running') WHERE NEW.name = 'regrade_running';
END;
