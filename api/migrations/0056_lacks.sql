-- What a customer's latest grade lacks, as its explanation says: a JSON array of indicators, NULL before the first
-- grade; and how many lack what, of the company (scope '') and of each unit ('u-' and its id), kept as the other
-- sums of 0055 are.
ALTER TABLE customers ADD COLUMN lacks TEXT;

CREATE TABLE book_lacks (
    scope TEXT NOT NULL,
    indicator TEXT NOT NULL,
    customers INTEGER NOT NULL CHECK (customers >= 0),
    PRIMARY KEY (scope, indicator)
) STRICT, WITHOUT ROWID;

UPDATE customers SET lacks = (SELECT a.explanation->'$.missing' FROM assessments a
    WHERE a.customer_id = customers.id ORDER BY a.year DESC LIMIT 1);

CREATE TRIGGER customers_come_to_lack AFTER INSERT ON customers WHEN new.lacks IS NOT NULL
BEGIN
    INSERT INTO book_lacks (scope, indicator, customers)
    SELECT s.column1, j.value, 1 FROM (VALUES (''), ('u-' || new.unit_id)) s, json_each(new.lacks) j WHERE true
    ON CONFLICT DO UPDATE SET customers = customers + 1;
END;

CREATE TRIGGER customers_lack_other_things AFTER UPDATE OF unit_id, lacks ON customers
WHEN old.unit_id IS NOT new.unit_id OR old.lacks IS NOT new.lacks
BEGIN
    UPDATE book_lacks SET customers = customers - 1
    WHERE scope IN ('', 'u-' || old.unit_id) AND indicator IN (SELECT value FROM json_each(coalesce(old.lacks, '[]')));
    INSERT INTO book_lacks (scope, indicator, customers)
    SELECT s.column1, j.value, 1 FROM (VALUES (''), ('u-' || new.unit_id)) s, json_each(coalesce(new.lacks, '[]')) j
    WHERE true
    ON CONFLICT DO UPDATE SET customers = customers + 1;
    DELETE FROM book_lacks WHERE scope IN ('', 'u-' || old.unit_id) AND customers = 0;
END;

CREATE TRIGGER customers_lack_no_more AFTER DELETE ON customers WHEN old.lacks IS NOT NULL
BEGIN
    UPDATE book_lacks SET customers = customers - 1
    WHERE scope IN ('', 'u-' || old.unit_id) AND indicator IN (SELECT value FROM json_each(old.lacks));
    DELETE FROM book_lacks WHERE scope IN ('', 'u-' || old.unit_id) AND customers = 0;
END;

CREATE VIEW counted_lacks AS
    SELECT c.unit_id, j.value AS indicator, count(*) AS customers
    FROM customers c, json_each(c.lacks) j GROUP BY c.unit_id, j.value;

INSERT INTO book_lacks SELECT 'u-' || unit_id, indicator, customers FROM counted_lacks;
INSERT INTO book_lacks SELECT '', indicator, sum(customers) FROM counted_lacks GROUP BY indicator;
