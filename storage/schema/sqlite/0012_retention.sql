-- The last day on which the file of an archived case must be kept.
ALTER TABLE cases ADD COLUMN keep_until TEXT;
CREATE INDEX cases_by_term ON cases (keep_until) WHERE keep_until IS NOT NULL;

-- What stands in the way of erasing a case and who wants it, as journal entries of the object "retention".
CREATE TABLE retention (
    case_id  TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    hold     INTEGER REFERENCES journal (seq), -- the file is held: not to be erased
    proposal INTEGER REFERENCES journal (seq), -- somebody has proposed to erase it
    erasure  INTEGER REFERENCES journal (seq), -- it is erased
    CHECK (erasure IS NULL OR hold IS NULL)
) STRICT, WITHOUT ROWID;

-- Which cases a stored file belongs to: the same content is stored once. A file of erased cases alone is removed.
CREATE TABLE file_uses (
    sha256  TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (sha256, case_id)
) STRICT, WITHOUT ROWID;
