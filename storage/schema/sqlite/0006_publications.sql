-- What the agencies have published: public, so all of it stands open.
CREATE TABLE publications (
    row_id          INTEGER PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE CHECK (length(id) = 26),
    version         INTEGER NOT NULL CHECK (version > 0),
    agency          TEXT NOT NULL REFERENCES agencies (code),
    title           TEXT NOT NULL,
    document_number TEXT,
    published_on    TEXT NOT NULL,
    category        TEXT NOT NULL,
    url             TEXT,
    summary         TEXT NOT NULL,
    withdrawn_at    INTEGER,
    folded          TEXT NOT NULL -- title, document number and summary as searches compare them, a blank between each
) STRICT;

CREATE INDEX publications_by_day ON publications (published_on, row_id) WHERE withdrawn_at IS NULL;
CREATE INDEX publications_by_agency ON publications (agency, published_on, row_id) WHERE withdrawn_at IS NULL;

-- The overlapping pairs of characters of what is published and not withdrawn.
CREATE TABLE publication_pairs (
    pair   TEXT NOT NULL,
    row_id INTEGER NOT NULL REFERENCES publications (row_id),
    PRIMARY KEY (pair, row_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX publication_pairs_by_row ON publication_pairs (row_id);
