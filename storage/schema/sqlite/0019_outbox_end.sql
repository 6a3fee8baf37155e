-- By this the daily run finds what was settled long ago.
CREATE INDEX outbox_by_end ON outbox (coalesce(done_at, created_at)) WHERE state IN ('sent', 'cancelled');
