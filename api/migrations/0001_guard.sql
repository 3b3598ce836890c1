-- Makes a batch fail under a name of ours: INSERT INTO guard(name, ok) SELECT 'version_mismatch', changes() = 1.
-- Nothing is stored; RAISE takes only a literal, so each name has its line. Later migrations may add triggers.
CREATE VIEW guard AS SELECT '' AS name, 0 AS ok WHERE 0;

CREATE TRIGGER guard_known INSTEAD OF INSERT ON guard WHEN NEW.ok IS NOT 1
BEGIN
    SELECT RAISE(ABORT, 'version_mismatch') WHERE NEW.name = 'version_mismatch';
    SELECT RAISE(ABORT, 'state_conflict') WHERE NEW.name = 'state_conflict';
    SELECT RAISE(ABORT, 'already_set_up') WHERE NEW.name = 'already_set_up';
    SELECT RAISE(ABORT, 'last_admin') WHERE NEW.name = 'last_admin';
    SELECT RAISE(ABORT, 'unit_in_use') WHERE NEW.name = 'unit_in_use';
    SELECT RAISE(ABORT, 'unit_closed') WHERE NEW.name = 'unit_closed';
    SELECT RAISE(ABORT, 'rep_has_customers') WHERE NEW.name = 'rep_has_customers';
    SELECT RAISE(ABORT, 'rep_not_in_unit') WHERE NEW.name = 'rep_not_in_unit';
END;
