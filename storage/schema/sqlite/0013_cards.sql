-- 红黄牌, one row each, from the facts of its case. In the order in which they were issued.
CREATE TABLE cards (
    card_row  INTEGER PRIMARY KEY,
    row_id    INTEGER NOT NULL REFERENCES cases (row_id),
    id        TEXT NOT NULL UNIQUE, -- "<case id>-k1"
    level     TEXT NOT NULL,
    cause     TEXT NOT NULL,
    standing  TEXT NOT NULL, -- a CardState
    lifted    INTEGER NOT NULL CHECK (lifted IN (0, 1)), -- what it was issued for no longer holds
    escalated INTEGER NOT NULL CHECK (escalated IN (0, 1)),
    issued_on TEXT NOT NULL,
    due       TEXT NOT NULL, -- the last day that it measures against
    next_step TEXT -- of its file; NULL when nothing is missing
) STRICT;

CREATE INDEX cards_by_standing ON cards (standing, card_row);
CREATE INDEX cards_by_day ON cards (issued_on, level);
CREATE INDEX cards_of_case ON cards (row_id);
