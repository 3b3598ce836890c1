-- What was computed when a grade was proposed, amended or decided on, kept with the row of the trail that says
-- so. The form itself goes on being graded until it is decided on, and again after a decision is taken back.
ALTER TABLE form_entries ADD COLUMN explanation TEXT;
