-- What a link shows, as it was when it was made: page 0 what is counted of the unit, the others its customers, fifty
-- on each, and of each only what was ticked. So opening one reads a page, however large the unit.
CREATE TABLE link_pages (
    link_id TEXT NOT NULL REFERENCES links (id),
    page INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (link_id, page)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER link_pages_are_never_changed BEFORE UPDATE ON link_pages
BEGIN
    SELECT RAISE(ABORT, 'what a link shows is never changed');
END;
