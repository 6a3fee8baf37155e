-- What reports are counted from. A case from an earlier ledger names the import that brought it.
ALTER TABLE cases ADD COLUMN batch TEXT;
ALTER TABLE cases ADD COLUMN rating INTEGER;

UPDATE cases SET rating = r.score
FROM (SELECT object_id, json_extract(record, '$.data.payload.score') AS score
    FROM (SELECT object_id, CAST(record AS TEXT) AS record FROM journal WHERE object_type = 'case')
    WHERE json_extract(record, '$.action') = 'rate') AS r
WHERE cases.id = r.object_id;

-- Wider than before: the quarter's figures are read from it alone.
DROP INDEX cases_by_conclusion;
CREATE INDEX cases_by_conclusion ON cases (concluded_on, agency, reply_due, card, rating) WHERE concluded_on IS NOT NULL;

CREATE INDEX cases_by_batch ON cases (batch) WHERE batch IS NOT NULL;

-- 复议和诉讼 of the cases (storage/cases/disputes.hpp).
CREATE TABLE disputes (
    case_row    INTEGER NOT NULL REFERENCES cases (row_id),
    id          TEXT NOT NULL,
    kind        TEXT NOT NULL,
    received_on TEXT NOT NULL,
    result      TEXT,
    decided_on  TEXT,
    PRIMARY KEY (case_row, id),
    CHECK ((result IS NULL) = (decided_on IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO disputes (case_row, id, kind, received_on)
SELECT c.row_id, json_extract(j.record, '$.data.payload.id'), json_extract(j.record, '$.data.payload.kind'),
    json_extract(j.record, '$.data.payload.received_on')
FROM (SELECT object_id, CAST(record AS TEXT) AS record FROM journal WHERE object_type = 'case') AS j
JOIN cases AS c ON c.id = j.object_id
WHERE json_extract(j.record, '$.action') = 'open_dispute';

UPDATE disputes SET result = e.result, decided_on = e.decided_on
FROM (SELECT c.row_id, json_extract(j.record, '$.data.payload.dispute') AS id,
        json_extract(j.record, '$.data.payload.result') AS result,
        json_extract(j.record, '$.data.payload.decided_on') AS decided_on
    FROM (SELECT object_id, CAST(record AS TEXT) AS record FROM journal WHERE object_type = 'case') AS j
    JOIN cases AS c ON c.id = j.object_id
    WHERE json_extract(j.record, '$.action') = 'close_dispute') AS e
WHERE disputes.case_row = e.row_id AND disputes.id = e.id;

-- What was published, byte for byte: a version for the publication and for each correction. The journal has the figures
-- and the digests of these files.
CREATE TABLE published_reports (
    agency  TEXT NOT NULL REFERENCES agencies (code),
    scope   TEXT NOT NULL,
    year    INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    format  TEXT NOT NULL,
    body    BLOB NOT NULL,
    PRIMARY KEY (agency, scope, year, version, format)
) STRICT;
