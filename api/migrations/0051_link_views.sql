-- How often a link was opened, by day. Nothing is kept of who opened it.
CREATE TABLE link_views (
    link_id TEXT NOT NULL REFERENCES links (id),
    day TEXT NOT NULL,
    views INTEGER NOT NULL,
    PRIMARY KEY (link_id, day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER link_views_are_counted AFTER UPDATE OF views ON links WHEN new.views > old.views
BEGIN
    INSERT INTO link_views (link_id, day, views) VALUES (new.id, new.seen_on, new.views - old.views)
    ON CONFLICT DO UPDATE SET views = views + excluded.views;
END;
