-- The departments that help and whose opinion is still awaited: ',d2,d3,'; empty where none is. Their inner date is new
-- to the cases that are there, so the next daily run looks at these again.
ALTER TABLE cases ADD COLUMN co_awaited TEXT NOT NULL DEFAULT '';
UPDATE cases SET co_awaited = replace(departments, ',' || department || ',', ','), next_check_on = reckoned_on
WHERE state = 'handling' AND department IS NOT NULL AND replace(departments, ',' || department || ',', ',') <> ',';
