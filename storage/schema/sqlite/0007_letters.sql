-- The texts of the letters as administrators have changed them; the last version counts. The journal has them too.
CREATE TABLE letter_templates (
    kind    TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    title   TEXT NOT NULL,
    body    TEXT NOT NULL,
    entry   INTEGER NOT NULL UNIQUE REFERENCES journal (seq), -- says who changed it and when
    PRIMARY KEY (kind, version)
) STRICT, WITHOUT ROWID;

-- The letters of the cases. What one says is sealed in the journal entry that froze it, its pages are in the store of
-- files under their hash.
CREATE TABLE letters (
    case_id          TEXT NOT NULL REFERENCES cases (id),
    n                INTEGER NOT NULL CHECK (n > 0),
    kind             TEXT NOT NULL,
    number           TEXT, -- 文号
    dated            TEXT NOT NULL,
    consultation     TEXT, -- which it is about
    event            INTEGER NOT NULL REFERENCES journal (seq), -- the step that made it
    -- once it is frozen
    entry            INTEGER UNIQUE REFERENCES journal (seq),
    sha256           TEXT,
    size             INTEGER,
    template_version INTEGER, -- 0: the text in the program
    PRIMARY KEY (case_id, n),
    CHECK ((entry IS NULL) = (sha256 IS NULL) AND (entry IS NULL) = (size IS NULL) AND (entry IS NULL) = (template_version IS NULL))
) STRICT, WITHOUT ROWID;
