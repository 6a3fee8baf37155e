-- Pages of a file that was checked for its release; null where they cannot be counted, or were not yet.
ALTER TABLE case_files ADD COLUMN pages INTEGER;
