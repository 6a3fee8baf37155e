-- 关注: the cases that an account follows. No fact of the case, so not in the journal.
CREATE TABLE watches (
    account TEXT NOT NULL,
    row_id  INTEGER NOT NULL REFERENCES cases (row_id),
    PRIMARY KEY (account, row_id)
) STRICT, WITHOUT ROWID;
