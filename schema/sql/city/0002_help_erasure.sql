-- Help wanted is erased with the contact, or at the same time when no contact was left.
ALTER TABLE reservation ADD COLUMN help_erase_at INTEGER;
UPDATE reservation SET help_erase_at = end_ms + 7 * 86400000 WHERE help <> '';
CREATE INDEX reservation_help ON reservation (help_erase_at) WHERE help_erase_at IS NOT NULL;
