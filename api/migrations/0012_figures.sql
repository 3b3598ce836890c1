-- What was imported or entered of a customer's year: {key: {input, source, at, by}}.
CREATE TABLE figures (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    year INTEGER NOT NULL,
    figures TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, year)
) STRICT;

-- The computed grade of a customer's year with its explanation as it was given: what was graded,
-- by which policy, and the canonical JSON of the result. One current row per year; what it was
-- before is in the audit trail.
CREATE TABLE assessments (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    year INTEGER NOT NULL,
    policy_id TEXT NOT NULL REFERENCES policies (id),
    graded_at INTEGER NOT NULL,
    tier TEXT NOT NULL,
    provisional INTEGER NOT NULL,
    score INTEGER NOT NULL,
    evidence INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    sales INTEGER,
    inputs TEXT NOT NULL,
    explanation TEXT NOT NULL,
    PRIMARY KEY (customer_id, year)
) STRICT;

-- The receivables ledger, one row per invoice, amounts in fen.
CREATE TABLE invoices (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    number TEXT NOT NULL,
    issued TEXT NOT NULL,
    due TEXT,
    amount INTEGER NOT NULL,
    settled TEXT,
    disputed INTEGER,
    PRIMARY KEY (customer_id, number)
) STRICT, WITHOUT ROWID;
