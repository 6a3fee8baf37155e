-- Messages know what became of them, and whose business they are. topic is the code of what is told, recipient who it
-- is for ('applicant', 'third_party' or the id of an account), never an address: that is looked up when it is sent.
ALTER TABLE outbox ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting';
ALTER TABLE outbox ADD COLUMN agency TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN reference TEXT NOT NULL DEFAULT ''; -- what proves it went out: a postal number

UPDATE outbox SET
    state = CASE WHEN done_at IS NOT NULL THEN 'sent' WHEN due_at IS NULL THEN 'dead'
                 WHEN attempts > 0 THEN 'retrying' ELSE 'waiting' END,
    agency = coalesce((SELECT agency FROM cases WHERE cases.id = outbox.case_id), '');

DROP INDEX outbox_by_due;
CREATE INDEX outbox_by_due ON outbox (kind, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_by_case ON outbox (case_id);
CREATE INDEX outbox_by_agency ON outbox (agency, id);
CREATE INDEX outbox_by_state ON outbox (state, kind, created_at) WHERE state NOT IN ('sent', 'cancelled');
