-- What waits for somebody and is not told by a form's stage alone.
-- Of drafts alone: 1 when they may be submitted after the close as well, admitted late or returned.
ALTER TABLE forms ADD COLUMN late INTEGER
    AS (CASE stage WHEN 'draft' THEN coalesce(state ->> '$.entrance', 'window') <> 'window' END) VIRTUAL;
-- Whether finance can set the credit and has not.
ALTER TABLE forms ADD COLUMN unrated INTEGER
    AS (credit IS NULL AND stage IN ('draft', 'submitted', 'in_review')) VIRTUAL;

CREATE INDEX forms_late ON forms (cycle_id, late, seq) WHERE late IS NOT NULL;
CREATE INDEX forms_unit_late ON forms (cycle_id, unit_id, late, seq) WHERE late IS NOT NULL;
CREATE INDEX forms_unrated ON forms (cycle_id, seq) WHERE unrated = 1;
CREATE INDEX forms_unit_unrated ON forms (cycle_id, unit_id, seq) WHERE unrated = 1;

-- How many of them there are: unrated in the cycle (scope ''); late in the cycle, in a unit ('u-' and its
-- id), with a rep ('r-' and the id). Kept by the very statement that changes a form; a row may stay behind
-- with 0.
CREATE TABLE form_waits (
    cycle_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('late', 'unrated')),
    forms INTEGER NOT NULL CHECK (forms >= 0),
    PRIMARY KEY (cycle_id, scope, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER forms_wait_for_a_rating AFTER INSERT ON forms WHEN new.unrated = 1
BEGIN
    INSERT INTO form_waits (cycle_id, scope, kind, forms) VALUES (new.cycle_id, '', 'unrated', 1)
    ON CONFLICT DO UPDATE SET forms = forms + 1;
END;

CREATE TRIGGER forms_wait_no_longer_for_a_rating AFTER UPDATE OF stage, credit ON forms
WHEN old.unrated IS NOT new.unrated
BEGIN
    UPDATE form_waits SET forms = forms + iif(new.unrated = 1, 1, -1)
    WHERE cycle_id = new.cycle_id AND scope = '' AND kind = 'unrated';
END;

CREATE TRIGGER forms_are_late_where_they_are AFTER UPDATE OF stage, state, unit_id, rep_id ON forms
WHEN (old.late IS 1 OR new.late IS 1)
    AND (old.late IS NOT new.late OR old.unit_id IS NOT new.unit_id OR old.rep_id IS NOT new.rep_id)
BEGIN
    UPDATE form_waits SET forms = forms - 1
    WHERE old.late IS 1 AND cycle_id = old.cycle_id AND scope IN ('', 'u-' || old.unit_id, 'r-' || old.rep_id)
        AND kind = 'late';
    INSERT INTO form_waits (cycle_id, scope, kind, forms)
    SELECT new.cycle_id, column1, 'late', 1 FROM (VALUES (''), ('u-' || new.unit_id), ('r-' || new.rep_id))
    WHERE new.late IS 1 AND column1 IS NOT NULL
    ON CONFLICT DO UPDATE SET forms = forms + 1;
END;

INSERT INTO form_waits (cycle_id, scope, kind, forms)
SELECT cycle_id, '', 'unrated', count(*) FROM forms WHERE unrated = 1 GROUP BY cycle_id
UNION ALL SELECT cycle_id, '', 'late', count(*) FROM forms WHERE late = 1 GROUP BY cycle_id
UNION ALL SELECT cycle_id, 'u-' || unit_id, 'late', count(*) FROM forms WHERE late = 1 GROUP BY cycle_id, unit_id
UNION ALL SELECT cycle_id, 'r-' || rep_id, 'late', count(*) FROM forms
    WHERE late = 1 AND rep_id IS NOT NULL GROUP BY cycle_id, rep_id;
