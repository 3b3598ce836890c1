-- The audit trail: append-only, each event chained to the one before by its hash.
-- The newest row is the head of the chain; there is no second place that could disagree with it.
CREATE TABLE audit_events (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT,
    actor_name TEXT,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    reason TEXT,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX audit_events_subject ON audit_events (subject, seq);

CREATE TRIGGER audit_events_chain BEFORE INSERT ON audit_events
WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM audit_events), 0) + 1
    OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM audit_events WHERE seq = NEW.seq - 1), NEW.prev_hash)
BEGIN
    SELECT RAISE(ABORT, 'chain_moved');
END;

CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END;

CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit_append_only');
END;
