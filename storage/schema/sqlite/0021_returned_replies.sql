-- Replies that were sent back and have not gone up again: at which step of the chain, by whom, when. What was sent back under
-- rules of edition 1 stays without.
ALTER TABLE cases ADD COLUMN returned_at TEXT;
ALTER TABLE cases ADD COLUMN returned_by TEXT;
ALTER TABLE cases ADD COLUMN returned_on TEXT;
