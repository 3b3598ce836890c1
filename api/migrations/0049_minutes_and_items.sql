-- The preliminary grade of a form that has come before the meeting; empty before that and without one. Follows
-- from `state`.
ALTER TABLE forms ADD COLUMN proposed TEXT NOT NULL DEFAULT '';

UPDATE forms SET proposed = coalesce((SELECT e.body ->> '$.entry.grade' FROM form_entries e
    WHERE e.cycle_id = forms.cycle_id AND e.customer_id = forms.customer_id
        AND e.body ->> '$.entry.step' = 'submit' ORDER BY e.id DESC LIMIT 1), '')
WHERE stage NOT IN ('draft', 'submitted', 'set_aside');

-- Decided otherwise than computed or than proposed: the minutes say why.
DROP INDEX forms_overruled;
CREATE INDEX forms_decided_otherwise ON forms (cycle_id, seq)
    WHERE stage NOT IN ('draft', 'submitted', 'in_review') AND grade <> '' AND (grade <> computed OR grade <> proposed);

-- What is before the meeting goes with its customer from unit to unit; what is settled stays where it was.
CREATE INDEX meeting_items_proposed ON meeting_items (customer_id) WHERE stage = 'proposed';

CREATE TRIGGER meeting_items_go_with_their_customer AFTER UPDATE OF unit_id ON customers
WHEN old.unit_id IS NOT new.unit_id
BEGIN
    UPDATE meeting_items SET unit_id = new.unit_id, body = json_set(body, '$.unit', new.unit_id), version = version + 1
    WHERE customer_id = new.id AND stage = 'proposed' AND cycle_id = (SELECT id FROM cycles WHERE is_open = 1);
END;
