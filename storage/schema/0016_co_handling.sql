-- The departments that help and whose opinion is still awaited: ',d2,d3,'; empty where none is.
ALTER TABLE cases ADD COLUMN co_awaited TEXT NOT NULL DEFAULT '';
UPDATE cases SET co_awaited = replace(departments, ',' || department || ',', ',')
WHERE state = 'handling' AND department IS NOT NULL AND replace(departments, ',' || department || ',', ',') <> ',';
