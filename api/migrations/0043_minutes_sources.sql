-- What minutes are read from: rows and counts that are found without going through the forms.
CREATE INDEX forms_decided ON forms (cycle_id, grade, seq) WHERE stage NOT IN ('draft', 'submitted', 'in_review');
CREATE INDEX forms_overruled ON forms (cycle_id, seq)
    WHERE stage NOT IN ('draft', 'submitted', 'in_review') AND grade <> '' AND grade <> computed;
CREATE INDEX forms_provisional ON forms (cycle_id, seq) WHERE provisional = 1;
CREATE INDEX form_entries_amended ON form_entries (cycle_id, id) WHERE body ->> '$.entry.step' = 'amend';

-- How many forms have which grade before, by unit; kept like `form_counts`. The grade before never changes.
CREATE TABLE form_last_counts (
    cycle_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    last_grade TEXT NOT NULL,
    forms INTEGER NOT NULL CHECK (forms >= 0),
    PRIMARY KEY (cycle_id, unit_id, last_grade)
) STRICT, WITHOUT ROWID;

INSERT INTO form_last_counts (cycle_id, unit_id, last_grade, forms)
SELECT cycle_id, unit_id, last_grade, count(*) FROM forms GROUP BY cycle_id, unit_id, last_grade;

CREATE TRIGGER forms_are_counted_by_the_grade_before AFTER INSERT ON forms
BEGIN
    INSERT INTO form_last_counts (cycle_id, unit_id, last_grade, forms)
    VALUES (new.cycle_id, new.unit_id, new.last_grade, 1)
    ON CONFLICT DO UPDATE SET forms = forms + 1;
END;

CREATE TRIGGER forms_are_counted_by_the_grade_before_in_their_unit AFTER UPDATE OF unit_id ON forms
WHEN old.unit_id IS NOT new.unit_id
BEGIN
    UPDATE form_last_counts SET forms = forms - 1
    WHERE cycle_id = old.cycle_id AND unit_id = old.unit_id AND last_grade = old.last_grade;
    DELETE FROM form_last_counts
    WHERE cycle_id = old.cycle_id AND unit_id = old.unit_id AND last_grade = old.last_grade AND forms = 0;
    INSERT INTO form_last_counts (cycle_id, unit_id, last_grade, forms)
    VALUES (new.cycle_id, new.unit_id, new.last_grade, 1)
    ON CONFLICT DO UPDATE SET forms = forms + 1;
END;
