-- Published grades, one for each customer and cycle, never changed.
CREATE TABLE grades (
    id INTEGER PRIMARY KEY,
    cycle_id TEXT NOT NULL REFERENCES cycles (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    year INTEGER NOT NULL,
    policy_id TEXT NOT NULL REFERENCES policies (id),
    -- None when the case was closed without one.
    grade TEXT,
    effective TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (cycle_id, customer_id)
) STRICT;

CREATE INDEX grades_of ON grades (customer_id, id);

CREATE TRIGGER grades_are_never_changed BEFORE UPDATE ON grades
BEGIN
    SELECT RAISE(ABORT, 'a published grade is never changed');
END;

CREATE TRIGGER grades_are_never_removed BEFORE DELETE ON grades
BEGIN
    SELECT RAISE(ABORT, 'a published grade is never changed');
END;

-- `tier` is the grade that counts: the computed one until a cycle has published one of the customer's,
-- then the published one. `computed_tier` goes on following the figures.
ALTER TABLE customers ADD COLUMN computed_tier TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN published_cycle TEXT;

UPDATE customers SET computed_tier = tier;
