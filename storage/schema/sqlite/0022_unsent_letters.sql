-- 文书待送出: a letter that counts from its dispatch has been decided and has not gone out.
ALTER TABLE cases ADD COLUMN letter_unsent INTEGER NOT NULL DEFAULT 0;
