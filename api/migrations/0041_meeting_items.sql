-- What is put before the meeting besides the grades (5.1.2-B, C, E): one row for each item. Of a customer and
-- a kind the decided row with the highest `decided_seq` says what is granted, from `effective_from` to
-- `effective_until` (none while nothing else is said); `choice` 'withdraw' grants nothing.
CREATE TABLE meeting_items (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    cycle_id TEXT NOT NULL REFERENCES cycles (id),
    kind TEXT NOT NULL CHECK (kind IN ('special_policy', 'settlement', 'other')),
    customer_id TEXT REFERENCES customers (id),
    unit_id TEXT REFERENCES units (id),
    stage TEXT NOT NULL CHECK (stage IN ('proposed', 'decided', 'withdrawn')),
    version INTEGER NOT NULL DEFAULT 1,
    -- What was decided.
    choice TEXT CHECK (choice IN ('stable', 'adjust', 'withdraw', 'new')),
    effective_from TEXT,
    effective_until TEXT,
    -- The order of decision.
    decided_seq INTEGER,
    body TEXT NOT NULL CHECK (json_valid(body)),
    CHECK ((stage = 'decided') = (choice IS NOT NULL AND effective_from IS NOT NULL AND decided_seq IS NOT NULL)),
    CHECK (kind = 'other' OR customer_id IS NOT NULL)
) STRICT;

-- Every condition of the list, so that a page is a walk that ends with the page.
CREATE INDEX meeting_items_all ON meeting_items (cycle_id, seq);
CREATE INDEX meeting_items_stage ON meeting_items (cycle_id, stage, seq);
CREATE INDEX meeting_items_unit ON meeting_items (cycle_id, unit_id, seq);
CREATE INDEX meeting_items_unit_stage ON meeting_items (cycle_id, unit_id, stage, seq);

-- What was decided last about a customer.
CREATE INDEX meeting_items_last ON meeting_items (customer_id, kind, decided_seq) WHERE stage = 'decided';
CREATE UNIQUE INDEX meeting_items_decided ON meeting_items (decided_seq) WHERE stage = 'decided';

-- About one customer one thing of a kind is before the meeting at a time.
CREATE UNIQUE INDEX meeting_items_open ON meeting_items (cycle_id, kind, customer_id)
    WHERE stage = 'proposed' AND kind <> 'other';

CREATE TRIGGER meeting_items_are_settled_once BEFORE UPDATE ON meeting_items WHEN old.stage <> 'proposed'
BEGIN
    SELECT RAISE(ABORT, 'a decision is never changed');
END;

CREATE TRIGGER meeting_items_are_never_removed BEFORE DELETE ON meeting_items
BEGIN
    SELECT RAISE(ABORT, 'an item is never removed');
END;
