-- 按时答复率 of a year is about the requests whose last day fell into it, so replies are counted by the year of that day.
DROP VIEW tallies_recounted;

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
    SELECT 'replied', substr(reply_due, 1, 4), agency, CASE WHEN concluded_on <= reply_due THEN 'on_time' ELSE 'late' END
    FROM cases WHERE concluded_on IS NOT NULL AND reply_due IS NOT NULL
    UNION ALL
    SELECT 'outcome', substr(concluded_on, 1, 4), agency, outcome
    FROM cases WHERE concluded_on IS NOT NULL
    UNION ALL
    SELECT 'annual', substr(coalesce(received_on, submitted_on), 1, 4), agency,
        coalesce(substr(concluded_on, 1, 4), '') || '/' || applicant_kind || '/' || coalesce(outcome, '')
    FROM cases WHERE origin IS NULL
)
GROUP BY kind, period, agency, key;

DELETE FROM tallies WHERE kind = 'replied';
INSERT INTO tallies (kind, period, agency, key, n)
SELECT kind, period, agency, key, n FROM tallies_recounted WHERE kind = 'replied';

CREATE INDEX cases_by_last_day ON cases (reply_due, agency, concluded_on) WHERE reply_due IS NOT NULL;
