-- Why a version was published; nobody had to say why of the first.
ALTER TABLE policies ADD COLUMN reason TEXT;

-- Versions that were withdrawn before they took effect, apart from them: a published row never changes.
CREATE TABLE policy_retirements (
    policy_id TEXT PRIMARY KEY REFERENCES policies (id),
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Policies being written. What becomes of one is in the audit trail; the row itself goes.
CREATE TABLE policy_drafts (
    id TEXT PRIMARY KEY,
    based_on TEXT NOT NULL REFERENCES policies (id),
    body TEXT NOT NULL CHECK (json_valid(body)),
    -- How many; follows from the body.
    mistakes INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL
) STRICT;

CREATE INDEX policy_drafts_recent ON policy_drafts (updated_at DESC, id DESC);
