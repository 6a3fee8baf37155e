-- How many cases there are of each kind, kept in the transaction that changes them, so that the supervisor's figures are
-- read and never counted. Nothing here depends on today: an overdue case stands under its date, which lies before today.
-- Kinds, periods and keys: storage/cases/tallies.hpp. A row that has come to 0 is deleted.
CREATE TABLE tallies (
    kind   TEXT NOT NULL,
    period TEXT NOT NULL, -- a date, the Monday of a week, or a year
    agency TEXT NOT NULL,
    key    TEXT NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (kind, period, agency, key)
) STRICT, WITHOUT ROWID;

-- The same, counted anew: what `journal verify` compares, and what the table begins with.
CREATE VIEW tallies_recounted AS
SELECT kind, period, agency, key, count(*) AS n
FROM (
    SELECT 'open' AS kind, due_sort AS period, agency, coalesce(received_on, submitted_on) || '/' ||
        CASE WHEN state = 'submitted' THEN 'unread' WHEN paused = 1 THEN 'paused' ELSE '' END AS key
    FROM cases WHERE concluded_on IS NULL
    UNION ALL
    SELECT 'received', date(coalesce(received_on, submitted_on), 'weekday 0', '-6 days'), agency, ''
    FROM cases WHERE concluded_on IS NOT NULL
    UNION ALL
    SELECT 'concluded', date(concluded_on, 'weekday 0', '-6 days'), agency, ''
    FROM cases WHERE concluded_on IS NOT NULL
    UNION ALL
    SELECT 'replied', substr(concluded_on, 1, 4), agency, CASE WHEN concluded_on <= reply_due THEN 'on_time' ELSE 'late' END
    FROM cases WHERE concluded_on IS NOT NULL AND reply_due IS NOT NULL
    UNION ALL
    SELECT 'outcome', substr(concluded_on, 1, 4), agency, outcome
    FROM cases WHERE concluded_on IS NOT NULL
)
GROUP BY kind, period, agency, key;

INSERT INTO tallies (kind, period, agency, key, n) SELECT kind, period, agency, key, n FROM tallies_recounted;

-- For the lists behind the figures.
CREATE INDEX cases_by_conclusion ON cases (concluded_on) WHERE concluded_on IS NOT NULL;
