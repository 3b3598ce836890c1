CREATE TABLE units (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT REFERENCES units (id),
    active INTEGER NOT NULL DEFAULT 1,
    -- A PHC string: algorithm, parameters, salt and hash.
    password TEXT NOT NULL,
    must_change_password INTEGER NOT NULL DEFAULT 0,
    last_sign_in INTEGER,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE INDEX users_unit ON users (unit, role, active);
CREATE INDEX users_role ON users (role, active);

-- The id is the SHA-256 of the token; the token itself is only in the browser.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_user ON sessions (user);
CREATE INDEX sessions_seen_at ON sessions (seen_at);
