-- A card knows the agency of its case, which never changes: an agency's cards are counted without a look at its cases.
ALTER TABLE cards ADD COLUMN of_agency TEXT NOT NULL DEFAULT '';
UPDATE cards SET of_agency = (SELECT agency FROM cases WHERE cases.row_id = cards.row_id);

CREATE INDEX cards_by_agency ON cards (of_agency, level, issued_on);
CREATE INDEX cards_open ON cards (of_agency, level, issued_on) WHERE standing = 'open';
