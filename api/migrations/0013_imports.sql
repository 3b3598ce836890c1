-- An import of a ledger: begun once, under an id that the browser chose, then written in chunks.
CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    shape TEXT NOT NULL,
    file_name TEXT NOT NULL,
    as_of TEXT NOT NULL,
    default_unit TEXT NOT NULL REFERENCES units (id),
    chunks INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    by_name TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    completed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX imports_recent ON imports (started_at DESC, id DESC);

-- A chunk that was written, whole: the digest tells a repetition from another chunk.
CREATE TABLE import_chunks (
    import_id TEXT NOT NULL REFERENCES imports (id),
    n INTEGER NOT NULL,
    digest TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (import_id, n)
) STRICT, WITHOUT ROWID;

-- Column mappings as people corrected them, by the headings they belong to.
CREATE TABLE import_mappings (
    shape TEXT NOT NULL,
    headings TEXT NOT NULL,
    mapping TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES users (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (shape, headings)
) STRICT, WITHOUT ROWID;
