-- How many customers are in each tier: in the company (scope ''), in a unit ('u-' and its id), with a
-- rep ('r-' and the id), so that the list says so by reading a row for each tier. The triggers keep it
-- in the very statement that changes a customer. An empty tier is the ungraded; a tier that nobody is
-- in any more may stay behind with 0.
CREATE TABLE tier_counts (
    scope TEXT NOT NULL,
    tier TEXT NOT NULL,
    customers INTEGER NOT NULL CHECK (customers >= 0),
    PRIMARY KEY (scope, tier)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER customers_are_counted AFTER INSERT ON customers
BEGIN
    INSERT INTO tier_counts (scope, tier, customers)
    SELECT column1, new.tier, 1 FROM (VALUES (''), ('u-' || new.unit_id), ('r-' || new.rep_id))
    WHERE column1 IS NOT NULL
    ON CONFLICT (scope, tier) DO UPDATE SET customers = customers + 1;
END;

CREATE TRIGGER customers_are_counted_where_they_are AFTER UPDATE OF unit_id, rep_id, tier ON customers
WHEN old.unit_id IS NOT new.unit_id OR old.rep_id IS NOT new.rep_id OR old.tier IS NOT new.tier
BEGIN
    UPDATE tier_counts SET customers = customers - 1
    WHERE scope IN ('', 'u-' || old.unit_id, 'r-' || old.rep_id) AND tier = old.tier;
    INSERT INTO tier_counts (scope, tier, customers)
    SELECT column1, new.tier, 1 FROM (VALUES (''), ('u-' || new.unit_id), ('r-' || new.rep_id))
    WHERE column1 IS NOT NULL
    ON CONFLICT (scope, tier) DO UPDATE SET customers = customers + 1;
END;

CREATE TRIGGER customers_are_counted_no_longer AFTER DELETE ON customers
BEGIN
    UPDATE tier_counts SET customers = customers - 1
    WHERE scope IN ('', 'u-' || old.unit_id, 'r-' || old.rep_id) AND tier = old.tier;
END;

INSERT INTO tier_counts (scope, tier, customers)
SELECT '', tier, count(*) FROM customers GROUP BY tier
UNION ALL SELECT 'u-' || unit_id, tier, count(*) FROM customers GROUP BY unit_id, tier
UNION ALL SELECT 'r-' || rep_id, tier, count(*) FROM customers WHERE rep_id IS NOT NULL GROUP BY rep_id, tier;
