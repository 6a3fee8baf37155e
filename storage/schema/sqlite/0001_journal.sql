-- The journal: what happened, in order, hash-chained (journal_format.md). Everything else can be rebuilt from it.
CREATE TABLE journal (
    seq         INTEGER PRIMARY KEY CHECK (seq > 0),
    object_type TEXT NOT NULL, -- what the record says, for look-up
    object_id   TEXT NOT NULL,
    record      BLOB NOT NULL, -- canonical JSON, the bytes that were hashed
    leaf        BLOB NOT NULL CHECK (length(leaf) = 32),
    chain       BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

CREATE INDEX journal_by_object ON journal (object_type, object_id);

-- The members of a record that are personal data: encrypted with the object's data key, committed to in the record.
CREATE TABLE journal_sealed (
    seq    INTEGER PRIMARY KEY REFERENCES journal (seq),
    sealed BLOB NOT NULL
) STRICT;

-- The complete inner nodes of the Merkle tree over the leaves (RFC 9162): level 1 and up.
CREATE TABLE journal_node (
    level INTEGER NOT NULL CHECK (level > 0),
    idx   INTEGER NOT NULL CHECK (idx >= 0),
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_sealed_no_update BEFORE UPDATE ON journal_sealed
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_sealed_no_delete BEFORE DELETE ON journal_sealed
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_node_no_update BEFORE UPDATE ON journal_node
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_node_no_delete BEFORE DELETE ON journal_node
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
