-- The evaluation forms: one for each customer that there was when the cycle was opened. What is long
-- stands last, so that a list reads past none of it.
CREATE TABLE forms (
    cycle_id TEXT NOT NULL REFERENCES cycles (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    -- Of the customer: what lists and steps go along.
    seq INTEGER NOT NULL,
    unit_id TEXT NOT NULL REFERENCES units (id),
    rep_id TEXT REFERENCES users (id),
    stage TEXT NOT NULL,
    round INTEGER NOT NULL,
    since INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    -- Grades are empty where there is none. Computed: what the policy yields.
    computed TEXT NOT NULL,
    provisional INTEGER NOT NULL,
    score INTEGER NOT NULL,
    -- On the table: proposed, amended, decided on or published. Follows from `state`.
    grade TEXT NOT NULL DEFAULT '',
    -- Published last or, before the first publication, the computed one of the year before.
    last_grade TEXT NOT NULL,
    disagrees INTEGER NOT NULL AS (
        (grade <> '' AND grade <> computed)
        OR (last_grade <> '' AND last_grade <> CASE WHEN grade = '' THEN computed ELSE grade END)
    ) VIRTUAL,
    -- What finance has set in this cycle.
    credit TEXT CHECK (credit IS NULL OR json_valid(credit)),
    state TEXT NOT NULL CHECK (json_valid(state)),
    -- What people wrote; corrections stand beside the figures, which are those of the cycle's opening.
    content TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(content)),
    ground TEXT NOT NULL CHECK (json_valid(ground)),
    figures TEXT NOT NULL CHECK (json_valid(figures)),
    inputs TEXT NOT NULL,
    explanation TEXT NOT NULL,
    PRIMARY KEY (cycle_id, customer_id)
) STRICT;

-- Every condition of the list, so that a page is a walk that ends with the page.
CREATE INDEX forms_all ON forms (cycle_id, seq);
CREATE INDEX forms_stage ON forms (cycle_id, stage, seq);
CREATE INDEX forms_unit ON forms (cycle_id, unit_id, seq);
CREATE INDEX forms_unit_stage ON forms (cycle_id, unit_id, stage, seq);
CREATE INDEX forms_rep ON forms (cycle_id, rep_id, seq) WHERE rep_id IS NOT NULL;
CREATE INDEX forms_rep_stage ON forms (cycle_id, rep_id, stage, seq) WHERE rep_id IS NOT NULL;
CREATE INDEX forms_disagree ON forms (cycle_id, seq) WHERE disagrees = 1;
CREATE INDEX forms_disagree_stage ON forms (cycle_id, stage, seq) WHERE disagrees = 1;
CREATE INDEX forms_disagree_unit ON forms (cycle_id, unit_id, seq) WHERE disagrees = 1;
CREATE INDEX forms_disagree_unit_stage ON forms (cycle_id, unit_id, stage, seq) WHERE disagrees = 1;

CREATE TRIGGER forms_are_never_removed BEFORE DELETE ON forms
BEGIN
    SELECT RAISE(ABORT, 'a form is never removed');
END;

-- A published form stays with whom it was published under.
CREATE TRIGGER forms_go_with_their_customer AFTER UPDATE OF unit_id, rep_id ON customers
WHEN old.unit_id IS NOT new.unit_id OR old.rep_id IS NOT new.rep_id
BEGIN
    UPDATE forms SET unit_id = new.unit_id, rep_id = new.rep_id, version = version + 1
    WHERE customer_id = new.id AND cycle_id = (SELECT id FROM cycles WHERE is_open = 1) AND stage <> 'effective';
END;

-- The trail of a form, over all its rounds, only ever added to.
CREATE TABLE form_entries (
    id INTEGER PRIMARY KEY,
    cycle_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    FOREIGN KEY (cycle_id, customer_id) REFERENCES forms (cycle_id, customer_id)
) STRICT;

CREATE INDEX form_entries_of ON form_entries (cycle_id, customer_id, id);

CREATE TRIGGER form_entries_are_never_changed BEFORE UPDATE ON form_entries
BEGIN
    SELECT RAISE(ABORT, 'a trail is never changed');
END;

CREATE TRIGGER form_entries_are_never_removed BEFORE DELETE ON form_entries
BEGIN
    SELECT RAISE(ABORT, 'a trail is never changed');
END;

-- How many forms stand where with which grades, kept by the very statement that changes a form, so that
-- no step of a cycle counts forms. A row is gone when it counts nothing.
CREATE TABLE form_counts (
    cycle_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    computed TEXT NOT NULL,
    grade TEXT NOT NULL,
    forms INTEGER NOT NULL CHECK (forms >= 0),
    PRIMARY KEY (cycle_id, unit_id, stage, computed, grade)
) STRICT, WITHOUT ROWID;

-- The same for each rep, by stage alone.
CREATE TABLE form_rep_counts (
    cycle_id TEXT NOT NULL,
    rep_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    forms INTEGER NOT NULL CHECK (forms >= 0),
    PRIMARY KEY (cycle_id, rep_id, stage)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER forms_are_counted AFTER INSERT ON forms
BEGIN
    INSERT INTO form_counts (cycle_id, unit_id, stage, computed, grade, forms)
    VALUES (new.cycle_id, new.unit_id, new.stage, new.computed, new.grade, 1)
    ON CONFLICT DO UPDATE SET forms = forms + 1;
    INSERT INTO form_rep_counts (cycle_id, rep_id, stage, forms)
    SELECT new.cycle_id, new.rep_id, new.stage, 1 WHERE new.rep_id IS NOT NULL
    ON CONFLICT DO UPDATE SET forms = forms + 1;
END;

CREATE TRIGGER forms_are_counted_where_they_stand AFTER UPDATE OF unit_id, rep_id, stage, computed, grade ON forms
WHEN old.unit_id IS NOT new.unit_id OR old.rep_id IS NOT new.rep_id OR old.stage IS NOT new.stage
    OR old.computed IS NOT new.computed OR old.grade IS NOT new.grade
BEGIN
    UPDATE form_counts SET forms = forms - 1
    WHERE cycle_id = old.cycle_id AND unit_id = old.unit_id AND stage = old.stage
        AND computed = old.computed AND grade = old.grade;
    DELETE FROM form_counts
    WHERE cycle_id = old.cycle_id AND unit_id = old.unit_id AND stage = old.stage
        AND computed = old.computed AND grade = old.grade AND forms = 0;
    INSERT INTO form_counts (cycle_id, unit_id, stage, computed, grade, forms)
    VALUES (new.cycle_id, new.unit_id, new.stage, new.computed, new.grade, 1)
    ON CONFLICT DO UPDATE SET forms = forms + 1;
    UPDATE form_rep_counts SET forms = forms - 1
    WHERE cycle_id = old.cycle_id AND rep_id = old.rep_id AND stage = old.stage;
    DELETE FROM form_rep_counts
    WHERE cycle_id = old.cycle_id AND rep_id = old.rep_id AND stage = old.stage AND forms = 0;
    INSERT INTO form_rep_counts (cycle_id, rep_id, stage, forms)
    SELECT new.cycle_id, new.rep_id, new.stage, 1 WHERE new.rep_id IS NOT NULL
    ON CONFLICT DO UPDATE SET forms = forms + 1;
END;
