-- Master data. `body` is JSON: of an agency or a department as the journal has it, of an account sealed.
CREATE TABLE agencies (
    code TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE departments (
    code   TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES agencies (code),
    body   TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
    id     TEXT NOT NULL PRIMARY KEY,
    agency TEXT NOT NULL REFERENCES agencies (code),
    body   BLOB NOT NULL
) STRICT;

-- The working-day calendar. A year is never overwritten: the last version counts.
CREATE TABLE calendar_years (
    year    INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    body    TEXT NOT NULL,
    PRIMARY KEY (year, version)
) STRICT;

-- The cases as queries read them: a projection of the journal, written in the same transaction (`journal verify` compares).
-- Codes are those of workflow/words/vocabulary.hpp, dates YYYY-MM-DD, instants milliseconds since 1970 UTC.
CREATE TABLE cases (
    row_id         INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE CHECK (length(id) = 26), -- all that the outside knows it by
    number         TEXT NOT NULL UNIQUE,
    agency         TEXT NOT NULL REFERENCES agencies (code),
    channel        TEXT NOT NULL,
    applicant_kind TEXT NOT NULL,
    submitted_on   TEXT NOT NULL,
    query_digest   BLOB NOT NULL CHECK (length(query_digest) = 32),
    summary        BLOB NOT NULL, -- sealed: masked applicant, first title
    -- what events change
    version        INTEGER NOT NULL CHECK (version > 0),
    state          TEXT NOT NULL,
    department     TEXT,
    departments    TEXT NOT NULL, -- that one and the helping ones: ',d1,d2,'
    assignee       TEXT,
    awaits         TEXT, -- the role whose turn it is
    outcome        TEXT,
    card           TEXT, -- the highest issued
    received_on    TEXT,
    concluded_on   TEXT,
    -- the clock as of reckoned_on
    reply_due      TEXT,
    due_sort       TEXT NOT NULL, -- reply_due of an open case; '9999-01-01' when it has none, '9999-12-31' once concluded
    paused         INTEGER NOT NULL CHECK (paused IN (0, 1)),
    next_check_on  TEXT, -- the daily run looks at it again
    reckoned_on    TEXT NOT NULL,
    body           BLOB NOT NULL, -- sealed: the whole case
    CHECK ((outcome IS NULL) = (concluded_on IS NULL)),
    CHECK (concluded_on IS NULL OR due_sort = '9999-12-31')
) STRICT;

CREATE INDEX cases_by_state ON cases (state, due_sort);
CREATE INDEX cases_by_agency ON cases (agency, due_sort);
CREATE INDEX cases_by_due ON cases (due_sort);
CREATE INDEX cases_by_assignee ON cases (assignee, due_sort) WHERE assignee IS NOT NULL;
CREATE INDEX cases_by_check ON cases (next_check_on) WHERE next_check_on IS NOT NULL;
CREATE INDEX cases_by_start ON cases (coalesce(received_on, submitted_on));

-- Keyed digests of an applicant's name, numbers, phone and e-mail: exact look-up without readable text.
CREATE TABLE applicant_index (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    row_id INTEGER NOT NULL REFERENCES cases (row_id),
    PRIMARY KEY (digest, row_id)
) STRICT, WITHOUT ROWID;

-- Blind substring index over titles and descriptions: keyed tokens of overlapping character pairs, in order.
-- The document number is row_id * 65536 + n, n counting the texts of a case. See storage/engine/sqlite/search_index.cpp.
CREATE VIRTUAL TABLE case_search USING fts5 (tokens, content = '', columnsize = 0, tokenize = 'ascii');

-- The newest texts, not yet in the index.
CREATE TABLE search_pending (
    document INTEGER PRIMARY KEY,
    tokens   TEXT NOT NULL
) STRICT;

-- One data key per object whose journal entries hold personal data. Deleting a row erases that text everywhere.
CREATE TABLE object_keys (
    object_type TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    wrapped     BLOB NOT NULL,
    PRIMARY KEY (object_type, object_id)
) STRICT, WITHOUT ROWID;

-- Gap-free numbers per agency, year and class ('case' or a class of letter).
CREATE TABLE serials (
    agency TEXT NOT NULL REFERENCES agencies (code),
    year   INTEGER NOT NULL,
    class  TEXT NOT NULL,
    last   INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (agency, year, class)
) STRICT, WITHOUT ROWID;

-- First answers to requests with an Idempotency-Key.
CREATE TABLE idempotency (
    row_id  INTEGER PRIMARY KEY, -- answers are long: they stand in order, only their keys are spread
    key     BLOB NOT NULL UNIQUE CHECK (length(key) = 32), -- digest of who and the key
    request BLOB NOT NULL CHECK (length(request) = 32),
    answer  BLOB NOT NULL, -- sealed
    made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX idempotency_by_age ON idempotency (made_at);

-- What has to happen after a commit. due_at is null once it was done or given up.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    case_id    TEXT NOT NULL,
    seq        INTEGER NOT NULL, -- the journal entry that caused it
    created_at INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    due_at     INTEGER,
    done_at    INTEGER,
    error      TEXT
) STRICT;

CREATE INDEX outbox_by_due ON outbox (due_at) WHERE due_at IS NOT NULL;
