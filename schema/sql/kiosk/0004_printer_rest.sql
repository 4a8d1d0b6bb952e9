-- The printer may hold, or show, a part of a ticket: from its first byte on, until a whole ticket was confirmed and cut. A start
-- after that clears and cuts before it prints.
ALTER TABLE journal_head ADD COLUMN has_rest INTEGER NOT NULL DEFAULT 1 CHECK (has_rest IN (0, 1));
