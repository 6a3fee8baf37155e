-- By which version of the rules a file has been examined: 0 for those from before there were versions. They are examined
-- again in the background, after those that could not be read to their end.
ALTER TABLE case_files ADD COLUMN rules INTEGER NOT NULL DEFAULT 0;

DROP INDEX case_files_waiting;
CREATE INDEX case_files_waiting ON case_files (state) WHERE state IN ('awaiting_scan', 'awaiting_examination');
CREATE INDEX case_files_by_rules ON case_files (rules) WHERE state = 'available';
