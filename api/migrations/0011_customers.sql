-- Customers, each with its latest graded year beside the master record, so that a list reads one
-- table. The year's columns follow from `assessments` and are written with them.
CREATE TABLE customers (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES units (id),
    rep_id TEXT REFERENCES users (id),
    segment TEXT,
    since TEXT,
    -- Of the master record, for If-Match.
    version INTEGER NOT NULL DEFAULT 1,
    -- Of everything about the customer: whoever writes says which one was read.
    revision INTEGER NOT NULL DEFAULT 1,

    year INTEGER,
    -- Empty while there is no grade.
    tier TEXT NOT NULL DEFAULT '',
    previous_tier TEXT,
    provisional INTEGER NOT NULL DEFAULT 0,
    score INTEGER,
    evidence INTEGER,
    missing INTEGER,
    sales INTEGER,

    -- What lists are ordered by, ascending and never null, so that a page begins where the last
    -- one ended: best score first and ungraded last, largest sales first and unknown last.
    -- `tie` tells equals apart; it is `seq` again, because a comparison of two columns with two values
    -- is looked up in an index only when both are columns proper.
    tie INTEGER NOT NULL AS (seq) VIRTUAL,
    name_key TEXT NOT NULL AS (initials || ' ' || name) VIRTUAL,
    score_rank INTEGER NOT NULL AS (CASE WHEN tier = '' THEN 9007199254740991 ELSE -coalesce(score, 0) END) VIRTUAL,
    sales_rank INTEGER NOT NULL AS (coalesce(-sales, 9007199254740991)) VIRTUAL,
    lacking INTEGER NOT NULL AS (coalesce(missing, 1) > 0) VIRTUAL,
    -- What a search is narrowed by, as tokens.
    scope TEXT NOT NULL AS (
        'u-' || unit_id || coalesce(' r-' || rep_id, '')
        || CASE WHEN tier = '' THEN ' t-none' ELSE ' t-' || hex(tier) END
        || ' l-' || (coalesce(missing, 1) > 0)
    ) VIRTUAL
) STRICT;

-- One index for every condition with every order, so that each page is a walk that ends with the
-- page.
CREATE INDEX customers_score ON customers (score_rank, tie);
CREATE INDEX customers_sales ON customers (sales_rank, tie);
CREATE INDEX customers_name ON customers (name_key, tie);
CREATE UNIQUE INDEX customers_code ON customers (code);
CREATE INDEX customers_unit_score ON customers (unit_id, score_rank, tie);
CREATE INDEX customers_unit_sales ON customers (unit_id, sales_rank, tie);
CREATE INDEX customers_unit_name ON customers (unit_id, name_key, tie);
CREATE INDEX customers_unit_code ON customers (unit_id, code);
CREATE INDEX customers_rep_score ON customers (rep_id, score_rank, tie) WHERE rep_id IS NOT NULL;
CREATE INDEX customers_rep_sales ON customers (rep_id, sales_rank, tie) WHERE rep_id IS NOT NULL;
CREATE INDEX customers_rep_name ON customers (rep_id, name_key, tie) WHERE rep_id IS NOT NULL;
CREATE INDEX customers_rep_code ON customers (rep_id, code) WHERE rep_id IS NOT NULL;
CREATE INDEX customers_tier_score ON customers (tier, score_rank, tie);
CREATE INDEX customers_tier_sales ON customers (tier, sales_rank, tie);
CREATE INDEX customers_tier_name ON customers (tier, name_key, tie);
CREATE INDEX customers_tier_code ON customers (tier, code);
CREATE INDEX customers_unit_tier_score ON customers (unit_id, tier, score_rank, tie);
CREATE INDEX customers_unit_tier_sales ON customers (unit_id, tier, sales_rank, tie);
CREATE INDEX customers_lacking_score ON customers (score_rank, tie) WHERE lacking = 1;
CREATE INDEX customers_lacking_sales ON customers (sales_rank, tie) WHERE lacking = 1;
CREATE INDEX customers_lacking_name ON customers (name_key, tie) WHERE lacking = 1;
CREATE INDEX customers_lacking_code ON customers (code) WHERE lacking = 1;
CREATE INDEX customers_unit_lacking_score ON customers (unit_id, score_rank, tie) WHERE lacking = 1;
CREATE INDEX customers_unit_lacking_sales ON customers (unit_id, sales_rank, tie) WHERE lacking = 1;
CREATE INDEX customers_unit_lacking_name ON customers (unit_id, name_key, tie) WHERE lacking = 1;
CREATE INDEX customers_unit_lacking_code ON customers (unit_id, code) WHERE lacking = 1;

-- By what customers are searched for; `text` is cut into pieces by the Worker. Only whole tokens
-- and prefixes of one to three characters are asked for, which the index keeps ready as lists.
CREATE VIRTUAL TABLE customer_search USING fts5(
    text, scope, tokenize = "unicode61 remove_diacritics 0 tokenchars '-'", prefix = '1 2 3', columnsize = 0
);

CREATE TRIGGER customers_narrow_their_search AFTER UPDATE OF unit_id, rep_id, tier, missing ON customers
WHEN old.scope <> new.scope
BEGIN
    UPDATE customer_search SET scope = new.scope WHERE rowid = new.seq;
END;
