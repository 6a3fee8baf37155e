-- A case in which a reply is made anew names the case whose reply did not stand; the query code of that one opens both.
ALTER TABLE cases ADD COLUMN origin TEXT;

CREATE INDEX cases_by_origin ON cases (origin) WHERE origin IS NOT NULL;

-- What hangs on a case beside its reply (workflow/supervision/follow_ups.hpp): ratings, disputes, suggestions, amendments. A projection:
-- the limits of each follow from the calendar and are computed when somebody looks.
CREATE TABLE case_matters (
    row_id INTEGER NOT NULL REFERENCES cases (row_id),
    kind   TEXT NOT NULL,
    id     TEXT NOT NULL,
    since  TEXT NOT NULL,
    open   INTEGER NOT NULL CHECK (open IN (0, 1)),
    mark   TEXT NOT NULL, -- of a rating the score, of a dispute its kind
    PRIMARY KEY (row_id, kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_matters_by_day ON case_matters (kind, since, row_id, id);
CREATE INDEX case_matters_open ON case_matters (kind, since, row_id, id) WHERE open = 1;
