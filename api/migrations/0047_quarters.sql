-- What the receivables ledgers say of a customer's quarter (`2026Q1`), in fen by the day of issue: kept by the
-- very statement that writes an invoice. A quarter goes with its customer from unit to unit.
CREATE TABLE quarter_sales (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    quarter TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES units (id),
    sales INTEGER NOT NULL,
    PRIMARY KEY (customer_id, quarter)
) STRICT, WITHOUT ROWID;

-- The same of a unit.
CREATE TABLE quarter_totals (
    unit_id TEXT NOT NULL REFERENCES units (id),
    quarter TEXT NOT NULL,
    sales INTEGER NOT NULL,
    PRIMARY KEY (unit_id, quarter)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER quarter_sales_are_added_up AFTER INSERT ON quarter_sales
BEGIN
    INSERT INTO quarter_totals (unit_id, quarter, sales) VALUES (new.unit_id, new.quarter, new.sales)
    ON CONFLICT DO UPDATE SET sales = sales + excluded.sales;
END;

CREATE TRIGGER quarter_sales_are_added_up_where_they_are AFTER UPDATE ON quarter_sales
BEGIN
    UPDATE quarter_totals SET sales = sales - old.sales WHERE unit_id = old.unit_id AND quarter = old.quarter;
    INSERT INTO quarter_totals (unit_id, quarter, sales) VALUES (new.unit_id, new.quarter, new.sales)
    ON CONFLICT DO UPDATE SET sales = sales + excluded.sales;
END;

CREATE TRIGGER invoices_are_sales_of_their_quarter AFTER INSERT ON invoices
BEGIN
    INSERT INTO quarter_sales (customer_id, quarter, unit_id, sales)
    SELECT c.id, substr(new.issued, 1, 4) || 'Q' || ((substr(new.issued, 6, 2) + 2) / 3), c.unit_id, new.amount
    FROM customers c WHERE c.id = new.customer_id
    ON CONFLICT DO UPDATE SET sales = sales + excluded.sales;
END;

CREATE TRIGGER invoices_are_sales_of_another_quarter AFTER UPDATE OF issued, amount ON invoices
WHEN old.issued IS NOT new.issued OR old.amount IS NOT new.amount
BEGIN
    UPDATE quarter_sales SET sales = sales - old.amount WHERE customer_id = old.customer_id
        AND quarter = substr(old.issued, 1, 4) || 'Q' || ((substr(old.issued, 6, 2) + 2) / 3);
    INSERT INTO quarter_sales (customer_id, quarter, unit_id, sales)
    SELECT c.id, substr(new.issued, 1, 4) || 'Q' || ((substr(new.issued, 6, 2) + 2) / 3), c.unit_id, new.amount
    FROM customers c WHERE c.id = new.customer_id
    ON CONFLICT DO UPDATE SET sales = sales + excluded.sales;
END;

CREATE TRIGGER quarters_go_with_their_customer AFTER UPDATE OF unit_id ON customers
WHEN old.unit_id IS NOT new.unit_id
BEGIN
    UPDATE quarter_sales SET unit_id = new.unit_id WHERE customer_id = new.id;
END;

INSERT INTO quarter_sales (customer_id, quarter, unit_id, sales)
SELECT i.customer_id, substr(i.issued, 1, 4) || 'Q' || ((substr(i.issued, 6, 2) + 2) / 3) AS quarter, c.unit_id,
    sum(i.amount)
FROM invoices i JOIN customers c ON c.id = i.customer_id GROUP BY i.customer_id, quarter;

-- What a section makes of a quarter (3.1). Once closed it stays: `sales` are those of that moment.
CREATE TABLE quarter_looks (
    unit_id TEXT NOT NULL REFERENCES units (id),
    quarter TEXT NOT NULL,
    look TEXT NOT NULL CHECK (json_valid(look)),
    version INTEGER NOT NULL,
    sales INTEGER,
    counted INTEGER NOT NULL DEFAULT 0,
    closed_at INTEGER,
    closed_by TEXT,
    PRIMARY KEY (unit_id, quarter)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER quarter_looks_stay_closed BEFORE UPDATE ON quarter_looks WHEN old.closed_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a look that was closed is never changed');
END;

CREATE TRIGGER quarter_looks_are_never_removed BEFORE DELETE ON quarter_looks
BEGIN
    SELECT RAISE(ABORT, 'a look is never removed');
END;

-- What is to become of its customers; taken back where the mark is empty.
CREATE TABLE quarter_marks (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    quarter TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES units (id),
    mark TEXT,
    note TEXT,
    PRIMARY KEY (customer_id, quarter, unit_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER quarter_marks_come_before_the_close BEFORE INSERT ON quarter_marks
WHEN EXISTS (SELECT 1 FROM quarter_looks l
    WHERE l.unit_id = new.unit_id AND l.quarter = new.quarter AND l.closed_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a look that was closed is never changed');
END;

CREATE TRIGGER quarter_marks_stay_with_a_closed_look BEFORE UPDATE ON quarter_marks
WHEN EXISTS (SELECT 1 FROM quarter_looks l
    WHERE l.unit_id = old.unit_id AND l.quarter = old.quarter AND l.closed_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a look that was closed is never changed');
END;

CREATE TRIGGER quarter_marks_are_never_removed BEFORE DELETE ON quarter_marks
BEGIN
    SELECT RAISE(ABORT, 'a mark is never removed');
END;
