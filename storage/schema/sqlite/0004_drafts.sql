-- Half-typed answers and personal preferences. Whose they are and what they are called stands in keyed digests only.
CREATE TABLE drafts (
    row_id     INTEGER PRIMARY KEY,
    key        BLOB NOT NULL UNIQUE CHECK (length(key) = 32), -- digest of owner and name
    owner      BLOB NOT NULL CHECK (length(owner) = 32),
    content    BLOB NOT NULL, -- sealed
    expires_at INTEGER -- null: stays
) STRICT;

CREATE INDEX drafts_by_owner ON drafts (owner);
CREATE INDEX drafts_by_expiry ON drafts (expires_at) WHERE expires_at IS NOT NULL;
