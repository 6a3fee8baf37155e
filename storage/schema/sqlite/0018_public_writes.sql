-- Whose room a visitor's draft takes: the keyed digest of the network it comes from. Null: it is not counted.
ALTER TABLE drafts ADD COLUMN network BLOB CHECK (length(network) = 32);
CREATE INDEX drafts_by_network ON drafts (network) WHERE network IS NOT NULL;

-- How often something has happened on a day, under the keyed digest of what and whose it is.
CREATE TABLE daily_counts (
    key   BLOB PRIMARY KEY CHECK (length(key) = 32),
    day   TEXT NOT NULL,
    times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX daily_counts_by_day ON daily_counts (day);

-- Cases whose applicant's contact nobody has checked yet: electronic messages to the applicant are held, and no files are
-- taken. The row goes when it is checked.
CREATE TABLE contact_checks (
    case_id   TEXT PRIMARY KEY,
    issued_at INTEGER, -- of the code that is valid now; null: none is
    issue     INTEGER NOT NULL DEFAULT 0, -- codes so far
    tries     INTEGER NOT NULL DEFAULT 0 -- wrong ones of this code
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_held ON outbox (case_id) WHERE state = 'held';
