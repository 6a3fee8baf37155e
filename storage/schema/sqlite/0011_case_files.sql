-- What has become of each file of a case, beside the event that brought it; every change has a journal entry of the
-- object "file". A file without a row came before there were checks, and is available.
CREATE TABLE case_files (
    case_id     TEXT NOT NULL,
    n           INTEGER NOT NULL CHECK (n > 0), -- its position among the case's attachments
    sha256      TEXT NOT NULL,
    state       TEXT NOT NULL,
    checked_at  INTEGER, -- its findings are known since
    released_at INTEGER, -- it goes out with the reply since
    PRIMARY KEY (case_id, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_files_waiting ON case_files (state) WHERE state = 'awaiting_scan';
CREATE INDEX case_files_by_content ON case_files (sha256);

-- A file that may hold a state secret, until two people have decided what becomes of it.
CREATE TABLE incidents (
    id           INTEGER PRIMARY KEY,
    case_id      TEXT NOT NULL,
    n            INTEGER NOT NULL,
    mark         TEXT NOT NULL, -- of the list of workflow/secrecy.cpp
    opened_at    INTEGER NOT NULL,
    decision     TEXT,
    reason       BLOB, -- sealed with the key of the case
    proposed_by  TEXT,
    confirmed_by TEXT,
    closed_at    INTEGER,
    FOREIGN KEY (case_id, n) REFERENCES case_files (case_id, n)
) STRICT;

-- What stands in the way of a file's going out.
CREATE TABLE findings (
    case_id      TEXT NOT NULL,
    n            INTEGER NOT NULL,
    k            INTEGER NOT NULL CHECK (k > 0),
    body         BLOB NOT NULL, -- sealed with the key of the case
    reason       BLOB, -- of a waiver, sealed likewise
    waived_by    TEXT,
    confirmed_by TEXT,
    PRIMARY KEY (case_id, n, k),
    FOREIGN KEY (case_id, n) REFERENCES case_files (case_id, n)
) STRICT, WITHOUT ROWID;

-- A file that was made from another one: a cleaned copy, or one with areas blacked out.
CREATE TABLE derived_files (
    case_id TEXT NOT NULL,
    n       INTEGER NOT NULL,
    source  INTEGER NOT NULL,
    areas   TEXT, -- JSON: what was blacked out, and by which limb
    PRIMARY KEY (case_id, n),
    FOREIGN KEY (case_id, n) REFERENCES case_files (case_id, n)
) STRICT, WITHOUT ROWID;
