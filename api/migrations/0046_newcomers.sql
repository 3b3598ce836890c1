-- New customers (5.1.2-D). `due_on` is the day from which one is to be graded in full; none once a cycle that
-- was opened on it or later has published it, and none for whoever came long before.
ALTER TABLE customers ADD COLUMN due_on TEXT;

CREATE INDEX customers_due ON customers (due_on, tie) WHERE due_on IS NOT NULL;
CREATE INDEX customers_unit_due ON customers (unit_id, due_on, tie) WHERE due_on IS NOT NULL;
CREATE INDEX customers_rep_due ON customers (rep_id, due_on, tie) WHERE due_on IS NOT NULL AND rep_id IS NOT NULL;
-- Along the book, for a cycle that is over them alone.
CREATE INDEX customers_new ON customers (tie) WHERE due_on IS NOT NULL;

-- The first day with six whole months: where the month has no such day, the first of the next.
UPDATE customers SET due_on = min(date(since, '+6 months'), date(since, 'start of month', '+7 months'))
WHERE since IS NOT NULL
    AND min(date(since, '+6 months'), date(since, 'start of month', '+7 months')) >= date('now', '+8 hours', '-30 days');

-- Provisional grades, one for a deal, only ever added to.
CREATE TABLE deal_grades (
    id INTEGER PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    deal TEXT NOT NULL,
    day TEXT NOT NULL,
    grade TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX deal_grades_of ON deal_grades (customer_id, id);

CREATE TRIGGER deal_grades_are_never_changed BEFORE UPDATE ON deal_grades
BEGIN
    SELECT RAISE(ABORT, 'the grade of a deal is never changed');
END;

CREATE TRIGGER deal_grades_are_never_removed BEFORE DELETE ON deal_grades
BEGIN
    SELECT RAISE(ABORT, 'the grade of a deal is never changed');
END;

-- Whom a cycle is over: every customer, or the new ones that were due when it was opened.
ALTER TABLE cycles ADD COLUMN kind TEXT NOT NULL DEFAULT 'yearly' CHECK (kind IN ('yearly', 'supplementary'));
