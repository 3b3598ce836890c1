-- What the dashboard adds up: of the company (scope '') and of each unit ('u-' and its id), kept by the very
-- statement that changes a customer, so that no page counts customers. A row is gone when it counts nothing.

-- Customers by the tier before and the tier that counts, empty where there is none.
CREATE TABLE book_moves (
    scope TEXT NOT NULL,
    previous TEXT NOT NULL,
    tier TEXT NOT NULL,
    customers INTEGER NOT NULL CHECK (customers >= 0),
    -- Those with missing data, and those whose sales are known.
    lacking INTEGER NOT NULL,
    sold INTEGER NOT NULL,
    sales INTEGER NOT NULL,
    PRIMARY KEY (scope, previous, tier)
) STRICT, WITHOUT ROWID;

-- Customers with known sales by size, nine tenths to ten: a class is the number of digits and the two first
-- of them, so that classes are in the order of the amounts, and are at most ninety for each digit.
ALTER TABLE customers ADD COLUMN size_class INTEGER AS (
    CASE WHEN sales > 0 THEN length(sales) * 100 + substr(sales || '0', 1, 2) WHEN sales IS NOT NULL THEN 0 END
) VIRTUAL;

CREATE TABLE book_sizes (
    scope TEXT NOT NULL,
    class INTEGER NOT NULL,
    customers INTEGER NOT NULL CHECK (customers >= 0),
    sales INTEGER NOT NULL,
    PRIMARY KEY (scope, class)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER customers_enter_the_book AFTER INSERT ON customers
BEGIN
    INSERT INTO book_moves (scope, previous, tier, customers, lacking, sold, sales)
    SELECT column1, coalesce(new.previous_tier, ''), new.tier, 1, new.lacking, new.sales IS NOT NULL, coalesce(new.sales, 0)
    FROM (VALUES (''), ('u-' || new.unit_id)) WHERE true
    ON CONFLICT DO UPDATE SET customers = customers + 1, lacking = lacking + excluded.lacking,
        sold = sold + excluded.sold, sales = sales + excluded.sales;
    INSERT INTO book_sizes (scope, class, customers, sales)
    SELECT column1, new.size_class, 1, new.sales FROM (VALUES (''), ('u-' || new.unit_id))
    WHERE new.sales IS NOT NULL
    ON CONFLICT DO UPDATE SET customers = customers + 1, sales = sales + excluded.sales;
END;

CREATE TRIGGER customers_move_in_the_book AFTER UPDATE OF unit_id, tier, previous_tier, missing, sales ON customers
WHEN old.unit_id IS NOT new.unit_id OR old.tier IS NOT new.tier OR old.previous_tier IS NOT new.previous_tier
    OR old.lacking IS NOT new.lacking OR old.sales IS NOT new.sales
BEGIN
    UPDATE book_moves SET customers = customers - 1, lacking = lacking - old.lacking,
        sold = sold - (old.sales IS NOT NULL), sales = sales - coalesce(old.sales, 0)
    WHERE scope IN ('', 'u-' || old.unit_id) AND previous = coalesce(old.previous_tier, '') AND tier = old.tier;
    DELETE FROM book_moves WHERE scope IN ('', 'u-' || old.unit_id)
        AND previous = coalesce(old.previous_tier, '') AND tier = old.tier AND customers = 0;
    INSERT INTO book_moves (scope, previous, tier, customers, lacking, sold, sales)
    SELECT column1, coalesce(new.previous_tier, ''), new.tier, 1, new.lacking, new.sales IS NOT NULL, coalesce(new.sales, 0)
    FROM (VALUES (''), ('u-' || new.unit_id)) WHERE true
    ON CONFLICT DO UPDATE SET customers = customers + 1, lacking = lacking + excluded.lacking,
        sold = sold + excluded.sold, sales = sales + excluded.sales;
    UPDATE book_sizes SET customers = customers - 1, sales = sales - old.sales
    WHERE scope IN ('', 'u-' || old.unit_id) AND class = old.size_class;
    DELETE FROM book_sizes WHERE scope IN ('', 'u-' || old.unit_id) AND class = old.size_class AND customers = 0;
    INSERT INTO book_sizes (scope, class, customers, sales)
    SELECT column1, new.size_class, 1, new.sales FROM (VALUES (''), ('u-' || new.unit_id))
    WHERE new.sales IS NOT NULL
    ON CONFLICT DO UPDATE SET customers = customers + 1, sales = sales + excluded.sales;
END;

CREATE TRIGGER customers_leave_the_book AFTER DELETE ON customers
BEGIN
    UPDATE book_moves SET customers = customers - 1, lacking = lacking - old.lacking,
        sold = sold - (old.sales IS NOT NULL), sales = sales - coalesce(old.sales, 0)
    WHERE scope IN ('', 'u-' || old.unit_id) AND previous = coalesce(old.previous_tier, '') AND tier = old.tier;
    DELETE FROM book_moves WHERE scope IN ('', 'u-' || old.unit_id)
        AND previous = coalesce(old.previous_tier, '') AND tier = old.tier AND customers = 0;
    UPDATE book_sizes SET customers = customers - 1, sales = sales - old.sales
    WHERE scope IN ('', 'u-' || old.unit_id) AND class = old.size_class;
    DELETE FROM book_sizes WHERE scope IN ('', 'u-' || old.unit_id) AND class = old.size_class AND customers = 0;
END;

-- What a count of the customers themselves gives: to begin with, to find drift, and to mend it.
CREATE VIEW counted_moves AS
    SELECT unit_id, coalesce(previous_tier, '') AS previous, tier, count(*) AS customers, sum(lacking) AS lacking,
        count(sales) AS sold, coalesce(sum(sales), 0) AS sales
    FROM customers GROUP BY unit_id, coalesce(previous_tier, ''), tier;

CREATE VIEW counted_sizes AS
    SELECT unit_id, size_class AS class, count(*) AS customers, sum(sales) AS sales
    FROM customers WHERE sales IS NOT NULL GROUP BY unit_id, size_class;

INSERT INTO book_moves SELECT 'u-' || unit_id, previous, tier, customers, lacking, sold, sales FROM counted_moves;
INSERT INTO book_moves
SELECT '', previous, tier, sum(customers), sum(lacking), sum(sold), sum(sales) FROM counted_moves GROUP BY previous, tier;
INSERT INTO book_sizes SELECT 'u-' || unit_id, class, customers, sales FROM counted_sizes;
INSERT INTO book_sizes SELECT '', class, sum(customers), sum(sales) FROM counted_sizes GROUP BY class;
